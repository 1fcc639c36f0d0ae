//! The map as drawn.

use super::Ask;
use crate::scene::drawing::Drawing;
use crate::scene::map::MapScene;

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    MapScene::of(ask.document, ask.fonts).drawing().clone()
}
