//! A real browser, without a window: it loads a page, runs it, and says what became of it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Set where the tests must not be skipped for want of a browser.
const REQUIRED: &str = "REQUIRE_CHROMIUM";
/// The browser, if it is not found by its name.
const PROGRAM: &str = "CHROMIUM";
/// A folder for screenshots.
const SCREENSHOTS: &str = "SCREENSHOTS";

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

pub struct Browser {
    program: PathBuf,
    folder: tempfile::TempDir,
}

impl Browser {
    /// There may be none on the machine of whoever runs the tests; that is said.
    pub fn find() -> Option<Self> {
        let named = std::env::var_os(PROGRAM).map(PathBuf::from);
        let program = named.or_else(|| NAMES.iter().find_map(|name| on_path(name)));
        if program.is_none() {
            let required = std::env::var_os(REQUIRED).is_some();
            assert!(
                !required,
                "{REQUIRED} is set, and no Chromium is on the PATH"
            );
            println!("SKIPPED: no Chromium is on the PATH; {PROGRAM} may name one");
        }
        Some(Self {
            program: program?,
            folder: tempfile::tempdir().expect("a folder"),
        })
    }

    /// The document after its scripts ran.
    pub fn dump(&self, page: &str) -> String {
        let output = self.run(page, &["--dump-dom"]);
        String::from_utf8(output.stdout).expect("it is text")
    }

    /// A picture in the folder that the variable `SCREENSHOTS` names, if that is set.
    pub fn screenshot(&self, page: &str, name: &str, width: u32, height: u32) {
        if let Some(folder) = std::env::var_os(SCREENSHOTS) {
            let file = Path::new(&folder).join(format!("{name}.png"));
            self.picture(page, &file, width, height);
        }
    }

    /// A picture of the top of the page.
    pub fn picture(&self, page: &str, file: &Path, width: u32, height: u32) {
        let (file, size) = (
            format!("--screenshot={}", file.display()),
            format!("--window-size={width},{height}"),
        );
        self.run(page, &[&file, &size, "--hide-scrollbars"]);
    }

    fn run(&self, page: &str, arguments: &[&str]) -> Output {
        let file = self.folder.path().join("page.html");
        std::fs::write(&file, page).expect("the page is written");
        let profile = self.folder.path().join("profile");
        let output = Command::new(&self.program)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
            ])
            .args([
                "--disable-quic",
                "--disable-sync",
                "--disable-component-update",
            ])
            .args(["--disable-background-networking", "--disable-dev-shm-usage"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .args(arguments)
            .arg(format!("file://{}", file.display()))
            .output()
            .expect("the browser starts");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        output
    }
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let programs = std::env::split_paths(&path).map(|folder| folder.join(name));
    programs.into_iter().find(|program| program.is_file())
}
