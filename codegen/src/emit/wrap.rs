//! Line breaks of Markdown.

/// Lines of at most so many characters, where that changes nothing.
const WIDTH: usize = 92;

/// The paragraphs with their lines broken anew; code and tables as they are.
pub fn wrapped(markdown: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in markdown.lines() {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        let verbatim =
            fenced || fence || line.contains('|') || line.ends_with("  ") || line.ends_with('\\');
        match lines.last_mut() {
            _ if verbatim || line.len() <= WIDTH => lines.push(line.to_owned()),
            _ => lines.extend(broken(line)),
        }
    }
    lines.join("\n")
}

/// One line as several, each indented as a continuation of the first.
fn broken(line: &str) -> Vec<String> {
    let marker = line.trim_start();
    let indent = line.len() - marker.len();
    let item = marker.starts_with("* ") || marker.starts_with("- ");
    let hanging = " ".repeat(indent + if item { 2 } else { 0 });
    let mut lines = Vec::new();
    let mut current = line[..indent].to_owned();
    for word in marker.split(' ') {
        let plain = word.starts_with(|c: char| c.is_alphabetic() || "`[(".contains(c));
        let used = current.chars().count();
        if plain
            && used > hanging.len()
            && used + word.chars().count() > WIDTH
            && !inside_code(&current)
        {
            lines.push(std::mem::replace(&mut current, hanging.clone()));
            current.push_str(word);
            continue;
        }
        if !current.trim_start().is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
    lines
}

/// Whether a code span or a link is open at the end of the text.
fn inside_code(text: &str) -> bool {
    text.matches('`').count() % 2 == 1 || text.rfind('[') > text.rfind(']')
}
