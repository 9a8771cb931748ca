#![allow(clippy::unwrap_used)]
use super::*;
use jiff::civil::date;
use serde_json::json;

fn today() -> Date {
    date(2026, 11, 24)
}

/// A member since the seminar, on the executive committee until the spring of 2027.
fn member() -> Value {
    json!({"country": "PT", "entityId": "https://hub.example.pt", "role": "executive-committee", "status": "active",
        "history": [
            {"from": "2024-05-09", "until": "2027-05-09", "role": "executive-committee", "status": "active", "note": "kept"},
            {"from": "2027-05-09", "until": null, "role": "member", "status": "active"},
        ], "own": {"kept": true}})
}

/// The course as one line a term.
fn course(body: &Value) -> Vec<String> {
    let terms = body["history"].as_array().unwrap().iter();
    terms
        .map(|term| {
            let text = |name: &str| term[name].as_str().unwrap_or("-").to_owned();
            format!("{} {} {} {} {}", text("from"), text("until"), text("role"), text("status"), text("reason"))
        })
        .collect()
}

fn on(body: &Value, day: Date) -> Option<(MemberRole, MemberStatus)> {
    decode(body).unwrap().on(day).map(|term| (term.role, term.status))
}

#[test]
fn a_suspension_closes_the_open_term_and_stays_through_the_end_of_a_role() {
    let suspended = suspend(&member(), today(), today(), "Decision of 24 November").unwrap();
    assert_eq!(
        course(&suspended),
        [
            "2024-05-09 2026-11-24 executive-committee active -",
            "2026-11-24 2027-05-09 executive-committee suspended Decision of 24 November",
            "2027-05-09 - member suspended -",
        ]
    );
    assert_eq!((&suspended["status"], &suspended["role"]), (&json!("suspended"), &json!("executive-committee")));
    assert_eq!((&suspended["own"], &suspended["history"][0]["note"]), (&json!({"kept": true}), &json!("kept")));
    let days = [date(2026, 11, 23), today(), date(2027, 5, 9), date(2024, 5, 8)];
    let statuses = days.map(|day| on(&suspended, day).map(|(_, status)| status));
    let suspended_on = Some(MemberStatus::Suspended);
    assert_eq!(statuses, [Some(MemberStatus::Active), suspended_on, suspended_on, None]);
}

#[test]
fn a_term_of_no_length_is_replaced_and_both_reasons_stay() {
    let suspended = suspend(&member(), today(), today(), "a").unwrap();
    let back = reinstate(&suspended, today(), today(), "b").unwrap();
    assert_eq!(
        course(&back),
        [
            "2024-05-09 2026-11-24 executive-committee active -",
            "2026-11-24 2027-05-09 executive-committee active a; b",
            "2027-05-09 - member active -",
        ]
    );
}

#[test]
fn two_steps_of_one_day_keep_both_reasons() {
    let open = json!({"country": "MU", "role": "member", "status": "active",
        "history": [{"from": "2025-01-01", "role": "member", "status": "active", "reason": "Founder"}]});
    let suspended = suspend(&open, today(), today(), "A").unwrap();
    let again = |reason| assign_role(&suspended, MemberRole::Observer, today(), None, today(), reason).unwrap();
    assert_eq!(course(&again(Some("B")))[1], "2026-11-24 - observer suspended A; B");
    assert_eq!(course(&again(None))[1], "2026-11-24 - observer suspended A");
    assert_eq!(course(&again(Some("A")))[1], "2026-11-24 - observer suspended A");
    assert_eq!(course(&again(None))[0], "2025-01-01 2026-11-24 member active Founder");
    let left = withdraw(&open, today(), today(), "Letter").unwrap();
    let back = admit_again(&left, MemberRole::Member, today(), today()).unwrap();
    assert_eq!(course(&back)[1], "2026-11-24 - member active Letter");
    assert!(suspend(&back, today(), today(), "").is_err(), "a step without its reason does not hide behind another");
}

