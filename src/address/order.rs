//! The order of a list as an address writes it: the word of the schema in lower case, with `-` before it for downwards.

use super::Refused;
use crate::{
    catalog::{Direction, Order},
    record::{Kind, nearest},
};

/// An order that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// By fit to the words; only with `q`.
    Relevance,
    /// By a value of the records.
    By(Order, Direction),
}

/// The schema's words. What mechanisms are sorted by under `Order::Year` is the year of their establishment.
fn word(order: Order, kind: Kind) -> &'static str {
    match order {
        Order::Updated => "updated",
        Order::Created => "created",
        Order::Year if kind == Kind::Mechanism => "established",
        Order::Year => "year",
        Order::Country => "country",
        Order::Date => "date",
        Order::Symbol => "symbol",
        Order::Since => "since",
        Order::Relevance => "relevance",
    }
}

const ORDERS: [Order; 7] =
    [Order::Updated, Order::Created, Order::Year, Order::Country, Order::Date, Order::Symbol, Order::Since];

impl Sort {
    pub(super) fn parse(kind: Kind, text: &str) -> Result<Self, Refused> {
        if text == "relevance" {
            return Ok(Self::Relevance);
        }
        let (direction, wanted) = match text.strip_prefix('-') {
            Some(rest) => (Direction::Descending, rest),
            None => (Direction::Ascending, text),
        };
        let mut known = ORDERS.into_iter().filter(|order| order.is_of(kind));
        if let Some(order) = known.clone().find(|order| word(*order, kind) == wanted) {
            return Ok(Self::By(order, direction));
        }
        let words: Vec<&str> = ["relevance"].into_iter().chain(known.by_ref().map(|order| word(order, kind))).collect();
        let near = nearest(wanted, words.iter().copied()).unwrap_or("relevance");
        Err(Refused::new(
            "sort",
            format!("is one of {}, with - before it for downwards; the nearest is {near:?}", words.join(", ")),
        ))
    }
}

impl Sort {
    /// As it stands in an address of this kind.
    pub fn text(self, kind: Kind) -> String {
        match self {
            Self::Relevance => "relevance".to_owned(),
            Self::By(order, direction) => {
                let minus = if direction == Direction::Descending { "-" } else { "" };
                format!("{minus}{}", word(order, kind))
            }
        }
    }
}
