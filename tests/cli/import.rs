//! `import` and `export`.

use serde_json::{Value, json};

use crate::support::{Instance, PRACTICES};

fn counts(value: &Value) -> (u64, u64, u64, u64) {
    let count = |name: &str| value[name].as_u64().unwrap();
    (count("published"), count("unchanged"), count("withdrawn"), count("bad"))
}

#[test]
fn the_same_file_twice_publishes_nothing() {
    let instance = Instance::national();
    let first = instance.import("practices.jsonl", PRACTICES, &["--json"]).done().json();
    assert_eq!(counts(&first), (3, 0, 0, 0));
    let again = instance.import("practices.jsonl", PRACTICES, &["--json"]).done().json();
    assert_eq!(counts(&again), (0, 3, 0, 0));
    let rows: Vec<&str> = PRACTICES.lines().filter(|line| !line.is_empty()).collect();
    let as_list = instance.import("rows.json", &format!("[{}]", rows.join(",\n")), &["--kind", "practices", "--json"]);
    assert_eq!(counts(&as_list.done().json()), (0, 3, 0, 0), "a list of the same rows is the same");
}

#[test]
fn a_dry_run_tells_what_would_happen_and_writes_nothing() {
    let instance = Instance::national();
    let dry = |rows: &str| counts(&instance.import("practices.jsonl", rows, &["--dry-run", "--json"]).done().json());
    assert_eq!(dry(PRACTICES), (3, 0, 0, 0));
    assert!(instance.export().is_empty());
    instance.import("practices.jsonl", PRACTICES, &[]).done();
    assert_eq!(dry(&PRACTICES.replacen("\"x\"", "\"y\"", 1)), (1, 2, 0, 0));
    assert_eq!(dry(PRACTICES), (0, 3, 0, 0));
}

#[test]
fn every_bad_row_is_named_by_its_line_and_nothing_is_written() {
    let instance = Instance::national();
    let rows = format!("{PRACTICES}{{\"title\": 7}}\n{{\"a\":1,\"a\":2}}\n{}", PRACTICES.lines().next().unwrap());
    let ran = instance.import("practices.jsonl", &rows, &[]);
    ran.refused(1, &["line 5: ", "line 6: ", "line 7: has the same id as line 1", "3 rows are bad", "--keep-going"]);
    assert!(instance.export().is_empty());
    let kept = instance.import("practices.jsonl", &rows, &["--keep-going", "--json"]).done().json();
    assert_eq!(counts(&kept), (3, 0, 0, 3));
    assert_eq!(kept["faults"][0]["line"], 5);
}

#[test]
fn a_national_instance_speaks_of_its_own_state() {
    let instance = Instance::national();
    let ran = instance.import("practices.jsonl", &PRACTICES.replacen("\"MA\"", "\"PT\"", 1), &[]);
    ran.refused(1, &["line 1: country: is not MA"]);
    let unstated = PRACTICES.replace("\"country\": \"MA\", ", "");
    instance.import("practices.jsonl", &unstated, &[]).done();
    assert!(instance.export().iter().all(|row| row["country"] == "MA" && row.get("compiled").is_none()));
    instance.import("members.jsonl", "{\"country\": \"MA\"}", &[]).refused(1, &["register"]);
}

