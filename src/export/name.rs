//! The last part of a path: `practices.csv`.

use crate::{
    federation::serve::problem::Problem,
    record::{Kind, nearest},
};

/// The kind and the ending of a file name.
///
/// # Errors
/// 404 with what there is.
pub(super) fn read(file: &str, endings: &[&'static str]) -> Result<(Kind, &'static str), Problem> {
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    let kind = Kind::ALL.into_iter().find(|kind| kind.plural() == stem);
    let known = endings.iter().copied().find(|known| *known == ending);
    match kind.zip(known) {
        Some(found) => Ok(found),
        None => {
            let all =
                Kind::ALL.iter().flat_map(|kind| endings.iter().map(|ending| format!("{}.{ending}", kind.plural())));
            let all: Vec<String> = all.collect();
            let near = nearest(file, all.iter().map(String::as_str)).unwrap_or_default();
            Err(Problem::not_found(format!(
                "there is no such file. The nearest is {near}; there are {}",
                all.join(", ")
            )))
        }
    }
}
