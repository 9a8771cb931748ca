//! What a reader has chosen for this browser: the theme. And the way from `/` to a language.

use std::sync::Arc;

use super::{
    answer::{Answer, Reply},
    visit::{Visit, is_path_here},
};

const COOKIE: &str = "nmirf-theme";
/// A year, in seconds.
const KEPT: u64 = 365 * 24 * 3600;

/// `GET /`: to the home page in the reader's language.
pub(super) async fn choose_language(visit: Arc<Visit>) -> Answer {
    Ok(Reply::Go(visit.path("/"), Vec::new()))
}

/// `POST /preferences`: keeps the theme and goes back to the page that it was chosen on.
pub(super) async fn keep(visit: Arc<Visit>) -> Answer {
    let cookie = match visit.field("theme").as_str() {
        theme @ ("light" | "dark") => visit.set_cookie(COOKIE, theme, KEPT),
        _ => visit.set_cookie(COOKIE, "", 0),
    };
    let back = Some(visit.field("back")).filter(|back| is_path_here(back));
    Ok(Reply::Go(back.unwrap_or_else(|| visit.path("/")), vec![cookie]))
}

/// The theme that was chosen; none where the device decides.
pub(super) fn theme(visit: &Visit) -> Option<&'static str> {
    match visit.cookie(COOKIE)? {
        "light" => Some("light"),
        "dark" => Some("dark"),
        _ => None,
    }
}
