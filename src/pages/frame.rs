//! What stands around every page: notice, band, navigation, the strip with the state of all copies, the way here, footer.

use maud::{DOCTYPE, Markup, html};

use super::{
    assets,
    content::{Content, Section},
    parts::{
        marks::{self, Level},
        terms,
        text::{attribute, cut, shown},
    },
    preferences,
    visit::Visit,
};
use crate::{
    access::Role,
    catalog::{Instance, InstanceRole},
    record::{Audience, LanguageTag},
    texts,
};

/// The name of what these pages are of.
pub(super) const NAME: &str = "NMIRF Hub";

/// The languages in their own names, in the United Nations' order.
pub(super) const TONGUES: [(&str, &str); 6] =
    [("ar", "العربية"), ("zh", "中文"), ("en", "English"), ("fr", "Français"), ("ru", "Русский"), ("es", "Español")];

/// The whole document.
pub(super) fn html(visit: &Visit, content: &Content) -> Markup {
    let direction = LanguageTag::parse(visit.language).map_or("ltr", |tag| super::parts::text::direction(&tag));
    html! {
        (DOCTYPE)
        html lang=(visit.language) dir=(direction) data-theme=[preferences::theme(visit)] {
            (head(visit, content))
            body {
                (marks::symbols())
                a.skip href="#main" { (visit.say("frame-skip")) }
                header {
                    (notice(visit))
                    (band(visit))
                    (bar(visit, content))
                    (strip(visit))
                }
                main #main tabindex="-1" {
                    div.wrap {
                        (crumbs(visit, content))
                        (content.main)
                    }
                }
                @if let Some(dock) = &content.dock { (dock) }
                (footer(visit))
            }
        }
    }
}

fn head(visit: &Visit, content: &Content) -> Markup {
    let title = attribute(&content.title);
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) @if title != NAME { " · " (NAME) } }
            meta name="color-scheme" content="light dark";
            @if let Some(description) = &content.description {
                meta name="description" content=(cut(&attribute(description), 300));
            }
            @if content.is_indexed {
                @if let Some(canonical) = &content.canonical { link rel="canonical" href=(canonical); }
                @for (language, _) in TONGUES {
                    link rel="alternate" hreflang=(language) href=(visit.here_in(language));
                }
            } @else {
                meta name="robots" content="noindex";
            }
            @for (path, title) in &content.feeds {
                link rel="alternate" type="application/atom+xml" title=(attribute(title)) href=(visit.file(path));
            }
            link rel="icon" type="image/svg+xml" href=(visit.file(&assets::path("mark.svg")));
            link rel="stylesheet" href=(visit.file(&assets::path("app.css")));
            @for script in ["app.js", "suggest.js"].iter().chain(&content.scripts) {
                script src=(visit.file(&assets::path(script))) defer {}
            }
        }
    }
}

/// On instances whose data is for demonstration.
fn notice(visit: &Visit) -> Markup {
    html! {
        @if visit.hub.config().instance.demonstration {
            div.demo role="note" { div.wrap { (visit.say("frame-demonstration")) } }
        }
    }
}

fn band(visit: &Visit) -> Markup {
    let own = visit.snapshot.network().own();
    html! {
        div.band {
            div.wrap {
                a.name href=(visit.path("/")) {
                    svg viewBox="0 0 24 24" aria-hidden="true" {
                        path fill="currentColor" d="M1 2h4v16H1zm6 0h4v16H7zm6 0h4v16h-4zm6 0h4v16h-4zM0 20h24v2.5H0z" {}
                    }
                    (NAME)
                }
                p.whose { (whose(visit, own)) }
                div.tongue-bar {
                    nav aria-label=(visit.say("frame-language")) {
                        ul.plain {
                            @for (language, name) in TONGUES {
                                li {
                                    a href=(visit.here_in(language)) lang=(language) hreflang=(language)
                                        aria-current=[(language == visit.language).then_some("true")] { (name) }
                                }
                            }
                        }
                    }
                    (display(visit))
                }
            }
        }
    }
}

fn whose(visit: &Visit, own: Option<&Instance>) -> Markup {
    match own {
        Some(Instance { country: Some(country), .. }) => {
            visit.tell("frame-hub-of", &[("country", (&terms::country(visit, *country)).into())])
        }
        Some(Instance { role: InstanceRole::Coordinator, .. }) => html! { (visit.say("frame-hub-of-coordinator")) },
        _ => html! { bdi { (shown(&visit.hub.config().instance.name)) } },
    }
}

fn display(visit: &Visit) -> Markup {
    let chosen = preferences::theme(visit).unwrap_or("auto");
    html! {
        details.look {
            summary { (visit.say("frame-display")) }
            form method="post" action=(visit.file("/preferences")) {
                input type="hidden" name="back" value=(visit.here_in(visit.language));
                fieldset {
                    legend.vh { (visit.say("frame-display")) }
                    @for (theme, id, text) in [
                        ("auto", "th-auto", "frame-theme-auto"),
                        ("light", "th-light", "frame-theme-light"),
                        ("dark", "th-dark", "frame-theme-dark"),
                    ] {
                        label.tick {
                            input type="radio" name="theme" value=(theme) id=(id) checked[theme == chosen];
                            (visit.say(text))
                        }
                    }
                }
                button.btn { (visit.say("frame-theme-keep")) }
            }
        }
    }
}

