//! How the webhooks of a service become one type.

/// Writes how an `Event` is distinguished and read.
///
/// ```text
/// events! {
///     by None, Some("/type");
///     PetBorn = "", "pet.born";
/// }
/// ```
macro_rules! events {
    (
        by $header:expr, $member:expr;
        $($variant:ident = $in_header:expr, $in_member:expr;)*
    ) => {
        const DISCRIMINATOR: delivery::Discriminator = delivery::Discriminator {
            header: $header,
            member: $member,
            sensitive: SENSITIVE,
        };

        impl Event {
            /// Reads a webhook without a look at its signature: for those that something else has verified.
            ///
            /// # Errors
            ///
            /// Where the body can't be read.
            pub fn read(
                headers: &crate::runtime::HeaderMap,
                body: &[u8],
            ) -> Result<Self, WebhookError> {
                type Read = fn(&delivery::Delivery<'_>) -> Result<Event, WebhookError>;
                const KNOWN: &[delivery::Values] = &[$(($in_header, $in_member)),*];
                const READ: &[Read] = &[$(|came| Ok(Event::$variant(came.payload()?))),*];
                let came = delivery::Delivery::of(&DISCRIMINATOR, headers, body)?;
                match came.which(KNOWN).and_then(|index| READ.get(index)) {
                    Some(read) => read(&came),
                    None => Ok(Self::Unknown(came.unknown()?)),
                }
            }
        }
    };
}
pub(super) use events;
