//! The known word that is nearest to one that is not known.

/// The nearest of the known words, without regard to case; none if there are none.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // What comes from outside is cut: the comparison takes the product of both lengths.
    let word: String = word.chars().take(60).collect::<String>().to_lowercase();
    let near = |other: &str| strsim::jaro_winkler(&word, &other.to_lowercase());
    known.into_iter().max_by(|one, other| near(one).total_cmp(&near(other)))
}
