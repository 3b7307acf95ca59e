//! The calls that `docs/calls.md` shows are compiled.

use tests::workspace;

#[test]
fn each_call_of_the_docs_is_one_that_a_case_makes() {
    let root = workspace::root();
    let compiled: String = ["calls_github", "calls_stripe", "calls_cloudflare"]
        .map(|case| workspace::read(&root.join("tests/cases").join(case).join("reads.rs")))
        .concat();
    let docs = workspace::read(&root.join("docs/calls.md"));
    let blocks = docs.split("```rust\n").skip(1);
    let shown = blocks.filter_map(|block| block.split("```").next());
    let shown: Vec<&str> = shown.flat_map(str::lines).collect();
    assert_eq!(shown.len(), 11, "each call of the docs is a line");
    for line in shown {
        assert!(compiled.contains(line), "no case makes the call `{line}`");
    }
}
