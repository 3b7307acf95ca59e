//! One table of what each kind of edit is, to callers that send and to callers that read.

use crate::diff::{Action, Kind, Level};
use Action::{Add, Change, Decrease, Generalize, Increase, Remove, Set, Specialize};
use Kind::{
    Constraints, Docs, Existence, Lifecycle, Mutability, Requiredness, Serialization, Structure,
    Type, Values,
};
use Level::{Breaking, None, Risky, Safe};

/// A kind of edit.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    pub kind: Kind,
    pub action: Action,
    /// The level where clients send it.
    pub request: Level,
    /// The level where clients read it.
    pub response: Level,
}

const fn rule(kind: Kind, action: Action, request: Level, response: Level) -> Rule {
    Rule {
        kind,
        action,
        request,
        response,
    }
}

// Properties of objects.
pub const PROPERTY_ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub const REQUIRED_PROPERTY_ADDED: Rule = rule(Existence, Add, Breaking, Safe);
pub const PROPERTY_REMOVED: Rule = rule(Existence, Remove, Risky, Breaking);
pub const PROPERTY_RENAMED: Rule = rule(Existence, Remove, Risky, Breaking);
pub const REQUIRED_PROPERTY_RENAMED: Rule = rule(Existence, Remove, Breaking, Breaking);
pub const BECAME_REQUIRED: Rule = rule(Requiredness, Change, Breaking, Safe);
pub const BECAME_OPTIONAL: Rule = rule(Requiredness, Change, Safe, Breaking);
pub const BECAME_NULLABLE: Rule = rule(Requiredness, Change, Safe, Breaking);
pub const BECAME_NOT_NULLABLE: Rule = rule(Requiredness, Change, Breaking, Safe);

// What a value may be.
pub const TYPE_CHANGED: Rule = rule(Type, Change, Breaking, Breaking);
pub const TYPE_UNSURE: Rule = rule(Type, Change, Risky, Risky);
pub const TYPE_GENERALIZED: Rule = rule(Type, Generalize, Safe, Breaking);
pub const TYPE_SPECIALIZED: Rule = rule(Type, Specialize, Breaking, Safe);
pub const TYPES_WIDENED: Rule = rule(Type, Add, Safe, Breaking);
pub const TYPES_NARROWED: Rule = rule(Type, Remove, Breaking, Safe);
pub const CONTENT_CHANGED: Rule = rule(Type, Change, Breaking, Breaking);
pub const BECAME_ENUM: Rule = rule(Values, Change, Breaking, Safe);
pub const NO_ENUM_ANY_MORE: Rule = rule(Values, Remove, Safe, Risky);
pub const VALUE_ADDED: Rule = rule(Values, Add, Safe, Risky);
pub const VALUE_REMOVED: Rule = rule(Values, Remove, Breaking, Safe);
pub const CONST_ADDED: Rule = rule(Values, Add, Breaking, Safe);
pub const CONST_CHANGED: Rule = rule(Values, Change, Breaking, Breaking);
pub const CONST_REMOVED: Rule = rule(Values, Remove, Safe, Breaking);
pub const DEFAULT_ADDED: Rule = rule(Values, Add, Safe, Safe);
pub const DEFAULT_CHANGED: Rule = rule(Values, Change, Safe, Safe);
pub const DEFAULT_REMOVED: Rule = rule(Values, Remove, Safe, Safe);
/// Who leaves a parameter out gets another answer.
pub const PARAMETER_DEFAULT_ADDED: Rule = rule(Values, Add, Breaking, None);
pub const PARAMETER_DEFAULT_CHANGED: Rule = rule(Values, Change, Breaking, None);
pub const PARAMETER_DEFAULT_REMOVED: Rule = rule(Values, Remove, Breaking, None);

// Limits.
pub const LIMIT_SET: Rule = rule(Constraints, Set, Risky, Safe);
pub const LIMIT_REMOVED: Rule = rule(Constraints, Remove, Safe, Breaking);
pub const MAXIMUM_DECREASED: Rule = rule(Constraints, Decrease, Breaking, Safe);
pub const MAXIMUM_INCREASED: Rule = rule(Constraints, Increase, Safe, Breaking);
pub const MINIMUM_DECREASED: Rule = rule(Constraints, Decrease, Safe, Breaking);
pub const MINIMUM_INCREASED: Rule = rule(Constraints, Increase, Breaking, Safe);
pub const LIMIT_CHANGED: Rule = rule(Constraints, Change, Breaking, Risky);
pub const PATTERN_ADDED: Rule = rule(Constraints, Add, Breaking, Safe);
pub const PATTERN_REMOVED: Rule = rule(Constraints, Remove, Safe, Risky);
pub const PATTERN_CHANGED: Rule = rule(Constraints, Change, Risky, Risky);
pub const PATTERN_GENERALIZED: Rule = rule(Constraints, Generalize, Safe, Risky);
pub const PATTERN_PROPERTY_ADDED: Rule = rule(Constraints, Add, Breaking, Safe);
pub const PATTERN_PROPERTY_REMOVED: Rule = rule(Constraints, Remove, Safe, Breaking);

