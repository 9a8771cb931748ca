//! Writing a short hub.toml: the keys that differ from their defaults and those that every operator looks for, with the comments
//! of the example file.

use serde_json::Value as Json;

use super::{Config, Oidc};

/// The example file: order and comments of all keys.
pub const EXAMPLE: &str = include_str!("../../config/hub.example.toml");

/// Keys that stand in every written file.
const ALWAYS: [&str; 6] =
    ["instance.entity_id", "instance.name", "instance.role", "listen.address", "database.url", "key.file"];

const HEAD: &str = "# Configuration of one nmirf-hub instance. What is not here has its default;\n\
                    # config/hub.example.toml of the project lists every key.\n";

/// The file's text. It holds secrets if the configuration does.
pub(super) fn to_toml(config: &Config) -> String {
    let values = serde_json::to_value(config).unwrap_or_default();
    let defaults = serde_json::to_value(Config::default()).unwrap_or_default();
    let mut out = HEAD.to_owned();
    let mut section = Section::default();
    for line in EXAMPLE.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            section.flush(&mut out);
            section = Section { name: name.to_owned(), ..Section::default() };
        } else if let Some(comment) = line.strip_prefix("# ") {
            section.comment.push(comment.to_owned());
        } else if let Some((key, _)) = line.strip_prefix('#').and_then(|rest| rest.split_once(" = ")) {
            let path = format!("{}.{key}", section.name);
            let (value, default) = (at(&values, &path), at(&defaults, &path));
            if value != default || ALWAYS.contains(&path.as_str()) {
                section.keep(key, value.unwrap_or(&Json::Null));
            }
            section.comment.clear();
        } else {
            section.comment.clear();
        }
    }
    section.flush(&mut out);
    lists_of_tables(config, &mut out);
    out
}

#[derive(Default)]
struct Section {
    name: String,
    comment: Vec<String>,
    lines: Vec<String>,
}

impl Section {
    fn keep(&mut self, key: &str, value: &Json) {
        self.lines.extend(self.comment.drain(..).map(|comment| format!("# {comment}")));
        self.lines.push(format!("{key} = {}", toml_value(value)));
    }

    fn flush(&mut self, out: &mut String) {
        if !self.lines.is_empty() {
            out.push_str(&format!("\n[{}]\n{}\n", self.name, self.lines.join("\n")));
        }
    }
}

fn lists_of_tables(config: &Config, out: &mut String) {
    for peer in &config.trust.peers {
        table(out, "trust.peers", &serde_json::to_value(peer).unwrap_or_default(), &Json::Null);
    }
    let plain = serde_json::to_value(Oidc::default()).unwrap_or_default();
    for provider in &config.auth.oidc {
        table(out, "auth.oidc", &serde_json::to_value(provider).unwrap_or_default(), &plain);
    }
}

/// A table of a list, after an empty line.
fn table(out: &mut String, name: &str, values: &Json, defaults: &Json) {
    out.push_str(&format!("\n[[{name}]]\n"));
    for (key, value) in
        values.as_object().into_iter().flatten().filter(|(key, value)| defaults.get(key) != Some(*value))
    {
        out.push_str(&format!("{key} = {}\n", toml_value(value)));
    }
}

fn at<'a>(values: &'a Json, path: &str) -> Option<&'a Json> {
    path.split('.').try_fold(values, |here, name| here.get(name))
}

/// A value on one line. JSON's escapes are TOML's, but that TOML wants U+007F escaped too.
fn toml_value(value: &Json) -> String {
    match value {
        Json::Array(list) => format!("[{}]", list.iter().map(toml_value).collect::<Vec<_>>().join(", ")),
        Json::Object(members) if members.is_empty() => "{}".to_owned(),
        Json::Object(members) => {
            // kty, crv, x is the order in which people write keys
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| ["kty", "crv", "x"].iter().position(|first| first == name).unwrap_or(3));
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("{} = {}", toml_key(name), toml_value(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
        Json::Null => "\"\"".to_owned(),
        other => other.to_string().replace('\u{7f}', "\\u007F"),
    }
}

fn toml_key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if bare { name.to_owned() } else { toml_value(&Json::from(name)) }
}
