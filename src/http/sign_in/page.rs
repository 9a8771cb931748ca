//! The pages themselves: few words, labels, no script. They keep to what every browser and screen reader knows.

use std::fmt::Write as _;

use super::visit::Visit;
use crate::{
    access::{PASSWORD_LENGTH, Person},
    record::{Direction, LanguageTag},
    texts::{self, arguments},
};

/// Nothing is loaded from anywhere, nothing runs; the style is known by its hash (a test compares).
pub(super) const POLICY: &str = "default-src 'none'; style-src 'sha256-vtdcSrNOrGR9SNjaHglJdIujP+VjbgbmisvarEbsk2I='; form-action 'self'; \
                                 frame-ancestors 'none'; base-uri 'none'";

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;color:#1f1a24;background:#faf9fb;margin:0}\
main{max-width:28rem;margin:3rem auto;padding:0 1rem}h1{font-size:1.5rem}\
label{display:block;margin-top:1rem}input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;\
border:1px solid #4b4354;border-radius:.25rem}button{font:inherit;margin-top:1.5rem;padding:.5rem 1.5rem;\
color:#fff;background:#4a2459;border:0;border-radius:.25rem}a{color:#5d2274}\
:focus-visible{outline:3px solid #5d2274;outline-offset:2px}\
[role=alert]{border-inline-start:.25rem solid #8a2117;color:#8a2117;padding:.25rem .75rem}";

/// A page of signing in.
pub(super) struct Page {
    language: &'static str,
    /// What the instance calls itself.
    instance: String,
    title: String,
    alert: Option<String>,
    /// HTML.
    content: String,
}

/// An invitation that can be used.
#[derive(Clone, Copy)]
pub(super) struct Invitation<'a> {
    pub(super) secret: &'a str,
    pub(super) name: &'a str,
}

impl Page {
    fn new(visit: &Visit, title: &str, alert: Option<&str>, content: String) -> Self {
        Self {
            language: visit.language,
            instance: visit.hub.config().instance.name.clone(),
            title: texts::say(visit.language, title, None),
            alert: alert.map(|why| texts::say(visit.language, why, None)),
            content,
        }
    }

    /// Name and password, and a link for each provider.
    pub(super) fn form(visit: &Visit, alert: Option<&str>) -> Self {
        let say = |id: &str| escaped(&texts::say(visit.language, id, None));
        let access = visit.hub.access();
        let mut content = String::new();
        if access.has_local_accounts() {
            let _ = write!(
                content,
                "<form method=\"post\" action=\"{action}\">\
                 <label for=\"name\">{name}</label>\
                 <input id=\"name\" name=\"name\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" \
                 required maxlength=\"100\" dir=\"auto\">\
                 <label for=\"password\">{password}</label>\
                 <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" required \
                 maxlength=\"{longest}\" dir=\"auto\">\
                 <button>{submit}</button></form>",
                action = escaped(&visit.path("/sign-in")),
                name = say("sign-in-name"),
                password = say("sign-in-password"),
                longest = PASSWORD_LENGTH.end(),
                submit = say("sign-in-submit"),
            );
        }
        for (number, provider) in access.providers().enumerate() {
            let said = with([("provider", isolated(provider))]);
            let _ = write!(
                content,
                "<p><a href=\"{}\">{}</a></p>",
                escaped(&visit.path(&format!("/sign-in/provider/{number}"))),
                escaped(&texts::say(visit.language, "sign-in-through", Some(&said))),
            );
        }
        if content.is_empty() {
            let _ = write!(content, "<p>{}</p>", say("sign-in-not-offered"));
        }
        Self::new(visit, "sign-in-title", alert, content)
    }

    /// Who is signed in, and the way out.
    pub(super) fn signed_in(visit: &Visit, person: &Person) -> Self {
        let role = texts::say(visit.language, &format!("role-{}", person.role.as_str()), None);
        let said = with([("name", isolated(&person.name)), ("role", role)]);
        let content = format!(
            "<p>{}</p><form method=\"post\" action=\"{}\"><button>{}</button></form>",
            escaped(&texts::say(visit.language, "sign-in-signed-in", Some(&said))),
            escaped(&visit.path("/sign-out")),
            escaped(&texts::say(visit.language, "sign-in-out", None)),
        );
        Self::new(visit, "sign-in-title", None, content)
    }

    /// A password is chosen.
    pub(super) fn invitation(visit: &Visit, invitation: Invitation<'_>, alert: Option<&str>) -> Self {
        let say = |id: &str| escaped(&texts::say(visit.language, id, None));
        let said = with([("name", isolated(invitation.name))]);
        let mut content = format!(
            "<p>{}</p><form method=\"post\" action=\"{}\">\
             <input type=\"hidden\" name=\"username\" autocomplete=\"username\" value=\"{}\">",
            escaped(&texts::say(visit.language, "invitation-for", Some(&said))),
            escaped(&visit.path(&format!("/sign-in/invitation/{}", invitation.secret))),
            escaped(invitation.name),
        );
        for (field, label) in [("password", "sign-in-password"), ("again", "invitation-again")] {
            let _ = write!(
                content,
                "<label for=\"{field}\">{}</label>\
                 <input id=\"{field}\" name=\"{field}\" type=\"password\" autocomplete=\"new-password\" required \
                 minlength=\"{}\" maxlength=\"{}\" aria-describedby=\"rule\" dir=\"auto\">",
                say(label),
                PASSWORD_LENGTH.start(),
                PASSWORD_LENGTH.end(),
            );
        }
        let _ = write!(
            content,
            "<p id=\"rule\">{}</p><button>{}</button></form>",
            say("invitation-rule"),
            say("invitation-submit")
        );
        Self::new(visit, "invitation-title", alert, content)
    }

    /// The whole document.
    pub(super) fn html(&self) -> String {
        let right_to_left = LanguageTag::parse(self.language).is_some_and(|tag| tag.direction() == Direction::Rtl);
        let alert = self.alert.as_deref().map(|why| format!("<p role=\"alert\">{}</p>", escaped(why)));
        format!(
            "<!doctype html><html lang=\"{language}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
             <meta name=\"robots\" content=\"noindex\"><title>{title} · {instance}</title><style>{STYLE}</style></head>\
             <body><main><p dir=\"auto\">{instance}</p><h1>{title}</h1>{alert}{content}</main></body></html>\n",
            language = self.language,
            direction = if right_to_left { "rtl" } else { "ltr" },
            title = escaped(&self.title),
            instance = escaped(&self.instance),
            alert = alert.unwrap_or_default(),
            content = self.content,
        )
    }
}

fn with<const N: usize>(values: [(&'static str, String); N]) -> texts::Arguments<'static> {
    texts::Arguments::from_iter(values)
}

/// A name in a sentence that may run the other way.
fn isolated(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};

    use super::*;
    use crate::journal::encoding::sha256;

    #[test]
    fn the_policy_names_the_hash_of_the_style() {
        let hash = STANDARD.encode(sha256(STYLE.as_bytes()));
        assert!(POLICY.contains(&format!("'sha256-{hash}'")), "{hash}");
    }

    #[test]
    fn a_text_from_elsewhere_is_text() {
        assert_eq!(escaped("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
    }
}
