//! The options of requests, as tables: what several requests of a resource take stands once.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use super::{attrs, functions, methods};
use crate::rust::{Argument, Method};

/// The tables of the requests of a resource.
pub fn options(resource: &[Method]) -> TokenStream {
    let tables = tables(rows(resource)).into_iter();
    let tables = tables.map(|(methods, rows)| {
        let requests = methods.iter().map(|index| ident(&resource[*index].request));
        let rows = rows.iter().map(|row| &row.tokens);
        let several = methods.len() > 1;
        let requests = if several {
            quote! { [#(#requests),*] }
        } else {
            quote! { #(#requests)* }
        };
        quote! { options! { #requests { #(#rows)* } } }
    });
    quote! { #(#tables)* }
}

/// An option as it is written, and the methods whose requests take it, by their indices.
#[derive(Clone)]
struct Row {
    tokens: TokenStream,
    lines: usize,
    methods: Vec<usize>,
}

/// Each option once, in the order of the methods.
fn rows(resource: &[Method]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (index, method) in resource.iter().enumerate() {
        for option in &method.options {
            let tokens = row(option);
            let text = tokens.to_string();
            let lines = 2 + text.matches("# [doc").count();
            let known = *known.entry(text).or_insert(rows.len());
            if known == rows.len() {
                let methods = Vec::new();
                rows.push(Row {
                    tokens,
                    lines,
                    methods,
                });
            }
            rows[known].methods.push(index);
        }
    }
    rows
}

/// The rows of the same requests together: before what a request takes alone stands what it shares with later ones.
fn tables(rows: Vec<Row>) -> Vec<(Vec<usize>, Vec<Row>)> {
    let mut together: HashMap<Vec<usize>, (usize, usize)> = HashMap::new();
    let mut of_method: HashMap<usize, usize> = HashMap::new();
    for row in &rows {
        let (count, lines) = together.entry(row.methods.clone()).or_default();
        *count += 1;
        *lines += row.lines;
        for method in &row.methods {
            *of_method.entry(*method).or_default() += 1;
        }
    }
    let is_worth = |methods: &[usize]| {
        let (count, lines) = together[methods];
        // A method that takes nothing else has no table of its own then.
        let whole = methods.iter().filter(|method| of_method[*method] == count);
        (methods.len() - 1) * lines + whole.count() * TABLE > TABLE
    };
    let mut tables: BTreeMap<Vec<usize>, Vec<Row>> = BTreeMap::new();
    for row in rows {
        if is_worth(&row.methods) {
            tables.entry(row.methods.clone()).or_default().push(row);
            continue;
        }
        for method in &row.methods {
            tables.entry(vec![*method]).or_default().push(row.clone());
        }
    }
    let mut tables: Vec<(Vec<usize>, Vec<Row>)> = tables.into_iter().collect();
    tables.sort_by_key(|(methods, _)| (methods[0], Reverse(methods.len())));
    tables
}

/// What a table takes beside its rows: a line before and one behind them, and one that is empty.
const TABLE: usize = 3;

/// `name(what it takes), maybe_name(Option<of that>) => call("wire", name);`
fn row(argument: &Argument) -> TokenStream {
    let docs = attrs::docs(&argument.docs);
    let deprecated = attrs::deprecated(argument.deprecated);
    let signature = functions::row(&argument.setter());
    let maybe = argument.maybe_setter().as_ref().map(functions::row);
    let maybe = maybe.map(|maybe| quote! { , #deprecated #maybe });
    let setting = methods::setting(argument).into_iter().skip(1);
    quote! { #docs #deprecated #signature #maybe => #(#setting)*; }
}
