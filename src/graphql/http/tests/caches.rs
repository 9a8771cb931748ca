//! What caches on the way are told.

use super::*;

#[tokio::test]
async fn a_tag_names_the_answer_and_saves_running_it() {
    let first = get("query={counted}", &[]).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""));
    assert_eq!(first.header("cache-control"), "no-cache");
    let before = RUNS.load(Ordering::SeqCst);
    for none_match in [tag.clone(), format!("\"x\", {tag}"), tag.trim_start_matches("W/").to_owned(), "*".into()] {
        let again = get("query={counted}", &[("if-none-match", &none_match)]).await;
        assert_eq!((again.status, again.header("etag")), (304, tag.as_str()));
        assert_eq!(again.body, Value::Null);
    }
    assert!(RUNS.load(Ordering::SeqCst) <= before + 1);
    for (parameters, headers) in [
        ("query={counted}", vec![("accept-language", "fr")]),
        ("query={counted%20}", vec![]),
        ("query={counted}&variables={%22a%22:1}", vec![]),
        ("query=query+A{counted}&operationName=A", vec![]),
    ] {
        let other = get(parameters, &headers).await;
        assert_eq!(other.status, 200);
        assert!(other.header("etag").starts_with("W/\""));
        assert_ne!(other.header("etag"), tag, "{parameters}");
    }
}

#[tokio::test]
async fn what_must_not_be_kept_has_no_tag() {
    for (parameters, headers) in [
        ("query={sync{lagSeconds}}", vec![]),
        ("query={sync{...F}}+fragment+F+on+Lagging{lagSeconds}", vec![]),
        ("query={counted}", vec![("authorization", "Bearer good")]),
    ] {
        let answer = get(parameters, &headers).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "private, no-store"), "{}", answer.body);
        assert_eq!(answer.header("etag"), "");
    }
    let failed = get("query={broken}", &[]).await;
    assert_eq!((failed.header("cache-control"), failed.header("etag")), ("no-store", ""));
    assert_eq!(query("{ counted }").await.header("cache-control"), "no-cache");
}
