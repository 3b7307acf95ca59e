//! The options of requests, as tables: what several requests of a resource take stands once.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use super::wrap::wrapped;
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
    /// The tokens as text, where they were compared.
    text: Option<String>,
}

/// Each option once, in the order of the methods.
fn rows(resource: &[Method]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    // By the name: the arguments, and the rows that they became.
    let mut known: HashMap<&str, Vec<(&Argument, usize)>> = HashMap::new();
    for (index, method) in resource.iter().enumerate() {
        for option in &method.options {
            let alike = known.entry(&option.name).or_default();
            let same = alike.iter().find(|(other, _)| states_same(other, option));
            let at = match same {
                Some((_, at)) => *at,
                None => {
                    let at = row_of(option, alike, &mut rows);
                    alike.push((option, at));
                    at
                }
            };
            rows[at].methods.push(index);
        }
    }
    rows
}

/// Whether nothing differs that a row is made of.
fn states_same(one: &Argument, two: &Argument) -> bool {
    one.docs == two.docs
        && one.role == two.role
        && one.ty == two.ty
        && one.deprecated == two.deprecated
        && one.maybe == two.maybe
        && one.allow == two.allow
}

/// Where the row of an option is: that of another of its name that is written alike, or a new one.
fn row_of(option: &Argument, alike: &[(&Argument, usize)], rows: &mut Vec<Row>) -> usize {
    let mut new = row(option);
    for &(_, at) in alike {
        let own = new.written().len();
        if rows[at].written().len() == own && rows[at].text == new.text {
            return at;
        }
    }
    rows.push(new);
    rows.len() - 1
}

impl Row {
    fn written(&mut self) -> &str {
        self.text.get_or_insert_with(|| self.tokens.to_string())
    }
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
fn row(argument: &Argument) -> Row {
    let docs = wrapped(&argument.docs);
    let lines = 2 + docs.lines().count();
    let docs = attrs::docs_of_lines(&docs);
    let deprecated = attrs::deprecated(argument.deprecated);
    let signature = functions::row(&argument.setter());
    let maybe = argument.maybe_setter().as_ref().map(functions::row);
    let maybe = maybe.map(|maybe| quote! { , #deprecated #maybe });
    let setting = methods::setting(argument).into_iter().skip(1);
    Row {
        tokens: quote! { #docs #deprecated #signature #maybe => #(#setting)*; },
        lines,
        methods: Vec::new(),
        text: None,
    }
}
