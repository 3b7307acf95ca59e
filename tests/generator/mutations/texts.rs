//! Changes of the bytes of a document.

use fastrand::Rng;

/// Changes the text somewhere, so that it may be no YAML any more, and no UTF-8.
pub fn change(text: &mut Vec<u8>, rng: &mut Rng) {
    for _ in 0..rng.usize(1..4) {
        let at = rng.usize(..=text.len());
        let end = (at + rng.usize(..40)).min(text.len());
        match rng.u8(..7) {
            0 => drop(text.drain(at..end)),
            1 => text.truncate(at.max(20)),
            2 => {
                let copied = text[at..end].to_vec();
                text.splice(at..at, copied);
            }
            3 if at < text.len() => text[at] = rng.u8(..),
            4 if at < text.len() => text[at] ^= 1 << rng.u8(..8),
            _ => {
                let piece = PIECES[rng.usize(..PIECES.len())];
                text.splice(at..at, piece.bytes());
            }
        }
    }
}

/// What means something to a reader of YAML or JSON.
const PIECES: [&str; 34] = [
    "\n",
    "\r\n",
    "\t",
    " ",
    "\u{feff}",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    ": ",
    "- ",
    "? ",
    "| \n",
    ">\n",
    "&a ",
    "*a",
    "<<: *a\n",
    "!!binary ",
    "!x ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "#",
    "\"",
    "'",
    "\\",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    ",",
    "1e999",
    ".inf",
    "~",
];
