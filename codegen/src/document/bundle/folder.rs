//! Where the other files of a document are read from.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::Source;
use crate::document::load;

/// The folder that a document is in, with the other files that it may refer to.
///
/// Paths are seen from the folder, with `/` between their parts and without `.` and `..`, except for
/// `..` at their beginning.
pub trait Folder: fmt::Debug + Send + Sync {
    /// The name of the document itself.
    fn document(&self) -> &str;

    /// The file at a path.
    fn read(&self, path: &str) -> Result<Found, Unreadable>;
}

/// A file of the folder.
#[derive(Debug)]
pub struct Found {
    /// The shortest path of it: `pet.yaml` where `../schemas/pet.yaml` was asked for.
    pub path: String,
    pub source: Source,
}

/// Why a file is not read.
#[derive(Debug)]
pub enum Unreadable {
    /// It is not below the folder.
    Outside,
    Missing,
    Other(String),
}

/// A folder of the file system.
#[derive(Debug)]
pub struct Disk {
    /// As reports call it.
    written: PathBuf,
    document: String,
    /// The folder itself first; past symbolic links.
    allowed: Vec<PathBuf>,
}

impl Disk {
    /// The folder of a document, which reports call by the name; files of the other folders may be
    /// referred to, too.
    pub fn of(document: &Path, name: &str, others: &[PathBuf]) -> Self {
        let written = Path::new(name).parent().unwrap_or(Path::new("")).to_owned();
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        let folder = document
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let folders = std::iter::once(folder).chain(others.iter().map(PathBuf::as_path));
        Self {
            allowed: folders
                .filter_map(|folder| folder.canonicalize().ok())
                .collect(),
            document: name.into_owned(),
            written,
        }
    }
}

impl Folder for Disk {
    fn document(&self) -> &str {
        &self.document
    }

    fn read(&self, path: &str) -> Result<Found, Unreadable> {
        let other = |error: std::io::Error| Unreadable::Other(error.to_string());
        let Some(folder) = self.allowed.first() else {
            return Err(Unreadable::Missing);
        };
        let file = match folder.join(path).canonicalize() {
            Ok(file) => file,
            // Of what is outside it is not said whether it is there.
            Err(_) if is_above(path) && self.allowed.len() == 1 => return Err(Unreadable::Outside),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Unreadable::Missing);
            }
            Err(error) => return Err(other(error)),
        };
        if !self.allowed.iter().any(|folder| file.starts_with(folder)) {
            return Err(Unreadable::Outside);
        }
        if !file.is_file() {
            return Err(Unreadable::Other("it is no file".to_owned()));
        }
        // A way out of the folder and back in leads to the same file.
        let inside = file.strip_prefix(folder).ok().filter(|_| is_above(path));
        let path = inside.map_or(path.to_owned(), |inside| {
            let parts = inside.iter().map(|part| part.to_string_lossy());
            parts.collect::<Vec<_>>().join("/")
        });
        let bytes = fs::read(&file).map_err(other)?;
        let text = load::text(bytes).map_err(Unreadable::Other)?;
        let name = self.written.join(&path).display().to_string();
        let source = Source::new(name, text);
        Ok(Found { path, source })
    }
}

fn is_above(path: &str) -> bool {
    path == ".." || path.starts_with("../")
}
