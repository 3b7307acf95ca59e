//! How a value that may be one of several types is read and written.

/// Reads and writes a union, by a table of its variants and of the types that each is made `from`; a list is made `of` items, in
/// an array, a slice, a `Vec` or, collected, an iterator; `texts` where
/// these may be borrowed. A map is made `of entries`, names with values as they are, or `of map`, with what becomes those.
///
/// - `by`: the property that names the type, and the variant that each of its texts is.
/// - `tried`: of the others, the first as which a value can be read.
/// - `ranked`: the same, where those come first that know most of the value's members; of what is no model, brackets
///   have their names.
/// - `exact`: numbers are read from their text.
/// - `tagged`: the property that names the type is written, where the value does not have it.
/// - `listed`: the texts that are this variant's alone.
///
/// What is none of them is kept as it is, in the variant behind the dots.
macro_rules! open_union {
    (
        $name:ident {
            $($variant:ident $(.$way_written:ident($($said:literal),*))? $(of [$($item:ty),+] $($texts:ident)?)? $(of entries [$entry:ty])? $(of map [$value:ty])? $(from $($from:ty),+)?;)*
            ..$unknown:ident
        }
        $(by $property:literal { $($($tag:literal)|+ => $tagged:ident;)+ })?
        $(tried $($tried:ident $(.$how:ident($($text:literal),*))?),+;)?
        $(ranked $($ranked:ident $(.$way:ident($($one:literal),*))? $([$($member:literal),*])?),+;)?
    ) => {
        $($($(
            #[allow(deprecated)]
            impl From<$from> for $name {
                fn from(value: $from) -> Self {
                    Self::$variant(value.into())
                }
            }
        )+)?)*

        $($(
            $($crate::runtime::open_union!(@list $name $variant [] $item);)+
            $(
                $crate::runtime::open_union!(@$texts $name $variant ['a] &'a str);
                $crate::runtime::open_union!(@$texts $name $variant ['a] &'a String);
            )?
        )?)*

        $($($crate::runtime::open_union!(@map $name $variant [] $entry);)?)*
        $($($crate::runtime::open_union!(@map $name $variant [V_: Into<$value>] V_);)?)*

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::runtime::open_union!(@write value to $($way_written $($said)*)?)
                    })*
                    Self::$unknown(value) => ::serde::Serialize::serialize(value, to),
                }
            }
        }

        #[allow(deprecated)]
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let raw: $crate::runtime::RawVariant<'_> = ::serde::Deserialize::deserialize(from)?;
                $(match raw.tag($property).as_deref() {
                    $(Some($($tag)|+) => return raw.read($property).map(Self::$tagged),)+
                    _ => {}
                })?
                $($(
                    let found = $crate::runtime::open_union!(@read raw $($how $($text)*)?);
                    if let Some(value) = found {
                        return Ok(Self::$tried(value));
                    }
                )+)?
                $(
                    let found = raw.best(&[$((
                        $crate::runtime::open_union!(@known Self::$ranked $([$($member),*])?),
                        |raw| {
                            let found = $crate::runtime::open_union!(@read raw $($way $($one)*)?);
                            found.map(Self::$ranked)
                        },
                    )),+]);
                    if let Some(found) = found {
                        return Ok(found);
                    }
                )?
                Ok(Self::$unknown(raw.into_unknown()))
            }
        }
    };
    (@texts $($row:tt)*) => { $crate::runtime::open_union!(@list $($row)*); };
    (@list $name:ident $variant:ident [$($text:lifetime)?] $item:ty) => {
        #[allow(deprecated)]
        impl<$($text)?> FromIterator<$item> for $name {
            fn from_iter<I: IntoIterator<Item = $item>>(items: I) -> Self {
                Self::$variant(items.into_iter().map(Into::into).collect())
            }
        }

        #[allow(deprecated)]
        impl<$($text)?> From<Vec<$item>> for $name {
            fn from(items: Vec<$item>) -> Self {
                items.into_iter().collect()
            }
        }

        #[allow(deprecated)]
        impl<$($text)?> From<&Vec<$item>> for $name {
            fn from(items: &Vec<$item>) -> Self {
                items.iter().cloned().collect()
            }
        }

        #[allow(deprecated)]
        impl<$($text)?> From<&[$item]> for $name {
            fn from(items: &[$item]) -> Self {
                items.iter().cloned().collect()
            }
        }

        #[allow(deprecated)]
        impl<$($text,)? const N: usize> From<[$item; N]> for $name {
            fn from(items: [$item; N]) -> Self {
                items.into_iter().collect()
            }
        }

        #[allow(deprecated)]
        impl<$($text,)? const N: usize> From<&[$item; N]> for $name {
            fn from(items: &[$item; N]) -> Self {
                items.iter().cloned().collect()
            }
        }
    };
    // No model is called as these types.
    (@map $name:ident $variant:ident [$($generics:tt)*] $value:ty) => {
        #[allow(deprecated)]
        impl<N_: Into<String>, $($generics)*> FromIterator<(N_, $value)> for $name {
            fn from_iter<I_: IntoIterator<Item = (N_, $value)>>(entries: I_) -> Self {
                let entries = entries.into_iter();
                Self::$variant(entries.map(|(name, value)| (name.into(), value.into())).collect())
            }
        }

        $crate::runtime::open_union!(@entries $name [$($generics)*] Vec<(N_, $value)>);
        $crate::runtime::open_union!(@entries $name [const L: usize, $($generics)*] [(N_, $value); L]);
        $crate::runtime::open_union!(@entries $name [$($generics)*] ::std::collections::BTreeMap<N_, $value>);
        $crate::runtime::open_union!(@entries $name [$($generics)*] ::std::collections::HashMap<N_, $value>);
    };
    (@entries $name:ident [$($generics:tt)*] $entries:ty) => {
        #[allow(deprecated)]
        impl<N_: Into<String>, $($generics)*> From<$entries> for $name {
            fn from(entries: $entries) -> Self {
                entries.into_iter().collect()
            }
        }
    };
    (@write $value:ident $to:ident) => { ::serde::Serialize::serialize($value, $to) };
    (@write $value:ident $to:ident exact) => { $crate::runtime::exact::serialize($value, $to) };
    (@write $value:ident $to:ident tagged $property:literal $tag:literal) => {
        $crate::runtime::write_tagged($value, $property, $tag, $to)
    };
    (@read $raw:ident) => { $raw.try_read() };
    (@read $raw:ident exact) => { $raw.try_read_exact() };
    (@read $raw:ident listed $($text:literal)*) => { $raw.try_read_listed(&[$($text),*]) };
    (@known $variant:path) => { $crate::runtime::members::names_of($variant) };
    (@known $variant:path [$($member:literal),*]) => { &[$($member),*] };
}

pub(crate) use open_union;
