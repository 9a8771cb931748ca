//! `/export/{kind}.{csv,xlsx,jsonl}`: every record that an address finds.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{Path, RawQuery, Request, State},
    http::{Method, header},
    response::Response,
};
use futures_util::stream;

use super::{
    Exports,
    bodies::ExportError,
    moment::{self, Moment},
    name,
    pieces::{Pieces, Writer},
    workbook,
};
use crate::{
    address::Address,
    catalog::Published,
    federation::serve::{
        bounded::Turn,
        problem::{Code, Problem},
    },
    record::{Kind, LanguageTag},
    table::Plan,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Answers.
pub(super) async fn answer(
    State(exports): State<Arc<Exports>>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Response, Problem> {
    let (kind, ending) = name::read(&file, &["csv", "xlsx", "jsonl"])?;
    let (address, own) = Address::parse_with(kind, query.as_deref().unwrap_or_default(), &["in"])?;
    let language = moment::language(&own, "in")?;
    if ending == "jsonl" && language.is_some() {
        return Err(Problem::bad_request("in: JSON Lines have every language of a text; `in` is for tables"));
    }
    let moment = Moment::open(&exports.hub, request.headers(), language.clone()).await?;
    let asked = format!("{file}?{address}&in={}", language.as_ref().map_or("", LanguageTag::as_str));
    let etag = moment.etag(&asked, Some(&address));
    if moment.is_held(request.headers(), etag.as_deref()) {
        return Ok(moment.not_modified(etag.as_deref()));
    }
    let content_type = match ending {
        "csv" => "text/csv; charset=utf-8; header=present",
        "xlsx" => XLSX,
        _ => "application/jsonl; charset=utf-8",
    };
    let name = format!("attachment; filename=\"{}-{}.{ending}\"", kind.plural(), moment.today);
    let head = moment.answer(content_type, etag.as_deref()).header(header::CONTENT_DISPOSITION, name);
    if request.method() == Method::HEAD {
        return moment::without_body(head);
    }
    let turn = exports.turns.turn(request.extensions()).await?;
    let (records, moment) = found(moment, address).await?;
    let body = match ending {
        "xlsx" => book(&exports, kind, language, &moment, records, turn).await?,
        "csv" => {
            let (plan, records) = planned(kind, language, &moment, records).await?;
            stream(Pieces::new(exports.hub.clone(), Writer::Csv(plan), records), turn)
        }
        _ => stream(Pieces::new(exports.hub.clone(), Writer::Lines, records), turn),
    };
    moment::end(head, body)
}

/// What the address finds, beside the async threads.
pub(super) async fn found(moment: Moment, address: Address) -> Result<(Vec<Arc<Published>>, Moment), Problem> {
    let find = move || {
        let reader = moment.hub.index().reader();
        let records = address.records(&moment.snapshot, reader.as_deref(), moment.looking())?;
        let records = records.into_iter().cloned().collect();
        Ok((records, moment))
    };
    tokio::task::spawn_blocking(find).await.unwrap_or_else(|fault| Err(failed(ExportError::Failed(fault.to_string()))))
}

async fn planned(
    kind: Kind,
    language: Option<LanguageTag>,
    moment: &Moment,
    records: Vec<Arc<Published>>,
) -> Result<(Plan, Vec<Arc<Published>>), Problem> {
    if let Some(language) = language {
        return Ok((Plan::in_language(kind, language, &moment.languages), records));
    }
    let plan = move || (Plan::whole(kind, records.iter().map(|record| &*record.record)), records);
    tokio::task::spawn_blocking(plan).await.map_err(|fault| failed(ExportError::Failed(fault.to_string())))
}

async fn book(
    exports: &Exports,
    kind: Kind,
    language: Option<LanguageTag>,
    moment: &Moment,
    records: Vec<Arc<Published>>,
    turn: Turn,
) -> Result<Body, Problem> {
    let Ok(_place) = exports.workbooks.try_acquire() else {
        return Err(Problem::overloaded("other workbooks are being made: CSV is written at once"));
    };
    let sheet = planned(kind, language, moment, records).await?;
    let bytes = workbook(&exports.hub, vec![sheet]).await.map_err(failed)?;
    Ok(crate::federation::serve::bounded::body(Bytes::from(bytes), turn))
}

/// Goes out as it is taken: what nobody takes is never read, and a client that goes away ends it.
fn stream(pieces: Pieces, turn: Turn) -> Body {
    Body::from_stream(stream::try_unfold((pieces, turn), |(mut pieces, turn)| async move {
        turn.check().map_err(|_| ExportError::TooSlow)?;
        let piece = pieces.next().await.inspect_err(|fault| tracing::error!("a download was broken off: {fault}"))?;
        Ok::<_, ExportError>(piece.map(|piece| (Bytes::from(piece), (pieces, turn))))
    }))
}

/// What went wrong is for the log; who asked is told what he can do.
pub(super) fn failed(fault: ExportError) -> Problem {
    match fault {
        ExportError::Store(fault) => fault.into(),
        ExportError::TooLarge(_) => Problem::new(Code::TooLarge, fault.to_string()),
        _ => {
            tracing::error!("a download failed: {fault}");
            Problem::new(Code::Internal, "this request met a fault of the program")
        }
    }
}
