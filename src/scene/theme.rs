//! Semantic colours and what they are in light and in dark: the only file with colour numbers.

/// A colour by its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ink {
    /// The paper behind everything.
    Paper,
    /// Dots of the grid.
    Grid,
    /// Inside of a process card.
    Card,
    /// Inside of an external customer's card.
    CustomerCard,
    /// Inside of an external supplier's card.
    SupplierCard,
    /// Border of a process card.
    CardEdge,
    /// Border of an external customer's card.
    CustomerEdge,
    /// Border of an external supplier's card.
    SupplierEdge,
    /// A soft shadow under cards.
    Shadow,
    /// Main text.
    Text,
    /// Secondary text.
    Faint,
    /// A handoff's line.
    Line,
    /// A rework handoff's line.
    Rework,
    /// The one accent: selection, focus, what can be pressed.
    Accent,
    /// A pale accent behind selected things.
    AccentSoft,
    /// Behind a label that crosses lines.
    Halo,
    /// Good, fulfilled.
    Good,
    /// Unfinished, unknown, take care.
    Warn,
    /// Failed.
    Bad,
    /// A pale warning background.
    WarnSoft,
    /// What does not matter now, beside what stands out.
    Pale,
    /// A ring of the onion, the innermost first; every second one is a little darker.
    Ring(u8),
    /// A line's step on the way from good (0) to bad (4), told apart by colour-blind people too.
    Step(u8),
    /// The band of a department, one of twelve hues by its place among the map's departments.
    Department(u8),
    /// Behind main text: how good a figure is, from 0 (good) to 4 (bad). Told apart by lightness and by blue against
    /// orange, so also by those who see no red or green.
    Scale(u8),
}

/// Number of steps of [`Ink::Scale`].
pub const STEPS: u8 = 5;

/// Number of different department hues.
pub const HUES: u8 = 12;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Dark ink on light paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// Red, green, blue and opacity, 0 to 255, not premultiplied.
pub type Rgba = [u8; 4];

const DEPARTMENTS_LIGHT: [u32; HUES as usize] = [
    0x4e79a7, 0xe18a33, 0x3f958c, 0xc45a72, 0x7c68b0, 0x8a9a34, 0x3b8fc2, 0xb0723e, 0x5ca056, 0xa85fa3, 0x6b7a90,
    0xc29a2b,
];
const DEPARTMENTS_DARK: [u32; HUES as usize] = [
    0x6f9fd1, 0xf0a45c, 0x5cbbb1, 0xe27d95, 0x9f8dd6, 0xb0c058, 0x63b3e4, 0xd09664, 0x82c47c, 0xcc86c7, 0x93a3ba,
    0xe0bd55,
];

// From blue to red over yellow, after ColorBrewer's RdYlBu, dark enough for lines.
const LINES_LIGHT: [u32; STEPS as usize] = [0x2c6fb3, 0x6f9fc4, 0xb59a3a, 0xd9692c, 0xb3202a];
const LINES_DARK: [u32; STEPS as usize] = [0x5aa0e6, 0x93bfe0, 0xe3cf74, 0xf3935a, 0xf0605f];
const SCALE_LIGHT: [u32; STEPS as usize] = [0xbcd9f2, 0xdceaf4, 0xf7f0dd, 0xfbcf98, 0xf09a70];
const SCALE_DARK: [u32; STEPS as usize] = [0x1f5486, 0x2a4358, 0x45412f, 0x76501c, 0x9c4222];

impl Theme {
    /// The colour of an ink.
    pub fn rgba(self, ink: Ink) -> Rgba {
        let (rgb, alpha) = match self {
            Self::Light => light(ink),
            Self::Dark => dark(ink),
        };
        let [_, r, g, b] = u32::to_be_bytes(rgb);
        [r, g, b, alpha]
    }
}

