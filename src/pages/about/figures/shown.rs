//! A figure as it stands on a page, and what is said about it.

use maud::{Markup, html};

use super::{
    Figure, Shape,
    choice::Choice,
    count::{Counted, count},
    name_of,
};
use crate::pages::{
    parts::charts::{bars, heat, multiples, years},
    visit::Visit,
};

/// The chart with its table.
pub(super) fn chart(visit: &Visit, figure: Figure, counted: &Counted) -> Markup {
    let title = figure.title(visit);
    let of = figure.dimensions().first().and_then(|dimension| name_of(visit, *dimension)).unwrap_or_default();
    let kind = visit.say(figure.kind().plural());
    match counted {
        Counted::Bars(list, more) => html! {
            (bars::table(visit, &title, &of, &kind, list))
            @if *more > 0 { p.quiet { (visit.tell("figures-more", &[("count", (*more).into())])) } }
        },
        Counted::Grid(grid) if figure.shape() == Shape::Multiples => multiples::figures(visit, &title, &of, grid),
        Counted::Grid(grid) => heat::table(visit, &title, &of, grid),
        Counted::Years(counted) => years::figure(visit, &title, &of, &kind, counted),
        Counted::Nothing => html! { p { (visit.say("figures-nothing")) } },
    }
}

/// A section of the page: the chart, and the ways to take it away.
pub(super) fn section(visit: &Visit, choice: &Choice, figure: Figure) -> Markup {
    let (slug, title) = (figure.slug(), figure.title(visit));
    let counted = count(visit, choice, figure);
    html! {
        section.sec aria-labelledby=(slug) {
            h2 id=(slug) { (title) }
            (chart(visit, figure, &counted))
            @if figure.counts_twice() { p.quiet { (visit.say("figures-twice")) } }
            @if !matches!(counted, Counted::Nothing) { (taken(visit, choice, figure, &title)) }
        }
    }
}

fn taken(visit: &Visit, choice: &Choice, figure: Figure, title: &str) -> Markup {
    let file = |ending: &str| {
        let path = visit.path(&format!("/figures/{}.{ending}", figure.slug()));
        with_query(path, &choice.address.to_string())
    };
    html! {
        div.after.noprint {
            a href=(file("csv")) { "CSV" span.vh { " (" (title) ")" } }
            a href=(file("svg")) { "SVG" span.vh { " (" (title) ")" } }
            (embedding(visit, choice, figure, title))
        }
    }
}

fn embedding(visit: &Visit, choice: &Choice, figure: Figure, title: &str) -> Markup {
    let query = match choice.address.to_string() {
        chosen if chosen.is_empty() => format!("language={}", visit.language),
        chosen => format!("language={}&{chosen}", visit.language),
    };
    let path = format!("/embed/{}?{query}", figure.slug());
    let frame = html! {
        iframe src={ (visit.hub.entity_id()) (path) } title=(title) width="100%" height="480" loading="lazy" {}
    };
    html! {
        details {
            summary { (visit.say("figures-embed")) span.vh { " (" (title) ")" } }
            p { (visit.say("figures-embed-how")) " " a href=(visit.file(&path)) { (visit.say("figures-embed-see")) span.vh { " (" (title) ")" } } }
            pre.copy tabindex="0" { code lang="en" { (frame.into_string()) } }
        }
    }
}

/// A path with what the address asks.
pub(super) fn with_query(path: String, query: &str) -> String {
    if query.is_empty() { path } else { format!("{path}?{query}") }
}
