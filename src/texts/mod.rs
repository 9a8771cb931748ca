//! What the hub says to people in their language: messages of mistakes and checks, in the six languages of the United
//! Nations. One file a language and subject in `texts/`; a test holds the six to the same messages and arguments.

pub mod locale;

use std::{collections::HashMap, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

use crate::record::LanguageTag;

pub use fluent_bundle::{FluentArgs as Arguments, FluentValue};

/// The six languages, English first: what is said where no other one is wanted.
pub const LANGUAGES: [&str; 6] = ["en", "fr", "es", "ar", "zh", "ru"];

/// All files of one language.
macro_rules! files {
    ($language:literal) => {
        (
            $language,
            &[
                include_str!(concat!("../../texts/", $language, "/general.ftl")),
                include_str!(concat!("../../texts/", $language, "/pages.ftl")),
                include_str!(concat!("../../texts/", $language, "/reading.ftl")),
                include_str!(concat!("../../texts/", $language, "/network.ftl")),
                include_str!(concat!("../../texts/", $language, "/about.ftl")),
                include_str!(concat!("../../texts/", $language, "/workbench.ftl")),
                include_str!(concat!("../../texts/", $language, "/desk.ftl")),
                include_str!(concat!("../../texts/", $language, "/drafts.ftl")),
                include_str!(concat!("../../texts/", $language, "/feeds.ftl")),
                include_str!(concat!("../../texts/", $language, "/membership.ftl")),
                include_str!(concat!("../../texts/", $language, "/sign-in.ftl")),
            ],
        )
    };
}

/// Language and its files.
type Files = (&'static str, &'static [&'static str]);

const FILES: [Files; 6] = [files!("en"), files!("fr"), files!("es"), files!("ar"), files!("zh"), files!("ru")];

static BUNDLES: LazyLock<HashMap<&'static str, FluentBundle<FluentResource>>> =
    LazyLock::new(|| FILES.iter().map(|(language, files)| (*language, bundle(language, files))).collect());

fn bundle(language: &str, files: &[&str]) -> FluentBundle<FluentResource> {
    let tag = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // After an Arabic letter the parts of a date or an address run the other way, and who shows a message of GraphQL
    // sees plain text: what is put in is isolated here. The five others need it in pages alone, which do it themselves.
    bundle.set_use_isolating(language == "ar");
    write_numbers(&mut bundle, language);
    for file in files {
        // What cannot be read of a file is left out and found by the tests.
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(read, _)| read);
        let _twice = bundle.add_resource(resource);
    }
    bundle
}

/// Numbers in messages are written as the language writes them; what is none, a year, is handed over as text.
fn write_numbers(bundle: &mut FluentBundle<FluentResource>, language: &str) {
    macro_rules! as_in {
        ($language:literal) => {
            bundle.set_formatter(Some(|value, _| written($language, value)))
        };
    }
    match language {
        "fr" => as_in!("fr"),
        "es" => as_in!("es"),
        "ar" => as_in!("ar"),
        "zh" => as_in!("zh"),
        "ru" => as_in!("ru"),
        _ => as_in!("en"),
    }
}

fn written(language: &str, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    (number.value.fract() == 0.0).then(|| locale::number(language, number.value as i64))
}

/// The first of these languages in which the hub speaks.
pub fn spoken<'a>(wanted: impl IntoIterator<Item = &'a LanguageTag>) -> &'static str {
    let known = |tag: &LanguageTag| LANGUAGES.into_iter().find(|known| tag.primary().eq_ignore_ascii_case(known));
    wanted.into_iter().find_map(known).unwrap_or("en")
}

/// A message in a language; in English where it lacks there.
pub fn say(language: &str, id: &str, arguments: Option<&FluentArgs<'_>>) -> String {
    let said = |language: &str| {
        let bundle = BUNDLES.get(language)?;
        let pattern = bundle.get_message(id)?.value()?;
        Some(bundle.format_pattern(pattern, arguments, &mut Vec::new()).into_owned())
    };
    said(language).or_else(|| said("en")).unwrap_or_else(|| id.to_owned())
}

