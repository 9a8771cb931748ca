//! The commands as people call them: the real program, in folders of its own.
#![allow(clippy::unwrap_used)]

mod access;
mod demo;
mod doctor;
mod export;
mod import;
mod init;
mod peer;
mod planted;
mod record;
mod rollback;
mod support;
mod told;
mod verify;
