//! Line breaks of Markdown.

/// Lines of at most so many characters, where that changes nothing.
const WIDTH: usize = 92;

/// The paragraphs with their lines broken anew; code and tables as they are.
pub fn wrapped(markdown: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in markdown.lines() {
        let (quote, text) = match line.strip_prefix("> ") {
            Some(quoted) => ("> ", quoted),
            None => ("", line),
        };
        let fence = text.trim_start().starts_with("```");
        fenced ^= fence;
        let quoted = text.trim_start().starts_with('>');
        let verbatim = fenced || fence || quoted || text.contains('|');
        if verbatim || line.len() <= WIDTH {
            lines.push(line.to_owned());
        } else {
            let broken = broken(text).into_iter();
            lines.extend(broken.map(|line| quote.to_owned() + &line));
        }
    }
    lines.join("\n")
}

/// One line as several, each indented as a continuation of the first.
fn broken(line: &str) -> Vec<String> {
    let marker = line.trim_start();
    let indent = line.len() - marker.len();
    let hanging = " ".repeat(indent + item_marker(marker));
    let mut lines = Vec::new();
    let mut current = line[..indent].to_owned();
    let (mut used, mut open) = (indent, Open::default());
    for word in marker.split(' ') {
        let plain = begins_text(word);
        let length = word.chars().count();
        if plain && used > hanging.len() && used + 1 + length > WIDTH && !open.is_any() {
            // What ends in spaces would be a break of its own.
            let line = std::mem::replace(&mut current, hanging.clone());
            lines.push(line.trim_end().to_owned());
            (used, open) = (hanging.len(), Open::default());
        } else if used > 0 && !current.trim_start().is_empty() {
            current.push(' ');
            used += 1;
        }
        current.push_str(word);
        used += length;
        open.read(word);
    }
    lines.push(current);
    lines
}

/// Whether a line may begin with the word: a mark or a number with a period would begin a list or another block.
fn begins_text(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    let is_marker = number.len() < word.len() && number.chars().all(|c| c.is_ascii_digit());
    word.starts_with(|c: char| c.is_alphanumeric() || "`[(\"'".contains(c)) && !is_marker
}

/// How long the marker of a list item is, or nothing.
fn item_marker(line: &str) -> usize {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let ordered = digits > 0 && line[digits..].starts_with(['.', ')']);
    match line {
        _ if ordered => digits + 2,
        _ if line.starts_with("* ") || line.starts_with("- ") => 2,
        _ => 0,
    }
}

/// What is open at the end of a text.
#[derive(Default)]
struct Open {
    code: bool,
    link: bool,
}

impl Open {
    fn read(&mut self, text: &str) {
        self.code ^= text.matches('`').count() % 2 == 1;
        if let Some(at) = text.rfind(['[', ']']) {
            self.link = text[at..].starts_with('[');
        }
    }

    fn is_any(&self) -> bool {
        self.code || self.link
    }
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn a_number_begins_a_line_and_the_marker_of_a_list_does_not() {
        let words = "word ".repeat(18);
        assert_eq!(
            wrapped(&format!("{words}1500 more")),
            format!("{}\n1500 more", words.trim_end())
        );
        assert_eq!(
            wrapped(&format!("{words}15. more")),
            format!("{words}15.\nmore")
        );
    }
}
