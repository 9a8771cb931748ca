//! Where the words of a text are: runs of letters and digits, by script, and symbols such as `A/HRC/RES/51/33` as a whole.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::is_ignored;

/// What kind of letters a run has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    /// Chinese characters.
    Han,
    /// Other scripts without spaces between words: kana, Thai, Lao, Khmer, Burmese.
    Unspaced,
    /// Everything else; digits alone too.
    Other,
}

impl Script {
    fn of(letter: char) -> Script {
        match letter {
            'a'..='z' | 'A'..='Z' | '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
                Script::Latin
            }
            '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => Script::Latin,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '\u{600}'..='\u{65f}' | '\u{66a}'..='\u{6ef}' | '\u{6fa}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' => {
                Script::Arabic
            }
            '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Script::Arabic,
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => Script::Han,
            '\u{20000}'..='\u{3ffff}' | '\u{3005}' | '\u{3007}' => Script::Han,
            '\u{3040}'..='\u{30ff}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
                Script::Unspaced
            }
            _ => Script::Other,
        }
    }

    fn has_spaces(self) -> bool {
        !matches!(self, Script::Han | Script::Unspaced)
    }
}

/// A run of letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// Where it stands, in bytes.
    pub(crate) range: Range<usize>,
    /// Its letters.
    pub(crate) script: Script,
    /// Several runs with `/` between them and a digit: a symbol of a document.
    pub(crate) is_symbol: bool,
}

/// Most parts of a symbol.
const SYMBOL_PARTS: usize = 12;

/// The runs of a text, in order.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = Run> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let run = next_run(text, at)?;
        let run = symbol_from(text, &run).unwrap_or(run);
        at = run.range.end;
        Some(run)
    })
}

fn next_run(text: &str, from: usize) -> Option<Run> {
    let rest = &text[from..];
    let start = from + rest.find(char::is_alphanumeric)?;
    let mut script = Script::Other;
    let mut end = start;
    for (place, letter) in text[start..].char_indices() {
        let goes_on = letter.is_alphanumeric();
        if !goes_on && !is_combining_mark(letter) && !is_ignored(letter) {
            break;
        }
        let of = if goes_on { Script::of(letter) } else { script };
        let is_first = place == 0;
        if !is_first && of.has_spaces() != script.has_spaces() || !of.has_spaces() && !is_first && of != script {
            break;
        }
        if script == Script::Other {
            script = of;
        }
        end = start + place + letter.len_utf8();
    }
    Some(Run { range: start..end, script, is_symbol: false })
}

/// The symbol that begins with a run.
fn symbol_from(text: &str, first: &Run) -> Option<Run> {
    if !first.script.has_spaces() {
        return None;
    }
    let mut end = first.range.end;
    for _ in 1..SYMBOL_PARTS {
        let Some(after) = text[end..].strip_prefix('/').filter(|after| after.starts_with(char::is_alphanumeric)) else {
            break;
        };
        let Some(next) = next_run(text, text.len() - after.len()).filter(|next| next.script.has_spaces()) else {
            break;
        };
        end = next.range.end;
    }
    let whole = first.range.start..end;
    let is_symbol = end > first.range.end && text[whole.clone()].contains(|letter: char| letter.is_ascii_digit());
    is_symbol.then_some(Run { range: whole, script: Script::Latin, is_symbol: true })
}

/// A symbol as it is compared, and each of its ends that begins at a part: `51/33` finds `A/HRC/RES/51/33`.
pub(crate) fn symbol_ends(folded: &str) -> impl Iterator<Item = &str> {
    let starts = std::iter::once(0).chain(folded.match_indices('/').map(|(place, _)| place + 1));
    starts.map(|start| &folded[start..]).filter(|end| !end.is_empty())
}

/// Letters that are left of unspaced text when it is cut into overlapping pairs; one letter alone is its own.
pub(crate) fn pairs(folded: &str) -> Vec<&str> {
    let starts: Vec<usize> = folded.char_indices().map(|(place, _)| place).chain([folded.len()]).collect();
    match starts.len() {
        0 | 1 => Vec::new(),
        2 => vec![folded],
        _ => starts.windows(3).map(|three| &folded[three[0]..three[2]]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        runs(text).map(|run| &text[run.range]).collect()
    }

    #[test]
    fn words_end_where_their_letters_do() {
        for (text, found) in [
            ("l'État, c’est moi", vec!["l", "État", "c", "est", "moi"]),
            ("follow-up (2026–2030)", vec!["follow", "up", "2026", "2030"]),
            ("A/HRC/RES/51/33: a text", vec!["A/HRC/RES/51/33", "a", "text"]),
            ("and/or 51/33/", vec!["and", "or", "51/33"]),
            ("LGBTI人士2030年", vec!["LGBTI", "人士", "2030", "年"]),
            ("全体会议,其中一次", vec!["全体会议", "其中一次"]),
            ("人権の国", vec!["人権", "の", "国"]),
            ("آلِيّــة، والتوصيات", vec!["آلِيّــة", "والتوصيات"]),
            ("\u{202e}abc\u{202c}def\u{0}", vec!["abc\u{202c}def"]),
            ("", vec![]),
            ("«—»!?", vec![]),
            ("𝒜b 𠀀𠀁", vec!["𝒜b", "𠀀𠀁"]),
        ] {
            assert_eq!(words(text), found, "{text}");
        }
    }

    #[test]
    fn a_symbol_is_known_by_each_of_its_ends() {
        assert_eq!(symbol_ends("a/res/51").collect::<Vec<_>>(), ["a/res/51", "res/51", "51"]);
        let many = "1/".repeat(10_000);
        assert!(runs(&many).all(|run| run.range.len() <= 2 * SYMBOL_PARTS));
    }

    #[test]
    fn unspaced_text_is_cut_into_pairs() {
        assert_eq!(pairs("民间社会"), ["民间", "间社", "社会"]);
        assert_eq!(pairs("国"), ["国"]);
        assert!(pairs("").is_empty());
    }
}
