//! Briefs and surveys: what they say, that names stay names in every format, and that paper is used well.
#![expect(clippy::unwrap_used, reason = "a test ends there")]

#[path = "brief/maps.rs"]
mod maps;

#[test]
#[ignore = "to look at"]
fn look() {
    use peel::brief::ALL;
    use peel::writing;
    let show = |name: &str, page: &writing::Page| {
        let out = format!("/tmp/bl/{name}");
        std::fs::write(format!("{out}.md"), writing::markdown(page)).unwrap();
        std::fs::write(format!("{out}.html"), writing::html(page)).unwrap();
        let rich = writing::rich(page);
        std::fs::write(format!("{out}.mail.html"), rich.html).unwrap();
        std::fs::write(format!("{out}.txt"), rich.text).unwrap();
        let fonts = peel::scene::text::Fonts::bundled();
        let sheets = writing::pdf(page, &fonts);
        let pages: Vec<_> =
            sheets.iter().map(|s| peel::export::Page { scene: &s.scene, title: &s.title, notes: "" }).collect();
        std::fs::write(format!("{out}.pdf"), peel::export::pdf::written("x", &pages, &fonts).unwrap()).unwrap();
    };
    for kind in ALL {
        show(&format!("bank-{}", kind.id), &(kind.make)(&maps::bank(), maps::id("bankers"), "2026-11-22"));
        show(&format!("many-{}", kind.id), &(kind.make)(&maps::many(200), maps::id("hub"), "2026-11-22"));
        for (at, name) in maps::HOSTILE.iter().enumerate() {
            show(&format!("hostile-{at}-{}", kind.id), &(kind.make)(&maps::hostile(name), maps::id("a"), "2026-11-22"));
        }
    }
    std::fs::write("/tmp/bl/bank-survey.html", peel::brief::survey(&maps::bank(), maps::id("bankers"), maps::id("uw")))
        .unwrap();
}
