//! Empty tables to be filled in, with the languages of this hub.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, header},
    response::IntoResponse as _,
};

use super::super::{
    super::{
        answer::{Answer, Reply},
        visit::{Refusal, Visit},
    },
    fields::KINDS,
};
use crate::{
    access::Role,
    export::{example, template_csv, template_workbook},
    record::Kind,
    table::Plan,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `GET /workbench/import/template/{file}`: `practices.xlsx`.
pub(in crate::pages::workbench) async fn send(visit: Arc<Visit>) -> Answer {
    visit.by(Role::Contributor)?;
    let (plural, ending) = visit.param("file").rsplit_once('.').ok_or(Refusal::NotFound)?;
    let kind: Kind = KINDS.into_iter().find(|kind| kind.plural() == plural).ok_or(Refusal::NotFound)?;
    let plan = Plan::template(kind, visit.hub.languages());
    let instance = &visit.hub.config().instance;
    let (content_type, made) = match ending {
        "csv" => ("text/csv; charset=utf-8; header=present", template_csv(&plan, instance)),
        "xlsx" => {
            let filled = example(&plan, instance);
            let made = tokio::task::spawn_blocking(move || template_workbook(&plan, &filled)).await;
            (XLSX, made.map_err(|fault| crate::export::ExportError::Failed(fault.to_string())).and_then(|made| made))
        }
        _ => return Err(Refusal::NotFound),
    };
    let bytes = made.map_err(|fault| {
        tracing::error!("a template could not be made: {fault}");
        Refusal::Fault
    })?;
    let name = format!("attachment; filename=\"{plural}-template.{ending}\"");
    let name = HeaderValue::from_str(&name).map_err(|_| Refusal::NotFound)?;
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(content_type)), (header::CONTENT_DISPOSITION, name)];
    Ok(Reply::Raw((headers, bytes).into_response()))
}
