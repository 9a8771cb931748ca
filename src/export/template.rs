//! Empty tables to be filled in.

use super::bodies::ExportError;
use super::pieces::failed;
use crate::config::Instance;
use crate::record::Kind;
use crate::table::{CsvText, Plan};

/// An empty table as text: its head, and an example in a row that an import leaves out.
///
/// # Errors
/// None that can be met; those of the writer.
pub fn template_csv(plan: &Plan, instance: &Instance) -> Result<Vec<u8>, ExportError> {
    let written = || {
        let mut text = CsvText::begin(plan.names())?;
        text.row(example(plan, instance))?;
        text.end()
    };
    written().map_err(failed)
}

/// A row that shows how each column is filled, at this instance. It begins with `#`: an import leaves it out.
pub fn example(plan: &Plan, instance: &Instance) -> Vec<String> {
    let kind = plan.kind();
    let mut cells: Vec<String> = plan.names().iter().map(|name| cell(kind, name, instance)).collect();
    if let Some(first) = cells.first_mut() {
        first.insert_str(0, "# example, left out by an import");
    }
    cells
}

fn cell(kind: Kind, name: &str, instance: &Instance) -> String {
    let member = name.split('_').next().unwrap_or_default();
    let language = instance.languages.first().map_or("en", String::as_str);
    match member {
        // The coordinator speaks for no State: any of them.
        "country" => instance.country.clone().unwrap_or_else(|| "MA".to_owned()),
        "originalLanguage" => language.to_owned(),
        "languages" => instance.languages.join("; "),
        "editions" => format!("{language} <https://example.org/{language}.pdf>"),
        _ => same_everywhere(kind, member).to_owned(),
    }
}

fn same_everywhere(kind: Kind, member: &str) -> &'static str {
    match (kind, member) {
        (_, "audience") => "public",
        (Kind::Document, "type") => "guide",
        (Kind::Event, "type") => "seminar",
        (Kind::Mechanism, "type") => "interministerial",
        (_, "themes") => "consultation; monitoring",
        (_, "capacities") => "engagement; coordination",
        (_, "unMechanisms") => "UPR; CEDAW",
        (_, "sdgGoals") => "10; 16",
        (_, "startYear" | "endYear" | "establishedYear") => "2015",
        (_, "sources" | "links" | "recordings") => "Title of the source <https://example.org/page>",
        (_, "organizers") => "One name a line",
        (_, "startsOn" | "endsOn" | "date") => "2026-11-24",
        (_, "mode") => "hybrid",
        (_, "website" | "registrationUrl") => "https://example.org",
        (_, "standing") => "true",
        (_, "title" | "name" | "summary" | "description") => "Text in this language",
        _ => "",
    }
}
