//! How far a run is, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

const TEMPLATE: &str = "{prefix:>10} {bar:32} {pos}/{len} {elapsed} {wide_msg}";

/// A bar on stderr for a part of the work. It is hidden where stderr is no terminal.
pub fn bar(what: &'static str, length: usize) -> ProgressBar {
    let bar = ProgressBar::new(length as u64).with_prefix(what);
    let style = ProgressStyle::with_template(TEMPLATE);
    bar.set_style(style.expect("the template is one"));
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}
