//! The operations that a fake of the API has; nothing without the feature `testing`.

/// Gives the fake of a resource a method for each of its operations.
///
/// An operation is its HTTP method and path, the method that makes its request, how its response is read, and the type
/// of the request.
#[cfg(feature = "testing")]
macro_rules! fakes {
    ($resource:ident { $($route:literal, $method:ident: $decode:ident($request:ident);)* }) => {
        impl $resource {
            // In place of what `Stubbable` has of every type.
            const OPERATIONS: &'static [$crate::runtime::testing::Route] = &[
                $($crate::runtime::testing::Route {
                    operation: $route,
                    name: stringify!($method),
                },)*
            ];
        }

        impl $crate::runtime::testing::Faked<$resource> {$(
            #[doc = concat!("`", $route, "`: what it responds, and what it was called with.")]
            pub fn $method(&self) -> $crate::runtime::testing::Operation<$request> {
                $crate::runtime::testing::operation(self, $route)
            }
        )*}

        $(impl $crate::runtime::testing::Stubbed for $request {
            type Encoding = $crate::runtime::encoded!($decode);
        })*
    };
    // Of the client, with what the crate knows of the API.
    ($service:path as Client {
        $($child:ident => $accessor:ident as $child_type:path $(, $gate:literal)?;)*
    }) => {
        impl $crate::runtime::testing::Fake {
            /// A fake that listens at a port of this machine, for as long as it is there.
            ///
            /// # Panics
            ///
            /// If it is not called within a Tokio runtime, or no port can be had.
            pub async fn start() -> Self {
                let builder = $crate::runtime::Client::builder();
                $crate::runtime::testing::listening(builder, &$service, Self::ROOT).await
            }

            /// A fake without a socket: its clients hand it their requests. Time that is waited
            /// for can be paused in this one.
            pub fn in_memory() -> Self {
                let builder = $crate::runtime::Client::builder();
                $crate::runtime::testing::in_memory(builder, &$service, Self::ROOT)
            }

            const ROOT: &'static $crate::runtime::testing::Node = &$crate::runtime::testing::Node {
                operations: &[],
                children: &[$(
                    $(#[cfg(feature = $gate)])?
                    (
                        stringify!($child),
                        &<$child_type as $crate::runtime::testing::Part>::NODE,
                    ),
                )*],
            };

            $(
                #[doc = concat!("The operations of `client.", stringify!($child), "()`.")]
                $(#[cfg(feature = $gate)])?
                pub fn $accessor(&self) -> $crate::runtime::testing::Faked<$child_type> {
                    $crate::runtime::testing::top(self)
                }
            )*
        }
    };
}

#[cfg(not(feature = "testing"))]
macro_rules! fakes {
    ($($any:tt)*) => {};
}

/// How the response is written that is read by this function.
#[cfg(feature = "testing")]
macro_rules! encoded {
    (json) => {
        $crate::runtime::testing::encoding::Json
    };
    (optional_json) => {
        $crate::runtime::testing::encoding::OptionalJson
    };
    (any_json) => {
        $crate::runtime::testing::encoding::Json
    };
    (envelope) => {
        $crate::runtime::testing::encoding::Json
    };
    (enveloped) => {
        $crate::runtime::testing::encoding::Enveloped
    };
    (optional_enveloped) => {
        $crate::runtime::testing::encoding::OptionalEnveloped
    };
    (text) => {
        $crate::runtime::testing::encoding::Text
    };
    (optional_text) => {
        $crate::runtime::testing::encoding::OptionalText
    };
    (any_text) => {
        $crate::runtime::testing::encoding::AnyText
    };
    (optional_any_text) => {
        $crate::runtime::testing::encoding::OptionalAnyText
    };
    (scalar) => {
        $crate::runtime::testing::encoding::Scalar
    };
    (optional_scalar) => {
        $crate::runtime::testing::encoding::OptionalScalar
    };
    (bytes) => {
        $crate::runtime::testing::encoding::Bytes
    };
    (optional_bytes) => {
        $crate::runtime::testing::encoding::OptionalBytes
    };
    (empty) => {
        $crate::runtime::testing::encoding::Empty
    };
    (outcomes) => {
        $crate::runtime::testing::encoding::Outcomes
    };
    (lines) => {
        $crate::runtime::testing::encoding::Lines
    };
    (text_lines) => {
        $crate::runtime::testing::encoding::TextLines
    };
    (records) => {
        $crate::runtime::testing::encoding::Records
    };
    (events) => {
        $crate::runtime::testing::encoding::Events
    };
    (text_events) => {
        $crate::runtime::testing::encoding::TextEvents
    };
    (whole_events) => {
        $crate::runtime::testing::encoding::WholeEvents
    };
}

#[cfg(feature = "testing")]
pub(crate) use encoded;
pub(crate) use fakes;