#[test]
fn a_role_of_an_earlier_day_leaves_the_reason_of_a_later_one() {
    let open = json!({"country": "MU", "role": "member", "status": "active",
        "history": [{"from": "2025-01-01", "role": "member", "status": "active"}]});
    let told = assign_role(&open, MemberRole::Member, today(), None, today(), Some("Key stolen")).unwrap();
    let observer = assign_role(&told, MemberRole::Observer, date(2026, 3, 1), None, today(), None).unwrap();
    assert_eq!(
        course(&observer)[1..],
        ["2026-03-01 2026-11-24 observer active -", "2026-11-24 - observer active Key stolen"]
    );
}

#[test]
fn an_observer_is_one_again_after_a_term() {
    let open = json!({"country": "MU", "role": "observer", "status": "active",
        "history": [{"from": "2025-01-01", "role": "observer", "status": "active"}]});
    let until = date(2027, 11, 24);
    let chosen = assign_role(&open, MemberRole::Coordinator, today(), Some(until), today(), None).unwrap();
    assert_eq!(course(&chosen)[2], "2027-11-24 - observer active -");
    let ends = assign_role(&open, MemberRole::Observer, today(), Some(until), today(), None).unwrap();
    assert_eq!(course(&ends)[2], "2027-11-24 - member active -");
}

#[test]
fn who_leaves_holds_no_office_and_has_nothing_to_come() {
    let left = withdraw(&member(), today(), today(), "Letter").unwrap();
    assert_eq!(
        course(&left),
        ["2024-05-09 2026-11-24 executive-committee active -", "2026-11-24 - member withdrawn Letter"]
    );
    let again = admit_again(&left, MemberRole::Observer, date(2026, 12, 1), date(2026, 12, 1)).unwrap();
    assert_eq!(
        course(&again)[1..],
        ["2026-11-24 2026-12-01 member withdrawn Letter", "2026-12-01 - observer active -"]
    );
    assert_eq!((&again["status"], &again["role"]), (&json!("active"), &json!("observer")));
}

#[test]
fn a_role_to_come_shows_from_its_first_day_and_ends_in_a_plain_membership() {
    let plain = json!({"country": "MU", "role": "member", "status": "active",
        "history": [{"from": "2025", "role": "member", "status": "active"}]});
    let (from, until) = (date(2027, 1, 1), date(2029, 1, 1));
    let chosen = assign_role(&plain, MemberRole::Coordinator, from, Some(until), today(), Some("Election")).unwrap();
    assert_eq!(
        course(&chosen),
        [
            "2025 2027-01-01 member active -",
            "2027-01-01 2029-01-01 coordinator active Election",
            "2029-01-01 - member active -"
        ]
    );
    assert_eq!(chosen["role"], "member", "not yet");
    assert_eq!(as_on(&chosen, from).unwrap()["role"], "coordinator");
    assert_eq!(as_on(&chosen, until).unwrap()["role"], "member");
    assert_eq!(on(&chosen, date(2028, 12, 31)).unwrap().0, MemberRole::Coordinator);
}

#[test]
fn a_role_replaces_what_the_course_said_of_its_days_alone() {
    let (from, until) = (date(2027, 1, 1), date(2028, 1, 1));
    let chosen = assign_role(&member(), MemberRole::Coordinator, from, Some(until), today(), None).unwrap();
    assert_eq!(
        course(&chosen),
        [
            "2024-05-09 2027-01-01 executive-committee active -",
            "2027-01-01 2028-01-01 coordinator active -",
            "2028-01-01 - member active -",
        ]
    );
    let for_good = assign_role(&member(), MemberRole::Observer, today(), None, today(), Some("x")).unwrap();
    assert_eq!(
        course(&for_good),
        ["2024-05-09 2026-11-24 executive-committee active -", "2026-11-24 - observer active x"]
    );
}

