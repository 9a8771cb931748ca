//! The pages: cookies, forms of other websites, languages, headers.

use nmirf_hub::access::Role;

use crate::support::Served;

const PASSWORD: &str = "correct horse battery";

async fn with_amina() -> Served {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    served
}

#[tokio::test]
async fn a_form_signs_in_and_another_one_out() {
    let served = with_amina().await;
    let mut browser = served.browser();
    let answer = browser.sign_in(" Amina ", PASSWORD).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/en/workbench"));
    assert!(browser.is("amina").await);
    let kept = browser.cookies.clone();
    assert_eq!(browser.post("/en/sign-out", &[]).await.status, 303);
    assert!(browser.cookies.is_empty() && !browser.is("amina").await);
    browser.cookies = kept;
    assert!(!browser.is("amina").await, "the session itself has ended");
    let audit = served.audit().await;
    assert_eq!(audit[audit.len() - 2..], ["amina sign-in -", "amina sign-out -"]);
}

#[tokio::test]
async fn the_cookie_on_loopback_is_for_http_and_out_of_reach_of_scripts() {
    let served = with_amina().await;
    let line = served.browser().sign_in("amina", PASSWORD).await.cookie(served.access().cookie_name());
    assert!(line.ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax"), "{line}");
}

#[tokio::test]
async fn the_cookie_of_an_https_instance_is_bound_to_its_host_and_to_https() {
    let served = Served::named("https://hub.example.org/ma").await;
    served.account("amina", Role::Editor, PASSWORD).await;
    let mut browser = served.browser();
    browser.origin = Some("https://hub.example.org".to_owned());
    let answer = browser.sign_in("amina", PASSWORD).await;
    let line = answer.cookie(served.access().cookie_name());
    assert!(line.starts_with("__Host-session-"), "{line}");
    assert!(line.ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure"), "{line}");
    assert_eq!(answer.header("location"), "/ma/en/workbench");
    assert!(browser.is("amina").await);
}

#[tokio::test]
async fn a_secret_that_somebody_planted_before_is_not_the_one_of_the_session() {
    let served = with_amina().await;
    let mut browser = served.browser();
    let planted = "A".repeat(43);
    browser.cookies.insert(served.access().cookie_name().to_owned(), planted.clone());
    assert_eq!(browser.sign_in("amina", PASSWORD).await.status, 303);
    assert_ne!(browser.cookies[served.access().cookie_name()], planted);
    assert!(served.access().session(&planted, served.now()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_form_of_another_website_is_refused() {
    let served = with_amina().await;
    let invitation = served.invite("boris", Role::Reader).await;
    let mut browser = served.browser();
    let here = browser.origin.clone();
    let elsewhere = [
        (Some("https://evil.example".to_owned()), None),
        (Some("null".to_owned()), None),
        (None, None),
        (here.clone(), Some("cross-site")),
        (here.clone(), Some("same-site")),
        (here.clone(), Some("none")),
    ];
    for (origin, fetch_site) in elsewhere {
        (browser.origin, browser.fetch_site) = (origin, fetch_site);
        let fields = [("name", "amina"), ("password", PASSWORD), ("again", PASSWORD)];
        for path in ["/en/sign-in", "/en/sign-out", &invitation] {
            assert_eq!(browser.post(path, &fields).await.status, 403, "{path} {:?} {fetch_site:?}", browser.origin);
        }
    }
    (browser.origin, browser.fetch_site) = (here, None);
    assert_eq!(browser.sign_in("amina", PASSWORD).await.status, 303);
    (browser.origin, browser.fetch_site) = (None, Some("same-origin"));
    assert_eq!(browser.sign_in("amina", PASSWORD).await.status, 303);
    assert_eq!(served.browser().get(&invitation).await.status, 200, "the invitation is still there");
}

#[tokio::test]
async fn a_sign_out_from_elsewhere_ends_nothing() {
    let served = with_amina().await;
    let mut browser = served.browser();
    browser.sign_in("amina", PASSWORD).await;
    let here = browser.origin.replace("https://evil.example".to_owned());
    assert_eq!(browser.post("/en/sign-out", &[]).await.status, 403);
    browser.origin = here;
    assert!(browser.is("amina").await);
}

#[tokio::test]
async fn a_page_is_kept_by_nobody_framed_by_nobody_and_runs_nothing_of_others() {
    let served = with_amina().await;
    let mut browser = served.browser();
    let invitation = served.invite("boris", Role::Reader).await;
    for path in ["/en/sign-in", &invitation, "/en/sign-in/invitation/wrong", "/sign-in/provider/7", "/sign-in/callback"]
    {
        let page = browser.get(path).await;
        assert_eq!(page.header("cache-control"), "private, no-store", "{path}");
        assert!(page.body.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        let foreign =
            page.body.split("<script").skip(1).filter(|script| !script.starts_with(" src=\"/assets/")).count();
        assert!(foreign == 0 && !page.body.contains("javascript:"), "{path}: {}", page.body);
        assert!(page.body.contains("Hub &lt;of Morocco&gt;"), "{path}: {}", page.body);
    }
}

#[tokio::test]
async fn a_page_speaks_the_language_of_its_reader() {
    let served = with_amina().await;
    let mut browser = served.browser();
    for (wanted, language, direction, said) in [
        ("fr-CA,en;q=0.5", "fr", "ltr", "Mot de passe"),
        ("ar", "ar", "rtl", "كلمة المرور"),
        ("pt,zh;q=0.3", "zh", "ltr", "密码"),
        ("es", "es", "ltr", "Contraseña"),
        ("ru", "ru", "ltr", "Пароль"),
        ("xx", "en", "ltr", "Password"),
    ] {
        browser.language = wanted;
        let page = browser.get("/sign-in").await;
        let there = format!("/{language}/sign-in");
        assert_eq!((page.status.as_u16(), page.header("location")), (303, &*there), "{wanted}");
        let page = browser.get(&there).await;
        let begin = format!("<html lang=\"{language}\" dir=\"{direction}\"");
        assert!(page.body.contains(&begin) && page.body.contains(said), "{wanted}: {}", page.body);
        assert_eq!(page.header("content-language"), language);
    }
}

#[tokio::test]
async fn every_field_has_a_label() {
    let served = with_amina().await;
    let invitation = served.invite("boris", Role::Reader).await;
    for path in ["/en/sign-in", &invitation] {
        let body = served.browser().get(path).await.body;
        let main = body.split("<main").nth(1).unwrap();
        let ids: Vec<&str> = main.split("<input id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!(ids.len(), 2, "{body}");
        for id in ids {
            assert!(body.contains(&format!("<label class=\"label\" for=\"{id}\">")), "{id}: {body}");
        }
    }
}

#[tokio::test]
async fn a_form_that_is_too_large_or_no_form_is_refused() {
    let served = with_amina().await;
    let mut browser = served.browser();
    let answer = browser.sign_in("amina", &"a".repeat(20_000)).await;
    assert_eq!(answer.status, 413);
    assert_eq!(browser.post("/en/sign-in", &[]).await.status, 401);
}

#[tokio::test]
async fn two_instances_on_one_host_have_cookies_of_their_own() {
    let (one, two) = (Served::named("https://host.example/ma").await, Served::named("https://host.example/pt").await);
    assert_ne!(one.access().cookie_name(), two.access().cookie_name());
    assert_ne!(one.access().departure_cookie_name(), two.access().departure_cookie_name());
}

#[tokio::test]
async fn after_signing_in_the_page_that_was_wanted_comes_next_and_never_one_elsewhere() {
    let served = with_amina().await;
    let fields = [("name", "amina"), ("password", PASSWORD)];
    for (back, next) in [
        ("%2Ffr%2Fworkbench%3Fpage%3D2", "/fr/workbench?page=2"),
        ("%2F%2Fevil.example", "/en/workbench"),
        ("%2F%5Cevil.example", "/en/workbench"),
        ("https%3A%2F%2Fevil.example", "/en/workbench"),
        ("%2Fa%0D%0ASet-Cookie%3A%20a%3Db", "/en/workbench"),
    ] {
        let path = format!("/en/sign-in?back={back}");
        let form = served.browser().get(&path).await;
        let kept = next == "/fr/workbench?page=2";
        assert_eq!(form.body.contains("action=\"/en/sign-in?back="), kept, "{back}");
        let answer = served.browser().post(&path, &fields).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, next), "{back}");
    }
}

#[tokio::test]
async fn who_has_signed_in_begins_where_the_work_of_the_role_begins() {
    let served = Served::start().await;
    for (role, next) in [
        (Role::Reader, "/en/"),
        (Role::Contributor, "/en/workbench"),
        (Role::Editor, "/en/workbench"),
        (Role::Administrator, "/en/admin"),
    ] {
        served.account(role.as_str(), role, PASSWORD).await;
        assert_eq!(served.browser().sign_in(role.as_str(), PASSWORD).await.header("location"), next);
    }
}

#[tokio::test]
async fn a_link_of_an_invitation_leads_to_the_language_of_its_reader() {
    let served = with_amina().await;
    let invitation = served.invite("boris", Role::Reader).await;
    let link = invitation.strip_prefix("/en").unwrap();
    let mut browser = served.browser();
    browser.language = "ru";
    let answer = browser.get(link).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, &*format!("/ru{link}")));
    assert!(browser.get(&format!("/ru{link}")).await.body.contains("<html lang=\"ru\""));
}

#[tokio::test]
async fn a_link_signs_nobody_out() {
    let served = with_amina().await;
    let mut browser = served.browser();
    browser.sign_in("amina", PASSWORD).await;
    assert_eq!(browser.get("/en/sign-out").await.status, 303);
    assert!(browser.is("amina").await);
}
