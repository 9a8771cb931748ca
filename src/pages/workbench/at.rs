//! Somebody of the staff at the desk, in one visit, and what is said when the desk does not do something.

use axum::http::StatusCode;
use maud::html;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::super::{
    answer::Answer,
    content::{Content, Section},
    parts::terms,
    visit::{Refusal, Visit},
};
use crate::{
    access::Role,
    editorial::{DeskError, Draft, EditorialDesk, Mistake, OwnRecord, Target},
    record::{Kind, LanguageTag},
};

/// The desk with the visitor at it.
pub(super) struct At<'v> {
    pub(super) visit: &'v Visit,
    pub(super) desk: EditorialDesk<'v>,
}

impl<'v> At<'v> {
    /// # Errors
    /// Nobody is signed in, or somebody with less.
    pub(super) fn by(visit: &'v Visit, role: Role) -> Result<Self, Refusal> {
        let (person, actor) = visit.by(role)?;
        let desk = visit.hub.editorial_desk(person, actor).ok_or(Refusal::Role(Role::Contributor))?;
        Ok(Self { visit, desk })
    }

    pub(super) fn is_editor(&self) -> bool {
        self.visit.may(Role::Editor)
    }

    /// The draft that the path names, if this person may see it.
    pub(super) async fn draft(&self) -> Result<Draft, Refusal> {
        let id = Uuid::try_parse(self.visit.param("draft")).map_err(|_| Refusal::NotFound)?;
        self.desk.draft(id).await?.ok_or(Refusal::NotFound)
    }

    /// The record of this hub that the path names; of another hub's it is said who can change it.
    pub(super) async fn own(&self) -> Result<Result<OwnRecord, Content>, Refusal> {
        match self.visit.hub.target(self.visit.param("id")).await? {
            Some(Target::Own(record)) => Ok(Ok(record)),
            Some(Target::Foreign(origin)) => {
                let why = Mistake::foreign(&origin, self.visit.language).message;
                Ok(Err(self.sentences(StatusCode::FORBIDDEN, &[why], "/workbench")))
            }
            None => Err(Refusal::NotFound),
        }
    }

    /// The page for what the desk did not do; `back` leads to where it can be mended.
    pub(super) fn refused(&self, fault: DeskError, back: &str) -> Answer {
        match (fault.mistakes(self.visit.language), fault) {
            (_, DeskError::NotFound) => Err(Refusal::NotFound),
            (_, DeskError::Forbidden(_)) => Err(Refusal::Role(Role::Editor)),
            (_, DeskError::Store(fault)) => Err(fault.into()),
            (Some(mistakes), fault) => {
                let status = match fault {
                    DeskError::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
                    _ => StatusCode::CONFLICT,
                };
                let sentences: Vec<String> = mistakes.into_iter().map(|mistake| mistake.message).collect();
                Ok(self.sentences(status, &sentences, back).into())
            }
            (None, fault) => {
                tracing::error!("the desk met a fault: {fault}");
                Err(Refusal::Fault)
            }
        }
    }

    fn sentences(&self, status: StatusCode, sentences: &[String], back: &str) -> Content {
        let visit = self.visit;
        let main = html! {
            div.head { h1 { (visit.say("work-not-done")) } }
            div.note.bad role="alert" { @for sentence in sentences { p { (sentence) } } }
            p { a.btn.line href=(visit.path(back)) { (visit.say("work-back")) } }
        };
        page(visit, visit.say("work-not-done"), main).status(status)
    }
}

/// A page of the workbench.
pub(super) fn page(visit: &Visit, title: impl Into<String>, main: maud::Markup) -> Content {
    Content::new(title, main).within(Section::Workbench).under("/workbench", visit.say("workbench")).hidden()
}

/// The number that a form was made from; one that no draft has where it is none.
pub(super) fn expected(visit: &Visit) -> u32 {
    visit.field("revision").parse().unwrap_or(0)
}

/// The path of a draft's editor, below the language.
pub(super) fn path_of(draft: &Draft) -> String {
    format!("/workbench/drafts/{}", draft.id)
}

/// The title of a draft in the language of the page or another one that it has, with that language.
pub(super) fn title_of<'d>(visit: &Visit, kind: Kind, body: &'d Map<String, Value>) -> Option<(&'d str, LanguageTag)> {
    let member = if kind == Kind::Mechanism { "name" } else { "title" };
    let texts = body.get(member)?.as_object()?;
    let original = body.get("originalLanguage").and_then(Value::as_str);
    let wanted = std::iter::once(visit.language).chain(original);
    let known = wanted.filter_map(|tag| texts.get_key_value(tag)).chain(texts.iter());
    let mut known = known.filter_map(|(tag, text)| Some((text.as_str()?, LanguageTag::parse(tag)?)));
    known.find(|(text, _)| !text.is_empty())
}

/// Whose record it is, in words: a country, or the hub's name.
pub(super) fn author(visit: &Visit) -> String {
    match visit.hub.speaker().country {
        Some(country) => terms::country(visit, country),
        None => visit.hub.config().instance.name.clone(),
    }
}

/// `Practice`, `Mechanism` …
pub(super) fn kind_name(visit: &Visit, kind: Kind) -> String {
    match kind {
        Kind::Practice => visit.say("work-kind-practice"),
        Kind::Mechanism => visit.say("work-kind-mechanism"),
        Kind::Document => visit.say("work-kind-document"),
        Kind::Event => visit.say("work-kind-event"),
        Kind::Member => visit.say("network"),
    }
}
