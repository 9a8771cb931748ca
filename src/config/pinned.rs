//! Pinning and unpinning peers in an existing hub.toml. The file is the operator's: only the peer's own `[[trust.peers]]` table is
//! added or taken out, every other line stays as it was written.

use std::io::Write;
use std::path::Path;

use figment::value::{Dict, Value};

use super::{ConfigError, Peer, read_bounded, read_toml, write};

const TABLE: &str = "[[trust.peers]]";

/// Puts the peer into the file, in place of what was pinned for its entityId.
pub(super) fn pin(path: &Path, peer: &Peer) -> Result<(), ConfigError> {
    let text = without(&read_bounded(path)?, &peer.entity_id);
    let text = format!("{}\n{}", text.trim_end(), write::peer_table(peer));
    replace(path, &text, &peer.entity_id, true)
}

/// Takes the peer out of the file; false if it was not pinned there.
pub(super) fn unpin(path: &Path, entity_id: &str) -> Result<bool, ConfigError> {
    let text = read_bounded(path)?;
    if !is_pinned(path, &text, entity_id)? {
        return Ok(false);
    }
    replace(path, &without(&text, entity_id), entity_id, false)?;
    Ok(true)
}

/// The text without the peer's table, which ends where the next begins.
fn without(text: &str, entity_id: &str) -> String {
    let mut tables: Vec<String> = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('[') {
            tables.push(String::new());
        }
        if let Some(table) = tables.last_mut() {
            table.push_str(line);
        }
    }
    tables.retain(|table| {
        let is_peer = table.trim_start().starts_with(TABLE);
        !(is_peer && names(table, entity_id))
    });
    tables.concat()
}

fn names(table: &str, entity_id: &str) -> bool {
    table.lines().filter_map(|line| line.split_once('=')).any(|(key, value)| {
        let value = value.split('#').next().unwrap_or_default().trim();
        key.trim() == "entity_id" && value.trim_matches(['"', '\'']) == entity_id
    })
}

fn is_pinned(path: &Path, text: &str, entity_id: &str) -> Result<bool, ConfigError> {
    let file = read_toml(path, text)?;
    let trust = file.get("trust").and_then(Value::as_dict);
    let peers = trust.and_then(|trust: &Dict| trust.get("peers")).and_then(Value::as_array).unwrap_or_default();
    Ok(peers.iter().filter_map(Value::as_dict).any(|peer| {
        let value = peer.get("entity_id").and_then(Value::as_str);
        value == Some(entity_id)
    }))
}

/// Writes the new text beside the file and moves it into its place, once it is sure to say what it should: an operator may have
/// written the peers in a way that is not edited here.
fn replace(path: &Path, text: &str, entity_id: &str, wanted: bool) -> Result<(), ConfigError> {
    let unwritten = |cause: String| ConfigError::Unwritten { path: path.to_owned(), cause };
    if is_pinned(path, text, entity_id).ok() != Some(wanted) {
        return Err(unwritten("its peers are not written as [[trust.peers]] tables. Change them by hand".to_owned()));
    }
    let attempt = || -> std::io::Result<()> {
        let permissions = std::fs::metadata(path)?.permissions();
        let beside = path.with_extension("toml.new");
        let mut file = std::fs::File::create(&beside)?;
        file.set_permissions(permissions)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    };
    attempt().map_err(|cause| unwritten(cause.to_string()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::config::{Config, Overrides, PinnedKey, PinnedStatus};

    const TEXT: &str = "# mine\n[instance]\nentity_id = \"https://hub.example.org\" # us\nname = \"Hub\"\ncountry = \"MA\"\n\n[sync]\ninterval = \"5m\"\n";

    fn peer(entity_id: &str) -> Peer {
        let key = PinnedKey::new("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", PinnedStatus::Current).unwrap();
        Peer { entity_id: entity_id.to_owned(), keys: vec![key] }
    }

    fn file(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hub.toml");
        std::fs::write(&path, text).unwrap();
        (folder, path)
    }

    fn pinned(path: &Path) -> Vec<String> {
        let text = std::fs::read_to_string(path).unwrap();
        let config = Config::from_parts(path, &text, [], &Overrides::none()).unwrap();
        config.trust.peers.into_iter().map(|peer| peer.entity_id).collect()
    }

    #[test]
    fn peers_are_pinned_and_taken_out_and_every_other_line_stays() {
        let (_folder, path) = file(TEXT);
        pin(&path, &peer("https://a.example")).unwrap();
        pin(&path, &peer("https://b.example")).unwrap();
        pin(&path, &peer("https://a.example")).unwrap();
        assert_eq!(pinned(&path), ["https://b.example", "https://a.example"]);
        assert!(std::fs::read_to_string(&path).unwrap().starts_with(TEXT.trim_end()));
        assert!(unpin(&path, "https://b.example").unwrap());
        assert!(!unpin(&path, "https://b.example").unwrap());
        assert_eq!(pinned(&path), ["https://a.example"]);
    }

    #[test]
    fn peers_written_in_another_way_are_left_to_the_operator() {
        let text = format!("{TEXT}[trust]\npeers = [{{ entity_id = \"https://a.example\", keys = [] }}]\n");
        let (_folder, path) = file(&text);
        assert!(unpin(&path, "https://a.example").unwrap_err().to_string().contains("by hand"));
        assert!(pin(&path, &peer("https://b.example")).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}
