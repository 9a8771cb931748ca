//! Texts of records on a page: with their own language and direction, with nothing in them that could act, and with what
//! cannot be seen made visible.

use std::{borrow::Cow, sync::LazyLock};

use ammonia::Builder;
use comrak::{Arena, Options, nodes::NodeValue, options::Extension, parse_document};
use maud::{Markup, PreEscaped, html};
use unicode_normalization::char::is_combining_mark;

pub(in crate::pages) use crate::export::cut;
use crate::record::{Direction, LanguageTag};

/// Longest title in a list, in characters.
pub(in crate::pages) const LONGEST_TITLE: usize = 240;

/// Marks on one letter: more than any script writes. A pile of them would cover the lines above and below.
const MOST_MARKS: usize = 8;

/// Characters that turn the direction of what stands around them or cannot be seen. Joiners are letters in some scripts.
fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    ) || character.is_control() && !matches!(character, '\n' | '\t')
}

/// A text in pieces; behind each what is written out, and how often it stands there.
fn pieces(text: &str) -> Vec<(&str, Option<(char, usize)>)> {
    let mut pieces: Vec<(&str, Option<(char, usize)>)> = Vec::new();
    let (mut begun, mut marks) = (0, 0);
    for (at, character) in text.char_indices() {
        marks = if character >= '\u{300}' && is_combining_mark(character) { marks + 1 } else { 0 };
        if !is_hidden(character) && marks <= MOST_MARKS {
            continue;
        }
        match pieces.last_mut() {
            Some((_, Some((last, count)))) if begun == at && *last == character => *count += 1,
            _ => pieces.push((&text[begun..at], Some((character, 1)))),
        }
        begun = at + character.len_utf8();
    }
    pieces.push((&text[begun..], None));
    pieces
}

/// A text from anywhere: escaped, what cannot be seen written out as `U+2067`.
pub(in crate::pages) fn shown(text: &str) -> Markup {
    html! {
        @for (piece, written) in pieces(text) {
            (piece)
            @if let Some((character, count)) = written { (control(character, count)) }
        }
    }
}

fn control(character: char, count: usize) -> Markup {
    html! { span.ctl { "U+" (format!("{:04X}", u32::from(character))) @if count > 1 { " ×" (count) } } }
}

/// A text for a title or an attribute: what would be written out is dropped.
pub(in crate::pages) fn attribute(text: &str) -> Cow<'_, str> {
    match pieces(text).as_slice() {
        [_] => Cow::Borrowed(text),
        pieces => Cow::Owned(pieces.iter().map(|(piece, _)| *piece).collect()),
    }
}

/// `ltr` or `rtl`.
pub(in crate::pages) fn direction(language: &LanguageTag) -> &'static str {
    match language.direction() {
        Direction::Rtl => "rtl",
        Direction::Ltr => "ltr",
    }
}

/// A text of a record within a line: isolated, with its language and direction.
pub(in crate::pages) fn inline(text: &str, language: &LanguageTag) -> Markup {
    html! { bdi lang=(language.as_str()) dir=(direction(language)) { (shown(text)) } }
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .add_tags([
            "a",
            "p",
            "ul",
            "ol",
            "li",
            "strong",
            "em",
            "del",
            "code",
            "pre",
            "blockquote",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "br",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        ])
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("ol", ["start"])
        .add_url_schemes(["http", "https", "mailto"])
        // What has no scheme would lead to a page of this hub, which no record knows.
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener nofollow ugc"));
    cleaner
});

/// Markdown of a record: its headings stand below those of the page, pictures are left out (they would be fetched from
/// elsewhere), links lead to http, https and mailto alone. Raw HTML shows as text.
pub(in crate::pages) fn markdown(source: &str) -> Markup {
    let arena = Arena::new();
    let options = options();
    let root = parse_document(&arena, source, &options);
    for node in root.descendants() {
        let mut data = node.data.borrow_mut();
        if let NodeValue::Heading(heading) = &mut data.value {
            heading.level = (heading.level + 2).min(6);
        }
    }
    let mut made = String::new();
    if comrak::format_html(root, &options, &mut made).is_err() {
        return html! { p { (shown(source)) } };
    }
    PreEscaped(with_controls(&CLEANER.clean(&made).to_string()))
}

fn options() -> Options<'static> {
    let mut options = Options {
        extension: Extension { strikethrough: true, table: true, ..Extension::default() },
        ..Options::default()
    };
    // Raw HTML becomes text. What slips through all the same is taken out by the cleaner.
    options.render.escape = true;
    options
}

/// Writes out what cannot be seen, in clean HTML: in it that stands in texts, or percent-encoded in addresses.
fn with_controls(clean: &str) -> String {
    if pieces(clean).len() == 1 {
        return clean.to_owned();
    }
    let mut out = String::with_capacity(clean.len() + 64);
    let mut rest = clean;
    while !rest.is_empty() {
        let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        for (piece, written) in pieces(text) {
            out.push_str(piece);
            out.extend(written.map(|(character, count)| control(character, count).into_string()));
        }
        let (tag, after) = after.split_at(after.find('>').map_or(after.len(), |end| end + 1));
        out.push_str(&tag.replace(is_hidden, ""));
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        assert_eq!(
            shown("a\u{2067}<b>\u{202b}").into_string(),
            "a<span class=\"ctl\">U+2067</span>&lt;b&gt;<span class=\"ctl\">U+202B</span>"
        );
        assert_eq!(attribute("a\u{2067}b"), "ab");
        assert_eq!(shown("a\u{200b}\u{200b}b").into_string(), "a<span class=\"ctl\">U+200B ×2</span>b");
        assert_eq!(shown("می\u{200c}خواهم").into_string(), "می\u{200c}خواهم");
    }

    #[test]
    fn a_pile_of_marks_on_one_letter_is_written_out() {
        let piled = |marks: usize| format!("e{}x", "\u{301}".repeat(marks));
        let few = piled(MOST_MARKS);
        assert_eq!(shown(&few).into_string(), few);
        let told = format!("{}<span class=\"ctl\">U+0301 ×92</span>x", piled(MOST_MARKS).trim_end_matches('x'));
        assert_eq!(shown(&piled(100)).into_string(), told);
        assert_eq!(attribute(&piled(100)), few);
        assert!(markdown(&piled(100)).into_string().contains(&told));
        // Letters between them begin anew.
        let word = "ḗ́".repeat(40);
        assert_eq!(shown(&word).into_string(), word);
    }

    #[test]
    fn markdown_cannot_act() {
        let said = |source: &str| markdown(source).into_string();
        assert!(!said("<script>alert(1)</script>").contains("<script"));
        assert!(said("<script>alert(1)</script>").contains("&lt;script&gt;"));
        assert!(!said("[x](javascript:alert(1))").contains("javascript"));
        assert!(!said("[x](/fr/sign-in)").contains("href"));
        assert!(!said("![x](https://elsewhere.example/x.png)").contains("img"));
        assert!(!said("<a href=\"https://x.example\" onclick=\"x()\">x</a>").contains("<a"));
        assert_eq!(said("# A").trim(), "<h3>A</h3>");
        assert!(said("[x](https://a.example)").contains("rel=\"noopener nofollow ugc\""));
        assert!(said("a\u{2067}b").contains("U+2067"));
    }

    #[test]
    fn a_long_title_is_cut_between_characters() {
        assert_eq!(cut("آليات", 4), "آلي…");
        assert_eq!(cut("آلية", 4), "آلية");
    }
}
