//! The root of everything that changes something: one object a subject, merged. Each field asks for its role first
//! ([`super::changing::Changing::by`]).

use async_graphql::MergedObject;

use super::editing::RecordMutations;
use super::membership::{ApplicationMutations, FocalPointMutations, MemberMutations};
use super::operation::PeerMutations;

/// Everything that can be changed; each step is in the audit log.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(RecordMutations, ApplicationMutations, MemberMutations, FocalPointMutations, PeerMutations);
