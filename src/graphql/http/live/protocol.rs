//! The graphql-transport-ws protocol as far as it is rules: what each message of a client means in the state that the
//! conversation is in. Knows neither sockets nor operations.

use std::{borrow::Cow, collections::HashMap};

use serde::Deserialize;
use serde_json::Value;

/// The name by which client and server agree on this protocol.
pub(super) const SUBPROTOCOL: &str = "graphql-transport-ws";
/// Longest id of an operation, in bytes.
const MAX_ID: usize = 256;

/// Why a connection is closed: a code of RFC 6455, of the protocol, or from 4410 on one of our own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Close {
    pub(super) code: u16,
    /// At most 123 bytes.
    pub(super) reason: Cow<'static, str>,
}

impl Close {
    pub(super) const IDLE: Self = Self::new(1000, "No operation for too long");
    pub(super) const STOPPING: Self = Self::new(1001, "The hub is stopping");
    pub(super) const TOO_LARGE: Self = Self::new(1009, "The message is too large");
    const NOT_YET: Self = Self::new(4401, "Unauthorized");
    pub(super) const OTHER_PROTOCOL: Self = Self::new(4406, "Subprotocol not acceptable");
    pub(super) const NO_INIT: Self = Self::new(4408, "Connection initialisation timeout");
    const INIT_AGAIN: Self = Self::new(4429, "Too many initialisation requests");
    pub(super) const TOO_SLOW: Self = Self::new(4410, "The client reads too slowly");
    pub(super) const NO_PONG: Self = Self::new(4411, "The client does not answer pings");

    const fn new(code: u16, reason: &'static str) -> Self {
        Self { code, reason: Cow::Borrowed(reason) }
    }

    /// 4400: what came is no message of the protocol.
    pub(super) const fn invalid(reason: &'static str) -> Self {
        Self::new(4400, reason)
    }

    fn exists(id: &str) -> Self {
        let shown: String = id.chars().take(20).collect();
        Self { code: 4409, reason: format!("Subscriber for {shown} already exists").into() }
    }
}

/// What is to be done about a message.
#[derive(Debug, PartialEq)]
pub(super) enum Heard {
    /// Acknowledge; from now on operations may come. With the value of `Authorization`, if one was sent.
    Begun(Option<String>),
    /// Answer a ping, with what it brought.
    Ping(Option<Value>),
    /// Begin an operation; its number is never given again.
    Subscribe { id: String, number: u64, request: Value },
    /// One too many: say so under its id.
    TooMany { id: String },
    /// End an operation.
    End(u64),
    /// Nothing.
    Nothing,
    /// Close the connection.
    Close(Close),
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Message {
    ConnectionInit { payload: Option<Value> },
    Ping { payload: Option<Value> },
    Pong,
    Subscribe { id: String, payload: Value },
    Complete { id: String },
}

/// A conversation with one client.
pub(super) struct Conversation {
    begun: bool,
    operations: HashMap<String, u64>,
    most: usize,
    next: u64,
}

impl Conversation {
    /// With at most so many operations at one time.
    pub(super) fn new(most: usize) -> Self {
        Self { begun: false, operations: HashMap::new(), most, next: 0 }
    }

    /// Whether it was acknowledged.
    pub(super) fn is_begun(&self) -> bool {
        self.begun
    }

    /// Whether no operation is under way.
    pub(super) fn is_idle(&self) -> bool {
        self.operations.is_empty()
    }

    /// What a message means.
    pub(super) fn hear(&mut self, text: &str) -> Heard {
        let Ok(message) = serde_json::from_str::<Message>(text) else {
            return Heard::Close(Close::invalid("Invalid message received"));
        };
        match message {
            Message::ConnectionInit { .. } if self.begun => Heard::Close(Close::INIT_AGAIN),
            Message::ConnectionInit { payload } => match authorization(payload) {
                Ok(authorization) => {
                    self.begun = true;
                    Heard::Begun(authorization)
                }
                Err(close) => Heard::Close(close),
            },
            Message::Ping { payload } => Heard::Ping(payload),
            Message::Pong => Heard::Nothing,
            Message::Subscribe { .. } if !self.begun => Heard::Close(Close::NOT_YET),
            Message::Subscribe { id, payload } => self.subscribe(id, payload),
            // A completed operation and a complete may cross each other.
            Message::Complete { id } => self.operations.remove(&id).map_or(Heard::Nothing, Heard::End),
        }
    }

    fn subscribe(&mut self, id: String, request: Value) -> Heard {
        if id.is_empty() || id.len() > MAX_ID || !request.is_object() {
            return Heard::Close(Close::invalid("Invalid subscribe message received"));
        }
        if self.operations.contains_key(&id) {
            return Heard::Close(Close::exists(&id));
        }
        if self.operations.len() >= self.most {
            return Heard::TooMany { id };
        }
        self.next += 1;
        self.operations.insert(id.clone(), self.next);
        Heard::Subscribe { id, number: self.next, request }
    }

    /// Whether an operation is still wanted; what was said of another one under the same id is not.
    pub(super) fn goes_on(&self, id: &str, number: u64) -> bool {
        self.operations.get(id) == Some(&number)
    }

