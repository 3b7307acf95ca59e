//! The docs of models, methods and arguments.

use std::collections::{HashMap, HashSet};

use super::bodies::Bodies;
use super::facts::{READ_ONLY, WRITE_ONLY, unsaid, with_facts};
use super::{Audience, Plan};
use crate::api::{
    Docs, Operation, Origin, Property, Shape, Stability, Status, StringFormat, TypeId,
};
use crate::rust::docs::{self, code, within_code};
use crate::rust::{Argument, FieldContent, Outcome, Place, Role, Section, SentField};

impl Plan<'_> {
    /// A description as rustdoc takes it.
    pub(super) fn clean(&self, description: &str) -> String {
        match self.audience {
            Audience::Readers => self.cleaned.of(description),
            Audience::Comparison => description.to_owned(),
        }
    }

    pub(super) fn type_docs(&self, id: TypeId) -> String {
        let mut docs = self.common_docs(id);
        let name = self.names.get(&id).map_or("", String::as_str);
        let place = match &self.api.ty(id).origin {
            Origin::Property { name, .. } => name,
            _ => "",
        };
        if self.audience == Audience::Readers {
            let is_part = !docs.description.is_empty() && docs::is_part_of(&docs.title, name);
            if is_part || docs.title_in_words().is_empty() {
                docs.title.clear();
            }
        }
        let mut paragraphs = self.paragraphs(&docs, &[name, place]);
        if paragraphs.is_empty() {
            paragraphs.extend(self.whereabouts(id));
        }
        paragraphs.extend(reference(&docs.url).map(|url| format!("See {url}.")));
        paragraphs.join("\n\n")
    }

    /// Title and description, without what repeats the other or one of the names.
    fn paragraphs(&self, docs: &Docs, names: &[&str]) -> Vec<String> {
        let title = self.telling(&docs.title, &docs.description);
        let mut paragraphs = Vec::new();
        for text in [title, &docs.description] {
            let text = names
                .iter()
                .fold(text, |text, name| self.telling(text, name));
            let text = self.clean(text);
            if !text.is_empty() && !paragraphs.contains(&text) {
                paragraphs.push(text);
            }
        }
        paragraphs
    }

    /// What is said of the schema wherever it is written out.
    fn common_docs(&self, id: TypeId) -> Docs {
        let docs = &self.api.ty(id).docs;
        let mut copies = self.copies(id);
        let is_named = matches!(self.api.ty(id).origin, Origin::Component(_));
        if is_named || copies.all(|copy| self.api.ty(copy).docs == *docs) {
            docs.clone()
        } else {
            Docs::default()
        }
    }

    /// Where a schema stands that has no text of its own: its name says it of a component.
    fn whereabouts(&self, id: TypeId) -> Option<String> {
        let operation = |index: &usize| {
            let operation = self.operation(*index);
            let endpoint = format!("{} {}", operation.method, operation.path);
            code(&endpoint)
        };
        let model = |of: &TypeId| {
            let name = self.names.get(&self.whole(*of))?;
            (self.names.get(&id) != Some(name)).then_some(())?;
            Some(format!("[`{name}`](crate::models::{name})"))
        };
        if self.copies(id).next().is_some() {
            return None;
        }
        let mut at = id;
        while let Origin::Variant { of, .. } = self.api.ty(at).origin
            && self.is_only_alternative(of)
        {
            at = of;
        }
        match &self.api.ty(at).origin {
            Origin::Property { of, name } => Some(format!("{} of {}.", code(name), model(of)?)),
            Origin::Items { of } => Some(format!("An item of {}.", model(of)?)),
            Origin::Values { of } => Some(format!("A value of {}.", model(of)?)),
            Origin::Variant { of, .. } => Some(format!("An alternative of {}.", model(of)?)),
            Origin::Base { of } => Some(format!("What all kinds of {} have.", model(of)?)),
            Origin::Parameter {
                operation: of,
                name,
            } => Some(format!("{} of {}.", code(name), operation(of))),
            Origin::RequestBody { operation: of } => {
                Some(format!("The request body of {}.", operation(of)))
            }
            Origin::Response { operation: of, .. } => {
                Some(format!("A response of {}.", operation(of)))
            }
            Origin::Webhook { webhook } => {
                let name = code(&self.api.webhooks[*webhook].name);
                Some(format!("The body of the webhook {name}."))
            }
            Origin::Component(_) | Origin::Part { .. } => None,
        }
    }

    /// What a schema is a part of by `allOf`, or else itself.
    fn whole(&self, id: TypeId) -> TypeId {
        let mut at = self.api.resolved(id);
        while let Origin::Part { of } = self.api.ty(at).origin
            && !self.names.contains_key(&at)
        {
            at = of;
        }
        at
    }

    /// What the document says of a property, and its name there where that of the field does not tell.
    pub(super) fn property_docs(
        &self,
        of: TypeId,
        property: &Property,
        field: &str,
        fields: &Links<'_>,
    ) -> String {
        let meant = self.api.resolved(property.ty);
        // As an `allOf` has it that is of one schema.
        let is_said = |id: TypeId| {
            let (own, said) = (&self.api.ty(id).docs, &self.api.ty(meant).docs);
            let is_alike = own.description == said.description && !own.description.is_empty();
            id != meant && self.is_model(meant) && is_alike
        };
        let own = self.chain_ids(property.ty);
        let text = own
            .filter(|id| !self.is_model(*id) && !is_said(*id))
            .map(|id| self.api.ty(id))
            .find(|ty| !ty.docs.description.is_empty() || !ty.docs.title_in_words().is_empty());
        let text = text.map(|ty| {
            let text = match &ty.docs {
                docs if docs.description.is_empty() => docs.title_in_words(),
                docs => &docs.description,
            };
            self.clean(self.telling(text, field.trim_start_matches("r#")))
        });
        let mut paragraphs: Vec<String> = text
            .or_else(|| {
                // What another schema says is said where that is.
                let own = self.api.ty(property.ty);
                let is_inline = !matches!(own.origin, Origin::Component(_));
                (is_inline && !is_said(property.ty) && !own.docs.description.is_empty())
                    .then(|| self.clean(&own.docs.description))
            })
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect();
        if paragraphs.is_empty() {
            let name = docs::wire_name(&property.name, field);
            paragraphs.extend((!name.is_empty()).then_some(name));
        }
        let text = paragraphs.join("\n\n");
        let mut facts = self.facts_of_property(of, property);
        // Of what is only received all is read, and of what is only sent all is written.
        facts.retain(|fact| {
            let says_what_is_known = (fact == READ_ONLY && !self.sent.contains(&of))
                || (fact == WRITE_ONLY && !self.received.contains(&of));
            !says_what_is_known
        });
        let facts = unsaid(&text, facts);
        let own = self.values_of(property.ty);
        linked(with_facts(text, &facts), |name| {
            fields.get(name).filter(|_| !own.contains(name)).copied()
        })
    }

    /// The texts that are values of it, or of what it lists.
    fn values_of(&self, id: TypeId) -> HashSet<&str> {
        let values = match self.shape(id) {
            Shape::Array(item) => self.shape(*item),
            shape => shape,
        };
        match values {
            Shape::Enumeration(values) => values.iter().map(String::as_str).collect(),
            _ => HashSet::new(),
        }
    }

    /// The description of what is called so, unless it says nothing else.
    pub(super) fn telling<'d>(&self, description: &'d str, name: &str) -> &'d str {
        match self.audience {
            Audience::Readers if docs::says_nothing(description, name) => "",
            _ => description,
        }
    }

    pub(super) fn argument_docs(&self, description: &str, id: TypeId) -> String {
        let text = if description.is_empty() {
            let described = self.chain(id).find(|ty| !ty.docs.description.is_empty());
            described
                .map(|ty| self.clean(&ty.docs.description))
                .unwrap_or_default()
        } else {
            self.clean(description)
        };
        let format = match self.shape(id) {
            Shape::String(StringFormat::Other(format)) if text.is_empty() => {
                format!("Format: `{}`.", within_code(format))
            }
            _ => String::new(),
        };
        let mut facts = self.facts_of(id);
        // Of the resource that has it, and not of what is asked for.
        facts.retain(|fact| fact != READ_ONLY && fact != WRITE_ONLY);
        let parts = [text, format].into_iter().filter(|part| !part.is_empty());
        let text = parts.collect::<Vec<_>>().join(" ");
        let facts = unsaid(&text, facts);
        with_facts(text, &facts)
    }

    /// What a setter says: where the value goes, if nothing else is known and its name does not tell.
    pub(super) fn option_docs(&self, argument: &Argument) -> String {
        if !argument.docs.is_empty() || self.audience == Audience::Comparison {
            return argument.docs.clone();
        }
        match &argument.role {
            Role::Header(wire) => format!("The header {}.", code(wire)),
            Role::Cookie(wire) => format!("The cookie {}.", code(wire)),
            Role::Styled(styled) if styled.place == Place::Header => {
                format!("The header {}.", code(&styled.name))
            }
            Role::Styled(styled) if styled.place == Place::Cookie => {
                format!("The cookie {}.", code(&styled.name))
            }
            Role::AnyPart => "Adds a part.".to_owned(),
            Role::Path(wire)
            | Role::Query(wire)
            | Role::QueryList(wire, _)
            | Role::QueryObject(wire, _) => docs::wire_name(wire, &argument.name),
            Role::Styled(styled) => docs::wire_name(&styled.name, &argument.name),
            Role::Part(part) => docs::wire_name(&part.wire, &argument.name),
            Role::Field(SentField {
                content: FieldContent::Null,
                wire,
                ..
            }) => format!("Sends {} as null.", code(wire)),
            Role::Field(field) => docs::wire_name(&field.wire, &argument.name),
            Role::Body(_) | Role::Required(_) | Role::Server(_) => String::new(),
        }
    }

    /// What the docs of a method have below its description.
    pub(super) fn method_sections(
        &self,
        request: &str,
        arguments: &[Argument],
        options: &[Argument],
        outcomes: &[Outcome],
        others: &[String],
        (paged, streams, waits): (bool, bool, bool),
    ) -> Vec<Section> {
        if self.audience == Audience::Comparison {
            return Vec::new();
        }
        let described = arguments
            .iter()
            .filter(|argument| !argument.docs.is_empty());
        let described: Vec<(String, String)> = described
            .map(|argument| (argument.name.clone(), argument.docs.clone()))
            .collect();
        let is_null = |option: &&Argument| matches!(&option.role, Role::Field(field) if field.content == FieldContent::Null);
        let shown = options.iter().filter(|option| !is_null(option));
        let names: Vec<String> = shown.map(|option| option.name.clone()).collect();
        let mut sections = Vec::new();
        if !described.is_empty() {
            sections.push(Section::Arguments(described));
        }
        if !names.is_empty() {
            let request = request.to_owned();
            sections.push(Section::Options { request, names });
        }
        if !others.is_empty() {
            let (request, names) = (request.to_owned(), others.to_vec());
            sections.push(Section::MediaTypes { request, names });
        }
        sections.extend(paged.then(|| Section::Pages {
            request: request.to_owned(),
        }));
        sections.extend(streams.then(|| Section::Stream {
            request: request.to_owned(),
        }));
        sections.extend(waits.then(|| Section::LongRunning {
            request: request.to_owned(),
        }));
        sections.extend(self.failure_docs(outcomes).map(Section::ErrorBodies));
        sections.push(Section::Example);
        sections
    }

    /// What a variant says of the response that it is.
    pub(super) fn choice_docs(
        &self,
        status: Status,
        media_types: &[String],
        description: &str,
    ) -> String {
        let media_types: Vec<String> = media_types.iter().map(|name| code(name)).collect();
        let stated = match media_types.as_slice() {
            [] => format!("`{status}`"),
            names => format!("`{status}`, {}", names.join(" or ")),
        };
        match self.clean(description) {
            text if text.is_empty() => format!("{stated}."),
            text => format!("{text}\n\n{stated}."),
        }
    }

    /// Which of several bodies the method sends.
    fn sent_docs(&self, operation: &Operation, bodies: &Bodies, chosen: usize) -> Option<String> {
        let mut all = 0..bodies.sent.len();
        let several = all.any(|other| other > 0 && self.is_method(operation, bodies, other));
        let sent = bodies.sent.get(chosen).filter(|_| several)?;
        Some(format!("The body is {}", code(&sent.media_type)))
    }

    /// The title of an operation, unless that is its id and something else is said.
    pub(super) fn heading<'o>(&self, operation: &'o Operation) -> &'o str {
        let title = &operation.docs.title;
        let id = operation.id.as_deref().unwrap_or_default();
        let is_id = !title.contains(' ') && docs::says_nothing(title, id);
        match self.audience {
            Audience::Readers if is_id && !operation.docs.description.is_empty() => "",
            _ => title,
        }
    }

    /// Title, description, endpoint and what else decides whether to call it.
    pub(super) fn operation_docs(&self, index: usize, bodies: &Bodies, chosen: usize) -> String {
        let operation = self.operation(index);
        let docs = Docs {
            title: self.heading(operation).to_owned(),
            ..operation.docs.clone()
        };
        let mut paragraphs = self.paragraphs(&docs, &[]);
        let endpoint = format!("`{} {}`", operation.method, within_code(&operation.path));
        let url = reference(&operation.docs.url);
        let mut notes = match &url {
            Some(url) => vec![format!("{endpoint}, see {url}")],
            None => vec![endpoint],
        };
        notes.extend(self.sent_docs(operation, bodies, chosen));
        if !operation.permissions.is_empty() {
            let names: Vec<String> = operation
                .permissions
                .iter()
                .map(|p| format!("`{}`", within_code(p)))
                .collect();
            notes.push(format!("Permission: {}", names.join(" or ")));
        }
        if let Some(note) = stability_note(operation.stability) {
            notes.push(note.to_owned());
        }
        if self.audience == Audience::Readers {
            notes.extend(self.server_notes(operation));
            notes.extend(self.credentials_note(index));
        }
        paragraphs.push(match notes.as_slice() {
            [endpoint] if url.is_none() => endpoint.clone(),
            notes => format!("{}.", notes.join(". ")),
        });
        paragraphs.join("\n\n")
    }
}

