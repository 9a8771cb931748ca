//! What search engines ask for: `/robots.txt` and the sitemap. Only this hub's own records are in it, and the pages that
//! every hub has: a copy's page names its origin's as the canonical one.

use std::fmt::Write as _;

use axum::{
    http::{HeaderValue, header},
    response::IntoResponse as _,
};

use crate::{
    catalog::{Dimension, Filter, Request, Selection, Viewer},
    pages::{
        answer::{Answer, Reply},
        frame::TONGUES,
        parts::entry,
        visit::{Refusal, Visit},
    },
    record::Kind,
};

/// Records of one part, each with the addresses of six languages: some megabytes at most.
const A_PART: usize = 5_000;
/// Most parts of an index (sitemaps.org).
const MOST_PARTS: usize = 50_000;

/// Kinds whose records have a page of their own.
const KINDS: [Kind; 4] = [Kind::Practice, Kind::Mechanism, Kind::Document, Kind::Event];

/// Pages that every hub has, below the language.
const FIXED: [&str; 15] = [
    "/",
    "/practices",
    "/mechanisms",
    "/network",
    "/documents",
    "/events",
    "/figures",
    "/about",
    "/about/method",
    "/about/sources",
    "/about/api",
    "/about/feeds",
    "/about/licence",
    "/about/accessibility",
    "/about/privacy",
];

/// `/robots.txt`. Filtered lists are endless, downloads are no pages, and a demonstration is for nobody's search.
pub(super) fn robots(visit: &Visit) -> Answer {
    let base = visit.base();
    let text = match visit.hub.config().instance.demonstration {
        true => "User-agent: *\nDisallow: /\n".to_owned(),
        false => {
            let closed = ["/*?", "/embed/", "/export/", "/graphql", "/graphiql", "/sign-in", "/federation/"];
            let mut text = "User-agent: *\n".to_owned();
            for path in closed {
                let _ = writeln!(text, "Disallow: {base}{path}");
            }
            let _ = writeln!(text, "Sitemap: {}/sitemap.xml", visit.hub.entity_id());
            text
        }
    };
    Ok(plain("text/plain; charset=utf-8", text))
}

/// `/sitemap.xml`: the index.
pub(super) fn index(visit: &Visit) -> Answer {
    let mut parts = vec!["pages".to_owned()];
    for kind in KINDS {
        let filter = own(visit, kind);
        let count = usize::try_from(select(visit, &filter).count()).unwrap_or(usize::MAX);
        parts.extend((1..=count.div_ceil(A_PART)).map(|part| format!("{}-{part}", kind.plural())));
    }
    parts.truncate(MOST_PARTS);
    let mut text = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    for part in parts {
        let _ = writeln!(text, "<sitemap><loc>{}/sitemap/{part}.xml</loc></sitemap>", escaped(visit.hub.entity_id()));
    }
    text.push_str("</sitemapindex>\n");
    Ok(plain("application/xml; charset=utf-8", text))
}

/// `/sitemap/pages.xml`, `/sitemap/practices-1.xml`.
pub(super) fn part(visit: &Visit) -> Answer {
    let name = visit.param("file").strip_suffix(".xml").ok_or(Refusal::NotFound)?;
    let mut text = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\" xmlns:x=\"http://www.w3.org/1999/xhtml\">\n");
    if name == "pages" {
        FIXED.into_iter().for_each(|path| address(visit, &mut text, path, None));
    } else {
        let (kind, number) = name.rsplit_once('-').ok_or(Refusal::NotFound)?;
        let kind = KINDS.into_iter().find(|known| known.plural() == kind).ok_or(Refusal::NotFound)?;
        let number: usize = number.parse().ok().filter(|number| *number > 0).ok_or(Refusal::NotFound)?;
        records(visit, &mut text, kind, number)?;
    }
    text.push_str("</urlset>\n");
    Ok(plain("application/xml; charset=utf-8", text))
}

fn records(visit: &Visit, text: &mut String, kind: Kind, number: usize) -> Result<(), Refusal> {
    let filter = own(visit, kind);
    let selection = select(visit, &filter);
    let begin = number.saturating_sub(1).saturating_mul(A_PART);
    let mut slots = selection.slots().iter().skip(begin).take(A_PART).peekable();
    slots.peek().ok_or(Refusal::NotFound)?;
    for record in slots.filter_map(|slot| visit.snapshot.visible(slot, Viewer::PUBLIC)) {
        let day = crate::pages::say::stamp(record.revision.signed_at.saturating_mul(1000));
        address(visit, text, &entry::path(record), day.get(..10));
    }
    Ok(())
}

/// What this hub itself has published for everybody.
fn own(visit: &Visit, kind: Kind) -> Filter {
    Filter::of(kind).any(Dimension::Origin, [visit.hub.entity_id()])
}

fn select<'s, 'r>(visit: &'s Visit, filter: &'r Filter) -> Selection<'s, 'r> {
    visit.snapshot.select(&Request { filter, viewer: Viewer::PUBLIC, within: None })
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// One address, in the hub's own language, with the same in the others.
fn address(visit: &Visit, text: &mut String, path: &str, day: Option<&str>) {
    let base = escaped(visit.hub.entity_id());
    let language = crate::texts::spoken(visit.hub.languages());
    let _ = write!(text, "<url><loc>{base}/{language}{path}</loc>");
    if let Some(day) = day {
        let _ = write!(text, "<lastmod>{day}</lastmod>");
    }
    for (other, _) in TONGUES {
        let _ = write!(text, "<x:link rel=\"alternate\" hreflang=\"{other}\" href=\"{base}/{other}{path}\"/>");
    }
    text.push_str("</url>\n");
}

/// An entityId may have an ampersand in its path.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn plain(kind: &'static str, text: String) -> Reply {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
        (header::VARY, HeaderValue::from_static("Accept-Encoding")),
    ];
    Reply::Raw((headers, text).into_response())
}
