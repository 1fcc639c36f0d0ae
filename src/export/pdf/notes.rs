//! The notes of a page as a mark in its corner that opens; it is not printed.

use krilla::annotation::{Annotation, LinkAnnotation, LinkBorder, Target};
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom as pdf;

use crate::geom::Size;

/// Side of the mark, in points.
const SIDE: f32 = 20.0;
/// How the mark begins as it is written, and as it shall be; both are equally long, so that nothing moves.
///
/// No string can hold it: a line end in one is written as `\n`.
const LINK: &[u8] = b" obj\n<</Type/Annot/Subtype/Link";
const NOTE: &[u8] = b" obj\n<</Type/Annot/Subtype/Text";

/// The mark for notes, at the upper right of a page; `None` when there is nothing to say.
///
/// The library writes links only. A link to the page itself with the notes as its words has all that a note needs, and
/// becomes one in [`finish`].
pub(super) fn mark(notes: &str, page: Size, number: usize) -> Option<Annotation> {
    let notes = notes.trim();
    let (right, left) = (page.w - 4.0, (page.w - 4.0 - SIDE).max(0.0));
    let place = pdf::Rect::from_ltrb(left, 4.0, right, 4.0 + SIDE).filter(|_| !notes.is_empty())?;
    let here = XyzDestination::new(number, pdf::Point::from_xy(0.0, 0.0));
    let yellow = LinkBorder::new(0.0, rgb::Color::new(255, 217, 77).into());
    let link = LinkAnnotation::new(place, Target::Destination(here.into())).with_border(yellow);
    Some(Annotation::new_link(link, Some(notes.into())))
}

/// Makes notes of the marks in a finished document that has no other links.
pub(super) fn finish(document: &mut [u8]) {
    let mut from = 0;
    while let Some(place) = document[from..].windows(LINK.len()).position(|bytes| bytes == LINK) {
        from += place + LINK.len();
        document[from - NOTE.len()..from].copy_from_slice(NOTE);
    }
}
