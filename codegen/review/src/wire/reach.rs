//! Who meets an edit: the operations that reach it, as reports name them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::engine::Compared;

/// What is said of some operations.
pub struct Reach {
    pub names: Vec<String>,
    /// `x-stability-level`, where one of them is not stable.
    pub stability: Option<String>,
    /// All of them may break.
    pub unstable: bool,
}

/// Each set of operations looked at once: many edits are reached by the same ones.
#[derive(Default)]
pub struct Reaches {
    known: HashMap<BTreeSet<usize>, Rc<Reach>>,
}

impl Reaches {
    pub fn of(&mut self, operations: &BTreeSet<usize>, all: &[Compared]) -> Rc<Reach> {
        if let Some(known) = self.known.get(operations) {
            return Rc::clone(known);
        }
        let reach = Rc::new(Reach::of(operations, all));
        self.known.insert(operations.clone(), Rc::clone(&reach));
        reach
    }
}

impl Reach {
    fn of(operations: &BTreeSet<usize>, all: &[Compared]) -> Self {
        let reached = || operations.iter().map(|index| &all[*index]);
        let mut seen = HashSet::new();
        let names = reached().map(|operation| &operation.name);
        let levels = reached().map(|operation| operation.stability.as_deref());
        let levels: BTreeSet<&str> = levels.map(|level| level.unwrap_or("stable")).collect();
        let only = |wanted: &[&str]| levels.iter().all(|level| wanted.contains(level));
        let listed = || levels.iter().copied().collect::<Vec<_>>().join(", ");
        Self {
            names: names.filter(|name| seen.insert(*name)).cloned().collect(),
            unstable: !levels.is_empty() && only(&["draft", "alpha"]),
            stability: (!only(&["stable"])).then(listed),
        }
    }
}
