//! Lists in one cell. Codes stand with `;` between them; texts, sources and records one a line. An item that holds a line
//! break, or could be taken for something else, stands in quotation marks, doubled where it holds one.

/// Splits a cell at these characters, outside of quotation marks; items keep their marks.
pub(super) fn split<'c>(cell: &'c str, separators: &[char]) -> Vec<&'c str> {
    let (mut items, mut start, mut quoted) = (Vec::new(), 0, false);
    for (place, character) in cell.char_indices() {
        // Marks count only where an item begins, and until it ends: elsewhere they belong to the text.
        let opens = character == '"' && (quoted || cell[start..place].trim().is_empty());
        quoted ^= opens;
        if !quoted && separators.contains(&character) {
            items.push(cell[start..place].trim());
            start = place + character.len_utf8();
        }
    }
    // A mark that is never closed is a text that begins with one.
    match quoted {
        true => items.extend(cell[start..].split(separators).map(str::trim)),
        false => items.push(cell[start..].trim()),
    }
    items.retain(|item| !item.is_empty());
    items
}

/// A text as an item; `is_plain` says whether it may stand without marks.
pub(super) fn write(text: &str, is_plain: bool) -> String {
    let plain = is_plain && !text.starts_with('"') && !text.contains(['\n', '\r', '|']);
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

/// The text of an item, and what follows it in `<…>`.
pub(super) fn read(item: &str) -> (String, Option<&str>) {
    if let Some((text, rest)) = marked(item) {
        let address = rest.trim().strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
        return (text, address);
    }
    match item.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
        Some((text, address)) if is_address(address) => (text.trim().to_owned(), Some(address)),
        _ => (item.to_owned(), None),
    }
}

/// Whether a text without an address would be read as one with it.
pub(super) fn looks_addressed(text: &str) -> bool {
    read(text).1.is_some()
}

fn is_address(text: &str) -> bool {
    text.contains("://") && !text.contains(char::is_whitespace)
}

/// A text in marks and what follows it.
fn marked(item: &str) -> Option<(String, &str)> {
    let inner = item.strip_prefix('"')?;
    let (mut text, mut rest) = (String::new(), inner);
    loop {
        let (before, after) = rest.split_once('"')?;
        text.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                text.push('"');
                rest = after;
            }
            None if after.is_empty() || after.trim_start().starts_with('<') => return Some((text, after)),
            None => return None,
        }
    }
}
