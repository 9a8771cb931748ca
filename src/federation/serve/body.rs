//! Reading the body of a request within bounds: of size, while it is read, and of time.

use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use super::problem::{Code, Problem};

/// How long a request's body may take.
const SLOWEST: Duration = Duration::from_secs(30);

/// The whole body, at most `most` bytes: 413 as soon as more has come, 408 after 30 seconds.
pub async fn read(body: Body, most: usize) -> Result<Bytes, Problem> {
    let too_large = || Problem::new(Code::TooLarge, format!("the body of this request may have {most} bytes at most"));
    if axum::body::HttpBody::size_hint(&body).lower() > u64::try_from(most).unwrap_or(u64::MAX) {
        return Err(too_large());
    }
    match tokio::time::timeout(SLOWEST, Limited::new(body, most).collect()).await {
        Err(_) => Err(Problem::new(Code::TooSlow, "the body of the request did not come within 30 seconds")),
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(fault)) if fault.is::<LengthLimitError>() => Err(too_large()),
        Ok(Err(_)) => Err(Problem::bad_request("the body of the request broke off")),
    }
}
