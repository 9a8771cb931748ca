//! Orders as clients write them.

use async_graphql::{Enum, InputObject};

use crate::catalog::{Direction, Order};
use crate::record::Kind;

/// Direction of an order; what is not stated comes last in both.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OrderDirection {
    /// Upwards.
    #[default]
    Asc,
    /// Downwards.
    Desc,
}

impl From<OrderDirection> for Direction {
    fn from(direction: OrderDirection) -> Self {
        match direction {
            OrderDirection::Asc => Self::Ascending,
            OrderDirection::Desc => Self::Descending,
        }
    }
}

/// How a list is sorted.
pub(crate) type Sort = (Order, Direction);

/// The order of a list where nothing is searched for; the guard has refused relevance.
pub(crate) fn sorted(by: Option<Sort>, kind: Kind) -> Sort {
    by.unwrap_or_else(|| Order::default_of(kind))
}

macro_rules! order {
    (
        $kind:ident, $order:ident, $order_doc:literal, $field:ident, $field_doc:literal,
        { $($(#[$doc:meta])* $value:ident => $by:expr),* $(,)? }
    ) => {
        #[doc = $field_doc]
        #[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $field {
            $($(#[$doc])* $value),*
        }

        #[doc = $order_doc]
        #[derive(InputObject, Debug, Clone, Copy)]
        pub struct $order {
            /// By what.
            pub field: $field,
            /// Direction.
            #[graphql(default)]
            pub direction: OrderDirection,
        }

        impl $order {
            /// The order that is asked for; none for relevance, which a search has by itself.
            pub(crate) fn sort(self) -> Option<Sort> {
                let order: Option<Order> = match self.field {
                    $($field::$value => $by),*
                };
                Some((order?, self.direction.into()))
            }
        }
    };
}

order! {
    Practice, PracticeOrder, "Order of practices.", PracticeOrderField, "What practices are ordered by; ties by id.",
    {
        /// Fit to `search`, best first whatever the direction; the default with `search`, an error without.
        Relevance => None,
        /// Signing of the present revision; the default without `search`, downwards.
        Updated => Some(Order::Updated),
        /// First publication.
        Created => Some(Order::Created),
        /// `startYear`.
        Year => Some(Order::Year),
        /// Name of the country in the request's language; ask for all pages in one language.
        Country => Some(Order::Country),
    }
}

order! {
    Mechanism, MechanismOrder, "Order of mechanisms.", MechanismOrderField, "What mechanisms are ordered by; ties by id.",
    {
        /// Fit to `search`, best first whatever the direction.
        Relevance => None,
        /// Name of the country in the request's language; ask for all pages in one language. The default.
        Country => Some(Order::Country),
        /// Year of establishment.
        Established => Some(Order::Year),
        /// Signing of the present revision.
        Updated => Some(Order::Updated),
    }
}

order! {
    Document, DocumentOrder, "Order of documents.", DocumentOrderField, "What documents are ordered by; ties by id.",
    {
        /// Fit to `search`, best first whatever the direction.
        Relevance => None,
        /// Date; the default, downwards.
        Date => Some(Order::Date),
        /// Symbol.
        Symbol => Some(Order::Symbol),
        /// Signing of the present revision.
        Updated => Some(Order::Updated),
    }
}

order! {
    Event, EventOrder, "Order of events.", EventOrderField, "What events are ordered by; ties by id.",
    {
        /// Fit to `search`, best first whatever the direction.
        Relevance => None,
        /// First day; the default, downwards.
        Date => Some(Order::Date),
        /// Signing of the present revision.
        Updated => Some(Order::Updated),
    }
}

order! {
    Member, MemberOrder, "Order of members.", MemberOrderField, "What members are ordered by.",
    {
        /// Name of the country in the request's language; ask for all pages in one language. The default.
        Country => Some(Order::Country),
        /// First day of the present role.
        Since => Some(Order::Since),
    }
}
