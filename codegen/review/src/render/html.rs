//! One self-contained page: filters, base and head side by side, light and dark.
//!
//! It loads nothing and runs nothing but its own script: the policy in its head names the hashes of
//! both. Without the script it is a plain page whose parts open and close.

mod markup;
mod row;

use markup::Markup;
use row::{Rows, class};

use super::headline::{self, Cause};
use super::sections::Sections;
use crate::report::{Report, Row, Side, Stale};

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// The policy names the SHA-256 of [`STYLE`] and [`SCRIPT`]; a test compares them.
const HEAD: &str = concat!(
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ",
    "style-src 'sha256-+BWzN7iSw+EP+eBW0e7Ao1pfEBqmR6y4ga7eexhhgA8='; ",
    "script-src 'sha256-XkOoDYYweJg4aK4MrgT8RGZwXsaICelryBFDMWcbOEA='; ",
    "base-uri 'none'; form-action 'none'\">\n",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    "<meta name=\"referrer\" content=\"no-referrer\">\n",
    "<meta name=\"color-scheme\" content=\"light dark\">\n",
);

const FILTERS: &str = r#"<form class="filters" role="search" hidden>
<fieldset class="about"><legend>About</legend>
<label><input type="radio" name="about" value="all" checked>All</label>
<label><input type="radio" name="about" value="wire">Wire</label>
<label><input type="radio" name="about" value="crate">Crate</label>
<label><input type="radio" name="about" value="docs">Docs</label>
</fieldset>
<fieldset class="severities"><legend>Severity</legend>
<label><input type="checkbox" name="severity" value="breaking">Breaking</label>
<label><input type="checkbox" name="severity" value="risky">Risky</label>
<label><input type="checkbox" name="severity" value="safe">Safe</label>
<label><input type="checkbox" name="severity" value="none">None</label>
</fieldset>
<select name="operation" aria-label="Operation"><option value="">Any operation</option></select>
<input type="search" name="text" placeholder="Search" aria-label="Search" autocomplete="off" spellcheck="false">
<output class="count" aria-live="polite"></output>
<button type="button" class="theme" title="Light or dark (t)">Theme</button>
<button type="button" class="keys" title="Keys (?)">Keys</button>
</form>
"#;

const END: &str = r#"<p class="nothing" hidden>No edit matches the filters. <kbd>Esc</kbd> clears them.</p>
</main>
<dialog><h2>Keys</h2>
<dl><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous edit</dd>
<dt><kbd>Enter</kbd></dt><dd>open or close it</dd>
<dt><kbd>/</kbd></dt><dd>search</dd>
<dt><kbd>Esc</kbd></dt><dd>clear the filters</dd>
<dt><kbd>t</kbd></dt><dd>light or dark</dd>
<dt><kbd>?</kbd></dt><dd>this list</dd></dl>
<form method="dialog"><button>Close</button></form></dialog>
"#;

/// Acceptances that do nothing are seen at once, so many of them.
const OPEN: usize = 3;

pub fn render(report: &Report) -> String {
    let mut page = Markup::default();
    let sections = Sections::of(report);
    let mut rows = Rows::of(report);
    page.raw(HEAD);
    page.raw("<title>")
        .text(&headline::verdict(report), 200)
        .raw("</title>\n");
    page.raw("<style>")
        .raw(STYLE)
        .raw("</style>\n</head>\n<body>\n<main>\n");
    header(&mut page, report, &sections);
    warnings(&mut page, report);
    page.raw(FILTERS);
    for (section, list) in &sections.open {
        page.raw("<section><h2>").raw(section.title());
        page.raw(" <span class=\"of\">")
            .number(list.len())
            .raw("</span></h2>\n<p class=\"meaning\">");
        page.raw(section.meaning());
        if let Some(breaking) = section.breaking(list) {
            page.raw(" Breaking on the wire: ")
                .number(breaking)
                .raw(".");
        }
        page.raw("</p>\n");
        list.iter()
            .for_each(|row| rows.row(&mut page, row, section.is_grave()));
        page.raw("</section>\n");
    }
    accepted(&mut page, &mut rows, &sections.accepted);
    equivalent(&mut page, report);
    rows.long_lists(&mut page);
    page.raw(END);
    page.raw("<script type=\"application/json\" id=\"data\">")
        .json(&rows.data())
        .raw("</script>\n");
    page.raw("<script>")
        .raw(SCRIPT)
        .raw("</script>\n</body>\n</html>\n");
    page.finish()
}

