//! What the request types of an SDK have in common, written once.

/// Defines the request type of a method, and what can be set on every request.
///
/// In brackets stands what can be set on some: `idempotency_key` makes a call repeatable that is not so by its HTTP method,
/// and `fields` gives what it sends as a whole. What can be set on this one alone is in `impl` blocks elsewhere.
// Whatever is too long for a line is broken and ends in a comma, inside of the angle brackets too. What is inline is
// compiled by whoever calls it: of a large API an application calls little, and each call brings how its response is read.
// An async function would be a type of its own in each request, which of a large API is a tenth of what the compiler holds.
macro_rules! request {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident(Request<$output:ty>);
        $takes:tt
        $of:item
    ) => {
        $(#[$attribute])*
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is awaited"]
        pub struct $name($crate::runtime::Request<$output>);

        impl $name {
            $of

            $crate::runtime::request!(methods $takes);

            /// Limits each attempt of this call, in place of the client's timeout; of a file, and of
            /// what is read while it arrives, the time for which the service may be silent.
            #[inline]
            pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// Limits the retries of this call, in place of the client's limit.
            #[inline]
            pub fn max_retries(self, max_retries: u32) -> Self {
                Self(self.0.max_retries(max_retries))
            }

            /// Sends a header with this call.
            pub fn header(self, name: impl Into<String>, value: impl ::std::fmt::Display) -> Self {
                Self(self.0.header(name, value))
            }

            /// Sends a query parameter that this version of the crate does not know.
            pub fn query(self, name: impl Into<String>, value: impl ::std::fmt::Display) -> Self {
                Self(self.0.query(name, value))
            }

            /// Calls another server than the client's: an `http` or `https` URL without query, fragment
            /// and user, which gets the client's credentials.
            pub fn base_url(self, base_url: impl Into<String>) -> Self {
                Self(self.0.base_url(base_url))
            }

            /// Asks for this media type, and takes the body as it is: for what the service can send
            /// beside what this request is read as.
            #[inline]
            pub fn raw(
                self,
                media_type: impl Into<String>,
            ) -> $crate::runtime::Request<::bytes::Bytes> {
                self.0.raw(media_type)
            }

            /// Takes the body as it arrives, instead of reading it: for what is large.
            ///
            /// The timeout of the call is how long the service may be silent then, and there is no
            /// limit on the whole.
            #[inline]
            pub fn download(self) -> $crate::runtime::Request<$crate::runtime::Download> {
                self.0.download()
            }

            /// Asks for what changed only: where the entity tag of an earlier response is still that of
            /// what the service has, the data is `None`.
            #[inline]
            pub fn if_none_match(
                self,
                etag: impl Into<String>,
            ) -> $crate::runtime::Conditional<$output> {
                self.0.if_none_match(etag)
            }

            /// Sends the request and waits for its data, in a program that is not async.
            ///
            /// # Errors
            ///
            /// As for awaiting it; and in a task of an async runtime, which this would stop.
            #[cfg(feature = "blocking")]
            #[inline]
            pub fn blocking(self) -> Result<$output, $crate::runtime::Error> {
                self.0.blocking()
            }

            /// Sends the request and keeps status, headers and messages beside the data.
            ///
            /// # Errors
            ///
            /// As for awaiting the request itself; see [`Error`](crate::runtime::Error).
            #[inline]
            pub fn with_response(
                self,
            ) -> $crate::runtime::Pending<$crate::runtime::Response<$output>> {
                self.0.pending()
            }
        }

        impl IntoFuture for $name {
            type Output = Result<$output, $crate::runtime::Error>;
            type IntoFuture = $crate::runtime::Pending<$output>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.0.into_future()
            }
        }
    };
    (methods [$($takes:ident)*]) => {
        $($crate::runtime::request!(method $takes);)*
    };
    (method idempotency_key) => {
        /// Sends a key by which a repeated request is recognized, so that it can be retried.
        pub fn idempotency_key(self, key: impl Into<String>) -> Self {
            Self(self.0.idempotency_key(key))
        }
    };
    (method fields) => {
        /// Sends the members of this value, too: of one that was read before, or with properties that this
        /// version of the crate does not know. What is set by name is sent in place of the member. Null is
        /// sent if nothing else is.
        #[inline]
        pub fn fields_of(self, value: &impl ::serde::Serialize) -> Self {
            Self(self.0.fields_of(value))
        }
    };
}

/// Defines the types of the requests of a resource: for each the method that makes it, its name, what it is read as and how, and
/// the operation. What the operations take of the client's credentials stands beside the resource, and beside an operation
/// that takes something else; without it they take what all calls do. What is said of a type in place of a link stands above
/// it, since none leads to a raw identifier.
macro_rules! requests {
    ($resource:ident $rows:tt) => {
        $crate::runtime::requests!(rows $resource [] $rows);
    };
    ($resource:ident, $($security:ident)::+ { $($rows:tt)* }) => {
        $crate::runtime::requests!(rows $resource [$($security)::+] { $($rows)* });
    };
    (rows $resource:ident $all:tt {$(
        $(#[doc = $docs:literal])?
        $method:ident => $name:ident($output:ty) $(#[$takes:ident])*
            = $decode:ident $(unless $statuses:tt)? $operation:literal $(, $($security:ident)::+)?;
    )*}) => {
        $(
            $crate::runtime::request! {
                #[doc = $crate::runtime::requests!(docs $resource $method $($docs)?)]
                pub struct $name(Request<$output>);
                [$($takes)*]

                #[inline]
                fn of(resource: &$resource) -> $crate::runtime::Request<$output> {
                    let request = $crate::runtime::Request::of(
                        &resource.client,
                        $operation,
                        $crate::runtime::requests!(read $decode $($statuses)?, $output),
                    );
                    $crate::runtime::requests!(secured request $all $($($security)::+)?)
                }
            }
        )*

        $crate::runtime::fakes!($resource { $($operation, $method: $decode($name);)* });
    };
    (secured $request:ident []) => {
        $request
    };
    (secured $request:ident [$($security:ident)::+]) => {
        $request.security($($security)::+)
    };
    (secured $request:ident $all:tt anonymous) => {
        $request.anonymous()
    };
    (secured $request:ident $all:tt $($security:ident)::+) => {
        $request.security($($security)::+)
    };
    (docs $resource:ident $method:ident) => {
        concat!(
            "A call of [`",
            stringify!($resource),
            "::",
            stringify!($method),
            "`], sent when it is awaited."
        )
    };
    (docs $resource:ident $method:ident $docs:literal) => {
        $docs
    };
    (read outcomes, $output:ty) => {
        <$output>::read
    };
    (read $decode:ident, $output:ty) => {
        $crate::runtime::decode::$decode
    };
    (read $decode:ident $statuses:tt, $output:ty) => {
        |response| {
            let decode = $crate::runtime::decode::$decode;
            $crate::runtime::outcomes::unless(&$statuses, response, decode)
        }
    };
}

pub(crate) use request;
pub(crate) use requests;
