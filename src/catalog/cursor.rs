//! Cursors: the place of an item in a list as sort value and key, so that it stays valid whatever changes later.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::record::{Kind, RecordKey};

use super::order::{Direction, Order, SortValue};
use super::visibility::place;

/// Bytes of the longest cursor that is looked at; symbols have at most 200 characters (records.md).
const LONGEST: usize = 2048;

/// Why a cursor is of no use here; BAD_USER_INPUT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CursorError {
    /// No cursor that was made here.
    #[error("This is not a cursor of this list.")]
    Malformed,
    /// A cursor of a list of another kind or in another order.
    #[error("This cursor belongs to a list in another order; begin again without it.")]
    OtherOrder,
    /// A cursor of changes that this database does not have.
    #[error("This cursor is not known here; begin again without it.")]
    Unknown,
    /// The order asked for is not one of this kind.
    #[error("Records of this kind cannot be ordered so.")]
    NotAnOrder,
}

/// The sort value of an item, as a cursor carries it. Countries are carried by code, in whatever language the list was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CursorValue {
    NotStated,
    Number(i64),
    Text(String),
}

impl CursorValue {
    pub(super) fn of(value: SortValue<'_>) -> Self {
        match value {
            SortValue::NotStated => Self::NotStated,
            SortValue::Number(number) => Self::Number(number),
            SortValue::Text(text) => Self::Text(text.to_owned()),
        }
    }

    pub(super) fn as_sort_value(&self) -> SortValue<'_> {
        match self {
            Self::NotStated => SortValue::NotStated,
            Self::Number(number) => SortValue::Number(*number),
            Self::Text(text) => SortValue::Text(text),
        }
    }
}

fn head(kind: Kind, order: Order, direction: Direction) -> [u8; 2] {
    [place(kind) as u8, order.tag() << 1 | u8::from(direction == Direction::Descending)]
}

pub(super) fn encode(kind: Kind, order: Order, direction: Direction, value: &CursorValue, key: RecordKey) -> String {
    let mut bytes = Vec::with_capacity(32);
    bytes.extend(head(kind, order, direction));
    bytes.extend(key.0.to_be_bytes());
    match value {
        CursorValue::NotStated => bytes.push(0),
        CursorValue::Number(number) => {
            bytes.push(1);
            bytes.extend(number.to_be_bytes());
        }
        CursorValue::Text(text) => {
            bytes.push(2);
            bytes.extend(text.as_bytes());
        }
    }
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn decode(
    cursor: &str,
    kind: Kind,
    order: Order,
    direction: Direction,
) -> Result<(CursorValue, RecordKey), CursorError> {
    let bytes = bytes(cursor)?;
    let (given, rest) = bytes.split_first_chunk::<2>().ok_or(CursorError::Malformed)?;
    let (key, rest) = rest.split_first_chunk::<16>().ok_or(CursorError::Malformed)?;
    if *given != head(kind, order, direction) {
        return Err(CursorError::OtherOrder);
    }
    let (form, rest) = rest.split_first().ok_or(CursorError::Malformed)?;
    let value = match form {
        0 if rest.is_empty() => CursorValue::NotStated,
        1 => CursorValue::Number(i64::from_be_bytes(rest.try_into().map_err(|_| CursorError::Malformed)?)),
        2 => CursorValue::Text(String::from_utf8(rest.to_vec()).map_err(|_| CursorError::Malformed)?),
        _ => return Err(CursorError::Malformed),
    };
    let fits = match value {
        CursorValue::NotStated => true,
        CursorValue::Number(_) => order != Order::Symbol,
        CursorValue::Text(_) => order == Order::Symbol,
    };
    if fits { Ok((value, RecordKey(u128::from_be_bytes(*key)))) } else { Err(CursorError::Malformed) }
}

/// Marks cursors of changes; no kind has this place.
const CHANGES: u8 = 0xc0;

pub(super) fn encode_change(database: u32, number: u64, key: RecordKey) -> String {
    let mut bytes = vec![CHANGES];
    bytes.extend(database.to_be_bytes());
    bytes.extend(number.to_be_bytes());
    bytes.extend(key.0.to_be_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn decode_change(cursor: &str, database: u32) -> Result<(u64, RecordKey), CursorError> {
    let bytes = bytes(cursor)?;
    let (mark, rest) = bytes.split_first().ok_or(CursorError::Malformed)?;
    let (given, rest) = rest.split_first_chunk::<4>().ok_or(CursorError::Malformed)?;
    let (number, rest) = rest.split_first_chunk::<8>().ok_or(CursorError::Malformed)?;
    let key: &[u8; 16] = rest.try_into().map_err(|_| CursorError::Malformed)?;
    if *mark != CHANGES {
        return Err(CursorError::OtherOrder);
    }
    if u32::from_be_bytes(*given) != database {
        return Err(CursorError::Unknown);
    }
    Ok((u64::from_be_bytes(*number), RecordKey(u128::from_be_bytes(*key))))
}

fn bytes(cursor: &str) -> Result<Vec<u8>, CursorError> {
    if cursor.len() > LONGEST {
        return Err(CursorError::Malformed);
    }
    URL_SAFE_NO_PAD.decode(cursor).map_err(|_| CursorError::Malformed)
}
