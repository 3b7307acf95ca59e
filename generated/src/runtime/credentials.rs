//! The secrets of one way to authenticate.

use std::fmt;
use std::sync::Arc;

use super::secret::Secret;
use super::service::Scheme;

/// What a client authenticates with.
///
/// The secrets are never shown: `Debug` names the schemes only, and memory is cleared on drop.
#[derive(Clone)]
pub struct Credentials {
    pub(super) schemes: &'static [&'static Scheme],
    pub(super) secrets: Arc<[Secret]>,
}

impl Credentials {
    /// The secrets of all schemes that go together, in their order.
    #[doc(hidden)]
    pub fn from_secrets(
        schemes: &'static [&'static Scheme],
        secrets: impl IntoIterator<Item = Secret>,
    ) -> Self {
        Self {
            schemes,
            secrets: secrets.into_iter().collect(),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.schemes.iter().map(|scheme| scheme.name);
        formatter.write_str("Credentials")?;
        formatter.debug_list().entries(names).finish()
    }
}
