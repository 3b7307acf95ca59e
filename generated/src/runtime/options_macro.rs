//! Setters of requests, as a table.

/// Defines setters of requests: the name of each, what it takes, and the call that hands the value on, in which the value
/// has the setter's name. Where the setter cannot distinguish an `Option` from a value, another takes that.
macro_rules! options {
    ([$($request:ident),+] $rows:tt) => {
        $($crate::runtime::options!($request $rows);)+
    };
    ($request:ident { $(
        $(#[$attribute:meta])*
        $name:ident $(<$($generic:tt),+>)? ($($ty:ty)?)
            $(, $(#[$with:meta])* $maybe:ident $(<$($lifetime:tt),+>)? ($option:ty))?
            => $call:ident $(::<$($of:ty),+>)? ($($given:tt)*)
            $(.$then:ident($($rest:tt)*))*;
    )* }) => {
        impl $request {
            $(
                $(#[$attribute])*
                pub fn $name $(<$($generic),+>)? (self $(, $name: $ty)?) -> Self {
                    Self(self.0.$call $(::<$($of),+>)? ($($given)*) $(.$then($($rest)*))*)
                }
                $(
                    /// The same, if there is a value.
                    $(#[$with])*
                    #[allow(deprecated)]
                    pub fn $maybe $(<$($lifetime),+>)? (self, $name: $option) -> Self {
                        match $name {
                            Some($name) => self.$name($name),
                            None => self,
                        }
                    }
                )?
            )*
        }
    };
}

pub(crate) use options;
