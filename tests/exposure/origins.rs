//! What pages of other origins, and a stranger to the schema, may do.

use crate::{
    header, parts,
    support::{Served, query},
};

async fn preflight(served: &Served, origin: &str) -> String {
    let head = format!(
        "OPTIONS /graphql HTTP/1.1\r\norigin: {origin}\r\naccess-control-request-method: POST\r\n\
         access-control-request-headers: content-type,authorization,apollographql-client-name"
    );
    parts(&served.send(&head, "").await).1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_elsewhere_reads_answers_and_how_it_stands_but_never_with_credentials() {
    let served = Served::start().await;
    let before = preflight(&served, "https://dashboard.example").await;
    assert_eq!(header(&before, "access-control-allow-origin"), Some("*"));
    assert_eq!(header(&before, "access-control-allow-credentials"), None);
    assert_eq!(header(&before, "access-control-allow-methods"), Some("get,post"));
    let allowed = header(&before, "access-control-allow-headers").unwrap();
    for name in ["content-type", "authorization", "if-none-match", "accept-language", "apollographql-client-name"] {
        assert!(allowed.split(',').any(|known| known == name), "{name} is not in {allowed}");
    }
    let head = "POST /graphql HTTP/1.1\r\ncontent-type: application/json\r\norigin: https://dashboard.example";
    let (_, answered, _) = parts(&served.send(head, &query("{ __typename }")).await);
    assert_eq!(header(&answered, "access-control-allow-origin"), Some("*"));
    let exposed = header(&answered, "access-control-expose-headers").unwrap();
    for name in ["etag", "retry-after", "ratelimit", "ratelimit-policy"] {
        assert!(exposed.split(',').any(|known| known == name), "{name} is not in {exposed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_listed_origins_read_where_there_is_a_list() {
    let served = Served::with(|config| config.graphql.cors_origins = vec!["https://a.example".to_owned()]).await;
    let listed = preflight(&served, "https://a.example").await;
    assert_eq!(header(&listed, "access-control-allow-origin"), Some("https://a.example"));
    assert!(header(&listed, "vary").unwrap().contains("origin"), "{listed}");
    let other = preflight(&served, "https://b.example").await;
    assert_eq!(header(&other, "access-control-allow-origin"), None);
    for (origin, allowed) in [("https://a.example", Some("https://a.example")), ("https://b.example", None)] {
        let (_, table, _) =
            parts(&served.send(&format!("GET /export/events.csv HTTP/1.1\r\norigin: {origin}"), "").await);
        assert_eq!(header(&table, "access-control-allow-origin"), allowed, "downloads follow the same list");
    }
    let none = Served::with(|config| config.graphql.cors_origins.clear()).await;
    assert_eq!(header(&preflight(&none, "https://a.example").await, "access-control-allow-origin"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_form_can_send_is_not_read() {
    let served = Served::start().await;
    for form in
        ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/graphql"]
    {
        let head = format!("POST /graphql HTTP/1.1\r\ncontent-type: {form}");
        let (status, _, body) = parts(&served.send(&head, &query("mutation { __typename }")).await);
        assert_eq!(status, 415, "{form}: {body}");
    }
    let (status, head, body) = parts(&served.send("GET /graphql?query=mutation{__typename} HTTP/1.1", "").await);
    assert_eq!((status, header(&head, "allow")), (405, Some("post")), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_is_not_told_where_introspection_is_off() {
    let served = Served::with(|config| config.graphql.introspection = false).await;
    for text in ["{ __schema { queryType { name } } }", "{ __type(name: \"Practice\") { name } }"] {
        let answer = served.post(&query(text)).await;
        assert!(answer.contains("\"code\":\"VALIDATION_FAILED\"") && answer.contains("switched off"), "{answer}");
    }
    assert!(served.post(&query("{ __typename }")).await.contains("\"Query\""));
}
