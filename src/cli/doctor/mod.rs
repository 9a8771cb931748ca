//! `doctor`: looks at all that an instance needs, one line each, and says what to do. It goes on after what failed, so that
//! one look tells everything.

mod database;
mod machine;
mod network;

use serde_json::json;

use super::arguments::{Global, Show};
use super::{Failure, context, key, load, output, words};
use crate::config::Config;

/// How one check came out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Warn,
    Fail,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Warn => "warn",
            State::Fail => "fail",
        }
    }
}

/// One line: what was looked at, how it is, and what to do.
struct Check {
    what: &'static str,
    state: State,
    found: String,
    advice: Option<String>,
}

/// The lines so far.
#[derive(Default)]
struct Checks(Vec<Check>);

impl Checks {
    fn ok(&mut self, what: &'static str, found: impl ToString) {
        self.0.push(Check { what, state: State::Ok, found: found.to_string(), advice: None });
    }

    fn warn(&mut self, what: &'static str, found: impl ToString, advice: impl ToString) {
        let advice = Some(advice.to_string());
        self.0.push(Check { what, state: State::Warn, found: found.to_string(), advice });
    }

    /// Sentences of errors say what to do themselves: then `advice` is empty.
    fn fail(&mut self, what: &'static str, found: impl ToString, advice: &str) {
        let advice = (!advice.is_empty()).then(|| advice.to_owned());
        self.0.push(Check { what, state: State::Fail, found: found.to_string(), advice });
    }
}

/// Looks at everything.
pub(super) fn run(global: &Global, show: Show) -> Result<(), Failure> {
    let mut checks = Checks::default();
    match load(global) {
        Ok(config) => {
            context::start_log(&config.telemetry);
            configuration(global, &config, &mut checks);
            machine::look(&config, &mut checks);
            context::run(async {
                look(config, &mut checks).await;
                Ok(())
            })?;
        }
        Err(error) => error.to_string().lines().for_each(|line| checks.fail("configuration", line, "")),
    }
    report(&checks.0, show)
}

async fn look(config: Config, checks: &mut Checks) {
    let Some(hub) = database::look(config, checks).await else { return };
    machine::clock(&hub, checks).await;
    network::keys(&hub, checks).await;
    network::peers(&hub, checks).await;
    hub.store().close().await;
}

fn configuration(global: &Global, config: &Config, checks: &mut Checks) {
    let path = global.config.display();
    checks.ok("configuration", format!("{path}: {} ({})", config.instance.entity_id, config.instance.role.as_str()));
    match key::thumbprint_of(config) {
        Ok(thumbprint) => checks.ok("key file", format!("{}: {thumbprint}", config.key.file.display())),
        Err(fault) => checks.fail("key file", fault, ""),
    }
    if config.trust.allow_http && config.instance.entity_id.starts_with("https://") {
        let found = "trust.allow_http is on: peers may be reached without TLS";
        checks.warn("configuration", found, "Switch it off; it is for trials");
    }
}

fn report(checks: &[Check], show: Show) -> Result<(), Failure> {
    let failed = checks.iter().filter(|check| check.state == State::Fail).count();
    let warned = checks.iter().filter(|check| check.state == State::Warn).count();
    if show.json {
        let list = checks.iter().map(
            |check| json!({"check": check.what, "state": check.state.as_str(), "found": check.found, "advice": check.advice}),
        );
        output::json(&json!({"healthy": failed == 0, "checks": list.collect::<Vec<_>>()}))?;
    } else {
        for check in checks {
            let line = format!("{:<6}{:<15}{}", check.state.as_str(), check.what, check.found);
            output::line(&output::plain(&line))?;
            if let Some(advice) = &check.advice {
                output::line(&format!("{:<21}-> {}", "", output::plain(advice)))?;
            }
        }
        output::line(&match (failed, warned) {
            (0, 0) => "\nAll is well".to_owned(),
            (0, _) => format!("\nNothing fails; {}", words::count(warned, "warning", "warnings")),
            _ => format!(
                "\n{} to be put right, {}",
                words::count(failed, "thing has", "things have"),
                words::count(warned, "warning", "warnings")
            ),
        })?;
    }
    if failed == 0 { Ok(()) } else { Err(Failure::Reported) }
}
