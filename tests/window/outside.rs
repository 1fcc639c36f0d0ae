//! Another program changes the file of the open map.

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use peel::app::{Action, App};
use peel::files::dirs::Dirs;
use peel::files::format;
use peel::model::{Document, Edit, IdGen, Party};

use crate::hands::Hands;

/// The loan sample as a file that is open, and what holds it.
struct Open {
    hands: Hands,
    path: PathBuf,
    folder: tempfile::TempDir,
}

fn open() -> Open {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("loan.ron");
    std::fs::write(&path, format::write(&peel::files::samples::ALL[1].open())).unwrap();
    let dirs = Dirs::below(folder.path().join("state"));
    let mut hands = Hands::with(move |ctx: &egui::Context| App::new(ctx, Some(dirs.clone()), IdGen::new(400_000, 1)));
    hands.harness.state_mut().as_mut().unwrap().open(path.clone());
    let mut open = Open { hands, path, folder };
    open.until("the map is there", |hands| !hands.document().is_empty());
    open
}

impl Open {
    fn until(&mut self, what: &str, is_so: impl Fn(&Hands) -> bool) {
        self.hands.until(what, is_so);
        // A dialog that came with the last frame is not where it will stand: a click would go beside it, and close it.
        self.hands.rest();
    }

    /// Changes a party in the file, as another program does: a new file is put in the place of the old.
    fn outside(&self, name: &str, change: impl FnOnce(&mut Party)) -> Document {
        let mut document = on_disk(&self.path);
        let (id, party) = document.parties().find(|(_, party)| party.name == name).unwrap();
        let mut party = (**party).clone();
        change(&mut party);
        document.apply(vec![Edit::PutParty(id, party)]).unwrap();
        let other = self.folder.path().join("other");
        std::fs::write(&other, format::write(&document)).unwrap();
        std::fs::rename(other, &self.path).unwrap();
        document
    }

    /// Changes the owner of a party in the window.
    fn inside(&mut self, name: &str, owner: &str) {
        let at = self.hands.on_card(name, 0.0, 0.0);
        self.hands.click(at, egui::PointerButton::Primary, Modifiers::NONE);
        self.hands.focus("Owner");
        self.hands.key(Modifiers::COMMAND, Key::A);
        self.hands.type_text(owner);
        self.hands.key(Modifiers::NONE, Key::Escape);
    }

    fn press(&mut self, label: &str) {
        self.hands.harness.query_all_by_label(label).last().unwrap().click();
        self.hands.rest();
    }

    fn save(&mut self) {
        self.hands.key(Modifiers::COMMAND, Key::S);
        self.until("saved", |hands| hands.app().status().starts_with("Saved"));
    }
}

fn on_disk(path: &Path) -> Document {
    format::read(&std::fs::read(path).unwrap()).unwrap().document
}

const CHANGED: &str = "Another program changed the file";

#[test]
fn their_version_is_taken_in_one_step_that_can_be_taken_back() {
    let mut open = open();
    open.inside("Risk review", "Ana");
    let mine = open.hands.document().clone();
    let theirs = open.outside("Submission", |party| party.name = "Intake".into());
    open.until("it is noticed", |hands| hands.says(CHANGED));
    open.press("Take theirs");
    open.until("it is taken", |hands| hands.app().status().starts_with("Their version"));
    assert_eq!(open.hands.document(), &theirs);
    assert!(!open.hands.says(CHANGED) && !open.hands.app().editor().is_modified());
    open.hands.command("undo");
    assert_eq!(open.hands.document(), &mine);
    open.save();
    assert_eq!(on_disk(&open.path), mine, "nobody is asked twice");
}

#[test]
fn both_versions_are_made_one_and_conflicts_are_decided() {
    let mut open = open();
    open.inside("Risk review", "Ana");
    open.inside("Submission", "Cy");
    open.outside("Submission", |party| (party.owner, party.name) = ("Bo".into(), "Intake".into()));
    open.until("it is noticed", |hands| hands.says(CHANGED));
    open.press("Merge both…");
    open.until("it is compared", |hands| hands.says("Merge both versions"));
    for words in ["What both changed (1)", "party “Submission”: name “Submission” → “Intake”", "owner “Cy” → “Bo”"]
    {
        assert!(open.hands.says(words), "{words}");
    }
    open.press("Theirs: party “Submission”");
    open.press("Merge");
    open.until("it is merged", |hands| hands.app().status().starts_with("Both versions"));
    let owner = |hands: &Hands, name: &str| hands.party(name).1.owner.clone();
    assert_eq!([owner(&open.hands, "Intake"), owner(&open.hands, "Risk review")], ["Bo", "Ana"]);
    let merged = open.hands.document().clone();
    assert!(!open.hands.says(CHANGED) && open.hands.app().editor().is_modified());
    open.save();
    assert_eq!(on_disk(&open.path), merged);
    open.hands.command("undo");
    assert_eq!(owner(&open.hands, "Submission"), "Cy", "one step");
}

