//! `init`: configuration, key and database of a new instance. Nothing is ever written over, and what could not be finished
//! leaves nothing behind.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::arguments::{Global, Init, RoleWord};
use super::{Failure, context, output, pinning};
use crate::config::{Config, ConfigError, DatabaseUrl, Overrides, PinnedKey, Role, folder_of};
use crate::hub::{Hub, make_key, system_clock, web_config};
use crate::journal::anchor::{Chain, Pin, peek};
use crate::journal::jws::{StatementType, Unverified};
use crate::journal::key::in_groups_of_four;
use crate::journal::key::{KeySet, KeyStatus, PublicKey};
use crate::journal::publish::sign_if_due;
use crate::register;
use crate::register::peers::EntityConfiguration;
use crate::store::Store;
use crate::wire::Web;

/// Makes a new instance.
pub(super) fn run(global: &Global, init: &Init) -> Result<(), Failure> {
    check_flags(init)?;
    let mut written = wanted(global, init)?;
    let used = read(global, &written)?;
    context::start_log(&used.telemetry);
    refuse_existing(global, &used)?;
    context::run(async {
        refuse_used_database(&used).await?;
        if let Some(url) = &init.coordinator {
            let key = coordinator_key(&used, url, init.yes.as_deref()).await?;
            written.trust.coordinator.entity_id = Some(url.clone());
            written.trust.coordinator.key = Some(key);
        }
        let used = read(global, &written)?;
        let made = Made::default();
        let outcome = make(global, &written, used, made).await?;
        say(global, init, &outcome)
    })
}

fn check_flags(init: &Init) -> Result<(), Failure> {
    match (init.role, &init.country, &init.coordinator) {
        (RoleWord::National, None, _) => Err(Failure::wrong_use(
            "--country is missing: a national instance speaks for one State. Give its two capital letters, such as --country MA",
        )),
        (RoleWord::Coordinator, Some(_), _) => Err(Failure::wrong_use(
            "--country does not go with --role coordinator: the coordinator's instance belongs to no State",
        )),
        _ => Ok(()),
    }
}

/// What the file will say: the flags, and what `--set` gives.
fn wanted(global: &Global, init: &Init) -> Result<Config, Failure> {
    let mut config = Config::default_for(&init.entity_id, &init.name, Role::from(init.role), init.country.as_deref());
    if let Some(address) = own_loopback_address(&init.entity_id) {
        // An instance with a name on this machine alone is for trying out, and its peers are on this machine too.
        config.listen.address = address;
        config.trust.allow_private_networks = true;
    }
    let overrides = global.set.iter().fold(Overrides::none(), |all, (key, value)| all.with_text(key, value));
    // Read without its folder, so that paths stay relative as they are written.
    let name = global.config.file_name().map(PathBuf::from).unwrap_or_default();
    Config::from_parts(&name, &config.to_toml(), [], &overrides).map_err(as_flags)
}

/// Findings about what was given by flags name the flags.
fn as_flags(error: ConfigError) -> Failure {
    let ConfigError::Wrong(problems) = &error else { return error.into() };
    let flags = [
        ("instance.entity_id", "--entity-id"),
        ("instance.name", "--name"),
        ("instance.country", "--country"),
        ("instance.role", "--role"),
    ];
    let sentences = problems.iter().map(|problem| {
        let sentence = &problem.sentence;
        match flags.iter().find(|(key, _)| sentence.starts_with(key)) {
            Some((key, flag)) => format!("{flag}{}", &sentence[key.len()..]),
            None => format!("{}: {sentence}", problem.source),
        }
    });
    Failure::wrong_use(sentences.collect::<Vec<_>>().join("\n"))
}

/// The configuration as commands will read it, with the environment.
fn read(global: &Global, written: &Config) -> Result<Config, Failure> {
    Config::from_parts(&global.config, &written.to_toml(), std::env::vars_os(), &Overrides::none()).map_err(as_flags)
}

fn own_loopback_address(entity_id: &str) -> Option<SocketAddr> {
    let host = entity_id.strip_prefix("http://")?.split('/').next()?;
    let host = host.replace("localhost", "127.0.0.1");
    host.parse::<SocketAddr>().ok().filter(|address| address.ip().is_loopback())
}

