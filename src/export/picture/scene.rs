//! What is on a picture and where, in pixels from the upper left corner.

use std::collections::BTreeMap;

use super::font;
use super::labels::{Area, Taken};
use crate::analysis::{self, LayoutSettings, Position};
use crate::export::elements::{Edge, Elements};
use crate::export::look::{Colour, Stroke, strong_colour};
use crate::graph::EntityIndex;
use crate::ontology::TopClass;

/// No picture is wider or higher, apart from its margins and legend.
const LARGEST: f32 = 2400.0;
const MARGIN: f32 = 70.0;
const LEGEND_SIZE: f32 = 13.0;

/// So many letters of a name are written.
const LONGEST: usize = 48;

/// In so many steps a line is followed, to write names beside it.
const STEPS: usize = 16;

/// Relations are named in pictures of at most so many; beyond that they hide the graph.
const NAMED_RELATIONS: usize = 250;

pub(super) struct Scene {
    pub wide: f32,
    pub high: f32,
    pub lines: Vec<Line>,
    pub discs: Vec<Disc>,
    pub texts: Vec<Text>,
    /// Names for which there was no room.
    pub unlabelled: u64,
}

/// A relation: a curve, with a point where it has a direction.
pub(super) struct Line {
    /// Start, two controls, end of a cubic curve.
    pub curve: [[f32; 2]; 4],
    pub arrow: Option<[[f32; 2]; 3]>,
    pub stroke: Stroke,
    /// What it says, in full.
    pub title: String,
}

pub(super) struct Disc {
    pub place: [f32; 2],
    pub radius: f32,
    pub colour: Colour,
    pub title: String,
}

/// One line of text.
pub(super) struct Text {
    /// Where the base line begins.
    pub place: [f32; 2],
    pub size: f32,
    pub colour: Colour,
    pub text: String,
}

const INK: Colour = Colour(0x1a, 0x1a, 0x1a);

/// A node while the picture is put together.
struct Node {
    place: [f32; 2],
    radius: f32,
    degree: usize,
    name: String,
}

impl Scene {
    pub fn new(elements: &Elements<'_>) -> Self {
        let graph = elements.graph;
        let edges: Vec<Edge<'_>> = elements.edges().collect();
        let mut degrees = vec![0_usize; graph.entity_count()];
        for edge in &edges {
            degrees[edge.claim.head.0 as usize] += 1;
            degrees[edge.claim.tail.0 as usize] += 1;
        }
        let (places, scale, [wide, high]) = places(elements);
        let node = |index: EntityIndex| {
            let degree = degrees[index.0 as usize];
            Node {
                place: places[index.0 as usize],
                radius: ((5.0 + 2.2 * (degree as f32).sqrt()).min(24.0) * scale.sqrt()).max(1.5),
                degree,
                name: shown(&graph.entity(index).name),
            }
        };
        let nodes: Vec<Node> = graph.entities().map(|(index, _)| node(index)).collect();
        let mut scene = Self {
            wide,
            high,
            lines: lines(&edges, &nodes),
            discs: Vec::with_capacity(nodes.len()),
            texts: Vec::new(),
            unlabelled: 0,
        };
        for &index in &elements.order.entities {
            let (node, element) = (&nodes[index.0 as usize], elements.node(index));
            scene.discs.push(Disc {
                place: node.place,
                radius: node.radius,
                colour: strong_colour(element.entity.class),
                title: format!("{} ({})", element.entity.name, element.kind()),
            });
        }
        scene.add_names(elements, &nodes, &edges);
        scene.add_legend(elements, &edges);
        scene
    }

