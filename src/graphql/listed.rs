//! Lists made item by item from a slice that lives longer, without a list of their own in between.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};

/// A list of `T`, each made of an `S` of a slice and what all have in common; what gives none is left out.
pub(super) struct Listed<'a, S, C, T> {
    pub(super) items: &'a [S],
    pub(super) common: C,
    pub(super) make: fn(&'a S, C) -> Option<T>,
}

impl<S: Sync, C: Copy + Send + Sync, T: OutputType> OutputType for Listed<'_, S, C, T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("[{}]", T::qualified_type_name()))
    }

    fn qualified_type_name() -> String {
        format!("[{}]!", T::qualified_type_name())
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry);
        Self::qualified_type_name()
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let mut values = Vec::with_capacity(self.items.len());
        for item in self.items.iter().filter_map(|item| (self.make)(item, self.common)) {
            let at = ctx.with_index(values.len());
            values.push(item.resolve(&at, field).await.map_err(|fault| at.set_error_path(fault))?);
        }
        Ok(Value::List(values))
    }
}
