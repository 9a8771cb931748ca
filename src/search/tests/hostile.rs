//! Questions that were not meant to be answered.

use super::library::*;
use crate::search::LONGEST_QUESTION;

#[test]
fn a_question_without_words_finds_nothing() {
    let library = Library::with([(1, titled("A lighthouse"))]);
    for question in ["", " ", "\"\"", "\"", "!?…—«»", "\u{0}\u{1}\u{202e}\u{2066}", "***", "()[]{}", "\u{301}\u{301}"]
    {
        assert!(library.found(question).is_empty(), "{question:?}");
    }
}

#[test]
fn signs_of_other_search_programs_mean_nothing() {
    let library = Library::with([(1, titled("A lighthouse"))]);
    for question in [
        "+lighthouse",
        "-lighthouse",
        "title:lighthouse",
        "lighthouse~2",
        "lighthouse^9",
        "(lighthouse",
        "li\u{ad}ghthouse",
    ] {
        assert_eq!(library.found(question), [1], "{question}");
    }
    assert!(library.found("*:*").is_empty());
    assert!(library.found("#1 ").is_empty(), "the numbers of concepts are not to be asked for");
}

#[test]
fn a_question_without_end_is_bounded() {
    let library = Library::with([(1, titled("A lighthouse")), (2, titled("民间社会 مجتمع"))]);
    let many = |word: &str, times: usize| word.repeat(times);
    for question in [
        many("a", 10_000),
        many("a", LONGEST_QUESTION),
        many("ا", LONGEST_QUESTION),
        many("国", 10_000),
        many("ก", 10_000),
        many("* ", 5_000),
        many("\"", 9_999),
        many("\"a ", 5_000),
        many("1/", 5_000),
        many("lighthose ", 1_000),
        many("e\u{301}", 5_000),
        many("\u{202e}x\u{202c}", 3_000),
        many("😀", 5_000),
        format!("\"{}\"", many("lighthouse ", 36)),
        (0..400).map(|number| char::from_u32(0x61 + number * 97).unwrap_or('x')).collect(),
    ] {
        library.found(&question);
    }
    assert_eq!(library.found(&format!("lighthouse {}", many("x", 9_000))), [1]);
}

#[test]
fn an_index_that_is_asked_from_many_threads_at_once_answers_all() {
    let library = Library::with((1..=50).map(|id| (id, titled("A lighthouse"))));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..20).for_each(|_| assert_eq!(library.found("lighthouse").len(), 50)));
        }
        scope.spawn(|| (0..5).for_each(|_| library.follow()));
    });
}
