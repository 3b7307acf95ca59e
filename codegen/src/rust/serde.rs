//! How a model is read and written: what the table of its members says.

use super::{Field, Presence, Struct, Ty};

/// `"name" => field: presence exact`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'a> {
    /// On the wire.
    pub name: &'a str,
    pub field: &'a str,
    /// A word of the runtime's macro.
    pub presence: &'static str,
    pub exact: bool,
    /// How many maps are one in the other, of which entries may be left out when they are read.
    pub maps: usize,
}

impl Struct {
    /// In the order of the fields.
    pub fn members(&self) -> impl Iterator<Item = Member<'_>> {
        self.fields.iter().map(Field::member)
    }

    /// The type of the field for what no other field names, without its arguments.
    pub fn extra_type(&self) -> &'static str {
        if self.additional.is_some() {
            "Additional"
        } else {
            "Extra"
        }
    }

    /// Whether the numbers in that field are exact.
    pub fn extra_exact(&self) -> bool {
        self.additional.as_ref().is_some_and(|values| values.exact)
    }
}

impl Field {
    fn member(&self) -> Member<'_> {
        Member {
            name: &self.wire,
            field: &self.name,
            presence: match self.presence {
                Presence::Required => "required",
                Presence::Nullable => "nullable",
                Presence::Optional => "optional",
                Presence::OptionalNullable => "optional_nullable",
            },
            exact: self.exact,
            maps: maps(&self.ty),
        }
    }
}

fn maps(ty: &Ty) -> usize {
    match ty {
        Ty::Option(ty) => maps(ty),
        // Whatever is an entry of it can be read.
        Ty::Map(ty) if **ty == Ty::Value => 0,
        Ty::Map(ty) => 1 + maps(ty),
        _ => 0,
    }
}
