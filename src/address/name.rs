//! The query names, and which lists have which.

use super::Refused;
use crate::record::{Kind, nearest};

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident $word:literal $kinds:tt),* $(,)?) => {
        /// A query name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Name {
            $($(#[$doc])* $name),*
        }

        impl Name {
            /// Every name, in the order in which an address is printed.
            pub const ALL: [Name; [$(Name::$name),*].len()] = [$(Name::$name),*];

            /// As it stands in an address.
            pub fn as_str(self) -> &'static str {
                match self { $(Name::$name => $word),* }
            }

            /// The kinds whose lists have it.
            pub fn kinds(self) -> &'static [Kind] {
                use Kind::*;
                match self { $(Name::$name => &$kinds),* }
            }
        }
    };
}

names! {
    /// Words that are looked for.
    Q "q" [Mechanism, Practice, Document, Event, Member],
    /// Codes of themes.
    Theme "theme" [Practice, Document],
    /// Codes of capacities.
    Capacity "capacity" [Practice, Mechanism],
    /// Codes of regional groups.
    Region "region" [Mechanism, Practice, Document, Event, Member],
    /// Codes of countries.
    Country "country" [Mechanism, Practice, Document, Event, Member],
    /// Codes of types; of practices those of their mechanism.
    Type "type" [Mechanism, Practice, Document, Event],
    /// Codes of United Nations mechanisms.
    Mechanism "mechanism" [Practice],
    /// Sustainable Development Goals, 1 to 17.
    Goal "goal" [Practice],
    /// Codes of affected groups.
    Group "group" [Practice],
    /// Languages in which a title, or the document, exists.
    Language "language" [Mechanism, Practice, Document, Event],
    /// First year; of events the first day.
    From "from" [Practice, Mechanism, Document, Event],
    /// Last year; of events the last day.
    To "to" [Practice, Mechanism, Document, Event],
    /// EntityIds of origins.
    Origin "origin" [Mechanism, Practice, Document, Event, Member],
    /// Whether it was compiled from public sources, or said by the State itself.
    Compiled "compiled" [Mechanism, Practice, Document, Event, Member],
    /// Whether it is a standing body.
    Standing "standing" [Mechanism],
    /// How one takes part.
    Mode "mode" [Event],
    /// The symbol, or its beginning.
    Symbol "symbol" [Document],
    /// Roles of members.
    Role "role" [Member],
    /// Statuses of members.
    Status "status" [Member],
    /// The day on which roles and statuses are looked at.
    AsOf "asOf" [Member],
    /// Who may read it.
    Audience "audience" [Mechanism, Practice, Document, Event, Member],
    /// Signed at or after this time.
    UpdatedSince "updatedSince" [Mechanism, Practice, Document, Event, Member],
    /// Also records of members that are not active.
    IncludeSuspended "includeSuspended" [Mechanism, Practice, Document, Event, Member],
    /// The order.
    Sort "sort" [Mechanism, Practice, Document, Event, Member],
    /// Number of the page.
    Page "page" [Mechanism, Practice, Document, Event, Member],
}

impl Name {
    /// Whether lists of this kind have it.
    pub fn is_of(self, kind: Kind) -> bool {
        self.kinds().contains(&kind)
    }

    /// Whether several values mean "any of"; of the others the last counts.
    pub fn is_list(self) -> bool {
        use Name::*;
        match self {
            Theme | Capacity | Region | Country | Type | Mechanism | Goal | Group | Language | Origin | Mode | Role
            | Status => true,
            Q | From | To | Compiled | Standing | Symbol | AsOf | Audience | UpdatedSince | IncludeSuspended | Sort
            | Page => false,
        }
    }

    /// The name of a word, for lists of a kind; `own` are names that the path takes besides.
    pub(super) fn find(word: &str, kind: Kind, own: &[&'static str]) -> Result<Self, Refused> {
        let of_kind = Self::ALL.into_iter().filter(|name| name.is_of(kind));
        match Self::ALL.into_iter().find(|name| name.as_str() == word) {
            Some(name) if name.is_of(kind) => Ok(name),
            Some(name) => {
                let kinds: Vec<&str> = name.kinds().iter().map(|kind| kind.plural()).collect();
                Err(Refused::new(word, format!("narrows lists of {}, not of {}", kinds.join(", "), kind.plural())))
            }
            None => {
                let known: Vec<&str> = of_kind.map(Self::as_str).chain(own.iter().copied()).collect();
                let near = nearest(word, known.iter().copied()).unwrap_or("q");
                Err(Refused::new(
                    word,
                    format!(
                        "is no name that a list of {} takes. The nearest is {near:?}; it takes {}",
                        kind.plural(),
                        known.join(", ")
                    ),
                ))
            }
        }
    }
}
