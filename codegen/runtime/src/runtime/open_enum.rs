//! Enumerations that keep a value which they do not know.

/// Defines an enumeration: its values as they are on the wire, and last the arm for any other.
macro_rules! open_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $($(#[$docs:meta])* $variant:ident $(= $wire:literal)? $(($text:ty))?),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[non_exhaustive]
        pub enum $name {
            $($(#[$docs])* $variant $(($text))?,)*
        }

        #[allow(deprecated)]
        impl $name {
            /// The value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $($(Self::$variant => $wire,)?)*
                    $($(Self::$variant(value) => <$text>::as_str(value),)?)*
                }
            }
        }

        #[allow(deprecated)]
        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($($wire => Self::$variant,)?)*
                    other => $($(Self::$variant(<$text>::from(other)))?)*,
                }
            }
        }

        #[allow(deprecated)]
        impl From<String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        #[allow(deprecated)]
        impl From<&String> for $name {
            #[inline]
            fn from(value: &String) -> Self {
                Self::from(value.as_str())
            }
        }

        /// For lists, which are made of what a slice gives as well.
        #[allow(deprecated)]
        impl From<&$name> for $name {
            #[inline]
            fn from(value: &$name) -> Self {
                value.clone()
            }
        }

        #[allow(deprecated)]
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, to: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                to.write_str(self.as_str())
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        #[allow(deprecated)]
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::runtime::open_text(from).map(Self::from)
            }
        }
    };
}
