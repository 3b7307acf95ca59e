//! The lock on the disk: the names that were inferred, beside the document.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Writes it where it differs, and says whether it did. The crate is there either way, so that a folder of documents that only
/// can be read fails nothing.
pub fn write(path: &Path, text: &str) -> Result<bool, String> {
    if is_same(path, text)? {
        return Ok(false);
    }
    // Who may write everywhere is not asked to.
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = fs::metadata(folder.unwrap_or(Path::new(".")));
    if folder.is_ok_and(|folder| folder.permissions().readonly()) {
        let error = io::Error::from(ErrorKind::PermissionDenied);
        return Err(cannot("write", path, &error));
    }
    fs::write(path, text).map_err(|error| cannot("write", path, &error))?;
    Ok(true)
}

/// A file that is named where it cannot be is an error before anything is written.
pub fn find_folder(path: &Path) -> Result<(), String> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    match folder {
        Some(folder) if !folder.is_dir() => Err(format!(
            "the lock {} cannot be written: there is no folder {}",
            path.display(),
            folder.display()
        )),
        _ => Ok(()),
    }
}

/// What is wrong with it.
pub fn compare(path: &Path, text: &str) -> Result<(), String> {
    let shown = path.display();
    if is_same(path, text)? {
        Ok(())
    } else if path.exists() {
        Err(format!("{shown} has not the names of the crate"))
    } else {
        Err(format!(
            "{shown} is missing: it keeps the names of the crate"
        ))
    }
}

/// Line ends aside, which a version control may write in its own way.
fn is_same(path: &Path, text: &str) -> Result<bool, String> {
    match fs::read_to_string(path) {
        Ok(known) => Ok(known.lines().eq(text.lines())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(cannot("read", path, &error)),
    }
}

fn cannot(action: &str, path: &Path, error: &io::Error) -> String {
    format!(
        "cannot {action} {}: {error}; the names of the crate are kept only there (`--lock FILE` names another file)",
        path.display()
    )
}