fn header(page: &mut Markup, report: &Report, sections: &Sections<'_>) {
    page.raw("<header>\n<p class=\"title\">")
        .text(&report.title, 120);
    if report.base.version != report.head.version {
        page.raw(" <span>")
            .text(&report.base.version, 40)
            .raw(" → ");
        page.text(&report.head.version, 40).raw("</span>");
    }
    page.raw("</p>\n<h1>\n");
    let verdict = &report.verdict;
    page.raw("<span class=\"half ")
        .raw(verdict.wire.word())
        .raw("\"><small>Wire</small> ");
    page.text(&headline::wire(verdict), 80).raw("</span>\n");
    page.raw("<span class=\"half ")
        .raw(match verdict.fails_at_run_time {
            0 => class(verdict.surface),
            _ => "breaking",
        })
        .raw("\"><small>Crate</small> ");
    page.text(&headline::surface(report).replace("->", "→"), 120)
        .raw("</span>\n</h1>\n");
    page.raw("<ul class=\"causes\">\n");
    for cause in headline::causes(report) {
        self::cause(page, report, &cause, sections);
    }
    if let Some(version) = headline::version(report) {
        page.raw("<li><b>version</b> ")
            .prose(&version, 300)
            .raw("</li>\n");
    }
    page.raw("</ul>\n</header>\n");
}

fn cause(page: &mut Markup, report: &Report, cause: &Cause<'_>, sections: &Sections<'_>) {
    page.raw("<li><b>")
        .raw(cause.half)
        .raw("</b> ")
        .prose(&cause.text, 320);
    let mut rows = sections.open.iter().flat_map(|(_, rows)| rows);
    let place = headline::place(report, cause.row);
    if let (Some(at), Some(place)) = (rows.position(|row| std::ptr::eq(*row, cause.row)), place) {
        page.raw(" <a class=\"place\" href=\"#edit-")
            .number(at + 1)
            .raw("\">");
        page.text(&place, 160).raw("</a>");
    }
    page.raw("</li>\n");
}

fn warnings(page: &mut Markup, report: &Report) {
    if let Some((side, why)) = headline::crateless(report) {
        page.raw("<p class=\"warning\">The generator makes no crate of ");
        page.code(&side.name, 120).raw(": ").prose(why, 400);
        page.raw("</p>\n");
    }
    if let Some((side, why)) = headline::faulty(report) {
        page.raw("<p class=\"warning\">The generator rejects ");
        page.code(&side.name, 120).raw(": ").prose(why, 400);
        page.raw("</p>\n");
    }
    if let Some(side) = headline::incomplete(report) {
        left_out(page, side);
    }
    let (open, folded) = report.stale.split_at(report.stale.len().min(OPEN));
    for one in open {
        page.raw("<p class=\"warning\">");
        stale(page, one);
        page.raw("</p>\n");
    }
    if !folded.is_empty() {
        page.raw("<details class=\"warning\"><summary>")
            .number(folded.len());
        page.raw(" more acceptances have no effect</summary>\n");
        for one in folded {
            page.raw("<p>");
            stale(page, one);
            page.raw("</p>\n");
        }
        page.raw("</details>\n");
    }
}

fn stale(page: &mut Markup, stale: &Stale) {
    page.raw("The acceptance of ").code(&stale.fingerprint, 300);
    page.raw(" in line ")
        .number(stale.line)
        .raw(" of the review file has no effect: ");
    page.prose(&stale.why, 200)
        .raw(" <span class=\"dim\">(")
        .prose(&stale.reason, 200)
        .raw(")</span>");
}

fn left_out(page: &mut Markup, side: &Side) {
    page.raw("<details class=\"warning\"><summary>The crate of ")
        .code(&side.name, 120);
    let count = headline::operations(side.left_out.len());
    page.raw(" lacks ").text(&count, 60).raw("</summary><ul>\n");
    for operation in &side.left_out {
        page.raw("<li>").code(operation, 160).raw("</li>\n");
    }
    page.raw("</ul></details>\n");
}

fn accepted<'r>(page: &mut Markup, rows: &mut Rows<'r>, list: &[&'r Row]) {
    if list.is_empty() {
        return;
    }
    page.raw("<details class=\"fold\"><summary>Accepted <span class=\"of\">");
    page.number(list.len()).raw("</span></summary>\n");
    list.iter().for_each(|row| rows.row(page, row, false));
    page.raw("</details>\n");
}

fn equivalent(page: &mut Markup, report: &Report) {
    let Some(title) = headline::equivalent(report) else {
        return;
    };
    page.raw("<details class=\"fold\"><summary>")
        .text(&title, 80)
        .raw("</summary>\n<ul>\n");
    for edit in &report.equivalent {
        page.raw("<li>").prose(&edit.message, 200);
        page.raw(" <span class=\"place\">")
            .text(&edit.location.pointer, 200)
            .raw(" ")
            .text(&headline::lines(edit), 60)
            .raw("</span></li>\n");
    }
    page.raw("</ul></details>\n");
}
