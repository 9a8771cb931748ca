//! What `member key` and `member handover` take.

use clap::{Args, Subcommand};

use crate::cli::arguments::Show;

/// `member key …`, at the coordinator. A member is named by its entityId, its country's code or its global id.
#[derive(Debug, Subcommand)]
pub enum MemberKey {
    /// List a key that a member has announced, once its staff have read you its thumbprint
    #[command(
        after_help = "The member runs `nmirf-hub key rotate`, which shows the thumbprint; this instance reads the \
                            announcement with its next round. Call the member on a telephone number known before and type \
                            what you hear. Both keys count then; the old one is retired by itself.\n\n\
                            Example:\n  nmirf-hub member key confirm MA \"kPrK _qmx VWaY VA9w wBF6 Iuo3 vVzz 7TxH CTwX Bygr S4k\""
    )]
    Confirm(Confirm),
    /// Mark a key of a member as stolen, for good
    #[command(
        after_help = "What that key signed last is hidden at every instance until the member has signed anew. The \
                            member runs `nmirf-hub key compromised`, whose application you decide as the first one.\n\n\
                            Example:\n  nmirf-hub member key compromised MA kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k \\\n    \
                            --reason \"Its server was broken into on 3 March\""
    )]
    Compromised(Compromised),
}

/// A key of a member.
#[derive(Debug, Args)]
pub struct KeyOfMember {
    /// entityId, country code or global id
    #[arg(value_name = "MEMBER", allow_hyphen_values = true)]
    pub member: String,
    /// The key's thumbprint, in groups or in one piece
    #[arg(value_name = "THUMBPRINT", allow_hyphen_values = true)]
    pub thumbprint: String,
}

/// `member key confirm`.
#[derive(Debug, Args)]
pub struct Confirm {
    /// Which key.
    #[command(flatten)]
    pub key: KeyOfMember,
    /// How the result is shown.
    #[command(flatten)]
    pub show: Show,
}

/// `member key compromised`.
#[derive(Debug, Args)]
pub struct Compromised {
    /// Which key.
    #[command(flatten)]
    pub key: KeyOfMember,
    /// Why; it stands in the member's public course
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// How the result is shown.
    #[command(flatten)]
    pub show: Show,
}

/// `member handover`.
#[derive(Debug, Args)]
#[command(after_help = "In this order:\n  \
                  1. at the successor   nmirf-hub init --role coordinator --coordinator OLD_URL --entity-id … --name …, then serve\n  \
                  2. at the old one     nmirf-hub peer add SUCCESSOR_URL\n  \
                  3. at the successor   nmirf-hub member handover --take-over\n  \
                  4. at the old one     nmirf-hub member handover SUCCESSOR_URL\n\n\
                  From 4 on the successor's register counts, and the old coordinator can change nothing in it. Focal points and \
                  open cases stand in no journal: carry them by hand (docs/OPERATIONS.md).\n\n\
                  Example:\n  nmirf-hub member handover https://coordinator.example.net")]
pub struct Handover {
    /// At the old coordinator: entityId of the successor
    #[arg(value_name = "SUCCESSOR_URL", required_unless_present = "take_over", conflicts_with = "take_over")]
    pub successor: Option<String>,
    /// At the successor: publish the coordinator's records under this instance's name
    #[arg(long)]
    pub take_over: bool,
    /// At the old coordinator: do it without asking
    #[arg(long)]
    pub yes: bool,
}
