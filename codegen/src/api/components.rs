//! Strongly connected components (Tarjan's), without recursion: a chain of schemas can be as long as the document.

use crate::api::TypeId;

/// The components of what is reached from the roots, each behind those that it leads to. `edges` is by [`TypeId`].
pub fn components(roots: &[TypeId], edges: &[Vec<TypeId>]) -> Vec<Vec<TypeId>> {
    let mut search = Search {
        edges,
        marks: vec![Mark::default(); edges.len()],
        entered: 0,
        open: Vec::new(),
        components: Vec::new(),
    };
    for &root in roots {
        if search.marks[root.0].order.is_none() {
            search.run(root);
        }
    }
    search.components
}

struct Search<'a> {
    edges: &'a [Vec<TypeId>],
    marks: Vec<Mark>,
    entered: usize,
    open: Vec<TypeId>,
    components: Vec<Vec<TypeId>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    /// None until it is entered.
    order: Option<usize>,
    /// The least order that it leads to.
    low: usize,
    is_closed: bool,
}

struct Visit {
    id: TypeId,
    next: usize,
}

impl Search<'_> {
    fn run(&mut self, root: TypeId) {
        let edges = self.edges;
        let mut stack = vec![self.enter(root)];
        while let Some(visit) = stack.last_mut() {
            let id = visit.id;
            match edges[id.0].get(visit.next) {
                Some(&target) => {
                    visit.next += 1;
                    let mark = self.marks[target.0];
                    match mark.order {
                        None => stack.push(self.enter(target)),
                        Some(order) if !mark.is_closed => self.lower(id, order),
                        Some(_) => {}
                    }
                }
                None => {
                    stack.pop();
                    if let Some(parent) = stack.last() {
                        self.lower(parent.id, self.marks[id.0].low);
                    }
                    self.leave(id);
                }
            }
        }
    }

    fn enter(&mut self, id: TypeId) -> Visit {
        self.marks[id.0] = Mark {
            order: Some(self.entered),
            low: self.entered,
            is_closed: false,
        };
        self.entered += 1;
        self.open.push(id);
        Visit { id, next: 0 }
    }

    fn lower(&mut self, id: TypeId, to: usize) {
        let low = &mut self.marks[id.0].low;
        *low = to.min(*low);
    }

    /// Closes the component that the type is the root of.
    fn leave(&mut self, id: TypeId) {
        let mark = self.marks[id.0];
        if mark.order != Some(mark.low) {
            return;
        }
        let start = self.open.iter().rposition(|open| *open == id);
        let component = self.open.split_off(start.unwrap_or_default());
        for member in &component {
            self.marks[member.0].is_closed = true;
        }
        self.components.push(component);
    }
}
