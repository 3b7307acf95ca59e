//! Scalars, and what says nothing, of another type than belongs where they stand, made into the intended one.

use serde_yaml::{Mapping, Number, Value};

use super::keywords::{Expect, Fate, Kind, Vocabulary};

/// Makes a value into the type that is meant, and says what was read as what, and what to write. `written` is the value
/// as it stands in the file.
pub fn intended<'w>(
    value: &mut Value,
    expect: &Expect,
    vocabulary: &Vocabulary,
    written: impl FnOnce() -> Option<&'w str>,
) -> Option<(String, String)> {
    let (meant, message, help) = match (expect, &*value) {
        (Expect::Text, Value::Bool(_) | Value::Number(_)) => {
            let text = text(value, written)?;
            let message = format!("`{text}` is read as text");
            let help = format!("put it in quotes: \"{text}\"");
            (text.into(), message, help)
        }
        (Expect::Boolean, Value::String(text)) => {
            let meant = match text.to_ascii_lowercase().as_str() {
                "true" | "yes" => true,
                "false" | "no" => false,
                _ => return None,
            };
            let message = format!("the text \"{text}\" is read as {meant}");
            (
                meant.into(),
                message,
                format!("write {meant}, without quotes"),
            )
        }
        (Expect::Number | Expect::Count, Value::String(text)) => {
            let number: serde_json::Number = text.trim().parse().ok()?;
            let message = format!("the text \"{number}\" is read as a number");
            let help = "write digits, without quotes".to_owned();
            (number_value(&number)?, message, help)
        }
        (Expect::Count, Value::Number(number)) if !number.is_u64() => {
            let whole = number.as_f64().filter(|n| n.fract() == 0.0)?;
            let whole = (0.0..=9e15).contains(&whole).then_some(whole as u64)?;
            let message = format!("`{number}` is read as `{whole}`");
            (whole.into(), message, format!("write {whole}"))
        }
        _ if is_nothing(value) => {
            let (meant, word, help) = nothing(value, expect, vocabulary)?;
            let message = format!("what says nothing is read as an empty {word}");
            (meant, message, format!("{help}, or remove the key"))
        }
        (Expect::List(Expect::Text), Value::String(text)) => {
            let message = format!("`{text}` is read as a list of one");
            let help = format!("put it in brackets: [{text}]");
            (Value::Sequence(vec![value.clone()]), message, help)
        }
        _ => return None,
    };
    *value = meant;
    Some((message, help))
}

/// Whether it could not hold anything, in whatever type.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty(),
        Value::Bool(flag) => !flag,
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(entries) => entries.is_empty(),
        _ => false,
    }
}

/// What says nothing of the type that belongs where another says nothing, what that is called, and what to write. An object that has to
/// say something is not there at all.
fn nothing(
    value: &Value,
    expect: &Expect,
    vocabulary: &Vocabulary,
) -> Option<(Value, &'static str, &'static str)> {
    let may_be_empty = |kind: Kind| {
        let mut table = (vocabulary.keywords)(kind).iter();
        table.all(|keyword| keyword.fate != Fate::Required)
    };
    let (is_list, fits) = match expect {
        // An object is the only item of such a list, and has a meaning.
        Expect::List(Expect::Map(_)) => (true, value.is_sequence() || value.is_mapping()),
        Expect::List(_) => (true, value.is_sequence()),
        Expect::SchemaOrBoolean | Expect::ObjectOrReference(Kind::Schema) => {
            (false, !value.is_sequence())
        }
        Expect::Object(kind) | Expect::ObjectOrReference(kind) if may_be_empty(*kind) => {
            (false, value.is_mapping())
        }
        Expect::Map(_) => (false, value.is_mapping()),
        _ => return None,
    };
    match (is_list, expect) {
        _ if fits => None,
        (true, _) => Some((Value::Sequence(Vec::new()), "list", "write []")),
        (false, Expect::ObjectOrReference(Kind::Response)) => {
            let empty = Mapping::from_iter([("description".into(), "".into())]);
            Some((empty.into(), "object", "describe it"))
        }
        (false, _) => Some((Mapping::new().into(), "object", "write {}")),
    }
}

/// The text of a scalar that is none: a number has its digits as they are written, so that `1.10` is no `1.1`.
pub fn text<'w>(value: &Value, written: impl FnOnce() -> Option<&'w str>) -> Option<String> {
    let is_number =
        |text: &&str| text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    let digits = value.is_number().then(written).flatten();
    match digits.filter(is_number) {
        Some(digits) => Some(digits.to_owned()),
        None => plain(value),
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn number_value(number: &serde_json::Number) -> Option<Value> {
    let whole = number.as_u64().map(Number::from);
    let whole = whole.or_else(|| number.as_i64().map(Number::from));
    let number = whole.or_else(|| number.as_f64().map(Number::from))?;
    Some(Value::Number(number))
}
