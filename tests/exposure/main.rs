//! What stands between a hub and everybody: kept answers, persisted and trusted documents, rates, time, other origins, and
//! what hostile clients send. `hostile.mjs` measures what that costs a running hub.
#![allow(clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod documented;
mod hostile;
mod kept;
mod origins;
mod persisted;
mod rates;
mod stopped;
mod trusted;

/// Status, head in small letters, and body of an answer.
fn parts(answer: &str) -> (u16, String, String) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_lowercase(), body.to_owned())
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}