fn refuse_existing(global: &Global, config: &Config) -> Result<(), Failure> {
    let mut files = vec![("configuration", global.config.clone()), ("signing key", config.key.file.clone())];
    if let DatabaseUrl::Sqlite(file) = &config.database.url {
        files.push(("database", file.clone()));
    }
    let in_the_way: Vec<String> = files
        .iter()
        .filter(|(_, path)| path.symlink_metadata().is_ok())
        .map(|(what, path)| format!("a {what} is in the way: {}", path.display()))
        .collect();
    if in_the_way.is_empty() {
        return Ok(());
    }
    Err(Failure::failed(format!(
        "{}. Nothing was written: give the new instance a folder of its own with --config FILE, or move that away",
        in_the_way.join(", ")
    )))
}

/// A PostgreSQL database is there before the instance, but must not be another's.
async fn refuse_used_database(config: &Config) -> Result<(), Failure> {
    let DatabaseUrl::Postgres(url) = &config.database.url else { return Ok(()) };
    let store = Store::open(url).await?;
    let owner = store.setting("entity_id").await?;
    store.close().await;
    match owner {
        None => Ok(()),
        Some(owner) => Err(Failure::failed(format!(
            "a database is in the way: {} belongs to {owner}. Nothing was written: give the new instance a database of its own",
            config.database.url
        ))),
    }
}

/// Fetches the anchor, shows the coordinator's key and asks whether it is the right one.
async fn coordinator_key(config: &Config, url: &str, yes: Option<&str>) -> Result<PinnedKey, Failure> {
    if let Err(sentence) = crate::record::check_entity_id(url, config.trust.allow_http) {
        return Err(Failure::wrong_use(format!("--coordinator: {sentence}")));
    }
    let web = Web::new(web_config(config)).map_err(Failure::failed)?;
    let anchor = web.anchor(url, None).await.map(|carried| carried.value);
    let links = pinning::answer(url, anchor).map_err(|fault| {
        Failure::failed(format!(
            "{fault} Nothing was written. Check the URL with the coordinator's staff and try again; without --coordinator this \
             makes an instance that is in no network yet"
        ))
    })?;
    let key = key_of(url, &links)?;
    let name = web.entity_configuration(url, None).await.ok().and_then(|carried| {
        let token = pinning::answer(url, Ok(carried.value)).ok()?;
        EntityConfiguration::read(&token, url).ok()?.0.name
    });
    output::line(&format!("coordinator  {}", output::plain(name.as_deref().unwrap_or("(does not say its name)"))))?;
    output::line(&format!("entityId     {url}"))?;
    output::line(&format!("thumbprint   {}", in_groups_of_four(key.thumbprint())))?;
    pinning::confirm(url, key.thumbprint(), yes)?;
    pinning::pinned(&key)
}

/// The key that signed the coordinator's newest link and is current in it: the chain can be followed from there.
fn key_of(url: &str, links: &[String]) -> Result<PublicKey, Failure> {
    let wrong =
        |why: &str| Failure::failed(format!("{url} serves no anchor that can be followed: {why}. Ask its staff"));
    let last = links.last().ok_or_else(|| wrong("it is empty"))?;
    let (_, issuer) = peek(last).ok_or_else(|| wrong("its last link has another form"))?;
    if issuer != url {
        return Err(Failure::failed(format!(
            "{url} is not the coordinator: the anchor that it serves names {}. Give that with --coordinator",
            output::plain(&issuer)
        )));
    }
    let key = links.iter().rev().filter(|link| peek(link).is_some_and(|(_, issuer)| issuer == url)).find_map(|link| {
        let unverified = Unverified::read(link, StatementType::AnchorLink).ok()?;
        let signer = unverified.key_id.clone();
        let listed = KeySet::from_json(unverified.into_claims().get("keys")?);
        let (key, status) = listed.get(&signer)?;
        (status == KeyStatus::Current).then(|| key.clone())
    });
    let key = key.ok_or_else(|| wrong("no link is signed by a key that it lists"))?;
    let pin = Pin { entity_id: url.to_owned(), key };
    Chain::default().follow(&pin, links, &|_, _| false).map_err(|fault| wrong(&fault.to_string()))?;
    Ok(pin.key)
}

/// Files that were made; taken away again if the rest fails.
#[derive(Default)]
struct Made(Vec<PathBuf>);

impl Made {
    fn take_away(&self) {
        for path in &self.0 {
            // What cannot be taken away is named the next time.
            let _ = std::fs::remove_file(path);
        }
    }
}

struct Outcome {
    config: Config,
    thumbprint: String,
}

async fn make(global: &Global, written: &Config, used: Config, mut made: Made) -> Result<Outcome, Failure> {
    let outcome = try_make(global, written, used, &mut made).await;
    if outcome.is_err() {
        made.take_away();
    }
    outcome
}

