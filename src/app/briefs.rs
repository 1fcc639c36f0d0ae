//! Briefs and survey sheets: made from the map, handed over as a file or through the clipboard, and noted as sent.

use std::path::{Path, PathBuf};

use super::App;
use super::clock::today;
use super::dialogs::brief::{BriefDialog, Form, SurveyDialog};
use super::dialogs::{Dialog, report};
use super::tasks::{Cancel, Done, Purpose};
use crate::brief::{self, Kind};
use crate::export::pdf;
use crate::files::names::file_name_of;
use crate::files::{reports, save};
use crate::model::ops::accord::{Note, send};
use crate::model::{Document, PartyId, Subject, When};
use crate::scene::marks::{Mark, badge};
use crate::scene::text::Fonts;
use crate::writing::{self, Rich};

/// What is to be written once a file was chosen.
#[derive(Debug, Clone)]
pub(super) enum Paper {
    /// A brief.
    Brief(Box<BriefDialog>),
    /// A survey sheet.
    Survey(SurveyDialog),
    /// A report.
    Report(Box<report::Subject>),
    /// A page that is ready.
    Page(Box<writing::Page>),
    /// The calendar of the map.
    Calendar,
}

/// The clipboard, kept for as long as the system may ask this program for what it put there.
#[derive(Default)]
pub(super) struct Board(Option<arboard::Clipboard>);

impl std::fmt::Debug for Board {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Board").field(&self.0.is_some()).finish()
    }
}

impl Board {
    /// Puts marked-up text there, with plain text for those who take no marks; false when there is no clipboard.
    fn put(&mut self, rich: &Rich) -> bool {
        if self.0.is_none() {
            self.0 = arboard::Clipboard::new().ok();
        }
        self.0.as_mut().is_some_and(|board| board.set().html(&rich.html, Some(&rich.text)).is_ok())
    }
}

impl App {
    /// Shows a brief about the party that is selected, about the supplier of the handoff that is, or about the one whose
    /// customers are served worst.
    pub(super) fn ask_brief(&mut self, kind: &'static str) {
        let Some(kind) = Kind::by_id(kind) else { return };
        let Some(party) = self.about_whom() else {
            self.say_error("Nobody gives anything yet: draw a handoff first.");
            return;
        };
        let brief = BriefDialog::new(self.editor.document(), &self.fonts, party, kind, &today().to_string());
        self.dialog = Some(Dialog::Brief(Box::new(brief)));
    }

    /// Asks which customer is to be asked.
    pub(super) fn ask_survey(&mut self) {
        let Some(process) = self.about_whom() else {
            self.say_error("Nobody gives anything yet: draw a handoff first.");
            return;
        };
        self.dialog = Some(Dialog::Survey(SurveyDialog { process, customer: None }));
    }

    fn about_whom(&self) -> Option<PartyId> {
        let document = self.editor.document();
        let gives = |id: &PartyId| document.outputs(*id).next().is_some();
        let selected = match self.editor.selection().single() {
            Some(Subject::Party(id)) => Some(id),
            Some(Subject::Handoff(id)) => document.handoff(id).and_then(|handoff| handoff.supplier),
            None => None,
        };
        let worst = || {
            let givers = document.parties().map(|(id, _)| id).filter(gives);
            givers.min_by_key(|id| badge(document, *id).map_or(Mark::Agreed, |badge| badge.mark))
        };
        selected.filter(gives).or_else(worst)
    }

    /// Asks for the file.
    pub(super) fn save_brief(&mut self, brief: BriefDialog, form: Form) {
        self.session.paper = Some(Paper::Brief(Box::new(brief)));
        self.pick(Purpose::Paper(form.extension()));
    }

    /// Asks for the file.
    pub(super) fn save_survey(&mut self, survey: SurveyDialog, extension: &'static str) {
        self.session.paper = Some(Paper::Survey(survey));
        self.pick(Purpose::Paper(extension));
    }

    /// Shows the report.
    pub(super) fn ask_report(&mut self, ctx: &egui::Context) {
        let report = report::ReportDialog::new(ctx, self.editor.current(), self.editor.scenario(), &self.fonts);
        self.dialog = Some(Dialog::Report(Box::new(report)));
    }

