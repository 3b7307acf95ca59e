//! What makes a model, as a table.

/// Defines `new` of a model: what it is given, fields that can only have one value, and those that are empty at first.
macro_rules! constructor {
    ($model:ident {
        given $($given:ident: $ty:ty),+;
        $(fixed $($fixed:ident: $value:expr),+;)?
        empty $($empty:ident),+;
    }) => {
        impl $model {
            /// A value with what is required; the rest is set afterwards.
            #[allow(deprecated, clippy::too_many_arguments, clippy::useless_conversion)]
            pub fn new($($given: $ty),+) -> Self {
                Self {
                    $($given: $given.into(),)+
                    $($($fixed: $value,)+)?
                    $($empty: ::std::default::Default::default(),)+
                }
            }
        }
    };
}
