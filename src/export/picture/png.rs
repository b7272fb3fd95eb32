//! The scene as PNG, painted with tiny-skia.

use std::io::{self, Write};

use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Transform};
use ttf_parser::OutlineBuilder;

use super::font;
use super::scene::{Scene, Text};
use crate::export::look::{Colour, Stroke};

/// Pictures up to this size are painted with two pixels for one, for sharp screens.
const SMALL: f32 = 2000.0;

/// Gives how many texts hold letters that are not shown as they should be.
pub(super) fn write(scene: &Scene, out: &mut dyn Write) -> io::Result<u64> {
    let scale = if scene.wide.max(scene.high) <= SMALL { 2.0 } else { 1.0 };
    let (wide, high) = ((scene.wide * scale).ceil() as u32, (scene.high * scale).ceil() as u32);
    let too_large = || io::Error::other("the picture is too large to paint");
    let mut canvas = Canvas {
        pixmap: Pixmap::new(wide, high).ok_or_else(too_large)?,
        transform: Transform::from_scale(scale, scale),
    };
    canvas.pixmap.fill(Color::WHITE);
    for line in &scene.lines {
        let [start, a, b, end] = line.curve;
        let mut path = PathBuilder::new();
        path.move_to(start[0], start[1]);
        path.cubic_to(a[0], a[1], b[0], b[1], end[0], end[1]);
        let colour = line.stroke.colour();
        canvas.stroke(path.finish(), colour, 1.3, dashes(line.stroke));
        if let Some([point, left, right]) = line.arrow {
            let mut path = PathBuilder::new();
            path.move_to(point[0], point[1]);
            path.line_to(left[0], left[1]);
            path.line_to(right[0], right[1]);
            path.close();
            canvas.fill(path.finish(), colour);
        }
    }
    for disc in &scene.discs {
        let circle = PathBuilder::from_circle(disc.place[0], disc.place[1], disc.radius);
        canvas.fill(circle.clone(), disc.colour);
        canvas.stroke(circle, WHITE, 1.0, None);
    }
    for text in &scene.texts {
        let path = outline(text);
        canvas.stroke(path.clone(), WHITE, 3.0, None);
        canvas.fill(path, text.colour);
    }
    let bytes = canvas.pixmap.encode_png().map_err(io::Error::other)?;
    out.write_all(&bytes)?;
    Ok(scene.texts.iter().filter(|text| !font::is_readable(&text.text)).count() as u64)
}

const WHITE: Colour = Colour(0xff, 0xff, 0xff);

struct Canvas {
    pixmap: Pixmap,
    transform: Transform,
}

impl Canvas {
    /// What has no extent is not painted.
    fn fill(&mut self, path: Option<Path>, colour: Colour) {
        if let Some(path) = path {
            let paint = paint(colour);
            self.pixmap.fill_path(&path, &paint, FillRule::Winding, self.transform, None);
        }
    }

    fn stroke(&mut self, path: Option<Path>, colour: Colour, width: f32, dashes: Option<[f32; 2]>) {
        let Some(path) = path else { return };
        let stroke = tiny_skia::Stroke {
            width,
            line_cap: LineCap::Butt,
            line_join: LineJoin::Round,
            dash: dashes.and_then(|dashes| tiny_skia::StrokeDash::new(dashes.to_vec(), 0.0)),
            ..tiny_skia::Stroke::default()
        };
        self.pixmap.stroke_path(&path, &paint(colour), &stroke, self.transform, None);
    }
}

fn paint(Colour(red, green, blue): Colour) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

fn dashes(stroke: Stroke) -> Option<[f32; 2]> {
    match stroke {
        Stroke::Solid => None,
        Stroke::Dotted => Some([1.5, 3.5]),
        Stroke::Disputed | Stroke::Denied => Some([6.0, 4.0]),
    }
}

fn outline(text: &Text) -> Option<Path> {
    let mut pen = Pen(PathBuilder::new());
    font::outline(&text.text, text.size, text.place, &mut pen);
    pen.0.finish()
}

/// From the outlines of glyphs to paths.
struct Pen(PathBuilder);

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
