//! The expressions of workflows, `${{ ... }}`, as far as ours have them. What is not known is a failure of the test.

use serde_json::Value;

/// What names mean, and how the steps before have ended.
pub struct Context {
    /// By their first word: `github`, `inputs`, `steps` and the like.
    pub values: Value,
    pub has_failed: bool,
}

impl Context {
    /// A text with each expression in it replaced.
    pub fn filled(&self, text: &str) -> String {
        let mut parts = text.split("${{");
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (expression, rest) = part.split_once("}}").expect("an expression ends");
            filled.push_str(&written(&self.value(expression)));
            filled.push_str(rest);
        }
        filled
    }

    /// Whether a step with this condition runs; one that asks for no status wants that all before went well.
    pub fn holds(&self, condition: Option<&str>) -> bool {
        let Some(condition) = condition else {
            return !self.has_failed;
        };
        let inner = condition.trim().trim_start_matches("${{");
        let inner = inner.trim_end_matches("}}");
        let asks = ["always()", "cancelled()", "failure()", "success()"];
        let asks = asks.iter().any(|function| inner.contains(function));
        is_true(&self.value(inner)) && (asks || !self.has_failed)
    }

    fn value(&self, expression: &str) -> Value {
        let mut parser = Parser {
            tokens: tokens(expression),
            context: self,
        };
        parser.tokens.reverse();
        let value = parser.or();
        assert_eq!(parser.tokens, [""; 0], "{expression}");
        value
    }
}

/// What GitHub makes of a value in a text.
fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn is_true(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false)) && *value != "" && *value != 0
}

/// The last token is the next.
struct Parser<'c> {
    tokens: Vec<String>,
    context: &'c Context,
}

impl Parser<'_> {
    fn or(&mut self) -> Value {
        let mut value = self.and();
        while self.take("||") {
            let other = self.and();
            value = if is_true(&value) { value } else { other };
        }
        value
    }

    fn and(&mut self) -> Value {
        let mut value = self.equal();
        while self.take("&&") {
            let other = self.equal();
            value = if is_true(&value) { other } else { value };
        }
        value
    }

    fn equal(&mut self) -> Value {
        let value = self.one();
        if self.take("==") {
            return Value::from(value == self.one());
        }
        value
    }

    fn one(&mut self) -> Value {
        if self.take("!") {
            return Value::from(!is_true(&self.one()));
        }
        let word = self.tokens.pop().expect("a value follows");
        if let Some(text) = word.strip_prefix('\'') {
            return Value::from(text);
        }
        if self.take("(") {
            let argument = (!self.take(")")).then(|| {
                let argument = self.or();
                assert!(self.take(")"), "{word}( ends");
                argument
            });
            let value = self.call(&word, argument);
            return self.members(value);
        }
        let value = self.context.values[&word].clone();
        assert!(!value.is_null(), "`{word}` is known");
        self.members(value)
    }

    fn members(&mut self, mut value: Value) -> Value {
        while self.take(".") {
            let name = self.tokens.pop().expect("a name follows");
            value = value[name].take();
        }
        value
    }

    fn call(&self, function: &str, argument: Option<Value>) -> Value {
        match (function, argument) {
            ("cancelled", None) => Value::from(false),
            ("toJSON", Some(value)) => Value::from(value.to_string()),
            ("fromJSON", Some(text)) => {
                serde_json::from_str(text.as_str().expect("a text")).expect("JSON")
            }
            (function, _) => panic!("`{function}` is known"),
        }
    }

    fn take(&mut self, token: &str) -> bool {
        let is_next = self.tokens.last().is_some_and(|next| next == token);
        if is_next {
            self.tokens.pop();
        }
        is_next
    }
}

/// Words, marks, and texts, which begin with their quote.
fn tokens(expression: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = expression.trim();
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let length = if first == '\'' {
            let end = rest[1..].find('\'').expect("a text ends");
            tokens.push(rest[..=end].to_owned());
            end + 2
        } else if is_word(first) {
            let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            tokens.push(rest[..length].to_owned());
            length
        } else {
            let long = ["||", "&&", "=="].iter().any(|mark| rest.starts_with(mark));
            let length = if long { 2 } else { 1 };
            tokens.push(rest[..length].to_owned());
            length
        };
        rest = rest[length..].trim_start();
    }
    tokens
}

#[test]
fn expressions_mean_what_they_mean_on_github() {
    let values = serde_json::json!({
        "inputs": { "fail-on": "", "check": true },
        "steps": { "one": { "outcome": "success" } },
        "github": { "event": {} },
    });
    let mut context = Context {
        values,
        has_failed: false,
    };
    assert!(context.holds(Some(
        "${{ inputs.check && steps.one.outcome == 'success' }}"
    )));
    assert!(!context.holds(Some("${{ inputs.fail-on || steps.two.outcome }}")));
    assert_eq!(
        context.filled("a-${{ inputs.fail-on || 'b' }}-c${{ github.event.before }}"),
        "a-b-c"
    );
    context.has_failed = true;
    assert!(!context.holds(Some("inputs.check")));
    assert!(!context.holds(None));
    assert!(context.holds(Some("!cancelled() && inputs.check")));
}
