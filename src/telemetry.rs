//! Log lines on stderr: for people as short lines, for machines as JSON. Standard output belongs to what a command prints.

use std::fmt;
use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;

use crate::config::{LogFormat, Telemetry};

/// Why no log can be written.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The level is no level.
    #[error("telemetry.log: {0:?} is no level such as \"info\" or \"info,nmirf_hub=debug\"")]
    Level(String),
    /// Something else in this process writes the log already.
    #[error("the log of this process was started twice. Start it once, before anything else")]
    Twice,
}

/// Starts writing log lines; once a process, before anything that logs.
pub fn init(telemetry: &Telemetry) -> Result<(), TelemetryError> {
    let filter = EnvFilter::try_new(&telemetry.log).map_err(|_| TelemetryError::Level(telemetry.log.clone()))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_timer(Milliseconds);
    let started = match telemetry.format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).with_target(false).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).try_init(),
    };
    started.map_err(|_| TelemetryError::Twice)
}

/// RFC 3339 in UTC, whole milliseconds: the same form as everywhere in the hub, and sortable as text.
struct Milliseconds;

impl FormatTime for Milliseconds {
    fn format_time(&self, out: &mut Writer<'_>) -> fmt::Result {
        write!(out, "{:.3}", jiff::Timestamp::now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_rfc_3339_with_milliseconds() {
        let mut text = String::new();
        let written = Milliseconds.format_time(&mut Writer::new(&mut text));
        assert!(written.is_ok());
        assert_eq!(text.len(), "2026-11-24T13:40:02.123Z".len(), "{text}");
        assert!(text.parse::<jiff::Timestamp>().is_ok(), "{text}");
    }

    #[test]
    fn a_level_that_is_none_is_refused() {
        let telemetry = Telemetry { log: "a=b=c".to_owned(), ..Telemetry::default() };
        assert!(matches!(init(&telemetry), Err(TelemetryError::Level(_))));
    }
}
