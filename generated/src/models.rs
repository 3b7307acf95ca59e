//! The objects that requests and responses are made of.

mod profile;
mod usage_record;

pub use profile::Profile;
pub use usage_record::UsageRecord;
