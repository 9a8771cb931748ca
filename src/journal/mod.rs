//! The truth: signed revisions, the journals that hold them, the checkpoints that vouch for a whole journal. Data
//! enters through two doors, each one transaction: [`publish`] (an own change) and [`adopt`] (a peer's proved state).
//! What is read comes from [`read`]. An auditor needs to read nothing but this folder and `store`.

pub mod adopt;
pub mod anchor;
pub mod checkpoint;
pub mod encoding;
pub mod entry;
pub mod history;
pub mod judge;
pub mod jws;
pub mod key;
pub mod prove;
pub mod publish;
pub mod read;
pub mod revision;
pub mod signing;
pub mod stage;
mod tables;
pub mod verify;
