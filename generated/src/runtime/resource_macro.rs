//! The parts of an API, and the parts that these have.

/// Defines a part of the API, which holds the client, and the methods that lead to the parts below it. Its own methods are in
/// an `impl` beside it.
macro_rules! resource {
    (
        $(#[$attribute:meta])*
        $resource:ident { $(
            $(#[$docs:meta])*
            $child:ident => $($module:ident)::+;
        )* }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $resource {
            client: $crate::runtime::Client,
        }

        impl $resource {
            pub(crate) fn new(client: $crate::runtime::Client) -> Self {
                Self { client }
            }

            $(
                $(#[$docs])*
                pub fn $child(&self) -> $($module)::+ {
                    <$($module)::+>::new(self.client.clone())
                }
            )*
        }
    };
}

pub(crate) use resource;
