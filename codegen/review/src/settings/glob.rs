//! JSON pointers with wildcards.

/// A JSON pointer with wildcards. Not a glob library's: to those the braces and brackets of
/// templated paths are syntax.
#[derive(Debug)]
pub struct PointerGlob(Vec<String>);

/// What is wrong, and what to do.
pub struct Problem(pub String, pub String);

impl PointerGlob {
    pub fn any() -> Self {
        Self(vec!["**".to_owned()])
    }

    pub fn parse(text: &str) -> Result<Self, Problem> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            [""] => Ok(Self(Vec::new())),
            ["**"] => Ok(Self::any()),
            ["", rest @ ..] if !rest.contains(&"") => {
                Ok(Self(rest.iter().map(|part| (*part).to_owned()).collect()))
            }
            ["", ..] => Err(Problem(
                format!("the pointer `{text}` has an empty part"),
                "within a key, `/` is written `~1`: /paths/~1pets~1{id}/get".to_owned(),
            )),
            _ => Err(Problem(
                format!("`{text}` is not a JSON pointer"),
                "a pointer begins with `/`, as in /paths/*/get/**".to_owned(),
            )),
        }
    }

    /// `/a/**` is `/a` and everything below it.
    pub fn matches(&self, pointer: &str) -> bool {
        let parts: Vec<&str> = pointer.split('/').skip(1).collect();
        let same = |pattern: &String, part: &&str| {
            let (pattern, part): (Vec<char>, Vec<char>) =
                (pattern.chars().collect(), part.chars().collect());
            glob(&pattern, &part, |c| *c == '*', |a, b| a == b)
        };
        glob(&self.0, &parts, |part| part == "**", same)
    }
}

/// Whether the pattern matches the whole text, where a wild part stands for any number of parts.
/// It never goes back further than to the last wild part, and so takes no exponential time.
fn glob<P, T>(
    pattern: &[P],
    text: &[T],
    wild: impl Fn(&P) -> bool,
    same: impl Fn(&P, &T) -> bool,
) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(part) if wild(part) => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some(part) if same(part, &text[t]) => (p, t) = (p + 1, t + 1),
            _ => match retry {
                Some((after, taken)) => {
                    retry = Some((after, taken + 1));
                    (p, t) = (after, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(wild)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_matches_by_parts() {
        let cases = [
            ("/paths/*/get/**", "/paths/~1pets~1{id}/get", true),
            ("/paths/*/get/**", "/paths/~1pets/get/responses/200", true),
            ("/paths/*/get/**", "/paths/~1pets/post", false),
            ("/paths/~1pets~1{id}/**", "/paths/~1pets~1{id}/get", true),
            ("/paths/~1pets~1*/get", "/paths/~1pets~1{id}/get", true),
            ("/paths/*", "/paths/~1pets/get", false),
            (
                "/**/city",
                "/components/schemas/Profile/properties/city",
                true,
            ),
            (
                "/**/city",
                "/components/schemas/city/properties/town",
                false,
            ),
            ("/**", "", true),
            ("**", "/info/title", true),
            ("", "", true),
            ("", "/info", false),
            ("/a*b*c", "/aXbYbZc", true),
            ("/a*b*c", "/aXbYbZ", false),
        ];
        for (pattern, pointer, expected) in cases {
            let Ok(glob) = PointerGlob::parse(pattern) else {
                panic!("{pattern} is a pattern");
            };
            assert_eq!(glob.matches(pointer), expected, "{pattern} {pointer}");
        }
    }

    #[test]
    fn many_wildcards_take_no_exponential_time() {
        let pattern = "/**/a".repeat(30);
        let pointer = "/a".repeat(2000) + "/b";
        let glob = PointerGlob::parse(&pattern).ok().expect("it is a pattern");
        assert!(!glob.matches(&pointer));
    }
}
