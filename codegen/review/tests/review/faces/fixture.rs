//! What reports are made of by hand, and those that no comparison should ever find.

use codegen::location::Pointer;
use review::{
    Action, Area, Bump, Direction, Effect, Equivalent, Item, Kind, Place, Renamed, Report, Row,
    Severity, Side, Stale, Surface, Verdict,
};
use serde_json::{Value, json};

use crate::faces::sample::sample;

/// A report without a row.
pub fn empty() -> Report {
    Report {
        rows: Vec::new(),
        equivalent: Vec::new(),
        stale: Vec::new(),
        review_file: "schema/review.toml".to_owned(),
        verdict: Verdict {
            version_base: Some("0.4.2".into()),
            version_now: Some("0.4.2".into()),
            version_needed: Some("0.4.2".into()),
            version_suffices: true,
            ..Verdict::default()
        },
        ..sample()
    }
}

/// Texts that try to be something else: markup, a command, a mention, or just too long.
pub const HOSTILE: [&str; 12] = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "a | b | c",
    "``` ` ````",
    "::error::stop\n::warning file=x::y",
    "100%25 %0A, a:b",
    "@everyone, see #123 and https://example.com/x or www.example.com",
    "über \u{202e}drawkcab\u{202c} 日本語 🦀",
    "\u{1b}[31mred\u{7}\r\n\0",
    "--> </details></summary> <!-- schema-review -->",
    "![x](https://example.com/x.png) [y](javascript:alert(1)) **z** _w_ ~v~",
];

/// Each text that a document can choose is one of [`HOSTILE`], and one of them is very long.
pub fn hostile() -> Report {
    let long = "x ".repeat(100_000);
    let texts = HOSTILE.iter().copied().chain([long.as_str()]);
    let rows: Vec<Row> = texts.map(hostile_row).collect();
    let text = HOSTILE.join("\n");
    Report {
        title: HOSTILE[0].into(),
        base: side(HOSTILE[1], None, HOSTILE[2], &text),
        head: side(HOSTILE[5], Some(HOSTILE[5]), HOSTILE[3], &text),
        verdict: verdict(&rows),
        rows,
        equivalent: HOSTILE.iter().map(|text| equivalent(text, text)).collect(),
        stale: HOSTILE.iter().map(|text| stale(text)).collect(),
        review_file: HOSTILE[0].to_owned(),
    }
}

fn hostile_row(text: &str) -> Row {
    let declared = Some(format!("pub x: {text}"));
    Row {
        base: Some(at(text, json!(text), 3, 3)),
        head: Some(at(text, json!({ text: [text] }), 900, 1_000)),
        operations: vec![format!("GET /{text}"), text.into()],
        renamed: Some(renamed(text, text, text)),
        stability: Some(text.into()),
        surface: surface(vec![item(Bump::Major, text, declared, None, text)]),
        ..row(
            text,
            text,
            &format!("the property `{text}` was removed"),
            vec![Effect {
                note: text.into(),
                ..effect(
                    Direction::Response,
                    Kind::Existence,
                    Action::Remove,
                    Severity::Breaking,
                )
            }],
        )
    }
}

/// A row without a place and without the crate.
pub fn row(fingerprint: &str, pointer: &str, message: &str, effects: Vec<Effect>) -> Row {
    Row {
        fingerprint: fingerprint.into(),
        location: Pointer::from(pointer).into(),
        message: message.into(),
        base: None,
        head: None,
        effects,
        surface: Surface::default(),
        operations: Vec::new(),
        advice: "",
        renamed: None,
        stability: None,
        accepted: None,
    }
}

pub fn effect(direction: Direction, kind: Kind, action: Action, severity: Severity) -> Effect {
    Effect {
        area: Area::Schema,
        direction,
        kind,
        action,
        severity,
        note: String::new(),
        operations: Vec::new(),
    }
}

pub fn item(
    bump: Bump,
    path: &str,
    before: Option<String>,
    after: Option<String>,
    note: &str,
) -> Item {
    Item {
        bump,
        fails_at_run_time: false,
        path: path.into(),
        before,
        after,
        note: note.into(),
    }
}

pub fn surface(items: Vec<Item>) -> Surface {
    Surface {
        bump: items.iter().map(|item| item.bump).max().unwrap_or_default(),
        fails_at_run_time: false,
        items,
    }
}

/// The verdict on rows, for a crate at 0.4.2 whose policy file was not changed.
pub fn verdict(rows: &[Row]) -> Verdict {
    let open = || rows.iter().filter(|row| row.accepted.is_none());
    let count = |severity| open().filter(|row| row.severity() == severity).count();
    let surface = open().map(|row| row.surface.bump).max().unwrap_or_default();
    let needed = match surface {
        Bump::Major => "0.5.0",
        Bump::None => "0.4.2",
        Bump::Patch | Bump::Minor => "0.4.3",
    };
    Verdict {
        wire: open().map(Row::severity).max().unwrap_or_default(),
        breaking: count(Severity::Breaking),
        risky: count(Severity::Risky),
        safe: count(Severity::Safe),
        none: count(Severity::None),
        accepted: rows.len() - open().count(),
        surface,
        fails_at_run_time: open().filter(|row| row.is_silent()).count(),
        version_base: Some("0.4.2".into()),
        version_now: Some("0.4.2".into()),
        version_needed: Some(needed.into()),
        version_suffices: surface == Bump::None,
    }
}

pub fn at(pointer: &str, value: Value, line: usize, end_line: usize) -> Place {
    Place {
        location: Pointer::from(pointer).into(),
        file: Default::default(),
        value,
        line,
        end_line,
    }
}

pub fn side(name: &str, path: Option<&str>, version: &str, text: &str) -> Side {
    Side {
        name: name.into(),
        path: path.map(Into::into),
        version: version.into(),
        text: text.into(),
        others: Vec::new(),
        rejected: None,
        error: None,
        policy: None,
        left_out: Vec::new(),
    }
}

pub fn renamed(from: &str, to: &str, softened_by: &str) -> Renamed {
    Renamed {
        from: from.into(),
        to: to.into(),
        softened_by: softened_by.into(),
    }
}

pub fn equivalent(pointer: &str, message: &str) -> Equivalent {
    Equivalent {
        location: Pointer::from(pointer).into(),
        message: message.into(),
        base: Some(12),
        head: Some(14),
    }
}

fn stale(text: &str) -> Stale {
    Stale {
        fingerprint: text.into(),
        reason: text.into(),
        why: text.into(),
        line: 1,
    }
}
