//! The parts of the window around the canvas.

pub mod find;
pub mod inspector;
pub mod menu_bar;
pub mod stage;
pub mod status;
pub mod steps;
pub mod view_bar;
pub mod welcome;
