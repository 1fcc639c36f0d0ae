//! The faces that pictures are set in.

use crate::files::fonts;
use crate::scene::text::Fonts;
use crate::scene::{Item, Scene};

/// What is made with fonts, and the faces it was measured with: those of the system too when the bundled ones lack a
/// letter. `scene` is where a thing that is made has its letters.
pub(super) fn set<T>(make: impl Fn(&Fonts) -> Vec<T>, scene: fn(&T) -> &Scene) -> (Vec<T>, Fonts) {
    let bundled = Fonts::bundled();
    let made = make(&bundled);
    let all = made.iter().flat_map(|one| texts(scene(one)));
    let lacking: Vec<&str> = all.filter(|text| !bundled.missing(text).is_empty()).collect();
    if lacking.is_empty() {
        return (made, bundled);
    }
    let more = fonts::covering(&bundled, lacking);
    (make(&more), more)
}

fn texts(scene: &Scene) -> impl Iterator<Item = &str> {
    scene.groups.iter().flat_map(|group| &group.items).filter_map(|item| match item {
        Item::Text { text, .. } => Some(text.as_ref()),
        _ => None,
    })
}
