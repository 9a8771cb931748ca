//! A batch of revisions as NDJSON (protocol §5, §6 step 4), read line by line as it comes: each line is one revision
//! that was asked for, the last one says what is left, and nothing follows it. This part knows no network: it is given
//! blocks of bytes, cut anywhere.

use std::collections::HashSet;

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Map, Value};

use super::answers::{BatchEnd, digest_of_text};
use super::fault::Fault;
use super::shape;

/// Longest line of a batch, in bytes, without its LF.
pub const LONGEST_LINE: usize = 1 << 20;

/// Longest revision, in bytes (protocol §3).
pub const LONGEST_REVISION: usize = 256 << 10;

/// Takes each revision as it comes, with its digest; what it took stays with it when the batch breaks off. To stop
/// the batch it returns [`Fault::Stopped`].
pub type Sink<'a> = dyn FnMut([u8; 32], String) -> Result<(), Fault> + Send + 'a;

/// A batch that is being read.
pub struct Batch<'a> {
    /// Digests asked for that have not come.
    open: HashSet<[u8; 32]>,
    came: usize,
    end: Option<BatchEnd>,
    line: Vec<u8>,
    sink: &'a mut Sink<'a>,
}

impl<'a> Batch<'a> {
    /// A batch that was asked for `digests`.
    pub fn new(digests: &[[u8; 32]], sink: &'a mut Sink<'a>) -> Batch<'a> {
        Batch { open: digests.iter().copied().collect(), came: 0, end: None, line: Vec::new(), sink }
    }

    /// Takes the next bytes, which may end anywhere.
    pub fn take(&mut self, block: &[u8]) -> Result<(), Fault> {
        for piece in block.split_inclusive(|&byte| byte == b'\n') {
            if self.end.is_some() {
                return Err(Fault::Malformed("something follows the last line of a batch"));
            }
            let text = piece.strip_suffix(b"\n").unwrap_or(piece);
            if self.line.len() + text.len() > LONGEST_LINE {
                return Err(Fault::LineTooLong);
            }
            self.line.extend_from_slice(text);
            if text.len() < piece.len() {
                let line = std::mem::take(&mut self.line);
                self.line(&line)?;
                self.line = line;
                self.line.clear();
            }
        }
        Ok(())
    }

    /// The end of the bytes: the last line must have come, whole.
    pub fn finish(self) -> Result<BatchEnd, Fault> {
        self.end.ok_or(Fault::Truncated)
    }

    fn line(&mut self, line: &[u8]) -> Result<(), Fault> {
        if line.contains(&b'\r') {
            return Err(Fault::Malformed("a line of a batch must end in LF alone"));
        }
        if line.is_empty() {
            return Err(Fault::Malformed("a line of a batch is blank"));
        }
        let Value::Object(mut members) = shape::parse(line)? else {
            return Err(Fault::Malformed("a line of a batch is no object"));
        };
        match (members.remove("jws"), members.remove("more")) {
            (Some(Value::String(jws)), None) => self.revision(jws),
            (None, Some(Value::Bool(more))) => self.last(more, &members),
            _ => Err(Fault::Malformed("a line of a batch is neither a revision nor the last line")),
        }
    }

    fn revision(&mut self, jws: String) -> Result<(), Fault> {
        let hash = sha256(jws.as_bytes());
        if !self.open.contains(&hash) {
            return Err(Fault::NotAskedFor);
        }
        if jws.len() > LONGEST_REVISION {
            return Err(Fault::LineTooLong);
        }
        self.open.remove(&hash);
        self.came += 1;
        (self.sink)(hash, jws)
    }

    fn last(&mut self, more: bool, members: &Map<String, Value>) -> Result<(), Fault> {
        if more {
            if self.came == 0 {
                return Err(Fault::NoProgress);
            }
            self.end = Some(BatchEnd { more, missing: Vec::new() });
            return Ok(());
        }
        let malformed = Fault::Malformed("the last line of a batch has no right list of what is missing");
        let Some(Value::Array(listed)) = members.get("missing") else { return Err(malformed) };
        let mut named = HashSet::new();
        for text in listed {
            let hash = text.as_str().and_then(digest_of_text).ok_or(malformed.clone())?;
            if !self.open.contains(&hash) || !named.insert(hash) {
                return Err(malformed);
            }
        }
        // What was neither sent nor named is missing all the same: the server will not send it.
        let mut missing: Vec<[u8; 32]> = self.open.iter().copied().collect();
        missing.sort_unstable();
        self.end = Some(BatchEnd { more, missing });
        Ok(())
    }
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::wire::answers::text_of_digest;

    /// Reads `text` in blocks of `size` bytes, asked for the revisions "a", "b" and "c": what came, and the end.
    fn read(text: &[u8], size: usize) -> (Vec<String>, Result<BatchEnd, Fault>) {
        let (mut came, asked) = (Vec::new(), ["a", "b", "c"].map(|jws| sha256(jws.as_bytes())));
        let mut sink = |hash, jws: String| {
            assert_eq!(hash, sha256(jws.as_bytes()));
            came.push(jws);
            Ok(())
        };
        let mut batch = Batch::new(&asked, &mut sink);
        let taken = text.chunks(size).try_for_each(|block| batch.take(block));
        let end = taken.and_then(|()| batch.finish());
        (came, end)
    }

    fn all(text: &str) -> Result<BatchEnd, Fault> {
        let whole = read(text.as_bytes(), usize::MAX);
        for size in [1, 2, 7] {
            assert_eq!(read(text.as_bytes(), size), whole, "blocks of {size} bytes: {text}");
        }
        whole.1
    }

    #[test]
    fn a_right_batch_is_read_wherever_its_bytes_are_cut() {
        let c = sha256(b"c");
        let text = format!(
            "{{\"jws\":\"a\"}}\n{{\"jws\":\"b\",\"x\":1}}\n{{\"more\":false,\"missing\":[\"{}\"]}}\n",
            text_of_digest(&c)
        );
        assert_eq!(all(&text), Ok(BatchEnd { more: false, missing: vec![c] }));
        assert_eq!(all("{\"jws\":\"c\"}\n{\"more\":true}\n"), Ok(BatchEnd { more: true, missing: vec![] }));
    }

    #[test]
    fn what_is_neither_sent_nor_named_is_missing() {
        let end = all("{\"jws\":\"a\"}\n{\"jws\":\"b\"}\n{\"more\":false,\"missing\":[]}\n").unwrap();
        assert_eq!(end.missing, [sha256(b"c")]);
    }

    #[test]
    fn what_came_before_a_fault_stays_with_the_receiver() {
        let (came, end) = read(b"{\"jws\":\"b\"}\n{\"jws\":\"a\"}\n\n", 3);
        assert_eq!(came, ["b", "a"]);
        assert_eq!(end, Err(Fault::Malformed("a line of a batch is blank")));
    }

    /// Each line: the fault, a tab, the batch with `|` for LF, `^` for CR.
    const WRONG: &str = include_str!("tests/batches.txt");

    #[test]
    fn each_wrong_batch_of_the_table_is_the_fault_it_says() {
        for line in WRONG.lines().filter(|line| !line.starts_with('#')) {
            let (fault, text) = line.split_once('\t').unwrap();
            let end = all(&text.replace('|', "\n").replace('^', "\r"));
            assert!(format!("{:?}", end.unwrap_err()).starts_with(fault), "{line}");
        }
    }

    #[test]
    fn a_line_over_the_bound_is_refused_before_its_end_has_come() {
        let (came, end) = read(&vec![b' '; LONGEST_LINE + 1], 1000);
        assert_eq!((came.len(), end), (0, Err(Fault::LineTooLong)));
    }

    #[test]
    fn a_revision_over_its_bound_is_too_long_though_it_was_asked_for() {
        let jws = "x".repeat(LONGEST_REVISION + 1);
        let mut sink = |_, _| Ok(());
        let asked = [sha256(jws.as_bytes())];
        let mut batch = Batch::new(&asked, &mut sink);
        assert_eq!(batch.take(format!("{{\"jws\":\"{jws}\"}}\n").as_bytes()), Err(Fault::LineTooLong));
    }

    #[test]
    fn the_receiver_can_stop_the_batch() {
        let mut sink = |_, _| Err(Fault::Stopped);
        let mut batch = Batch::new(&[sha256(b"a")], &mut sink);
        assert_eq!(batch.take(b"{\"jws\":\"a\"}\n"), Err(Fault::Stopped));
    }
}
