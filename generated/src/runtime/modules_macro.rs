//! Modules whose items are this module's.

/// Declares files, each line of them behind a Cargo feature or several, and gives their items out as one module.
macro_rules! modules {
    ($($(#$gate:tt)? $($module:ident),+;)+) => {
        $($crate::runtime::modules!(@each [$(#$gate)?] $($module)+);)+
    };
    (@each $gates:tt $($module:ident)+) => {
        $($crate::runtime::modules!(@one $gates $module);)+
    };
    (@one [$(#$gate:tt)?] $module:ident) => {
        $(#$gate)?
        mod $module;
        $(#$gate)?
        pub use self::$module::*;
    };
}

pub(crate) use modules;
