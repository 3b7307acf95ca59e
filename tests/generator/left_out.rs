//! What is left out of a crate is reported, each with its place, and denied with the warnings.

use std::collections::BTreeSet;

use codegen::Generator;
use codegen::diagnostic::{Diagnostics, Severity};
use tests::cases;

#[test]
fn each_operation_that_is_left_out_is_reported_with_its_place() {
    for case in invalid() {
        let outcome = case.generate();
        let generated = outcome
            .generated
            .unwrap_or_else(|_| panic!("{}", case.name));
        let listed = generated.sdk.left_out.iter();
        let listed: BTreeSet<String> = listed
            .map(|one| format!("`{}` is left out: {}", one.operation, one.reason))
            .collect();
        let warnings = outcome
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Warning);
        let reported: BTreeSet<String> = warnings
            .filter(|d| d.code.0 == "E0105" && d.span.is_some() && d.help.is_some())
            .map(|d| d.message.clone())
            .collect();
        assert_eq!(listed, reported, "{}", case.name);
    }
}

#[test]
fn what_is_left_out_is_rejected_where_warnings_are_denied() {
    for case in invalid() {
        let mut generator = Generator::new(case.schema());
        generator.deny_warnings = true;
        let mut diagnostics = Diagnostics::default();
        assert!(
            generator.generate(&mut diagnostics).is_err(),
            "{}",
            case.name
        );
        assert_eq!(diagnostics.count(Severity::Warning), 0, "{}", case.name);
    }
}

fn invalid() -> Vec<cases::Case> {
    let mut cases = cases::all();
    cases.retain(|case| ["left_out", "left_out_types"].contains(&case.name.as_str()));
    assert_eq!(cases.len(), 2);
    cases
}
