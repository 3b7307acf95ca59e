//! Operations as methods: arguments, what they return, how the response is read.

use super::bodies::{Bodies, Sent};
use super::models::MOST_ARGUMENTS;
use super::value_types::without_decimals;
use super::{Audience, Plan, media_types, parameters};
use crate::api::{Body, Operation, Parameter, Place, Shape, TypeId};
use crate::path_template;
use crate::rust::names::{Scope, pascal, snake_names};
use crate::rust::reserved::{
    ARGUMENTS, PAGED_METHODS, REQUEST_METHODS, STREAMED_METHODS, WAITING_METHODS,
};
use crate::rust::signature::{Lint, ParameterType};
use crate::rust::{
    Argument, BodyFormat, Decode, Example, FieldContent, Form, Method, Role, Ty, docs,
};

/// The setter of the header that makes a call repeatable, whatever the document calls that header.
pub(super) const IDEMPOTENCY_KEY: &str = "idempotency_key";

impl Plan<'_> {
    /// The method that sends one of the media types of the operation; `shared` is what the first one's choice of
    /// outcomes is called, if it has one.
    pub(super) fn method(
        &self,
        (position, chosen): (usize, usize),
        name: String,
        access: &str,
        types: &mut Scope,
        shared: Option<String>,
    ) -> Method {
        let (index, bodies) = &self.operations[position];
        let index = *index;
        let operation = self.operation(index);
        let sent = bodies.sent.get(chosen);
        let paged = self.paged(index, bodies);
        let long_running = self.long_running(index, bodies);
        let stream = bodies.stream.as_ref();
        let stream = stream.map(|stream| self.stream_beside(stream, sent));
        let taken: Vec<&str> = [
            (paged.is_some(), &PAGED_METHODS[..]),
            (stream.is_some(), &STREAMED_METHODS[..]),
            (long_running.is_some(), &WAITING_METHODS[..]),
        ]
        .iter()
        .filter(|(is, _)| *is)
        .flat_map(|(_, names)| names.iter().copied())
        .collect();
        let (arguments, mut options) = self.arguments(operation, bodies, chosen, &taken);
        let returned = &bodies.returned;
        let request = types.claim(format!("{}Request", pascal(&name)));
        let is_own = returned.decode == Decode::Outcomes && shared.is_none();
        let choice = is_own.then(|| {
            let name = types.claim(format!("{}Outcome", pascal(&name)));
            self.outcomes_type(operation, name, returned, &bodies.readings)
        });
        let outcomes = self.outcomes(operation, bodies);
        let outcome = choice.as_ref().map(|choice| choice.name.clone());
        let output = match outcome.or(shared) {
            Some(name) => Ty::Outcomes(name),
            None => self.read_ty(returned.ty, returned.decode),
        };
        let switched = sent
            .filter(|_| matches!(output, Ty::Items(_)))
            .and_then(|sent| self.switch(sent));
        // What it is set to follows from what is asked for.
        let beside = stream.as_ref().and_then(|stream| stream.switch.as_ref());
        for switch in switched.iter().chain(beside) {
            options.retain(|option| !option.sends_property(switch));
        }
        let pages = paged.and_then(|paged| self.pages(&paged, bodies, &output));
        let example = match self.audience {
            Audience::Readers => {
                let given = (&*arguments, &*options, pages.is_some());
                self.example(operation, access, &name, given, &output)
            }
            Audience::Comparison => Example::default(),
        };
        Method {
            summary: self.summary(operation),
            docs: self.operation_docs(index, bodies, chosen),
            operation_id: operation.id.clone(),
            http_method: operation.method.clone(),
            switched,
            path: operation.path.clone(),
            server: self.server(operation).map(Box::new),
            deprecated: operation.deprecated,
            security: self.security(index),
            takes_idempotency_key: matches!(operation.method.as_str(), "POST" | "PATCH")
                && !operation
                    .parameters
                    .iter()
                    .any(parameters::is_idempotency_key)
                && sent.is_none_or(|sent| !self.sends_idempotency_key(sent)),
            sections: self.with_headers(
                self.method_sections(
                    &request,
                    &arguments,
                    &options,
                    &outcomes,
                    &returned.others,
                    (pages.is_some(), stream.is_some(), long_running.is_some()),
                ),
                operation,
                (&request, &output),
            ),
            allow: method_lints(&arguments),
            multipart: self.multipart(sent, operation),
            fields: self.fields_body(sent, operation),
            fixed: self.fixed(operation, sent),
            arguments,
            options,
            decode: match (bodies.returned.decode, &output) {
                (Decode::Json, Ty::Value) => Decode::AnyJson,
                (Decode::Json, _) if bodies.returned.ty.is_some_and(|ty| self.is_envelope(ty)) => {
                    Decode::Envelope
                }
                (decode, _) => decode,
            },
            output,
            choice,
            outcomes,
            without_data: bodies.returned.without_data.clone(),
            accept: bodies.returned.accept.clone(),
            pages: pages.map(Box::new),
            long_running: long_running.map(Box::new),
            stream: stream.map(Box::new),
            data: bodies.returned.data.clone(),
            example,
            request,
            name,
            output_location: bodies.returned.location.clone(),
            location: operation.location.clone(),
        }
    }

    fn summary(&self, operation: &Operation) -> String {
        let title = match self.heading(operation) {
            "" if !operation.docs.title.is_empty() => &operation.docs.description,
            title => title,
        };
        let title = docs::first_sentence(&self.clean(title));
        if title.is_empty() {
            format!(
                "`{} {}`",
                operation.method,
                docs::within_code(&operation.path)
            )
        } else {
            title
        }
    }

    pub(super) fn is_nullable(&self, id: TypeId) -> bool {
        self.chain(id).any(|ty| ty.nullable) && !matches!(self.shape(id), Shape::Any)
    }

    pub(super) fn output_value(&self, id: TypeId) -> Ty {
        let ty = without_decimals(self.value_ty(id, None));
        if self.is_nullable(id) && !matches!(ty, Ty::Value) {
            Ty::Option(Box::new(ty))
        } else {
            ty
        }
    }

    /// Required arguments in the order path, query, header, cookie, body; and the options.
    fn arguments(
        &self,
        operation: &Operation,
        bodies: &Bodies,
        chosen: usize,
        own: &[&'static str],
    ) -> (Vec<Argument>, Vec<Argument>) {
        let sent = bodies.sent.get(chosen);
        let parts = sent.is_some_and(|sent| self.has_part_arguments(sent));
        let fields = sent.is_some_and(|sent| self.has_field_arguments(sent));
        // Where the body is several arguments, one of them may be called so.
        let taken = ARGUMENTS
            .into_iter()
            .filter(|name| !(parts || fields) || *name != "body");
        // The setter that every request has would send a header that the service does not ask for.
        let own_key = fields && sent.is_some_and(|sent| self.sends_idempotency_key(sent));
        let methods = REQUEST_METHODS.into_iter();
        let methods = methods.filter(|name| !own_key || *name != IDEMPOTENCY_KEY);
        let mut scope = Scope::reserving(taken).with_methods(methods.chain(own.iter().copied()));
        let mut parameters = parameters::in_order(operation);
        parameters.retain(|one| self.fixed_parameter(one).is_none());
        let count = parameters.len();
        let (mut required, mut optional) = (Vec::with_capacity(count), Vec::new());
        // In place of the setter that every request has.
        let key = parameters
            .iter()
            .position(|one| parameters::is_idempotency_key(one));
        let names = snake_names(parameters.iter().map(|one| match one.place {
            Place::Path => path_template::variable(&one.name),
            _ => &one.name,
        }));
        for (index, (parameter, name)) in parameters.into_iter().zip(names).enumerate() {
            let mut argument = self.argument(operation, parameter, name, &mut scope);
            if key == Some(index) {
                argument.name = IDEMPOTENCY_KEY.to_owned();
            }
            if parameter.required {
                required.push(argument);
            } else {
                optional.push(self.option(argument).perhaps());
            }
        }
        let Some((sent, body)) = sent.zip(operation.body.as_ref()) else {
            optional.extend(self.server_options(operation, &mut scope));
            return (required, with_maybe(optional, &mut scope));
        };
        if parts {
            let (positional, set) = self.part_arguments(sent, body, &mut scope);
            required.extend(positional);
            optional.extend(set);
        } else if fields {
            let (positional, set) = self.field_arguments(sent, body, &mut scope);
            required.extend(positional);
            optional.extend(set);
        } else {
            let argument = self.body_argument(sent, body);
            if body.required {
                required.push(argument);
            } else {
                optional.push(self.option(argument));
            }
        }
        for (index, other) in bodies.sent.iter().enumerate() {
            if chosen == 0 && !self.is_method(operation, bodies, index) {
                let argument = self.body_argument(other, body);
                let names = media_types::suffixes(other);
                let names = names.map(|suffix| format!("{}_{suffix}", argument.name));
                optional.push(self.option(Argument {
                    name: scope.claim_first(names),
                    docs: format!("The request body as {}.", docs::code(&other.media_type)),
                    ..argument
                }));
            }
        }
        optional.extend(self.server_options(operation, &mut scope));
        (required, with_maybe(optional, &mut scope))
    }

    /// The argument as one that is set on the request.
    pub(super) fn option(&self, argument: Argument) -> Argument {
        let ty = match &argument.role {
            Role::Body(_) => argument.ty.clone(),
            Role::Field(field) if field.content == FieldContent::Null => argument.ty.clone(),
            _ => argument.ty.clone().optional(),
        };
        Argument {
            docs: self.option_docs(&argument),
            allow: option_lints(&argument.name),
            ty,
            ..argument
        }
    }

    fn argument(
        &self,
        operation: &Operation,
        parameter: &Parameter,
        inferred: String,
        scope: &mut Scope,
    ) -> Argument {
        let role = self.role(parameter);
        let text = match &role {
            Role::Styled(styled) => styled.form == Form::Text,
            role => !matches!(role, Role::QueryList(..) | Role::QueryObject(..)),
        };
        let ty = match self.value_ty(parameter.ty, None) {
            // Their text is the caller's to write.
            Ty::Vec(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Value if text => Ty::String,
            Ty::Model(_) if text && !self.is_enumeration(parameter.ty) => Ty::String,
            ty => ty,
        };
        let stated = self.parameter_name(operation, &parameter.name);
        let name = stated.unwrap_or(inferred);
        let stem = name.trim_start_matches("r#").trim_end_matches('_');
        let names = [name.clone(), format!("{stem}_parameter")];
        Argument {
            name: if parameter.required {
                scope.claim_argument(names)
            } else {
                scope.claim_first(names)
            },
            docs: self.argument_docs(
                self.telling(&parameter.description, &parameter.name),
                parameter.ty,
            ),
            ty: self.taken(parameter.ty, parameter_type(ty, &role)),
            role,
            deprecated: parameter.deprecated,
            maybe: None,
            allow: Vec::new(),
            location: parameter.location.clone(),
        }
    }

    fn body_argument(&self, sent: &Sent, body: &Body) -> Argument {
        let ty = || sent.ty.map_or(Ty::Value, |id| self.value_ty(id, None));
        let (name, ty) = match (sent.format, sent.ty) {
            (BodyFormat::Multipart, _) => ("parts", ParameterType::PartList),
            (BodyFormat::Raw, _) => ("body", ParameterType::Stream),
            (BodyFormat::Text, Some(id)) if self.is_scalar(id) => {
                // As in a query.
                let ty = parameter_type(ty(), &Role::Query(String::new()));
                ("body", self.taken(id, ty))
            }
            // The caller writes what the crate cannot.
            (BodyFormat::Text, _) => ("body", ParameterType::Text),
            (BodyFormat::Json | BodyFormat::Form, id) => {
                let ty = without_decimals(ty());
                let null =
                    sent.format == BodyFormat::Json && id.is_some_and(|id| self.is_nullable(id));
                let ty = match ty {
                    // `None` is null.
                    Ty::Model(_) if null && id.is_some_and(|id| self.is_made(id)) => {
                        ParameterType::Nullable(ty)
                    }
                    Ty::Model(_) | Ty::Map(_) if null => ParameterType::OptionalReference(ty),
                    ty if null && ty != Ty::Value => ParameterType::Nullable(ty),
                    Ty::Vec(item) if sent.format == BodyFormat::Json => self.list_body(id, *item),
                    ty => ParameterType::Reference(ty),
                };
                ("body", id.map_or(ty.clone(), |id| self.taken(id, ty)))
            }
        };
        let mut docs = match sent
            .ty
            .filter(|id| body.description.is_empty() && self.has_text(*id))
        {
            Some(id) => self.argument_docs("", id),
            None => self.clean(&body.description),
        };
        let nullable = matches!(
            ty,
            ParameterType::OptionalReference(_) | ParameterType::Nullable(_)
        );
        if nullable && self.audience == Audience::Readers {
            docs = format!("{docs} `None` is sent as null.")
                .trim_start()
                .to_owned();
        }
        Argument {
            name: name.to_owned(),
            docs,
            ty,
            role: Role::Body(self.body(sent)),
            deprecated: false,
            maybe: None,
            allow: Vec::new(),
            location: body.location.clone(),
        }
    }

    /// As the setter of a list takes it, and what is lent besides.
    fn list_body(&self, id: Option<TypeId>, item: Ty) -> ParameterType {
        let items = id.and_then(|id| self.content_of(id));
        if self.is_converted(&item, items) {
            ParameterType::ListInto(item)
        } else {
            ParameterType::Lent(item)
        }
    }
}

/// Behind all other names: the setter of an `Option` beside each that cannot take one.
fn with_maybe(mut options: Vec<Argument>, scope: &mut Scope) -> Vec<Argument> {
    for option in &mut options {
        if !option.takes_option() {
            option.maybe = Some(scope.claim_first(maybe_names(&option.name)));
        }
    }
    options
}

pub(super) fn maybe_names(setter: &str) -> [String; 2] {
    let plain = setter.trim_start_matches("r#").trim_end_matches('_');
    [format!("maybe_{plain}"), format!("{plain}_maybe")]
}

/// How a method takes what goes there.
pub(super) fn parameter_type(ty: Ty, role: &Role) -> ParameterType {
    match (ty, role) {
        (Ty::Written(ty), role) if !matches!(role, Role::Body(_)) => {
            let text = *ty == Ty::Decimal;
            parameter_type(if text { Ty::String } else { *ty }, role)
        }
        (Ty::Vec(item), role) if role.is_list() => match *item {
            // No style writes null.
            Ty::Option(item) => parameter_type(Ty::Vec(item), role),
            Ty::String => ParameterType::TextList,
            Ty::Written(item) if *item == Ty::Decimal => ParameterType::TextList,
            Ty::Written(item) => ParameterType::List(*item),
            item => ParameterType::List(item),
        },
        // So that `10` is one.
        (Ty::F64, _) => ParameterType::Into(Ty::F64),
        (ty, Role::Styled(_)) if ty.is_copied() => ParameterType::Value(ty),
        (ty, role) if role.is_serialized() => ParameterType::Reference(without_decimals(ty)),
        (Ty::String, _) => ParameterType::Text,
        (ty, _) => ParameterType::Value(ty),
    }
}

fn method_lints(arguments: &[Argument]) -> Vec<Lint> {
    let many = 1 + arguments.len() > MOST_ARGUMENTS;
    let mut lints = Vec::from_iter(many.then_some(Lint::TooManyArguments));
    let disallowed = arguments.iter().any(|a| is_disallowed(&a.name));
    lints.extend(disallowed.then_some(Lint::DisallowedNames));
    lints
}

fn option_lints(name: &str) -> Vec<Lint> {
    let mut lints = Vec::from_iter(breaks_convention(name).then_some(Lint::WrongSelfConvention));
    lints.extend(is_disallowed(name).then_some(Lint::DisallowedNames));
    lints.extend(is_operator(name).then_some(Lint::ShouldImplementTrait));
    lints
}

/// Names of operators, which take `self` and another value as a setter does.
fn is_operator(name: &str) -> bool {
    #[rustfmt::skip]
    const OPERATORS: [&str; 10] = [
        "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
    ];
    OPERATORS.contains(&name)
}

/// Names that clippy takes for forgotten ones.
pub(super) fn is_disallowed(name: &str) -> bool {
    ["foo", "baz", "quux"].contains(&name)
}

/// A setter is named after its parameter, even where the name suggests a conversion.
fn breaks_convention(name: &str) -> bool {
    ["from_", "to_", "into_", "as_", "is_"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}
