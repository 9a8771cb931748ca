//! Which journal is asked for, and since when: the query parameters of protocol §5.

use axum::{extract::Query, http::Uri};

use super::problem::Problem;
use crate::record::Audience;

/// The parameters; those not known are ignored.
pub(super) struct Ask {
    /// EntityId of the journal's origin; this instance where none is named.
    pub(super) origin: String,
    /// Which of its journals; `public` where none is named.
    pub(super) audience: Audience,
    /// 0 where none is named.
    pub(super) since: u64,
}

impl Ask {
    /// Reads the parameters of a request to the instance `own`.
    pub(super) fn read(uri: &Uri, own: &str) -> Result<Self, Problem> {
        let Query(pairs): Query<Vec<(String, String)>> =
            Query::try_from_uri(uri).map_err(|_| Problem::bad_request("the query cannot be read"))?;
        let origin = single(&pairs, "origin")?.unwrap_or(own).to_owned();
        let audience = match single(&pairs, "audience")? {
            None => Audience::Public,
            Some(word) => Audience::parse(word).ok_or(Problem::bad_request("audience is public or network"))?,
        };
        let since = match single(&pairs, "since")? {
            None => 0,
            Some(text) => sequence(text).ok_or(Problem::bad_request(
                "since is a whole number from 0 to 2^53-1, written without sign, fraction or exponent",
            ))?,
        };
        Ok(Self { origin, audience, since })
    }
}

fn single<'a>(pairs: &'a [(String, String)], name: &'static str) -> Result<Option<&'a str>, Problem> {
    let mut values = pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let first = values.next();
    match values.next() {
        None => Ok(first),
        Some(_) => Err(Problem::bad_request(format!("{name} is given twice"))),
    }
}

/// A `seq` as protocol §3 writes it.
fn sequence(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = digits && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|number| plain && *number < 1 << 53)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seq_has_one_spelling() {
        let read = |text| sequence(text);
        assert_eq!(read("0"), Some(0));
        assert_eq!(read("9007199254740991"), Some((1 << 53) - 1));
        for wrong in ["", "abc", "-1", "+1", "1.5", "1e3", "007", "9007199254740992", "18446744073709551616", " 1"] {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
    }
}
