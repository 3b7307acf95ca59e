//! The HTTP core of the SDK.
