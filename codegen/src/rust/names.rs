//! Identifiers: the only code that makes one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use deunicode::deunicode;

pub use package::{is_of_every_api, package, without_kind_of_document};
pub use words::is_version;
use words::{LONGEST, PUNCTUATION, SIGNS, ascii_words, is_written_as_one, plain_words, words};

mod package;
mod words;

/// A set of names that must differ. They differ in more than case, because to a file system `Guid` may be
/// `GUID`.
#[derive(Debug, Default, Clone)]
pub struct Scope {
    /// Names in ASCII that were taken before. They are looked through, since most scopes have but a few names of their own.
    reserved: Vec<&'static str>,
    /// The same of what is no argument in a row.
    methods: Vec<&'static str>,
    /// In order, since the table of a hash costs more than most scopes have names.
    taken: BTreeSet<String>,
    /// For each name that was wanted twice, the number to try next: those below it are taken.
    numbers: BTreeMap<String, u32>,
}

impl Scope {
    pub fn reserving(names: impl IntoIterator<Item = &'static str>) -> Self {
        Self {
            reserved: names.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Keeps names of methods from what is called as one, too.
    pub fn with_methods(self, methods: impl IntoIterator<Item = &'static str>) -> Self {
        Self {
            methods: methods.into_iter().collect(),
            ..self
        }
    }

    /// The first of the names that is free to what is called as no method, or else the last with a number.
    pub fn claim_argument(&mut self, names: impl IntoIterator<Item = String>) -> String {
        let methods = std::mem::take(&mut self.methods);
        let name = self.claim_first(names);
        self.methods = methods;
        name
    }

    /// The name itself, or with the smallest number after it that makes it new.
    pub fn claim(&mut self, name: String) -> String {
        if self.take(key(&name)) {
            return name;
        }
        // `Self_2` would not be in camel case, and `type2` is no keyword.
        let stem = without_mark(&name).trim_end_matches('_');
        let stem_key = key(stem);
        let mut number = self.numbers.get(&stem_key).copied().unwrap_or(2);
        loop {
            let candidate = format!("{stem}{number}");
            number += 1;
            if self.take(key(&candidate)) {
                self.numbers.insert(stem_key, number);
                return candidate;
            }
        }
    }

    /// The name as it is, if it is free.
    pub fn claim_exactly(&mut self, name: &str) -> bool {
        self.take(key(name))
    }

    /// The first of the names that is free, or else the last with a number.
    pub fn claim_first(&mut self, names: impl IntoIterator<Item = String>) -> String {
        let mut last = String::new();
        for name in names {
            if self.take(key(&name)) {
                return name;
            }
            last = name;
        }
        self.claim(last)
    }

    fn take(&mut self, key: String) -> bool {
        let is_taken = |name: &&str| name.eq_ignore_ascii_case(&key);
        let mut kept = self.reserved.iter().chain(&self.methods);
        !kept.any(is_taken) && self.taken.insert(key)
    }
}

fn key(name: &str) -> String {
    let name = name.trim_start_matches("r#");
    if name.is_ascii() {
        name.to_ascii_lowercase()
    } else {
        name.to_lowercase()
    }
}

/// For fields, arguments, methods.
pub fn snake(text: &str) -> String {
    let text = without_mark(text);
    let name = match (plain_words(text), ascii_words(text)) {
        (Some(words), _) => words.collect::<Vec<_>>().join("_"),
        (_, Some(words)) => words.join("_").to_ascii_lowercase(),
        _ => humps(&words(text)).join("_").to_ascii_lowercase(),
    };
    let name = match name.chars().next() {
        None => "empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{name}"),
        Some(_) => name,
    };
    escape_keyword(name)
}

/// The words of what is nothing but words.
fn humps(words: &str) -> Vec<&str> {
    ascii_words(words.trim_start()).unwrap_or_default()
}

/// For fields and arguments beside each other. Where several would be called alike, the one that is a name as it stands, or that alone
/// has no signs, has that name, and the others are called by what distinguishes them, whatever comes before them: so what is added takes
/// no other's name.
pub fn snake_names<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    names_beside(texts, &BTreeMap::new())
}

/// The same where some of the texts have their names, which none of the others is called by.
pub fn names_beside<'t>(
    texts: impl IntoIterator<Item = &'t str>,
    given: &BTreeMap<String, String>,
) -> Vec<String> {
    let mut names: Vec<(&str, String)> = texts.into_iter().map(|t| (t, snake(t))).collect();
    let named = |(text, name): (&str, String)| given.get(text).cloned().unwrap_or(name);
    if are_distinct(&names) {
        return names.into_iter().map(named).collect();
    }
    let mut wanted: HashMap<String, HashSet<&str>> = HashMap::new();
    for (text, name) in &names {
        wanted.entry(key(name)).or_default().insert(text);
    }
    wanted.retain(|_, alike| alike.len() > 1);
    let holder = |name: &String, alike: &HashSet<&'t str>| {
        let holds = |text: &&&str| given.get(**text).is_some_and(|given| key(given) == *name);
        alike.iter().find(holds).copied()
    };
    let owners: HashMap<&String, &str> = wanted
        .iter()
        .filter_map(|(name, alike)| Some((name, holder(name, alike).or_else(|| owner(alike))?)))
        .collect();
    for (text, name) in &mut names {
        let key = key(name);
        if wanted.contains_key(&key) && owners.get(&key) != Some(text) {
            let cased = || snake(&format!("{} {}", without_mark(name), case_word(text)));
            *name = by_signs(text).unwrap_or_else(cased);
        }
    }
    names.into_iter().map(named).collect()
}

