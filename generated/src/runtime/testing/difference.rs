//! Where two values differ, in words.

use serde_json::Value;

use crate::runtime::sensitive;

/// As many differences are shown.
const MOST: usize = 20;

/// A line for each place, without the values of sensitive members.
pub(super) fn lines(expected: &Value, sent: &Value, hidden: &[&str]) -> Vec<String> {
    let mut lines = Vec::new();
    compare(expected, sent, hidden, "", &mut lines);
    if lines.len() > MOST {
        let left = lines.len() - MOST;
        lines.truncate(MOST);
        lines.push(format!("and {left} more"));
    }
    lines
}

fn compare(expected: &Value, sent: &Value, hidden: &[&str], at: &str, lines: &mut Vec<String>) {
    match (expected, sent) {
        (Value::Object(expected), Value::Object(sent)) => {
            for (name, value) in expected {
                let at = format!("{at}.{name}");
                match sent.get(name) {
                    _ if sensitive::is_one_of(name, hidden) && sent.get(name) != Some(value) => {
                        lines.push(format!(
                            "at `{at}`: another value was sent, which is hidden"
                        ));
                    }
                    Some(sent) => compare(value, sent, hidden, &at, lines),
                    None => lines.push(format!("at `{at}`: expected {value}, nothing was sent")),
                }
            }
            for (name, value) in sent
                .iter()
                .filter(|(name, _)| !expected.contains_key(*name))
            {
                let value = if sensitive::is_one_of(name, hidden) {
                    "a value that is hidden".to_owned()
                } else {
                    shown(value, hidden)
                };
                lines.push(format!("at `{at}.{name}`: expected nothing, sent {value}"));
            }
        }
        (Value::Array(expected), Value::Array(sent)) if expected.len() == sent.len() => {
            for (index, (expected, sent)) in expected.iter().zip(sent).enumerate() {
                compare(expected, sent, hidden, &format!("{at}[{index}]"), lines);
            }
        }
        (expected, sent) if is_same(expected, sent) => {}
        (expected, sent) => {
            let at = if at.is_empty() { "." } else { at };
            let (expected, sent) = (shown(expected, hidden), shown(sent, hidden));
            lines.push(format!("at `{at}`: expected {expected}, sent {sent}"));
        }
    }
}

/// Numbers are equal by what they mean.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(_), Some(_)) if one.is_f64() || other.is_f64() => one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}

fn shown(value: &Value, hidden: &[&str]) -> String {
    let mut text = value.to_string();
    for value in sensitive::values(&text, hidden).into_iter().rev() {
        text.replace_range(value, "[redacted]");
    }
    text
}
