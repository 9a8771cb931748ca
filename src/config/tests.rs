#![allow(clippy::unwrap_used)]
use super::*;

const MINIMAL: &str = "[instance]\nentity_id = \"https://hub.example.org\"\nname = \"Hub\"\ncountry = \"MA\"\n";
const KEY: &str = r#"{ kty = "OKP", crv = "Ed25519", x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }"#;

fn load(text: &str) -> Result<Config, ConfigError> {
    load_with(text, &[], &Overrides::none())
}

fn load_with(text: &str, environment: &[(&str, &str)], overrides: &Overrides) -> Result<Config, ConfigError> {
    let environment = environment.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
    Config::from_parts(Path::new("/etc/hub/hub.toml"), text, environment, overrides)
}

fn error(text: &str) -> String {
    load(text).unwrap_err().to_string()
}

/// The example with its keys switched on.
fn example_switched_on() -> String {
    let on = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with(' ') && !rest.is_empty() => rest.to_owned(),
        _ => line.to_owned(),
    };
    EXAMPLE.lines().map(on).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_switched_on_is_exactly_the_defaults() {
    let file = read_toml(Path::new("example"), &example_switched_on()).unwrap();
    let sources = Sources { file: Path::new("example"), environment: &[], overrides: &Overrides::none() };
    sources.refuse_unknown(&file, &keys::known()).unwrap();
    assert_eq!(sources.extract(file).unwrap(), Config::default());
}

#[test]
fn the_example_as_it_stands_sets_nothing() {
    let file = read_toml(Path::new("example"), EXAMPLE).unwrap();
    let sources = Sources { file: Path::new("example"), environment: &[], overrides: &Overrides::none() };
    assert_eq!(sources.extract(file).unwrap(), Config::default());
}

