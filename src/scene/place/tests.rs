//! My place of every party of a map: nothing collides, nothing is missing.

use super::*;
use crate::files::samples;
use crate::scene::sheet::tests::thirty;

#[test]
#[ignore = "throw-away"]
fn pictures() {
    use crate::export::png::{PngOptions, png};
    use crate::scene::picture::{PictureOptions, picture};
    let fonts = Fonts::bundled();
    let mut maps: Vec<(String, Document)> = samples::ALL.iter().map(|s| (s.id.into(), s.open())).collect();
    maps.push(("30".into(), thirty()));
    for (name, document) in &maps {
        for (i, (id, _)) in document.parties().enumerate().filter(|(i, _)| i % 4 == 1) {
            let drawing = place(document, id, &fonts);
            let scene = picture(document, &drawing, &fonts, &PictureOptions::default());
            let theme = if i % 8 == 1 { crate::scene::Theme::Light } else { crate::scene::Theme::Dark };
            let options = PngOptions { pixels_per_unit: 1.5, theme, ..PngOptions::default() };
            std::fs::write(format!("/tmp/sipoc/place-{name}-{i}.png"), png(&scene, &fonts, &options).expect("png"))
                .expect("written");
        }
    }
}