// Schemas made of schemas.
pub const CONDITION_ADDED: Rule = rule(Structure, Add, Breaking, Safe);
pub const CONDITION_REMOVED: Rule = rule(Structure, Remove, Safe, Breaking);
pub const CONDITION_CHANGED: Rule = rule(Structure, Change, Breaking, Breaking);
pub const ALTERNATIVE_ADDED: Rule = rule(Structure, Add, Safe, Risky);
pub const ALTERNATIVE_REMOVED: Rule = rule(Structure, Remove, Breaking, Safe);
pub const UNION_ADDED: Rule = rule(Structure, Add, Risky, Safe);
pub const UNION_REMOVED: Rule = rule(Structure, Remove, Safe, Risky);
pub const WRAPPED: Rule = rule(Structure, Change, Breaking, Breaking);
pub const WRAPPED_WITH_ITSELF: Rule = rule(Structure, Change, Safe, Risky);
pub const UNWRAPPED_TO_ONE: Rule = rule(Structure, Change, Breaking, Safe);
pub const UNION_LOOSENED: Rule = rule(Structure, Change, Safe, Risky);
pub const UNION_TIGHTENED: Rule = rule(Structure, Change, Risky, Safe);
pub const PART_ADDED: Rule = rule(Structure, Add, None, None);
pub const PART_REMOVED: Rule = rule(Structure, Remove, None, None);
pub const ITEM_ADDED: Rule = rule(Structure, Add, Safe, Breaking);
pub const ITEM_REMOVED: Rule = rule(Structure, Remove, Breaking, Safe);
pub const DISCRIMINATOR_ADDED: Rule = rule(Structure, Add, Safe, Safe);
pub const DISCRIMINATOR_REMOVED: Rule = rule(Structure, Remove, Risky, Risky);
pub const DISCRIMINATOR_CHANGED: Rule = rule(Structure, Change, Risky, Risky);
pub const CONTENT_SCHEMA_ADDED: Rule = rule(Existence, Add, Breaking, Safe);
pub const CONTENT_SCHEMA_REMOVED: Rule = rule(Existence, Remove, Safe, Breaking);
pub const CLOSED: Rule = rule(Structure, Change, Breaking, Safe);
pub const OPENED: Rule = rule(Structure, Change, Safe, Risky);

// Who may send or read it.
pub const BECAME_READ_ONLY: Rule = rule(Mutability, Change, Risky, Safe);
pub const BECAME_NOT_READ_ONLY: Rule = rule(Mutability, Change, Safe, Safe);
pub const BECAME_WRITE_ONLY: Rule = rule(Mutability, Change, Safe, Risky);
pub const BECAME_NOT_WRITE_ONLY: Rule = rule(Mutability, Change, Safe, Risky);

// Deprecation, sunset, stability.
pub const DEPRECATED: Rule = rule(Lifecycle, Change, Safe, Safe);
pub const REACTIVATED: Rule = rule(Lifecycle, Change, Safe, Safe);
pub const SUNSET_INVALID: Rule = rule(Lifecycle, Change, Breaking, Breaking);
pub const SUNSET_EARLIER: Rule = rule(Lifecycle, Change, Breaking, Breaking);
pub const SUNSET_CHANGED: Rule = rule(Lifecycle, Change, Safe, Safe);
pub const SUNSET_REMOVED: Rule = rule(Lifecycle, Remove, Breaking, Breaking);
pub const PARAMETER_SUNSET_REMOVED: Rule = rule(Lifecycle, Change, Breaking, Breaking);
pub const STABILITY_INCREASED: Rule = rule(Lifecycle, Increase, Safe, Safe);
pub const STABILITY_DECREASED: Rule = rule(Lifecycle, Decrease, Breaking, Breaking);
pub const STABILITY_INVALID: Rule = rule(Lifecycle, Change, Breaking, Breaking);

// Parameters.
pub const REQUIRED_PARAMETER_ADDED: Rule = rule(Existence, Add, Breaking, None);
pub const PARAMETER_ADDED: Rule = rule(Existence, Add, Safe, None);
pub const PARAMETER_REMOVED: Rule = rule(Existence, Remove, Risky, None);
pub const PARAMETER_RETIRED: Rule = rule(Existence, Remove, Safe, None);
pub const PARAMETER_REMOVED_EARLY: Rule = rule(Existence, Remove, Breaking, None);
pub const PARAMETER_RENAMED: Rule = rule(Existence, Remove, Breaking, None);
pub const STYLE_CHANGED: Rule = rule(Serialization, Change, Breaking, Breaking);
pub const STYLE_LOOSENED: Rule = rule(Serialization, Change, Safe, Safe);

