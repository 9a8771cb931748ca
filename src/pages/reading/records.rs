//! What every record has besides its page, whatever its kind: the address to cite, the signed form, references.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};

use super::super::{
    answer::{Answer, Reply},
    parts::{asked, cite::Citation, entry},
    visit::{Refusal, Visit},
};
use crate::{catalog::Published, journal::read, record::Audience, store::StoreError};

/// `/id/{id}`: 303 to the page in the reader's language.
pub(super) fn by_id(visit: &Visit) -> Answer {
    let record = asked::record(visit, None)?;
    Ok(Reply::Go(visit.path(&entry::path(record)), Vec::new()))
}

/// `/id/{id}/jws`: the present revision as its origin signed it.
pub(super) async fn jws(visit: Arc<Visit>) -> Answer {
    let record = match asked::record(&visit, None) {
        Ok(record) => record.clone(),
        // The signed form is that of one record alone.
        Err(Refusal::Elsewhere(_)) => return Err(Refusal::Gone(visit.key()?)),
        Err(refusal) => return Err(refusal),
    };
    let Some(jws) = signed(&visit, &record).await? else { return Err(Refusal::Busy(5)) };
    let name = format!("inline; filename=\"{}.jws\"", record.key);
    Ok(Reply::Raw(file(&visit, &record, "application/jose", &name, jws)))
}

/// The signed form of the present revision; none when it was erased or replaced a moment ago.
pub(super) async fn signed(visit: &Visit, record: &Published) -> Result<Option<String>, StoreError> {
    let (journal, digest) = (record.revision.journal.cast_signed(), [record.revision.digest]);
    let found = read::revisions(visit.hub.store(), journal, &digest).await?;
    Ok(found.into_iter().next().map(|(_, jws)| jws))
}

/// `/fr/records/{id}/cite/{file}`: a reference as a file, by its ending.
pub(super) fn cite(visit: &Visit) -> Answer {
    let record = asked::record(visit, None)?;
    let citation = Citation::of(visit, record);
    let (content_type, text, ending) = match visit.param("file").rsplit_once('.').map(|(_, ending)| ending) {
        Some("bib") => ("application/x-bibtex; charset=utf-8", citation.bibtex(), "bib"),
        Some("ris") => ("application/x-research-info-systems; charset=utf-8", citation.ris(), "ris"),
        Some("json") => ("application/vnd.citationstyles.csl+json", citation.json().to_string(), "json"),
        _ => return Err(Refusal::NotFound),
    };
    let name = format!("attachment; filename=\"{}-{}.{ending}\"", record.kind.as_str(), record.key);
    Ok(Reply::Raw(file(visit, record, content_type, &name, text)))
}

fn file(visit: &Visit, record: &Published, content_type: &'static str, name: &str, text: String) -> Response {
    let is_open = visit.person.is_none() && record.audience == Audience::Public;
    let cache = if is_open { "no-cache" } else { "private, no-store" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(name).unwrap_or(HeaderValue::from_static("attachment"))),
    ];
    (StatusCode::OK, headers, text).into_response()
}
