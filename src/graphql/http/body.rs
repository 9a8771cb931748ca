//! Reads a body of bounded size.

use axum::body::{Body, HttpBody};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use tokio::sync::{Semaphore, SemaphorePermit};

/// A body that cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub enum BodyError {
    /// It is larger than allowed.
    TooLarge,
    /// Too much of others is held already.
    Crowded,
    /// The connection broke off.
    Broken,
}

// A client that is still sending would not read the answer: so much of a too large body is taken in and thrown away.
const DRAINED: usize = 16 << 20;

/// How much of bodies that are still coming is held in all, in KiB. A client that sends slowly holds what it has sent;
/// without this bound many of them, none of whom has been looked at, could fill the memory.
pub struct Room(Semaphore);

impl Default for Room {
    fn default() -> Self {
        Self::of(64 << 10)
    }
}

impl Room {
    fn of(kibibytes: usize) -> Self {
        Self(Semaphore::new(kibibytes))
    }

    /// The whole body, or an error as soon as more than `limit` bytes have come; never more than that is held.
    pub async fn read(&self, mut body: Body, limit: usize) -> Result<Held<'_>, BodyError> {
        let mut held = Held { bytes: Bytes::new(), room: None };
        let mut all = BytesMut::new();
        let mut length = 0_usize;
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| BodyError::Broken)?.into_data() else { continue };
            length = length.saturating_add(data.len());
            if length > limit {
                drop(held);
                drain(body, length).await;
                return Err(BodyError::TooLarge);
            }
            if all.is_empty() && body.is_end_stream() {
                // Most bodies come in one piece: that is neither copied nor counted.
                held.bytes = data;
                return Ok(held);
            }
            let more = u32::try_from(length.div_ceil(1024) - all.len().div_ceil(1024)).unwrap_or(u32::MAX);
            let room = self.0.try_acquire_many(more).map_err(|_| BodyError::Crowded)?;
            match &mut held.room {
                Some(taken) => taken.merge(room),
                none => *none = Some(room),
            }
            all.extend_from_slice(&data);
        }
        held.bytes = all.freeze();
        Ok(held)
    }
}

/// A body, with the room that it takes.
pub struct Held<'a> {
    bytes: Bytes,
    room: Option<SemaphorePermit<'a>>,
}

impl std::ops::Deref for Held<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
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

    async fn read(body: Body, limit: usize) -> Result<Vec<u8>, BodyError> {
        Room::default().read(body, limit).await.map(|held| held.to_vec())
    }

    #[tokio::test]
    async fn pieces_are_joined() {
        assert_eq!(read(in_pieces(&["ab", "c", "def"]), 6).await.unwrap(), b"abcdef");
        assert_eq!(read(Body::from("abcdef"), 6).await.unwrap(), b"abcdef");
        assert_eq!(read(Body::empty(), 6).await.unwrap(), b"");
    }

    #[tokio::test]
    async fn a_larger_body_is_refused() {
        assert_eq!(read(in_pieces(&["ab", "c", "def"]), 5).await, Err(BodyError::TooLarge));
        assert_eq!(read(Body::from("abcdef"), 5).await, Err(BodyError::TooLarge));
    }

    #[tokio::test]
    async fn what_is_held_of_all_bodies_together_is_bounded_until_they_are_let_go() {
        let room = Room::of(2);
        let held = room.read(in_pieces(&["ab", "c"]), 5).await.unwrap();
        let other = room.read(in_pieces(&["ab", "c"]), 5).await.unwrap();
        assert_eq!(room.read(in_pieces(&["ab", "c"]), 5).await.err(), Some(BodyError::Crowded));
        assert_eq!(&*room.read(Body::from("whole"), 5).await.unwrap(), b"whole", "what is there needs no waiting");
        drop((held, other));
        assert_eq!(&*room.read(in_pieces(&["ab", "c"]), 5).await.unwrap(), b"abc");
    }
}
