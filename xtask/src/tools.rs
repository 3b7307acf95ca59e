//! What the checks with other people's tools share: finding Node and Python, installing under `target/tools`, running commands.
//! Knows nothing of what is checked.

use std::{
    env, fmt, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, ExitCode, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

/// How a check ended that could be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was found.
    Fine,
    /// Something was found, and has been printed.
    Findings,
}

/// Why a check could not be made, with what to do about it.
#[derive(Debug)]
pub struct Unable(pub String);

/// The result of a check, or of a step on the way to it.
pub type Result<T> = std::result::Result<T, Unable>;

/// The exit code for the result of a check: 0 fine, 1 findings, 2 the check could not be made.
pub fn exit_code(result: Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(unable) => {
            eprintln!("error: {unable}");
            ExitCode::from(2)
        }
    }
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

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

/// Runs a command that has to succeed before the check can be made; what it printed is shown when it doesn't.
pub fn run(command: &mut Command, help: &str) -> Result<()> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| Unable(format!("{}: {error}", line(command))))?;
    if output.status.success() {
        return Ok(());
    }
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed);
    Err(Unable(format!(
        "`{}` failed ({})\n{}\n  help: {help}",
        line(command),
        output.status,
        printed.trim_end()
    )))
}

/// A command as a person would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// `cargo run` of one example, without what the caller's environment says about Cloudflare.
pub fn cargo_example(package: &str, example: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args([
        "run",
        "--quiet",
        "--package",
        package,
        "--example",
        example,
        "--",
    ]);
    command.current_dir(root());
    isolate(&mut command);
    command
}

/// Keeps a command to what it is told: no credentials of the caller's, and no proxy between it and the loopback address.
pub fn isolate(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("CLOUDFLARE_") {
            command.env_remove(name);
        }
    }
    command
        .env("NO_PROXY", "127.0.0.1")
        .env("no_proxy", "127.0.0.1")
        .stdin(Stdio::null());
}

/// A server that runs until this value is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Held open: a server that reads its standard input ends with this program, however that ends.
    _stdin: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Server {
    /// Starts the server and waits for the line that says where it listens; `address` finds it there.
    pub fn start(
        mut command: Command,
        address: impl Fn(&str) -> Option<String>,
    ) -> Result<(Self, String)> {
        isolate(&mut command);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let name = line(&command);
        let mut child = command
            .spawn()
            .map_err(|error| Unable(format!("{name}: {error}")))?;
        let lines = lines_of(&mut child);
        let server = Self {
            _stdin: child.stdin.take(),
            child,
            lines,
        };
        let mut printed = String::new();
        let deadline = Instant::now() + START_TIMEOUT;
        while let Ok(text) = server
            .lines
            .recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            if let Some(address) = address(&text) {
                return Ok((server, address));
            }
            printed.push_str(&text);
            printed.push('\n');
        }
        Err(Unable(format!(
            "`{name}` did not start to listen\n{}",
            printed.trim_end()
        )))
    }

    /// What the server has printed since it was last asked, after waiting for a line with the given text in it.
    pub fn printed_until(&self, text: &str, timeout: Duration) -> Vec<String> {
        let deadline = Instant::now() + timeout;
        let mut printed = Vec::new();
        while let Ok(line) = self
            .lines
            .recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            let found = line.contains(text);
            printed.push(line);
            if found {
                break;
            }
        }
        printed.extend(self.lines.try_iter());
        printed
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, and there is nobody to tell more to.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Both outputs of a child, read all the time: a full pipe would stop it.
fn lines_of(child: &mut Child) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    let outputs = [
        child
            .stdout
            .take()
            .map(|pipe| Box::new(pipe) as Box<dyn std::io::Read + Send>),
        child
            .stderr
            .take()
            .map(|pipe| Box::new(pipe) as Box<dyn std::io::Read + Send>),
    ];
    for output in outputs.into_iter().flatten() {
        let sender = sender.clone();
        thread::spawn(move || {
            for line in BufReader::new(output)
                .lines()
                .map_while(std::result::Result::ok)
            {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
    }
    receiver
}

/// A file that could not be read, written or removed.
pub fn cannot(verb: &str, path: &Path, error: &std::io::Error) -> Unable {
    Unable(format!("cannot {verb} {}: {error}", path.display()))
}

impl fmt::Display for Unable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

const START_TIMEOUT: Duration = Duration::from_secs(60);
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
    fn a_server_that_ends_is_reported_with_what_it_printed() {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.arg("--version");
        let started = Server::start(command, |_| None);
        let unable = started
            .err()
            .map(|unable| unable.to_string())
            .unwrap_or_default();
        assert!(unable.contains("did not start to listen"), "{unable}");
        assert!(unable.contains("cargo 1."), "{unable}");
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
