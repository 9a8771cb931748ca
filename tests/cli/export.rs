//! `export`: where it writes, and its templates.

use crate::support::Instance;

#[test]
fn an_export_into_a_folder_that_is_not_there_says_so() {
    let instance = Instance::national();
    let nowhere = instance.path("no/such/out.jsonl").display().to_string();
    let ran = instance.run(&["export", "--format", "jsonl", "--output", &nowhere]);
    assert!(!ran.err.contains("written over"), "{ran:?}");
    ran.refused(1, &["Make the folder first"]);
}

#[test]
fn the_example_of_a_template_is_of_this_instance() {
    let instance = Instance::nothing("https://hub.example.pt");
    instance.run(&["init", "--entity-id", "https://hub.example.pt", "--name", "Portugal", "--country", "PT"]).done();
    let text = std::fs::read_to_string(instance.path("hub.toml")).unwrap();
    instance.write("hub.toml", &text.replace("[instance]\n", "[instance]\nlanguages = [\"pt\", \"en\"]\n"));
    let cells = |kind| {
        let text = instance.run(&["export", "--kind", kind, "--format", "csv", "--template"]).done().out;
        let text = text.replace("\"# example, left out by an import\"", "#");
        let rows: Vec<Vec<String>> = text
            .trim_start_matches('\u{feff}')
            .lines()
            .map(|row| row.split(',').map(str::to_owned).collect())
            .collect();
        rows[0].clone().into_iter().zip(rows[1].clone()).collect::<std::collections::HashMap<_, _>>()
    };
    let practice = cells("practices");
    assert_eq!((practice["country"].as_str(), practice["originalLanguage"].as_str()), ("PT", "pt"), "{practice:?}");
    let document = cells("documents");
    assert_eq!(document["languages"], "pt; en");
    assert_eq!(document["editions"], "pt <https://example.org/pt.pdf>");
}
