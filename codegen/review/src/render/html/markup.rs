//! The only code that writes markup: what is not written in the source is escaped.

use crate::render::short::{self, Span, spans};

/// A page, or a part of it.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// Markup of ours, which no document can have a part in.
    pub fn raw(&mut self, html: &'static str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    pub fn number(&mut self, number: usize) -> &mut Self {
        self.0.push_str(&number.to_string());
        self
    }

    /// Text on one line, at most so many characters of it; in an attribute as well.
    pub fn text(&mut self, text: &str, most: usize) -> &mut Self {
        for c in short::text(text, most).chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c => self.0.push(c),
            }
        }
        self
    }

    /// A sentence with quoted names.
    pub fn prose(&mut self, sentence: &str, most: usize) -> &mut Self {
        for span in spans(&short::text(sentence, most)) {
            match span {
                Span::Text(text) => self.text(text, most),
                Span::Code(text) => self.raw("<code>").text(text, most).raw("</code>"),
            };
        }
        self
    }

    pub fn code(&mut self, text: &str, most: usize) -> &mut Self {
        self.raw("<code>").text(text, most).raw("</code>")
    }

    /// JSON in a data block, which ends at the first `</script`.
    pub fn json(&mut self, value: &serde_json::Value) -> &mut Self {
        self.0.push_str(&value.to_string().replace('<', "\\u003c"));
        self
    }

    pub fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Markup;

    #[test]
    fn text_is_no_markup() {
        let mut markup = Markup::default();
        markup.text("<a href=\"x\" id='y'>&", 99);
        assert_eq!(
            markup.finish(),
            "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;"
        );
    }

    #[test]
    fn data_does_not_end_early() {
        let mut markup = Markup::default();
        markup.json(&json!(["</script>"]));
        assert_eq!(markup.finish(), "[\"\\u003c/script>\"]");
    }
}