    /// Asks for the file.
    pub(super) fn save_report(&mut self, about: report::Subject, form: &reports::Form) {
        self.session.paper = Some(Paper::Report(Box::new(about)));
        self.pick(Purpose::Paper(form.extension));
    }

    /// A name for the file that is asked for.
    pub(super) fn suggested_paper(&self, extension: &str) -> String {
        let document = self.editor.document();
        let name = match &self.session.paper {
            Some(Paper::Brief(brief)) => format!("{} - {}", brief.kind.title, document.name_of(brief.party)),
            Some(Paper::Report(about)) => about.name(),
            Some(Paper::Page(page)) => page.title.clone(),
            Some(Paper::Calendar) => format!("{} calendar", document.info().title.trim()),
            Some(Paper::Survey(survey)) => format!("Survey about {}", document.name_of(survey.process)),
            None => "Brief".into(),
        };
        format!("{}.{extension}", file_name_of(&name))
    }

    /// The file was chosen: writes it on a thread.
    pub(super) fn write_paper(&mut self, path: PathBuf) {
        let Some(paper) = self.session.paper.take() else { return };
        let is_calendar = matches!(paper, Paper::Calendar);
        let shown = if is_calendar { self.editor.current() } else { self.editor.document() };
        let (document, fonts) = (shown.clone(), self.fonts.clone());
        self.say("Writing…");
        self.spawn("brief", move |cancel| {
            let told = match &paper {
                Paper::Brief(brief) => brief.tells().then_some(brief.party),
                Paper::Survey(_) | Paper::Report(_) | Paper::Page(_) | Paper::Calendar => None,
            };
            let written = write(&paper, &document, &fonts, &path, cancel);
            Done::Told(told.filter(|_| written.is_ok()), written)
        });
    }

    /// Puts a brief on the clipboard, to be pasted into a mail.
    pub(super) fn copy_brief(&mut self, ctx: &egui::Context, brief: &BriefDialog) {
        let rich = writing::rich(&brief.page);
        if self.clipboard.put(&rich) {
            self.say("Copied: paste it into a mail.");
        } else {
            ctx.copy_text(rich.text);
            self.say("Copied as plain text: paste it into a mail.");
        }
        if brief.tells() {
            self.note_told(brief.party);
        }
    }

    /// The party was told what is needed of it.
    pub(super) fn note_told(&mut self, party: PartyId) {
        let note = Note { when: Some(When::day(today())), who: "", what: "Supplier brief" };
        let edits = send(self.editor.document(), party, &note);
        if !edits.is_empty()
            && let Err(error) = self.editor.edit("send supplier brief", None, edits)
        {
            self.say_error(format!("That it was sent could not be noted: {error}."));
        }
    }
}

/// A page as a file with this ending.
fn page_bytes(page: &writing::Page, extension: &str, fonts: &Fonts) -> Result<Vec<u8>, String> {
    match Form::by_extension(extension) {
        Some(Form::Markdown) => Ok(writing::markdown(page).into_bytes()),
        Some(Form::Html) => Ok(writing::html(page).into_bytes()),
        _ => pdf::written(&page.title, &writing::pdf(page, fonts), fonts)
            .map_err(|error| format!("Not written: {error}.")),
    }
}

/// Writes the file; what was done, in words.
fn write(paper: &Paper, document: &Document, fonts: &Fonts, path: &Path, cancel: &Cancel) -> Result<String, String> {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let bytes = match paper {
        Paper::Brief(brief) => page_bytes(&brief.page, &extension, fonts)?,
        Paper::Page(page) => page_bytes(page, &extension, fonts)?,
        Paper::Calendar => crate::report::calendar(document, super::clock::utc()).into_bytes(),
        Paper::Report(about) => about.bytes(path, fonts)?,
        Paper::Survey(SurveyDialog { process, customer }) => {
            let customer = customer.ok_or("Not written: nobody receives from it.")?;
            let text = if extension == "csv" { brief::survey_csv } else { brief::survey };
            text(document, *process, customer).into_bytes()
        }
    };
    cancel.commit()?;
    save::save_all(&[(path, &bytes)]).map_err(|error| format!("Not written: {error}."))?;
    Ok(format!("Written {}.", path.display()))
}
