//! Two documents compared: what changes for callers on the wire.
