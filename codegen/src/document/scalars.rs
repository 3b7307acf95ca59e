//! Scalars of another type than belongs where they stand, made into the intended one.

use serde_yaml::{Number, Value};

use super::keywords::Expect;

/// Makes a scalar into the type that is meant, and says what was read as what, and what to write. `written` is the value
/// as it stands in the file.
pub fn intended<'w>(
    value: &mut Value,
    expect: &Expect,
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
