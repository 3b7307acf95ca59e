//! One table of what each kind of edit is, to callers that send and to callers that read.

use crate::taxonomy::{Action, Direction, Kind, Severity};
use Action::{Add, Change, Decrease, Generalize, Increase, Remove, Set, Specialize};
use Kind::{
    Constraints, Docs, Existence, Lifecycle, Mutability, Requiredness, Serialization, Structure,
    Type, Values,
};
use Severity::{Breaking, None, Risky, Safe};

/// A kind of edit.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    pub kind: Kind,
    pub action: Action,
    /// The action for those who read it, where it has another name for them.
    pub response_action: Action,
    /// The severity where clients send it.
    pub request: Severity,
    /// The severity where clients read it.
    pub response: Severity,
    /// Of a schema that is a whole body, it is an edit of the body.
    pub of_body: bool,
}

impl Rule {
    pub fn action_in(&self, direction: Direction) -> Action {
        match direction {
            Direction::Response => self.response_action,
            _ => self.action,
        }
    }

    const fn of_body(mut self) -> Self {
        self.of_body = true;
        self
    }
}

const fn rule(kind: Kind, action: Action, request: Severity, response: Severity) -> Rule {
    Rule {
        kind,
        action,
        response_action: action,
        request,
        response,
        of_body: false,
    }
}

/// A narrower or wider type, which has one word for who sends and another for who reads.
const fn split(
    kind: Kind,
    actions: (Action, Action),
    request: Severity,
    response: Severity,
) -> Rule {
    Rule {
        kind,
        action: actions.0,
        response_action: actions.1,
        request,
        response,
        of_body: false,
    }
}

// Properties of objects.
pub static PROPERTY_ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub static REQUIRED_PROPERTY_ADDED: Rule = rule(Existence, Add, Breaking, Safe);
pub static PROPERTY_REMOVED: Rule = rule(Existence, Remove, Risky, Breaking);
pub static PROPERTY_RENAMED: Rule = rule(Existence, Remove, Risky, Breaking);
pub static REQUIRED_PROPERTY_RENAMED: Rule = rule(Existence, Remove, Breaking, Breaking);
pub static BECAME_REQUIRED: Rule = rule(Requiredness, Change, Breaking, Safe);
pub static BECAME_OPTIONAL: Rule = rule(Requiredness, Change, Safe, Breaking);
pub static BECAME_NULLABLE: Rule = rule(Requiredness, Change, Safe, Breaking);
pub static BECAME_NOT_NULLABLE: Rule = rule(Requiredness, Change, Breaking, Safe);

// What a value may be.
pub static TYPE_CHANGED: Rule = rule(Type, Change, Breaking, Breaking);
pub static TYPE_UNSURE: Rule = rule(Type, Change, Risky, Risky);
pub static TYPE_GENERALIZED: Rule = rule(Type, Generalize, Safe, Breaking);
pub static TYPE_SPECIALIZED: Rule = split(Type, (Change, Specialize), Breaking, Safe);
pub static PARAMETER_PROPERTY_SPECIALIZED: Rule = rule(Type, Specialize, Breaking, Safe);
pub static FORMAT_ADDED: Rule = split(Type, (Change, Specialize), Breaking, Safe);
pub static FORMAT_REMOVED: Rule = split(Type, (Generalize, Change), Safe, Breaking);
pub static TYPES_WIDENED: Rule = rule(Type, Add, Safe, Breaking);
pub static ALTERNATIVE_TYPE_ADDED: Rule = rule(Type, Add, Safe, Risky);
pub static FURTHER_TYPE: Rule = rule(Type, Generalize, Safe, Risky);
pub static TYPES_NARROWED: Rule = rule(Type, Remove, Breaking, Safe);
pub static CONTENT_CHANGED: Rule = rule(Type, Change, Breaking, Breaking).of_body();
pub static BECAME_ENUM: Rule = rule(Values, Change, Breaking, Safe);
pub static NO_ENUM_ANY_MORE: Rule = rule(Values, Remove, Safe, Risky);
pub static VALUE_ADDED: Rule = rule(Values, Add, Safe, Risky);
pub static VALUE_REMOVED: Rule = rule(Values, Remove, Breaking, Safe);
pub static CONST_ADDED: Rule = rule(Values, Add, Breaking, Safe);
pub static CONST_CHANGED: Rule = rule(Values, Change, Breaking, Breaking);
pub static CONST_REMOVED: Rule = rule(Values, Remove, Safe, Breaking);
pub static DEFAULT_ADDED: Rule = rule(Values, Add, Safe, Safe);
pub static DEFAULT_CHANGED: Rule = rule(Values, Change, Safe, Safe);
pub static DEFAULT_REMOVED: Rule = rule(Values, Remove, Safe, Safe);
/// Who leaves a parameter out gets another response.
pub static PARAMETER_DEFAULT_ADDED: Rule = rule(Values, Add, Breaking, Safe);
pub static PARAMETER_DEFAULT_CHANGED: Rule = rule(Values, Change, Breaking, Safe);
pub static PARAMETER_DEFAULT_REMOVED: Rule = rule(Values, Remove, Breaking, Safe);

