//! The table of a model's members, from which it is read and written.

/// Reads and writes a model: whether members may be missing, and their fields, each with the name on the wire where that is
/// another.
///
/// - `required`: always there.
/// - `nullable`: always there, at times as null; read also where it is missing.
/// - `optional`: left out where there is none; null reads as missing.
/// - `optional_nullable`: missing and null differ.
/// - `exact`: numbers are read from their text.
/// - `entries`: a map; what could not be read of it is written with it. Once for each map within one.
///
/// What is left is in the field behind the dots.
macro_rules! members {
    ($model:ident {
        $($presence:ident $($field:ident $(($name:literal))? $(.$how:ident())*),+;)*
        ..$rest:ident $(.$rest_exact:ident())?
    }) => {
        #[allow(deprecated)]
        impl $crate::runtime::members::Members for $model {
            const MODEL: &'static str = ::std::stringify!($model);
            const NAMES: &'static [&'static str] = &[
                $($(members!(name $field $($name)?),)+)*
            ];

            fn read<'de, A: ::serde::de::MapAccess<'de>>(from: A) -> Result<Self, A::Error> {
                $($(let mut $field = $crate::runtime::members::slot::$presence()$(.$how())*;)+)*
                let rest = $crate::runtime::members::read_each(
                    from,
                    Self::NAMES,
                    &mut [$($(&mut $field),+),*],
                )?;
                Ok(Self {
                    $($($field: $field.given(),)+)*
                    $rest: rest$(.$rest_exact())?.into(),
                })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $model {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::runtime::members::read(from)
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $model {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::written_members::write_each(
                    to,
                    <Self as $crate::runtime::members::Members>::NAMES,
                    &[$($(
                        &$crate::runtime::written_members::given::$presence(&self.$field)$(.$how())*
                    ),+),*],
                    &self.$rest,
                )
            }
        }
    };
    (name $field:ident) => {
        ::std::stringify!($field)
    };
    (name $field:ident $name:literal) => {
        $name
    };
}

pub(crate) use members;
