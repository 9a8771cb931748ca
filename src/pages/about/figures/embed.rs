//! `/embed/{figure}`: a figure within a page elsewhere. It may be framed by anybody, so it reads no cookie and no token: it
//! shows what anybody may read. Language and theme stand in the address.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, Uri, header},
    response::{Html, IntoResponse as _, Response},
};
use maud::{DOCTYPE, Markup, html};
use url::form_urlencoded;

use super::{Figure, choice::Choice, count::count, file::subtitle, shown};
use crate::{
    pages::{
        answer::{Answer, POLICY, Pages, Reply, reading},
        assets,
        frame::NAME,
        visit::{Refusal, Visit},
    },
    texts,
};

/// How long an embedded figure is kept, in seconds.
const KEPT: &str = "public, max-age=300";

pub(in crate::pages::about) async fn embedded(state: State<Arc<Pages>>, mut request: Request) -> Response {
    for name in [header::COOKIE, header::AUTHORIZATION] {
        request.headers_mut().remove(name);
    }
    if let Some(uri) = with_language(request.uri()) {
        *request.uri_mut() = uri;
    }
    reading(page)(state, request).await
}

/// A visit reads the language from the path: here it is behind the question mark.
fn with_language(uri: &Uri) -> Option<Uri> {
    let asked = form_urlencoded::parse(uri.query()?.as_bytes()).find(|(name, _)| name == "language")?.1;
    let language = texts::LANGUAGES.into_iter().find(|language| *language == asked)?;
    let start = uri.path().rfind("/embed/")?;
    format!("{}/{language}{}?{}", &uri.path()[..start], &uri.path()[start..], uri.query()?).parse().ok()
}

fn page(visit: &Visit) -> Answer {
    let figure = Figure::find(visit.param("figure")).ok_or(Refusal::NotFound)?;
    let (query, theme) = own(&visit.query);
    let choice = Choice::read(visit, &query)?.framed();
    let mut response = Html(document(visit, &choice, figure, theme, &query).into_string()).into_response();
    let headers = response.headers_mut();
    let policy = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *");
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::try_from(policy).map_err(|_| Refusal::Fault)?);
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(visit.language));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Accept-Encoding"));
    Ok(Reply::Raw(response))
}

/// The choice without what is the frame's: its language, which is the first, and its theme where it is one of the two.
/// Further languages are those of records, other themes those of practices.
fn own(query: &str) -> (String, Option<&'static str>) {
    let mut rest = form_urlencoded::Serializer::new(String::new());
    let (mut has_language, mut theme) = (false, None);
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match (&*name, &*value) {
            ("language", _) if !has_language => has_language = true,
            ("theme", "light") => theme = Some("light"),
            ("theme", "dark") => theme = Some("dark"),
            _ => drop(rest.append_pair(&name, &value)),
        }
    }
    (rest.finish(), theme)
}

fn document(visit: &Visit, choice: &Choice, figure: Figure, theme: Option<&str>, query: &str) -> Markup {
    let direction = if visit.language == "ar" { "rtl" } else { "ltr" };
    let title = figure.title(visit);
    let filter = choice.filter(visit, figure.kind());
    let number = choice.select(visit, &filter).count();
    let whole = shown::with_query(format!("{}/{}/figures", visit.hub.entity_id(), visit.language), query);
    let moment = html! { (visit.moment(visit.now)) };
    // Within a frame of another page a link leads out of it.
    let source = html! { a href={ (whole) "#" (figure.slug()) } target="_blank" rel="noopener" { (NAME) } };
    html! {
        (DOCTYPE)
        html lang=(visit.language) dir=(direction) data-theme=[theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (NAME) }
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                link rel="canonical" href=(whole);
                link rel="icon" type="image/svg+xml" href=(visit.file(&assets::path("mark.svg")));
                link rel="stylesheet" href=(visit.file(&assets::path("app.css")));
            }
            body {
                main.embed {
                    h1 { (title) }
                    p.quiet { (subtitle(visit, choice, figure, number)) }
                    (shown::chart(visit, figure, &count(visit, choice, figure)))
                    p.quiet { (visit.say("figures-what")) }
                    p.quiet { (visit.tell("figures-from-hub", &[("hub", source.into()), ("moment", moment.into())])) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_frame_takes_its_language_and_theme_and_leaves_the_choice() {
        let (query, theme) = own("language=fr&theme=dark&theme=consultation&region=AFRICA");
        assert_eq!((query.as_str(), theme), ("theme=consultation&region=AFRICA", Some("dark")));
        let (query, _) = own("language=fr&language=ar&language=pt");
        assert_eq!(query, "language=ar&language=pt");
        let uri = with_language(&"/embed/practices-by-theme?language=fr&language=ar".parse().unwrap());
        assert_eq!(uri.unwrap(), "/fr/embed/practices-by-theme?language=fr&language=ar");
        let uri = with_language(&"/hubs/ma/embed/practices-by-theme?language=fr".parse().unwrap());
        assert_eq!(uri.unwrap(), "/hubs/ma/fr/embed/practices-by-theme?language=fr");
        assert_eq!(with_language(&"/embed/practices-by-theme?language=xx".parse().unwrap()), None);
    }
}
