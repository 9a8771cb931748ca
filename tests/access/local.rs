//! Local accounts: invitations, passwords, lockout, and what ends a session.

use std::time::{Duration, Instant};

use nmirf_hub::{
    access::{Refused, Role, SignInError},
    audit::Actor,
};

use crate::support::{MINUTE, Served};

const PASSWORD: &str = "correct horse battery";

async fn signs_in(served: &Served, password: &str) -> Result<String, SignInError> {
    served.access().sign_in("amina", password, None, None, served.now()).await.map(|signed_in| signed_in.secret)
}

async fn is_refused(served: &Served, password: &str) {
    assert!(matches!(signs_in(served, password).await, Err(SignInError::Refused)));
}

async fn lasts(served: &Served, secret: &str) -> bool {
    served.access().session(secret, served.now()).await.unwrap().is_some()
}

#[tokio::test]
async fn an_invitation_leads_to_a_password_once() {
    let served = Served::start().await;
    let path = served.invite("Amina", Role::Editor).await;
    is_refused(&served, PASSWORD).await;
    let mut browser = served.browser();
    let page = browser.get(&path).await;
    assert!(page.status == 200 && page.body.contains("amina"), "{}", page.body);
    let chosen = browser.post(&path, &[("password", PASSWORD), ("again", PASSWORD)]).await;
    assert_eq!(chosen.status, 303, "{}", chosen.body);
    assert!(browser.is("amina").await);
    let again = served.browser().post(&path, &[("password", "another password"), ("again", "another password")]).await;
    assert_eq!(again.status, 404);
    assert!(signs_in(&served, PASSWORD).await.is_ok());
    let expected = ["operator user.add amina", "anonymous sign-in.refused amina", "amina user.password amina"];
    assert_eq!(served.audit().await[..3], expected);
}

#[tokio::test]
async fn an_invitation_ends_after_seven_days_or_with_the_next_one() {
    let served = Served::start().await;
    let first = served.invite("amina", Role::Editor).await;
    let second = served.invite("amina", Role::Editor).await;
    assert_eq!(served.browser().get(&first).await.status, 404);
    served.wait(7 * 24 * 60 * MINUTE - 1);
    assert_eq!(served.browser().get(&second).await.status, 200);
    served.wait(1);
    assert_eq!(served.browser().get(&second).await.status, 404);
}

