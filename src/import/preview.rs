//! What an import would do, row by row, before anything is written.

use super::{Effect, Fault, Place, Prepared, Present, Row, publications_of};
use crate::hub::Hub;
use crate::journal::publish::Publication;
use crate::journal::revision::Act;
use crate::record::{Kind, Sub};
use crate::store::StoreError;

/// What would become of one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowPreview {
    /// Where it stands.
    pub place: Place,
    /// The record that it is about; none of a row that is refused.
    pub record: Option<Sub>,
    /// Its title in the first language of the row; none where it has none, or is refused.
    pub title: Option<String>,
    /// What would happen.
    pub outcome: Outcome,
}

/// What would happen to a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It would be published, or stand as it stands.
    Taken(Effect),
    /// It cannot be published.
    Refused {
        /// The column that is wrong, of a row of a table.
        column: Option<String>,
        /// Why, in one sentence.
        reason: String,
    },
}

/// What an import would do.
#[derive(Debug, Default)]
pub struct Preview {
    /// Every row, in the order of the file.
    pub rows: Vec<RowPreview>,
    /// What can be published, in the same order: for `Hub::publish`, whose outcome may still differ if somebody publishes
    /// in between.
    pub publications: Vec<(Place, Publication)>,
    /// Rows that cannot be published.
    pub faults: Vec<Fault>,
}

/// Holds rows against the rules of this instance and against what it has published. Nothing is written.
///
/// # Errors
/// The database.
pub async fn preview(hub: &Hub, kind: Option<Kind>, rows: Vec<Result<Row, Fault>>) -> Result<Preview, StoreError> {
    let mut prepared = publications_of(hub, kind, rows).await;
    let present = Present::read(hub).await?;
    present.check(&mut prepared);
    let Prepared { publications, faults } = prepared;
    let effects = present.effects(hub, &publications).await?;
    let taken = publications.iter().zip(effects).map(|((place, publication), effect)| RowPreview {
        place: *place,
        record: Some(publication.sub.clone()),
        title: title(publication),
        outcome: Outcome::Taken(effect),
    });
    let refused = faults.iter().map(|fault| RowPreview {
        place: fault.place,
        record: None,
        title: None,
        outcome: Outcome::Refused { column: fault.column.clone(), reason: fault.reason.clone() },
    });
    let mut rows: Vec<RowPreview> = taken.chain(refused).collect();
    rows.sort_by_key(|row| row.place);
    Ok(Preview { rows, publications, faults })
}

fn title(publication: &Publication) -> Option<String> {
    let Act::Put { body } = &publication.act else { return None };
    let texts = body.get("title").or_else(|| body.get("name"))?.as_object()?;
    texts.values().next()?.as_str().map(str::to_owned)
}
