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

        #[cfg(feature = "testing")]
        impl $crate::runtime::testing::Part for $resource {
            const NODE: $crate::runtime::testing::Node = {
                #[allow(unused_imports)]
                use $crate::runtime::testing::Stubbable as _;
                $crate::runtime::testing::Node {
                    operations: <$resource>::OPERATIONS,
                    children: &[$((
                        stringify!($child),
                        &<$($module)::+ as $crate::runtime::testing::Part>::NODE,
                    ),)*],
                }
            };
        }

        #[cfg(feature = "testing")]
        impl $crate::runtime::testing::Faked<$resource> {$(
            #[doc = concat!("The operations of `", stringify!($child), "`.")]
            pub fn $child(&self) -> $crate::runtime::testing::Faked<$($module)::+> {
                $crate::runtime::testing::below(self)
            }
        )*}
    };
}
