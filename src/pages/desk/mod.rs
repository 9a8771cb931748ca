//! Signing in, the desk of coordinators, and the administration of an instance.

mod add;
mod admin;
mod application;
mod applications;
mod focal_points;
mod form;
mod listed;
mod member;
mod member_forms;
mod mistakes;
mod overview;
mod sign_in;
mod steps;
mod table;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use super::answer::{Pages, working};

pub(super) fn routes() -> Router<Arc<Pages>> {
    Router::new()
        .merge(sign_in::routes())
        .merge(admin::routes())
        .route("/{language}/desk", get(working(overview::page)))
        .route("/{language}/desk/applications", get(working(applications::page)))
        .route(
            "/{language}/desk/applications/{number}",
            get(working(application::page)).post(working(application::decide)),
        )
        .route("/{language}/desk/applications/{number}/contact", post(working(application::contact)))
        .route("/{language}/desk/members/add", get(working(add::page)).post(working(add::add)))
        .route("/{language}/desk/members/{id}", get(working(member::page)).post(working(steps::take)))
        .route("/{language}/desk/members/{id}/focal-points", post(working(focal_points::act)))
        .route("/{language}/desk/focal-points", post(working(focal_points::mailing_list)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use crate::{
        access::Role,
        record::{KeyStatus, MemberStatus},
        register::membership::CaseStatus,
        texts,
    };

    /// Every text between quotes that looks like an id of these pages, also where it is said through a variable.
    fn named(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                named(&path, found);
                continue;
            }
            let source = fs::read_to_string(path).unwrap();
            let own = |text: &&str| text.starts_with("desk-") || text.starts_with("admin-");
            let is_id = |text: &&str| !text.contains(['{', '/', ' ', '.']) && !text.ends_with('-');
            found.extend(source.split('"').filter(own).filter(is_id).map(str::to_owned));
        }
    }

    #[test]
    fn every_id_of_these_pages_is_said_in_six_languages() {
        let mut ids = BTreeSet::new();
        named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages/desk"), &mut ids);
        assert!(ids.len() > 200, "{ids:?}");
        ids.extend(Role::ALL.map(|role| format!("role-{}", role.as_str())));
        ids.extend(MemberStatus::ALL.map(|status| format!("desk-members-{}", status.as_str())));
        for status in CaseStatus::ALL.map(CaseStatus::as_str) {
            ids.extend([format!("desk-case-{status}"), format!("desk-case-{status}-is")]);
        }
        for status in [KeyStatus::Current, KeyStatus::Retired, KeyStatus::Compromised] {
            ids.insert(format!("desk-key-{}", status.as_str()));
        }
        for language in texts::LANGUAGES {
            for id in &ids {
                assert_ne!(texts::say(language, id, None), *id, "{language}: no text for {id}");
            }
        }
    }
}
