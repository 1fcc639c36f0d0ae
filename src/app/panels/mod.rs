//! The parts of the window around the canvas.

pub mod find;
pub mod insights;
pub mod inspector;
pub mod menu_bar;
pub mod outside;
pub mod stage;
pub mod states;
pub mod status;
pub mod steps;
pub mod strip;
pub mod view_bar;
pub mod welcome;
