//! The body of an answer, decoded here and not by the client library, since its zstd keeps no bound on the window.
//! Bytes on the wire, decoded bytes and silence are bounded while reading; at no time more than one block is held.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_compression::tokio::bufread::{GzipDecoder, ZstdDecoder};
use async_compression::zstd::DParameter;
use bytes::Bytes;
use futures_util::stream;
use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};
use tokio_util::io::StreamReader;

use super::fault::{Fault, Waited};

/// zstd windows up to 8 MiB (protocol §5).
const WINDOW_LOG: u32 = 23;

/// Size of the blocks in which a body is read.
const BLOCK: usize = 32 << 10;

/// What a wire may carry beyond the decoded bound: headers of the encoding and blocks that do not compress.
const WIRE_SLACK: u64 = 64 << 10;

type Wire = Pin<Box<dyn AsyncBufRead + Send>>;

enum Source {
    Plain(Wire),
    Gzip(Box<GzipDecoder<Wire>>),
    Zstd(Box<ZstdDecoder<Wire>>),
}

/// A body that is being read.
pub(super) struct Body {
    source: Source,
    block: Box<[u8]>,
    /// Decoded bytes that may still come.
    left: u64,
    wire: Arc<AtomicU64>,
}

impl Body {
    /// Reads at most `most` decoded bytes of `response`, and never waits longer than `idle` for the next one.
    pub(super) fn of(response: Response, most: u64, idle: Duration) -> Result<Body, Fault> {
        let encoding = Encoding::of(response.headers())?;
        if encoding == Encoding::Identity && response.content_length().is_some_and(|length| length > most) {
            return Err(Fault::TooLarge);
        }
        let wire = Arc::new(AtomicU64::new(0));
        let raw = raw(response, idle, most.saturating_add(WIRE_SLACK), Arc::clone(&wire));
        let source = match encoding {
            Encoding::Identity => Source::Plain(raw),
            Encoding::Gzip => Source::Gzip(Box::new(GzipDecoder::new(raw))),
            Encoding::Zstd => {
                Source::Zstd(Box::new(ZstdDecoder::with_params(raw, &[DParameter::window_log_max(WINDOW_LOG)])))
            }
        };
        Ok(Body { source, block: vec![0; BLOCK].into(), left: most, wire })
    }

    /// The next decoded bytes; none at the proper end.
    pub(super) async fn block(&mut self) -> Result<Option<&[u8]>, Fault> {
        let read = match &mut self.source {
            Source::Plain(raw) => raw.read(&mut self.block).await,
            Source::Gzip(decoder) => decoder.read(&mut self.block).await,
            Source::Zstd(decoder) => decoder.read(&mut self.block).await,
        };
        let length = read.map_err(fault_of)?;
        if length == 0 {
            self.check_end().await?;
            return Ok(None);
        }
        self.left = self.left.checked_sub(length as u64).ok_or(Fault::TooLarge)?;
        Ok(Some(&self.block[..length]))
    }

    /// The whole body.
    pub(super) async fn whole(&mut self) -> Result<Vec<u8>, Fault> {
        let mut all = Vec::new();
        while let Some(block) = self.block().await? {
            all.extend_from_slice(block);
        }
        Ok(all)
    }

    /// Bytes of the body that came over the wire so far, before decoding.
    pub(super) fn wire_bytes(&self) -> u64 {
        self.wire.load(Ordering::Relaxed)
    }

    /// After the end of a compressed stream nothing may follow: what does was not counted by whoever sent it.
    async fn check_end(&mut self) -> Result<(), Fault> {
        let rest = match &mut self.source {
            Source::Plain(_) => return Ok(()),
            Source::Gzip(decoder) => decoder.get_mut().fill_buf().await,
            Source::Zstd(decoder) => decoder.get_mut().fill_buf().await,
        };
        if rest.map_err(fault_of)?.is_empty() { Ok(()) } else { Err(Fault::ContentEncoding) }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Identity,
    Gzip,
    Zstd,
}

impl Encoding {
    fn of(headers: &HeaderMap) -> Result<Encoding, Fault> {
        let mut given = headers.get_all(CONTENT_ENCODING).iter();
        let Some(first) = given.next() else { return Ok(Encoding::Identity) };
        if given.next().is_some() {
            return Err(Fault::ContentEncoding);
        }
        match first.to_str().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "identity" => Ok(Encoding::Identity),
            "gzip" => Ok(Encoding::Gzip),
            "zstd" => Ok(Encoding::Zstd),
            _ => Err(Fault::ContentEncoding),
        }
    }
}

/// The bytes as they come over the wire. Faults travel inside `io::Error`, through the decoders.
fn raw(response: Response, idle: Duration, most: u64, count: Arc<AtomicU64>) -> Wire {
    let announced = response.content_length();
    let blocks = stream::try_unfold(response, move |mut response| {
        let count = Arc::clone(&count);
        async move {
            let block = tokio::time::timeout(idle, response.chunk())
                .await
                .map_err(|_| io::Error::other(Fault::Timeout(Waited::Byte)))?
                .map_err(|_| io::Error::other(Fault::Truncated))?;
            let Some(block): Option<Bytes> = block else {
                // Over HTTP/2 the client takes some kinds of reset streams for a proper end.
                let whole = announced.is_none_or(|length| length == count.load(Ordering::Relaxed));
                return if whole { Ok(None) } else { Err(io::Error::other(Fault::Truncated)) };
            };
            let length = block.len() as u64;
            if count.fetch_add(length, Ordering::Relaxed) + length > most {
                return Err(io::Error::other(Fault::TooLarge));
            }
            Ok(Some((block, response)))
        }
    });
    Box::pin(StreamReader::new(Box::pin(blocks)))
}

/// Our own faults come back as they are; an early end is told apart from a stream that is wrong.
fn fault_of(error: io::Error) -> Fault {
    let early = error.kind() == io::ErrorKind::UnexpectedEof;
    match error.into_inner().map(|inner| inner.downcast::<Fault>()) {
        Some(Ok(fault)) => *fault,
        _ if early => Fault::Truncated,
        _ => Fault::ContentEncoding,
    }
}
