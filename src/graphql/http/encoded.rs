//! One body with its compressed forms, each made once, when it is first wanted, and not again for each client. What is
//! not compressed here leaves that to the layer around all doors.

use async_compression::tokio::write::{GzipEncoder, ZstdEncoder};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use tokio::{io::AsyncWriteExt as _, sync::OnceCell};

use super::language::quality;

// Smaller ones fit one packet as they are.
const SMALL: usize = 1024;

/// A body.
pub struct Encoded {
    plain: Bytes,
    gzip: OnceCell<Option<Bytes>>,
    zstd: OnceCell<Option<Bytes>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Gzip,
    Zstd,
}

impl Encoded {
    /// A body as it is.
    pub fn new(plain: Bytes) -> Self {
        Self { plain, gzip: OnceCell::new(), zstd: OnceCell::new() }
    }

    /// What it may come to hold: a form is only kept that is less than half of the body.
    pub fn most_bytes(&self) -> usize {
        self.plain.len().saturating_mul(2)
    }

    /// The form that a client wants most, with the value of Content-Encoding for it.
    pub async fn wanted(&self, headers: &HeaderMap) -> (Bytes, Option<HeaderValue>) {
        if self.plain.len() > SMALL
            && let Some(coding) = wanted(headers)
        {
            let form = match coding {
                Coding::Gzip => &self.gzip,
                Coding::Zstd => &self.zstd,
            };
            if let Some(bytes) = form.get_or_init(|| compressed(coding, self.plain.clone())).await {
                return (bytes.clone(), Some(coding.header()));
            }
        }
        (self.plain.clone(), None)
    }
}

impl Coding {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Coding::Gzip => "gzip",
            Coding::Zstd => "zstd",
        })
    }
}

/// Of the two the one with the greater quality, zstd where both are alike; none where neither is named.
fn wanted(headers: &HeaderMap) -> Option<Coding> {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut best: Option<(u16, Coding)> = None;
    for range in values.flat_map(|value| value.split(',')) {
        let (name, parameter) = range.split_once(';').map_or((range, None), |(name, rest)| (name, Some(rest)));
        let coding = match name.trim() {
            name if name.eq_ignore_ascii_case("zstd") => Coding::Zstd,
            name if name.eq_ignore_ascii_case("gzip") => Coding::Gzip,
            _ => continue,
        };
        let wish = match parameter.map(|parameter| parameter.trim().trim_start_matches(['q', 'Q', '='])) {
            None => 1000,
            Some(text) => quality(text).unwrap_or(0),
        };
        let better = best.is_none_or(|(most, _)| wish > most || (wish == most && coding == Coding::Zstd));
        if wish > 0 && better {
            best = Some((wish, coding));
        }
    }
    best.map(|(_, coding)| coding)
}

/// None when it would not be worth it, or it fails.
async fn compressed(coding: Coding, plain: Bytes) -> Option<Bytes> {
    let most = plain.len() / 2;
    let runtime = tokio::runtime::Handle::current();
    let work = move || runtime.block_on(compress(coding, &plain));
    let bytes = tokio::task::spawn_blocking(work).await.ok()?.ok()?;
    (bytes.len() < most).then(|| bytes.into())
}

async fn compress(coding: Coding, plain: &[u8]) -> std::io::Result<Vec<u8>> {
    match coding {
        Coding::Gzip => {
            let mut encoder = GzipEncoder::new(Vec::new());
            encoder.write_all(plain).await?;
            encoder.shutdown().await?;
            Ok(encoder.into_inner())
        }
        Coding::Zstd => {
            let mut encoder = ZstdEncoder::new(Vec::new());
            encoder.write_all(plain).await?;
            encoder.shutdown().await?;
            Ok(encoder.into_inner())
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use async_compression::tokio::write::{GzipDecoder, ZstdDecoder};

    use super::*;

    fn accepting(value: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn the_wanted_form_is_chosen() {
        for (accept, expected) in [
            ("gzip, deflate, br, zstd", Some(Coding::Zstd)),
            ("gzip, deflate", Some(Coding::Gzip)),
            ("zstd;q=0.5, gzip;q=0.8", Some(Coding::Gzip)),
            ("zstd;q=0, GZIP", Some(Coding::Gzip)),
            ("gzip;q=0", None),
            ("gzip;x", None),
            ("br, identity", None),
            ("", None),
        ] {
            assert_eq!(wanted(&accepting(accept)), expected, "{accept}");
        }
    }

    #[tokio::test]
    async fn each_form_holds_the_same() {
        let plain = Bytes::from("a practice ".repeat(1000));
        let body = Encoded::new(plain.clone());
        let (zipped, coding) = body.wanted(&accepting("gzip")).await;
        assert_eq!(coding.unwrap(), "gzip");
        let mut decoder = GzipDecoder::new(Vec::new());
        decoder.write_all(&zipped).await.unwrap();
        decoder.shutdown().await.unwrap();
        assert_eq!(decoder.into_inner(), plain);
        let (zipped, coding) = body.wanted(&accepting("zstd")).await;
        assert_eq!(coding.unwrap(), "zstd");
        let mut decoder = ZstdDecoder::new(Vec::new());
        decoder.write_all(&zipped).await.unwrap();
        decoder.shutdown().await.unwrap();
        assert_eq!(decoder.into_inner(), plain);
        let again = body.wanted(&accepting("zstd")).await.0;
        assert_eq!(again.as_ptr(), zipped.as_ptr(), "it was made twice");
        assert_eq!(body.wanted(&accepting("identity")).await, (plain, None));
        let small = Encoded::new(Bytes::from_static(b"{}"));
        assert_eq!(small.wanted(&accepting("gzip")).await, (Bytes::from_static(b"{}"), None));
    }
}