/// As nearly all names beside each other are.
fn are_distinct(names: &[(&str, String)]) -> bool {
    let mut keys: Vec<String> = names.iter().map(|(_, name)| key(name)).collect();
    keys.sort_unstable();
    keys.is_sorted_by(|one, next| one < next)
}

/// Which of several texts has the name that they would have alike.
fn owner<'t>(alike: &HashSet<&'t str>) -> Option<&'t str> {
    if let Some(standing) = alike.iter().find(|text| stands(text)) {
        return Some(standing);
    }
    let mut plain = alike.iter().filter(|text| by_signs(text).is_none());
    plain.next().filter(|_| plain.next().is_none()).copied()
}

/// A name with words for all signs, where that is another.
fn by_signs(text: &str) -> Option<String> {
    let spelled = snake(&with_signs(text, true));
    (key(&spelled) != key(&snake(text))).then_some(spelled)
}

/// Whether the text is written as names are: of all texts that become one name, one is.
pub fn stands(text: &str) -> bool {
    let name = snake(text);
    let plain = name.trim_start_matches("r#");
    // A keyword that cannot be raw has a mark at its end.
    plain == text || plain.strip_suffix('_') == Some(text)
}

/// Whether the text is nothing but words, in whatever case, with hyphens between them: `DD-MM-YYYY`.
pub fn is_joined(text: &str) -> bool {
    let is_words = |part: &str| {
        let mut words = part.trim().split(' ');
        words.all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric()))
    };
    text.split('-').all(is_words)
}

/// For types and variants.
pub fn pascal(text: &str) -> String {
    let text = without_mark(text);
    let name: String = match (plain_words(text), ascii_words(text)) {
        (Some(words), _) => words.map(capitalized).collect(),
        (_, Some(words)) => words.into_iter().map(hump).collect(),
        _ => humps(&words(text)).into_iter().map(hump).collect(),
    };
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{name}"),
        Some(_) if name == "Self" => "SelfValue".to_owned(),
        Some(_) => name,
    }
}

/// For variants that would be called alike: with words for the signs that separate nothing, or for all.
pub fn spelled(text: &str, all: bool) -> String {
    pascal(&with_signs(text, all))
}

fn with_signs(text: &str, all: bool) -> String {
    const BLANKS: [(char, &str); 2] = [('_', "underscore"), (' ', "space")];
    let chars: Vec<char> = deunicode(text).chars().take(LONGEST).collect();
    let is_letter = |at: Option<usize>| {
        let c = at.and_then(|at| chars.get(at));
        c.is_some_and(char::is_ascii_alphanumeric)
    };
    let is_spaced = |at: usize| chars.get(at) == Some(&' ');
    let mut name = String::new();
    for (at, c) in chars.iter().enumerate() {
        // A hyphen that has spaces around it does so as well.
        let spaces = usize::from(*c == '-' && at > 0 && is_spaced(at - 1) && is_spaced(at + 1));
        let separates = is_letter(at.checked_sub(1 + spaces)) && is_letter(Some(at + 1 + spaces));
        // A hyphen before a sign only separates that from the word.
        let leads = *c == '-' && is_letter(at.checked_sub(1)) && at + 1 < chars.len();
        let mut signs = SIGNS.iter().chain(&PUNCTUATION).chain(&BLANKS);
        let sign = signs.find(|(sign, _)| sign == c);
        let is_sign = SIGNS.iter().any(|(sign, _)| sign == c);
        match sign {
            Some(('-', _)) if all && separates => name.push_str(" dash "),
            Some((_, word)) if all || !(separates || leads || !is_sign) => {
                name.push(' ');
                name.push_str(word);
                name.push(' ');
            }
            _ if c.is_ascii_alphanumeric() => name.push(*c),
            _ => name.push(' '),
        }
    }
    name
}

/// How a text is written.
pub fn case_word(text: &str) -> &'static str {
    let any = |is: fn(char) -> bool| text.chars().any(is);
    let begins = text.starts_with(|c: char| c.is_uppercase());
    match (any(char::is_uppercase), any(char::is_lowercase), begins) {
        _ if text.is_empty() => "Text",
        (false, false, _) if any(|c| c.is_ascii_digit()) => "Number",
        (false, false, _) if any(|c| !c.is_alphabetic()) => "Sign",
        (false, _, _) => "Lowercase",
        (true, false, _) => "Uppercase",
        (true, true, true) => "Capitalized",
        (true, true, false) => "CamelCase",
    }
}

