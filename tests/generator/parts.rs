//! The crate of a part of a document: of a resource, of a path, and of the document that `extract` makes of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use codegen::document::extract::{Format, Whole};
use codegen::{Diagnostics, Files, Generated, Generator};
use tests::cases::{self, Case};

/// The crates of all operations, without a policy and a lock.
static WHOLES: LazyLock<Vec<(Case, Generated)>> = LazyLock::new(|| {
    let cases = cases::all().into_iter();
    let whole = |case: &Case| generated(&case.schema(), Path::new(""), &[], None);
    cases
        .filter_map(|case| Some((whole(&case)?, case)))
        .map(|(whole, case)| (case, whole))
        .collect()
});

#[test]
fn what_is_called_in_a_part_is_called_so_in_the_whole() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let lock = folder.path().join("a.lock");
    let mut parts = 0;
    for (case, whole) in WHOLES.iter() {
        let names = whole.sdk.operation_names();
        let types = types(whole);
        let resources = names.iter().map(|(_, name)| name.split('.').next());
        let resources: BTreeSet<&str> = resources.flatten().collect();
        if resources.len() < 2 {
            continue;
        }
        for resource in resources {
            let only = format!("{resource}.**");
            let part = generated(&case.schema(), &lock, &[], Some(&only));
            let part = part.unwrap_or_else(|| panic!("{}: {only} is no crate", case.name));
            let of_part = part.sdk.operation_names();
            let beside: Vec<_> = of_part.iter().filter(|one| !names.contains(one)).collect();
            assert!(beside.is_empty(), "{}: {beside:?}", case.name);
            let types_of_part = self::types(&part);
            let beside: Vec<_> = types_of_part.difference(&types).collect();
            assert!(beside.is_empty(), "{} {only}: {beside:?}", case.name);
            assert_eq!(part.lock(), whole.lock(), "{} {only}", case.name);
            parts += 1;
        }
    }
    assert!(parts > 20, "{parts}");
}

#[test]
fn an_extract_has_the_crate_of_its_paths() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (lock, file) = (folder.path().join("a.lock"), folder.path().join("a.yaml"));
    let mut extracts = 0;
    for (case, whole) in WHOLES.iter() {
        let schema = case.schema();
        let text = std::fs::read_to_string(&schema).expect("the document can be read");
        if codegen::document::refers_elsewhere(&text) {
            continue;
        }
        std::fs::write(&lock, whole.lock()).expect("the lock can be written");
        let keys = whole.sdk.operation_names();
        let paths = keys.iter().filter_map(|(key, _)| key.split_once(' '));
        let paths: BTreeSet<&str> = paths.map(|(_, path)| path).collect();
        for path in paths.into_iter().take(1) {
            let text = extract(&schema, path);
            std::fs::write(&file, &text).expect("the document can be written");
            assert_eq!(extract(&file, path), text, "{} {path}", case.name);
            let part = generated(&schema, &lock, &[path], None);
            let extract = generated(&file, &lock, &[path], None);
            let (part, extract) = (sources(part), sources(extract));
            assert!(
                part == extract,
                "{} {path}\n{}",
                case.name,
                differing(&part, &extract)
            );
            extracts += 1;
        }
        std::fs::remove_file(&lock).expect("the lock can be removed");
    }
    assert!(extracts > 30, "{extracts}");
}

fn generated(schema: &Path, lock: &Path, paths: &[&str], only: Option<&str>) -> Option<Generated> {
    let mut generator = Generator::new(schema);
    generator.name = Some("part".to_owned());
    generator.lock = lock.is_file().then(|| PathBuf::from(lock));
    generator.paths = paths.iter().map(|&path| path.to_owned()).collect();
    generator.only = only.map(str::to_owned).into_iter().collect();
    let mut diagnostics = Diagnostics::default();
    let made = generator.generate(&mut diagnostics);
    if made.is_err() && !(paths.is_empty() && only.is_none()) {
        panic!("{}: {diagnostics:?}", schema.display());
    }
    made.ok()
}

fn extract(schema: &Path, path: &str) -> String {
    let mut diagnostics = Diagnostics::default();
    let whole = Whole::load(schema, &mut diagnostics);
    let whole = whole.unwrap_or_else(|_| panic!("{diagnostics:?}"));
    let extract = whole.extract(|one| one.path == path, Format::Yaml);
    extract.expect("it can be written").text
}

/// What its types are called, also by a second name: what stands for it in the whole need not be in the part.
fn types(generated: &Generated) -> BTreeSet<String> {
    let names = generated.sdk.models.iter().flat_map(|file| {
        let others = file.others.iter().map(|other| &other.item);
        file.items.iter().chain(others)
    });
    let names = names.map(|item| item.name().to_owned());
    names.collect()
}

fn sources(generated: Option<Generated>) -> Files {
    generated.expect("there is a crate").files
}

fn differing(one: &Files, other: &Files) -> String {
    let paths: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differing = paths.into_iter();
    let differing = differing.filter(|path| one.get(*path) != other.get(*path));
    let differing =
        differing.map(|path| format!("{path}\n{:?}\n{:?}\n", one.get(path), other.get(path)));
    differing.collect()
}
