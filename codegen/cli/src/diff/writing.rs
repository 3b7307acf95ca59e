//! Files that are written together: all of them or none, each whole, and none over what was compared.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process;

use crate::outcome::{Result, Unable, cannot};

/// A file to be written.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    pub file: PathBuf,
    pub text: String,
}

/// Where a text goes in the end.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    /// Past all links.
    File(PathBuf),
    /// `/dev/null` and its like, which must stay what they are.
    Special(PathBuf),
}

/// Writes beside the files and moves: a reader finds the old text or the new one, never a part.
/// What can fail is done before the first is moved. `inputs` are not to be written over.
pub fn write(files: &[Written], inputs: &[PathBuf]) -> Result<()> {
    let targets: Vec<Target> = files
        .iter()
        .map(|written| Target::of(&written.file))
        .collect::<Result<_>>()?;
    reject_inputs(files, &targets, inputs)?;
    reject_twins(files, &targets)?;
    let result = stage(files, &targets).and_then(|()| move_all(files, &targets));
    // After a failure, which is what is reported, something is left of it.
    for new in targets.iter().filter_map(Target::staged) {
        drop(fs::remove_file(new));
    }
    result
}

fn reject_inputs(files: &[Written], targets: &[Target], inputs: &[PathBuf]) -> Result<()> {
    let inputs: Vec<PathBuf> = inputs
        .iter()
        .filter_map(|input| input.canonicalize().ok())
        .collect();
    for (written, target) in files.iter().zip(targets) {
        if matches!(target, Target::File(path) if inputs.contains(path)) {
            return Err(Unable(format!(
                "{} is an input of the comparison and would be overwritten; nothing was written\n  \
                 help: name another file to write to",
                written.file.display()
            )));
        }
    }
    Ok(())
}

fn reject_twins(files: &[Written], targets: &[Target]) -> Result<()> {
    for (index, target) in targets.iter().enumerate() {
        let earlier = targets[..index].iter().position(|other| other == target);
        if let (Target::File(_), Some(earlier)) = (target, earlier) {
            let (one, two) = (files[earlier].file.display(), files[index].file.display());
            return Err(Unable(format!(
                "two outputs have the same file, {one} and {two}; nothing was written\n  \
                 help: name a file for each"
            )));
        }
    }
    Ok(())
}

fn stage(files: &[Written], targets: &[Target]) -> Result<()> {
    // What cannot be taken back comes last.
    let staged = |(_, target): &(&Written, &Target)| target.staged().is_some();
    let (plain, special): (Vec<_>, Vec<_>) = files.iter().zip(targets).partition(staged);
    for (Written { file, text }, target) in plain.into_iter().chain(special) {
        let result = match target {
            Target::Special(path) => fs::write(path, text),
            Target::File(path) => fs::write(beside(path), text),
        };
        result.map_err(|error| cannot("write", file, &error))?;
    }
    Ok(())
}

fn move_all(files: &[Written], targets: &[Target]) -> Result<()> {
    for (Written { file, .. }, target) in files.iter().zip(targets) {
        if let Target::File(path) = target {
            fs::rename(beside(path), path).map_err(|error| cannot("write", file, &error))?;
        }
    }
    Ok(())
}

impl Target {
    fn of(file: &Path) -> Result<Self> {
        let failed = |error: io::Error| cannot("write", file, &error);
        match fs::metadata(file) {
            Ok(metadata) if metadata.is_dir() => Err(Unable(format!(
                "cannot write {}: it is a folder\n  help: name a file in it",
                file.display()
            ))),
            Ok(metadata) if !metadata.is_file() => Ok(Self::Special(file.to_owned())),
            Ok(_) => file.canonicalize().map(Self::File).map_err(failed),
            Err(error) if error.kind() == ErrorKind::NotFound => new(file),
            Err(error) => Err(failed(error)),
        }
    }

    /// Where the text is until it is moved.
    fn staged(&self) -> Option<PathBuf> {
        match self {
            Self::File(path) => Some(beside(path)),
            Self::Special(_) => None,
        }
    }
}

/// A file that is not there yet, in a folder that is.
fn new(file: &Path) -> Result<Target> {
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    match (folder.canonicalize(), file.file_name()) {
        (Ok(folder), Some(name)) => Ok(Target::File(folder.join(name))),
        _ => Err(Unable(format!(
            "cannot write {}: there is no folder {}\n  help: make the folder first",
            file.display(),
            folder.display()
        ))),
    }
}

/// On the same file system, so that it can be moved.
fn beside(file: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(format!(".{}.new", process::id()));
    file.with_file_name(name)
}
