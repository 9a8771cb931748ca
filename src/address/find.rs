//! What an address finds, in its order.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Address, Sort};
use crate::{
    catalog::{Direction, Order, PageRequest, Published, Request, Snapshot, Viewer, Window},
    search::{Hits, Question, Reader},
};

/// Words are asked for, and their index is not made yet: it is within seconds of a start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the index of words is being made: ask again in some seconds, or without q")]
pub struct NotReady;

/// Who looks at a list, and when.
#[derive(Debug, Clone, Copy)]
pub struct Looking<'a> {
    /// What he may see.
    pub viewer: Viewer,
    /// The present day.
    pub today: Date,
    /// Language of the names of countries that lists are ordered by.
    pub language: &'a str,
}

impl Address {
    /// What its words find; none where no words are asked for.
    ///
    /// # Errors
    /// Words are asked for and there is no index yet.
    pub fn hits(&self, snapshot: &Snapshot, reader: Option<&Reader>) -> Result<Option<Arc<Hits>>, NotReady> {
        let Some(text) = self.question() else { return Ok(None) };
        let question = Question { text, language: None, kinds: &[self.kind()] };
        Ok(Some(reader.ok_or(NotReady)?.find(snapshot, question)))
    }

    /// The order in which it lists: its own, else by fit where words are asked for, else that of the kind.
    pub fn order(&self) -> (Order, Direction) {
        match (self.sort(), self.question()) {
            (Some(Sort::By(order, direction)), _) => (order, direction),
            (_, Some(_)) => (Order::Relevance, Direction::Descending),
            (_, None) => Order::default_of(self.kind()),
        }
    }

    /// Every record that the address finds: by fit where words are asked for and no order, otherwise in its order.
    ///
    /// # Errors
    /// Words are asked for and there is no index yet.
    pub fn records<'s>(
        &self,
        snapshot: &'s Snapshot,
        reader: Option<&Reader>,
        looking: Looking<'_>,
    ) -> Result<Vec<&'s Arc<Published>>, NotReady> {
        let filter = self.filter(looking.today);
        let hits = self.hits(snapshot, reader)?;
        let within = hits.as_ref().map(|hits| hits.slots());
        let selection = snapshot.select(&Request { filter: &filter, viewer: looking.viewer, within });
        let (order, direction) = self.order();
        let ranks = hits.as_deref().map(Hits::ranks);
        let request = PageRequest { order, direction, language: looking.language, ranks, window: Window::default() };
        // Only a cursor, or an order that the kind does not have, could be refused: there is neither.
        Ok(selection.page(&request).map(|page| page.items).unwrap_or_default())
    }
}
