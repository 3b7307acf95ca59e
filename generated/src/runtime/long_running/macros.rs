//! What the requests have in common that start something which takes long.

/// Gives requests `wait`, by the type of the last state, where that is asked for and how it is read.
macro_rules! long_running {
    ($(const $name:ident: Waits<$state:ty $(,)?> = ($how:expr, $decode:expr $(,)?);)+) => {$(
        impl $name {
            /// Sends the request, and waits until what it starts is done: asks for its state again and again, at most
            /// until the deadline.
            #[inline]
            pub fn wait(self) -> $crate::runtime::Waiting<$state> {
                self.0.wait_for($how, $decode)
            }
        }
    )+};
}
