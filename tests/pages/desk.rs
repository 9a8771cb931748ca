//! What is asked of these pages (src/pages/desk).

use nmirf_hub::{
    access::Role,
    audit::{self, Actor, Wanted},
    hub::Hub,
    journal::{key::PublicKey, signing::SigningKey},
    record::CountryCode,
    register::cases::NewCase,
};

use crate::{
    browser::{PASSWORD, add, browse},
    hub::Served,
};

/// An application comes; gives its number and the thumbprint.
async fn apply(hub: &Hub, entity_id: &str, country: &str) -> (String, String) {
    let key: PublicKey = SigningKey::generate().public().clone();
    let new = NewCase {
        entity_id: entity_id.to_owned(),
        key: key.clone(),
        country: CountryCode::parse(country).unwrap(),
        name: "Inter-ministerial committee <for> human rights".to_owned(),
        contact: Some("office@ministry.example".to_owned()),
        block: "192.0.2.0/24".to_owned(),
    };
    let actor = Actor::hub();
    let number = hub.register_desk(&actor).receive(new).await.unwrap();
    (number.to_string(), key.thumbprint().to_string())
}

async fn with_staff() -> Served {
    let served = Served::start().await;
    for role in Role::ALL {
        add(&served, role.as_str(), role).await;
    }
    served
}

async fn logged(served: &Served) -> Vec<String> {
    let wanted = Wanted { oldest_first: true, ..Wanted::default() };
    let lines = audit::lines(served.coordinator.hub.store(), &wanted, 1_000).await.unwrap();
    lines.into_iter().map(|line| format!("{} {}", line.actor, line.action)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coordinator_takes_a_state_through_its_whole_course_with_and_without_a_script() {
    let served = with_staff().await;
    let hub = &served.coordinator.hub;
    for (script, country) in [("on", "CV"), ("off", "UY")] {
        let (number, thumbprint) = apply(hub, &format!("https://{script}.example"), country).await;
        browse(&served, "desk.mjs", &[PASSWORD, script, &number, &thumbprint, country]).await;
    }
    let log = logged(&served).await;
    for action in [
        "application.contact.read",
        "application.review",
        "application.admit",
        "member.suspend",
        "member.reinstate",
        "member.role",
        "member.withdraw",
        "member.key.compromise",
        "member.add",
        "focal-point.create",
        "focal-points.read",
        "focal-point.change",
        "focal-point.delete",
        "focal-points.export",
    ] {
        assert!(log.contains(&format!("coordinator {action}")), "{action}: {log:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_keeps_users_tokens_and_hubs_with_and_without_a_script() {
    use nmirf_hub::config::{self, Config};
    let served = with_staff().await;
    let configure = |base: &str| Config::default_for(base, "National", config::Role::National, Some("PT"));
    let peer = crate::support::Served::start(configure, async |_| {}).await;
    let thumbprint = peer.hub.author().key.public().thumbprint().to_string();
    for script in ["on", "off"] {
        let arguments = [PASSWORD, script, crate::support::MEMBER, &served.coordinator.base, &peer.base, &thumbprint];
        browse(&served, "admin.mjs", &arguments).await;
    }
    let log = logged(&served).await;
    for action in [
        "user.add",
        "user.disable",
        "token.issue",
        "token.revoke",
        "peer.sync",
        "peer.pause",
        "peer.resume",
        "peer.add",
        "peer.remove",
    ] {
        assert!(log.contains(&format!("administrator {action}")), "{action}: {log:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_desks_keeps_to_the_rules_of_accessibility() {
    let served = with_staff().await;
    let hub = &served.coordinator.hub;
    let (number, _) = apply(hub, "https://apply.example", "CV").await;
    let actor = Actor::hub();
    let member = hub.register_desk(&actor).members().await.unwrap().remove(0);
    let id = nmirf_hub::record::RecordKey::of(nmirf_hub::record::RecordKey::COORDINATOR, &member.sub);
    let pages = [
        format!("/desk/members/{id}"),
        "/desk".to_owned(),
        "/desk/applications".to_owned(),
        format!("/desk/applications/{number}"),
        "/desk/members/add".to_owned(),
        "/admin".to_owned(),
        format!("/admin/hub?id={}", crate::support::MEMBER),
        "/admin/users".to_owned(),
        "/admin/tokens".to_owned(),
        "/admin/audit".to_owned(),
        "/sign-in".to_owned(),
    ];
    let mut arguments = vec![PASSWORD];
    arguments.extend(pages.iter().map(String::as_str));
    browse(&served, "desk-everywhere.mjs", &arguments).await;
}

#[tokio::test]
async fn an_administrator_changes_no_account_above_and_gives_no_role_above_the_own() {
    let served = with_staff().await;
    let hub = &served.coordinator.hub;
    let cookie = sign_in(&served, "administrator").await;
    for (path, form, status) in [
        ("/en/admin/users", "do=add&name=coordinator&role=administrator", 422),
        ("/en/admin/users", "do=disable&name=coordinator", 422),
        ("/en/admin/users", "do=disable&name=Administrator", 422),
        ("/en/admin/users", "do=add&name=new&role=coordinator", 422),
        ("/en/admin/tokens", "do=issue&name=new&role=coordinator&days=1", 422),
        ("/en/admin/tokens", "do=issue&name=new&role=reader&days=367", 422),
        ("/en/desk", "", 405),
    ] {
        assert_eq!(post(&served, path, form, &cookie).await, status, "{path} {form}");
    }
    let accounts = hub.access().accounts().await.unwrap();
    assert!(accounts.iter().all(|account| account.name != "new" && account.disabled_at.is_none()));
    assert!(hub.access().tokens().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_thumbprint_of_an_application_is_nowhere_whole_on_its_page() {
    let served = with_staff().await;
    let (number, thumbprint) = apply(&served.coordinator.hub, "https://apply.example", "CV").await;
    let cookie = sign_in(&served, "coordinator").await;
    let page = served.ask("GET", &format!("/en/desk/applications/{number}"), &[("cookie", &cookie)]).await.text();
    let tail = &thumbprint[thumbprint.len() - 7..];
    assert!(page.contains(&format!("<li>{}</li>", &thumbprint[..4])), "{page}");
    assert!(!page.contains(tail) && !page.contains("office@ministry.example"), "{page}");
    assert!(!page.contains("<for>"), "a name is text: {page}");
}

/// The cookie of a session.
async fn sign_in(served: &Served, name: &str) -> String {
    let (access, now) = (served.coordinator.hub.access(), served.coordinator.hub.now());
    let signed_in = access.sign_in(name, PASSWORD, None, None, now).await.unwrap();
    format!("{}={}", access.cookie_name(), signed_in.secret)
}

async fn post(served: &Served, path: &str, form: &str, cookie: &str) -> u16 {
    let request = served.client.post(format!("{}{path}", served.base)).header("cookie", cookie);
    let request =
        request.header("sec-fetch-site", "same-origin").header("content-type", "application/x-www-form-urlencoded");
    request.body(form.to_owned()).send().await.unwrap().status().as_u16()
}
