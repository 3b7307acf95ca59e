//! The object that wraps every response, or the member of each that says whether the call went well: as the policy states it, as
//! the lock has it, or as the responses have it in common.

use super::{Plan, UNSUPPORTED};
use crate::api::media::Format;
use crate::api::{Operation, Property, Shape, TypeId};
use crate::diagnostic::Diagnostic;
use crate::lock::Kind;
use crate::policy::{self, EnvelopePolicy};
use crate::rust::Envelope;

/// What the lock calls the responses of the API.
const RESPONSES: &str = "responses";

/// The names that an envelope's members have where none is stated, and those of its data.
const NAMES: [&str; 3] = ["success", "errors", "messages"];
const DATA: [&str; 2] = ["result", "data"];
/// What else may stand there: what is said of one page of a list.
const PAGES: [&str; 4] = ["result_info", "page_info", "pagination", "meta"];

/// The booleans that say how it went of responses that wrap nothing, and what says why it failed.
const FLAGS: [&str; 2] = ["ok", "success"];
const REASONS: [&str; 2] = ["error", "errors"];

/// What the lock has for a name that there is not.
const NO_NAME: &str = "-";

impl Plan<'_> {
    /// What is not stated is inferred at first, and kept from then on.
    pub(super) fn find_envelope(&mut self) {
        self.envelope = match &self.policy.envelope {
            Some(EnvelopePolicy::Nothing) => return,
            Some(EnvelopePolicy::Stated(stated)) => Some(Envelope {
                success: stated.success.get_ref().clone(),
                data: stated.data.clone().unwrap_or_default(),
                errors: stated.errors.clone(),
                messages: stated.messages.clone(),
            }),
            None if self.kept.is_new() => self.inferred_envelope().or_else(|| self.reported_flag()),
            None => match self.kept.kept(Kind::Envelope, RESPONSES).and_then(written) {
                // What says how calls went may have another name now; without it failures are successes.
                Some(kept) if !self.is_returned(&kept) => {
                    self.inferred_envelope().or_else(|| self.reported_flag())
                }
                kept => kept,
            },
        };
        // It is still there when the policy no longer states it.
        if let Some(found) = &self.envelope {
            let names = [&found.success, &found.data, &found.errors, &found.messages];
            let names = names.map(|name| if name.is_empty() { NO_NAME } else { name });
            let names = names.join(" ");
            if written(&names).as_ref() == Some(found) {
                self.kept.record(Kind::Envelope, RESPONSES, &names);
            }
        }
    }

    /// The envelope that nearly all responses that are objects are.
    fn inferred_envelope(&self) -> Option<Envelope> {
        let bodies = self.objects_returned();
        let wrapped = |data: &str| {
            let bodies = bodies.iter();
            bodies.filter(|id| self.is_wrapped(**id, data)).count()
        };
        // Of as many the first.
        let data = DATA.into_iter().rev().max_by_key(|data| wrapped(data))?;
        let count = wrapped(data);
        let [success, errors, messages] = NAMES.map(str::to_owned);
        (count > 1 && 4 * count >= 3 * bodies.len()).then(|| Envelope {
            success,
            data: data.to_owned(),
            errors,
            messages,
        })
    }

    fn objects_returned(&self) -> Vec<TypeId> {
        let operations = self.operations.iter();
        let operations = operations.map(|(index, _)| self.operation(*index));
        operations
            .filter_map(|one| self.object_returned(one))
            .collect()
    }

    /// Whether a response says how the call went by this envelope; where none is an object nothing is known.
    fn is_returned(&self, envelope: &Envelope) -> bool {
        let bodies = self.objects_returned();
        let says = |id: TypeId| self.property(id, &envelope.success).is_some();
        let fits = |id: &TypeId| match self.shape(*id) {
            Shape::Union(union) => union.variants.iter().any(|variant| says(variant.ty)),
            _ => says(*id),
        };
        bodies.is_empty() || bodies.iter().any(fits)
    }

    /// The flag that is inferred, which is reported: what it makes an error is a success in other clients.
    fn reported_flag(&mut self) -> Option<Envelope> {
        let found = self.inferred_flag()?;
        let mut bodies = self.objects_returned().into_iter();
        let flag = bodies.find_map(|id| self.property(id, &found.success));
        if let Some(location) = flag.map(|property| property.location.clone()) {
            let message = format!(
                "`{0}` is taken for how a call went: a response whose `{0}` is `false` is an error",
                found.success
            );
            let help = "`envelope = false` in the policy file says that it is data";
            self.report(Diagnostic::note(UNSUPPORTED, message).help(help), &location);
        }
        Some(found)
    }

    /// A boolean that nearly all responses have that are objects, if one that failed says why beside it.
    fn inferred_flag(&self) -> Option<Envelope> {
        let bodies = self.objects_returned();
        let is_flag = |id: TypeId, flag: &str| {
            let property = self.property(id, flag);
            property.is_some_and(|property| matches!(self.shape(property.ty), Shape::Boolean))
        };
        let having = |flag: &str| bodies.iter().filter(|id| is_flag(**id, flag)).count();
        let success = FLAGS.into_iter().find(|flag| {
            let count = having(flag);
            count > 1 && 4 * count >= 3 * bodies.len()
        })?;
        let operations = self.operations.iter();
        let outcomes = operations.flat_map(|(index, _)| &self.operation(*index).outcomes);
        let given: Vec<TypeId> = outcomes
            .filter_map(|outcome| outcome.body.as_ref()?.ty)
            .filter(|id| is_flag(*id, success))
            .collect();
        let errors = REASONS.into_iter().find(|reason| {
            let mut given = given.iter();
            given.any(|id| self.property(*id, reason).is_some())
        })?;
        Some(Envelope {
            success: success.to_owned(),
            data: String::new(),
            errors: errors.to_owned(),
            messages: String::new(),
        })
    }

    /// The schema of the JSON that an operation gives, if it is an object or one of several.
    fn object_returned(&self, operation: &Operation) -> Option<TypeId> {
        let mut outcomes = operation.outcomes.iter();
        let media = outcomes.find_map(|outcome| {
            let body = outcome.body.as_ref()?;
            (operation.is_success(outcome.status) && body.format() == Format::Json).then_some(body)
        })?;
        let id = media.ty?;
        matches!(self.shape(id), Shape::Object(_) | Shape::Union(_)).then_some(id)
    }

    /// Whether it says how the call went and has nothing but that, the data, and what is said of a page. Of several, those
    /// that are failures may be without data.
    fn is_wrapped(&self, id: TypeId, data: &str) -> bool {
        match self.shape(id) {
            Shape::Union(union) => {
                let mut variants = union.variants.iter().map(|variant| variant.ty);
                variants.clone().all(|id| self.says_how_it_went(id, data))
                    && variants.any(|id| self.property(id, data).is_some())
            }
            _ => self.says_how_it_went(id, data) && self.property(id, data).is_some(),
        }
    }

    fn says_how_it_went(&self, id: TypeId, data: &str) -> bool {
        let Shape::Object(object) = self.shape(id) else {
            return false;
        };
        let has = |name: &str, fits: fn(&Shape) -> bool| {
            let property = self.property(id, name);
            property.is_some_and(|property| fits(self.shape(property.ty)))
        };
        let known = |name: &str| name == data || NAMES.contains(&name) || PAGES.contains(&name);
        let [success, errors, messages] = NAMES;
        let is_list = |shape: &Shape| matches!(shape, Shape::Array(_));
        has(success, |shape| matches!(shape, Shape::Boolean))
            && has(errors, is_list)
            && has(messages, is_list)
            && object.properties.iter().all(|one| known(&one.name))
    }

    /// What is stated is found in a response.
    pub(super) fn check_envelope(&mut self) {
        let Some(EnvelopePolicy::Stated(envelope)) = &self.policy.envelope else {
            return;
        };
        let success = envelope.success.get_ref();
        let mut returned = self.operations.iter().map(|(_, bodies)| &bodies.returned);
        let message = match &envelope.data {
            Some(data) if !returned.any(|returned| returned.data.is_some()) => {
                format!("no response has both `{success}` and `{data}`")
            }
            None if !returned
                .any(|returned| returned.ty.is_some_and(|id| self.is_envelope(id))) =>
            {
                format!("no response has `{success}`")
            }
            _ => return,
        };
        let help = "correct the names, or remove the table";
        self.policy_error(policy::UNUSED, &message, envelope.success.span(), help);
    }

    /// Whether responses say how it went, and are what methods return as a whole.
    pub(super) fn has_flag(&self) -> bool {
        let envelope = self.envelope.as_ref();
        envelope.is_some_and(|envelope| envelope.data.is_empty())
    }

    /// The data of an envelope, if the schema is one, and whether it has to be there. Of several envelopes, of which
    /// some are of failures, it is what all have that have any.
    pub(super) fn enveloped(&self, id: TypeId) -> Option<(&Property, bool)> {
        let envelope = self.envelope.as_ref()?;
        let data = |id| self.property(id, &envelope.data);
        let Shape::Union(union) = self.shape(id) else {
            self.property(id, &envelope.success)?;
            return data(id).map(|data| (data, data.required));
        };
        let ids = union.variants.iter().map(|variant| variant.ty);
        let ids: Vec<TypeId> = ids.collect();
        if !ids.iter().all(|id| self.is_envelope(*id)) {
            return None;
        }
        let found: Vec<&Property> = ids.iter().filter_map(|id| data(*id)).collect();
        let (first, others) = found.split_first()?;
        let meaning = self.meaning(first.ty);
        let alike = others.iter().all(|one| self.meaning(one.ty) == meaning);
        let required = found.len() == ids.len() && found.iter().all(|one| one.required);
        alike.then_some((first, required))
    }

    /// Whether the document says that all of the envelope may be null, or lets null stand for it or for the data, and the
    /// type of the data has nothing that is as good as null.
    pub(super) fn may_be_null(&self, whole: TypeId, data: TypeId, required: bool) -> bool {
        let is_valid = self.is_untyped(whole) || (!required && self.is_untyped(data));
        let takes_null = match self.shape(data) {
            Shape::Any | Shape::Array(_) | Shape::Map(_) => true,
            Shape::Object(object) => object.properties.iter().all(|one| !one.required),
            _ => false,
        };
        self.is_nullable(whole) || (is_valid && !takes_null)
    }

    /// By itself, whatever another says that means the same.
    fn is_untyped(&self, id: TypeId) -> bool {
        let stated = |id: &TypeId| self.sharing.stated.contains_key(id);
        let itself = self.chain_ids(id).find(stated);
        self.api
            .ty(itself.unwrap_or_else(|| self.api.resolved(id)))
            .untyped
    }

    /// Whether the schema is what the runtime reads failures of: the envelope with its errors, or
    /// with its data, which need not be there then.
    pub(super) fn is_envelope(&self, id: TypeId) -> bool {
        self.envelope.as_ref().is_some_and(|envelope| {
            let has = |name: &str| self.property(id, name).is_some();
            let is_flag = envelope.data.is_empty();
            has(&envelope.success) && (is_flag || has(&envelope.errors) || has(&envelope.data))
        })
    }

    /// As the schema itself has it: another that means the same need not say that its data may be null.
    fn property(&self, id: TypeId, name: &str) -> Option<&Property> {
        let stated = self
            .chain_ids(id)
            .find_map(|id| self.sharing.stated.get(&id));
        match stated.unwrap_or_else(|| self.shape(id)) {
            Shape::Object(object) => object.properties.iter().find(|p| p.name == name),
            _ => None,
        }
    }
}

/// As the lock has it.
fn written(names: &str) -> Option<Envelope> {
    let names = names.split(' ').map(|name| match name {
        NO_NAME => String::new(),
        name => name.to_owned(),
    });
    let names: Vec<String> = names.collect();
    let [success, data, errors, messages] = names.try_into().ok()?;
    Some(Envelope {
        success,
        data,
        errors,
        messages,
    })
}
