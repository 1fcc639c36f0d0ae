//! One party's place in the chain: who feeds it, whom it feeds, what is needed and what is received.

use super::Ask;
use crate::model::PartyKind;
use crate::scene::drawing::Drawing;
use crate::scene::place::place;

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    let document = ask.document;
    let chosen = ask.choice.centre.filter(|id| document.party(*id).is_some());
    let process = || document.parties().find(|(_, p)| p.kind == PartyKind::Process).map(|(id, _)| id);
    let any = || document.parties().next().map(|(id, _)| id);
    match chosen.or_else(process).or_else(any) {
        Some(party) => place(document, party, ask.fonts),
        None => Drawing::default(),
    }
}
