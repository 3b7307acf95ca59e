//! A report with one row of each kind, as a comparison of `base.yaml` and `head.yaml` would find them.

use review::{
    Accepted, Action, Area, Bump, Direction, Effect, Item, Kind, Level, Place, Report, Row, Stale,
    Surface,
};
use serde_json::{Value, json};

use crate::faces::fixture::{
    at, effect, equivalent, item, renamed, row, side, surface, texts, verdict,
};

const BASE: &str = include_str!("base.yaml");
const HEAD: &str = include_str!("head.yaml");

const PROFILE: [&str; 2] = ["GET /profile", "PUT /profile"];
const USAGE: [&str; 1] = ["GET /usage"];

pub fn sample() -> Report {
    let rows = vec![
        city_removed(),
        parameter_added(),
        country_optional(),
        name_shortened(),
        operation_renamed(),
        schema_renamed(),
        value_added(),
        property_added(),
        summary_changed(),
        fax_removed(),
    ];
    Report {
        title: "schema/store.yaml".into(),
        base: side("main:schema/store.yaml", None, "1.4.0", BASE),
        head: side(
            "schema/store.yaml",
            Some("schema/store.yaml"),
            "1.5.0",
            HEAD,
        ),
        verdict: verdict(&rows),
        rows,
        equivalent: vec![
            equivalent(
                "/components/schemas/Profile/properties/payment",
                "written as `allOf` with one branch before",
            ),
            equivalent("/servers/0", "the prefix `/v1` moved into the paths"),
        ],
        stale: vec![Stale {
            fingerprint: "paths/existence/remove:/paths/~1invoices/get".into(),
            reason: "nobody calls it".into(),
            why: "no change has this fingerprint".into(),
            line: 14,
        }],
    }
}

fn city_removed() -> Row {
    Row {
        base: Some(in_base(
            "        city:",
            3,
            "/components/schemas/Profile/properties/city",
            json!({
                "type": "string",
                "description": "Where bills are sent to."
            }),
        )),
        operations: texts(&PROFILE),
        surface: surface(vec![item(
            Bump::Major,
            "models::Profile::city",
            Some("pub city: Option<String>".into()),
            None,
            "no longer read or set `city`; what servers still send is in `extra`",
        )]),
        ..row(
            "schema/existence/remove:/components/schemas/Profile/properties/city",
            "/components/schemas/Profile/properties/city",
            "the property `city` was removed",
            vec![
                Effect {
                    note: "callers that read it no longer find it".into(),
                    ..effect(
                        Direction::Response,
                        Kind::Existence,
                        Action::Remove,
                        Level::Breaking,
                    )
                },
                effect(
                    Direction::Request,
                    Kind::Existence,
                    Action::Remove,
                    Level::Risky,
                ),
            ],
        )
    }
}

fn parameter_added() -> Row {
    let pointer = "/paths/~1usage/get/parameters/1";
    Row {
        head: Some(in_head(
            "        - name: currency",
            4,
            pointer,
            json!({
                "name": "currency", "in": "query", "required": true
            }),
        )),
        operations: texts(&USAGE),
        surface: surface(vec![item(
            Bump::Major,
            "resources::Usage::list",
            Some("pub fn list(&self) -> ListUsage<'_>".into()),
            Some("pub fn list(&self, currency: impl Into<String>) -> ListUsage<'_>".into()),
            "pass `currency` to `list`",
        )]),
        ..row(
            "parameters/existence/add:/paths/~1usage/get/parameters/1",
            pointer,
            "the required query parameter `currency` was added",
            vec![Effect {
                area: Area::Parameters,
                ..effect(
                    Direction::Request,
                    Kind::Existence,
                    Action::Add,
                    Level::Breaking,
                )
            }],
        )
    }
}