fn bar(visit: &Visit, content: &Content) -> Markup {
    let places: [(Section, &str, &str, Option<Role>); 10] = [
        (Section::Practices, "/practices", "practices", None),
        (Section::Mechanisms, "/mechanisms", "mechanisms", None),
        (Section::Network, "/network", "network", None),
        (Section::Documents, "/documents", "documents", None),
        (Section::Events, "/events", "events", None),
        (Section::Figures, "/figures", "figures", None),
        (Section::About, "/about", "about", None),
        (Section::Workbench, "/workbench", "workbench", Some(Role::Contributor)),
        (Section::Desk, "/desk", "desk", Some(Role::Coordinator)),
        (Section::Administration, "/admin", "administration", Some(Role::Administrator)),
    ];
    html! {
        div.bar {
            div.wrap {
                nav aria-label=(visit.say("frame-navigation")) {
                    ul {
                        @for (section, path, text, role) in places {
                            @if role.is_none_or(|role| visit.may(role)) {
                                li {
                                    a href=(visit.path(path))
                                        aria-current=[(content.section == Some(section)).then_some("page")] {
                                        (visit.say(text))
                                    }
                                }
                            }
                        }
                    }
                }
                @if !content.has_search {
                    form.find role="search" aria-label=(visit.say("search-all")) action=(visit.path("/search")) {
                        label.vh for="q" { (visit.say("search-all")) }
                        input #q name="q" type="search" maxlength="400" data-suggest=(visit.path("/suggest"));
                        button.btn { (visit.say("search")) }
                    }
                }
            }
        }
    }
}

/// Most bars: beyond it the strip counts.
const MOST_BARS: usize = 60;

/// One bar a hub, and the sentence that says the same. It names the worst.
fn strip(visit: &Visit) -> Markup {
    let copies = copies(visit);
    let fresh = copies.iter().filter(|(_, level, _)| *level == Level::Hour).count();
    let worst = copies.iter().max_by_key(|(_, level, _)| *level).filter(|(_, level, _)| *level > Level::Day);
    html! {
        div.pulse {
            div.wrap {
                @if copies.len() <= MOST_BARS {
                    span.beat { (Level::Own.bar()) @for (_, level, _) in &copies { (level.bar()) } }
                }
                p {
                    @if copies.is_empty() { (visit.say("strip-alone")) } @else {
                        (visit.tell("strip-fresh", &[("fresh", fresh.into()), ("all", copies.len().into())]))
                    }
                    @if let Some((instance, level, confirmed)) = worst { " " (worst_of(visit, instance, *level, *confirmed)) }
                    " " a href=(visit.path("/network")) { (visit.say("strip-network")) }
                }
            }
        }
    }
}

/// The copies of other hubs' public journals, in the network's order.
pub(super) fn copies(visit: &Visit) -> Vec<(&Instance, Level, Option<i64>)> {
    let network = visit.snapshot.network();
    let others = network.instances.iter().filter(|instance| !instance.is_self && instance.active);
    others
        .filter_map(|instance| {
            let mut journals = instance.journals.iter().filter_map(|id| network.journals.get(id));
            let journal = journals.find(|journal| journal.audience == Audience::Public)?;
            Some((instance, Level::of(journal, visit.now), journal.confirmed_at))
        })
        .collect()
}

fn worst_of(visit: &Visit, instance: &Instance, level: Level, confirmed: Option<i64>) -> Markup {
    let name = terms::hub(visit, instance);
    marks::struck(visit, level, &name).unwrap_or_else(|| match confirmed {
        Some(at) => visit.tell("strip-late", &[("who", (&name).into()), ("when", visit.ago_html(at).into())]),
        None => visit.tell("strip-never", &[("who", (&name).into())]),
    })
}

fn crumbs(visit: &Visit, content: &Content) -> Markup {
    let has_way = content.section.is_some() || !content.crumbs.is_empty();
    html! {
        @if has_way {
            nav.crumbs aria-label=(visit.say("frame-way")) {
                ol {
                    li { a href=(visit.path("/")) { (visit.say("home")) } }
                    @for crumb in &content.crumbs {
                        li { a href=(visit.path(&crumb.path)) { (crumb.text) } }
                    }
                    li aria-current="page" { bdi { (content.here.as_deref().unwrap_or(&cut(&content.title, 60))) } }
                }
            }
        }
    }
}

fn footer(visit: &Visit) -> Markup {
    let lists = |links: &[(&str, &str)]| {
        html! { ul.plain { @for (path, text) in links { li { a href=(visit.path(path)) { (visit.say(text)) } } } } }
    };
    html! {
        footer.foot {
            div.wrap.cols {
                section aria-labelledby="f1" { h2 #f1 { (visit.say("foot-about")) } p { (visit.say("foot-about-text")) } }
                nav aria-labelledby="f2" {
                    h2 #f2 { (visit.say("foot-use")) }
                    (lists(&[("/about/api", "foot-api"), ("/about/feeds", "foot-feeds"), ("/about/licence", "foot-licence")]))
                    (signing(visit))
                }
                nav aria-labelledby="f3" {
                    h2 #f3 { (visit.say("foot-trust")) }
                    (lists(&[
                        ("/about/method", "foot-method"),
                        ("/about/accessibility", "foot-accessibility"),
                        ("/about/privacy", "foot-privacy"),
                    ]))
                }
            }
        }
    }
}

fn signing(visit: &Visit) -> Markup {
    html! {
        @match &visit.person {
            Some(person) => {
                p { (visit.tell("foot-signed-in", &[("name", (&*person.name).into())])) }
                form method="post" action=(visit.path("/sign-out")) { button.btn.line { (visit.say("sign-in-out")) } }
            }
            None => p { a href=(visit.path("/sign-in")) { (visit.say("foot-sign-in")) } },
        }
    }
}

/// The languages of the pages are those of the texts.
const _: () = assert!(TONGUES.len() == texts::LANGUAGES.len());
