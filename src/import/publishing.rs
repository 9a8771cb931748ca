//! Publishing what a file says: all of it or nothing, with one line of the audit log that names the records.

use std::sync::Arc;

use crate::audit::{self, Actor};
use crate::hub::{ChangeError, Hub};
use crate::journal::publish::{Outcome, Publication};
use crate::journal::revision::Act;
use crate::record::Sub;

/// So many records are named in the line.
const NAMED: usize = 100;

/// Rows by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New revisions.
    pub published: usize,
    /// Records that said so already.
    pub unchanged: usize,
    /// Records withdrawn.
    pub withdrawn: usize,
}

/// A record that a row is about.
struct About {
    sub: Sub,
    withdraws: bool,
}

/// Publishes the rows of a file. Where no record changed, nothing was done that a line could tell.
pub async fn publish(
    hub: &Hub,
    actor: &Actor,
    publications: Vec<Publication>,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Counts, ChangeError> {
    let about = |publication: &Publication| About {
        sub: publication.sub.clone(),
        withdraws: matches!(publication.act, Act::Withdraw { .. }),
    };
    let about: Arc<[About]> = publications.iter().map(about).collect();
    let now = hub.now();
    let receipt = hub
        .publish_with(publications, progress, &|write, outcomes| {
            let (actor, detail) = (actor.clone(), detail(&about, outcomes));
            Box::pin(async move {
                if let Some(detail) = detail {
                    audit::note_why(write, &actor, now, "record.import", None, Some(&detail)).await?;
                }
                Ok(())
            })
        })
        .await?;
    let mut counts = Counts::default();
    for (outcome, about) in receipt.outcomes.iter().zip(about.iter()) {
        match (outcome, about.withdraws) {
            (Outcome::Unchanged, _) => counts.unchanged += 1,
            (Outcome::Published(_), true) => counts.withdrawn += 1,
            (Outcome::Published(_), false) => counts.published += 1,
        }
    }
    Ok(counts)
}

/// The records that changed, by name; None where none did.
fn detail(about: &[About], outcomes: &[Outcome]) -> Option<String> {
    let changed: Vec<&About> = about
        .iter()
        .zip(outcomes)
        .filter(|(_, outcome)| **outcome != Outcome::Unchanged)
        .map(|(about, _)| about)
        .collect();
    let name = |about: &&About| match about.withdraws {
        true => format!("{} (withdrawn)", about.sub),
        false => about.sub.to_string(),
    };
    let mut names: Vec<String> = changed.iter().take(NAMED).map(name).collect();
    let more = changed.len().saturating_sub(NAMED);
    if more > 0 {
        names.push(format!("and {more} more"));
    }
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Kind;

    #[test]
    fn the_line_names_a_hundred_records_that_changed_and_says_how_many_more() {
        let sub = |number: u128| Sub::new(Kind::Practice, uuid::Uuid::from_u128(number));
        let about: Vec<About> = (0..103).map(|number| About { sub: sub(number), withdraws: number == 1 }).collect();
        let mut outcomes = vec![Outcome::Published(1); 103];
        outcomes[0] = Outcome::Unchanged;
        let said = detail(&about, &outcomes).unwrap_or_default();
        assert!(said.starts_with(&format!("{} (withdrawn), {}, ", sub(1), sub(2))), "{said}");
        assert!(said.ends_with(&format!("{}, and 2 more", sub(100))), "{said}");
        assert_eq!(detail(&about, &[Outcome::Unchanged; 103]), None);
    }
}
