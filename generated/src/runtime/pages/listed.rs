//! What the items of a page are taken out of.

/// A list that may be missing.
pub trait Listed {
    /// One of it.
    type Item;

    /// The items, none of what is missing.
    fn into_list(self) -> Vec<Self::Item>;
}

impl<I> Listed for Vec<I> {
    type Item = I;

    fn into_list(self) -> Vec<I> {
        self
    }
}

impl<L: Listed> Listed for Option<L> {
    type Item = L::Item;

    fn into_list(self) -> Vec<L::Item> {
        self.map_or_else(Vec::new, L::into_list)
    }
}
