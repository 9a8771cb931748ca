//! The commands on the instances that this one pulls from: `peer`.

use clap::{Args, Subcommand};

use super::Show;

/// `peer …`.
#[derive(Debug, Subcommand)]
pub enum Peer {
    /// List the peers and how their copies stand
    #[command(after_help = "Example:\n  nmirf-hub peer list --json")]
    List(Show),
    /// Show one peer in full
    #[command(after_help = "Example:\n  nmirf-hub peer show https://hub.example.org")]
    Show(PeerShow),
    /// Fetch a peer's key, show its thumbprint and pin it when told yes
    #[command(after_help = "For a network without a coordinator, or a trial.\n\n\
                            Example:\n  nmirf-hub peer add https://hub.example.org")]
    Add(PeerAdd),
    /// Take out a peer that was pinned by hand
    #[command(after_help = "Example:\n  nmirf-hub peer remove https://hub.example.org")]
    Remove(PeerRemove),
    /// Stop pulling from a peer; its copies stay
    #[command(after_help = "Example:\n  nmirf-hub peer pause https://hub.example.org")]
    Pause(PeerName),
    /// Pull from a paused peer again
    #[command(after_help = "Example:\n  nmirf-hub peer resume https://hub.example.org")]
    Resume(PeerName),
    /// Neither pull from a peer, nor pass its records on, nor show them, nor give it the network's
    #[command(after_help = "Example:\n  nmirf-hub peer block https://hub.example.org")]
    Block(PeerName),
    /// Undo `peer block`
    #[command(after_help = "Example:\n  nmirf-hub peer unblock https://hub.example.org")]
    Unblock(PeerName),
    /// Close the case of two signed statements that disagree
    #[command(
        name = "close-conflict",
        after_help = "The two checkpoints are shown by `peer show`; close the case when its cause is known.\n\n\
                      Example:\n  nmirf-hub peer close-conflict https://hub.example.org"
    )]
    CloseConflict(PeerName),
}

/// A peer by name.
#[derive(Debug, Args)]
pub struct PeerName {
    /// The peer's entityId
    #[arg(value_name = "ENTITY_ID")]
    pub entity_id: String,
}

/// `peer show`.
#[derive(Debug, Args)]
pub struct PeerShow {
    /// Which peer.
    #[command(flatten)]
    pub peer: PeerName,
    /// How it is shown.
    #[command(flatten)]
    pub show: Show,
}

/// `peer add`.
#[derive(Debug, Args)]
pub struct PeerAdd {
    /// Which peer.
    #[command(flatten)]
    pub peer: PeerName,
    /// Pin the key without asking if it has this thumbprint
    #[arg(long, value_name = "THUMBPRINT", allow_hyphen_values = true)]
    pub yes: Option<String>,
}

/// `peer remove`.
#[derive(Debug, Args)]
pub struct PeerRemove {
    /// Which peer.
    #[command(flatten)]
    pub peer: PeerName,
    /// Do it without asking
    #[arg(long)]
    pub yes: bool,
}
