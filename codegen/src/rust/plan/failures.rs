//! The bodies of errors: one type for all that mean the same, what it is called, and what methods say of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::Plan;
use super::outcome_words::status_word;
use crate::api::{Origin, Status, TypeId};
use crate::rust::docs::code;
use crate::rust::signature::File;
use crate::rust::{Decode, Outcome, Ty, declaration};

/// The schemas of error bodies that are read.
#[derive(Debug, Default)]
pub(super) struct Failures {
    /// By what they mean, the first that does.
    first: HashMap<String, TypeId>,
    /// Which operations have it, with which statuses.
    uses: HashMap<TypeId, Vec<(usize, Status)>>,
}

impl Failures {
    /// Of the schemas that several operations have, all with the status of this word, the one that most have.
    fn most_used(&self, word: &str) -> Option<TypeId> {
        let shared = self.uses.iter().filter(|(_, uses)| {
            let first = uses.first().map(|(operation, _)| operation);
            let several = uses.iter().any(|(other, _)| Some(other) != first);
            several && self::word(uses) == word
        });
        shared
            .max_by_key(|(id, uses)| (uses.len(), Reverse(**id)))
            .map(|(id, _)| *id)
    }
}

/// What the statuses are called, if they are one.
fn word(uses: &[(usize, Status)]) -> String {
    match uses {
        [(_, Status::Default), ..] => "Error".to_owned(),
        [(_, status), rest @ ..] if rest.iter().all(|(_, other)| other == status) => {
            status_word(*status)
        }
        _ => "Error".to_owned(),
    }
}

impl Plan<'_> {
    /// The schema that the body of an error is read as: the first that means the same.
    pub(super) fn failure(&mut self, operation: usize, status: Status, ty: TypeId) -> TypeId {
        let meaning = self.meaning(ty);
        let first = *self.failures.first.entry(meaning).or_insert(ty);
        let uses = self.failures.uses.entry(self.api.resolved(first));
        uses.or_default().push((operation, status));
        first
    }

    /// What a schema may be called that is written out in the responses of errors alone: what the statuses say, if no other
    /// of several operations is found with those as often; else what its first operation and they say.
    pub(super) fn failure_names(&self, id: TypeId) -> Vec<String> {
        let uses = self.failures.uses.get(&id);
        let is_error = |id: TypeId| match self.api.ty(id).origin {
            Origin::Response { operation, status } => !self.operation(operation).is_success(status),
            _ => false,
        };
        let only_errors = is_error(id) && self.copies(id).all(is_error);
        let Some(uses) = uses.filter(|_| only_errors) else {
            return Vec::new();
        };
        let word = word(uses);
        let most = self.failures.most_used(&word) == Some(id);
        let shared = most.then(|| match word.as_str() {
            "Error" => "ErrorBody".to_owned(),
            word if word.ends_with("Error") => word.to_owned(),
            word => format!("{word}Error"),
        });
        let first = uses.first().map(|(operation, _)| *operation);
        let words = first.map(|operation| self.operation_words(operation));
        let own = words.into_iter().flatten().skip(1);
        shared
            .into_iter()
            .chain(own.map(|name| format!("{name}{word}")))
            .collect()
    }

    /// Which status carries which type.
    pub(super) fn failure_docs(&self, outcomes: &[Outcome]) -> Option<String> {
        let mut lines: BTreeMap<usize, (String, Vec<String>)> = BTreeMap::new();
        let failures = outcomes.iter().filter(|outcome| !outcome.success);
        let is_typed = |one: &&Outcome| one.decode == Decode::Json && !is_untyped(&one.ty);
        let failures: Vec<&Outcome> = failures.filter(is_typed).collect();
        for outcome in &failures {
            let ty = linked(&outcome.ty);
            let mut status = code(&outcome.status.to_string());
            // Another type of the same status is told by its media type.
            let first = failures.iter().find(|one| one.status == outcome.status);
            let media_type = outcome.media_type.as_ref();
            if let (Some(first), Some(media_type)) = (first, media_type)
                && first.ty != outcome.ty
            {
                status = format!("{status} as {}", code(media_type));
            }
            let known = lines.values_mut().find(|(known, _)| *known == ty);
            match known {
                Some((_, statuses)) if statuses.contains(&status) => {}
                Some((_, statuses)) => statuses.push(status),
                None => {
                    lines.insert(lines.len(), (ty, vec![status]));
                }
            }
        }
        let lines: Vec<String> = lines
            .into_values()
            .map(|(ty, statuses)| format!("{} {ty}", statuses.join(", ")))
            .collect();
        let read = "[Errors](crate::ApiError::read)";
        (!lines.is_empty()).then(|| format!("{read}: {}.", lines.join("; ")))
    }
}

/// Whether the type says nothing of what is in it.
fn is_untyped(ty: &Ty) -> bool {
    match ty {
        Ty::Value => true,
        Ty::Map(ty) | Ty::Vec(ty) | Ty::Option(ty) => is_untyped(ty),
        _ => false,
    }
}

/// The type, with a link to the model that it names.
fn linked(ty: &Ty) -> String {
    let text = code(&declaration::ty(ty, File::Models));
    match model_of(ty) {
        Some(name) => format!("[{text}](crate::models::{name})"),
        None => text,
    }
}

fn model_of(ty: &Ty) -> Option<&str> {
    match ty {
        Ty::Model(name) => Some(name),
        Ty::Vec(ty) | Ty::Map(ty) | Ty::Option(ty) | Ty::Boxed(ty) => model_of(ty),
        _ => None,
    }
}
