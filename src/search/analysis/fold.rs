//! One spelling for what readers take as the same letters: case, width, accents of Latin and Greek, ё, marks and forms of
//! Arabic letters, digits; and no character that only steers how a text is shown.

use unicode_normalization::{
    UnicodeNormalization,
    char::{decompose_canonical, is_combining_mark},
};

/// Longest word that is looked at, in characters; no word of the field comes near, and one of 10,000 letters costs no more.
pub(crate) const LONGEST_WORD: usize = 64;

/// A word in the spelling in which it is compared with words of all languages.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.bytes().take(LONGEST_WORD).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    let mut folded = String::with_capacity(word.len());
    for letter in word.nfkc().flat_map(char::to_lowercase).take(LONGEST_WORD) {
        fold_letter(letter, &mut folded);
    }
    folded
}

/// A run of any length in that spelling: where words have no spaces between them, a run is a whole sentence.
pub(crate) fn fold_whole(run: &str) -> String {
    let mut folded = String::with_capacity(run.len());
    run.nfkc().flat_map(char::to_lowercase).for_each(|letter| fold_letter(letter, &mut folded));
    folded
}

/// A word in lower case with its accents, as stemmers want it.
pub(crate) fn lower(word: &str) -> String {
    word.nfkc().flat_map(char::to_lowercase).filter(|letter| !is_ignored(*letter)).take(LONGEST_WORD).collect()
}

/// Arabic without tatweel and vowel marks, its letters as they are.
pub(crate) fn bare_arabic(word: &str) -> String {
    word.nfkc().filter(|letter| !is_ignored(*letter) && !is_combining_mark(*letter)).take(LONGEST_WORD).collect()
}

/// Characters without meaning of their own inside a word: joiners, direction marks, soft hyphen, tatweel.
pub(crate) fn is_ignored(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{640}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(letter, '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn fold_letter(letter: char, folded: &mut String) {
    match letter {
        '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' => {}
        letter if is_ignored(letter) => {}
        'ё' => folded.push('е'),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'ß' => folded.push_str("ss"),
        'ø' => folded.push('o'),
        'đ' | 'ð' => folded.push('d'),
        'ł' => folded.push('l'),
        'ı' => folded.push('i'),
        'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
        'ى' | 'ئ' => folded.push('ي'),
        'ة' => folded.push('ه'),
        'ؤ' => folded.push('و'),
        '\u{660}'..='\u{669}' => folded.push(digit(letter, '\u{660}')),
        '\u{6f0}'..='\u{6f9}' => folded.push(digit(letter, '\u{6f0}')),
        '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}' => {
            decompose_canonical(letter, |part| {
                if !is_combining_mark(part) {
                    folded.push(part);
                }
            });
        }
        letter => folded.push(letter),
    }
}

fn digit(letter: char, zero: char) -> char {
    char::from_digit(letter as u32 - zero as u32, 10).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_the_same_word_fall_together() {
        for (word, folded) in [
            ("Réflexion", "reflexion"),
            ("RÉFLEXION", "reflexion"),
            ("re\u{301}flexion", "reflexion"),
            ("œuvre", "oeuvre"),
            ("Weißbuch", "weissbuch"),
            ("ŁÓDŹ", "lodz"),
            ("İstanbul", "istanbul"),
            ("отчёт", "отчет"),
            ("Мой", "мой"),
            ("мои\u{306}", "мой"),
            ("ＵＰＲ", "upr"),
            ("２０３０", "2030"),
            ("٢٠٣٠", "2030"),
            ("آلِيّــة", "اليه"),
            ("إلى", "الي"),
            ("مسؤول", "مسوول"),
            ("co\u{ad}ordi\u{200d}nation", "coordination"),
            ("النظام\u{200f}", "النظام"),
            ("ελλάδα", "ελλαδα"),
        ] {
            assert_eq!(fold(word), folded, "{word}");
        }
    }

    #[test]
    fn stemmers_keep_accents() {
        assert_eq!(lower("Éva\u{ad}luation"), "évaluation");
        assert_eq!(bare_arabic("الآلِيّــات"), "الآليات");
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert_eq!(fold(&"a".repeat(10_000)).len(), LONGEST_WORD);
        assert_eq!(lower(&"é".repeat(10_000)).chars().count(), LONGEST_WORD);
    }
}
