//! The programs in a text: its Rust blocks, each at the line where it stands.

/// What `rustdoc` would compile of a text in Markdown.
pub fn programs(text: &str) -> Vec<String> {
    let mut programs = Vec::new();
    let mut open: Option<(String, bool)> = None;
    for (index, line) in text.lines().enumerate() {
        match &mut open {
            None => {
                if let Some(info) = line.strip_prefix("```") {
                    let is_rust = info.starts_with("rust") && !info.contains("ignore");
                    // Errors then have the lines of the text.
                    open = Some(("\n".repeat(index + 1), is_rust));
                }
            }
            Some((program, is_rust)) if line.starts_with("```") => {
                if *is_rust {
                    programs.push(whole(program));
                }
                open = None;
            }
            Some((program, _)) => {
                program.push_str(line.strip_prefix("# ").unwrap_or(line));
                program.push('\n');
            }
        }
    }
    programs
}

fn whole(program: &str) -> String {
    if program.contains("fn main(") {
        return program.to_owned();
    }
    format!("{program}\nfn main() {{}}\n")
}

#[cfg(test)]
mod tests {
    use super::programs;

    #[test]
    fn a_program_stands_where_it_stood() {
        let text =
            "# A\n\n```toml\na = 1\n```\n```rust,no_run\nuse a::b;\n```\n\n```text\nc\n```\n";
        assert_eq!(programs(text), ["\n\n\n\n\n\nuse a::b;\n\nfn main() {}\n"]);
    }
}