#[test]
fn a_file_changes_no_member_at_the_coordinator_either() {
    let instance = Instance::coordinator();
    let member = "{\"country\": \"MA\", \"name\": {\"en\": \"A mechanism\"}, \"role\": \"member\", \"status\": \"active\", \"history\": []}";
    for how in [&[][..], &["--dry-run"], &["--keep-going"]] {
        let ran = instance.import("members.jsonl", member, how);
        assert!(format!("{ran:?}").contains("a file changes no member"), "{how:?}: {ran:?}");
    }
    assert!(instance.export().is_empty());
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_told_how_to_name_it() {
    let instance = Instance::national();
    let table = "title_fr,summary_fr\nUn titre,Un résumé\n";
    instance.import("practices.xlsx", table, &[]).refused(1, &["it is a text", "named .csv"]);
    instance.import("practices.json", table, &[]).refused(1, &["this is no JSON", "named .csv"]);
    instance.import("practices.csv", table, &[]).done();
}

#[test]
fn rows_withdraw_and_what_cannot_be_done_is_named() {
    let instance = Instance::national();
    instance.import("practices.jsonl", PRACTICES, &[]).done();
    let id = instance.export()[0]["id"].as_str().unwrap().to_owned();
    let row = |row: Value| row.to_string();
    let audience = instance.export()[0]["audience"].clone();
    let withdraw = row(json!({"id": id, "withdraw": true, "audience": audience}));
    let gone = instance.import("practices.jsonl", &withdraw, &["--json"]).done().json();
    assert_eq!(counts(&gone), (0, 0, 1, 0));
    assert_eq!(counts(&instance.import("practices.jsonl", &withdraw, &["--json"]).done().json()), (0, 1, 0, 0));
    let again = row(json!({"id": id, "audience": audience, "title": {"fr": "a"}, "summary": {"fr": "b"}}));
    instance.import("practices.jsonl", &again, &[]).refused(1, &["line 1: ", "withdrawn, which is final"]);
    let unknown = row(json!({"id": "0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d", "withdraw": true}));
    instance.import("practices.jsonl", &unknown, &[]).refused(1, &["no record of this instance"]);
    let moved = PRACTICES.replace(", \"audience\": \"network\"", "");
    instance.import("practices.jsonl", &moved, &[]).refused(1, &["line 4: audience: "]);
}

#[test]
fn what_one_coordinator_exports_another_imports() {
    let first = Instance::coordinator();
    for kind in ["mechanisms", "practices", "documents", "events"] {
        let file = format!("{}/data/records/{kind}.json", env!("CARGO_MANIFEST_DIR"));
        first.run(&["import", &file]).done();
    }
    let exported = first.run(&["export", "--format", "jsonl"]).done().out;
    assert_eq!(exported.lines().count(), 205);
    let second = Instance::nothing("https://other.example");
    let init = ["init", "--entity-id", "https://other.example", "--name", "Other", "--role", "coordinator"];
    second.run(&init).done();
    assert_eq!(counts(&second.import("all.jsonl", &exported, &["--json"]).done().json()), (205, 0, 0, 0));
    let without_origin = |mut row: Value| {
        row.as_object_mut().unwrap().shift_remove("origin").unwrap();
        row
    };
    let rows = |instance: &Instance| instance.export().into_iter().map(without_origin).collect::<Vec<_>>();
    assert_eq!(rows(&first), rows(&second));
    let kind = first.run(&["export", "--format", "jsonl", "--kind", "events"]).done();
    assert_eq!(kind.out.lines().count(), 23);
}

#[test]
fn an_export_is_never_written_over_a_file() {
    let instance = Instance::national();
    let path = instance.path("out.jsonl").display().to_string();
    instance.run(&["export", "--format", "jsonl", "--output", &path]).done();
    instance.run(&["export", "--format", "jsonl", "--output", &path]).refused(1, &["never written over"]);
}

#[test]
fn standard_input_is_read_and_what_is_no_file_of_rows_is_refused() {
    let instance = Instance::national();
    instance.run_with(&["import", "-"], PRACTICES).refused(1, &["standard input", "kind is missing"]);
    instance.run_with(&["import", "-", "--kind", "practice"], PRACTICES).done();
    instance.import("practices.json", "[{\"a\": 1}", &[]).refused(1, &["no end"]);
    instance.write("practices.xlsx", "PK\u{3}\u{4}");
    instance.run(&["import", &instance.path("practices.xlsx").display().to_string()]).refused(1, &["workbook"]);
    instance.run(&["import", "nowhere.json"]).refused(1, &["no such file"]);
}

#[test]
fn thousands_of_rows_are_published_in_one_go() {
    let instance = Instance::coordinator();
    let text = "x".repeat(2_000);
    let row = |number| json!({"country": "MA", "title": {"en": format!("Practice {number}")}, "summary": {"en": text}, "sources": [{"title": "s"}]});
    let rows: Vec<String> = (0..3_000).map(|number| row(number).to_string()).collect();
    let ran = instance.import("practices.jsonl", &rows.join("\n"), &["--json"]).done();
    assert_eq!(counts(&ran.json()), (3_000, 0, 0, 0));
    assert!(ran.err.contains("rows signed: 3000 of 3000 (100 %)"), "{}", ran.err);
    instance.run(&["verify"]).done();
}

#[test]
fn a_command_runs_beside_a_server_on_the_same_database() {
    use crate::support::wait;
    let instance = Instance::national();
    let held = wait(async { nmirf_hub::store::ServeLock::take(&instance.store().await).await.unwrap() });
    instance.import("practices.jsonl", PRACTICES, &[]).done();
    instance.run(&["verify"]).done();
    assert_eq!(instance.export().len(), 3);
    drop(held);
}

const TABLE: &str = "country;title_fr;title_en;summary_fr;themes;startYear;sources\n\
    MA;Un;One;x;consultation | reporting;2015;Source <https://a.example>\n\
    MA;\"Deux\n; deux\";;y;;;s\n";

#[test]
fn a_table_is_published_and_the_same_table_again_changes_nothing() {
    let instance = Instance::national();
    let first = instance.import("practices.csv", TABLE, &["--json"]).done().json();
    assert_eq!(counts(&first), (2, 0, 0, 0));
    assert_eq!(counts(&instance.import("practices.csv", TABLE, &["--json"]).done().json()), (0, 2, 0, 0));
    let exported = instance.export();
    assert_eq!(exported[0]["themes"], json!(["consultation", "reporting"]));
    assert_eq!(exported[0]["sources"], json!([{"title": "Source", "url": "https://a.example"}]));
    assert!(exported.iter().any(|row| row["title"]["fr"] == "Deux\n; deux"));
}

#[test]
fn a_dry_run_tells_of_every_row_what_would_happen() {
    let instance = Instance::national();
    instance.import("practices.csv", TABLE, &[]).done();
    let changed = format!("{}MA;Trois;;z;;soon;s\nMA;Quatre;;z;;;s\n", TABLE.replace(";One;", ";First;"));
    let ran = instance.import("practices.csv", &changed, &["--dry-run"]);
    ran.refused(1, &["line 5, column startYear: \"soon\" is no whole number", "1 row is bad"]);
    let told = instance.import("practices.csv", &changed, &["--dry-run", "--keep-going", "--json"]).done().json();
    let outcome = |place: usize| told["rows"][place]["outcome"].as_str().unwrap().to_owned();
    assert_eq!([outcome(0), outcome(1), outcome(2), outcome(3)], ["changed", "unchanged", "refused", "new"]);
    assert_eq!(told["rows"][0]["fields"], json!(["title.en"]));
    assert_eq!((&told["rows"][2]["line"], &told["rows"][2]["column"]), (&json!(5), &json!("startYear")));
    let shown = instance.import("practices.csv", &changed, &["--dry-run", "--keep-going"]).done().out;
    for words in [
        "line 2",
        "changed: title.en",
        "unchanged",
        "refused: startYear",
        "Quatre",
        "would be published: 2, unchanged: 1",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert_eq!(instance.export().len(), 2);
}

#[test]
fn a_column_that_is_not_known_is_named_with_the_nearest() {
    let instance = Instance::national();
    let ran = instance.import("practices.csv", "country,titel_fr,summary_fr\nMA,Un,x\n", &[]);
    ran.refused(1, &["column B, \"titel_fr\": no table of practices has this column. The nearest is \"title_"]);
    instance.import("rows.csv", TABLE, &[]).refused(1, &["kind is missing"]);
    std::fs::write(instance.path("latin.csv"), b"title_fr\nR\xe9union\n").unwrap();
    let path = instance.path("latin.csv").display().to_string();
    instance.run(&["import", &path, "--kind", "practice"]).refused(1, &["line 2: this is no text in UTF-8"]);
}

#[test]
fn a_workbook_of_all_kinds_is_imported_as_it_was_exported() {
    let first = Instance::coordinator();
    for kind in ["mechanisms", "practices", "documents", "events"] {
        let file = format!("{}/data/records/{kind}.json", env!("CARGO_MANIFEST_DIR"));
        first.run(&["import", &file]).done();
    }
    let book = first.path("all.xlsx").display().to_string();
    first.run(&["export", "--format", "xlsx", "--output", &book]).done();
    let second = Instance::nothing("https://other.example");
    let init = ["init", "--entity-id", "https://other.example", "--name", "Other", "--role", "coordinator"];
    second.run(&init).done();
    assert_eq!(counts(&second.run(&["import", &book, "--json"]).done().json()), (205, 0, 0, 0));
    assert_eq!(counts(&first.run(&["import", &book, "--json"]).done().json()), (0, 205, 0, 0));
    let table = first.run(&["export", "--format", "csv", "--kind", "events"]).done().out;
    assert_eq!(counts(&second.import("events.csv", &table, &["--json"]).done().json()), (0, 23, 0, 0));
    first.run(&["export", "--format", "csv"]).refused(2, &["--kind"]);
}

#[test]
fn a_template_is_filled_in_and_its_example_left_out() {
    let instance = Instance::national();
    let template = instance.run(&["export", "--kind", "practices", "--format", "csv", "--template"]).done().out;
    assert!(template.contains("title_en") && template.contains("# example"), "{template}");
    assert_eq!(counts(&instance.import("practices.csv", &template, &["--json"]).done().json()), (0, 0, 0, 0));
    let width = template.lines().next().unwrap().split(',').count();
    let head: Vec<&str> = template.lines().next().unwrap().trim_start_matches('\u{feff}').split(',').collect();
    let cell = |name: &str| match name {
        "title_en" => "Filled in",
        "summary_en" => "x",
        "sources" => "s",
        _ => "",
    };
    let row: Vec<&str> = head.iter().map(|name| cell(name)).collect();
    assert_eq!(row.len(), width);
    let filled = format!("{template}{}\r\n", row.join(","));
    assert_eq!(counts(&instance.import("practices.csv", &filled, &["--json"]).done().json()), (1, 0, 0, 0));
    let book = instance.path("template.xlsx").display().to_string();
    instance.run(&["export", "--kind", "practices", "--format", "xlsx", "--template", "--output", &book]).done();
    assert_eq!(counts(&instance.run(&["import", &book, "--kind", "practice", "--json"]).done().json()), (0, 0, 0, 0));
    instance.run(&["export", "--kind", "practices", "--format", "jsonl", "--template"]).refused(2, &["--format csv"]);
}
