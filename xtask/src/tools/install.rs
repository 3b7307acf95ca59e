//! Finding other people's programs, and installing what is missing below `target/tools`. Knows nothing of what they check.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use super::{Result, Unable, cannot, root, run};

/// `target/tools`: everything that is installed for the checks, so that `cargo clean` removes it.
pub fn folder() -> PathBuf {
    target().join("tools")
}

/// Where Cargo builds the workspace.
pub fn target() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    root().join(target)
}

/// A program of the crate registry in the given version: in `target/tools/NAME`, where it is installed
/// unless it is on the `PATH`.
pub fn cargo_program(name: &str, package: &str, version: &str) -> Result<PathBuf> {
    let folder = folder().join(name);
    let file = format!("{package}{}", env::consts::EXE_SUFFIX);
    let installed = folder.join("bin").join(file);
    let known = [installed.clone(), PathBuf::from(package)];
    if let Some(program) = known.into_iter().find(|program| is(program, version)) {
        return Ok(program);
    }
    println!(
        "installing {package} {version} in {}: minutes",
        folder.display()
    );
    let mut install = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    install.args([
        "install",
        "--quiet",
        "--locked",
        "--force",
        "--version",
        version,
        "--root",
    ]);
    install.arg(&folder).arg(package);
    run(&mut install, CARGO_INSTALL_HELP)?;
    Ok(installed)
}

/// Whether the program can be started, and is of the version.
fn is(program: &Path, version: &str) -> bool {
    let output = Command::new(program).arg("--version").output();
    output.is_ok_and(|output| {
        let printed = String::from_utf8_lossy(&output.stdout);
        printed.split_whitespace().any(|word| word == version)
    })
}

/// The Python of the virtual environment `target/tools/NAME`, with what the requirements file asks for.
pub fn python(name: &str, requirements: &Path) -> Result<PathBuf> {
    let environment = folder().join(name);
    let executable = environment.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    install_once(&environment, &[requirements], || {
        let system = find(&["python3", "python"], PYTHON_HELP)?;
        run(
            Command::new(system)
                .args(["-m", "venv", "--clear"])
                .arg(&environment),
            VENV_HELP,
        )?;
        let mut pip = Command::new(&executable);
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ]);
        run(pip.arg(requirements), INSTALL_HELP)
    })?;
    Ok(executable)
}

/// `node`, and the folder `target/tools/NAME` with the packages of the lock file in `source` installed.
pub fn node(name: &str, source: &Path) -> Result<(PathBuf, PathBuf)> {
    let node = find(&["node"], NODE_HELP)?;
    let installation = folder().join(name);
    let files = ["package.json", "package-lock.json", ".npmrc"].map(|file| source.join(file));
    install_once(
        &installation,
        &files.each_ref().map(PathBuf::as_path),
        || {
            let npm = find(
                if cfg!(windows) {
                    &["npm.cmd"]
                } else {
                    &["npm"]
                },
                NODE_HELP,
            )?;
            for file in &files {
                let copy = installation.join(file.file_name().unwrap_or_default());
                fs::copy(file, copy).map_err(|error| cannot("read", file, &error))?;
            }
            let mut install = Command::new(npm);
            install.args([
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ]);
            run(install.current_dir(&installation), INSTALL_HELP)
        },
    )?;
    Ok((node, installation))
}

/// Installs into an emptied folder, unless it was installed there before from the same files.
fn install_once(
    folder: &Path,
    sources: &[&Path],
    install: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let stamp = folder.join("installed-from");
    let mut wanted = Vec::new();
    for source in sources {
        wanted.extend(fs::read(source).map_err(|error| cannot("read", source, &error))?);
    }
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| cannot("remove", folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| cannot("create", folder, &error))?;
    println!("installing {}", folder.display());
    install()?;
    // Last, so that an installation that was broken off is not taken for a whole one.
    fs::write(&stamp, wanted).map_err(|error| cannot("write", &stamp, &error))
}

/// The first of the programs that can be started.
fn find(names: &[&str], help: &str) -> Result<PathBuf> {
    let starts = |name: &&&str| {
        let version = Command::new(name)
            .arg("--version")
            .stdin(Stdio::null())
            .output();
        version.is_ok_and(|output| output.status.success())
    };
    match names.iter().find(starts) {
        Some(name) => Ok(PathBuf::from(name)),
        None => Err(Unable(format!(
            "`{}` was not found\n  help: {help}",
            names[0]
        ))),
    }
}

const NODE_HELP: &str =
    "install Node.js 20 or later (https://nodejs.org/), which brings npm with it";
const PYTHON_HELP: &str = "install Python 3.10 or later (https://www.python.org/)";
const VENV_HELP: &str =
    "on Debian and Ubuntu the module is a package of its own: apt-get install python3-venv";
const CARGO_INSTALL_HELP: &str =
    "it is built from the crate registry: is the network there, and this Rust not too old for it?";
const INSTALL_HELP: &str = "the packages are downloaded at the first run: is the network there?";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn installs_once_per_content_of_the_sources() {
        let scratch = env::temp_dir().join(format!("xtask-tools-{}", std::process::id()));
        let (folder, source) = (scratch.join("installed"), scratch.join("requirements.txt"));
        fs::create_dir_all(&scratch).unwrap();
        let installs = |succeeds: bool| {
            let mut called = false;
            let result = install_once(&folder, &[&source], || {
                called = true;
                if succeeds {
                    Ok(())
                } else {
                    Err(Unable("broken off".to_owned()))
                }
            });
            assert_eq!(result.is_ok(), succeeds || !called);
            called
        };

        fs::write(&source, "one").unwrap();
        assert!(installs(false), "nothing is there");
        assert!(installs(true), "what was broken off is done again");
        assert!(!installs(true), "nothing has changed");
        fs::write(&source, "two").unwrap();
        assert!(installs(true), "the sources have changed");
        fs::remove_dir_all(&scratch).unwrap();
    }

    #[test]
    fn a_program_of_another_version_is_another() {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(&cargo).arg("--version").output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let version = printed.split_whitespace().nth(1).unwrap();
        assert!(is(Path::new(&cargo), version));
        assert!(!is(Path::new(&cargo), "0.0.1"));
        assert!(!is(Path::new("no-such-program-anywhere"), version));
    }

    #[test]
    fn a_program_that_is_missing_comes_with_help() {
        let unable = find(&["no-such-program-anywhere"], "get it")
            .unwrap_err()
            .to_string();
        assert_eq!(
            unable,
            "`no-such-program-anywhere` was not found\n  help: get it"
        );
    }
}
