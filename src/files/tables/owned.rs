//! What belongs to a handoff or a party, has a name there, and is observed: requirements and measures.

use std::fmt::Display;

use super::cells::quoted;
use super::draft::Draft;
use super::field::Record;
use super::identify::{Found, Wanted, renames};
use super::import::Import;
use super::names::{Named, Names};
use super::register::{Key as _, Own, Register, Scope};
use super::rows::Said;
use super::settle::{Many, full, otherwise, settle, several};
use crate::model::{
    HandoffId, History, Id, MOST_MEASURES, MOST_REQUIREMENTS, Measure, MeasureId, PartyId, Requirement, RequirementId,
};

/// What something belongs to.
pub(super) trait Owner: Scope {
    /// What it is, for a sentence.
    const NOUN: &'static str;
    /// The one that a row names; reports why there is none.
    fn find<R: Record>(import: &mut Import<'_, '_>, said: &Said<'_, R>) -> Option<Self>;
    /// Which one it is, for a sentence.
    fn words(self, draft: &Draft<'_>) -> String;
}

impl Owner for HandoffId {
    const NOUN: &'static str = "handoff";

    fn find<R: Record>(import: &mut Import<'_, '_>, said: &Said<'_, R>) -> Option<Self> {
        import.handoff_of(said)
    }

    fn words(self, draft: &Draft<'_>) -> String {
        draft.whose(self)
    }
}

impl Owner for PartyId {
    const NOUN: &'static str = "party";

    fn find<R: Record>(import: &mut Import<'_, '_>, said: &Said<'_, R>) -> Option<Self> {
        import.party_of(said)
    }

    fn words(self, draft: &Draft<'_>) -> String {
        draft.party_names.reference(self)
    }
}

/// A requirement of a handoff or a measure of a party.
pub(super) trait Owned: Record {
    /// What it belongs to.
    type Owner: Owner;
    /// Its id.
    type Id: Ord + Copy + Display + From<Id>;
    /// Most of them that one owner holds.
    const MOST: usize;
    /// The column with its name, in its own table and in `observations`.
    const NAME: &'static str;
    /// True when its own row tells the latest value.
    const TELLS_ACTUAL: bool;

    /// One of which nothing is known.
    fn blank(id: Self::Id) -> Self;
    /// Its id.
    fn id(&self) -> Self::Id;
    /// What it is called.
    fn name(&self) -> &str;
    /// What was seen of it.
    fn history(&self) -> &History;
    /// What was seen of it, to write on.
    fn history_mut(&mut self) -> &mut History;
    /// Those of an owner.
    fn list<'d>(draft: &'d Draft<'_>, owner: Self::Owner) -> &'d [Self];
    /// Those of an owner, to write on.
    fn list_mut<'d>(draft: &'d mut Draft<'_>, owner: Self::Owner) -> &'d mut Vec<Self>;
    /// What all of them are called.
    fn register<'d>(draft: &'d Draft<'_>) -> &'d Register<Self::Owner, Of<Self>>;
    /// What all of them are called, to write on.
    fn register_mut<'d>(draft: &'d mut Draft<'_>) -> &'d mut Register<Self::Owner, Of<Self>>;
}

/// Which record of all owners one is.
pub(super) type Of<R> = Own<<R as Owned>::Owner, <R as Owned>::Id>;

macro_rules! owned {
    ($record:ident($id:ident) of $owner:ident: $most:ident, $column:literal in $name:ident, $actual:literal,
     $get:ident, $get_mut:ident . $list:ident, $register:ident) => {
        impl Owned for $record {
            type Owner = $owner;
            type Id = $id;
            const MOST: usize = $most;
            const NAME: &'static str = $column;
            const TELLS_ACTUAL: bool = $actual;

            fn blank(id: $id) -> Self {
                Self::new(id, "")
            }

            fn id(&self) -> $id {
                self.id
            }

            fn name(&self) -> &str {
                &self.$name
            }

            fn history(&self) -> &History {
                &self.observations
            }

            fn history_mut(&mut self) -> &mut History {
                &mut self.observations
            }

            fn list<'d>(draft: &'d Draft<'_>, owner: $owner) -> &'d [Self] {
                draft.$get(owner).map_or(&[], |owner| &owner.$list)
            }

            fn list_mut<'d>(draft: &'d mut Draft<'_>, owner: $owner) -> &'d mut Vec<Self> {
                &mut draft.$get_mut(owner).$list
            }

            fn register<'d>(draft: &'d Draft<'_>) -> &'d Register<$owner, Of<Self>> {
                &draft.$register
            }

            fn register_mut<'d>(draft: &'d mut Draft<'_>) -> &'d mut Register<$owner, Of<Self>> {
                &mut draft.$register
            }
        }
    };
}
owned!(Requirement(RequirementId) of HandoffId: MOST_REQUIREMENTS, "requirement" in text, true,
    handoff, handoff_mut.requirements, requirement_names);
owned!(Measure(MeasureId) of PartyId: MOST_MEASURES, "measure" in name, false,
    party, party_mut.measures, measure_names);

/// What the records of one owner are called.
pub(super) fn names_of<R: Owned>(owner: R::Owner, list: &[R]) -> Names<R::Owner, Of<R>> {
    let mut names = Names::default();
    for one in list {
        names.put(Own { owner, id: one.id() }, owner, one.name());
    }
    names
}

impl Import<'_, '_> {
    /// Brings in the rows of requirements or measures; gives each with the record it means.
    pub(super) fn owned<'s, 'a, R: Owned>(&mut self, said: &'s [Said<'a, R>]) -> Vec<(&'s Said<'a, R>, Of<R>)> {
        let (mut rows, mut wanted) = (Vec::new(), Vec::new());
        for said in said {
            let Some(owner) = R::Owner::find(self, said) else { continue };
            self.learn::<R>(owner);
            wanted.push(Wanted { id: said.id.map(|id| Own::of(owner, id)), scope: owner, name: said.text(R::NAME) });
            rows.push(said);
        }
        let found = R::register_mut(&mut self.draft).identify(&wanted, self.ids);
        let (noun, mut settled) = (noun::<R>(), Vec::new());
        for (at, found) in found.iter().enumerate() {
            let (call, whose) = (|own| call::<R>(&self.draft, own), |own| whose::<R>(&self.draft, own));
            let many = Many { column: R::NAME, noun: &noun, call: &call, whose: &whose };
            let Some(own) = settle(&rows, at, found, &many, &mut self.log) else { continue };
            let list = R::list_mut(&mut self.draft, own.owner);
            if matches!(found, Found::New(_)) {
                if list.len() == R::MOST {
                    self.log.problems.add(full(rows[at], R::NAME, R::Owner::NOUN, R::MOST));
                    continue;
                }
                list.push(R::blank(own.id));
            }
            if let Some(one) = list.iter_mut().find(|one| one.id() == own.id) {
                rows[at].apply(one, renames(found, wanted[at].id.as_ref()));
                settled.push((rows[at], own));
            }
        }
        settled
    }

    /// Sees to it that the records of an owner are in their register.
    fn learn<R: Owned>(&mut self, owner: R::Owner) {
        if !R::register(&self.draft).learnt.contains(&owner) {
            let names: Vec<_> =
                R::list(&self.draft, owner).iter().map(|one| (one.id(), one.name().to_owned())).collect();
            let register = R::register_mut(&mut self.draft);
            register.learnt.insert(owner);
            for (id, name) in names {
                register.names.put(Own { owner, id }, owner, &name);
            }
        }
    }

    /// The requirement or measure that a row of another table is about; reports why there is none.
    pub(super) fn subject<R: Owned, T: Record>(&mut self, said: &Said<'_, T>) -> Option<Of<R>> {
        let owner = R::Owner::find(self, said)?;
        self.learn::<R>(owner);
        let (draft, table) = (&self.draft, R::KIND.word());
        let problem = match said.reference(R::NAME) {
            None => format!("the {0} is missing: say which {0} this is about", R::NAME),
            Some(cell) => match R::register(draft).resolve(owner, cell) {
                Named::One(own) => return Some(own),
                Named::Many(all) => several(&noun::<R>(), cell, &all, &|own| call::<R>(draft, own)),
                Named::Otherwise(own) => otherwise(cell, &whose::<R>(draft, own)),
                Named::Nothing => {
                    let (cell, of) = (quoted(cell), quoted(&owner.words(draft)));
                    format!("{of} has no {} {cell}: add it to {table}, or write it as it is written there", R::NAME)
                }
            },
        };
        self.log.problems.add(format!("{}: {problem}", said.place(R::NAME)));
        None
    }
}

fn noun<R: Owned>() -> String {
    format!("{} of the {}", R::KIND.nouns().1, R::Owner::NOUN)
}

/// What cells call a record.
fn call<R: Owned>(draft: &Draft<'_>, own: Of<R>) -> String {
    R::register(draft).reference(own)
}

/// Which record it is, with what it belongs to: `Sales → Planning: order, complete`.
fn whose<R: Owned>(draft: &Draft<'_>, own: Of<R>) -> String {
    format!("{}, {}", own.owner.words(draft), call::<R>(draft, own))
}