#[test]
fn what_comes_while_it_is_decided_stays() {
    let mut open = open();
    open.inside("Risk review", "Ana");
    open.outside("Submission", |party| party.name = "Intake".into());
    open.until("it is noticed", |hands| hands.says(CHANGED));
    open.press("Merge both…");
    open.until("it is compared", |hands| hands.says("Merge both versions"));
    // As tables do that were being read.
    let (id, party) = open.hands.party("Decision");
    let changed = Edit::PutParty(id, Party { owner: "Dee".into(), ..party.clone() });
    let app = open.hands.harness.state_mut().as_mut().unwrap();
    app.act(&egui::Context::default(), Action::edit("import tables", vec![changed]));
    open.press("Merge");
    open.until("it is merged", |hands| hands.app().status().starts_with("Both versions"));
    let owner = |hands: &Hands, name: &str| hands.party(name).1.owner.clone();
    assert_eq!([owner(&open.hands, "Decision"), owner(&open.hands, "Risk review")], ["Dee", "Ana"]);
    assert!(open.hands.names().contains(&"Intake".to_owned()));
}

#[test]
fn mine_stays_and_a_file_that_is_gone_is_made_again() {
    let mut open = open();
    open.inside("Risk review", "Ana");
    let mine = open.hands.document().clone();
    open.outside("Submission", |party| party.name = "Intake".into());
    open.until("it is noticed", |hands| hands.says(CHANGED));
    open.press("Keep yours");
    open.until("it is known", |hands| hands.app().status().starts_with("Yours stays"));
    assert_eq!(open.hands.document(), &mine);
    open.save();
    assert_eq!(on_disk(&open.path), mine);
    std::fs::remove_file(&open.path).unwrap();
    open.until("it is noticed", |hands| hands.says("Its file is gone"));
    open.press("Save again");
    open.until("it is there again", |hands| !hands.says("Its file is gone"));
    assert_eq!(on_disk(&open.path), mine);
}

#[test]
fn a_save_before_it_is_noticed_asks_and_offers_both() {
    a_save_asks_and_offers_both(1);
}

#[test]
fn a_save_asks_also_when_it_is_noticed_meanwhile() {
    a_save_asks_and_offers_both(2);
}

/// `offers` is in how many places both are offered: in the dialog, and in the row behind it when the change was noticed.
fn a_save_asks_and_offers_both(offers: usize) {
    let mut open = open();
    open.inside("Risk review", "Ana");
    let theirs = open.outside("Submission", |party| party.name = "Intake".into());
    open.hands.key(Modifiers::COMMAND, Key::S);
    open.until("it asks", |hands| hands.says("Replace it"));
    assert_eq!(on_disk(&open.path), theirs, "nothing was replaced");
    let asks = |hands: &Hands| hands.harness.query_all_by_label("Merge both…").count();
    open.until("both are offered", |hands| asks(hands) >= offers);
    open.press("Merge both…");
    open.until("it is compared", |hands| hands.says("What they changed (1)"));
    open.press("Merge");
    open.until("it is merged", |hands| hands.app().status().starts_with("Both versions"));
    assert!(open.hands.names().contains(&"Intake".to_owned()));
    assert_eq!(open.hands.party("Risk review").1.owner, "Ana");
}

#[test]
fn a_version_that_cannot_be_read_is_told_and_mine_stays() {
    let mut open = open();
    let mine = open.hands.document().clone();
    std::fs::write(&open.path, "(version: 1, parties: [").unwrap();
    open.until("it is noticed", |hands| hands.says(CHANGED));
    open.press("Take theirs");
    open.until("it is told", |hands| hands.says("Their version cannot be read"));
    assert_eq!(open.hands.document(), &mine);
}
