//! Words of Chinese text: jieba's dictionary and the field's own words (`words/chinese.txt`, and those of the synonyms).

use std::sync::LazyLock;

use jieba_rs::Jieba;

use super::concepts;

/// So much more common than any other word that the field's words are never cut where another way to cut exists.
const OFTEN: usize = 200_000;

static DICTIONARY: LazyLock<Jieba> = LazyLock::new(|| {
    let mut dictionary = Jieba::new();
    for word in own_words().chain(concepts::chinese_words()) {
        dictionary.add_word(word, Some(OFTEN), None);
    }
    dictionary
});

fn own_words() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../words/chinese.txt").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Reads the dictionary, if that has not been done: it takes a tenth of a second.
pub(crate) fn prepare() {
    LazyLock::force(&DICTIONARY);
}

/// The words of a run, as long as the dictionary has them.
pub(crate) fn words(run: &str) -> Vec<&str> {
    DICTIONARY.cut(run, false).into_iter().map(|token| token.word).collect()
}

/// The words of a run and the shorter words inside them.
pub(crate) fn words_and_parts(run: &str) -> Vec<&str> {
    DICTIONARY.cut_for_search(run, false).into_iter().map(|token| token.word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_field_stay_whole_and_their_parts_are_found() {
        for (run, found) in [
            ("其中一次向民间社会开放", vec!["其中", "一次", "向", "民间社会", "开放"]),
            ("残疾人权利公约", vec!["残疾人权利公约"]),
            ("普遍定期审议建议的执行", vec!["普遍定期审议", "建议", "的", "执行"]),
            ("国家机制的作用", vec!["国家机制", "的", "作用"]),
        ] {
            assert_eq!(words(run), found);
        }
        let parts = words_and_parts("残疾人权利公约");
        for part in ["残疾", "残疾人", "权利", "公约", "残疾人权利公约"] {
            assert!(parts.contains(&part), "{part} {parts:?}");
        }
        assert!(words_and_parts("民间社会").contains(&"社会"));
    }

    #[test]
    fn the_list_has_no_word_twice() {
        let words: Vec<_> = own_words().collect();
        let distinct: std::collections::HashSet<_> = words.iter().collect();
        assert_eq!(words.len(), distinct.len());
        assert!(words.len() > 60);
    }
}
