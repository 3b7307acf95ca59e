//! Tables of HTML as those of Markdown: without their tags, cells would run into each other.

/// The text with its tables in Markdown, each of them a block.
pub(super) fn with_tables(text: &str) -> String {
    // Of the same length.
    let lower = text.to_ascii_lowercase();
    let mut out = String::new();
    let mut at = 0;
    while let Some(start) = found(&lower, at, BEGINS)
        && let Some(end) = found(&lower, start, ENDS)
    {
        let end = end + ENDS.len();
        let before = &text[at..start];
        at = match rows(&text[start..end], &lower[start..end]) {
            Some(rows) => {
                let line = before.rsplit('\n').next().unwrap_or_default();
                let indent = if line.trim().is_empty() { line } else { "" };
                out.push_str(before.trim_end());
                out.push_str("\n\n");
                out.push_str(&markdown(&rows, indent));
                end + usize::from(text[end..].starts_with('.'))
            }
            None => {
                out.push_str(&text[at..end]);
                end
            }
        };
    }
    out.push_str(&text[at..]);
    out
}

const BEGINS: &str = "<table";
const ENDS: &str = "</table>";

fn found(text: &str, from: usize, what: &str) -> Option<usize> {
    text[from..].find(what).map(|at| from + at)
}

/// What is in the cells of each row; nothing of a table in a table, or one without cells.
fn rows<'a>(table: &'a str, lower: &str) -> Option<Vec<Vec<&'a str>>> {
    let mut rows: Vec<Vec<&str>> = vec![Vec::new()];
    let mut cell = None;
    let mut at = BEGINS.len();
    while let Some(start) = found(lower, at, "<") {
        let end = found(lower, start, ">")? + 1;
        let tag = lower[start + 1..end - 1].trim_start_matches('/');
        let closes = lower[start..].starts_with("</");
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next();
        match name.unwrap_or_default() {
            "table" if !closes => return None,
            "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "table" => {
                let ended = cell.take().map(|from| &table[from..start]);
                let row = rows.last_mut()?;
                row.extend(ended);
                match name {
                    Some("td" | "th") => cell = (!closes).then_some(end),
                    _ if row.is_empty() => {}
                    _ => rows.push(Vec::new()),
                }
            }
            _ => {}
        }
        at = end;
    }
    rows.retain(|row| !row.is_empty());
    (!rows.is_empty()).then_some(rows)
}

fn markdown(rows: &[Vec<&str>], indent: &str) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut lines: Vec<String> = Vec::new();
    for row in rows {
        let cells = row.iter().map(|cell| inline(cell));
        let cells = cells.chain(std::iter::repeat(String::new())).take(columns);
        lines.push(format!(
            "{indent}|{}|\n",
            cells.collect::<Vec<_>>().join("|")
        ));
        if lines.len() == 1 {
            lines.push(format!("{indent}{}|\n", "|---".repeat(columns)));
        }
    }
    lines.concat() + "\n"
}

/// A cell is one line.
fn inline(cell: &str) -> String {
    let words: Vec<&str> = cell.split_whitespace().collect();
    words.join(" ").replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::with_tables;

    #[test]
    fn rows_and_cells_stay_apart() {
        let text = "Both:<TABLE class=\"x\"><thead><th>A</th><th>B</th></thead>\n<tr>\n<td><b>1</b></td><td>x|y\nz</td>\n</tr><tr><td>2</table>. More.";
        let table = "Both:\n\n|A|B|\n|---|---|\n|<b>1</b>|x\\|y z|\n|2||\n\n More.";
        assert_eq!(with_tables(text), table);
    }

    #[test]
    fn what_is_no_table_of_cells_stays() {
        for text in [
            "Say `<table>`.",
            "<table></table>",
            "<table><td><table><td>a</table></table>",
            "<table><td",
        ] {
            assert_eq!(with_tables(text), text);
        }
    }
}
