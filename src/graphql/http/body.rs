//! Reads a body of bounded size.

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;

/// A body that cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub enum BodyError {
    /// It is larger than allowed.
    TooLarge,
    /// The connection broke off.
    Broken,
}

// A client that is still sending would not read the answer: so much of a too large body is taken in and thrown away.
const DRAINED: usize = 16 << 20;

/// The whole body, or an error as soon as more than `limit` bytes have come; never more than that is held.
pub async fn read(mut body: Body, limit: usize) -> Result<Bytes, BodyError> {
    let mut first = Bytes::new();
    let mut all: Option<BytesMut> = None;
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| BodyError::Broken)?.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length > limit {
            drain(body, length).await;
            return Err(BodyError::TooLarge);
        }
        match &mut all {
            Some(all) => all.extend_from_slice(&data),
            None if first.is_empty() => first = data,
            None => {
                let mut joined = BytesMut::with_capacity(length.saturating_mul(2).min(limit));
                joined.extend_from_slice(&first);
                joined.extend_from_slice(&data);
                all = Some(joined);
            }
        }
    }
    Ok(all.map_or(first, BytesMut::freeze))
}

async fn drain(mut body: Body, mut length: usize) {
    while length < DRAINED {
        match body.frame().await {
            Some(Ok(frame)) => length = length.saturating_add(frame.data_ref().map_or(0, Bytes::len)),
            _ => return,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::convert::Infallible;

    use futures_util::stream;

    use super::*;

    fn in_pieces(pieces: &'static [&'static str]) -> Body {
        Body::from_stream(stream::iter(pieces.iter().map(|piece| Ok::<_, Infallible>(*piece))))
    }

    #[tokio::test]
    async fn pieces_are_joined() {
        assert_eq!(read(in_pieces(&["ab", "c", "def"]), 6).await, Ok(Bytes::from("abcdef")));
        assert_eq!(read(Body::empty(), 6).await, Ok(Bytes::new()));
    }

    #[tokio::test]
    async fn a_larger_body_is_refused() {
        assert_eq!(read(in_pieces(&["ab", "c", "def"]), 5).await, Err(BodyError::TooLarge));
        assert_eq!(read(Body::from("abcdef"), 5).await, Err(BodyError::TooLarge));
    }
}
