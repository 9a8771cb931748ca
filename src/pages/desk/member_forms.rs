//! The steps that can be taken with a member, as forms: what each does, who will see it, and its reason.

use maud::{Markup, html};

use super::{
    super::{parts::text::shown, visit::Visit},
    form::{Form, Said, Wrong, hidden},
    listed::{self, Listed},
};
use crate::{
    journal::key::{KeyStatus, PublicKey, in_groups_of_four},
    record::MemberStatus,
    register::cases::shown_thumbprint,
};

/// A form that takes one step with a member as it is now.
fn step(visit: &Visit, member: &Listed, name: &str, fields: &Markup, button: &str) -> Markup {
    html! {
        form method="post" action=(visit.path(&member.path())) novalidate {
            (hidden("step", name))
            (hidden("revision", &member.enrolled.revision.to_string()))
            (fields)
            p { button.btn.line { (button) } }
        }
    }
}

fn public_reason(form: &Form<'_>) -> Markup {
    let visit = form.visit;
    let (label, hint) = (visit.say("desk-reason"), visit.say("desk-reason-public"));
    form.area("reason", Said { label: &label, hint: Some(&hint), is_needed: true })
}

/// Suspend, reinstate, withdraw: what is possible from the present state.
pub(super) fn standing(visit: &Visit, member: &Listed, wrong: Option<&Wrong>) -> Markup {
    let one = |name: &'static str, title: &str, effect: &str| {
        let form = Form::new(visit, name, wrong);
        html! {
            h3 id=(name) { (title) }
            p.text { (effect) }
            (step(visit, member, name, &public_reason(&form), title))
        }
    };
    let withdraw = || one("withdraw", &visit.say("desk-withdraw"), &visit.say("desk-withdraw-effect"));
    html! {
        section.sec aria-labelledby="standing" {
            h2 #standing { (visit.say("desk-standing")) }
            @match member.member.status {
                MemberStatus::Active => {
                    (one("suspend", &visit.say("desk-suspend"), &visit.say("desk-suspend-effect")))
                    (withdraw())
                },
                MemberStatus::Suspended => {
                    (one("reinstate", &visit.say("desk-reinstate"), &visit.say("desk-reinstate-effect")))
                    (withdraw())
                },
                MemberStatus::Withdrawn => p.text { (visit.say("desk-has-left")) },
            }
        }
    }
}

/// A role with its term.
pub(super) fn role(visit: &Visit, member: &Listed, wrong: Option<&Wrong>) -> Markup {
    let form = Form::new(visit, "role", wrong);
    let today = visit.today().to_string();
    let fields = html! {
        (form.select("role", member.member.role.as_str(), &listed::roles(visit), Said {
            label: &visit.say("desk-role"), hint: None, is_needed: true,
        }))
        (form.line("from", "date", &today, Said {
            label: &visit.say("desk-from-day"), hint: Some(&visit.say("desk-from-day-hint")), is_needed: true,
        }))
        (form.line("until", "date", "", Said {
            label: &visit.say("desk-until-day"), hint: Some(&visit.say("desk-until-day-hint")), is_needed: false,
        }))
        (form.area("reason", Said {
            label: &visit.say("desk-reason"), hint: Some(&visit.say("desk-reason-public")), is_needed: false,
        }))
    };
    html! {
        @if !member.has_left() {
            section.sec aria-labelledby="role" {
                h2 #role { (visit.say("desk-role-and-term")) }
                p.text { (visit.say("desk-role-effect")) }
                (step(visit, member, "role", &fields, &visit.say("desk-give-role")))
            }
        }
    }
}

/// The keys in the register, those that wait to be confirmed, and a theft.
pub(super) fn keys(visit: &Visit, member: &Listed, announced: &[PublicKey], wrong: Option<&Wrong>) -> Markup {
    let listed = member.enrolled.keys();
    let keys: Vec<(&PublicKey, KeyStatus)> = listed.iter().collect();
    html! {
        section.sec aria-labelledby="keys" {
            h2 #keys { (visit.say("desk-keys")) }
            @if keys.is_empty() { p { (visit.say("desk-keys-none")) } } @else {
                ul.plain {
                    @for (key, status) in &keys {
                        li { code { (in_groups_of_four(key.thumbprint())) } " " (visit.say(&format!("desk-key-{}", status.as_str()))) }
                    }
                }
            }
            @for (place, key) in announced.iter().enumerate() { (confirm(visit, member, place, key, wrong)) }
            @if keys.iter().any(|(_, status)| *status != KeyStatus::Compromised) { (stolen(visit, member, &keys, wrong)) }
        }
    }
}

/// A key that the member announced: its end is typed as it is read aloud.
fn confirm(visit: &Visit, member: &Listed, place: usize, key: &PublicKey, wrong: Option<&Wrong>) -> Markup {
    let known = shown_thumbprint(key.thumbprint());
    let is_this = visit.field("key") == known;
    let form = Form::at(visit, "confirm-key", place, wrong.filter(|_| is_this));
    let fields = html! {
        (hidden("key", &known))
        ol.print-key aria-label=(visit.say("desk-thumbprint")) {
            @for group in known.split(' ') { li { (shown(group)) } }
            @for hidden in ["••••", "•••"] {
                li.check { span aria-hidden="true" { (hidden) } span.vh { (visit.say("desk-hidden")) } }
            }
        }
        (form.exact("tail", 12, Said {
            label: &visit.say("desk-tail"), hint: Some(&visit.say("desk-tail-why")), is_needed: true,
        }))
    };
    html! {
        h3 { (visit.say("desk-confirm-key")) }
        p.text { (visit.tell("desk-compare-how", &[("command", html! { code { "nmirf-hub key show" } }.into())])) }
        p.text { (visit.say("desk-confirm-key-effect")) }
        (step(visit, member, "confirm-key", &fields, &visit.say("desk-confirm-key-do")))
    }
}

fn stolen(visit: &Visit, member: &Listed, keys: &[(&PublicKey, KeyStatus)], wrong: Option<&Wrong>) -> Markup {
    let form = Form::new(visit, "compromised-key", wrong);
    let chosen = form.value("key", "");
    let missing = form.wrong.filter(|wrong| wrong.field == "key");
    let good = keys.iter().filter(|(_, status)| *status != KeyStatus::Compromised);
    let fields = html! {
        fieldset aria-describedby=[missing.map(|_| "compromised-key-wrong")] {
            legend { (visit.say("desk-stolen-which")) }
            @if let Some(wrong) = missing { p.wrong #compromised-key-wrong { (wrong.text) } }
            @for (place, (key, status)) in good.enumerate() {
                label.tick {
                    input id=[(place == 0).then_some("compromised-key-key")] type="radio" name="key"
                        value=(key.thumbprint()) checked[chosen == **key.thumbprint()];
                    span { code { (in_groups_of_four(key.thumbprint())) } " " (visit.say(&format!("desk-key-{}", status.as_str()))) }
                }
            }
        }
        (public_reason(&form))
    };
    html! {
        h3 #compromised-key { (visit.say("desk-stolen")) }
        p.text { (visit.say("desk-stolen-effect")) }
        (step(visit, member, "compromised-key", &fields, &visit.say("desk-stolen-do")))
    }
}
