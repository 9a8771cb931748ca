//! Finding a member of the register by what a person writes.

use crate::cli::Failure;
use crate::record::{CountryCode, RecordKey, Sub};
use crate::register::{Enrolled, RegisterDesk};

/// The member of an entityId, a country's code, a global id or a `kind/uuid`. Of several of one country the one that has
/// not left.
pub(in crate::cli) async fn find(desk: &RegisterDesk<'_>, wanted: &str) -> Result<Enrolled, Failure> {
    let members = desk.members().await?;
    let named = |member: &&Enrolled| {
        member.text("entityId") == Some(wanted)
            || member.sub.as_str() == wanted
            || Sub::parse(wanted).is_none()
                && RecordKey::parse(wanted) == Some(RecordKey::of(RecordKey::COORDINATOR, &member.sub))
    };
    if let Some(member) = members.iter().find(named) {
        return Ok(member.clone());
    }
    let country = CountryCode::parse(wanted).map(|code| code.as_str().to_owned());
    let mut of_country: Vec<&Enrolled> =
        members.iter().filter(|member| country.is_some() && member.text("country") == country.as_deref()).collect();
    if of_country.len() > 1 {
        of_country.retain(|member| member.text("status") != Some("withdrawn"));
    }
    match of_country[..] {
        [member] => Ok(member.clone()),
        [] => Err(Failure::failed(format!(
            "the register has no member {wanted}: an entityId, a country's code or a global id is wanted. `nmirf-hub member list \
             --all` names them"
        ))),
        _ => Err(Failure::wrong_use(format!(
            "{wanted} has several members: name the one that is meant by its global id"
        ))),
    }
}
