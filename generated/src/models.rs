//! The objects that requests and responses are made of.

modules! {
    profile, usage_record;
}