// Limits.
pub static LIMIT_SET: Rule = rule(Constraints, Set, Risky, Safe);
pub static LIMIT_REMOVED: Rule = rule(Constraints, Remove, Safe, Breaking);
pub static MAXIMUM_DECREASED: Rule = rule(Constraints, Decrease, Breaking, Safe);
pub static MAXIMUM_INCREASED: Rule = rule(Constraints, Increase, Safe, Breaking);
pub static MINIMUM_DECREASED: Rule = rule(Constraints, Decrease, Safe, Breaking);
pub static MINIMUM_INCREASED: Rule = rule(Constraints, Increase, Breaking, Safe);
pub static LIMIT_CHANGED: Rule = rule(Constraints, Change, Breaking, Risky);
pub static LIMIT_UNSURE: Rule = rule(Constraints, Change, Risky, Risky);
pub static PATTERN_ADDED: Rule = rule(Constraints, Add, Breaking, Safe);
pub static PATTERN_REMOVED: Rule = rule(Constraints, Remove, Safe, Risky);
pub static PATTERN_CHANGED: Rule = rule(Constraints, Change, Risky, Risky);
pub static PATTERN_GENERALIZED: Rule = split(Constraints, (Generalize, Change), Safe, Risky);
pub static PATTERN_PROPERTY_ADDED: Rule = rule(Constraints, Add, Breaking, Safe);
pub static PATTERN_PROPERTY_REMOVED: Rule = rule(Constraints, Remove, Safe, Breaking);

// Schemas made of schemas.
pub static CONDITION_ADDED: Rule = rule(Structure, Add, Breaking, Safe);
pub static CONDITION_REMOVED: Rule = rule(Structure, Remove, Safe, Breaking);
pub static CONDITION_CHANGED: Rule = rule(Structure, Change, Breaking, Breaking);
pub static ALTERNATIVE_ADDED: Rule = rule(Structure, Add, Safe, Risky);
pub static ALTERNATIVE_REMOVED: Rule = rule(Structure, Remove, Breaking, Safe);
pub static UNION_ADDED: Rule = rule(Structure, Add, Risky, Safe);
pub static UNION_REMOVED: Rule = rule(Structure, Remove, Safe, Risky);
pub static WRAPPED: Rule = rule(Structure, Change, Breaking, Breaking);
pub static WRAPPED_WITH_ITSELF: Rule = rule(Structure, Change, Safe, Risky);
pub static UNWRAPPED_TO_ONE: Rule = rule(Structure, Change, Breaking, Safe);
pub static UNION_LOOSENED: Rule = rule(Structure, Change, Safe, Risky);
pub static UNION_TIGHTENED: Rule = rule(Structure, Change, Risky, Safe);
/// What it is to callers is what differs between the two schemas.
pub static REFERENCE_CHANGED: Rule = rule(Type, Change, None, None);
pub static PART_ADDED: Rule = rule(Structure, Add, None, None);
pub static PART_REMOVED: Rule = rule(Structure, Remove, None, None);
pub static ITEM_ADDED: Rule = rule(Structure, Add, Safe, Breaking);
pub static ITEM_REMOVED: Rule = rule(Structure, Remove, Breaking, Safe);
pub static DISCRIMINATOR_ADDED: Rule = rule(Structure, Add, Safe, Safe);
pub static DISCRIMINATOR_REMOVED: Rule = rule(Structure, Remove, Risky, Risky);
pub static DISCRIMINATOR_VALUE_CHANGED: Rule = rule(Structure, Remove, Breaking, Breaking);
/// A server that looks for the one property does not find it in a request that has the other.
pub static DISCRIMINATOR_PROPERTY_CHANGED: Rule = rule(Structure, Change, Breaking, Risky);
pub static DISCRIMINATOR_CHANGED: Rule = rule(Structure, Change, Risky, Risky);
pub static CONTENT_SCHEMA_ADDED: Rule = rule(Existence, Add, Breaking, Safe);
pub static CONTENT_SCHEMA_REMOVED: Rule = rule(Existence, Remove, Safe, Breaking);
pub static CLOSED: Rule = rule(Structure, Change, Breaking, Safe);
pub static OPENED: Rule = rule(Structure, Change, Safe, Risky);

