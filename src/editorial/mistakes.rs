//! Why the desk did not do something, and what is said of it to the person.

use thiserror::Error;

use super::{Check, Difference, Rights};
use crate::{
    journal::publish::PublishError,
    store::StoreError,
    texts::{self, arguments},
};

/// Why nothing was changed.
#[derive(Debug, Error)]
pub enum DeskError {
    /// No such draft or record, or not for this person to see.
    #[error("there is no such draft or record, or not for this person")]
    NotFound,
    /// It needs more rights.
    #[error("this needs the rights of {0:?}")]
    Forbidden(Rights),
    /// Not from this state.
    #[error("not from this state: {0:?}")]
    WrongState(Obstacle),
    /// Somebody else changed it meanwhile.
    #[error("it was changed meanwhile")]
    Conflict(Conflict),
    /// What was given is not right.
    #[error("{} mistakes in what was given", .0.len())]
    Refused(Vec<Check>),
    /// The journal does not take it.
    #[error(transparent)]
    Publish(PublishError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for DeskError {
    fn from(fault: sea_orm::DbErr) -> Self {
        Self::Store(fault.into())
    }
}

/// Why something cannot be done from the state in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The record was withdrawn, for good.
    Withdrawn,
    /// Somebody else writes a draft of it.
    BeingWritten,
    /// The draft waits for no editor.
    NotInReview,
    /// The record was taken over already.
    TakenOver,
    /// Not a record to take over: not the coordinator's, not compiled, not about this State, or this is no State.
    NotToTakeOver,
    /// This instance signs nothing at present.
    SigningStopped,
    /// The journal is full.
    Full,
}

/// What was changed meanwhile.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conflict {
    /// The number that the next try has to name.
    pub current_revision: u32,
    /// What differs between what is stored and what was sent.
    pub differences: Vec<Difference>,
}

/// Words for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MistakeCode {
    /// Missing.
    Required,
    /// Not of the right form.
    Invalid,
    /// Too long or too many.
    TooLong,
    /// Changed by somebody else.
    Conflict,
    /// Not there or not visible.
    NotFound,
    /// Not from this state.
    WrongState,
    /// Of another origin.
    Foreign,
}

/// A mistake that the person can mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Path in the input; none for the whole.
    pub field: Option<String>,
    /// For programs.
    pub code: MistakeCode,
    /// What to do.
    pub message: String,
}

impl Mistake {
    /// That a record is another origin's.
    pub fn foreign(origin: &str, language: &str) -> Self {
        let message = texts::say(language, "foreign", Some(&arguments! { "origin" => origin }));
        Self { field: None, code: MistakeCode::Foreign, message }
    }
}

impl DeskError {
    /// What the person can mend, in a language of [`texts::LANGUAGES`]. None for what is no mistake of theirs: a right
    /// that they lack, a fault of the machine.
    pub fn mistakes(&self, language: &str) -> Option<Vec<Mistake>> {
        let one = |code, message: String| Some(vec![Mistake { field: None, code, message }]);
        match self {
            Self::NotFound => one(MistakeCode::NotFound, texts::say(language, "not-found", None)),
            Self::WrongState(obstacle) => one(MistakeCode::WrongState, obstacle.message(language)),
            Self::Conflict(_) => one(MistakeCode::Conflict, texts::say(language, "conflict", None)),
            Self::Refused(checks) => {
                let mistake = |check: &Check| Mistake {
                    field: Some(check.field.clone()).filter(|field| !field.is_empty()),
                    code: check.sort.into(),
                    message: check.message(language),
                };
                Some(checks.iter().map(mistake).collect())
            }
            Self::Forbidden(_) | Self::Publish(_) | Self::Store(_) => None,
        }
    }
}

impl Obstacle {
    fn message(self, language: &str) -> String {
        let id = match self {
            Self::Withdrawn => "draft-obstacle-withdrawn",
            Self::BeingWritten => "draft-obstacle-being-written",
            Self::NotInReview => "draft-obstacle-not-in-review",
            Self::TakenOver => "draft-obstacle-taken-over",
            Self::NotToTakeOver => "draft-obstacle-not-to-take-over",
            Self::SigningStopped => "draft-obstacle-signing-stopped",
            Self::Full => "draft-obstacle-full",
        };
        texts::say(language, id, None)
    }
}
