//! What a page says, before the frame stands around it.

use axum::http::StatusCode;
use maud::Markup;

/// An entry of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Practices,
    Mechanisms,
    Network,
    Documents,
    Events,
    Figures,
    About,
    Workbench,
    Desk,
    Administration,
}

/// A way up: where it leads, and its words.
pub(super) struct Crumb {
    /// Path below the language.
    pub(super) path: String,
    pub(super) text: String,
}

/// A page: its title and what stands in `main`.
pub(super) struct Content {
    /// Plain text without control characters, as [`super::parts::text::attribute`] gives it.
    pub(super) title: String,
    pub(super) main: Markup,
    /// What stands below `main`, in reach while the page is scrolled: the bar of an editor.
    pub(super) dock: Option<Markup>,
    pub(super) status: StatusCode,
    pub(super) section: Option<Section>,
    pub(super) crumbs: Vec<Crumb>,
    /// The words of the last crumb, if they are not the title.
    pub(super) here: Option<String>,
    /// For search engines and previews.
    pub(super) description: Option<String>,
    /// The whole address of the origin's own page.
    pub(super) canonical: Option<String>,
    /// Feeds: path and title.
    pub(super) feeds: Vec<(String, String)>,
    pub(super) is_indexed: bool,
    /// Whether browsers may keep the page and ask whether it has changed.
    pub(super) is_kept: bool,
    /// The search box of the bar is left out where the page has its own.
    pub(super) has_search: bool,
    /// Scripts besides the common one, by name in `assets`.
    pub(super) scripts: Vec<&'static str>,
    /// Seconds after which a caller may try again.
    pub(super) again_after: Option<u64>,
}

impl Content {
    pub(super) fn new(title: impl Into<String>, main: Markup) -> Self {
        Self {
            title: title.into(),
            main,
            dock: None,
            status: StatusCode::OK,
            section: None,
            crumbs: Vec::new(),
            here: None,
            description: None,
            canonical: None,
            feeds: Vec::new(),
            is_indexed: true,
            is_kept: true,
            has_search: false,
            scripts: Vec::new(),
            again_after: None,
        }
    }

    pub(super) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    pub(super) fn within(mut self, section: Section) -> Self {
        self.section = Some(section);
        self
    }

    /// A step of the way from home to here.
    pub(super) fn under(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { path: path.into(), text: text.into() });
        self
    }

    pub(super) fn here(mut self, text: impl Into<String>) -> Self {
        self.here = Some(text.into());
        self
    }

    pub(super) fn describe(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    pub(super) fn canonical(mut self, address: impl Into<String>) -> Self {
        self.canonical = Some(address.into());
        self
    }

    pub(super) fn feed(mut self, path: impl Into<String>, title: impl Into<String>) -> Self {
        self.feeds.push((path.into(), title.into()));
        self
    }

    /// Nothing for search engines.
    pub(super) fn hidden(mut self) -> Self {
        self.is_indexed = false;
        self
    }

    /// Nothing for search engines, and nothing that stays in a browser: pages with a password, a link or a token.
    pub(super) fn never_kept(mut self) -> Self {
        (self.is_indexed, self.is_kept) = (false, false);
        self
    }

    /// The page has a search box of its own.
    pub(super) fn with_search(mut self) -> Self {
        self.has_search = true;
        self
    }

    pub(super) fn script(mut self, name: &'static str) -> Self {
        self.scripts.push(name);
        self
    }

    pub(super) fn dock(mut self, dock: Markup) -> Self {
        self.dock = Some(dock);
        self
    }
}
