//! Tells the program which commit it was built from. Sources without a repository (an archive) build too, without a commit;
//! `NMIRF_HUB_COMMIT` names it there.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=NMIRF_HUB_COMMIT");
    let given = std::env::var("NMIRF_HUB_COMMIT").ok().filter(|commit| !commit.is_empty());
    let commit = given.or_else(commit_of_repository).unwrap_or_default();
    println!("cargo::rustc-env=NMIRF_HUB_COMMIT={commit}");
}

/// The commit of the repository whose root this package is, never that of one around it.
fn commit_of_repository() -> Option<String> {
    if !Path::new(".git").exists() {
        return None;
    }
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    // a commit moves the branch, a checkout moves HEAD, packing moves the branch into packed-refs
    let branch = git(&["symbolic-ref", "--quiet", "HEAD"]);
    for name in ["HEAD", "packed-refs"].into_iter().chain(branch.as_deref()) {
        // a path that is not there would make every build run this again
        if let Some(path) = git(&["rev-parse", "--git-path", name]).filter(|path| Path::new(path).exists()) {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    Some(commit)
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned()).filter(|text| !text.is_empty())
}