fn stability_note(stability: Stability) -> Option<&'static str> {
    match stability {
        Stability::Stable => None,
        Stability::Beta => Some("Stability: beta"),
        Stability::Alpha => Some("Stability: alpha; the endpoint may change in breaking ways"),
        Stability::Draft => Some("Stability: draft; the endpoint may change or vanish at any time"),
    }
}

/// The fields that docs can link to, by what the document calls them.
pub(super) type Links<'a> = HashMap<&'a str, &'a str>;

/// Those of the fields, given with their names in the document. A link cannot name a raw identifier.
pub(super) fn links(fields: &[(String, String)]) -> Links<'_> {
    let fields = fields.iter().filter(|(_, field)| !field.starts_with("r#"));
    fields
        .map(|(wire, field)| (wire.as_str(), field.as_str()))
        .collect()
}

/// Mentions of properties as links to the fields that they became, where one did; in `a`/`b` either is one.
pub(super) fn linked<'f>(text: String, field: impl Fn(&str) -> Option<&'f str>) -> String {
    const SIGN: char = '`';
    let mut linked = String::new();
    let (mut copied, mut searched) = (0, 0);
    while let Some(at) = text[searched..].find(SIGN).map(|at| searched + at) {
        let name = at + SIGN.len_utf8();
        let Some(end) = text[name..].find(SIGN).map(|length| name + length) else {
            break;
        };
        let follows_link = copied > 0 && text[copied..at] == *"/";
        let is_mention = follows_link || text[..at].ends_with(' ');
        let field = field(&text[name..end]).filter(|_| is_mention);
        if let Some(field) = field {
            linked.push_str(&text[copied..at]);
            linked.push_str(&format!("[`{field}`](Self::{field})"));
            (copied, searched) = (end + 1, end + 1);
        } else {
            searched = name;
        }
    }
    match copied {
        0 => text,
        _ => linked + &text[copied..],
    }
}

fn reference(url: &str) -> Option<String> {
    let fine = url.starts_with("https://")
        && !url.contains(|c: char| c.is_whitespace() || docs::is_hostile(c) || "<>".contains(c));
    fine.then(|| format!("<{url}>"))
}
