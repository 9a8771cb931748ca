//! Membership from the application to the withdrawal, with real instances: what the coordinator's staff decide is so at
//! every instance, and nobody touches a configuration.
#![allow(clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

#[allow(dead_code)]
#[path = "../federation/instance.rs"]
mod instance;
#[allow(dead_code)]
#[path = "../federation/network.rs"]
mod network;

mod applying;
mod at_once;
mod commands;
mod course;
mod doors;
mod persons;

use nmirf_hub::{
    audit::Actor,
    record::MemberRole,
    register::{
        MembershipError,
        cases::{Decided, Decision},
    },
};

use crate::instance::Instance;

/// Who decides in these tests.
pub fn staff() -> Actor {
    Actor { name: "staff".into(), address: None }
}

/// The last seven characters, as the ministry reads them.
pub fn tail(instance: &Instance) -> String {
    let thumbprint = instance.key().public().thumbprint().to_string();
    thumbprint[thumbprint.len() - 7..].to_owned()
}

pub fn admission(tail: &str) -> Decision {
    Decision::Admit { thumbprint_tail: tail.to_owned(), role: MemberRole::Member, message: None }
}

/// The coordinator's staff take a step.
pub async fn decide(coordinator: &Instance, number: u64, decision: Decision) -> Result<Decided, MembershipError> {
    let (actor, number) = (staff(), i32::try_from(number).unwrap());
    let decided = coordinator.hub().register_desk(&actor).decide(number, &decision).await;
    coordinator.hub().catch_up().await.unwrap();
    decided
}