/// For statics.
pub fn constant(text: &str) -> String {
    snake(text).trim_start_matches("r#").to_uppercase()
}

/// For modules and files, where a raw identifier would make an odd file name.
pub fn module(text: &str) -> String {
    let name = snake(text);
    match name.strip_prefix("r#") {
        Some(keyword) => format!("{keyword}_"),
        None if ["mod", "lib", "main"].contains(&name.as_str()) => format!("{name}_"),
        None if is_device(&name) => format!("{name}_"),
        None => name,
    }
}

/// Windows has no files of these names, whatever follows a period
/// (<https://learn.microsoft.com/windows/win32/fileio/naming-a-file>).
fn is_device(name: &str) -> bool {
    let number = name.strip_prefix("com").or(name.strip_prefix("lpt"));
    let numbered = number.is_some_and(|n| n.len() == 1 && n.bytes().all(|c| c.is_ascii_digit()));
    numbered || ["con", "prn", "aux", "nul"].contains(&name)
}

/// A name that was made an identifier already, without the mark of a keyword.
fn without_mark(text: &str) -> &str {
    text.strip_prefix("r#").unwrap_or(text)
}

/// A word of the name of a type.
fn hump(word: &str) -> String {
    if is_written_as_one(word) {
        return capitalized(word);
    }
    capitalized(&word.to_ascii_lowercase())
}

/// A word of a name.
pub fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

fn escape_keyword(name: String) -> String {
    #[rustfmt::skip]
    const KEYWORDS: [&str; 48] = [
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do",
        "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in",
        "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
        "return", "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe",
        "unsized", "use", "virtual", "where", "while", "yield",
    ];
    const NEVER_RAW: [&str; 4] = ["self", "super", "crate", "_"];
    if NEVER_RAW.contains(&name.as_str()) {
        return format!("{name}_");
    }
    if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_makes_an_identifier() {
        for text in [
            "",
            ">=",
            "+1",
            "-1",
            "7d",
            "émoji 🎉",
            "日本",
            "type",
            "self",
            "X[]",
            "a.b",
            "__",
            "Self",
        ] {
            for name in [snake(text), pascal(text), module(text)] {
                assert!(
                    syn::parse_str::<syn::Ident>(&name).is_ok() || name.starts_with("r#"),
                    "{text:?}: {name:?}"
                );
            }
        }
    }

    #[test]
    fn signs_keep_their_meaning() {
        assert_eq!(
            [pascal("+1"), pascal("-1"), pascal(">=")],
            ["Plus1", "Minus1", "GreaterEqual"]
        );
        assert_eq!(snake("account-id"), "account_id");
    }

    #[test]
    fn signs_that_separate_nothing_are_words() {
        for (text, some, all) in [
            ("-name", "MinusName", "MinusName"),
            ("a-b", "AB", "ADashB"),
            ("a.b", "AB", "ADotB"),
            ("reactions-+1", "ReactionsPlus1", "ReactionsMinusPlus1"),
            ("reactions--1", "ReactionsMinus1", "ReactionsMinusMinus1"),
            ("c++", "CPlusPlus", "CPlusPlus"),
        ] {
            assert_eq!(
                [spelled(text, false), spelled(text, true)],
                [some, all],
                "{text}"
            );
        }
    }

    #[test]
    fn the_mark_of_a_keyword_is_no_part_of_other_names() {
        assert_eq!(snake("r#type"), "r#type");
        assert_eq!(pascal(&snake("match")), "Match");
        assert_eq!(module(&snake("type")), "type_");
    }

    #[test]
    fn alike_names_do_not_depend_on_what_comes_first() {
        let texts = [
            "sort-by", "sortBy", "sort_by", "Sort By", "SORT_BY", "@self", "self", "1", "n1", ">",
            "greater",
        ];
        let told = [
            "sort_dash_by",
            "sort_by_camel_case",
            "sort_by",
            "sort_space_by",
            "sort_underscore_by",
            "at_self",
            "self_",
            "n1_number",
            "n1",
            "greater_sign",
            "greater",
        ];
        for turned in 0..texts.len() {
            let rotated = |all: [&'static str; 11]| {
                let mut all = all.to_vec();
                all.rotate_left(turned);
                all
            };
            assert_eq!(snake_names(rotated(texts)), rotated(told));
        }
        assert_eq!(snake_names(["sortBy", "sortBy"]), ["sort_by", "sort_by"]);
    }

    #[test]
    fn names_that_collide_are_numbered() {
        let mut scope = Scope::default();
        let names = ["Guid", "GUID", "guid"].map(|name| scope.claim(name.to_owned()));
        assert_eq!(names, ["Guid", "GUID2", "guid3"]);
    }
}
