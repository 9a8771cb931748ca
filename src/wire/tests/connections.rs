//! Whom the transport calls, and how: addresses, http and https, the outgoing proxy, connections, the setup.

use super::liar::{Liar, Step, ask, config, json, web};
use crate::record::EntityIdError;
use crate::wire::{Fault, StateAnswer, Web, WebConfig};

const JSON: &str = "content-type: application/json";
const SMALL: &str = r#"{"checkpoint":"a.b.c","entries":"AAEC"}"#;

fn small() -> StateAnswer {
    StateAnswer::State { checkpoint: "a.b.c".into(), entries: vec![0, 1, 2] }
}

#[tokio::test]
async fn a_server_that_is_not_there_or_speaks_no_tls_is_told_apart() {
    let liar = Liar::saying(json(SMALL)).await;
    let secure = liar.base.replace("http://", "https://");
    assert_eq!(web().state(&secure, &ask()).await, Err(Fault::Tls));
    let gone = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let refused = web().state(&gone, &ask()).await.unwrap_err();
    assert_eq!((refused.word(), &refused), ("refused", &Fault::Refused("it refuses connections")));
}

#[tokio::test]
async fn addresses_of_this_machine_are_not_called_unless_allowed() {
    let liar = Liar::saying(json(SMALL)).await;
    let named = liar.base.replace("127.0.0.1", "localhost");
    let guarded = Web::new(WebConfig { allow_private_networks: false, allow_http: true, ..config() }).unwrap();
    for base in [&liar.base, &named] {
        assert_eq!(guarded.state(base, &ask()).await, Err(Fault::AddressNotAllowed), "{base}");
    }
    assert_eq!(liar.connections(), 0);
    assert_eq!(web().state(&named, &ask()).await.unwrap().value, small());
}

#[tokio::test]
async fn http_to_another_host_needs_the_configuration() {
    let refused = web().state("http://hub.example.org", &ask()).await;
    assert_eq!(refused, Err(Fault::NotCallable(EntityIdError::Http)));
    let slash = web().state("https://hub.example.org/", &ask()).await;
    assert_eq!(slash, Err(Fault::NotCallable(EntityIdError::TrailingSlash)));
}

#[tokio::test]
async fn a_configured_proxy_is_used_for_all() {
    let proxy = Liar::saying(json(SMALL)).await;
    let through = WebConfig {
        allow_private_networks: false,
        allow_http: true,
        proxy: Some(proxy.base.replace("127.0.0.1", "localhost")),
        ..config()
    };
    let web = Web::new(through).unwrap();
    assert_eq!(web.state("http://hub.example.org/a", &ask()).await.unwrap().value, small());
    assert!(
        proxy.requests()[0].starts_with("GET http://hub.example.org/a/federation/v1/state?"),
        "{:?}",
        proxy.requests()
    );
    assert_eq!(web.state("http://localhost:9", &ask()).await, Err(Fault::AddressNotAllowed));
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let kept = |body: &str| {
        let head = format!("HTTP/1.1 200 OK\r\n{JSON}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        Step::Say(head.into_bytes())
    };
    let liar = Liar::telling(vec![vec![kept(SMALL), Step::NextRequest, kept(SMALL)]]).await;
    let web = web();
    for _ in 0..2 {
        assert_eq!(web.state(&liar.base, &ask()).await.unwrap().value, small());
    }
    assert_eq!((liar.connections(), liar.requests().len()), (1, 2));
}

#[test]
fn a_wrong_setup_says_what_is_wrong() {
    let setup = |change: fn(&mut WebConfig)| {
        let mut config = config();
        change(&mut config);
        Web::new(config).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert!(setup(|c| c.ca_file = Some("no/such/file.pem".into())).starts_with("trust.ca_file no/such/file.pem: "));
    let no_certificate = setup(|c| c.ca_file = Some(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml").into()));
    assert!(no_certificate.contains("no certificate"), "{no_certificate}");
    for proxy in ["hub", "socks5://127.0.0.1:1080", "ftp://a.example"] {
        let error = Web::new(WebConfig { proxy: Some(proxy.into()), ..config() }).err().unwrap();
        assert!(error.to_string().starts_with("sync.proxy"), "{error}");
    }
}
