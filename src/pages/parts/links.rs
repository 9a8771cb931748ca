//! Links that lead out of the hub, and where a contact leads: what a hub or an office states of itself is free text.

use maud::{Markup, html};

use super::text::{attribute, shown};

/// A link that leads out of the hub; what a record names is no recommendation of ours.
pub(in crate::pages) fn out(url: &str, words: Markup) -> Markup {
    html! { a href=(attribute(url)) rel="noopener nofollow ugc" { (words) } }
}

/// An address as its readers know it: without the scheme and the slash at the end.
pub(in crate::pages) fn bare(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_suffix('/').unwrap_or(rest)
}

/// Whether a text is an address of the web.
pub(in crate::pages) fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// A contact as it is stated, a link where it leads somewhere.
pub(in crate::pages) fn contact(contact: &str) -> Markup {
    match contact_address(contact) {
        Some(address) => out(&address, html! { bdi dir="ltr" { (shown(contact)) } }),
        None => html! { bdi { (shown(contact)) } },
    }
}

/// Where a contact leads, if it is an address of the web or of mail. What could add a header to a mail is no address.
pub(in crate::pages) fn contact_address(contact: &str) -> Option<String> {
    if is_web(contact) {
        return Some(contact.to_owned());
    }
    let is_strange = |character: char| {
        character.is_whitespace() || character.is_control() || "<>()[]\\\",:;?&#%".contains(character)
    };
    let (name, host) = contact.split_once('@')?;
    let is_mail = !name.is_empty() && !host.is_empty() && !host.contains('@') && !contact.contains(is_strange);
    is_mail.then(|| format!("mailto:{contact}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_leads_where_it_can() {
        assert_eq!(contact_address("office@example.org").as_deref(), Some("mailto:office@example.org"));
        assert_eq!(contact_address("https://example.org/contact").as_deref(), Some("https://example.org/contact"));
        for contact in [
            "Room 3, ask for @home",
            "javascript:alert(1)@x",
            "office@example.org?cc=all@example.org",
            "a@b@c",
            "@example.org",
            "office@example.org\r\nBcc:all",
        ] {
            assert_eq!(contact_address(contact), None, "{contact}");
        }
    }

    #[test]
    fn an_address_is_written_as_its_readers_know_it() {
        assert_eq!(bare("https://example.org/"), "example.org");
        assert_eq!(bare("example.org/a"), "example.org/a");
    }
}
