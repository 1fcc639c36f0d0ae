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
    /// The band of a department, one of twelve hues by its place among the map's departments.
    Department(u8),
}

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
    0x4e_79_a7, 0xe1_8a_33, 0x3f_95_8c, 0xc4_5a_72, 0x7c_68_b0, 0x8a_9a_34, 0x3b_8f_c2, 0xb0_72_3e, 0x5c_a0_56,
    0xa8_5f_a3, 0x6b_7a_90, 0xc2_9a_2b,
];
const DEPARTMENTS_DARK: [u32; HUES as usize] = [
    0x6f_9f_d1, 0xf0_a4_5c, 0x5c_bb_b1, 0xe2_7d_95, 0x9f_8d_d6, 0xb0_c0_58, 0x63_b3_e4, 0xd0_96_64, 0x82_c4_7c,
    0xcc_86_c7, 0x93_a3_ba, 0xe0_bd_55,
];

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
        Ink::Paper => (0xfb_fb_fa, 255),
        Ink::Grid => (0xe2_e4_e8, 255),
        Ink::Card => (0xff_ff_ff, 255),
        Ink::CustomerCard => (0xff_f6_e3, 255),
        Ink::SupplierCard => (0xee_f4_f2, 255),
        Ink::CardEdge => (0xc3_c9_d3, 255),
        Ink::CustomerEdge => (0xc9_8a_16, 255),
        Ink::SupplierEdge => (0x6d_96_8c, 255),
        Ink::Shadow => (0x1b_24_35, 18),
        Ink::Text => (0x1c_23_30, 255),
        Ink::Faint => (0x5d_67_79, 255),
        Ink::Line => (0x6a_75_88, 255),
        Ink::Rework => (0xb0_57_1c, 255),
        Ink::Accent => (0x1f_66_d6, 255),
        Ink::AccentSoft => (0x1f_66_d6, 36),
        Ink::Halo => (0xfb_fb_fa, 235),
        Ink::Good => (0x1d_7f_4e, 255),
        Ink::Warn => (0xa8_63_00, 255),
        Ink::Bad => (0xc2_2f_2f, 255),
        Ink::WarnSoft => (0xff_f3_d9, 255),
        Ink::Department(n) => (DEPARTMENTS_LIGHT[usize::from(n % HUES)], 255),
    }
}

fn dark(ink: Ink) -> (u32, u8) {
    match ink {
        Ink::Paper => (0x17_1a_20, 255),
        Ink::Grid => (0x2b_30_3a, 255),
        Ink::Card => (0x24_29_32, 255),
        Ink::CustomerCard => (0x35_2e_1f, 255),
        Ink::SupplierCard => (0x20_2f_2c, 255),
        Ink::CardEdge => (0x4b_54_63, 255),
        Ink::CustomerEdge => (0xd6_a2_45, 255),
        Ink::SupplierEdge => (0x6f_a5_98, 255),
        Ink::Shadow => (0x00_00_00, 70),
        Ink::Text => (0xee_f1_f5, 255),
        Ink::Faint => (0xa5_af_be, 255),
        Ink::Line => (0x96_a1_b3, 255),
        Ink::Rework => (0xe8_97_5c, 255),
        Ink::Accent => (0x6a_a5_ff, 255),
        Ink::AccentSoft => (0x6a_a5_ff, 52),
        Ink::Halo => (0x17_1a_20, 235),
        Ink::Good => (0x5f_c9_92, 255),
        Ink::Warn => (0xf0_b4_4c, 255),
        Ink::Bad => (0xff_7f_78, 255),
        Ink::WarnSoft => (0x3a_31_1c, 255),
        Ink::Department(n) => (DEPARTMENTS_DARK[usize::from(n % HUES)], 255),
    }
}
