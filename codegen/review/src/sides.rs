//! The two sides of a comparison as they are read: the plain document, and as much of a crate as can be planned.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use crate::parallel;
use crate::report::{OtherFile, Side};
use codegen::api::lower;
use codegen::diagnostic::{Diagnostics, Rejected, Severity, Source};
use codegen::document::{self, Document, Folder, Plain};
use codegen::lock::Lock;
use codegen::part::Selection;
use codegen::policy::Policy;
use codegen::rust::{Crate, plan};

/// One side of a comparison, as the caller has it.
#[derive(Debug, Default)]
pub struct Input {
    /// The document. Its name is what reports call it: `schema/billing.yaml`, or
    /// `main:schema/billing.yaml`.
    pub document: Arc<Source>,
    /// The policy file that goes with it, if there is one.
    pub policy: Option<Arc<Source>>,
    /// The names that were inferred for it before, if they are written down.
    pub lock: Option<Arc<Source>>,
    /// Where the files are that it refers to, if they can be read.
    pub folder: Option<Arc<dyn Folder>>,
    /// Overlays, in the order in which they are applied.
    pub overlays: Vec<Arc<Source>>,
    /// Where the document is in the working tree, if it is there.
    pub path: Option<PathBuf>,
    /// The document does not exist; this one stands for it, and reports show none of its lines.
    pub absent: bool,
}

/// Both sides, as far as they could be read.
#[derive(Debug)]
pub struct Sides {
    pub base: Loaded,
    pub head: Loaded,
}

/// A side as far as it could be read.
#[derive(Debug)]
pub struct Loaded {
    pub plain: Plain,
    pub policy: Option<Arc<Source>>,
    /// The crate, unless the generator rejects the document.
    pub planned: Option<Planned>,
    /// The version of the crate in the policy file.
    pub version: Option<semver::Version>,
    pub absent: bool,
    /// What the report says of it.
    pub about: Side,
}

/// What a document was turned into.
#[derive(Debug)]
pub struct Planned {
    pub policy: Policy,
    pub sdk: Crate,
    /// Operations that the crate lacks, as `METHOD /path`.
    pub left_out: Vec<String>,
}

/// Reads both sides at once. A document that is not one at all is rejected.
pub fn read(base: &Input, head: &Input, diagnostics: &mut Diagnostics) -> Result<Sides, Rejected> {
    let (mut base_problems, mut head_problems) = (Diagnostics::default(), Diagnostics::default());
    let (base, head) = parallel::both(
        || Loaded::read(base, base.lock.as_ref(), &mut base_problems),
        // What the base has kept stays until the head keeps something else.
        || {
            Loaded::read(
                head,
                head.lock.as_ref().or(base.lock.as_ref()),
                &mut head_problems,
            )
        },
    );
    diagnostics.extend(base_problems);
    diagnostics.extend(head_problems);
    Ok(Sides {
        base: base?,
        head: head?,
    })
}

impl Input {
    /// Whether nothing differs, in no file, not even by a space.
    pub fn is_same(&self, other: &Self) -> bool {
        let text = |file: &Option<Arc<Source>>| file.as_ref().map(|file| file.text.clone());
        let own = |input: &Self| (text(&input.policy), text(&input.lock));
        let overlays = |input: &Self| Vec::from_iter(input.overlays.iter().map(Arc::clone));
        let (one, two) = (overlays(self), overlays(other));
        let same =
            one.len() == two.len() && one.iter().zip(&two).all(|(one, two)| one.text == two.text);
        if !same || self.document.text != other.document.text || own(self) != own(other) {
            return false;
        }
        if !document::refers_elsewhere(&self.document.text) {
            return true;
        }
        let plain = |input: &Self| input.plain(&mut Diagnostics::default());
        match (plain(self), plain(other)) {
            (Ok(one), Ok(two)) => one.is_text_of(&two),
            _ => true,
        }
    }

    fn plain(&self, diagnostics: &mut Diagnostics) -> Result<Plain, Rejected> {
        Plain::read(
            Arc::clone(&self.document),
            self.folder.as_deref(),
            &self.overlays,
            diagnostics,
        )
    }
}

impl Sides {
    /// Both crates, where there are two to compare.
    pub fn crates(&self) -> Option<(&Crate, &Crate)> {
        let (base, head) = (self.base.planned.as_ref()?, self.head.planned.as_ref()?);
        Some((&base.sdk, &head.sdk))
    }
}

