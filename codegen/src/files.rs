//! Files as a value, and the one place that writes them or compares them with the disk.
//!
//! The output folder belongs to the generator. What it holds is listed in a file of its own
//! (`.generated`), so that a file that the generator did not write is never touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::threads::share_out;

/// Path (with `/`, below the output folder) to text.
pub type Files = BTreeMap<String, String>;

/// The same, as it lies elsewhere.
type View<'a> = BTreeMap<&'a str, &'a str>;

/// The list of the generator's files in the folder.
pub const LIST: &str = ".generated";

/// What distinguishes the folder of new files from somebody else's.
const MARK: &str = ".generating";

/// Below the folder of new files: the old ones, until all new ones are in place.
const OLD: &str = ".old";

/// What writing did, or what a check found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Not on the disk.
    pub missing: Vec<String>,
    /// On the disk with another text.
    pub stale: Vec<String>,
    /// On the disk, and no longer generated.
    pub orphans: Vec<String>,
    /// On the disk, and never the generator's.
    pub strangers: Vec<String>,
    pub unchanged: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{} holds files that the generator did not write:\n{}", .folder.display(), list(.files))]
    Strangers { folder: PathBuf, files: Vec<String> },
    #[error("{} is a file, not a folder", .0.display())]
    NoFolder(PathBuf),
    #[error("cannot {action} {}: {source}", .path.display())]
    Io {
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
}

impl Difference {
    /// How many files are not as they should be.
    pub fn count(&self) -> usize {
        let lists = [&self.missing, &self.stale, &self.orphans, &self.strangers];
        lists.iter().map(|list| list.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }
}

/// Compares without touching the disk.
pub fn compare(folder: &Path, files: &Files) -> Result<Difference, Error> {
    compare_beside(folder, files, &[])
}

/// The same, where other files are somebody's own.
pub fn compare_beside(folder: &Path, files: &Files, own: &[String]) -> Result<Difference, Error> {
    let folder = &followed(folder)?;
    let list = list_of(files);
    compare_all(folder, &with_list(files, &list), own)
}

/// Makes the folder hold these files and no others. What can fail is done first, in a folder
/// beside it, so that a failure leaves the old files as they were.
pub fn write(folder: &Path, files: &Files) -> Result<Difference, Error> {
    write_beside(folder, files, &[])
}

/// The same, where other files are somebody's own: they stay as they are.
pub fn write_beside(folder: &Path, files: &Files, own: &[String]) -> Result<Difference, Error> {
    let folder = &followed(folder)?;
    let list = list_of(files);
    let files = &with_list(files, &list);
    let difference = compare_all(folder, files, own)?;
    reject_strangers(folder, files, &difference)?;
    if difference.is_empty() {
        return Ok(difference);
    }
    let changed: Vec<&String> = difference.missing.iter().chain(&difference.stale).collect();
    let staging = staging(folder);
    reject_foreign_staging(&staging)?;
    let staged = stage(&staging, &changed, files).and_then(|()| {
        if folder.exists() {
            commit(&staging, folder, &changed, &difference.orphans)
        } else {
            commit_whole(&staging, folder)
        }
    });
    let cleaned = remove_all(&staging);
    staged?;
    cleaned?;
    Ok(difference)
}

/// The folder that a link leads to, so that what is moved into it stays on its file system; and by its name, what is
/// called `.` or `..`.
fn followed(folder: &Path) -> Result<PathBuf, Error> {
    if folder.is_symlink() || folder.file_name().is_none() {
        fs::canonicalize(folder).map_err(failed("follow", folder))
    } else {
        Ok(folder.to_owned())
    }
}

fn compare_all(folder: &Path, files: &View<'_>, own: &[String]) -> Result<Difference, Error> {
    if folder.is_file() {
        return Err(Error::NoFolder(folder.to_owned()));
    }
    let mut difference = Difference::default();
    if !folder.exists() {
        difference.missing = files.keys().map(|path| (*path).to_owned()).collect();
        return Ok(difference);
    }
    let all = Vec::from_iter(files);
    let found = share_out(&all, |(path, text)| {
        let found = read(&folder.join(path))?;
        Ok(found.map(|found| found == text.as_bytes()))
    });
    for ((path, _), found) in all.into_iter().zip(found) {
        match found? {
            None => difference.missing.push((*path).to_owned()),
            Some(true) => difference.unchanged += 1,
            Some(false) => difference.stale.push((*path).to_owned()),
        }
    }
    let known = known(folder)?;
    let others = present(folder)?
        .into_iter()
        .filter(|path| !files.contains_key(path.as_str()) && !own.contains(path));
    (difference.orphans, difference.strangers) = others.partition(|path| known.contains(path));
    Ok(difference)
}

/// A file in the way that no earlier run listed belongs to somebody else.
fn reject_strangers(folder: &Path, files: &View<'_>, difference: &Difference) -> Result<(), Error> {
    let known = known(folder)?;
    let stranger = |path: &&String| *path != LIST && !known.contains(*path);
    let in_the_way = difference.stale.iter().filter(stranger);
    let mut strangers: BTreeSet<String> =
        in_the_way.chain(&difference.strangers).cloned().collect();
    strangers.extend(blocked(folder, files));
    if strangers.is_empty() {
        return Ok(());
    }
    Err(Error::Strangers {
        folder: folder.to_owned(),
        files: strangers.into_iter().collect(),
    })
}

/// The folder of new files is emptied, and so it must not be somebody else's.
fn reject_foreign_staging(staging: &Path) -> Result<(), Error> {
    let files = present(staging)?;
    if files.is_empty() || files.iter().any(|file| file == MARK || file == LIST) {
        Ok(())
    } else {
        Err(Error::Strangers {
            folder: staging.to_owned(),
            files,
        })
    }
}

/// Files where the crate needs a folder.
fn blocked(folder: &Path, files: &View<'_>) -> BTreeSet<String> {
    let parents = files
        .keys()
        .filter_map(|path| Some(path.rsplit_once('/')?.0));
    let parents: BTreeSet<&str> = parents.collect();
    let file = |parent: &&str| folder.join(parent).is_file();
    parents
        .into_iter()
        .filter(file)
        .map(str::to_owned)
        .collect()
}

fn stage(staging: &Path, changed: &[&String], files: &View<'_>) -> Result<(), Error> {
    remove_all(staging)?;
    fs::create_dir_all(staging).map_err(failed("create", staging))?;
    let mark = staging.join(MARK);
    fs::write(&mark, "").map_err(failed("write", &mark))?;
    let mut made = staging.to_owned();
    for path in changed {
        let target = staging.join(path);
        let parent = target.parent().unwrap_or(staging);
        if made != parent {
            fs::create_dir_all(parent).map_err(failed("create", parent))?;
            made = parent.to_owned();
        }
    }
    let written = share_out(changed, |path| {
        let target = staging.join(path);
        fs::write(&target, files[path.as_str()]).map_err(failed("write", &target))
    });
    written.into_iter().collect()
}

/// A folder that is new is moved into place as one.
fn commit_whole(staging: &Path, folder: &Path) -> Result<(), Error> {
    // Its list still says whose it is.
    let mark = staging.join(MARK);
    fs::remove_file(&mark).map_err(failed("remove", &mark))?;
    fs::rename(staging, folder).map_err(failed("write", folder))
}

/// Moves the new files into place, keeping the old ones beside until all are there.
fn commit(
    staging: &Path,
    folder: &Path,
    changed: &[&String],
    orphans: &[String],
) -> Result<(), Error> {
    let old = staging.join(OLD);
    let mut done: Vec<&String> = Vec::new();
    let result = changed.iter().copied().chain(orphans).try_for_each(|path| {
        done.push(path);
        let target = folder.join(path);
        if target.exists() {
            rename(&target, &old.join(path))?;
        }
        if orphans.contains(path) {
            Ok(())
        } else {
            rename(&staging.join(path), &target)
        }
    });
    if result.is_err() {
        for path in done {
            restore(&old.join(path), &folder.join(path));
        }
    }
    for path in orphans {
        remove_empty_folders(folder, path);
    }
    result
}

fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    let parent = to.parent().unwrap_or(to);
    fs::create_dir_all(parent).map_err(failed("create", parent))?;
    fs::rename(from, to).map_err(failed("write", to))
}

