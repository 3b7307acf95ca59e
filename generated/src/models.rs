//! The objects that requests and responses are made of.

use crate::runtime::modules;

modules! {
    profile, usage_record;
}