    /// An operation has ended; its id may be used again.
    pub(super) fn ended(&mut self, id: &str, number: u64) {
        if self.goes_on(id, number) {
            self.operations.remove(id);
        }
    }
}

/// Browsers cannot send headers with a WebSocket, so the token comes in the payload.
fn authorization(payload: Option<Value>) -> Result<Option<String>, Close> {
    match payload {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(members)) => {
            let given = members.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
            match given {
                None | Some((_, Value::Null)) => Ok(None),
                Some((_, Value::String(value))) => Ok(Some(value)),
                Some(_) => Err(Close::invalid("Authorization is no text")),
            }
        }
        Some(_) => Err(Close::invalid("Invalid payload of connection_init")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    const INIT: &str = r#"{"type":"connection_init"}"#;

    fn subscribe(id: &str) -> String {
        json!({"type": "subscribe", "id": id, "payload": {"query": "{ a }"}}).to_string()
    }

    fn complete(id: &str) -> String {
        json!({"type": "complete", "id": id}).to_string()
    }

    fn begun() -> Conversation {
        let mut conversation = Conversation::new(2);
        assert_eq!(conversation.hear(INIT), Heard::Begun(None));
        conversation
    }

    fn code(heard: Heard) -> u16 {
        match heard {
            Heard::Close(close) => {
                assert!(close.reason.len() <= 123);
                close.code
            }
            other => panic!("no close: {other:?}"),
        }
    }

    fn number(heard: Heard) -> u64 {
        match heard {
            Heard::Subscribe { number, .. } => number,
            other => panic!("no operation: {other:?}"),
        }
    }

    #[test]
    fn nothing_is_subscribed_to_before_the_beginning() {
        assert_eq!(code(Conversation::new(2).hear(&subscribe("1"))), 4401);
        assert_eq!(Conversation::new(2).hear(&complete("1")), Heard::Nothing);
        assert_eq!(Conversation::new(2).hear(r#"{"type":"ping"}"#), Heard::Ping(None));
    }

    #[test]
    fn there_is_one_beginning() {
        let mut conversation = begun();
        assert!(conversation.is_begun());
        assert_eq!(code(conversation.hear(INIT)), 4429);
    }

    #[test]
    fn a_token_comes_with_the_beginning() {
        for (payload, expected) in [
            (json!({"Authorization": "Bearer x"}), Some("Bearer x")),
            (json!({"authorization": "Bearer x", "other": 1}), Some("Bearer x")),
            (json!({"authorization": null}), None),
            (json!({}), None),
            (json!(null), None),
        ] {
            let init = json!({"type": "connection_init", "payload": payload}).to_string();
            let expected = Heard::Begun(expected.map(str::to_owned));
            assert_eq!(Conversation::new(2).hear(&init), expected, "{init}");
        }
        for payload in [json!({"authorization": 1}), json!([]), json!("Bearer x")] {
            let init = json!({"type": "connection_init", "payload": payload}).to_string();
            assert_eq!(code(Conversation::new(2).hear(&init)), 4400, "{init}");
        }
    }

    #[test]
    fn what_is_no_message_closes() {
        for text in [
            "",
            "[]",
            "null",
            "{}",
            r#"{"type":"start","id":"1","payload":{}}"#,
            r#"{"type":"subscribe","payload":{}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"","payload":{}}"#,
            r#"{"type":"subscribe","id":1,"payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":[]}"#,
            r#"{"type":"complete"}"#,
            &subscribe(&"x".repeat(MAX_ID + 1)),
        ] {
            assert_eq!(code(begun().hear(text)), 4400, "{text}");
        }
    }

    #[test]
    fn an_id_is_used_once_at_a_time() {
        let mut conversation = begun();
        let first = number(conversation.hear(&subscribe("1")));
        assert_eq!(code(conversation.hear(&subscribe("1"))), 4409);
        assert_eq!(conversation.hear(&complete("1")), Heard::End(first));
        assert_eq!(conversation.hear(&complete("1")), Heard::Nothing);
        let second = number(conversation.hear(&subscribe("1")));
        assert!(!conversation.goes_on("1", first) && conversation.goes_on("1", second));
        conversation.ended("1", first);
        assert!(!conversation.is_idle(), "the end of another operation under the same id is not its end");
        conversation.ended("1", second);
        assert!(conversation.is_idle());
    }

    #[test]
    fn operations_of_a_connection_are_bounded() {
        let mut conversation = begun();
        number(conversation.hear(&subscribe("1")));
        let second = number(conversation.hear(&subscribe("2")));
        assert_eq!(conversation.hear(&subscribe("3")), Heard::TooMany { id: "3".into() });
        conversation.ended("2", second);
        number(conversation.hear(&subscribe("3")));
    }

    #[test]
    fn a_ping_is_answered_with_what_it_brought() {
        let ping = r#"{"type":"ping","payload":{"at":1}}"#;
        assert_eq!(begun().hear(ping), Heard::Ping(Some(json!({"at": 1}))));
        assert_eq!(begun().hear(r#"{"type":"pong","payload":{"at":1}}"#), Heard::Nothing);
    }
}
