//! `nmirf-hub`: the federation hub of the national mechanisms for implementation, reporting and follow-up. The rooms,
//! from the inside out; docs/ARCHITECTURE.md is the picture.

pub mod record;
pub mod store;
pub mod table;

pub mod audit;
pub mod texts;

pub mod journal;

pub mod access;
pub mod address;
pub mod catalog;
pub mod editorial;
pub mod register;
pub mod search;
pub mod wire;

pub mod config;
pub mod telemetry;

pub mod hub;

pub mod federation;
pub mod graphql;
pub mod import;

pub mod export;
pub mod pages;

pub mod http;

pub mod serving;

pub mod cli;
