//! The person's preferences, changed from the window.

use super::App;
use crate::files::settings::Settings;

impl App {
    /// Changes the settings here and on disk.
    pub(super) fn change_settings(&mut self, change: impl Fn(&mut Settings)) {
        change(&mut self.settings);
        if let Some(dirs) = &self.dirs
            && let Err(error) = Settings::update(dirs, change)
        {
            self.say_error(format!("{error}."));
        }
    }
}