fn light(ink: Ink) -> (u32, u8) {
    match ink {
        Ink::Paper => (0xfbfbfa, 255),
        Ink::Grid => (0xe2e4e8, 255),
        Ink::Card => (0xffffff, 255),
        Ink::CustomerCard => (0xfff6e3, 255),
        Ink::SupplierCard => (0xeef4f2, 255),
        Ink::CardEdge => (0xc3c9d3, 255),
        Ink::CustomerEdge => (0xc98a16, 255),
        Ink::SupplierEdge => (0x6d968c, 255),
        Ink::Shadow => (0x1b2435, 18),
        Ink::Text => (0x1c2330, 255),
        Ink::Faint => (0x5d6779, 255),
        Ink::Line => (0x6a7588, 255),
        Ink::Rework => (0xb0571c, 255),
        Ink::Accent => (0x1f66d6, 255),
        Ink::AccentSoft => (0x1f66d6, 36),
        Ink::Halo => (0xfbfbfa, 235),
        Ink::Good => (0x1d7f4e, 255),
        Ink::Warn => (0xa86300, 255),
        Ink::Bad => (0xc22f2f, 255),
        Ink::WarnSoft => (0xfff3d9, 255),
        Ink::Pale => (0xd5d9e0, 255),
        Ink::Ring(n) => ([0xfffaf0, 0xf4f7fb, 0xedf2f8][usize::from(if n == 0 { 0 } else { 1 + n % 2 })], 255),
        Ink::Step(n) => (LINES_LIGHT[usize::from(n.min(STEPS - 1))], 255),
        Ink::Department(n) => (DEPARTMENTS_LIGHT[usize::from(n % HUES)], 255),
        Ink::Scale(n) => (SCALE_LIGHT[usize::from(n.min(STEPS - 1))], 255),
    }
}

fn dark(ink: Ink) -> (u32, u8) {
    match ink {
        Ink::Paper => (0x171a20, 255),
        Ink::Grid => (0x2b303a, 255),
        Ink::Card => (0x242932, 255),
        Ink::CustomerCard => (0x352e1f, 255),
        Ink::SupplierCard => (0x202f2c, 255),
        Ink::CardEdge => (0x4b5463, 255),
        Ink::CustomerEdge => (0xd6a245, 255),
        Ink::SupplierEdge => (0x6fa598, 255),
        Ink::Shadow => (0x000000, 70),
        Ink::Text => (0xeef1f5, 255),
        Ink::Faint => (0xa5afbe, 255),
        Ink::Line => (0x96a1b3, 255),
        Ink::Rework => (0xe8975c, 255),
        Ink::Accent => (0x6aa5ff, 255),
        Ink::AccentSoft => (0x6aa5ff, 52),
        Ink::Halo => (0x171a20, 235),
        Ink::Good => (0x5fc992, 255),
        Ink::Warn => (0xf0b44c, 255),
        Ink::Bad => (0xff7f78, 255),
        Ink::WarnSoft => (0x3a311c, 255),
        Ink::Pale => (0x3a414d, 255),
        Ink::Ring(n) => ([0x2b2619, 0x1d222b, 0x212833][usize::from(if n == 0 { 0 } else { 1 + n % 2 })], 255),
        Ink::Step(n) => (LINES_DARK[usize::from(n.min(STEPS - 1))], 255),
        Ink::Department(n) => (DEPARTMENTS_DARK[usize::from(n % HUES)], 255),
        Ink::Scale(n) => (SCALE_DARK[usize::from(n.min(STEPS - 1))], 255),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2).
    fn luminance([r, g, b, _]: Rgba) -> f64 {
        let part = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    #[test]
    fn text_on_every_step_of_the_scale_is_legible() {
        for theme in [Theme::Light, Theme::Dark] {
            let text = luminance(theme.rgba(Ink::Text));
            for step in 0..=STEPS {
                let ground = luminance(theme.rgba(Ink::Scale(step)));
                let contrast = (text.max(ground) + 0.05) / (text.min(ground) + 0.05);
                assert!(contrast >= 5.5, "{theme:?} {step}: {contrast:.1}");
            }
            let blue = |step| i32::from(theme.rgba(Ink::Scale(step))[2]) - i32::from(theme.rgba(Ink::Scale(step))[0]);
            assert!((1..STEPS).all(|step| blue(step) < blue(step - 1)), "{theme:?}: from blue to orange");
        }
    }
}
