//! Charts as pictures to take away: SVG that needs nothing of the page, its colours as attributes, its title and its source
//! in it. Widths of texts are estimated: a picture has no browser that breaks its lines.

use maud::{Markup, PreEscaped, html};

use super::{Bar, Grid, heat::step, most_of, share, years};
use crate::pages::{parts::text::attribute, visit::Visit};

/// Of the light theme (app.css): a picture stands on white paper.
const PAPER: &str = "#ffffff";
const INK: &str = "#1f1a24";
const INK_2: &str = "#4b4354";
const BRAND: &str = "#4a2459";
const EDGE: &str = "#83778d";
const HEAT: [&str; 6] = [PAPER, "#efe8f3", "#d9c6e2", "#c2a6d0", "#6e4183", "#4a2459"];
/// From this step on words are light.
const DARK: usize = 4;
const FONT: &str = "Segoe UI, Noto Sans, Helvetica Neue, Arial, Noto Sans Arabic, Noto Sans SC, sans-serif";

const WIDTH: f64 = 900.0;
const MARGIN: f64 = 24.0;
const LINE: f64 = 20.0;

/// What stands above and below every picture.
pub(in crate::pages) struct Frame<'a> {
    pub(in crate::pages) title: &'a str,
    /// What was chosen, and how many records were counted.
    pub(in crate::pages) subtitle: &'a str,
    pub(in crate::pages) source: &'a str,
}

/// Where things stand for this reader: in Arabic the picture is mirrored.
struct Pen {
    is_mirrored: bool,
}

impl Pen {
    fn x(&self, x: f64) -> f64 {
        if self.is_mirrored { WIDTH - x } else { x }
    }

    /// The left edge of something so wide that begins at `x`.
    fn left(&self, x: f64, wide: f64) -> f64 {
        if self.is_mirrored { WIDTH - x - wide } else { x }
    }

    fn text(&self, x: f64, y: f64, words: &str, ink: &str, size: u32) -> Markup {
        html! { text x=(self.x(x)) y=(y) fill=(ink) font-size=(size) { (attribute(words)) } }
    }
}

/// About how wide a text is at this size: Chinese characters are square, others about half as wide.
fn width(text: &str, size: f64) -> f64 {
    let of = |character: char| if u32::from(character) >= 0x2e80 { 1.0 } else { 0.56 };
    text.chars().map(of).sum::<f64>() * size
}

/// The text in lines that are not wider than this.
fn lines(text: &str, wide: f64, size: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_inclusive([' ', '、', '，', '和']) {
        let last = lines.last().map_or("", String::as_str);
        if !last.is_empty() && width(last, size) + width(word.trim_end(), size) > wide {
            lines.push(String::new());
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(word);
        }
    }
    lines
}

fn picture(visit: &Visit, frame: &Frame<'_>, high: f64, inside: impl FnOnce(&Pen, f64) -> Markup) -> String {
    let pen = Pen { is_mirrored: visit.language == "ar" };
    let titles = lines(frame.title, WIDTH - 2.0 * MARGIN, 22.0);
    let top = MARGIN + 28.0 * titles.len() as f64 + 34.0;
    let whole = top + high + 44.0;
    let direction = if pen.is_mirrored { "rtl" } else { "ltr" };
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(WIDTH) height=(whole) viewBox={ "0 0 " (WIDTH) " " (whole) }
            role="img" aria-label={ (attribute(frame.title)) ". " (attribute(frame.subtitle)) }
            lang=(visit.language) direction=(direction) font-family=(FONT) font-size="15" color=(BRAND) {
            rect width=(WIDTH) height=(whole) fill=(PAPER) {}
            @for (place, line) in titles.iter().enumerate() {
                text x=(pen.x(MARGIN)) y=(MARGIN + 20.0 + 28.0 * place as f64) fill=(INK) font-size="22" font-weight="600" { (attribute(line)) }
            }
            (pen.text(MARGIN, top - 18.0, frame.subtitle, INK_2, 14))
            (inside(&pen, top))
            (pen.text(MARGIN, whole - 18.0, frame.source, INK_2, 13))
        }
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", svg.into_string())
}

/// Bars: the name above each.
pub(in crate::pages) fn bars(visit: &Visit, frame: &Frame<'_>, bars: &[Bar]) -> String {
    let (most, pitch, longest) = (most_of(bars), 44.0, WIDTH - 2.0 * MARGIN - 90.0);
    picture(visit, frame, pitch * bars.len() as f64, |pen, top| {
        html! {
            @for (place, bar) in bars.iter().enumerate() {
                @let (y, length) = (top + pitch * place as f64, share(bar.count, most, longest));
                (pen.text(MARGIN, y + 14.0, &bar.label, INK, 15))
                rect x=(pen.left(MARGIN, length)) y=(y + 20.0) width=(length) height="13" fill=(BRAND) {}
                (pen.text(MARGIN + length + 8.0, y + 32.0, &visit.number(bar.count), INK, 15))
            }
        }
    })
}

