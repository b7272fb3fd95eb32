//! The scene as SVG 1.1, without scripts, styles or references.

use std::io::{self, Write};

use super::scene::Scene;
use crate::export::look::Stroke;
use crate::export::xml::XmlWriter;

/// Gives how many characters XML cannot carry.
pub(super) fn write(scene: &Scene, out: &mut dyn Write) -> io::Result<u64> {
    let mut xml = XmlWriter::new(out)?;
    let (wide, high) = (number(scene.wide), number(scene.high));
    xml.start(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", &wide),
            ("height", &high),
            ("viewBox", &format!("0 0 {wide} {high}")),
            ("font-family", "DejaVu Sans, Verdana, Helvetica, sans-serif"),
        ],
    )?;
    xml.leaf("title", &[], "newsgraph")?;
    xml.empty("rect", &[("width", &wide), ("height", &high), ("fill", "#ffffff")])?;
    for line in &scene.lines {
        let colour = line.stroke.colour().to_string();
        xml.start("g", &[("stroke", &colour), ("fill", &colour)])?;
        xml.leaf("title", &[], &line.title)?;
        let [start, a, b, end] = line.curve.map(pair);
        let path = format!("M{start}C{a} {b} {end}");
        let mut attributes = vec![("d", &*path), ("fill", "none"), ("stroke-width", "1.3")];
        attributes.extend(dashes(line.stroke).map(|dashes| ("stroke-dasharray", dashes)));
        xml.empty("path", &attributes)?;
        if let Some(arrow) = line.arrow {
            let points = arrow.map(pair).join(" ");
            xml.empty("polygon", &[("points", &points), ("stroke", "none")])?;
        }
        xml.end("g")?;
    }
    for disc in &scene.discs {
        let [x, y] = disc.place.map(number);
        let (radius, colour) = (number(disc.radius), disc.colour.to_string());
        let circle = [("cx", &*x), ("cy", &y), ("r", &radius), ("fill", &colour)];
        xml.start("circle", &[&circle[..], &[("stroke", "#ffffff")]].concat())?;
        xml.leaf("title", &[], &disc.title)?;
        xml.end("circle")?;
    }
    // White edges keep texts legible on lines. They are drawn first, since not every program
    // knows how to paint the edge below the letters.
    for text in &scene.texts {
        let [x, y] = text.place.map(number);
        let size = number(text.size);
        let place = [("x", &*x), ("y", &*y), ("font-size", &*size)];
        let edge = [("fill", "none"), ("stroke", "#ffffff"), ("stroke-width", "3")];
        let hidden = [("stroke-linejoin", "round"), ("aria-hidden", "true")];
        xml.leaf("text", &[&place[..], &edge, &hidden].concat(), &text.text)?;
        let colour = text.colour.to_string();
        xml.leaf("text", &[&place[..], &[("fill", &colour)]].concat(), &text.text)?;
    }
    xml.end("svg")?;
    Ok(xml.replaced)
}

fn dashes(stroke: Stroke) -> Option<&'static str> {
    match stroke {
        Stroke::Solid => None,
        Stroke::Dotted => Some("1.5 3.5"),
        Stroke::Disputed | Stroke::Denied => Some("6 4"),
    }
}

fn pair(point: [f32; 2]) -> String {
    let [x, y] = point.map(number);
    format!("{x},{y}")
}

/// With one decimal, which is less than one sees.
fn number(value: f32) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // No negative zero.
    format!("{}", rounded + 0.0)
}
