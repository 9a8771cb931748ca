//! The pages themselves: few words, labels, and what every password manager and screen reader knows.

use maud::{Markup, html};

use super::super::super::{
    content::Content,
    parts::{entry::encoded, text::shown},
    visit::Visit,
};
use crate::access::{PASSWORD_LENGTH, Person};

fn page(visit: &Visit, title: &str, alert: Option<&str>, main: Markup) -> Content {
    let title = visit.say(title);
    let main = html! {
        div.head {
            h1 { (title) }
            p { bdi { (shown(&visit.hub.config().instance.name)) } }
        }
        @if let Some(why) = alert { p.note.bad #why role="alert" { (visit.say(why)) } }
        (main)
    };
    Content::new(title, main).never_kept()
}

/// Name and password, and a link for each provider. What was typed is not kept: people type passwords into the field of
/// the name.
pub(super) fn form(visit: &Visit, back: Option<&str>, alert: Option<&str>) -> Content {
    let access = visit.hub.access();
    let query = back.map(|back| format!("?back={}", encoded(back))).unwrap_or_default();
    let is_wrong = (alert == Some("sign-in-refused")).then_some("true");
    let described = is_wrong.map(|_| "why");
    let main = html! {
        @if access.has_local_accounts() {
            form method="post" action={ (visit.path("/sign-in")) (query) } {
                p.field {
                    label.label for="name" { (visit.say("sign-in-name")) }
                    input #name name="name" type="text" autocomplete="username" autocapitalize="none" spellcheck="false"
                        required maxlength="100" dir="auto" aria-invalid=[is_wrong] aria-describedby=[described];
                }
                p.field {
                    label.label for="password" { (visit.say("sign-in-password")) }
                    input #password name="password" type="password" autocomplete="current-password" required
                        maxlength=(PASSWORD_LENGTH.end()) dir="auto" aria-invalid=[is_wrong] aria-describedby=[described];
                }
                p { button.btn { (visit.say("sign-in-submit")) } }
            }
        }
        @for (number, provider) in access.providers().enumerate() {
            p {
                a.btn.line href=(leave(visit, number, back)) {
                    (visit.tell("sign-in-through", &[("provider", provider.into())]))
                }
            }
        }
        @if !access.has_local_accounts() && access.providers().next().is_none() {
            p { (visit.say("sign-in-not-offered")) }
        }
    };
    page(visit, "sign-in-title", alert, main)
}

/// The way to a provider keeps the language and the page that was wanted.
fn leave(visit: &Visit, number: usize, back: Option<&str>) -> String {
    let back = back.map(|back| format!("&back={}", encoded(back))).unwrap_or_default();
    visit.file(&format!("/sign-in/provider/{number}?language={}{back}", visit.language))
}

/// Who is signed in, the way on and the way out.
pub(super) fn signed_in(visit: &Visit, person: &Person, onward: &str) -> Content {
    let role = visit.say(&format!("role-{}", person.role.as_str()));
    let main = html! {
        p.lead { (visit.tell("sign-in-signed-in", &[("name", (&*person.name).into()), ("role", (&role).into())])) }
        div.row {
            a.btn href=(onward) { (visit.say("sign-in-go-on")) }
            form.plain method="post" action=(visit.path("/sign-out")) { button.btn.line { (visit.say("sign-in-out")) } }
        }
    };
    page(visit, "sign-in-title", None, main)
}

/// A password is chosen.
pub(super) fn invitation(visit: &Visit, name: &str, alert: Option<&str>) -> Content {
    let is_wrong = alert.map(|_| "true");
    let described = if alert.is_some() { "why rule" } else { "rule" };
    let main = html! {
        p { (visit.tell("invitation-for", &[("name", name.into())])) }
        form method="post" action=(visit.path(&format!("/sign-in/invitation/{}", encoded(visit.param("secret"))))) {
            input type="hidden" name="username" autocomplete="username" value=(name);
            p.quiet #rule { (visit.say("invitation-rule")) }
            @for (field, label) in [("password", "sign-in-password"), ("again", "invitation-again")] {
                p.field {
                    label.label for=(field) { (visit.say(label)) }
                    input id=(field) name=(field) type="password" autocomplete="new-password" required
                        minlength=(PASSWORD_LENGTH.start()) maxlength=(PASSWORD_LENGTH.end()) dir="auto"
                        aria-invalid=[is_wrong] aria-describedby=(described);
                }
            }
            p { button.btn { (visit.say("invitation-submit")) } }
        }
    };
    page(visit, "invitation-title", alert, main)
}
