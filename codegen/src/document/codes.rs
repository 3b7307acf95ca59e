//! The codes of what can be wrong with a document.

use crate::diagnostic::Code;

pub const UNREADABLE: Code = Code("E0001");
pub const NOT_YAML: Code = Code("E0002");
pub const NOT_OPENAPI: Code = Code("E0003");
pub const VERSION: Code = Code("E0005");
pub const DUPLICATE_KEY: Code = Code("E0006");
pub const LIMIT: Code = Code("E0007");
pub const UNKNOWN_KEYWORD: Code = Code("E0010");
pub const WRONG_TYPE: Code = Code("E0011");
pub const MISSING_KEYWORD: Code = Code("E0012");
pub const INVALID: Code = Code("E0013");
pub const DANGLING_REFERENCE: Code = Code("E0020");
pub const EXTERNAL_REFERENCE: Code = Code("E0021");
pub const REFERENCE_CYCLE: Code = Code("E0022");
pub const IGNORED: Code = Code("E0030");
pub const REWRITTEN: Code = Code("E0031");
/// Invalid, but plain in meaning: it is read as what is meant.
pub const REPAIRED: Code = Code("E0032");
/// An overlay that cannot be applied, or changes nothing.
pub const OVERLAY: Code = Code("E0040");
/// An operation that the crate is made without.
pub const LEFT_OUT: Code = Code("E0105");
