//! How good the order of hits is: the judged questions, and the discounted gain of the first ten hits of each (nDCG@10). A
//! change to words, weights or analysis shows here what it did.

use std::collections::{BTreeMap, HashMap};

use nmirf_hub::record::RecordKey;

use crate::records::{LANGUAGES, LIBRARY, english};

/// What was reached when this was last looked at is a little more: docs/decisions/0008-search.md.
const FLOORS: [(&str, f64); 8] =
    [("all", 0.92), ("en", 0.91), ("fr", 0.91), ("es", 0.93), ("ar", 0.89), ("zh", 0.97), ("ru", 0.88), ("-", 0.97)];

struct Judged {
    language: &'static str,
    question: &'static str,
    grades: HashMap<RecordKey, u8>,
}

fn judged() -> Vec<Judged> {
    let lines = include_str!("queries.txt").lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let mut parts = line.split('|').map(str::trim);
            let (language, question) = (parts.next().unwrap(), parts.next().unwrap());
            let mut grades = HashMap::new();
            for part in parts {
                let (grade, what) = part.split_once(' ').unwrap();
                if grade == "topic" {
                    let about = LIBRARY.about.get(&(what.to_owned(), language.to_owned()));
                    grades.extend(about.unwrap_or_else(|| panic!("{line}")).iter().copied());
                } else {
                    let grade = grade.parse().unwrap();
                    grades.extend(LIBRARY.titled(what).into_iter().map(|key| (key, grade)));
                }
            }
            Judged { language, question, grades }
        })
        .collect()
}

fn gain(grades: impl Iterator<Item = u8>) -> f64 {
    let gains = grades.take(10).enumerate();
    gains.map(|(place, grade)| (f64::from(1 << grade) - 1.0) / (place as f64 + 2.0).log2()).sum()
}

#[test]
fn the_judged_questions_find_what_they_should() {
    let mut reached: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for judged in judged() {
        let said = Some(judged.language).filter(|language| *language != "-");
        let hits = LIBRARY.find(said, judged.question);
        let best = LIBRARY.best(&hits);
        let found = gain(best.iter().map(|record| judged.grades.get(&record.key).copied().unwrap_or(0)));
        let mut ideal: Vec<u8> = judged.grades.values().copied().collect();
        ideal.sort_unstable_by(|one, other| other.cmp(one));
        let gained = found / gain(ideal.into_iter());
        if gained < 0.8 {
            println!("{gained:.2} {} {:?}: {} hits", judged.language, judged.question, best.len());
            for record in best.iter().take(4) {
                let title = Some(english(record)).filter(|title| !title.is_empty());
                let title = title.or_else(|| record.title()?.iter().next().map(|(_, title)| title)).unwrap_or_default();
                println!("       {} {title}", judged.grades.get(&record.key).copied().unwrap_or(0));
            }
        }
        reached.entry("all").or_default().push(gained);
        reached.entry(judged.language).or_default().push(gained);
    }
    let mut short = Vec::new();
    for (language, floor) in FLOORS {
        let gains = &reached[language];
        let mean = gains.iter().sum::<f64>() / gains.len() as f64;
        println!("nDCG@10 {language:3} {mean:.3} of {} questions", gains.len());
        if mean < floor {
            short.push(format!("{language}: {mean:.3} is less than {floor}"));
        }
        assert!(!LANGUAGES.contains(&language) || gains.len() >= 10, "{language}: too few questions");
    }
    assert!(short.is_empty(), "{short:?}");
}
