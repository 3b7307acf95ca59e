//! Where one item of a stream ends and the next begins.

use std::time::Duration;

/// How items are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// Lines: `application/jsonl`, `application/x-ndjson`. Empty ones are no items.
    Lines,
    /// Each begins with the character U+001E: `application/json-seq` (RFC 7464).
    Records,
    /// Server-sent events (WHATWG HTML, section 9.2): what is said of one is in [`Event`].
    Events,
}

/// What arrived and was not taken yet.
#[derive(Debug)]
pub struct Frames {
    framing: Framing,
    buffer: Vec<u8>,
    // What is before was taken.
    start: usize,
    // What is before has no end of a line.
    searched: usize,
    // Whether a line feed belongs to the carriage return before it.
    after_return: bool,
    is_first: bool,
    pending: Event,
    has_data: bool,
    retry: Option<Duration>,
    last_event_id: Option<String>,
}

/// One event, or the text of one item.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Event {
    pub data: String,
    /// What kind of event it is, if that is said.
    pub name: Option<String>,
    /// What it can be asked for again by, if that is said.
    pub id: Option<String>,
    /// How many milliseconds to wait before the stream is asked for again, if that is said.
    pub retry: Option<u64>,
}

impl Frames {
    pub fn new(framing: Framing) -> Self {
        Self {
            framing,
            buffer: Vec::new(),
            start: 0,
            searched: 0,
            after_return: false,
            is_first: true,
            pending: Event::default(),
            has_data: false,
            retry: None,
            last_event_id: None,
        }
    }

    pub fn push(&mut self, chunk: &[u8]) {
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(chunk);
    }

    /// Drops what arrived and was not taken.
    pub fn clear(&mut self) {
        self.buffer.clear();
        (self.start, self.searched) = (0, 0);
    }

    /// How much is kept of an item whose end is still to come.
    pub fn length(&self) -> usize {
        self.buffer.len() - self.start + self.pending.data.len()
    }

    /// The id of the last event that had one, by which to go on after it; an empty one takes back those before.
    pub fn last_event_id(&self) -> Option<&str> {
        self.last_event_id.as_deref()
    }

    /// How long the service asks to wait before its stream is asked for again.
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// The next item, if all of it is there; `at_end`, nothing more comes.
    pub fn next(&mut self, at_end: bool) -> Option<Event> {
        match self.framing {
            Framing::Lines => self.next_text(b'\n', at_end),
            Framing::Records => self.next_text(0x1e, at_end),
            Framing::Events => self.next_event(),
        }
    }

    fn next_text(&mut self, separator: u8, at_end: bool) -> Option<Event> {
        loop {
            let text = match self.position(|byte| byte == separator) {
                Some(end) => self.take(end, end + 1),
                None if at_end && self.start < self.buffer.len() => {
                    self.take(self.buffer.len(), self.buffer.len())
                }
                None => return None,
            };
            let data = text.trim();
            if !data.is_empty() {
                let data = data.to_owned();
                return Some(Event {
                    data,
                    ..Event::default()
                });
            }
        }
    }

    /// An event that no empty line ends is none, also at the end of the stream.
    fn next_event(&mut self) -> Option<Event> {
        loop {
            let line = self.next_line()?;
            if !line.is_empty() {
                self.field(&line);
                continue;
            }
            let event = std::mem::take(&mut self.pending);
            if event.id.is_some() {
                self.last_event_id.clone_from(&event.id);
            }
            if std::mem::take(&mut self.has_data) {
                return Some(event);
            }
        }
    }

    /// A line ends with CR, LF or both.
    fn next_line(&mut self) -> Option<String> {
        let next = self.buffer.get(self.start);
        if let Some(byte) = next.filter(|_| self.after_return) {
            self.start += usize::from(*byte == b'\n');
            self.searched = self.searched.max(self.start);
            self.after_return = false;
        }
        let end = self.position(|byte| matches!(byte, b'\n' | b'\r'))?;
        self.after_return = self.buffer[end] == b'\r';
        Some(self.take(end, end + 1))
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                if self.has_data {
                    self.pending.data.push('\n');
                }
                self.pending.data.push_str(value);
                self.has_data = true;
            }
            "event" => self.pending.name = Some(value.to_owned()).filter(|name| !name.is_empty()),
            "id" if !value.contains('\0') => self.pending.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.pending.retry = value.parse().ok().or(self.pending.retry);
                let stated = self.pending.retry.map(Duration::from_millis);
                self.retry = stated.or(self.retry);
            }
            // A comment begins with the colon; other fields have no meaning.
            _ => {}
        }
    }

    fn position(&mut self, ends: impl Fn(u8) -> bool) -> Option<usize> {
        let rest = &self.buffer[self.searched..];
        let found = rest.iter().position(|byte| ends(*byte));
        match found {
            Some(offset) => Some(self.searched + offset),
            None => {
                self.searched = self.buffer.len();
                None
            }
        }
    }

    /// The text up to `end`; reading goes on at `next`.
    fn take(&mut self, end: usize, next: usize) -> String {
        let mut bytes = &self.buffer[self.start..end];
        if std::mem::take(&mut self.is_first) {
            bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        }
        let text = String::from_utf8_lossy(bytes).into_owned();
        (self.start, self.searched) = (next, next);
        text
    }
}
