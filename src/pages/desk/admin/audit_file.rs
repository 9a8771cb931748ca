//! The audit log as a file, made piece by piece while it goes out.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::IntoResponse as _,
};
use futures_util::stream;

use super::{
    super::super::{
        answer::{Answer, Reply},
        visit::{Refusal, Visit},
    },
    audit::Sought,
};
use crate::{
    access::Role,
    export::{AuditFormat, AuditLog, ExportError},
};

/// `GET /fr/admin/audit/file?format=csv`.
pub(super) async fn file(visit: Arc<Visit>) -> Answer {
    visit.by(Role::Administrator)?;
    let (format, kind, name) = match visit.asked("format").as_deref() {
        Some("csv") => (AuditFormat::Csv, "text/csv; charset=utf-8", "attachment; filename=\"audit.csv\""),
        Some("jsonl") => {
            (AuditFormat::Lines, "application/jsonl; charset=utf-8", "attachment; filename=\"audit.jsonl\"")
        }
        _ => return Err(Refusal::NotFound),
    };
    let (hub, sought) = (visit.hub.clone(), Sought::of(&visit));
    let pieces = stream::try_unfold((AuditLog::new(format), hub, sought), |(mut log, hub, sought)| async move {
        let piece = log.next(hub.store(), &sought.wanted()).await?;
        Ok::<_, ExportError>(piece.map(|piece| (piece, (log, hub, sought))))
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(name)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok(Reply::Raw((headers, Body::from_stream(pieces)).into_response()))
}
