//! What the requests have in common whose responses are pages of a list.

/// Gives requests `items` and `pages`, by the type of an item, how the list is taken out of what the
/// request gives, and how the pages follow each other.
macro_rules! pages {
    ($(const $name:ident: PagesOf<$item:ty $(,)?> = ($list:expr, $pagination:expr $(,)?);)+) => {$(
        impl $name {
            /// The items of all pages, each page asked for once it is needed.
            ///
            /// ```text
            /// let mut items = request.items();
            /// while let Some(item) = items.next().await {
            ///     println!("{:?}", item?);
            /// }
            /// ```
            #[inline]
            pub fn items(self) -> $crate::runtime::Items<$item> {
                self.pages().into_items()
            }

            /// The pages, each asked for once it is needed, with what came beside the items.
            #[inline]
            pub fn pages(self) -> $crate::runtime::Pages<$item> {
                self.0.pages($pagination, $list)
            }
        }

        #[cfg(feature = "testing")]
        impl $crate::runtime::testing::Paged for $name {
            const PAGINATION: $crate::runtime::Pagination = $pagination;
        }
    )+};
}