    /// Names of nodes, those of the most relations first, then names of relations.
    fn add_names(&mut self, elements: &Elements<'_>, nodes: &[Node], edges: &[Edge<'_>]) {
        let mut taken = Taken::default();
        for node in nodes {
            taken.add(Area::around(node.place, 2.0 * node.radius, 2.0 * node.radius));
        }
        for line in &self.lines {
            for step in 1..STEPS {
                taken.mind(point(line.curve, step as f32 / STEPS as f32));
            }
        }
        let mut order = elements.order.entities.clone();
        order.sort_by_key(|index| std::cmp::Reverse(nodes[index.0 as usize].degree));
        for node in order.iter().map(|index| &nodes[index.0 as usize]) {
            if node.name.is_empty() {
                continue;
            }
            let size = 11.0 + (node.degree as f32).sqrt().min(5.0);
            let (wide, high) = (font::width(&node.name, size), 1.2 * size);
            let [x, y] = node.place;
            let (aside, above) = (node.radius + 4.0 + wide / 2.0, node.radius + 2.0 + high / 2.0);
            let middles = [
                [x + aside, y],
                [x - aside, y],
                [x, y - above],
                [x, y + above],
                [x + aside, y - above],
                [x + aside, y + above],
                [x - aside, y - above],
                [x - aside, y + above],
            ];
            let inside = |middle: &[f32; 2]| {
                middle[0] - wide / 2.0 > 2.0 && middle[0] + wide / 2.0 < self.wide - 2.0
            };
            let middles: Vec<[f32; 2]> = middles.into_iter().filter(inside).collect();
            let areas = middles.iter().map(|middle| Area::around(*middle, wide + 2.0, high));
            match taken.place(areas) {
                Some(at) => self.write(middles[at], wide, size, INK, node.name.clone()),
                None => self.unlabelled += 1,
            }
        }
        if edges.len() > NAMED_RELATIONS {
            return;
        }
        for (at, edge) in edges.iter().enumerate() {
            let (curve, colour) = (self.lines[at].curve, self.lines[at].stroke.colour());
            let (label, size) = (&edge.property.label, 9.5);
            let (wide, high) = (font::width(label, size), 1.15 * size);
            let middles = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74].map(|part| point(curve, part));
            let areas = middles.iter().map(|middle| Area::around(*middle, wide + 2.0, high));
            if let Some(at) = taken.place_first(areas) {
                self.write(middles[at], wide, size, colour, label.clone());
            }
        }
    }

    fn write(&mut self, [x, y]: [f32; 2], wide: f32, size: f32, colour: Colour, text: String) {
        // The middle of the letters is about a third of the size above their base line.
        let place = [x - wide / 2.0, y + 0.35 * size];
        self.texts.push(Text { place, size, colour, text });
    }

    /// Below the graph: the classes and kinds of lines that are in it.
    fn add_legend(&mut self, elements: &Elements<'_>, edges: &[Edge<'_>]) {
        let has_class =
            |class: &TopClass| elements.graph.entities().any(|(_, entity)| entity.class == *class);
        let (mut x, mut y) = (16.0, self.high + 10.0);
        let mut next = |text: &str, limit: f32| {
            let wide = 44.0 + font::width(text, LEGEND_SIZE);
            if x + wide > limit && x > 16.0 {
                (x, y) = (16.0, y + 22.0);
            }
            let place = [x, y];
            x += wide;
            place
        };
        self.wide = self.wide.max(460.0);
        for class in TopClass::ALL.into_iter().filter(has_class) {
            let [x, y] = next(class.name(), self.wide);
            let colour = strong_colour(class);
            let title = class.name().to_owned();
            self.discs.push(Disc { place: [x + 10.0, y], radius: 6.0, colour, title });
            self.legend_text([x + 22.0, y], class.name());
        }
        let strokes = [
            (Stroke::Solid, "stated"),
            (Stroke::Dotted, "planned, conditional or alleged"),
            (Stroke::Disputed, "denied by some"),
            (Stroke::Denied, "denied"),
        ];
        for (stroke, text) in strokes {
            if !edges.iter().any(|edge| Stroke::of(&edge.summary) == stroke) {
                continue;
            }
            let [x, y] = next(text, self.wide);
            let ends = [[x, y], [x + 8.0, y], [x + 16.0, y], [x + 24.0, y]];
            self.lines.push(Line { curve: ends, arrow: None, stroke, title: text.to_owned() });
            self.legend_text([x + 30.0, y], text);
        }
        self.high = y + 22.0;
    }

    fn legend_text(&mut self, [x, y]: [f32; 2], text: &str) {
        let place = [x, y + 0.35 * LEGEND_SIZE];
        self.texts.push(Text { place, size: LEGEND_SIZE, colour: INK, text: text.to_owned() });
    }
}

/// Places by entity, by how much the layout was made smaller, and the size of all.
fn places(elements: &Elements<'_>) -> (Vec<[f32; 2]>, f32, [f32; 2]) {
    let graph = elements.graph;
    let computed = match elements.options.layout {
        Some(_) => Vec::new(),
        None => analysis::layout(graph, &LayoutSettings::default()),
    };
    let position = |(index, _): (EntityIndex, _)| match &elements.options.layout {
        Some(layout) => layout.position(index).unwrap_or_default(),
        None => computed.get(index.0 as usize).copied().unwrap_or_default(),
    };
    let positions: Vec<Position> = graph.entities().map(position).collect();
    let (mut low, mut high) = ([f32::MAX; 2], [f32::MIN; 2]);
    for position in &positions {
        for (axis, value) in [position.x, position.y].into_iter().enumerate() {
            low[axis] = low[axis].min(value);
            high[axis] = high[axis].max(value);
        }
    }
    if positions.is_empty() {
        return (Vec::new(), 1.0, [2.0 * MARGIN; 2]);
    }
    let extent = [0, 1].map(|axis| high[axis] - low[axis]);
    let scale = (LARGEST / extent[0].max(extent[1])).min(1.0);
    let place = |position: &Position| {
        [MARGIN + (position.x - low[0]) * scale, MARGIN + (high[1] - position.y) * scale]
    };
    let size = extent.map(|extent| extent * scale + 2.0 * MARGIN);
    (positions.iter().map(place).collect(), scale, size)
}

