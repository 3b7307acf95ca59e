//! From pair to pair of schemas: what lies below an operation, or below another pair, is compared in its turn.

use super::document::At;
use super::drafts::Finding;
use super::edit::Edit;
use super::engine::{Engine, Respelled};
use super::references::{self, ReferenceChange};
use super::schema_pair::{Below, Context, SchemaPair};
use super::spelling;

impl<'a> Engine<'a, '_> {
    /// Leaves two schemas to be compared.
    pub fn schemas(
        &mut self,
        operation: Option<usize>,
        base: At<'a>,
        head: At<'a>,
        context: Context,
    ) {
        let (base, head) = (vec![base], vec![head]);
        if self.unchanged.schemas(&base, &head) {
            return;
        }
        let finding = operation.map_or(Finding::Document, Finding::Operation);
        self.descend((base, head, context), finding);
    }

    /// Compares all that was left to be compared.
    pub fn run(&mut self) {
        while let Some((index, (base, head, context))) = self.pairs.next() {
            let pair = self.equivalence.compare((&base, &head), context);
            if pair.edits.is_empty() {
                self.note_spelling(&pair, (&base[..], &head[..]));
            }
            for edit in pair.edits {
                self.found(edit, context, Finding::Pair(index));
            }
            for below in self.pairs.bounded(pair.below) {
                self.descend(below, Finding::Pair(index));
            }
        }
    }

    /// Leaves what is below an operation or another pair to be compared, or records that it is
    /// another schema now.
    fn descend(&mut self, pair: Below<'a>, finding: Finding) {
        let context = pair.2;
        let below = match references::change(&mut self.equivalence, &pair) {
            None => vec![pair],
            Some(ReferenceChange::Edit { edit, below }) => {
                self.found(*edit, context, finding);
                below
            }
            Some(ReferenceChange::Spelling { message, below }) => {
                if let (Some(before), Some(after)) = (pair.0.first(), pair.1.first()) {
                    self.respelled(after, message, before);
                }
                below
            }
        };
        for below in below {
            let below = self.pairs.add((self.base, self.head), below);
            match finding {
                Finding::Pair(pair) => self.pairs.below(pair, below),
                Finding::Operation(operation) => self.pairs.root(operation, below),
                Finding::Document => {}
            }
        }
    }

    fn found(&mut self, edit: Edit, context: Context, finding: Finding) {
        if let Finding::Pair(pair) = finding {
            self.pairs.edited(pair);
        }
        self.of_schema(edit, context, finding);
    }

    /// Two spellings of one meaning.
    fn note_spelling(&mut self, pair: &SchemaPair<'a, '_>, uses: (&[At<'a>], &[At<'a>])) {
        if let Some((location, message)) = spelling::difference(uses, pair) {
            let first = |places: &[At<'a>]| places.first().map(|at| at.location.clone());
            let base = if first(uses.1).as_ref() == Some(&location) {
                first(uses.0).unwrap_or_default()
            } else {
                pair.base.home().clone()
            };
            let respelled = Respelled { message, base };
            self.equivalent.entry(location).or_insert(respelled);
        }
    }
}
