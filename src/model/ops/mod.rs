//! Operations: pure functions that return the edits of one feature, a file each.

pub mod accord;
mod add;
mod align;
mod copy;
mod dismiss;
pub mod grid;
mod lines;
mod links;
pub mod list;
pub mod observe;
mod scenarios;
pub mod sipoc;
pub mod steps;
mod views;
pub mod workshop;

pub use add::{Added, STEP, Side, add_neighbour, add_party, free_place};
pub use align::{Alignment, Boxes, align, distribute, shift};
pub use copy::{delete, duplicate, fragment, paste};
pub use dismiss::{dismiss, dismissal, raise_again};
pub use lines::{looks_like_lines, paste_lines};
pub use links::{End, add_requirement, connect, party_by_name, reattach, reverse};
pub use scenarios::{changed, future, in_scenario, left_alone, save_scenario, scenarios_in_order, with_changes};
pub use views::{move_view, save_view};