/// One line a relation, in the order of `edges`. Several between the same two are bent apart.
fn lines(edges: &[Edge<'_>], nodes: &[Node]) -> Vec<Line> {
    let pair = |edge: &Edge<'_>| {
        let (head, tail) = (edge.claim.head, edge.claim.tail);
        (head.min(tail), head.max(tail))
    };
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    edges.iter().for_each(|edge| *counts.entry(pair(edge)).or_default() += 1);
    let mut drawn: BTreeMap<_, usize> = BTreeMap::new();
    edges
        .iter()
        .map(|edge| {
            let number = drawn.entry(pair(edge)).or_default();
            let offset = *number as f32 - (counts[&pair(edge)] - 1) as f32 / 2.0;
            *number += 1;
            let (head, tail) =
                (&nodes[edge.claim.head.0 as usize], &nodes[edge.claim.tail.0 as usize]);
            let is_loop = edge.claim.head == edge.claim.tail;
            // From the same side, whichever of the two is the head.
            let side = if edge.source.key <= edge.target.key { 1.0 } else { -1.0 };
            let has_arrow = !edge.property.symmetric;
            let (curve, arrow) = match is_loop {
                true => looped(head, *number as f32, has_arrow),
                false => bent(head, tail, 44.0 * side * offset, has_arrow),
            };
            let summary = &edge.summary;
            let title = format!(
                "{} — {} → {} ({}, {}): {}",
                edge.source.name,
                edge.property.label,
                edge.target.name,
                summary.polarity,
                summary.modality,
                summary.quote
            );
            Line { curve, arrow, stroke: Stroke::of(summary), title }
        })
        .collect()
}

type Arrow = Option<[[f32; 2]; 3]>;

fn bent(head: &Node, tail: &Node, bend: f32, has_arrow: bool) -> ([[f32; 2]; 4], Arrow) {
    let ([ax, ay], [bx, by]) = (head.place, tail.place);
    let (dx, dy) = (bx - ax, by - ay);
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let middle = [(ax + bx) / 2.0 - bend * dy / length, (ay + by) / 2.0 + bend * dx / length];
    let start = towards(head.place, middle, head.radius + 1.0);
    let point = towards(tail.place, middle, tail.radius + 1.5);
    let end = if has_arrow { towards(point, middle, 5.0) } else { point };
    let control = |from: [f32; 2]| [0, 1].map(|axis| (from[axis] + 2.0 * middle[axis]) / 3.0);
    let curve = [start, control(start), control(end), end];
    (curve, has_arrow.then(|| arrow(point, middle)))
}

/// A relation of a node with itself: a loop above it.
fn looped(node: &Node, number: f32, has_arrow: bool) -> ([[f32; 2]; 4], Arrow) {
    let ([x, y], radius) = (node.place, node.radius + 1.5);
    let out = 2.0 * radius + 14.0 * number;
    let (left, right) = ([x - out, y - out - radius], [x + out, y - out - radius]);
    let start = towards(node.place, left, radius);
    let point = towards(node.place, right, radius);
    let end = if has_arrow { towards(point, right, 5.0) } else { point };
    ([start, left, right, end], has_arrow.then(|| arrow(point, right)))
}

/// A point so far from `from` in the direction of `to`.
fn towards(from: [f32; 2], to: [f32; 2], distance: f32) -> [f32; 2] {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = (dx * dx + dy * dy).sqrt();
    if length > 0.0 {
        [from[0] + dx / length * distance, from[1] + dy / length * distance]
    } else {
        from
    }
}

/// A triangle with its point at `point`, as if come from `from`.
fn arrow(point: [f32; 2], from: [f32; 2]) -> [[f32; 2]; 3] {
    let back = towards(point, from, 7.5);
    let (dx, dy) = (point[0] - back[0], point[1] - back[1]);
    let (across, along) = (0.42 * dx, 0.42 * dy);
    [point, [back[0] - along, back[1] + across], [back[0] + along, back[1] - across]]
}

/// A point of a cubic curve, at a part of it from 0 to 1.
fn point(curve: [[f32; 2]; 4], part: f32) -> [f32; 2] {
    let rest = 1.0 - part;
    let weights = [
        rest * rest * rest,
        3.0 * rest * rest * part,
        3.0 * rest * part * part,
        part * part * part,
    ];
    [0, 1].map(|axis| curve.iter().zip(weights).map(|(p, weight)| p[axis] * weight).sum())
}

/// A name as it is written: on one line, without characters that command, and not too long.
fn shown(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let line = words.join(" ");
    let is_shown = |letter: &char| {
        !letter.is_control() && !matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let mut letters = line.chars().filter(is_shown);
    let mut shown: String = letters.by_ref().take(LONGEST).collect();
    if letters.next().is_some() {
        shown.pop();
        shown.push('…');
    }
    shown
}
