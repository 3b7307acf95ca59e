//! How a model is read and written: the attributes of serde.

use super::{Field, Presence, Struct};

/// `#[serde(setting)]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    Rename(String),
    RenameAll(&'static str),
    Flatten,
    Default,
    With(&'static str),
    DeserializeWith(&'static str),
    SkipSerializingIf(&'static str),
}

impl Struct {
    /// Of the struct as a whole.
    pub fn serde(&self) -> Vec<Setting> {
        self.rename_all
            .map(Setting::RenameAll)
            .into_iter()
            .collect()
    }

    /// Of the field for what no other field names.
    pub fn extra_serde(&self) -> Vec<Setting> {
        let exact = self.additional.as_ref().is_some_and(|values| values.exact);
        let read = exact.then_some(Setting::DeserializeWith(
            "crate::runtime::additional::exact",
        ));
        [Setting::Flatten].into_iter().chain(read).collect()
    }

    /// The type of that field, without its arguments.
    pub fn extra_type(&self) -> &'static str {
        if self.additional.is_some() {
            "Additional"
        } else {
            "Extra"
        }
    }
}

impl Field {
    pub fn serde(&self) -> Vec<Setting> {
        let two_levels = self.presence == Presence::OptionalNullable;
        let optional = two_levels || self.presence == Presence::Optional;
        // What serde reads by itself may be missing without an attribute.
        let reading = match (self.exact, two_levels) {
            (true, false) => Some(Setting::With("crate::runtime::exact")),
            (true, true) => Some(Setting::With("crate::runtime::exact::nullable")),
            (false, true) => Some(Setting::DeserializeWith("crate::runtime::nullable")),
            (false, false) => None,
        };
        let missing = self.presence != Presence::Required && reading.is_some();
        let rename = self.renamed.then(|| Setting::Rename(self.wire.clone()));
        let skip = Setting::SkipSerializingIf("Option::is_none");
        let settings = [
            rename,
            missing.then_some(Setting::Default),
            reading,
            optional.then_some(skip),
        ];
        settings.into_iter().flatten().collect()
    }
}
