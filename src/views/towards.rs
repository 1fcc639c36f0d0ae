//! The part of the map that feeds the external customer whose figures are shown.

use crate::analysis::{Chain, Walk};
use crate::model::{Document, ViewChoice};

/// Calls `tell` with the chain, what feeds the customer, and the customer's index; `None` without an external customer.
pub(super) fn towards<T>(
    document: &Document,
    choice: &ViewChoice,
    tell: impl FnOnce(&Chain<'_>, &Walk, usize) -> T,
) -> Option<T> {
    let customer = choice.customer_of(document)?;
    let chain = Chain::new(document);
    let at = chain.index_of(customer)?;
    Some(tell(&chain, &chain.upstream(at), at))
}