fn country_optional() -> Row {
    let pointer = "/components/schemas/Profile/properties/country";
    Row {
        base: Some(in_base(
            "      required: [name, country]",
            1,
            pointer,
            json!(true),
        )),
        head: Some(in_head("      required: [name]", 1, pointer, json!(false))),
        operations: texts(&PROFILE),
        surface: surface(vec![
            item(
                Bump::Major,
                "models::Profile::country",
                Some("pub country: String".into()),
                Some("pub country: Option<String>".into()),
                "handle `None` where `country` is read",
            ),
            item(
                Bump::Major,
                "models::Profile::new",
                Some(
                    "pub fn new(name: impl Into<String>, country: impl Into<String>) -> Self"
                        .into(),
                ),
                Some("pub fn new(name: impl Into<String>) -> Self".into()),
                "set `country` after `new`",
            ),
        ]),
        ..row(
            "schema/requiredness/change:/components/schemas/Profile/properties/country",
            pointer,
            "the property `country` is no longer required",
            vec![
                effect(
                    Direction::Response,
                    Kind::Requiredness,
                    Action::Change,
                    Level::Breaking,
                ),
                effect(
                    Direction::Request,
                    Kind::Requiredness,
                    Action::Change,
                    Level::Safe,
                ),
            ],
        )
    }
}

fn name_shortened() -> Row {
    let pointer = "/components/schemas/Profile/properties/name/maxLength";
    Row {
        base: Some(in_base("          maxLength: 120", 1, pointer, json!(120))),
        head: Some(in_head("          maxLength: 80", 1, pointer, json!(80))),
        operations: texts(&PROFILE),
        surface: Surface {
            bump: Bump::None,
            fails_at_run_time: true,
            items: vec![Item {
                fails_at_run_time: true,
                ..item(
                    Bump::None,
                    "models::Profile::name",
                    Some("pub name: String".into()),
                    Some("pub name: String".into()),
                    "keep `name` within 80 characters",
                )
            }],
        },
        ..row(
            "schema/constraints/decrease:/components/schemas/Profile/properties/name/maxLength",
            pointer,
            "the property `name` is at most 80 characters long, not 120",
            vec![
                effect(
                    Direction::Request,
                    Kind::Constraints,
                    Action::Decrease,
                    Level::Breaking,
                ),
                effect(
                    Direction::Response,
                    Kind::Constraints,
                    Action::Decrease,
                    Level::Safe,
                ),
            ],
        )
    }
}

fn operation_renamed() -> Row {
    let pointer = "/paths/~1profile/put/operationId";
    Row {
        base: Some(in_base(
            "      operationId: profile-replace",
            1,
            pointer,
            json!("profile-replace"),
        )),
        head: Some(in_head(
            "      operationId: profile-put",
            1,
            pointer,
            json!("profile-put"),
        )),
        operations: texts(&PROFILE[1..]),
        renamed: Some(renamed(
            "profile-replace",
            "profile-put",
            "[methods]\n\"PUT /profile\" = \"profile.replace\"",
        )),
        surface: surface(vec![item(
            Bump::Major,
            "resources::Profile::replace",
            Some("pub fn replace(&self, profile: &Profile) -> ReplaceProfile<'_>".into()),
            Some("pub fn put(&self, profile: &Profile) -> PutProfile<'_>".into()),
            "call `put` in place of `replace`",
        )]),
        ..row(
            "paths/type/change:/paths/~1profile/put/operationId",
            pointer,
            "the operation `profile-replace` is called `profile-put` now",
            vec![Effect {
                area: Area::Paths,
                ..effect(Direction::None, Kind::Type, Action::Change, Level::None)
            }],
        )
    }
}

fn schema_renamed() -> Row {
    let pointer = "/components/schemas/UsageRecord";
    Row {
        base: Some(in_base(
            "    Record:",
            5,
            "/components/schemas/Record",
            json!({ "type": "object" }),
        )),
        head: Some(in_head(
            "    UsageRecord:",
            5,
            pointer,
            json!({ "type": "object" }),
        )),
        operations: texts(&USAGE),
        renamed: Some(renamed(
            "Record",
            "UsageRecord",
            "in the policy file: `aliases = [\"Record\"]` below `[types.UsageRecord]`",
        )),
        surface: surface(vec![item(
            Bump::Major,
            "models::Record",
            Some("pub struct Record".into()),
            Some("pub struct UsageRecord".into()),
            "name it `UsageRecord`",
        )]),
        ..row(
            "components/existence/change:/components/schemas/UsageRecord",
            pointer,
            "the schema `Record` is called `UsageRecord` now",
            vec![Effect {
                area: Area::Components,
                ..effect(
                    Direction::None,
                    Kind::Existence,
                    Action::Change,
                    Level::None,
                )
            }],
        )
    }
}

