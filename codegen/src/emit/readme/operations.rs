//! Which operations there are, and which have no method.

use super::super::wrap::wrapped;
use crate::left_out::LeftOut;
use crate::rust::{Crate, Method, Resource, docs};

/// One item for each operation, or for each resource where those are many.
pub(super) fn section(sdk: &Crate) -> String {
    let methods = sdk.methods();
    let is_set = methods.iter().any(|method| !method.options.is_empty());
    let (title, items): (&str, Vec<String>) = if methods.len() > MOST_OPERATIONS {
        ("Resources", sdk.resources.iter().map(resource).collect())
    } else {
        ("Operations", methods.into_iter().map(operation).collect())
    };
    let others = "Endpoints that are not in this list can be called by `client.get(\"/path\")` and its \
                  siblings, with the credentials that the API states of all calls, and the same retries and errors.";
    let mut text = format!("## {title}\n\n{}\n\n{}", items.join("\n"), wrapped(others));
    if is_set {
        text.push_str("\n\n");
        text.push_str(&wrapped(
            "What is optional is set on the request, before it is awaited. A setter takes an `Option` as well, and sets \
             nothing for `None`. Where it could not distinguish one from a value, as with dates, lists of lists and whole bodies, \
             another setter takes it, whose name begins with `maybe_`.",
        ));
    }
    text
}

fn resource(resource: &Resource) -> String {
    fn methods(resource: &Resource) -> usize {
        let below: usize = resource.children.iter().map(methods).sum();
        resource.methods.len() + below
    }
    let said = match resource.summary().as_str() {
        "" => String::new(),
        summary => format!("{}, ", summary.trim_end_matches('.')),
    };
    let count = match methods(resource) {
        1 => "1 method".to_owned(),
        count => format!("{count} methods"),
    };
    format!("- `{}`: {said}{count}", resource.access)
}

fn operation(method: &Method) -> String {
    let endpoint = docs::code(&format!("{} {}", method.http_method, method.path));
    // Without a title the endpoint is the summary.
    let summary = if method.summary.starts_with('`') {
        String::new()
    } else {
        format!(
            "{}, ",
            method.summary.replace('\n', " ").trim_end_matches('.')
        )
    };
    format!("- `{}`: {summary}{endpoint}", call(method))
}

fn call(method: &Method) -> String {
    let steps: Vec<String> = method
        .example
        .calls
        .iter()
        .map(|name| format!("{name}()"))
        .collect();
    let arguments: Vec<&str> = method.arguments.iter().map(|a| a.name.as_str()).collect();
    format!(
        "client.{}.{}({})",
        steps.join("."),
        method.name,
        arguments.join(", ")
    )
}

/// One item for each operation that has no method, with the reason.
pub(super) fn left_out(sdk: &Crate) -> String {
    let item = |left_out: &LeftOut| {
        let operation = docs::code(&left_out.operation);
        format!("- {operation}: {}", docs::clean(&left_out.reason))
    };
    let items: Vec<String> = sdk.left_out.iter().map(item).collect();
    let why = "The document has these operations, too. They have no method for the reason that is given, \
               and can be called as those that are not in the document.";
    format!(
        "## Operations without a method\n\n{}\n\n{}",
        wrapped(why),
        items.join("\n")
    )
}

/// As many operations are a list that is read.
pub(super) const MOST_OPERATIONS: usize = 20;
