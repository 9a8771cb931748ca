//! What an answer with another status than the good one means. Of its body only the code of the problem is read,
//! within a small bound, and only if it has the form that the protocol gives to codes.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Response, Url};

use super::decode::Body;
use super::fault::{Fault, LONGEST_PAUSE};
use super::shape;

/// Most bytes of a problem that are read.
const MOST_PROBLEM: u64 = 64 << 10;

/// Longest time to read one: the status alone says enough.
const LONGEST_READ: Duration = Duration::from_secs(5);

/// Longest code of a problem.
const LONGEST_CODE: usize = 60;

/// Pause where the server asks for one without saying how long, in seconds.
const USUAL_PAUSE: u64 = 60;

/// The fault that an answer of a wrong status is.
pub(super) async fn of(response: Response, idle: Duration) -> Fault {
    let code = response.status().as_u16();
    match code {
        304 => Fault::Status { code, problem: None },
        300..=399 => Fault::Redirect { to: redirected_to(response.url(), response.headers()) },
        429 | 503 => {
            let seconds = pause(response.headers(), Timestamp::now());
            Fault::RetryLater { seconds, status: code, problem: problem(response, idle).await }
        }
        _ => Fault::Status { code, problem: problem(response, idle).await },
    }
}

fn redirected_to(asked: &Url, headers: &HeaderMap) -> Option<String> {
    let target = asked.join(headers.get(LOCATION)?.to_str().ok()?).ok()?;
    target.host_str().map(str::to_owned)
}

/// Seconds to wait by `Retry-After` (a number or a date), at most [`LONGEST_PAUSE`].
fn pause(headers: &HeaderMap, now: Timestamp) -> u64 {
    let text = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()).unwrap_or_default().trim();
    let seconds = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number too long to be read is a long pause too.
        text.parse().unwrap_or(LONGEST_PAUSE)
    } else {
        match rfc2822::DateTimeParser::new().parse_timestamp(text) {
            Ok(until) => u64::try_from(until.as_second().saturating_sub(now.as_second())).unwrap_or(0),
            Err(_) => USUAL_PAUSE,
        }
    };
    seconds.min(LONGEST_PAUSE)
}

/// The code in `type: urn:nmirf:problem:<code>`, if the answer is a problem of ours.
async fn problem(response: Response, idle: Duration) -> Option<String> {
    let kind = response.headers().get(CONTENT_TYPE)?.to_str().ok()?.to_ascii_lowercase();
    if kind.split(';').next().map(str::trim) != Some("application/problem+json") {
        return None;
    }
    let mut body = Body::of(response, MOST_PROBLEM, idle).ok()?;
    let text = tokio::time::timeout(LONGEST_READ.min(idle), body.whole()).await.ok()?.ok()?;
    let parsed = shape::parse(&text).ok()?;
    let code = parsed.get("type")?.as_str()?.strip_prefix("urn:nmirf:problem:")?;
    let right = (1..=LONGEST_CODE).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    right.then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_pause_is_read_from_seconds_or_a_date_and_is_bounded() {
        let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        let cases = [
            ("0", 0),
            ("120", 120),
            ("21600", LONGEST_PAUSE),
            ("21601", LONGEST_PAUSE),
            ("99999999999999999999999999", LONGEST_PAUSE),
            ("Tue, 24 Nov 2026 12:02:00 GMT", 120),
            ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
            ("Thu, 24 Nov 2050 12:00:00 GMT", LONGEST_PAUSE),
            ("-5", USUAL_PAUSE),
            ("1.5", USUAL_PAUSE),
            ("soon", USUAL_PAUSE),
            ("", USUAL_PAUSE),
        ];
        for (text, seconds) in cases {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
            assert_eq!(pause(&headers, now), seconds, "{text}");
        }
        assert_eq!(pause(&HeaderMap::new(), now), USUAL_PAUSE);
    }
}