fn value_added() -> Row {
    let pointer = "/components/schemas/PaymentMethod/enum/2";
    Row {
        head: Some(in_head(
            "      enum: [card, invoice, transfer]",
            1,
            pointer,
            json!("transfer"),
        )),
        operations: texts(&PROFILE),
        surface: surface(vec![item(
            Bump::Minor,
            "models::PaymentMethod::Transfer",
            None,
            Some("Transfer".into()),
            "an arm for `Unknown(\"transfer\")` no longer matches; match `Transfer`",
        )]),
        ..row(
            "schema/values/add:/components/schemas/PaymentMethod/enum/2",
            pointer,
            "the value `transfer` was added",
            vec![
                Effect {
                    note: "callers that know only the old values meet a new one".into(),
                    ..effect(Direction::Response, Kind::Values, Action::Add, Level::Risky)
                },
                effect(Direction::Request, Kind::Values, Action::Add, Level::Safe),
            ],
        )
    }
}

fn property_added() -> Row {
    let pointer = "/components/schemas/Profile/properties/vat";
    Row {
        head: Some(in_head(
            "        vat:",
            3,
            pointer,
            json!({ "type": "string" }),
        )),
        operations: texts(&PROFILE),
        stability: Some("beta".into()),
        surface: surface(vec![item(
            Bump::Minor,
            "models::Profile::vat",
            None,
            Some("pub vat: Option<String>".into()),
            "",
        )]),
        ..row(
            "schema/existence/add:/components/schemas/Profile/properties/vat",
            pointer,
            "the optional property `vat` was added",
            vec![
                effect(
                    Direction::Request,
                    Kind::Existence,
                    Action::Add,
                    Level::Safe,
                ),
                effect(
                    Direction::Response,
                    Kind::Existence,
                    Action::Add,
                    Level::Safe,
                ),
            ],
        )
    }
}

fn summary_changed() -> Row {
    let pointer = "/paths/~1usage/get/summary";
    Row {
        base: Some(in_base(
            "      summary: List the usage",
            1,
            pointer,
            json!("List the usage"),
        )),
        head: Some(in_head(
            "      summary: List the usage of a month",
            1,
            pointer,
            json!("List the usage of a month"),
        )),
        operations: texts(&USAGE),
        surface: Surface {
            bump: Bump::Patch,
            ..Surface::default()
        },
        ..row(
            "paths/docs/change:/paths/~1usage/get/summary",
            pointer,
            "the summary was changed",
            vec![Effect {
                area: Area::Paths,
                ..effect(Direction::None, Kind::Docs, Action::Change, Level::None)
            }],
        )
    }
}

fn fax_removed() -> Row {
    Row {
        base: Some(in_base(
            "        fax:",
            2,
            "/components/schemas/Profile/properties/fax",
            json!({ "type": "string" }),
        )),
        operations: texts(&PROFILE),
        accepted: Some(Accepted {
            reason: "nobody has set it since 2019".into(),
            expires: Some("2027-01-31".into()),
        }),
        surface: surface(vec![item(
            Bump::Major,
            "models::Profile::fax",
            Some("pub fax: Option<String>".into()),
            None,
            "no longer read or set `fax`",
        )]),
        ..row(
            "schema/existence/remove:/components/schemas/Profile/properties/fax",
            "/components/schemas/Profile/properties/fax",
            "the property `fax` was removed",
            vec![effect(
                Direction::Response,
                Kind::Existence,
                Action::Remove,
                Level::Breaking,
            )],
        )
    }
}

/// The place that begins with the given line and has so many lines.
fn in_base(first: &str, lines: usize, pointer: &str, value: Value) -> Place {
    find(BASE, first, lines, pointer, value)
}

fn in_head(first: &str, lines: usize, pointer: &str, value: Value) -> Place {
    find(HEAD, first, lines, pointer, value)
}

fn find(text: &str, first: &str, lines: usize, pointer: &str, value: Value) -> Place {
    let line = text.lines().position(|line| line == first);
    let line = line.unwrap_or_else(|| panic!("no line is `{first}`")) + 1;
    at(pointer, value, line, line + lines - 1)
}