// Who may send or read it.
pub static BECAME_READ_ONLY: Rule = rule(Mutability, Change, Risky, Safe);
pub static BECAME_NOT_READ_ONLY: Rule = rule(Mutability, Change, Safe, Safe);
pub static BECAME_WRITE_ONLY: Rule = rule(Mutability, Change, Safe, Risky);
pub static BECAME_NOT_WRITE_ONLY: Rule = rule(Mutability, Change, Safe, Risky);

// Deprecation, sunset, stability.
pub static DEPRECATED: Rule = rule(Lifecycle, Change, Safe, Safe);
pub static REACTIVATED: Rule = rule(Lifecycle, Change, Safe, Safe);
pub static SUNSET_INVALID: Rule = rule(Lifecycle, Change, Breaking, Breaking);
pub static SUNSET_EARLIER: Rule = rule(Lifecycle, Change, Breaking, Breaking);
pub static SUNSET_CHANGED: Rule = rule(Lifecycle, Change, Safe, Safe);
pub static SUNSET_REMOVED: Rule = rule(Lifecycle, Remove, Breaking, Breaking);
pub static PARAMETER_SUNSET_REMOVED: Rule = rule(Lifecycle, Change, Breaking, Breaking);
pub static STABILITY_INCREASED: Rule = rule(Lifecycle, Increase, Safe, Safe);
pub static STABILITY_DECREASED: Rule = rule(Lifecycle, Decrease, Breaking, Breaking);
pub static STABILITY_INVALID: Rule = rule(Lifecycle, Change, Breaking, Breaking);

// Parameters. Clients read those of webhooks and callbacks.
pub static REQUIRED_PARAMETER_ADDED: Rule = rule(Existence, Add, Breaking, Safe);
pub static PARAMETER_ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub static PARAMETER_REMOVED: Rule = rule(Existence, Remove, Risky, Breaking);
pub static PARAMETER_RETIRED: Rule = rule(Existence, Remove, Safe, Safe);
pub static PARAMETER_REMOVED_EARLY: Rule = rule(Existence, Remove, Breaking, Breaking);
pub static PARAMETER_RENAMED: Rule = rule(Existence, Remove, Breaking, Breaking);
pub static PARAMETER_MOVED: Rule = rule(Existence, Remove, Breaking, Breaking);
pub static STYLE_CHANGED: Rule = rule(Serialization, Change, Breaking, Breaking);
pub static ENCODING_CHANGED: Rule = rule(Serialization, Change, Risky, Risky);
pub static STYLE_LOOSENED: Rule = rule(Serialization, Change, Safe, Safe);

// Bodies, responses, headers.
pub static BODY_ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub static REQUIRED_BODY_ADDED: Rule = rule(Existence, Add, Breaking, Safe);
pub static BODY_REMOVED: Rule = rule(Existence, Remove, Breaking, Breaking);
pub static MEDIA_TYPE_ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub static MEDIA_TYPE_REMOVED: Rule = rule(Existence, Remove, Breaking, Breaking);
pub static MEDIA_TYPE_CHANGED: Rule = rule(Type, Change, Risky, Risky);
pub static MEDIA_TYPE_EXCHANGED: Rule = rule(Type, Change, Breaking, Risky);
pub static MEDIA_TYPE_GENERALIZED: Rule = rule(Type, Generalize, Safe, Breaking);
pub static MEDIA_TYPE_SPECIALIZED: Rule = rule(Type, Specialize, Breaking, Safe);
pub static MEDIA_SCHEMA_ADDED: Rule = rule(Existence, Add, Breaking, Safe);
pub static MEDIA_SCHEMA_REMOVED: Rule = rule(Existence, Remove, Safe, Risky);
pub static SUCCESS_ADDED: Rule = rule(Existence, Add, Safe, Risky);
pub static SUCCESS_REMOVED: Rule = rule(Existence, Remove, Breaking, Breaking);
pub static FAILURE_ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub static FAILURE_REMOVED: Rule = rule(Existence, Remove, Risky, Safe);
pub static HEADER_ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub static HEADER_REMOVED: Rule = rule(Existence, Remove, Safe, Risky);
pub static REQUIRED_HEADER_REMOVED: Rule = rule(Existence, Remove, Safe, Breaking);

