//! What GitHub does with a workflow on a pull request, for ours: the steps as they stand in the file, in the environment
//! that a runner gives them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::place::Run;
use tests::workspace;

use super::expression::Context;
use crate::review_comment::github::{GitHub, TOKEN};

pub const PULL_REQUEST: u64 = 7;

/// A machine with the pull request's merge checked out.
pub struct Runner<'g> {
    github: &'g GitHub,
    folder: TempDir,
    /// Of the push before, if there was one.
    pub before: String,
}

/// How a job ended.
#[derive(Debug, Default)]
pub struct Job {
    pub steps: Vec<Step>,
    /// The page of the run.
    pub summary: String,
    /// By name, texts by the names of files.
    pub artifacts: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Debug)]
pub struct Step {
    pub name: String,
    /// `success`, `failure` or `skipped`.
    pub outcome: &'static str,
    pub stdout: String,
    pub stderr: String,
}

impl<'g> Runner<'g> {
    /// With `topic` merged into `main` of a repository, as GitHub has it for each push.
    pub fn on(github: &'g GitHub, repository: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let runner = Self {
            github,
            folder,
            before: String::new(),
        };
        for folder in ["bin", "temp", "files"] {
            std::fs::create_dir(runner.path(folder)).expect("the folder can be made");
        }
        let origin = repository.display().to_string();
        runner.git(&["clone", "--quiet", &origin, "checkout"]);
        let checkout = ["-C", "checkout"];
        runner.git(
            &[
                &checkout[..],
                &["checkout", "--quiet", "--detach", "origin/main"],
            ]
            .concat(),
        );
        let merge = ["merge", "--quiet", "--no-ff", "--no-edit", "origin/topic"];
        runner.git(&[&checkout[..], &merge].concat());
        // What is on every machine of GitHub, and would install a toolchain here.
        runner.program("rustup", "#!/bin/sh\n");
        runner
    }

    /// A program that the steps find before all others.
    pub fn program(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.path("bin").join(name);
        std::fs::write(&path, script).expect("the program can be written");
        let executable = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(path, executable).expect("it is ours");
    }

    /// Runs the one job of a workflow on pull requests, which calls another of the same repository.
    pub fn run(&self, caller: &str) -> Job {
        let caller = self.workflow(caller);
        assert_eq!(caller["on"], "pull_request");
        let jobs = caller["jobs"].as_object().expect("there are jobs");
        let job = jobs.values().next().expect("there is a job");
        let called = job["uses"].as_str().expect("it calls a workflow");
        let called = called.strip_prefix("./").expect("it is of this repository");
        let called = self.workflow(called);
        let wanted = &called["jobs"]["review"]["permissions"];
        assert_eq!(job["permissions"], *wanted, "what is called gets no more");
        self.run_called(&called, &job["with"])
    }

    fn run_called(&self, workflow: &Value, with: &Value) -> Job {
        let inputs = inputs(&workflow["on"]["workflow_call"]["inputs"], with);
        let job = &workflow["jobs"]["review"];
        let mut context = Context {
            values: json!({
                "github": {
                    "event": self.event(),
                    "run_id": "1",
                    "server_url": "https://github.com",
                    "token": TOKEN,
                },
                "inputs": inputs,
                "job": { "workflow_repository": "octocat/sdk", "workflow_sha": "0123abc" },
                "runner": { "temp": self.path("temp") },
                "steps": {},
            }),
            has_failed: false,
        };
        let mut done = Job::default();
        for step in job["steps"].as_array().expect("there are steps") {
            self.step(job, step, &mut context, &mut done);
        }
        done
    }

    fn step(&self, job: &Value, step: &Value, context: &mut Context, done: &mut Job) {
        let name = step["name"].as_str().unwrap_or_default();
        let mut ended = Step {
            name: name.to_owned(),
            outcome: "skipped",
            stdout: String::new(),
            stderr: String::new(),
        };
        let mut outputs = json!({});
        if context.holds(step["if"].as_str()) {
            let is_fine = match (step["run"].as_str(), step["uses"].as_str()) {
                (Some(script), _) => {
                    let run = self.script(script, job, step, context);
                    (ended.stdout, ended.stderr) = (run.stdout, run.stderr);
                    outputs = self.outputs();
                    done.summary.push_str(&self.taken("summary"));
                    run.code == Some(0)
                }
                // The pull request is there already.
                (_, Some(action)) if action.starts_with("actions/checkout@") => true,
                (_, Some(action)) if action.starts_with("actions/upload-artifact@") => {
                    done.artifacts.extend(self.uploaded(&step["with"], context));
                    true
                }
                (_, action) => panic!("{action:?} is known"),
            };
            ended.outcome = if is_fine { "success" } else { "failure" };
            context.has_failed |= !is_fine;
        }
        if let Some(id) = step["id"].as_str() {
            context.values["steps"][id] = json!({ "outputs": outputs, "outcome": ended.outcome });
        }
        done.steps.push(ended);
    }

    fn script(&self, script: &str, job: &Value, step: &Value, context: &Context) -> Run {
        let defaults = &job["defaults"]["run"];
        assert_eq!(defaults["shell"], "bash");
        let folder = defaults["working-directory"].as_str().unwrap_or(".");
        let folder = self.path("checkout").join(context.filled(folder));
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(folder)
            .env_clear()
            .envs(self.environment());
        for variables in [&job["env"], &step["env"]] {
            for (name, value) in variables.as_object().into_iter().flatten() {
                bash.env(name, context.filled(value.as_str().unwrap_or_default()));
            }
        }
        Run::of(&mut bash)
    }

    /// What every step finds; the token is in none of it.
    fn environment(&self) -> Vec<(&'static str, OsString)> {
        let event = self.path("files").join("event.json");
        std::fs::write(&event, self.event().to_string()).expect("it can be written");
        let mut path = self.path("bin").into_os_string();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut variables = vec![
            ("PATH", path),
            ("CI", "true".into()),
            ("GITHUB_ACTIONS", "true".into()),
            ("GITHUB_API_URL", self.github.url.clone().into()),
            ("GITHUB_BASE_REF", "main".into()),
            ("GITHUB_EVENT_NAME", "pull_request".into()),
            ("GITHUB_EVENT_PATH", event.into()),
            ("GITHUB_HEAD_REF", "topic".into()),
            ("GITHUB_OUTPUT", self.path("files").join("output").into()),
            (
                "GITHUB_REF",
                format!("refs/pull/{PULL_REQUEST}/merge").into(),
            ),
            ("GITHUB_REPOSITORY", "octocat/pets".into()),
            ("GITHUB_SERVER_URL", "https://github.com".into()),
            (
                "GITHUB_STEP_SUMMARY",
                self.path("files").join("summary").into(),
            ),
            ("GITHUB_WORKSPACE", self.path("checkout").into()),
            ("RUNNER_TEMP", self.path("temp").into()),
            ("NO_PROXY", "127.0.0.1".into()),
            ("SCHEMA_REVIEW_TODAY", "2026-11-22".into()),
            // A repository around the temporary folder is not the test's.
            ("GIT_CEILING_DIRECTORIES", std::env::temp_dir().into()),
        ];
        // Where cargo is, and its toolchains.
        for name in ["HOME", "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"] {
            variables.extend(std::env::var_os(name).map(|value| (name, value)));
        }
        variables
    }

    fn event(&self) -> Value {
        json!({
            "action": "synchronize",
            "before": self.before,
            "number": PULL_REQUEST,
            "pull_request": { "number": PULL_REQUEST },
        })
    }

    /// `name=value` on each line.
    fn outputs(&self) -> Value {
        let text = self.taken("output");
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        pairs
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }

    /// What a step has written, which the next does not find.
    fn taken(&self, name: &str) -> String {
        let file = self.path("files").join(name);
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        drop(std::fs::remove_file(file));
        text
    }

    fn uploaded(
        &self,
        with: &Value,
        context: &Context,
    ) -> Option<(String, BTreeMap<String, String>)> {
        let value = |name: &str| context.filled(with[name].as_str().expect(name));
        let path = value("path");
        let (folder, pattern) = path.rsplit_once('/').expect("it is in a folder");
        let ending = pattern.strip_prefix('*').expect("it is a pattern");
        let files = workspace::files(Path::new(folder));
        let files = files.iter().filter_map(|file| {
            let name = file.file_name()?.to_str()?;
            name.ends_with(ending)
                .then(|| (name.to_owned(), workspace::read(file)))
        });
        let files: BTreeMap<String, String> = files.collect();
        let name = value("name");
        assert!(
            !name.contains(['/', '"', ':']),
            "{name} is a name of an artifact"
        );
        assert!(!files.is_empty() || value("if-no-files-found") == "ignore");
        (!files.is_empty()).then_some((name, files))
    }

    fn workflow(&self, path: &str) -> Value {
        let text = workspace::read(&self.path("checkout").join(path));
        serde_yaml::from_str(&text).expect("the workflow is YAML")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(arguments)
            .current_dir(self.folder.path())
            .envs(crate::diff::repository::IDENTITY);
        let run = Run::of(&mut git);
        assert_eq!(run.code, Some(0), "git {arguments:?}: {}", run.stderr);
    }
}

impl Job {
    pub fn step(&self, name: &str) -> &Step {
        let step = self.steps.iter().find(|step| step.name == name);
        step.unwrap_or_else(|| panic!("there is no step {name}: {self:#?}"))
    }

    /// Each step that has a name, and how it ended.
    pub fn outcomes(&self) -> String {
        let named = self.steps.iter().filter(|step| !step.name.is_empty());
        let lines = named.map(|step| format!("{}: {}\n", step.name, step.outcome));
        lines.collect()
    }
}

/// The caller's, and what holds without them. Another than the workflow has is rejected by GitHub.
fn inputs(known: &Value, with: &Value) -> Value {
    let known = known.as_object().expect("there are inputs");
    let defaults = known
        .iter()
        .map(|(name, input)| (name.clone(), input["default"].clone()));
    let mut inputs: serde_json::Map<_, _> = defaults.collect();
    for (name, value) in with.as_object().into_iter().flatten() {
        assert!(inputs.contains_key(name), "`{name}` is an input");
        inputs.insert(name.clone(), value.clone());
    }
    inputs.into()
}
