//! HTML in descriptions: known tags are taken away and leave what a reader would see of them.

/// A piece of text between tags.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// A new line begins.
    Break,
    /// An item of a list begins.
    Item,
}

/// Tags that stand for a new line, and those that only dress text.
const LINES: &str = " br p div tr table ul ol dl dt dd pre blockquote h1 h2 h3 h4 h5 h6 hr ";
const DRESS: &str =
    " a abbr b code em font i img kbd s small span strong sub sup td th tbody thead tt u var ";

/// Takes tags away. The address of a link is kept until the link ends, which may be in a later text.
#[derive(Debug, Default)]
pub struct Stripper {
    address: Option<String>,
}

impl Stripper {
    /// The text without its known tags; anything else in angle brackets is text. The address of a
    /// link follows its text.
    pub fn strip(&mut self, html: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            let Some((name, end)) = tag(&rest[start..]) else {
                push(&mut pieces, &rest[..=start]);
                rest = &rest[start + 1..];
                continue;
            };
            push(&mut pieces, &rest[..start]);
            self.tag(&name, &rest[start..start + end], &mut pieces);
            rest = &rest[start + end..];
        }
        push(&mut pieces, rest);
        pieces
    }

    fn tag(&mut self, name: &str, whole: &str, pieces: &mut Vec<Piece>) {
        match name {
            "li" => pieces.push(Piece::Item),
            "a" => self.address = href(whole),
            "/a" => {
                if let Some(address) = self.address.take() {
                    push(pieces, &format!(" ({address})"));
                }
            }
            name if is_in(name.trim_start_matches('/'), LINES) => pieces.push(Piece::Break),
            _ => {}
        }
    }
}

/// The name of the known tag that the text begins with, a `/` before it if it closes, and its length.
fn tag(text: &str) -> Option<(String, usize)> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|end| ("!".to_owned(), end + 3));
    }
    let end = text.find('>')? + 1;
    let inner = text[1..end - 1].trim().trim_end_matches('/');
    let closes = inner.starts_with('/');
    let name: String = inner
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    let known = name == "li" || is_in(&name, LINES) || is_in(&name, DRESS);
    let name = if closes { format!("/{name}") } else { name };
    known.then_some((name, end))
}

fn is_in(name: &str, list: &str) -> bool {
    !name.is_empty() && list.contains(&format!(" {name} "))
}

fn href(tag: &str) -> Option<String> {
    let (_, rest) = tag.split_once("href=")?;
    let quote = rest.chars().next().filter(|c| *c == '"' || *c == '\'')?;
    let (address, _) = rest[1..].split_once(quote)?;
    let absolute = address.starts_with("https://") || address.starts_with("http://");
    absolute.then(|| address.to_owned())
}

fn push(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Text(last)) => last.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Stripper};

    #[test]
    fn known_tags_leave_their_text() {
        let strip = |html: &str| Stripper::default().strip(html);
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(strip("a <b>bold</b> b"), [text("a bold b")]);
        assert_eq!(strip("<li>x</li>"), [Piece::Item, text("x")]);
        assert_eq!(
            strip("<a href=\"https://a.example\">here</a>"),
            [text("here (https://a.example)")]
        );
        assert_eq!(strip("Vec<T> < 3"), [text("Vec<T> < 3")]);
        assert_eq!(
            strip("one<br/>two"),
            [text("one"), Piece::Break, text("two")]
        );
    }
}
