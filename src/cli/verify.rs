//! `verify`: everything that was signed against what the tables hold, own journals and copies. Works beside a running server.

use serde_json::{Value, json};

use super::arguments::{Global, Show};
use super::{Failure, context, output};
use crate::hub::Hub;
use crate::journal::read::{self, Trusted as _};
use crate::journal::verify::{self, Report};
use crate::register;

/// What was found, and what was done about it.
struct Finding {
    report: Report,
    set_aside: bool,
}

/// Verifies every journal and the anchor.
pub(super) fn run(global: &Global, show: Show) -> Result<(), Failure> {
    let config = context::configuration(global)?;
    context::run(async {
        let hub = context::open(config).await?;
        let findings = journals(&hub).await?;
        let links = register::stored_links(hub.store()).await?;
        let anchor = verify::anchor(hub.trust_source().pin.as_ref(), &links).err().map(|fault| fault.to_string());
        hub.store().close().await;
        let right = anchor.is_none() && findings.iter().all(|finding| finding.report.differences.is_empty());
        match show.json {
            true => output::json(&as_json(&findings, links.len(), anchor.as_deref(), right))?,
            false => table(&findings, links.len(), anchor.as_deref(), right)?,
        }
        if right { Ok(()) } else { Err(Failure::Reported) }
    })
}

async fn journals(hub: &Hub) -> Result<Vec<Finding>, Failure> {
    let trust = hub.trust();
    let rows = read::journals(hub.store()).await?;
    let mut findings = Vec::new();
    for row in rows {
        let mut said = 0;
        let mut progress = |steps: usize| {
            // Large journals take a while; small ones need no word.
            said += steps;
            if said.is_multiple_of(20_480) {
                eprintln!("{}: {said} revisions verified", output::plain(&row.origin));
            }
        };
        let report = verify::journal(hub.store(), row.id, hub.entity_id(), trust.keys(&row.origin), &mut progress);
        let Some(report) = report.await? else { continue };
        let set_aside = verify::set_aside(hub.store(), &report, hub.now()).await?;
        findings.push(Finding { report, set_aside });
    }
    findings.sort_by_key(|finding| !finding.report.own);
    Ok(findings)
}

fn table(findings: &[Finding], links: usize, anchor: Option<&str>, right: bool) -> Result<(), Failure> {
    let mut table =
        output::Table::new(["journal", "audience", "records", "revisions", "gaps", "result"]).right(&[2, 3, 4]);
    for Finding { report, .. } in findings {
        table.row([
            format!("{}{}", report.origin, if report.own { " (own)" } else { "" }),
            report.audience.as_str().to_owned(),
            report.records.to_string(),
            report.revisions.to_string(),
            report.gaps.to_string(),
            result(report),
        ]);
    }
    let state = if anchor.is_some() { "differs" } else { "right" };
    table.row(["anchor", "", &super::words::count(links, "link", "links"), "", "", state]);
    table.print()?;
    for Finding { report, set_aside } in findings {
        differences(report, *set_aside)?;
    }
    if let Some(fault) = anchor {
        output::line(&format!("\nanchor: {}", output::plain(fault)))?;
        output::line(
            "What to do: restore the database from a backup, or pin the coordinator anew; see [trust.coordinator]",
        )?;
    }
    let all = if right { "All that is held is as it was signed." } else { "Something is not as it was signed." };
    output::line(&format!("\n{all}"))
}

fn result(report: &Report) -> String {
    match report.differences.len() {
        0 if !report.held => "nothing held".to_owned(),
        0 if report.unlisted => "right, signatures not verified: no key is listed for this origin".to_owned(),
        0 if report.unproved > 0 => {
            format!("right; {} came unproved from the origin and are not shown", report.unproved)
        }
        0 => "right".to_owned(),
        number => super::words::count(number, "difference", "differences"),
    }
}

fn differences(report: &Report, set_aside: bool) -> Result<(), Failure> {
    if report.differences.is_empty() {
        return Ok(());
    }
    let origin = output::plain(&report.origin).into_owned();
    output::line(&format!("\n{origin}, {} journal:", report.audience.as_str()))?;
    for difference in &report.differences {
        let record = difference.record.as_deref().map(|record| format!(" of {record}")).unwrap_or_default();
        let line = format!("  {}{record}: {}", difference.part.as_str(), difference.reason);
        output::line(&output::plain(&line))?;
    }
    output::line(match (report.own, set_aside) {
        (true, _) => {
            "What to do: this is this instance's own journal. Stop the server and put the newest \
             good copy of the database back"
        }
        (false, true) => "It was set aside: the next round fetches it anew",
        (false, false) => "The copy was replaced in the meantime: run `nmirf-hub verify` again",
    })
}

fn as_json(findings: &[Finding], links: usize, anchor: Option<&str>, right: bool) -> Value {
    let journals = findings.iter().map(|Finding { report, set_aside }| {
        let differences = report.differences.iter().map(
            |difference| json!({"part": difference.part.as_str(), "record": difference.record, "reason": difference.reason}),
        );
        json!({
            "origin": report.origin, "audience": report.audience.as_str().to_uppercase(), "isSelf": report.own,
            "records": report.records, "revisions": report.revisions, "gaps": report.gaps, "unproved": report.unproved,
            "keysListed": !report.unlisted, "differences": differences.collect::<Vec<_>>(), "setAside": set_aside,
        })
    });
    json!({"right": right, "journals": journals.collect::<Vec<_>>(), "anchor": {"links": links, "difference": anchor}})
}