/// Best effort: the failure that led here is the one to report.
fn restore(old: &Path, target: &Path) {
    if old.exists() {
        drop(fs::rename(old, target))
    } else {
        drop(fs::remove_file(target))
    }
}

fn remove_empty_folders(folder: &Path, path: &str) {
    let mut parent = Path::new(path).parent();
    while let Some(relative) = parent.filter(|p| !p.as_os_str().is_empty()) {
        if fs::remove_dir(folder.join(relative)).is_err() {
            return;
        }
        parent = relative.parent();
    }
}

/// A sibling of the folder, on the same file system, so that files can be moved.
fn staging(folder: &Path) -> PathBuf {
    let name = folder
        .file_name()
        .map_or_else(Default::default, |n| n.to_string_lossy().into_owned());
    folder.with_file_name(format!(".{name}.new"))
}

/// All files of the folder, the list of them among them.
fn with_list<'a>(files: &'a Files, list: &'a str) -> View<'a> {
    let files = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    files.chain([(LIST, list)]).collect()
}

fn list_of(files: &Files) -> String {
    let mut list: String =
        "# The generator's files in this folder. It does not run beside any others.\n".to_owned();
    for path in files.keys() {
        list.push_str(path);
        list.push('\n');
    }
    list
}

/// What is the generator's: as the folder lists it, and as an earlier run did that was ended between
/// two files.
fn known(folder: &Path) -> Result<BTreeSet<String>, Error> {
    let mut known = listed(folder)?;
    known.extend(listed(&staging(folder).join(OLD))?);
    Ok(known)
}

fn listed(folder: &Path) -> Result<BTreeSet<String>, Error> {
    let text = read(&folder.join(LIST))?.unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    Ok(text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(str::to_owned)
        .collect())
}

/// The files in the folder but those that Cargo makes, and what a version control keeps.
fn present(folder: &Path) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let mut pending = vec![String::new()];
    while let Some(relative) = pending.pop() {
        let path = folder.join(&relative);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed("read", &path)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed("read", &path))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let below = match relative.as_str() {
                "" => name.clone(),
                _ => format!("{relative}/{name}"),
            };
            if relative.is_empty() && ["target", "Cargo.lock", ".git"].contains(&name.as_str()) {
                continue;
            }
            if entry.file_type().map_err(failed("read", &path))?.is_dir() {
                pending.push(below)
            } else {
                found.push(below)
            }
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if path.is_dir() || error.kind() == io::ErrorKind::NotADirectory => Ok(None),
        Err(error) => Err(failed("read", path)(error)),
    }
}

fn remove_all(path: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed("remove", path)(error)),
        _ => Ok(()),
    }
}

fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io {
        action,
        path,
        source,
    }
}

fn list(files: &[String]) -> String {
    const SHOWN: usize = 10;
    let mut lines: Vec<String> = files
        .iter()
        .take(SHOWN)
        .map(|file| format!("  {file}"))
        .collect();
    if files.len() > SHOWN {
        lines.push(format!("  and {} more", files.len() - SHOWN));
    }
    lines.join("\n")
}