impl Loaded {
    pub fn read(
        input: &Input,
        lock: Option<&Arc<Source>>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Rejected> {
        let mut plain = input.plain(diagnostics)?;
        let mut problems = Diagnostics::default();
        let mut planned = plan(&plain, input.policy.clone(), lock.cloned(), &mut problems);
        if let Ok(whole) = &mut planned {
            let selection = Selection::of(&[], &[], &whole.policy);
            if !selection.is_all() {
                planned = part(&mut plain, whole, &selection, &mut problems);
            }
        }
        let mut about = described(input, &plain);
        match &planned {
            Ok(planned) => {
                about.left_out.clone_from(&planned.left_out);
                about.error = first_error(&problems).filter(|_| !input.absent);
            }
            Err(Rejected) => {
                about.rejected =
                    first_error(&problems).or_else(|| Some("it has errors".to_owned()));
            }
        }
        let planned = planned.ok();
        let version = planned.as_ref().filter(|_| !input.absent);
        let version = version.and_then(|planned| planned.policy.package.version.as_ref());
        Ok(Self {
            version: version.and_then(|version| version.get_ref().parse().ok()),
            policy: input.policy.clone(),
            absent: input.absent,
            plain,
            planned,
            about,
        })
    }
}

/// The crate of the part that the policy asks for; the document is that part from here on.
fn part(
    plain: &mut Plain,
    whole: &mut Planned,
    selection: &Selection,
    problems: &mut Diagnostics,
) -> Result<Planned, Rejected> {
    let mut policy = std::mem::take(&mut whole.policy);
    let listed = document::part::operations(&plain.value);
    let names = whole.sdk.operation_names();
    let wanted = selection.wanted(&listed, &names, &policy, problems)?;
    plain.retain(&|one| wanted.contains(&one.key()));
    *problems = Diagnostics::default();
    policy.is_for_more = true;
    planned(plain, policy, whole.sdk.names.clone(), problems)
}

/// What the report says of a side, its crate aside.
fn described(input: &Input, plain: &Plain) -> Side {
    let version = plain.value.pointer("/info/version").and_then(Value::as_str);
    Side {
        name: input.document.name.clone(),
        path: input.path.as_ref().map(|path| path.display().to_string()),
        version: version.unwrap_or_default().to_owned(),
        text: input.document.text.clone(),
        others: plain.others().map(other).collect(),
        policy: input.policy.as_ref().map(|policy| policy.name.clone()),
        ..Side::default()
    }
}

fn other(source: &Arc<Source>) -> OtherFile {
    OtherFile {
        name: source.name.clone(),
        text: source.text.clone(),
    }
}

/// The first error, and where it is.
fn first_error(problems: &Diagnostics) -> Option<String> {
    let first = problems.iter().find(|d| d.severity == Severity::Error)?;
    Some(match &first.span {
        Some(span) => {
            let (line, column) = span.line_column();
            let name = &span.source.name;
            format!("{} ({name}:{line}:{column})", first.message)
        }
        None => first.message.clone(),
    })
}

/// Plans what the generator supports of a document, for whoever compares crates and writes no files.
///
/// Only what cannot be read as a document, or as a policy file, is rejected. What else is wrong is in
/// the diagnostics, and an operation that the generator rejects is left out.
pub fn plan(
    schema: &Plain,
    policy: Option<Arc<Source>>,
    lock: Option<Arc<Source>>,
    diagnostics: &mut Diagnostics,
) -> Result<Planned, Rejected> {
    let mut found = Diagnostics::default();
    let document = Document::from_plain(schema, &mut found);
    let policy = match policy {
        Some(source) => Policy::parse(source, &mut found),
        None => Ok(Policy::default()),
    };
    let lock = match lock {
        Some(source) => Lock::parse(&source, &mut found),
        None => Ok(Lock::default()),
    };
    diagnostics.extend(found);
    planned_of(&document?, policy?, lock?, diagnostics)
}

fn planned(
    schema: &Plain,
    policy: Policy,
    lock: Lock,
    diagnostics: &mut Diagnostics,
) -> Result<Planned, Rejected> {
    let document = Document::from_plain(schema, diagnostics)?;
    planned_of(&document, policy, lock, diagnostics)
}

fn planned_of(
    document: &Document,
    policy: Policy,
    lock: Lock,
    diagnostics: &mut Diagnostics,
) -> Result<Planned, Rejected> {
    let mut api = lower::lower(document, diagnostics);
    let sdk = plan::plan_for_comparison(document, &mut api, &policy, lock, diagnostics);
    let left_out = sdk.left_out.iter();
    let left_out = left_out
        .map(|left_out| left_out.operation.clone())
        .collect();
    Ok(Planned {
        policy,
        sdk,
        left_out,
    })
}