/// Arguments of a message, written in one line.
macro_rules! arguments {
    ($($name:literal => $value:expr),* $(,)?) => {{
        let mut arguments = $crate::texts::Arguments::new();
        $(arguments.set($name, $crate::texts::FluentValue::from($value));)*
        arguments
    }};
}
pub(crate) use arguments;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::{
        collections::{BTreeMap, BTreeSet},
        fs,
        path::{Path, PathBuf},
    };

    use super::*;

    const CALLS: [&str; 4] = ["say(", "whole(", "tell(", ".label("];
    const PREFIXES: [&str; 6] =
        ["draft-check-", "draft-obstacle-", "draft-field-", "membership-", "sign-in-", "invitation-"];

    fn is_id(word: &str) -> bool {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && !word.ends_with('-')
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    }

    /// What stands between the parentheses of a call, up to the one that closes it.
    fn inside(rest: &str) -> &str {
        let mut depth = 1;
        let close = rest.char_indices().find(|(_, c)| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            depth == 0
        });
        close.map_or(rest, |(at, _)| &rest[..at])
    }

    /// The texts between quotes; a name of an argument (`"name" => value`, `("name", value)`) or of a member is none.
    fn quoted(source: &str) -> impl Iterator<Item = &str> {
        let parts: Vec<&str> = source.split('"').collect();
        (1..parts.len()).step_by(2).filter_map(move |at| {
            let (before, after) = (parts[at - 1], parts.get(at + 1).copied().unwrap_or_default());
            let is_name = after.trim_start().starts_with("=>") || before.ends_with('(') && after.starts_with(',');
            let begins_a_pair = parts[at - 1].ends_with(['(', '[']);
            (!is_name && !begins_a_pair).then(|| parts[at])
        })
    }

    /// The ids that a source file names: what it says, and whatever looks like the id of a message.
    fn named(source: &str) -> BTreeSet<&str> {
        let said = CALLS.iter().flat_map(|call| {
            source.match_indices(call).flat_map(|(at, call)| quoted(inside(&source[at + call.len()..])))
        });
        let looks = PREFIXES.iter().flat_map(|prefix| {
            source
                .match_indices(prefix)
                .filter(|(at, _)| source[..*at].ends_with('"'))
                .filter_map(|(at, _)| source[at..].split_once('"').map(|(id, _)| id))
        });
        // The language that something is said in stands before its id.
        said.chain(looks).filter(|id| is_id(id) && !LANGUAGES.contains(id)).collect()
    }

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => sources(&path, found),
                false if path.extension().is_some_and(|end| end == "rs") => found.push(path),
                false => {}
            }
        }
    }

    /// Each message of a file with the variables that it uses.
    fn messages(file: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = None;
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            if let Some((id, _)) = line.split_once('=').filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
                current = Some(id.trim().to_owned());
            }
            let Some(id) = &current else { continue };
            let used = line.split("$").skip(1).map(|rest| {
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect::<String>()
            });
            found.entry(id.clone()).or_default().extend(used);
        }
        found
    }

    #[test]
    fn every_file_can_be_read_and_none_says_what_another_said_already() {
        for (language, files) in FILES {
            let mut bundle = FluentBundle::new_concurrent(Vec::new());
            for file in files {
                let read = FluentResource::try_new((*file).to_owned());
                let resource = read.map_err(|(_, faults)| format!("{language}: {faults:?}")).unwrap();
                let added = bundle.add_resource(resource);
                assert!(added.is_ok(), "{language}: {:?}", added.err());
            }
        }
    }

    #[test]
    fn every_id_in_the_sources_is_a_message() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = Vec::new();
        sources(&own, &mut files);
        let (_, english) = FILES[0];
        let known: BTreeSet<String> = english.iter().flat_map(|file| messages(file).into_keys()).collect();
        let (mut seen, mut missing) = (BTreeSet::new(), Vec::new());
        for file in files.iter().filter(|file| !file.ends_with("src/texts/mod.rs")) {
            let source = fs::read_to_string(file).unwrap();
            for id in named(&source) {
                if !known.contains(id) {
                    missing.push(format!("{}: {id}", file.display()));
                }
                seen.insert(id.to_owned());
            }
        }
        assert!(missing.is_empty(), "no text for\n{}", missing.join("\n"));
        // One of each way in which an id is named, so that a search that finds nothing fails.
        for id in ["sign-in-first", "invitation-again", "membership-key-in-use", "draft-check-twice", "conflict"] {
            assert!(seen.contains(id), "{id} was not found in the sources");
        }
    }

    #[test]
    fn ids_are_found_in_calls_over_several_lines_and_names_of_arguments_are_none() {
        let source = "texts::say(\n    language,\n    \"foreign\",\n    Some(&arguments!(\"origin\" => (origin))),\n)";
        assert_eq!(named(source), BTreeSet::from(["foreign"]));
        assert_eq!(named("tell(\"foreign\", &[(\"origin\", part)])"), BTreeSet::from(["foreign"]));
        assert_eq!(named("refuse(\"membership-none\")"), BTreeSet::from(["membership-none"]));
        assert_eq!(named("say(&format!(\"role-{}\", role))"), BTreeSet::new());
    }

    #[test]
    fn a_role_is_said_in_every_language() {
        for language in LANGUAGES {
            for role in ["reader", "contributor", "editor", "administrator", "coordinator"] {
                let id = format!("role-{role}");
                assert_ne!(say(language, &id, None), id, "{language}");
            }
        }
    }

    #[test]
    fn a_date_or_an_address_in_arabic_is_isolated_and_elsewhere_plain() {
        let arguments = arguments! { "origin" => "https://hub.example" };
        let said = say("ar", "foreign", Some(&arguments));
        assert!(said.contains("\u{2068}https://hub.example\u{2069}"), "{said}");
        assert!(say("ar", "draft-check-not-date", None).contains("\u{2066}2026-01-31\u{2069}"));
        assert!(say("fr", "foreign", Some(&arguments)).contains("(https://hub.example)"));
    }

    #[test]
    fn a_space_before_a_french_colon_does_not_break_the_line() {
        for file in FILES[1].1 {
            for line in file.lines().filter(|line| !line.starts_with('#')) {
                let broken = [" :", " ;", " ?", " !", " »", "« "].iter().find(|mark| line.contains(**mark));
                assert_eq!(broken, None, "{line}");
            }
        }
    }

    #[test]
    fn the_six_languages_have_the_same_messages_with_the_same_arguments() {
        let (_, english) = FILES[0];
        for (language, files) in FILES {
            for (file, in_english) in files.iter().zip(english) {
                assert_eq!(messages(file), messages(in_english), "{language}");
            }
        }
    }

    #[test]
    fn a_language_that_the_hub_does_not_speak_is_answered_in_the_next_one() {
        let wanted: Vec<LanguageTag> =
            ["pt-BR", "fr-CA", "en"].iter().filter_map(|tag| LanguageTag::parse(tag)).collect();
        assert_eq!(spoken(&wanted), "fr");
        assert_eq!(spoken(&[]), "en");
    }
}