#[tokio::test]
async fn a_password_that_breaks_the_rule_is_said_to_and_the_link_stays() {
    let served = Served::start().await;
    let path = served.invite("amina.benali", Role::Editor).await;
    let mut browser = served.browser();
    for (password, again, said) in [
        ("elevenchars", "elevenchars", "fewer than 12"),
        ("Amina.Benali", "Amina.Benali", "must not be the name"),
        (&"a".repeat(201), &"a".repeat(201), "more than 200"),
        (PASSWORD, "correct horse", "differ"),
    ] {
        let answer = browser.post(&path, &[("password", password), ("again", again)]).await;
        assert!(answer.status == 422 && answer.body.contains(said), "{said}: {}", answer.body);
    }
    assert_eq!(browser.post(&path, &[("password", PASSWORD), ("again", PASSWORD)]).await.status, 303);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_have_one_answer() {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    let wrong = served.browser().sign_in("amina", "wrong password").await;
    served.wait(MINUTE);
    let unknown = served.browser().sign_in("nobody", "wrong password").await;
    assert_eq!((wrong.status.as_u16(), unknown.status.as_u16()), (401, 401));
    assert_eq!(wrong.body, unknown.body);
    assert_eq!(wrong.headers.keys().collect::<Vec<_>>(), unknown.headers.keys().collect::<Vec<_>>());
    let audit = served.audit().await;
    assert_eq!(audit[audit.len() - 2..], ["anonymous sign-in.refused amina", "anonymous sign-in.refused -"]);
}

#[tokio::test]
async fn an_unknown_name_takes_as_long_as_a_known_one() {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    let mut fastest = [Duration::MAX; 2];
    for _ in 0..4 {
        for (fastest, name) in fastest.iter_mut().zip(["amina", "nobody"]) {
            let begun = Instant::now();
            let _ = served.access().sign_in(name, "wrong password", None, None, served.now()).await;
            *fastest = begun.elapsed().min(*fastest);
        }
    }
    let [known, unknown] = fastest;
    assert!(unknown * 2 > known && known * 2 > unknown, "known {known:?}, unknown {unknown:?}");
}

#[tokio::test]
async fn five_failures_lock_a_name_for_a_minute_and_each_further_one_doubles_it() {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    for _ in 0..5 {
        is_refused(&served, "wrong password").await;
    }
    is_refused(&served, PASSWORD).await;
    served.wait(MINUTE - 1);
    is_refused(&served, PASSWORD).await;
    served.wait(1);
    is_refused(&served, "wrong password").await;
    served.wait(2 * MINUTE - 1);
    is_refused(&served, PASSWORD).await;
    served.wait(1);
    assert!(signs_in(&served, PASSWORD).await.is_ok());
    // A success begins anew.
    is_refused(&served, "wrong password").await;
    assert!(signs_in(&served, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn many_attempts_at_once_do_not_slip_through_the_lock() {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    let attempts = (0..8).map(|_| signs_in(&served, "wrong password"));
    futures_util::future::join_all(attempts).await;
    is_refused(&served, PASSWORD).await;
}

#[tokio::test]
async fn one_address_has_so_many_failures_and_then_waits() {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    let mut browser = served.browser();
    for number in 0..20 {
        assert_eq!(browser.sign_in(&format!("name{number}"), "wrong password").await.status, 401);
    }
    let waits = browser.sign_in("amina", PASSWORD).await;
    assert_eq!((waits.status.as_u16(), waits.header("retry-after")), (429, "300"));
    served.wait(5 * MINUTE);
    assert_eq!(browser.sign_in("amina", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_session_ends_after_its_time_with_the_sign_out_and_with_the_next_sign_in() {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    let first = signs_in(&served, PASSWORD).await.unwrap();
    assert!(lasts(&served, &first).await);
    let second = served.access().sign_in("amina", PASSWORD, Some(&first), None, served.now()).await.unwrap().secret;
    assert!(first != second && !lasts(&served, &first).await && lasts(&served, &second).await);
    assert!(served.access().sign_out(&second, None, served.now()).await.unwrap());
    assert!(!lasts(&served, &second).await);
    let third = signs_in(&served, PASSWORD).await.unwrap();
    served.wait(12 * 60 * MINUTE - 1);
    assert!(lasts(&served, &third).await);
    served.wait(1);
    assert!(!lasts(&served, &third).await);
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once() {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    let secret = signs_in(&served, PASSWORD).await.unwrap();
    let by = Actor::operator();
    assert!(served.access().disable_account("Amina", &by, served.now()).await.unwrap());
    assert!(!lasts(&served, &secret).await);
    is_refused(&served, PASSWORD).await;
    assert!(!served.access().disable_account("amina", &by, served.now()).await.unwrap());
    // Enabled again, the old password is gone.
    served.invite("amina", Role::Editor).await;
    is_refused(&served, PASSWORD).await;
}

#[tokio::test]
async fn another_role_and_another_password_end_the_sessions() {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    let secret = signs_in(&served, PASSWORD).await.unwrap();
    let path = served.invite("amina", Role::Editor).await;
    assert!(lasts(&served, &secret).await, "the same role, and the password is still the old one");
    let invitation = path.rsplit('/').next().unwrap();
    served.access().accept_invitation(invitation, "another password", None, None, served.now()).await.unwrap();
    assert!(!lasts(&served, &secret).await);
    is_refused(&served, PASSWORD).await;
    let secret = signs_in(&served, "another password").await.unwrap();
    served.invite("amina", Role::Reader).await;
    assert!(!lasts(&served, &secret).await);
}

#[tokio::test]
async fn an_instance_without_local_accounts_takes_no_password() {
    let served = Served::with(|config| config.auth.local_accounts = false).await;
    let answer = served.browser().sign_in("amina", PASSWORD).await;
    assert_eq!(answer.status, 404);
    assert!(!answer.body.contains("type=\"password\""), "{}", answer.body);
}

#[tokio::test]
async fn a_session_is_no_bearer_token() {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    let secret = signs_in(&served, PASSWORD).await.unwrap();
    assert_eq!(served.hub.bearer(&secret).await, Err(Refused::Token));
}

#[tokio::test]
async fn refusals_write_one_line_a_minute_and_one_when_an_account_is_locked() {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    let before = served.audit().await.len();
    let mut browser = served.browser();
    for _ in 0..4 {
        browser.sign_in("amina", "wrong password").await;
        browser.sign_in("nobody", "wrong password").await;
    }
    assert_eq!(served.audit().await[before..], ["anonymous sign-in.refused amina"]);
    browser.sign_in("amina", "wrong password").await;
    browser.sign_in("nobody", "wrong password").await;
    assert_eq!(served.audit().await[before..], ["anonymous sign-in.refused amina"; 2]);
}

#[tokio::test]
async fn a_new_invitation_lifts_a_lock() {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    for _ in 0..5 {
        is_refused(&served, "wrong password").await;
    }
    is_refused(&served, PASSWORD).await;
    let path = served.invite("amina", Role::Editor).await;
    assert!(signs_in(&served, PASSWORD).await.is_ok());
    for _ in 0..5 {
        is_refused(&served, "wrong password").await;
    }
    let secret = path.rsplit('/').next().unwrap();
    served.access().accept_invitation(secret, PASSWORD, None, None, served.now()).await.unwrap();
    assert!(signs_in(&served, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn strangers_do_not_lock_the_owner_out_where_she_signed_in_before() {
    let served = Served::start().await;
    served.account("amina", Role::Editor, PASSWORD).await;
    let home = Some("192.0.2.1".parse().unwrap());
    let access = served.access();
    assert!(access.sign_in("amina", PASSWORD, None, home, served.now()).await.is_ok());
    for _ in 0..5 {
        is_refused(&served, "wrong password").await;
    }
    is_refused(&served, PASSWORD).await;
    assert!(access.sign_in("amina", PASSWORD, None, home, served.now()).await.is_ok());
}

#[tokio::test]
async fn the_link_of_an_invitation_is_not_in_debug() {
    let served = Served::start().await;
    let by = Actor::operator();
    let added = served.access().add_account("amina", Role::Editor, None, &by, served.now()).await.unwrap();
    assert!(!format!("{added:?}").contains(added.link.rsplit('/').next().unwrap()));
}
