//! Empty tables to be filled in.

use super::bodies::ExportError;
use super::pieces::failed;
use crate::record::Kind;
use crate::table::{CsvText, Plan};

/// An empty table as text: its head, and an example in a row that an import leaves out.
///
/// # Errors
/// None that can be met; those of the writer.
pub fn template_csv(plan: &Plan) -> Result<Vec<u8>, ExportError> {
    let written = || {
        let mut text = CsvText::begin(plan.names())?;
        text.row(example(plan))?;
        text.end()
    };
    written().map_err(failed)
}

/// A row that shows how each column is filled. It begins with `#`: an import leaves it out.
pub fn example(plan: &Plan) -> Vec<String> {
    let kind = plan.kind();
    let mut cells: Vec<String> = plan.names().iter().map(|name| cell(kind, name).to_owned()).collect();
    if let Some(first) = cells.first_mut() {
        first.insert_str(0, "# example, left out by an import");
    }
    cells
}

fn cell(kind: Kind, name: &str) -> &'static str {
    let member = name.split('_').next().unwrap_or_default();
    match (kind, member) {
        (_, "audience") => "public",
        (_, "country") => "MA",
        (_, "originalLanguage") => "fr",
        (Kind::Document, "type") => "guide",
        (Kind::Event, "type") => "seminar",
        (Kind::Mechanism, "type") => "interministerial",
        (_, "themes") => "consultation; monitoring",
        (_, "capacities") => "engagement; coordination",
        (_, "unMechanisms") => "UPR; CEDAW",
        (_, "sdgGoals") => "10; 16",
        (_, "startYear" | "endYear" | "establishedYear") => "2015",
        (_, "sources" | "links" | "recordings") => "Title of the source <https://example.org/page>",
        (_, "editions") => "fr <https://example.org/fr.pdf>",
        (_, "languages") => "fr; en",
        (_, "organizers") => "One name a line",
        (_, "startsOn" | "endsOn" | "date") => "2026-11-24",
        (_, "mode") => "hybrid",
        (_, "website" | "registrationUrl") => "https://example.org",
        (_, "standing") => "true",
        (_, "title" | "name" | "summary" | "description") => "Text in this language",
        _ => "",
    }
}