#[test]
fn every_key_is_in_the_example() {
    let mut section = String::new();
    let mut there = Vec::new();
    for line in EXAMPLE.lines() {
        let line = line.trim_start_matches('#').trim_start();
        if let Some(rest) = line.strip_prefix('[') {
            section = rest.trim_matches(['[', ']']).to_owned();
        } else if let Some((key, _)) = line.split_once(" = ") {
            there.push(format!("{section}.{key}"));
        }
    }
    let missing: Vec<String> =
        keys::key_paths(&keys::known()).into_iter().filter(|path| !there.contains(path)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn a_minimal_file_has_the_defaults_and_paths_beside_it() {
    let config = load(MINIMAL).unwrap();
    assert_eq!(config.instance.entity_id, "https://hub.example.org");
    assert_eq!(config.listen, Listen::default());
    assert_eq!(config.key.file, Path::new("/etc/hub/hub.key"));
    assert_eq!(config.database.url, DatabaseUrl::Sqlite("/etc/hub/hub.db".into()));
    assert_eq!(config.coordinator(), None);
}

#[test]
fn the_environment_goes_before_the_file_and_flags_before_both() {
    let environment = [
        ("NMIRF_HUB__LISTEN__ADDRESS", "0.0.0.0:80"),
        ("NMIRF_HUB__SYNC__CONCURRENCY", "3"),
        ("NMIRF_HUB__INSTANCE__NAME", "007"),
        ("NMIRF_HUB__INSTANCE__LANGUAGES", r#"["ar", "fr"]"#),
        ("NMIRF_HUB__TRUST__ALLOW_HTTP", "true"),
        ("NMIRF_HUB_CONFIG", "not a key"),
        ("PATH", "/bin"),
    ];
    let overrides = Overrides::none().with_text("listen.address", "127.0.0.1:81").with("sync.jitter", 0.5);
    let config = load_with(MINIMAL, &environment, &overrides).unwrap();
    assert_eq!(config.listen.address.to_string(), "127.0.0.1:81");
    assert_eq!((config.sync.concurrency, config.sync.jitter), (3, 0.5));
    assert_eq!(config.instance.name, "007");
    assert_eq!(config.instance.languages, ["ar", "fr"]);
    assert!(config.trust.allow_http);
}

#[test]
fn a_key_of_the_environment_that_is_unknown_or_wrong_names_the_variable() {
    let unknown =
        load_with(MINIMAL, &[("NMIRF_HUB__SYNC__INTERVALL", "5m")], &Overrides::none()).unwrap_err().to_string();
    assert!(unknown.starts_with("NMIRF_HUB__SYNC__INTERVALL: "), "{unknown}");
    assert!(unknown.contains("\"interval\""), "{unknown}");
    let wrong =
        load_with(MINIMAL, &[("NMIRF_HUB__SYNC__INTERVAL", "often")], &Overrides::none()).unwrap_err().to_string();
    assert!(wrong.starts_with("NMIRF_HUB__SYNC__INTERVAL: sync.interval: "), "{wrong}");
}

#[test]
fn each_mistake_gets_a_sentence_with_its_key() {
    let peer = format!("[[trust.peers]]\nentity_id = \"https://a.example\"\nkeys = [{KEY}]\n");
    for (more, wanted) in [
        (
            "[sync]\nintervall = \"5m\"",
            "the section [sync] has no key \"intervall\". The nearest known one is \"interval\"",
        ),
        ("[snyc]\ninterval = \"5m\"", "there is no section [snyc]. The nearest there is: [sync]"),
        ("[sync]\nmax_body = \"5KiB\"", "\"max_body\""),
        (
            "[[trust.peers]]\nentityid = \"x\"",
            "the section [trust.peers] has no key \"entityid\". The nearest known one is \"entity_id\"",
        ),
        ("[sync]\ninterval = 5", "sync.interval: a length of time such as \"15m\" is wanted, not the number 5"),
        ("[sync]\ninterval = \"often\"", "sync.interval: \"often\" is no length of time"),
        (
            "[sync]\nconcurrency = \"8\"",
            "sync.concurrency: a whole number from 0 to 65535 is wanted, not the text \"8\"",
        ),
        ("[sync]\nconcurrency = -1", "sync.concurrency: a whole number from 0 to 65535 is wanted, not the number -1"),
        ("[sync]\njitter = 2", "sync.jitter: a number from 0 to 1 is wanted"),
        ("[listen]\naddress = \"localhost\"", "listen.address: \"localhost\" is no address with a port"),
        ("[listen]\nmax_body = true", "listen.max_body: a size such as \"64KiB\" is wanted, not true"),
        ("[listen]\nadmin_address = \"127.0.0.1:4000\"", "listen.admin_address: must be another address"),
        ("[database]\nurl = \"mysql://x\"", "database.url: the URL of a database begins with"),
        ("[graphql]\nrate = \"600\"", "graphql.rate: \"600\" is no rate"),
        ("[graphql]\nrate = 600", "graphql.rate: a rate such as \"600/min\" (\"\": off) is wanted, not the number 600"),
        ("[graphql]\nanswer_cache = true", "graphql.answer_cache: a size such as \"64KiB\" is wanted, not true"),
        ("[graphql]\ncors_origins = [\"a.example\"]", "graphql.cors_origins: \"a.example\": "),
        (
            "[graphql]\ncors_origins = \"*\"",
            "graphql.cors_origins: a list in square brackets is wanted, not the text \"*\"",
        ),
        ("[trust]\nallow_http = \"yes\"", "trust.allow_http: true or false is wanted, not the text \"yes\""),
        ("[trust.coordinator]\nentity_id = \"https://c.example\"", "trust.coordinator.key: is missing"),
        ("[trust.coordinator]\nkey = \"{}\"", "trust.coordinator.key: an Ed25519 public key as a JWK"),
        ("[telemetry]\nformat = \"xml\"", "telemetry.format: \"text\" or \"json\" is wanted, not \"xml\""),
        ("[telemetry]\nlog = \"a=b=c\"", "telemetry.log: a level is wanted"),
        (
            "[graphql]\ntrusted_documents = \"queries\"",
            "graphql.trusted_documents: there is no folder /etc/hub/queries",
        ),
        ("[[auth.oidc]]\nissuer = \"https://login.example\"", "auth.oidc.audience: is missing"),
        ("[[auth.oidc]]\nissuer = \"http://login.example\"", "auth.oidc.issuer: a URL that begins with https://"),
        (
            "[[auth.oidc]]\nissuer = \"https://login.example\"\n[auth.oidc.roles]\na = \"chief\"",
            "auth.oidc.roles: \"chief\" is none of reader, contributor",
        ),
        (
            "[[auth.oidc]]\nissuer = \"https://login.example\"\n[auth.oidc.roles]\na = \"coordinator\"",
            "auth.oidc.roles: the role coordinator exists on the coordinator's instance alone",
        ),
        ("telemetry = 3", "telemetry: a table of keys is wanted"),
        (&format!("{peer}{peer}"), "trust.peers.entity_id: \"https://a.example\" is there twice"),
    ] {
        // a bare key belongs before the first section
        let text = if more.starts_with('[') { format!("{MINIMAL}{more}\n") } else { format!("{more}\n{MINIMAL}") };
        let said = error(&text);
        assert!(said.contains(wanted), "{more:?} gave: {said}");
        assert!(said.starts_with("/etc/hub/hub.toml: "), "{said}");
    }
}

#[test]
fn what_does_not_fit_together_is_said_all_at_once() {
    let said = error("[instance]\nrole = \"coordinator\"\ncountry = \"MA\"\nlanguages = [\"English language\"]\n");
    for key in [
        "instance.entity_id: is missing",
        "instance.name: is missing",
        "instance.country: a coordinator",
        "instance.languages",
    ] {
        assert!(said.contains(key), "{key} is not in: {said}");
    }
    assert_eq!(said.lines().count(), 4);
}

#[test]
fn a_syntax_error_says_its_line() {
    let said = error("[instance]\nname = \n");
    assert!(said.contains("line 2"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn the_coordinators_key_is_a_table_or_a_json_text() {
    let json = r#"'{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}'"#;
    for key in [KEY, json] {
        let text = format!("{MINIMAL}[trust.coordinator]\nentity_id = \"https://c.example\"\nkey = {key}\n");
        let config = load(&text).unwrap();
        let (entity_id, key) = config.coordinator().unwrap();
        assert_eq!(
            (entity_id, &*key.thumbprint()),
            ("https://c.example", "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        );
    }
}

#[test]
fn a_written_file_loads_as_what_was_written() {
    let mut config = Config::default_for("http://127.0.0.1:4001", "Le \"hub\" du Maroc", Role::National, Some("MA"));
    config.listen.address = "127.0.0.1:4001".parse().unwrap();
    config.sync.interval = std::time::Duration::from_secs(10);
    config.instance.languages = vec!["ar".to_owned(), "fr".to_owned()];
    config.trust.allow_private_networks = true;
    let key = PinnedKey::new("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", PinnedStatus::Current).unwrap();
    config.trust.coordinator.entity_id = Some("http://127.0.0.1:4000".to_owned());
    config.trust.coordinator.key = Some(key.clone());
    let retired = PinnedKey::new(key.x(), PinnedStatus::Retired).unwrap();
    config.trust.peers.push(Peer { entity_id: "https://a.example".to_owned(), keys: vec![retired] });
    let roles = [("hub editors".to_owned(), "editor".to_owned())].into();
    config.auth.oidc.push(Oidc {
        issuer: "https://login.example".to_owned(),
        audience: "hub".to_owned(),
        client_id: "hub".to_owned(),
        roles,
        ..Oidc::default()
    });
    let text = config.to_toml();
    let file = read_toml(Path::new("hub.toml"), &text).unwrap();
    let sources = Sources { file: Path::new("hub.toml"), environment: &[], overrides: &Overrides::none() };
    assert_eq!(sources.extract(file).unwrap(), config, "{text}");
    config.auth.oidc.clear();
    let read = Config::from_parts(Path::new("hub.toml"), &config.to_toml(), [], &Overrides::none()).unwrap();
    assert_eq!(read, config);
}

#[test]
fn a_written_file_is_short() {
    let text = Config::default_for("https://hub.example.org", "Hub", Role::Coordinator, None).to_toml();
    let keys = text.lines().filter(|line| line.contains(" = ") && !line.starts_with('#')).count();
    assert_eq!(keys, 6, "{text}");
    assert!(!text.contains("[graphql]"), "{text}");
}

#[test]
fn the_database_url_can_come_from_a_file_and_is_never_shown_with_its_password() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("db.secret"), "postgres://hub:s3cret@db.example/hub\n").unwrap();
    let text = format!("{MINIMAL}[database]\nurl_file = \"db.secret\"\n");
    let path = folder.path().join("hub.toml");
    let config = Config::from_parts(&path, &text, [], &Overrides::none()).unwrap();
    assert_eq!(config.database.url.reveal(), "postgres://hub:s3cret@db.example/hub");
    assert_eq!(config.database.url.to_string(), "postgres://db.example/hub");
    assert!(!format!("{config:?}").contains("s3cret"));
}

#[test]
fn a_file_that_is_not_there_says_how_to_make_one() {
    let said = Config::load(Path::new("/nowhere/hub.toml"), &Overrides::none()).unwrap_err().to_string();
    assert!(said.contains("/nowhere/hub.toml") && said.contains("nmirf-hub init"), "{said}");
}

#[test]
fn an_entity_id_that_no_instance_would_call_is_refused_at_once() {
    for text in
        ["https://my_hub.example.org", "https://a..example", "https://hub.example.org.", "https://a.example/%zz"]
    {
        let problems = Config::default_for(text, "Hub", Role::Coordinator, None).problems();
        assert!(problems.iter().any(|line| line.starts_with("instance.entity_id: ")), "{text}: {problems:?}");
    }
}

#[test]
fn a_licence_is_a_url_as_the_api_gives_it() {
    let with = |licence| error(&format!("{MINIMAL}licence = {licence:?}\n"));
    assert!(with("CC-BY-4.0").contains("instance.licence: a URL"), "{}", with("CC-BY-4.0"));
    assert!(load(&format!("{MINIMAL}licence = \"https://creativecommons.org/licenses/by/4.0/\"\n")).is_ok());
}

#[test]
fn the_rate_can_be_switched_off() {
    let with = |more: &str| load(&format!("{MINIMAL}[graphql]\n{more}\n")).unwrap().graphql;
    assert_eq!(with("").rate, Some(Rate::parse("600/min").unwrap()));
    assert_eq!(with("rate = \"10/s\"").rate, Some(Rate::parse("10/s").unwrap()));
    assert_eq!(with("rate = \"\"").rate, None);
    assert_eq!(with("answer_cache = \"0B\"").answer_cache, 0);
    let off = [("NMIRF_HUB__GRAPHQL__RATE", "")];
    assert_eq!(load_with(MINIMAL, &off, &Overrides::none()).unwrap().graphql.rate, None);
}

#[test]
fn the_folder_of_trusted_documents_is_beside_the_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("queries")).unwrap();
    let text = format!("{MINIMAL}[graphql]\ntrusted_documents = \"queries\"\n");
    let config = Config::from_parts(&folder.path().join("hub.toml"), &text, [], &Overrides::none()).unwrap();
    assert_eq!(config.graphql.trusted_documents, Some(folder.path().join("queries")));
}
