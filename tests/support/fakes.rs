//! The fakes of crates that are modules of one: what the runtime's macro of this name does, with a trait for each client.

#[cfg(feature = "testing")]
macro_rules! fakes {
    ($resource:ident { $($operations:tt)* }) => {
        $crate::runtime::fakes!($resource { $($operations)* });
    };
    ($service:path as Client {
        $($child:ident => $accessor:ident as $child_type:path $(, $gate:literal)?;)*
    }) => {
        /// What the fake of this crate has.
        #[allow(async_fn_in_trait)]
        pub trait FakeMethods: Sized {
            async fn start() -> Self;
            fn in_memory() -> Self;
            $(fn $accessor(&self) -> $crate::runtime::testing::Faked<$child_type>;)*
        }

        impl FakeMethods for $crate::runtime::testing::Fake {
            async fn start() -> Self {
                $crate::runtime::testing::listening(Client::builder(), &$service, FAKES).await
            }

            fn in_memory() -> Self {
                $crate::runtime::testing::in_memory(Client::builder(), &$service, FAKES)
            }

            $(
                fn $accessor(&self) -> $crate::runtime::testing::Faked<$child_type> {
                    $crate::runtime::testing::top(self)
                }
            )*
        }

        const FAKES: &$crate::runtime::testing::Node = &$crate::runtime::testing::Node {
            operations: &[],
            children: &[$((
                stringify!($child),
                &<$child_type as $crate::runtime::testing::Part>::NODE,
            ),)*],
        };
    };
}

#[cfg(not(feature = "testing"))]
macro_rules! fakes {
    ($($any:tt)*) => {};
}