// Bodies, responses, headers.
pub const BODY_ADDED: Rule = rule(Existence, Add, Safe, None);
pub const REQUIRED_BODY_ADDED: Rule = rule(Existence, Add, Breaking, None);
pub const BODY_REMOVED: Rule = rule(Existence, Remove, Breaking, None);
pub const MEDIA_TYPE_ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub const MEDIA_TYPE_REMOVED: Rule = rule(Existence, Remove, Breaking, Breaking);
pub const MEDIA_TYPE_CHANGED: Rule = rule(Type, Change, Risky, Risky);
pub const MEDIA_TYPE_GENERALIZED: Rule = rule(Type, Generalize, Safe, Breaking);
pub const MEDIA_TYPE_SPECIALIZED: Rule = rule(Type, Specialize, Breaking, Safe);
pub const MEDIA_SCHEMA_ADDED: Rule = rule(Existence, Add, Breaking, Safe);
pub const MEDIA_SCHEMA_REMOVED: Rule = rule(Existence, Remove, Safe, Risky);
pub const SUCCESS_ADDED: Rule = rule(Existence, Add, None, Risky);
pub const SUCCESS_REMOVED: Rule = rule(Existence, Remove, None, Breaking);
pub const FAILURE_ADDED: Rule = rule(Existence, Add, None, Safe);
pub const FAILURE_REMOVED: Rule = rule(Existence, Remove, None, Safe);
pub const HEADER_ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub const HEADER_REMOVED: Rule = rule(Existence, Remove, Safe, Risky);
pub const REQUIRED_HEADER_REMOVED: Rule = rule(Existence, Remove, Safe, Breaking);

// Whole operations and what surrounds them; there is no direction here.
pub const ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub const OPERATION_REMOVED: Rule = rule(Existence, Remove, Breaking, Breaking);
pub const OPERATION_RETIRED: Rule = rule(Existence, Remove, Safe, Safe);
pub const NAME_ADDED: Rule = rule(Existence, Add, None, None);
pub const NAME_REMOVED: Rule = rule(Existence, Remove, None, None);
pub const WEBHOOK_REMOVED: Rule = rule(Existence, Remove, Breaking, Breaking);
pub const CALLBACK_ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub const CALLBACK_REMOVED: Rule = rule(Existence, Remove, Risky, Risky);
pub const SECURITY_ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub const SECURITY_DEMANDED: Rule = rule(Existence, Add, Risky, Risky);
pub const SECURITY_REMOVED: Rule = rule(Existence, Remove, Risky, Risky);
pub const SECURITY_LIFTED: Rule = rule(Existence, Remove, Safe, Safe);
pub const SCHEME_CHANGED: Rule = rule(Type, Change, Breaking, Breaking);
pub const SCHEME_DETAIL_CHANGED: Rule = rule(Type, Change, Risky, Risky);
pub const SCOPE_TEXT_CHANGED: Rule = rule(Type, Change, None, None);
pub const SERVER_CHANGED: Rule = rule(Existence, Change, Risky, Risky);
pub const SERVER_REMOVED: Rule = rule(Existence, Remove, Risky, Risky);
pub const VERSION_BEHIND: Rule = rule(Lifecycle, Decrease, None, None);
pub const VERSION_SAME: Rule = rule(Lifecycle, Change, None, None);
pub const VERSION_MINOR: Rule = rule(Lifecycle, Increase, None, None);

// Text for people.
pub const TEXT_ADDED: Rule = rule(Docs, Add, None, None);
pub const TEXT_REMOVED: Rule = rule(Docs, Remove, None, None);
pub const TEXT_CHANGED: Rule = rule(Docs, Change, None, None);

// Named where a change of type is judged.
pub const TYPE_OPENED: Rule = rule(Type, Change, Safe, Breaking);
pub const TYPE_NARROWED_FROM_ANY: Rule = rule(Type, Change, Breaking, Safe);
pub const TYPES_EXCHANGED: Rule = rule(Type, Remove, Breaking, Breaking);
pub const BECAME_TEXT: Rule = rule(Type, Change, Safe, Breaking);
pub const BECAME_OTHER_THAN_TEXT: Rule = rule(Type, Change, Breaking, Safe);
pub const VALUE_RENAMED: Rule = rule(Values, Remove, Breaking, Risky);
pub const LISTED: Rule = rule(Values, Add, None, None);
