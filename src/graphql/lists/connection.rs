//! Connections and edges, one pair for each kind, over one [`Listing`].

use std::sync::Arc;

use async_graphql::Object;

use super::facets::{DocumentDimension, EventDimension, Facet, MechanismDimension, MemberDimension, PracticeDimension};
use super::{Listing, PageInfo, int};
use crate::catalog::Published;
use crate::graphql::listed::Listed;
use crate::graphql::reading::Moment;
use crate::graphql::records::{Document, Event, Mechanism, Member, Practice};
use crate::graphql::search::Highlight;
use crate::search::Hits;

macro_rules! connection {
    ($connection:ident, $edge:ident, $node:ident, $dimension:ident, $page_of:literal, $item_of:literal, { $($more:tt)* }) => {
        #[doc = $page_of]
        pub struct $connection<'a>(Box<Listing<'a>>);

        impl<'a> From<Box<Listing<'a>>> for $connection<'a> {
            fn from(listing: Box<Listing<'a>>) -> Self {
                Self(listing)
            }
        }

        #[doc = $page_of]
        #[Object(serial)]
        impl<'a> $connection<'a> {
            /// The items with their cursors.
            async fn edges(&self) -> Vec<$edge<'_>> {
                let nodes = self.0.items().iter().enumerate();
                nodes
                    .filter_map(|(place, shown)| {
                        let node = $node::of(shown, self.0.moment)?;
                        Some($edge { cursor: self.0.page()?.cursor(place)?, node, shown, hits: self.0.hits })
                    })
                    .collect()
            }

            /// The items alone.
            async fn nodes(&self) -> Listed<'_, &'a Arc<Published>, Moment<'_>, $node<'_>> {
                Listed { items: self.0.items(), common: self.0.moment, make: $node::listed }
            }

            /// Where the page stands in the list.
            async fn page_info(&self) -> PageInfo {
                self.0.page_info()
            }

            /// Items in the whole filtered list; counted only when asked for.
            async fn total_count(&self) -> i32 {
                int(self.0.selection.count())
            }

            /// Counts over the whole filtered list; a facet leaves its own filter field out, so that a choice can be widened.
            async fn facets(&self, #[graphql(desc = "Which counts.")] fields: Vec<$dimension>) -> Vec<Facet<'_>> {
                let (reading, kind) = (self.0.moment.reading, self.0.filter.kind());
                let facet = |field: $dimension| {
                    reading.go_on();
                    let buckets = self.0.selection.facet(field.into());
                    Facet { reading, kind, dimension: field.into(), field: field.word(), buckets }
                };
                fields.into_iter().map(facet).collect()
            }
        }

        #[doc = $item_of]
        pub struct $edge<'a> {
            cursor: String,
            node: $node<'a>,
            // Of members nothing is searched for.
            #[allow(dead_code)]
            shown: &'a Published,
            #[allow(dead_code)]
            hits: Option<&'a Hits>,
        }

        #[doc = $item_of]
        #[Object(serial)]
        impl<'a> $edge<'a> {
            /// Place in the list: opaque, valid for this list with this order, on this instance, also after later changes.
            async fn cursor(&self) -> &str {
                &self.cursor
            }

            /// The item.
            async fn node(&self) -> $node<'a> {
                self.node
            }

            $($more)*
        }
    };
}

connection!(
    MechanismConnection,
    MechanismEdge,
    Mechanism,
    MechanismDimension,
    "A page of a list of Mechanism.",
    "An item of a list of Mechanism.",
    {
        /// Where the words of `search` were found; empty without `search`.
        async fn highlights(&self) -> Vec<Highlight> {
            Highlight::all(self.hits, self.shown)
        }
    }
);
connection!(
    PracticeConnection,
    PracticeEdge,
    Practice,
    PracticeDimension,
    "A page of a list of Practice.",
    "An item of a list of Practice.",
    {
        /// Where the words of `search` were found; empty without `search`.
        async fn highlights(&self) -> Vec<Highlight> {
            Highlight::all(self.hits, self.shown)
        }
    }
);
connection!(
    DocumentConnection,
    DocumentEdge,
    Document,
    DocumentDimension,
    "A page of a list of Document.",
    "An item of a list of Document.",
    {
        /// Where the words of `search` were found; empty without `search`.
        async fn highlights(&self) -> Vec<Highlight> {
            Highlight::all(self.hits, self.shown)
        }
    }
);
connection!(
    EventConnection,
    EventEdge,
    Event,
    EventDimension,
    "A page of a list of Event.",
    "An item of a list of Event.",
    {
        /// Where the words of `search` were found; empty without `search`.
        async fn highlights(&self) -> Vec<Highlight> {
            Highlight::all(self.hits, self.shown)
        }
    }
);
connection!(
    MemberConnection,
    MemberEdge,
    Member,
    MemberDimension,
    "A page of a list of Member.",
    "An item of a list of Member.",
    {}
);
