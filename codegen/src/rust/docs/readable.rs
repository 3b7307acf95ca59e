//! Printed Markdown as people would write it.

/// Without the blanks of empty lines, quotes as people write them, and with a plain `&` where that begins no entity.
pub(super) fn readable(printed: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in printed.split('\n') {
        fenced ^= line.trim_start().starts_with("```");
        let line = line
            .strip_prefix(' ')
            .filter(|line| line.starts_with('>'))
            .unwrap_or(line);
        let begins = !lines.last().is_some_and(|last| last.starts_with('>'));
        if begins && line.trim_end() == ">" && !fenced {
            continue;
        }
        lines.push(match line {
            ">" | "> " => ">".to_owned(),
            line if line.trim().is_empty() => String::new(),
            line if fenced => line.to_owned(),
            line => {
                let pieces = line.split('`').enumerate();
                let pieces = pieces.map(|(at, piece)| match at % 2 {
                    0 => with_plain_and(piece),
                    _ => piece.to_owned(),
                });
                pieces.collect::<Vec<_>>().join("`")
            }
        });
    }
    lines.join("\n")
}

fn with_plain_and(text: &str) -> String {
    const AND: &str = "&amp;";
    let mut pieces = text.split(AND);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
        let is_entity = end.is_some_and(|end| piece[end..].starts_with(';'));
        out.push_str(if is_entity { AND } else { "&" });
        out.push_str(piece);
    }
    out
}
