//! What makes a model, as a table.

/// Defines `new` of a model: what it is given, fields that can only have one value, and those that are empty at first. Where nothing
/// is given, that is `Default`.
///
/// What is given becomes the value of the field: all of it, or its items (`as list`), or its names with values (`as map`), or what
/// is in its box (`as boxed`).
macro_rules! constructor {
    ($model:ident {
        given $($given:ident: $ty:ty $(as $made_of:ident)?),+;
        $(fixed $($fixed:ident: $value:expr),+;)?
        empty $($empty:ident),+;
    }) => {
        impl $model {
            /// A value with what is required; the rest is set afterwards.
            #[allow(deprecated, clippy::too_many_arguments, clippy::useless_conversion)]
            pub fn new($($given: $ty),+) -> Self {
                Self {
                    $($given: $crate::runtime::constructor!(@ $given $($made_of)?),)+
                    $($($fixed: $value,)+)?
                    $($empty: ::std::default::Default::default(),)+
                }
            }
        }
    };
    ($model:ident {
        fixed $($fixed:ident: $value:expr),+;
        empty $($empty:ident),+;
    }) => {
        #[allow(deprecated)]
        impl ::std::default::Default for $model {
            fn default() -> Self {
                Self {
                    $($fixed: $value,)+
                    $($empty: ::std::default::Default::default(),)+
                }
            }
        }
    };
    (@ $given:ident) => {
        $given.into()
    };
    (@ $given:ident boxed) => {
        Box::new($given.into())
    };
    (@ $given:ident list) => {
        $given.into_iter().map(Into::into).collect()
    };
    (@ $given:ident map) => {
        $given.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
    };
}

pub(crate) use constructor;
