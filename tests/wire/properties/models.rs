//! What is written is read again, and what was read is written as it came.

use std::collections::BTreeMap;
use std::fmt::Debug;

use cloudflare_billing::models::{Profile, UsageRecord};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::properties::strategies::{Members, members, object};

proptest! {
    #[test]
    fn a_profile_survives_the_round_trip(members in members("Profile", false)) {
        round_trip::<Profile>(&members)?;
    }

    #[test]
    fn a_usage_record_survives_the_round_trip(members in members("UsageRecord", true)) {
        round_trip::<UsageRecord>(&members)?;
    }
}

fn round_trip<T>(members: &Members) -> Result<(), TestCaseError>
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let read = |json: &str| {
        serde_json::from_str::<T>(json)
            .map_err(|error| TestCaseError::fail(format!("{error}: {json}")))
    };
    let first = read(&object(members))?;
    let written = serde_json::to_string(&first).expect("JSON");
    prop_assert_eq!(&read(&written)?, &first);

    let written: BTreeMap<String, &RawValue> = serde_json::from_str(&written).expect("an object");
    let written = written
        .into_iter()
        .map(|(name, json)| (name, json.get().to_owned()));
    prop_assert_eq!(&written.collect::<Members>(), members);
    Ok(())
}