// Whole operations and what surrounds them; there is no direction here.
pub static ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub static OPERATION_REMOVED: Rule = rule(Existence, Remove, Breaking, Breaking);
pub static OPERATION_RETIRED: Rule = rule(Existence, Remove, Safe, Safe);
pub static NAME_ADDED: Rule = rule(Existence, Add, None, None);
pub static NAME_REMOVED: Rule = rule(Existence, Remove, None, None);
pub static WEBHOOK_REMOVED: Rule = rule(Existence, Remove, Breaking, Breaking);
pub static CALLBACK_ADDED: Rule = rule(Existence, Add, Safe, Safe);
/// Whoever states where to be called is called no more.
pub static CALLBACK_MOVED: Rule = rule(Existence, Change, Breaking, Breaking);
pub static CALLBACK_REMOVED: Rule = rule(Existence, Remove, Risky, Risky);
pub static SECURITY_ADDED: Rule = rule(Existence, Add, Safe, Safe);
pub static SECURITY_REQUIRED: Rule = rule(Existence, Add, Risky, Risky);
pub static SECURITY_REMOVED: Rule = rule(Existence, Remove, Risky, Risky);
pub static SECURITY_LIFTED: Rule = rule(Existence, Remove, Safe, Safe);
pub static SCHEME_CHANGED: Rule = rule(Type, Change, Breaking, Breaking);
pub static SCHEME_DETAIL_CHANGED: Rule = rule(Type, Change, Risky, Risky);
pub static SCOPE_TEXT_CHANGED: Rule = rule(Type, Change, None, None);
pub static SERVER_CHANGED: Rule = rule(Existence, Change, Risky, Risky);
/// Clients call the first unless they are configured otherwise.
pub static SERVER_BEFORE_OTHERS: Rule = rule(Existence, Add, Risky, Risky);
pub static SERVERS_REORDERED: Rule = rule(Existence, Change, Risky, Risky);
pub static SERVER_DEFAULT_CHANGED: Rule = rule(Existence, Change, Risky, Risky);
pub static SERVER_VALUE_ADDED: Rule = rule(Values, Add, Safe, Safe);
pub static SERVER_VALUE_REMOVED: Rule = rule(Values, Remove, Risky, Risky);
pub static SERVER_VALUES_LISTED: Rule = rule(Values, Change, Risky, Risky);
pub static SERVER_VALUES_OPEN: Rule = rule(Values, Change, Safe, Safe);
pub static SERVER_REMOVED: Rule = rule(Existence, Remove, Risky, Risky);
pub static VERSION_BEHIND: Rule = rule(Lifecycle, Decrease, None, None);
pub static VERSION_SAME: Rule = rule(Lifecycle, Change, None, None);
pub static VERSION_MINOR: Rule = rule(Lifecycle, Increase, None, None);

// Text for people.
pub static TEXT_ADDED: Rule = rule(Docs, Add, None, None);
pub static TEXT_REMOVED: Rule = rule(Docs, Remove, None, None);
pub static TEXT_CHANGED: Rule = rule(Docs, Change, None, None);

// Named where a change of type is judged.
pub static TYPE_OPENED: Rule = split(Type, (Generalize, Change), Safe, Breaking);
pub static TYPE_CLOSED: Rule = split(Type, (Change, Specialize), Breaking, Safe);
pub static TYPES_EXCHANGED: Rule = rule(Type, Remove, Breaking, Breaking);
pub static FORBIDDEN: Rule = rule(Type, Change, Breaking, Breaking);
pub static ALLOWED: Rule = rule(Type, Change, Safe, Safe);
pub static BECAME_TEXT: Rule = rule(Type, Change, Safe, Breaking);
pub static BECAME_OTHER_THAN_TEXT: Rule = rule(Type, Change, Breaking, Safe);
pub static VALUE_RENAMED: Rule = rule(Values, Remove, Breaking, Risky);
pub static LISTED: Rule = rule(Values, Add, None, None);
