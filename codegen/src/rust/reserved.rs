//! Names that are taken: by the runtime, or by the code around a name. What comes from the document makes way for them.
//!
//! A test holds each list against what it is about.

/// The methods of a client besides those that lead to resources.
pub const CLIENT_METHODS: [&str; 27] = [
    "around",
    "base_url",
    "builder",
    "clone",
    "delete",
    "fmt",
    "from_env",
    "from_shared",
    "get",
    "head",
    "headers",
    "http",
    "is_strict",
    "keyring",
    "mask",
    "max_response_bytes",
    "new",
    "options",
    "patch",
    "policy",
    "post",
    "put",
    "request",
    "service",
    "shared",
    "timeout",
    "url_of",
];

/// The methods of every request.
pub const REQUEST_METHODS: [&str; 16] = [
    "base_url",
    "blocking",
    "download",
    "fields_of",
    "fmt",
    "header",
    "idempotency_key",
    "if_none_match",
    "into_future",
    "max_retries",
    "of",
    "query",
    "raw",
    "reconnecting",
    "timeout",
    "with_response",
];

/// The methods of a request for a page of a list.
pub const PAGED_METHODS: [&str; 2] = ["items", "pages"];

/// The method of a request that can ask for a stream in place of what it returns.
pub const STREAMED_METHODS: [&str; 1] = ["stream"];

/// The method of a request that starts something which takes long.
pub const WAITING_METHODS: [&str; 1] = ["wait"];

/// What an argument is not called either: the body is, and the code of a method has the others.
pub const ARGUMENTS: [&str; 4] = ["body", "clone", "request", "self"];

/// The functions of credentials besides the constructors.
pub const CREDENTIALS_FUNCTIONS: [&str; 1] = ["from_secrets"];

/// The functions of a resource besides its methods.
pub const RESOURCE_METHODS: [&str; 3] = ["clone", "fmt", "new"];

/// The methods of a fake of the API besides those that lead to resources, as far as no client has them.
pub const FAKE_METHODS: [&str; 4] = ["calls", "client", "in_memory", "start"];

/// Modules and crates that the methods in a resource's file name.
pub const RESOURCE_MODULES: [&str; 7] = [
    "bytes",
    "decode",
    "jiff",
    "models",
    "rust_decimal",
    "serde_json",
    "std",
];

/// Types and traits that the code in a file of models names.
pub const MODEL_TYPES: [&str; 48] = [
    "Additional",
    "BTreeMap",
    "Box",
    "Bytes",
    "Clone",
    "Copy",
    "Cow",
    "Date",
    "Debug",
    "Decimal",
    "Default",
    "Deserialize",
    "Deserializer",
    "Display",
    "Drop",
    "Eq",
    "Err",
    "Extra",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "RawVariant",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "Serializer",
    "Sized",
    "Some",
    "String",
    "Sync",
    "Timestamp",
    "ToOwned",
    "ToString",
    "UnknownVariant",
    "Vec",
    "Written",
];

/// Types and traits that the code in a resource's file names.
pub const RESOURCE_TYPES: [&str; 49] = [
    "Address",
    "BTreeMap",
    "Borrow",
    "Box",
    "ByteStream",
    "Bytes",
    "Client",
    "Date",
    "Decimal",
    "Display",
    "Duration",
    "Encoding",
    "Error",
    "File",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "ItemStream",
    "ListStyle",
    "LongRunning",
    "Method",
    "None",
    "Nullable",
    "ObjectStyle",
    "Option",
    "OptionalEntries",
    "OptionalInto",
    "OptionalItems",
    "OptionalList",
    "OptionalMap",
    "OptionalNumber",
    "OptionalText",
    "OptionalTexts",
    "PagesOf",
    "Pagination",
    "Parameter",
    "Part",
    "Reconnecting",
    "Request",
    "Response",
    "Result",
    "Some",
    "String",
    "Timestamp",
    "Variable",
    "Vec",
    "Waits",
    "Written",
];

/// Crates that a generated one names.
pub const CRATES: [&str; 27] = [
    "alloc",
    "base64",
    "bytes",
    "core",
    "fastrand",
    "futures_core",
    "hmac",
    "http",
    "http_body",
    "hyper",
    "hyper_util",
    "jiff",
    "mime_guess",
    "percent_encoding",
    "proc_macro",
    "reqwest",
    "rust_decimal",
    "secrecy",
    "serde",
    "serde_json",
    "serde_path_to_error",
    "sha2",
    "std",
    "test",
    "tokio",
    "tower_service",
    "tracing",
];
