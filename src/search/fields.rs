//! What is filed of a record: fields of the index, and the texts of a record with their places in the schema and their
//! weights. One field a language has the stems of its texts, one has the folded words of all texts for exact matches and
//! phrases. A word of a title is filed several times: one posting a word then says both where and how often it stands,
//! which costs a question one look-up where a field for each weight would cost three.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

use crate::catalog::Published;
use crate::record::{Body, IssuedBy, LocalizedText, vocabulary, vocabulary::Vocabulary};

use super::analysis::Tongue;
use super::filing::TOKENIZER;

/// How often a word of a title is filed.
pub(super) const TITLE: usize = 4;
/// How often one of a summary is.
pub(super) const SUMMARY: usize = 2;
/// And one of any other text.
pub(super) const BODY: usize = 1;

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The slot of the record.
    pub(super) slot: Field,
    /// Folded words of all languages, acronyms and symbols, with their places; concepts that cross languages.
    pub(super) exact: Field,
    /// Stems of texts of one language; its concepts.
    pub(super) tongues: [Field; Tongue::ALL.len()],
    /// Its codes as they are, for what is like it.
    pub(super) codes: Field,
}

impl Fields {
    pub(super) fn tongue(&self, tongue: Tongue) -> Field {
        self.tongues[tongue as usize]
    }

    /// The fields that have words.
    pub(super) fn of_words(&self) -> impl Iterator<Item = Field> {
        self.tongues.into_iter().chain([self.exact, self.codes])
    }
}

/// The schema of the index. Nothing is stored in it: records lie in the catalogue.
pub(super) fn schema() -> (Schema, Fields) {
    let text = |option: IndexRecordOption, lengths: bool| {
        let indexing = TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing.set_fieldnorms(lengths))
    };
    let mut schema = Schema::builder();
    let fields = Fields {
        slot: schema.add_u64_field("slot", NumericOptions::from(FAST | INDEXED)),
        exact: schema.add_text_field("exact", text(IndexRecordOption::WithFreqsAndPositions, true)),
        tongues: Tongue::ALL
            .map(|tongue| schema.add_text_field(tongue.as_str(), text(IndexRecordOption::WithFreqs, true))),
        codes: schema.add_text_field("codes", text(IndexRecordOption::Basic, false)),
    };
    (schema.build(), fields)
}

/// A text of a record in its languages.
pub(super) struct Text<'r> {
    /// Its field as the schema of the API names it.
    pub(super) field: &'static str,
    /// How often its words are filed.
    pub(super) weight: usize,
    pub(super) text: &'r LocalizedText,
}

/// The texts of a record, most telling first.
pub(super) fn texts(record: &Published) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    let mut add = |field, weight, text| {
        if let Some(text) = text {
            texts.push(Text { field, weight, text });
        }
    };
    match &record.record.body {
        Body::Practice(practice) => {
            add("title", TITLE, Some(&practice.title));
            add("summary", SUMMARY, Some(&practice.summary));
            add("description", BODY, practice.description.as_ref());
            add("lessonsLearnt", BODY, practice.lessons_learnt.as_ref());
        }
        Body::Mechanism(mechanism) => {
            add("name", TITLE, Some(&mechanism.name));
            add("hostInstitution", SUMMARY, mechanism.host_institution.as_ref());
            add("mandate", BODY, mechanism.mandate.as_ref());
            add("composition", BODY, mechanism.composition.as_ref());
        }
        Body::Document(document) => {
            add("title", TITLE, Some(&document.title));
            if let Some(IssuedBy::Localized(issuer)) = &document.issued_by {
                add("issuedBy", BODY, Some(issuer));
            }
        }
        Body::Event(event) => {
            add("title", TITLE, Some(&event.title));
            add("summary", SUMMARY, event.summary.as_ref());
        }
        Body::Member(member) => add("name", TITLE, member.name.as_ref()),
    }
    texts
}

/// Names that are the same in every language: acronyms, symbols, places, organisers.
pub(super) fn names(record: &Published) -> Vec<&str> {
    match &record.record.body {
        Body::Practice(_) | Body::Member(_) => Vec::new(),
        Body::Mechanism(mechanism) => mechanism.acronym.as_deref().into_iter().collect(),
        Body::Document(document) => {
            let issuer = match &document.issued_by {
                Some(IssuedBy::Plain(issuer)) => Some(&**issuer),
                _ => None,
            };
            document.symbol.as_deref().into_iter().chain(issuer).collect()
        }
        Body::Event(event) => {
            let places = event.city.as_deref().into_iter().chain(event.venue.as_deref());
            places.chain(event.organizers.iter().map(|name| &**name)).collect()
        }
    }
}

/// The codes of a record, each with its list.
pub(super) fn codes(record: &Published) -> Vec<(Vocabulary, &str)> {
    fn all(list: Vocabulary, codes: &[Box<str>]) -> impl Iterator<Item = (Vocabulary, &str)> {
        codes.iter().map(move |code| (list, &**code))
    }
    match &record.record.body {
        Body::Practice(practice) => {
            let goals = practice.sdg_goals.iter().filter_map(|goal| {
                vocabulary::terms(Vocabulary::SdgGoals).get(usize::from(*goal).checked_sub(1)?).map(|term| &*term.code)
            });
            all(Vocabulary::Themes, &practice.themes)
                .chain(all(Vocabulary::Capacities, &practice.capacities))
                .chain(all(Vocabulary::UnMechanisms, &practice.un_mechanisms))
                .chain(all(Vocabulary::AffectedGroups, &practice.affected_groups))
                .chain(goals.map(|goal| (Vocabulary::SdgGoals, goal)))
                .collect()
        }
        Body::Mechanism(mechanism) => {
            let kind = mechanism.mechanism_type.as_deref().map(|code| (Vocabulary::MechanismTypes, code));
            all(Vocabulary::Capacities, &mechanism.capacities).chain(kind).collect()
        }
        Body::Document(document) => {
            let kind = (Vocabulary::DocumentTypes, &*document.document_type);
            all(Vocabulary::Themes, &document.themes).chain([kind]).collect()
        }
        Body::Event(event) => vec![(Vocabulary::EventTypes, &*event.event_type)],
        Body::Member(_) => Vec::new(),
    }
}
