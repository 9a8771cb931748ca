use crate::support::Coordinator;

#[tokio::test]
async fn what_is_wrong_is_refused_with_the_code_of_the_table() {
    let hub = Coordinator::start().await;
    for line in include_str!("refusals.txt").lines().filter(|line| !line.starts_with('#')) {
        let [method, path, body, status, code] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            panic!("five columns: {line}")
        };
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/federation/v1/{path}") };
        let body = (body != "-").then(|| body.as_bytes().to_vec());
        let answer = hub.ask(method, &path, &[], body).await;
        assert_eq!(answer.outcome(), format!("{status} {code}"), "{line}");
        if answer.status == 405 {
            assert!(!answer.header("allow").is_empty(), "{line}: Allow");
        }
        if answer.status == 401 {
            assert_eq!(answer.header("www-authenticate"), "Bearer", "{line}");
        }
    }
}

#[tokio::test]
async fn a_method_that_is_not_taken_is_told_which_are() {
    let hub = Coordinator::start().await;
    assert_eq!(hub.ask("DELETE", "/federation/v1/state", &[], None).await.header("allow"), "GET,HEAD");
    assert_eq!(hub.ask("GET", "/federation/v1/hint", &[], None).await.header("allow"), "POST");
}

#[tokio::test]
async fn bodies_are_bounded_while_they_are_read() {
    let hub = Coordinator::start().await;
    for (path, bytes) in [("revisions", 70_000), ("applications", 20_000), ("revisions", 5_000_000)] {
        let body = vec![b' '; bytes];
        let answer = hub.ask("POST", &format!("/federation/v1/{path}"), &[], Some(body)).await;
        assert_eq!(answer.outcome(), "413 too-large", "{path} {bytes}");
    }
}

#[tokio::test]
async fn deep_json_is_refused() {
    let hub = Coordinator::start().await;
    for body in ["[".repeat(60_000), "{\"digests\":".repeat(5_000)] {
        let answer = hub.ask("POST", "/federation/v1/revisions", &[], Some(body.into_bytes())).await;
        assert_eq!(answer.outcome(), "400 bad-request");
    }
}

#[tokio::test]
async fn who_takes_no_type_that_there_is_hears_so() {
    let hub = Coordinator::start().await;
    for path in
        ["/federation/v1/state", "/federation/v1/journals", "/federation/v1/anchor", "/.well-known/openid-federation"]
    {
        let refused = hub.ask("GET", path, &[("accept", "text/html")], None).await;
        assert_eq!(refused.outcome(), "406 not-acceptable", "{path}");
        assert_eq!(hub.ask("GET", path, &[("accept", "text/html, */*;q=0.1")], None).await.status, 200, "{path}");
    }
}