#[test]
fn a_step_from_another_state_is_refused() {
    let active = member();
    let suspended = suspend(&active, today(), today(), "x").unwrap();
    let left = withdraw(&active, today(), today(), "x").unwrap();
    let role = |body: &Value| assign_role(body, MemberRole::Member, today(), None, today(), None);
    let again = |body: &Value| admit_again(body, MemberRole::Member, today(), today());
    for (refused, status) in [
        (reinstate(&active, today(), today(), "x"), MemberStatus::Active),
        (again(&active), MemberStatus::Active),
        (suspend(&suspended, today(), today(), "x"), MemberStatus::Suspended),
        (again(&suspended), MemberStatus::Suspended),
        (suspend(&left, today(), today(), "x"), MemberStatus::Withdrawn),
        (reinstate(&left, today(), today(), "x"), MemberStatus::Withdrawn),
        (withdraw(&left, today(), today(), "x"), MemberStatus::Withdrawn),
        (role(&left), MemberStatus::Withdrawn),
    ] {
        let state = State::Member(status);
        assert!(
            matches!(&refused, Err(CourseError::WrongState { state: found, .. }) if *found == state),
            "{refused:?}"
        );
    }
    assert!(role(&suspended).is_ok());
    assert!(withdraw(&suspended, today(), today(), "x").is_ok());
}

#[test]
fn a_wrong_day_is_told_with_what_is_right() {
    let suspended = suspend(&member(), date(2026, 11, 1), today(), "x").unwrap();
    let tomorrow = date(2026, 11, 25);
    let fault = |tried: Result<Value, CourseError>| match tried {
        Err(CourseError::BadDay(fault)) => fault,
        other => panic!("{other:?}"),
    };
    assert_eq!(fault(suspend(&member(), tomorrow, today(), "x")), DayFault::Ahead { day: tomorrow });
    let before = date(2026, 10, 31);
    let since = date(2026, 11, 1);
    assert_eq!(fault(reinstate(&suspended, before, today(), "x")), DayFault::BeforeTheLastStep { day: before, since });
    let first = date(2024, 5, 9);
    let early = date(2024, 5, 8);
    let role = |from, until| assign_role(&member(), MemberRole::Observer, from, until, today(), None);
    assert_eq!(fault(role(early, None)), DayFault::BeforeTheFirst { day: early, first });
    assert_eq!(fault(role(first, Some(first))), DayFault::EndsBefore { from: first, until: first });
}

#[test]
fn a_record_without_a_course_begins_one() {
    let bare = json!({"country": "PY", "role": "observer", "status": "active", "history": []});
    let suspended = suspend(&bare, today(), today(), "x").unwrap();
    assert_eq!(course(&suspended), ["2026-11-24 - observer suspended x"]);
    assert_eq!(as_on(&bare, today()).unwrap(), bare);
}

#[test]
fn a_status_that_the_course_does_not_tell_is_not_changed_by_a_role() {
    let odd = json!({"country": "PY", "role": "member", "status": "suspended",
        "history": [{"from": "2025-01-01", "role": "member", "status": "active"}]});
    assert_eq!(as_on(&odd, today()).unwrap()["status"], "suspended");
    assert_eq!(assign_role(&odd, MemberRole::Observer, today(), None, today(), None).unwrap()["status"], "suspended");
}

#[test]
fn terms_that_end_within_ninety_days_are_told() {
    let ends = |today| ends_soon(&decode(&member()).unwrap(), today).map(|term| term.until.unwrap().to_string());
    assert_eq!(ends(date(2027, 2, 7)), None);
    assert_eq!(ends(date(2027, 2, 8)).as_deref(), Some("2027-05-09"));
    assert_eq!(ends(date(2027, 5, 9)), None, "the term after it has no end");
}

#[test]
fn a_case_is_decided_once() {
    use CaseStatus::{Admitted, Applied, Rejected, UnderReview};
    for (from, step, to) in [
        (Applied, Step::Review, Some(UnderReview)),
        (UnderReview, Step::Review, Some(UnderReview)),
        (Applied, Step::Admit, Some(Admitted)),
        (UnderReview, Step::Reject, Some(Rejected)),
        (Admitted, Step::Reject, None),
        (Rejected, Step::Admit, None),
        (Rejected, Step::Review, None),
        (Applied, Step::Suspend, None),
    ] {
        assert_eq!(from.after(step).ok(), to, "{from:?} {step:?}");
    }
}
