//! Words that say nothing about what is looked for, by language (`words/stop.txt`).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::{Tongue, fold};

struct Words {
    written: HashSet<&'static str>,
    folded: HashSet<String>,
}

static WORDS: LazyLock<HashMap<Tongue, Words>> = LazyLock::new(|| {
    let lines = include_str!("../words/stop.txt").lines().filter(|line| !line.starts_with('#'));
    let words = lines.filter_map(|line| {
        let (language, words) = line.split_once(' ')?;
        let written: HashSet<&str> = words.split_whitespace().collect();
        let folded = written.iter().map(|word| fold(word)).collect();
        Some((Tongue::parse(language)?, Words { written, folded }))
    });
    words.collect()
});

/// Whether a word is one of them as it is written.
pub(crate) fn is_written(tongue: Tongue, word: &str) -> bool {
    WORDS.get(&tongue).is_some_and(|words| words.written.contains(word))
}

/// Whether a folded word is one of them.
pub(crate) fn is_folded(tongue: Tongue, folded: &str) -> bool {
    WORDS.get(&tongue).is_some_and(|words| words.folded.contains(folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_words() {
        for (tongue, word) in [
            (Tongue::En, "the"),
            (Tongue::Fr, "a"),
            (Tongue::Es, "mas"),
            (Tongue::Ru, "для"),
            (Tongue::Ar, "الي"),
            (Tongue::Zh, "的"),
        ] {
            assert!(is_folded(tongue, word), "{tongue:?} {word}");
        }
        assert!(is_written(Tongue::Ar, "إلى") && !is_written(Tongue::Ar, "آلي"));
        assert!(!is_folded(Tongue::En, "state"));
    }
}
