//! A light stemmer for Arabic: conjunction, preposition and article off, then endings, then one form of each letter. The
//! article goes before alef is folded, or آلية would lose its first two letters as if they were one. Snowball's stemmer
//! does not bring آليات, توصيات or ممارسات to their singulars. Plurals that are made inside the word stand in
//! `words/arabic-plurals.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{
    Tongue,
    fold::{bare_arabic, fold},
    stop,
};

/// Fewest letters that a stem keeps.
const STEM: usize = 3;

/// Endings, the longer ones first: pronouns, dual, plural, feminine, relation.
const ENDINGS: [&str; 19] =
    ["تها", "تهم", "ته", "هما", "ها", "هم", "هن", "ات", "ان", "ون", "ين", "تا", "ية", "يه", "ة", "ه", "ي", "ى", "ا"];

/// Stem of a plural, and that of its singular.
static PLURALS: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| read_plurals(include_str!("../words/arabic-plurals.txt")).collect());

fn read_plurals(file: &str) -> impl Iterator<Item = (String, String)> {
    let lines = file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.flat_map(|line| {
        let mut words = line.split_whitespace();
        let singular = words.next().map(without_ending).unwrap_or_default();
        words.map(move |plural| (without_ending(plural), singular.clone())).collect::<Vec<_>>()
    })
}

/// The stems that a word may have: one as a rule, more where a first letter may be a conjunction or part of the word. A
/// word that says nothing has none: إلى would become what is left of آلية.
pub(crate) fn stems(word: &str) -> Vec<String> {
    let bare = bare_arabic(word);
    let mut stems = Vec::new();
    for rest in without_beginning(&bare) {
        if stop::is_written(Tongue::Ar, rest) {
            continue;
        }
        let stem = without_ending(rest);
        let stem = PLURALS.get(&stem).cloned().unwrap_or(stem);
        if !stem.is_empty() && !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    stems
}

/// The word without what stands before it; where that is not sure, both ways, the surer first.
fn without_beginning(word: &str) -> Vec<&str> {
    for beginning in ["وبال", "وكال", "فبال", "وال", "بال", "كال", "فال", "ولل", "فلل", "ال", "لل"]
    {
        if let Some(rest) = word.strip_prefix(beginning) {
            return match rest.chars().count() {
                0 | 1 => vec![word],
                // اليات is how many write آليات.
                2 | 3 if beginning == "ال" => vec![rest, word],
                _ => vec![rest],
            };
        }
    }
    let unsure = word.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك']).filter(|rest| rest.chars().count() > STEM);
    std::iter::once(word).chain(unsure).collect()
}

fn without_ending(word: &str) -> String {
    let mut stem = word;
    for _ in 0..3 {
        let shorter = ENDINGS.iter().find_map(|ending| {
            let keep = if *ending == "ا" { STEM + 1 } else { STEM };
            stem.strip_suffix(ending).filter(|rest| rest.chars().count() >= keep)
        });
        let Some(shorter) = shorter else { break };
        stem = shorter;
    }
    fold(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(words: &[&str]) {
        let first = stems(words[0]);
        for word in words {
            assert!(
                stems(word).iter().any(|stem| first.contains(stem)),
                "{} {first:?} {word} {:?}",
                words[0],
                stems(word)
            );
        }
    }

    #[test]
    fn forms_of_a_word_meet() {
        meet(&["آلية", "الآلية", "آليات", "الآليات", "والآليات", "وآليات", "بآليات", "للآليات", "آلِيّــة", "الية", "اليات"]);
        meet(&["توصية", "التوصية", "توصيات", "التوصيات", "وتوصيات", "بالتوصيات", "للتوصيات", "توصياتها", "لتوصيات"]);
        meet(&["ممارسة", "ممارسات", "الممارسات", "الممارسة", "وممارسات"]);
        meet(&["مجتمع", "المجتمع", "للمجتمع", "والمجتمع", "مجتمعات", "المجتمعات"]);
        meet(&["مدني", "المدني", "مدنية", "المدنية"]);
        meet(&["وطني", "الوطني", "وطنية", "الوطنية", "والوطنية"]);
        meet(&["مفتوح", "مفتوحا", "المفتوحة"]);
        meet(&["حكومة", "الحكومة", "الحكومات", "حكومي", "الحكومية"]);
    }

    #[test]
    fn plurals_made_inside_the_word_meet_their_singular() {
        meet(&["تقرير", "تقارير", "التقارير", "والتقارير", "تقريرها"]);
        meet(&["لجنة", "لجان", "اللجان", "واللجان", "اللجنة"]);
        meet(&["خطة", "خطط", "الخطط"]);
        meet(&["حق", "حقوق", "الحقوق", "الحق"]);
        meet(&["مؤسسة", "مؤسسات", "المؤسسات"]);
        meet(&["طفل", "أطفال", "الأطفال", "اطفال"]);
    }

    #[test]
    fn words_that_are_others_stay_apart() {
        assert!(stems("إلى").is_empty() && stems("وإلى").iter().all(|stem| !stems("آلية").contains(stem)));
        for (one, other) in [("توصية", "تنسيق"), ("لجنة", "جنة"), ("بناء", "نساء")] {
            assert!(!stems(one).iter().any(|stem| stems(other).contains(stem)), "{one} {other}");
        }
    }

    #[test]
    fn the_list_of_plurals_is_read() {
        let plurals: Vec<_> = read_plurals(include_str!("../words/arabic-plurals.txt")).collect();
        assert!(plurals.len() > 60);
        assert!(plurals.iter().all(|(plural, singular)| !singular.is_empty() && !plural.is_empty()));
    }
}
