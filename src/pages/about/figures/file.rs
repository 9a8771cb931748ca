//! A figure to take away: `/{language}/figures/{figure}.csv` and `.svg`, of the same choice.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};

use super::{
    Figure, Shape,
    choice::Choice,
    count::{Counted, count},
};
use crate::{
    catalog::Dimension,
    pages::{
        answer::{Answer, Reply},
        frame::NAME,
        parts::{
            charts::drawing::{self, Frame},
            terms,
        },
        visit::{Refusal, Visit},
    },
    table::CsvText,
};

pub(in crate::pages::about) fn file(visit: &Visit) -> Answer {
    let (slug, ending) = visit.param("file").rsplit_once('.').ok_or(Refusal::NotFound)?;
    let figure = Figure::find(slug).ok_or(Refusal::NotFound)?;
    let choice = Choice::read(visit, &visit.query)?;
    let (kind, body) = match ending {
        "csv" => ("text/csv; charset=utf-8", csv(visit, &choice, figure).map_err(fault)?),
        "svg" => ("image/svg+xml", svg(visit, &choice, figure).ok_or(Refusal::NotFound)?.into_bytes()),
        _ => return Err(Refusal::NotFound),
    };
    Ok(Reply::Raw(taken(visit, kind, &format!("{slug}.{ending}"), body)))
}

fn taken(visit: &Visit, kind: &'static str, name: &str, body: Vec<u8>) -> Response {
    let mut response = (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
            (header::CONTENT_LANGUAGE, HeaderValue::from_static(visit.language)),
            (
                header::CACHE_CONTROL,
                HeaderValue::from_static(if visit.person.is_some() { "private, no-store" } else { "no-cache" }),
            ),
        ],
        body,
    )
        .into_response();
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

fn fault(fault: csv::Error) -> Refusal {
    tracing::error!("a table of figures could not be written: {fault}");
    Refusal::Fault
}

/// A row a count: code and name of each value, then the number. Heads are in English, as those of all tables here.
fn csv(visit: &Visit, choice: &Choice, figure: Figure) -> Result<Vec<u8>, csv::Error> {
    let (kind, dimensions) = (figure.kind(), figure.dimensions());
    let filter = choice.filter(visit, kind);
    let heads =
        dimensions.iter().flat_map(|dimension| [head(*dimension).to_owned(), format!("{}_name", head(*dimension))]);
    let mut text = CsvText::begin(heads.chain([kind.plural().to_owned()]))?;
    for row in choice.select(visit, &filter).statistics(dimensions) {
        let cells = dimensions.iter().zip(&row.values).flat_map(|(dimension, value)| {
            let value = value.as_deref();
            [value.unwrap_or_default().to_owned(), terms::value(visit, kind, *dimension, value)]
        });
        text.row(cells.chain([row.count.to_string()]))?;
    }
    text.end()
}

fn head(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Theme => "theme",
        Dimension::Region => "region",
        Dimension::Capacity => "capacity",
        Dimension::Year => "year",
        Dimension::SdgGoal => "goal",
        Dimension::AffectedGroup => "group",
        Dimension::Language => "language",
        Dimension::Compiled => "compiled",
        _ => "type",
    }
}

fn svg(visit: &Visit, choice: &Choice, figure: Figure) -> Option<String> {
    let filter = choice.filter(visit, figure.kind());
    let number = choice.select(visit, &filter).count();
    let subtitle = subtitle(visit, choice, figure, number);
    let source =
        visit.label("figures-from-hub", &[("hub", NAME.into()), ("moment", (&visit.moment(visit.now)).into())]);
    let source = format!("{source} {}/{}/figures", visit.hub.entity_id(), visit.language);
    let title = figure.title(visit);
    let frame = Frame { title: &title, subtitle: &subtitle, source: &source };
    Some(match count(visit, choice, figure) {
        Counted::Bars(bars, _) => drawing::bars(visit, &frame, &bars),
        Counted::Grid(grid) if figure.shape() == Shape::Multiples => drawing::multiples(visit, &frame, &grid),
        Counted::Grid(grid) => drawing::heat(visit, &frame, &grid),
        Counted::Years(years) => drawing::over_years(visit, &frame, &years),
        Counted::Nothing => return None,
    })
}

/// How many records, and what was chosen.
pub(super) fn subtitle(visit: &Visit, choice: &Choice, figure: Figure, number: u64) -> String {
    let counted = visit
        .label("figures-counted", &[("kind", (&visit.say(figure.kind().plural())).into()), ("count", number.into())]);
    let chosen = match figure.kind() {
        crate::record::Kind::Practice => choice.chosen(visit),
        _ => Vec::new(),
    };
    std::iter::once(counted).chain(chosen.into_iter().map(|(words, _)| words)).collect::<Vec<_>>().join(" · ")
}
