//! What commands say: tables, JSON, progress and questions. Results go to standard output, progress and questions to stderr. What
//! came from peers is shown without control characters, so that no record can drive the reader's terminal.

use std::borrow::Cow;
use std::io::{self, BufRead, IsTerminal, Read, Write};

use comfy_table::{CellAlignment, presets};
use indicatif::{ProgressBar, ProgressStyle};

use super::Failure;

/// Longest answer to a question, in bytes.
const MAX_ANSWER: u64 = 1_024;

/// Prints one line. A reader who has seen enough (`| head`) is no failure.
pub fn line(text: &str) -> Result<(), Failure> {
    bytes(format!("{text}\n").as_bytes())
}

/// Prints a value as JSON, indented.
pub fn json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::failed(format!("this cannot be shown as JSON: {error}")))?;
    line(&text)
}

pub fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// The text with each control and direction-override character shown as U+FFFD.
pub fn plain(text: &str) -> Cow<'_, str> {
    let bad = |character: char| {
        character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(bad) { Cow::Owned(text.replace(bad, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// A table for people: no lines, columns as wide as they need to be.
pub struct Table(comfy_table::Table);

impl Table {
    /// With these heads.
    pub fn new<'a>(heads: impl IntoIterator<Item = &'a str>) -> Self {
        let mut table = comfy_table::Table::new();
        table.load_preset(presets::NOTHING).set_header(heads.into_iter().map(|head| plain(head).into_owned()));
        Table(table)
    }

    /// With the columns at these places (from 0) set to the right, as numbers are.
    #[must_use]
    pub fn right(mut self, columns: &[usize]) -> Self {
        for column in columns {
            if let Some(column) = self.0.column_mut(*column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        self
    }

    /// One more row.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.0.add_row(cells.into_iter().map(|cell| plain(cell.as_ref()).into_owned()));
    }

    /// The lines, without spaces at their ends.
    pub fn lines(&self) -> Vec<String> {
        // the preset sets one space before the first column
        self.0.lines().map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned()).collect()
    }

    /// Prints it.
    pub fn print(&self) -> Result<(), Failure> {
        line(&self.lines().join("\n"))
    }
}

/// How far a long work has come: a bar on a terminal, elsewhere a line each tenth.
pub struct Progress {
    what: String,
    total: u64,
    done: u64,
    said: u64,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// For `total` steps of `what` ("practices").
    pub fn new(what: &str, total: u64) -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos} of {human_len}, {eta} left");
            ProgressBar::new(total)
                .with_message(plain(what).into_owned())
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Progress { what: plain(what).into_owned(), total, done: 0, said: 0, bar }
    }

    /// `steps` more are done.
    pub fn advance(&mut self, steps: u64) {
        match &self.bar {
            Some(bar) => bar.inc(steps),
            None => {
                if let Some(sentence) = self.next_line(steps) {
                    eprintln!("{sentence}");
                }
            }
        }
    }

    /// Takes the bar away.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }

    fn next_line(&mut self, steps: u64) -> Option<String> {
        self.done = self.done.saturating_add(steps).min(self.total);
        let percent = (u128::from(self.done) * 100).checked_div(u128::from(self.total)).unwrap_or(100) as u64;
        (percent / 10 > self.said).then(|| {
            self.said = percent / 10;
            format!("{}: {} of {} ({percent} %)", self.what, self.done, self.total)
        })
    }
}

/// Asks a question that is answered yes or no; the answer is no unless it is "y" or "yes". With `yes` nothing is asked. Where
/// nobody can answer (no terminal) it is wrong use: `instead` says what to give on the command line.
pub fn confirm(question: &str, yes: bool, instead: &str) -> Result<bool, Failure> {
    if yes {
        return Ok(true);
    }
    let answer = ask(&format!("{question} [y/N] "), instead)?;
    Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}

/// Asks for a text on one line. Where nobody can answer (no terminal) it is wrong use: `instead` says what to give.
pub fn ask(question: &str, instead: &str) -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::wrong_use(format!("{} Nobody can answer here: {instead}", plain(question).trim_end())));
    }
    eprint!("{}", plain(question));
    read_answer(&mut io::stdin().lock())
}

fn read_answer(input: &mut impl BufRead) -> Result<String, Failure> {
    let mut answer = String::new();
    input.take(MAX_ANSWER).read_line(&mut answer)?;
    Ok(answer.trim().to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_columns_and_no_spaces_at_the_end() {
        let mut table = Table::new(["instance", "records"]).right(&[1]);
        table.row(["http://127.0.0.1:4000", "49"]);
        table.row(["Maroc", "7"]);
        assert_eq!(
            table.lines(),
            ["instance               records", "http://127.0.0.1:4000       49", "Maroc                        7"]
        );
    }

    #[test]
    fn a_text_from_elsewhere_cannot_drive_the_terminal() {
        let mut table = Table::new(["name"]);
        table.row(["\u{1b}[31mred\u{202e}\n"]);
        assert_eq!(table.lines()[1], "\u{fffd}[31mred\u{fffd}\u{fffd}");
        assert_eq!(plain("المغرب"), "المغرب");
    }

    #[test]
    fn progress_says_one_line_each_tenth() {
        let mut progress = Progress { what: "rows".to_owned(), total: 25, done: 0, said: 0, bar: None };
        let lines: Vec<String> = (0..30).filter_map(|_| progress.next_line(1)).collect();
        assert_eq!(lines.len(), 10);
        assert_eq!(lines[0], "rows: 3 of 25 (12 %)");
        assert_eq!(lines[9], "rows: 25 of 25 (100 %)");
    }

    #[test]
    fn progress_says_how_much_is_done_to_the_percent() {
        let mut progress = Progress { what: "peers".to_owned(), total: 4, done: 0, said: 0, bar: None };
        let lines: Vec<String> = (0..4).filter_map(|_| progress.next_line(1)).collect();
        assert_eq!(
            lines.join("; "),
            "peers: 1 of 4 (25 %); peers: 2 of 4 (50 %); peers: 3 of 4 (75 %); peers: 4 of 4 (100 %)"
        );
    }

    #[test]
    fn progress_over_nothing_says_it_is_done() {
        let mut progress = Progress { what: "rows".to_owned(), total: 0, done: 0, said: 0, bar: None };
        assert_eq!(progress.next_line(0).unwrap(), "rows: 0 of 0 (100 %)");
    }

    #[test]
    fn an_answer_is_read_to_the_line_end_and_bounded() {
        assert_eq!(read_answer(&mut " yes \nmore".as_bytes()).unwrap(), "yes");
        assert_eq!(read_answer(&mut "".as_bytes()).unwrap(), "");
        assert_eq!(read_answer(&mut "a".repeat(5_000).as_bytes()).unwrap().len(), MAX_ANSWER as usize);
    }
}