async fn try_make(global: &Global, written: &Config, used: Config, made: &mut Made) -> Result<Outcome, Failure> {
    make_folder(&folder_of(&global.config))?;
    make_folder(used.key.file.parent().unwrap_or(Path::new("")))?;
    // With a password in it, it is for the user of the service alone.
    let secret = matches!(written.database.url, DatabaseUrl::Postgres(_));
    write_new(&global.config, &written.to_toml(), secret)?;
    made.0.push(global.config.clone());
    make_key(&used.key.file).map_err(Failure::failed)?;
    made.0.push(used.key.file.clone());
    if let DatabaseUrl::Sqlite(file) = &used.database.url {
        make_folder(file.parent().unwrap_or(Path::new("")))?;
        // Records for the network alone, drafts and accounts stand in it.
        write_new(file, "", true)?;
        made.0.extend(["", "-wal", "-shm"].map(|end| PathBuf::from(format!("{}{end}", file.display()))));
    }
    let hub = Hub::open(used.clone(), system_clock()).await?;
    if hub.author().is_coordinator {
        register::found_network(hub.store(), hub.entity_id(), &hub.author().key, hub.now()).await?;
    }
    sign_if_due(hub.store(), &hub.author(), hub.now()).await.map_err(Failure::failed)?;
    let thumbprint = hub.author().key.public().thumbprint().to_string();
    hub.store().close().await;
    Ok(Outcome { config: used, thumbprint })
}

fn make_folder(folder: &Path) -> Result<(), Failure> {
    if folder.as_os_str().is_empty() {
        return Ok(());
    }
    let failed = |cause| Failure::failed(format!("the folder {} cannot be made: {cause}", folder.display()));
    std::fs::create_dir_all(folder).map_err(failed)
}

/// Writes a file that must not be there yet; a `secret` one for its owner alone.
fn write_new(path: &Path, text: &str, secret: bool) -> Result<(), Failure> {
    use std::io::Write;
    let attempt = || {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, if secret { 0o600 } else { 0o644 });
        let mut file = options.open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    attempt().map_err(|cause: std::io::Error| {
        Failure::failed(format!("{} cannot be written: {cause}. See who may write there", path.display()))
    })
}

fn say(global: &Global, init: &Init, outcome: &Outcome) -> Result<(), Failure> {
    let (config, path) = (&outcome.config, global.config.display());
    output::line(&format!("configuration  {path}"))?;
    output::line(&format!("key            {}", config.key.file.display()))?;
    output::line(&format!("thumbprint     {}", in_groups_of_four(&outcome.thumbprint)))?;
    output::line(&format!("database       {}", config.database.url))?;
    output::line("\nNext:")?;
    let mut steps = vec![
        format!("Keep a copy of {} in a safe place.", config.key.file.display()),
        format!("Let {} lead to http://{} (a proxy with HTTPS in front).", init.entity_id, config.listen.address),
        format!("nmirf-hub doctor --config {path}"),
        format!("nmirf-hub serve --config {path}"),
    ];
    if config.listen.address.ip().is_loopback() && init.entity_id.starts_with("http://") {
        steps[1] = "This instance is reached on this machine only: it is for trying out.".to_owned();
    }
    steps.push(match (init.role, &init.coordinator) {
        (RoleWord::Coordinator, Some(coordinator)) => format!(
            "This instance shall succeed {coordinator}: `nmirf-hub member handover --help` says in which order."
        ),
        (RoleWord::Coordinator, None) => {
            "Read the thumbprint to each new member, who pins it with `nmirf-hub init --coordinator`.".to_owned()
        }
        (_, Some(coordinator)) => {
            format!("Apply for membership at {coordinator}, and read the thumbprint to its staff.")
        }
        (_, None) => "Exchange keys with each peer: `nmirf-hub peer add URL` here, and there for this one.".to_owned(),
    });
    for (number, step) in steps.iter().enumerate() {
        output::line(&format!("  {}. {step}", number + 1))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loopback_entity_id_says_where_to_listen() {
        let address = |entity_id| own_loopback_address(entity_id).map(|address| address.to_string());
        assert_eq!(address("http://127.0.0.1:4001").as_deref(), Some("127.0.0.1:4001"));
        assert_eq!(address("http://localhost:4001/hub").as_deref(), Some("127.0.0.1:4001"));
        assert_eq!(address("http://[::1]:4001").as_deref(), Some("[::1]:4001"));
        assert_eq!(address("http://10.0.0.1:4001"), None);
        assert_eq!(address("https://hub.example.org"), None);
    }
}
