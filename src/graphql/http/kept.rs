//! Whole answers, kept as bytes for whoever asks the same: the same document, operation, variables and languages, of the
//! same moment, by nobody in particular. What somebody signed in may read, what is true for this second only, and what
//! failed is never here.
//!
//! Two steps, so that a hit costs two look-ups: from the request as it came (its bytes, and its languages) to what it
//! asks, which is the same at every moment, and from there to the answer of this moment. One answer so serves GET and
//! POST, and however the JSON is written.

use std::sync::Arc;

use axum::response::Response;
use bytes::Bytes;
use http::{HeaderValue, Method, header, request::Parts};
use moka::sync::Cache;

use super::{
    answer::{self, Keeping, Whole},
    encoded::Encoded,
    etag::{self, Digest},
    media::MediaType,
};

// Of the memory for answers, what goes to requests: a look-up is two digests and what the cache keeps of it.
const SHARE_OF_REQUESTS: u64 = 8;
const BYTES_OF_REQUEST: u64 = 200;
const BYTES_OF_ANSWER: u32 = 500;
// One answer does not push out all others.
const SHARE_OF_ONE: u64 = 8;

/// The answers of one endpoint. Who is asked for most stays; a flood of questions asked once pushes nothing out (TinyLFU).
pub struct Kept {
    requests: Cache<Digest, Digest>,
    answers: Cache<Digest, Arc<KeptAnswer>>,
    largest: u64,
}

/// Where the answer to one request may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Of the request as it came.
    request: Digest,
    /// The moment.
    seed: String,
}

/// One answer with all that its headers need.
pub struct KeptAnswer {
    seed: String,
    tag: HeaderValue,
    encoded: Encoded,
}

impl Kept {
    /// Keeps about so many bytes; none where that is nothing.
    pub fn new(bytes: u64) -> Option<Self> {
        if bytes == 0 {
            return None;
        }
        let for_requests = bytes / SHARE_OF_REQUESTS;
        let weigh = |_: &Digest, answer: &Arc<KeptAnswer>| answer.weight();
        Some(Self {
            requests: Cache::new(for_requests / BYTES_OF_REQUEST),
            answers: Cache::builder().max_capacity(bytes - for_requests).weigher(weigh).build(),
            largest: bytes / SHARE_OF_ONE,
        })
    }

    /// Where the answer to a request of this moment may be. `text`: the body, or the query of the address.
    pub fn place(method: &Method, text: &[u8], languages: &[String], seed: String) -> Place {
        let by_post: &[u8] = if *method == Method::POST { b"post" } else { b"get" };
        let languages = languages.iter().map(String::as_bytes);
        Place { request: etag::digest([by_post, text].into_iter().chain(languages)), seed }
    }

    /// The answer to a request, if it was answered at this moment before.
    pub fn at(&self, place: &Place) -> Option<Arc<KeptAnswer>> {
        self.of(&self.requests.get(&place.request)?, &place.seed)
    }

    /// The answer to what a request was found to ask (see [`etag::question`]); from now on it is found by [`Kept::at`].
    pub fn of_question(&self, place: &Place, question: Digest, seed: &str) -> Option<Arc<KeptAnswer>> {
        let answer = self.of(&question, seed)?;
        self.requests.insert(place.request, question);
        Some(answer)
    }

    fn of(&self, question: &Digest, seed: &str) -> Option<Arc<KeptAnswer>> {
        // The moment is no part of the key: what is asked for often keeps its standing when something changes.
        self.answers.get(question).filter(|answer| answer.seed == seed)
    }

    /// Keeps an answer; not one so large that it would push out many.
    pub fn keep(&self, place: &Place, question: Digest, seed: String, bytes: Bytes) {
        let Some(tag) = etag::weak(&seed, &question) else { return };
        let answer = KeptAnswer { seed, tag, encoded: Encoded::new(bytes) };
        if u64::from(answer.weight()) <= self.largest {
            self.requests.insert(place.request, question);
            self.answers.insert(question, Arc::new(answer));
        }
    }
}

impl KeptAnswer {
    fn weight(&self) -> u32 {
        u32::try_from(self.encoded.most_bytes()).unwrap_or(u32::MAX).saturating_add(BYTES_OF_ANSWER)
    }

    /// Writes it for one client.
    pub async fn write(&self, media: MediaType, parts: &Parts) -> Response {
        let by_post = parts.method == Method::POST;
        if !by_post && etag::matches(&parts.headers, &self.tag) {
            return answer::not_modified(self.tag.clone());
        }
        let keeping = Keeping::AskAgain((!by_post).then(|| self.tag.clone()));
        let (bytes, coding) = self.encoded.wanted(&parts.headers).await;
        let mut response = Whole::of(bytes).respond(media, keeping);
        if let Some(coding) = coding {
            response.headers_mut().insert(header::CONTENT_ENCODING, coding);
        }
        response
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn place(method: &Method, text: &str, languages: &[&str], seed: &str) -> Place {
        let languages: Vec<String> = languages.iter().map(|tag| (*tag).to_owned()).collect();
        Kept::place(method, text.as_bytes(), &languages, seed.to_owned())
    }

    fn question(text: &str) -> Digest {
        etag::digest([text.as_bytes()])
    }

    #[test]
    fn an_answer_is_found_at_its_moment_alone() {
        let kept = Kept::new(1 << 20).unwrap();
        let asked = place(&Method::POST, "{ a }", &["en"], "7");
        assert!(kept.at(&asked).is_none());
        kept.keep(&asked, question("{ a }"), "7".to_owned(), Bytes::from_static(b"1"));
        assert!(kept.at(&asked).is_some());
        for other in [
            place(&Method::POST, "{ a }", &["en"], "8"),
            place(&Method::POST, "{ a }", &["fr"], "7"),
            place(&Method::POST, "{ a }", &["en", "fr"], "7"),
            place(&Method::POST, "{ a }en", &[], "7"),
            place(&Method::POST, "{ b }", &["en"], "7"),
            place(&Method::GET, "{ a }", &["en"], "7"),
        ] {
            assert!(kept.at(&other).is_none(), "{other:?}");
        }
        let by_get = place(&Method::GET, "query={a}", &["en"], "7");
        assert!(kept.of_question(&by_get, question("{ a }"), "8").is_none());
        assert!(kept.of_question(&by_get, question("{ a }"), "7").is_some());
        assert!(kept.at(&by_get).is_some());
        kept.keep(&asked, question("{ a }"), "8".to_owned(), Bytes::from_static(b"2"));
        assert!(kept.at(&asked).is_none(), "the moment before is gone");
    }

    #[test]
    fn the_memory_is_bounded() {
        assert!(Kept::new(0).is_none());
        let kept = Kept::new(100_000).unwrap();
        for number in 0..1000 {
            let text = number.to_string();
            let asked = place(&Method::POST, &text, &[], "7");
            kept.keep(&asked, question(&text), "7".to_owned(), Bytes::from(vec![b'x'; 1000]));
        }
        kept.answers.run_pending_tasks();
        kept.requests.run_pending_tasks();
        assert!(kept.answers.weighted_size() <= 100_000, "{}", kept.answers.weighted_size());
        assert!(kept.requests.entry_count() <= 100_000 / SHARE_OF_REQUESTS / BYTES_OF_REQUEST);
        assert!(kept.answers.entry_count() > 0);
        let large = place(&Method::POST, "large", &[], "7");
        kept.keep(&large, question("large"), "7".to_owned(), Bytes::from(vec![b'x'; 50_000]));
        assert!(kept.at(&large).is_none());
    }
}
