//! The font of the pictures, DejaVu Sans: part of the program, so that a picture is the same on
//! every machine. Letters stand one after the other; nothing is shaped or turned, so that scripts
//! which need that are told of.

use std::sync::LazyLock;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

static FACE: LazyLock<Option<Face<'static>>> =
    LazyLock::new(|| Face::parse(dejavu::sans::regular(), 0).ok());

/// The width of a text in the unit of `size`.
pub(super) fn width(text: &str, size: f32) -> f32 {
    let Some(face) = &*FACE else { return 0.6 * size * text.chars().count() as f32 };
    let units: u32 = text.chars().map(|letter| u32::from(advance(face, glyph(face, letter)))).sum();
    units as f32 * size / f32::from(face.units_per_em())
}

/// Draws the outline of a text whose base line begins at a point, `y` downward.
pub(super) fn outline(text: &str, size: f32, [x, y]: [f32; 2], out: &mut dyn OutlineBuilder) {
    let Some(face) = &*FACE else { return };
    let scale = size / f32::from(face.units_per_em());
    let mut placed = Placed { out, scale, x, y };
    for letter in text.chars() {
        let glyph = glyph(face, letter);
        face.outline_glyph(glyph, &mut placed);
        placed.x += f32::from(advance(face, glyph)) * scale;
    }
}

/// Whether all letters are in the font and read well one after the other, from the left.
pub(super) fn is_readable(text: &str) -> bool {
    let known = |letter| FACE.as_ref().is_some_and(|face| face.glyph_index(letter).is_some());
    text.chars().all(|letter| known(letter) && !needs_shaping(letter))
}

/// Scripts written from the right or whose letters join, and marks that are set on others.
fn needs_shaping(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36F}' | '\u{590}'..='\u{10FF}' | '\u{1780}'..='\u{17FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

fn glyph(face: &Face<'_>, letter: char) -> GlyphId {
    // Glyph 0 is the box for what is missing.
    face.glyph_index(letter).unwrap_or(GlyphId(0))
}

fn advance(face: &Face<'_>, glyph: GlyphId) -> u16 {
    face.glyph_hor_advance(glyph).unwrap_or(0)
}

/// Scales and moves the outlines of glyphs, whose `y` is upward.
struct Placed<'o> {
    out: &'o mut dyn OutlineBuilder,
    scale: f32,
    x: f32,
    y: f32,
}

impl Placed<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Placed<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.out.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.out.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.out.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.out.curve_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.out.close();
    }
}
