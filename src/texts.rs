//! What the hub says to people in their language: messages of mistakes and checks, in the six languages of the United
//! Nations. One file a language and subject in `texts/`; a test holds the six to the same messages and arguments.

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
                include_str!(concat!("../texts/", $language, "/general.ftl")),
                include_str!(concat!("../texts/", $language, "/drafts.ftl")),
                include_str!(concat!("../texts/", $language, "/membership.ftl")),
                include_str!(concat!("../texts/", $language, "/sign-in.ftl")),
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
    // Bidirectional isolation belongs to HTML text: the pages put it where they need it.
    bundle.set_use_isolating(false);
    for file in files {
        // What cannot be read of a file is left out and found by the tests.
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(read, _)| read);
        let _ = bundle.add_resource(resource);
    }
    bundle
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
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

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
    fn every_file_can_be_read() {
        for (language, files) in FILES {
            for file in files {
                let read = FluentResource::try_new((*file).to_owned());
                assert!(read.is_ok(), "{language}: {:?}", read.err().map(|(_, faults)| faults));
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
