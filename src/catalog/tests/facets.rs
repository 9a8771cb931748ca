use jiff::civil::date;
use serde_json::json;

use super::builder::*;
use crate::catalog::{Dimension, Filter, MOST_BUCKETS, Request, Snapshot, Viewer};
use crate::record::Kind;

fn facet(snapshot: &Snapshot, filter: &Filter, dimension: Dimension) -> Vec<(Option<String>, u64)> {
    let selection = snapshot.select(&Request { filter, viewer: Viewer::PUBLIC, within: None });
    let buckets = selection.facet(dimension).into_iter();
    buckets.map(|bucket| (bucket.value.map(String::from), bucket.count)).collect()
}

fn bucket(value: &str, count: u64) -> (Option<String>, u64) {
    (Some(value.into()), count)
}

#[test]
fn a_facet_leaves_its_own_part_of_the_filter_out_and_keeps_what_is_chosen() {
    let drafts = [
        a_practice().id(1).with("themes", json!(["budget", "consultation"])),
        a_practice().id(2).with("themes", json!(["budget"])),
        a_practice().id(3).by("PT").with("themes", json!(["treaty"])),
        a_practice().id(4),
    ];
    let snapshot = snapshot_of(&drafts);
    let filter = Filter::of(Kind::Practice).any(Dimension::Country, ["MA"]).any(Dimension::Theme, ["treaty", "budget"]);
    let themes = [bucket("budget", 2), bucket("consultation", 1), (None, 1), bucket("treaty", 0)];
    assert_eq!(facet(&snapshot, &filter, Dimension::Theme), themes);
    assert_eq!(facet(&snapshot, &filter, Dimension::Country), [bucket("MA", 2), bucket("PT", 1)]);
    assert_eq!(facet(&snapshot, &filter, Dimension::Mode), []);
}

#[test]
fn years_and_goals_of_one_count_stand_by_number() {
    let drafts = [a_practice().with("sdgGoals", json!([16, 5, 10])).with("startYear", 2020)];
    let snapshot = snapshot_of(&drafts);
    let goals = facet(&snapshot, &Filter::of(Kind::Practice), Dimension::SdgGoal);
    assert_eq!(goals, [bucket("5", 1), bucket("10", 1), bucket("16", 1)]);
    assert_eq!(facet(&snapshot, &Filter::of(Kind::Practice), Dimension::Year), [bucket("2020", 1)]);
}

#[test]
fn the_years_of_events_are_counted_without_the_days_that_were_chosen() {
    let drafts = [(1, "2023-05-09"), (2, "2024-05")].map(|(id, day)| an_event().id(id).with("startsOn", day));
    let snapshot = snapshot_of(&drafts);
    let filter = Filter::of(Kind::Event).days(Some(date(2024, 1, 1)), None);
    assert_eq!(facet(&snapshot, &filter, Dimension::Year), [bucket("2023", 1), bucket("2024", 1)]);
}

#[test]
fn languages_are_counted_without_case() {
    let title = |tag: &str| json!({tag: "A title"});
    let drafts =
        [a_practice().id(1).with("title", title("zh-hant-tw")), a_practice().id(2).with("title", title("ZH-Hant-TW"))];
    let snapshot = snapshot_of(&drafts);
    let languages = facet(&snapshot, &Filter::of(Kind::Practice), Dimension::Language);
    assert_eq!(languages, [bucket("zh-Hant-TW", 2)]);
}

#[test]
fn an_origin_that_publishes_distinct_codes_without_end_gets_no_more_than_the_bounded_number_of_buckets() {
    let codes = |id: u32| (0..200).map(|code| json!(format!("code-{id}-{code}"))).collect::<Vec<_>>();
    let mut drafts: Vec<Draft> = (1..=5).map(|id| a_practice().id(id.into()).with("themes", codes(id))).collect();
    drafts.push(a_practice().id(9).with("themes", json!(["budget"])));
    drafts.push(a_practice().id(10).with("themes", json!(["budget"])));
    let snapshot = snapshot_of(&drafts);
    let filter = Filter::of(Kind::Practice).any(Dimension::Theme, ["zzz"]);
    let themes = facet(&snapshot, &filter, Dimension::Theme);
    assert_eq!(themes.len(), MOST_BUCKETS);
    assert_eq!((&themes[0], themes.last()), (&bucket("budget", 2), Some(&bucket("zzz", 0))));
    let selection = snapshot
        .select(&Request { filter: &Filter::of(Kind::Practice), viewer: Viewer::PUBLIC, within: None })
        .slots()
        .len();
    assert_eq!(selection, 7);
}

#[test]
fn figures_count_a_record_under_each_of_its_values() {
    let drafts = [
        a_practice().id(1).with("themes", json!(["budget", "treaty"])),
        a_practice().id(2).with("themes", json!(["budget"])),
        a_practice().id(3).by("PT"),
    ];
    let snapshot = snapshot_of(&drafts);
    let filter = Filter::of(Kind::Practice);
    let selection = snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: None });
    let rows = |dimensions: &[Dimension]| -> Vec<(String, u64)> {
        let rows = selection.statistics(dimensions).into_iter();
        rows.map(|row| {
            let values: Vec<&str> = row.values.iter().map(|value| value.as_deref().unwrap_or("-")).collect();
            (values.join(" "), row.count)
        })
        .collect()
    };
    let expected =
        |rows: &[(&str, u64)]| rows.iter().map(|(values, count)| ((*values).to_owned(), *count)).collect::<Vec<_>>();
    assert_eq!(rows(&[Dimension::Theme]), expected(&[("budget", 2), ("-", 1), ("treaty", 1)]));
    let both = [("MA budget", 2), ("MA treaty", 1), ("PT -", 1)];
    assert_eq!(rows(&[Dimension::Country, Dimension::Theme]), expected(&both));
    assert_eq!(rows(&[]), []);
}

#[test]
fn the_timeline_counts_members_on_the_first_of_each_month() {
    let course = json!([
        {"from": "2024-01-15", "until": "2024-03-01", "role": "member", "status": "active"},
        {"from": "2024-03-01", "role": "member", "status": "suspended"},
    ]);
    let snapshot = snapshot_of(&[a_member().with("history", course)]);
    let points = snapshot.timeline(None, date(2024, 3, 20), Viewer::PUBLIC);
    let seen: Vec<_> = points.iter().map(|point| (point.date.month(), point.active, point.suspended)).collect();
    assert_eq!(seen, [(1, 0, 0), (2, 1, 0), (3, 0, 1)]);
    assert_eq!(snapshot.timeline(Some(date(1, 1, 1)), date(2024, 3, 20), Viewer::PUBLIC).len(), 1200);
}
