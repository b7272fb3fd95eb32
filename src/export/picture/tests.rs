//! Texts find room, and the font knows what it can show.

use super::font;
use super::labels::{Area, Taken};

#[test]
fn texts_lie_on_nothing_and_beside_lines_where_they_can() {
    let mut taken = Taken::default();
    taken.add(Area::around([50.0, 50.0], 20.0, 20.0));
    let beside = |x: f32| Area::around([x, 50.0], 30.0, 10.0);
    assert_eq!(taken.place([beside(50.0), beside(74.0)]), None, "both touch the node");
    taken.mind([90.0, 52.0]);
    assert_eq!(taken.place([beside(80.0), beside(20.0)]), Some(1), "a line runs on the right");
    assert_eq!(taken.place([beside(20.0), beside(80.0)]), Some(1), "the left is taken now");
    assert_eq!(taken.place_first([beside(200.0), beside(300.0)]), Some(0));
}

#[test]
fn widths_are_those_of_the_font() {
    assert_eq!(font::width("", 12.0), 0.0);
    let (narrow, wide) = (font::width("iiii", 10.0), font::width("WWWW", 10.0));
    assert!(2.0 * narrow < wide && wide < 45.0, "{narrow} {wide}");
    assert_eq!(font::width("ab", 20.0), 2.0 * font::width("ab", 10.0));
}

#[test]
fn scripts_that_need_shaping_are_not_readable_as_drawn() {
    for (text, readable) in [
        ("Órán Łukasz", true),
        ("Владимир", true),
        ("Αθήνα", true),
        ("محمد", false),
        ("שלום", false),
        ("नमस्ते", false),
        ("北京", false),
    ] {
        assert_eq!(font::is_readable(text), readable, "{text}");
    }
}
