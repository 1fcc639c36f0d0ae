//! The import of tables into a map: all problems or the whole result, and the same tables twice change nothing.

use super::draft::Draft;
use super::problems::ImportError;
use super::rows::{bind_all, read};
use super::settle::Log;
use super::table::{Table, TableKind};
use crate::model::{Document, IdGen, Measure, PartyId, Requirement};

/// How many records of a kind an import added and changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Records that were not there.
    pub added: usize,
    /// Records that were there and are different now.
    pub changed: usize,
}

impl Count {
    /// Counts a record; true when it is new or different.
    pub(super) fn count<T: PartialEq>(&mut self, old: Option<&T>, new: &T) -> bool {
        self.added += usize::from(old.is_none());
        self.changed += usize::from(old.is_some_and(|old| old != new));
        old != Some(new)
    }
}

/// What came of an import. What belongs to a record has a count of its own and does not count there.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The map with the tables in it.
    pub document: Document,
    /// Parties added and changed.
    pub parties: Count,
    /// Handoffs added and changed.
    pub handoffs: Count,
    /// Requirements added and changed, in their actual value as well.
    pub requirements: Count,
    /// Measures added and changed.
    pub measures: Count,
    /// Observations added and changed; values of requirements of which nothing else is known count with these.
    pub observations: Count,
    /// Expectations, challenges and recommendations added and changed.
    pub expectations: Count,
    /// Ratings added and changed.
    pub ratings: Count,
    /// Reviews added and changed.
    pub reviews: Count,
    /// Steps that do not apply, added and changed.
    pub steps: Count,
    /// Sprints added and changed.
    pub sprints: Count,
    /// Tasks of sprints added and changed.
    pub tasks: Count,
    /// What was left out or looks doubtful, a sentence each.
    pub warnings: Vec<String>,
    /// New parties, in the order of the tables: they stand on a provisional grid and want arranging.
    pub unplaced: Vec<PartyId>,
}

impl Imported {
    /// The count of a kind.
    pub fn count(&self, kind: TableKind) -> Count {
        match kind {
            TableKind::Parties => self.parties,
            TableKind::Handoffs => self.handoffs,
            TableKind::Requirements => self.requirements,
            TableKind::Measures => self.measures,
            TableKind::Observations => self.observations,
            TableKind::Expectations => self.expectations,
            TableKind::Ratings => self.ratings,
            TableKind::Reviews => self.reviews,
            TableKind::Steps => self.steps,
            TableKind::Sprints => self.sprints,
            TableKind::Tasks => self.tasks,
        }
    }

    /// What the import did, in a sentence.
    pub fn summary(&self) -> String {
        let parts = TableKind::ALL.into_iter().filter_map(|kind| {
            let Count { added, changed } = self.count(kind);
            let (one, many) = kind.nouns();
            let word = if added == 1 { one } else { many };
            (kind.is_always_there() || added + changed > 0).then(|| format!("{added} {word} added, {changed} changed"))
        });
        format!("Imported: {}.", parts.collect::<Vec<_>>().join("; "))
    }
}

/// Imports tables into a map, in the order of [`TableKind::ALL`].
///
/// A row means the record with its id, else the one of its name (handoffs: supplier, customer and item; requirements
/// and measures: what they belong to and the words), else it adds one. Expectations without an id are told apart by
/// party, customer, kind, words and source, observations by what they are of, period and by whom, ratings by handoff,
/// side, who and period, reviews by process and the day they were started, tasks by sprint and words: the k-th row of these means the k-th record of these. An empty cell and a missing column leave
/// what is there. Fails with every problem of all tables, and then nothing was imported.
pub fn import(tables: &[Table], into: &Document, ids: &mut IdGen) -> Result<Imported, ImportError> {
    let mut log = Log::default();
    log.warnings.extend(tables.iter().flat_map(|table| table.notes.iter().cloned()));
    let bound = bind_all(tables, &mut log.problems, &mut log.warnings);
    let hours = into.info().hours_per_day;
    let (parties, handoffs) = (read(&bound, hours, &mut log.problems), read(&bound, hours, &mut log.problems));
    let requirements = read(&bound, hours, &mut log.problems);
    let measures = read(&bound, hours, &mut log.problems);
    let observations = read(&bound, hours, &mut log.problems);
    let expectations = read(&bound, hours, &mut log.problems);
    let ratings = read(&bound, hours, &mut log.problems);
    let (reviews, steps) = (read(&bound, hours, &mut log.problems), read(&bound, hours, &mut log.problems));
    let (sprints, tasks) = (read(&bound, hours, &mut log.problems), read(&bound, hours, &mut log.problems));
    let mut import = Import { draft: Draft::new(into), ids, log };
    import.parties(&parties);
    import.handoffs(&handoffs);
    // A row that was refused leaves its record out: do not report what belongs to it for that as well.
    if import.log.problems.is_empty() {
        let rows = import.owned::<Requirement>(&requirements);
        import.owned::<Measure>(&measures);
        import.expectations(&expectations);
        import.ratings(&ratings);
        import.reviews(&reviews);
        import.steps(&steps);
        import.sprints(&sprints);
        if import.log.problems.is_empty() {
            import.tasks(&tasks);
        }
        if import.log.problems.is_empty() {
            import.observations(&observations);
            import.actuals(&rows);
        }
    }
    let Import { draft, log: Log { problems, mut warnings }, .. } = import;
    problems.or(())?;
    warnings.extend(draft.near_names());
    // They take more room than the map that comes of them.
    drop((parties, handoffs, requirements, measures, observations));
    draft.finish(shortened(warnings))
}

/// Nobody reads thousands of warnings.
fn shortened(mut warnings: Vec<String>) -> Vec<String> {
    const MOST: usize = 100;
    let more = warnings.len().saturating_sub(MOST);
    if more > 1 {
        warnings.truncate(MOST);
        warnings.push(format!("and {more} warnings more"));
    }
    warnings
}

/// An import under way.
pub(super) struct Import<'a, 'i> {
    /// The map as it will be.
    pub draft: Draft<'a>,
    /// Makes ids for new records.
    pub ids: &'i mut IdGen,
    /// Takes what is wrong and what is doubtful.
    pub log: Log,
}