/// The heat table.
pub(in crate::pages) fn heat(visit: &Visit, frame: &Frame<'_>, grid: &Grid) -> String {
    let named = 300.0;
    let cell = (WIDTH - 2.0 * MARGIN - named) / grid.columns.len().max(1) as f64;
    let heads: Vec<Vec<String>> = grid.columns.iter().map(|column| lines(&column.label, cell - 10.0, 13.0)).collect();
    let head = 17.0 * heads.iter().map(Vec::len).max().unwrap_or(1) as f64 + 10.0;
    let rows: Vec<Vec<String>> = grid.rows.iter().map(|row| lines(&row.label, named - 16.0, 15.0)).collect();
    let heights: Vec<f64> = rows.iter().map(|lines| LINE * lines.len() as f64 + 14.0).collect();
    let most = grid.most();
    picture(visit, frame, head + heights.iter().sum::<f64>(), |pen, top| {
        html! {
            @for (place, lines) in heads.iter().enumerate() {
                @let x = MARGIN + named + cell * place as f64 + 5.0;
                @for (line, words) in lines.iter().enumerate() { (pen.text(x, top + 12.0 + 17.0 * line as f64, words, INK_2, 13)) }
            }
            @for (place, (lines, cells)) in rows.iter().zip(&grid.cells).enumerate() {
                @let (y, high) = (top + head + heights[..place].iter().sum::<f64>(), heights[place]);
                @for (line, words) in lines.iter().enumerate() { (pen.text(MARGIN, y + 22.0 + LINE * line as f64, words, INK, 15)) }
                @for (column, count) in cells.iter().enumerate() {
                    @let shade = step(*count, most).min(5) as usize;
                    @let x = MARGIN + named + cell * column as f64;
                    rect x=(pen.left(x, cell - 2.0)) y=(y) width=(cell - 2.0) height=(high - 2.0) fill=(HEAT[shade]) {}
                    text x=(pen.x(x + cell / 2.0)) y=(y + high / 2.0 + 4.0) text-anchor="middle" fill=(if shade >= DARK { PAPER } else { INK }) {
                        @if *count == 0 { "–" } @else { (visit.number(*count)) }
                    }
                }
            }
        }
    })
}

/// Small multiples: a block a row, three beside each other.
pub(in crate::pages) fn multiples(visit: &Visit, frame: &Frame<'_>, grid: &Grid) -> String {
    let (across, pitch) = (3, 42.0);
    let wide = (WIDTH - 2.0 * MARGIN) / across as f64;
    let named = |row: &Bar| lines(&format!("{} {}", row.label, visit.number(row.count)), wide - 28.0, 15.0);
    let heads: Vec<Vec<String>> = grid.rows.iter().map(named).collect();
    let head = LINE * heads.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let block = head + 24.0 + pitch * grid.columns.len() as f64;
    let most = grid.most();
    picture(visit, frame, block * grid.rows.len().div_ceil(across) as f64, |pen, top| {
        html! {
            @for (place, (lines, cells)) in heads.iter().zip(&grid.cells).enumerate() {
                @let (x, y) = (MARGIN + wide * (place % across) as f64, top + block * (place / across) as f64);
                @for (line, words) in lines.iter().enumerate() { (pen.text(x, y + 16.0 + LINE * line as f64, words, INK, 15)) }
                rect x=(pen.left(x, wide - 20.0)) y=(y + head + 3.0) width=(wide - 20.0) height="1" fill=(EDGE) {}
                @for (line, (column, count)) in grid.columns.iter().zip(cells).enumerate() {
                    @let (y, length) = (y + head + 12.0 + pitch * line as f64, share(*count, most, wide - 70.0));
                    (pen.text(x, y + 12.0, &column.label, INK_2, 13))
                    rect x=(pen.left(x, length)) y=(y + 17.0) width=(length) height="11" fill=(BRAND) {}
                    (pen.text(x + length + 6.0, y + 27.0, &visit.number(*count), INK_2, 13))
                }
            }
        }
    })
}

/// The time axis.
pub(in crate::pages) fn over_years(visit: &Visit, frame: &Frame<'_>, counted: &years::Years) -> String {
    let (_, high) = years::SIZE;
    // What the style sheet says on a page stands here as attributes.
    let inside = years::inside(visit, counted).into_string();
    let inside = inside
        .replace("<path class=\"axis\"", &format!("<path fill=\"none\" stroke=\"{EDGE}\""))
        .replace("currentColor", BRAND)
        .replace("<text ", &format!("<text fill=\"{INK_2}\" font-size=\"13\" direction=\"ltr\" "));
    picture(visit, frame, high, |_, top| html! { g transform={ "translate(15 " (top) ")" } { (PreEscaped(inside)) } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_broken_between_words() {
        assert_eq!(lines("Capacity-building and international cooperation", 220.0, 15.0).len(), 2);
        assert_eq!(lines("拉丁美洲和加勒比", 60.0, 13.0), ["拉丁美洲和", "加勒比"]);
        assert_eq!(lines("one", 1.0, 15.0), ["one"]);
    }
}
