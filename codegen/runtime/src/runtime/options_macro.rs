//! What a request can be told, as a table.

/// Defines setters of a request: the name of each, what it takes, and the call that hands the value on, in which the value
/// has the setter's name.
macro_rules! options {
    ($request:ident { $(
        $(#[$attribute:meta])*
        $name:ident $(<$($generic:tt),+>)? ($($ty:ty)?)
            => $call:ident $(::<$($of:ty),+>)? ($($given:tt)*)
            $(.$then:ident($($rest:tt)*))*;
    )* }) => {
        impl $request {
            $(
                $(#[$attribute])*
                pub fn $name $(<$($generic),+>)? (self $(, $name: $ty)?) -> Self {
                    Self(self.0.$call $(::<$($of),+>)? ($($given)*) $(.$then($($rest)*))*)
                }
            )*
        }
    };
}

pub(crate) use options;
