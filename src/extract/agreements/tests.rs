//! Agreements as articles tell them: what is found, and how far each reaches.

use super::*;
use crate::document::Document;
use crate::extract::names;
use crate::token::tokenize;

/// "surface" of each agreement, with "~" before what stands for one told of before.
fn found(text: &str) -> Vec<String> {
    let ontology = Ontology::builtin();
    let tokens = tokenize(&Document::prose(text), ontology);
    let surface = |range: &Range<usize>| {
        tokens.tokens[range.start].span.to(tokens.tokens[range.end - 1].span).of(text)
    };
    let line = |one: &Agreement| {
        let mark = if one.bare { "~" } else { "" };
        format!("{mark}{}", surface(&one.tokens))
    };
    find(text, &tokens, ontology).iter().map(line).collect()
}

/// What each agreement is called once its span is widened.
fn called(text: &str) -> Vec<String> {
    let ontology = Ontology::builtin();
    let draft = names(&Document::prose(text), ontology);
    let mut mentions = draft.mentions;
    widen(text, &mut mentions, &draft.tokens, ontology);
    let agreements = mentions.iter().filter(|one| one.class == TopClass::Agreement);
    agreements.map(|one| one.span.of(text).to_owned()).collect()
}

#[test]
fn a_deal_is_told_by_what_stands_behind_it() {
    for (text, expected) in [
        ("They signed a deal to build ships.", &["deal"][..]),
        ("Both reached an agreement on prices.", &["agreement"]),
        ("Both signed an agreement on Monday.", &[]),
        ("Talks for a deal went on.", &[]),
        ("It won an order for 20 ships.", &["order"]),
        ("He gave an order for silence.", &[]),
        ("Acme signed a letter of intent.", &["letter of intent"]),
        ("She wrote a letter of thanks.", &[]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn what_is_taken_for_granted_stands_for_what_was_told_or_is_its_own() {
    for (text, expected) in [
        ("The truce holds. Both praised the truce.", &["truce", "~truce"][..]),
        ("A fisheries treaty was signed. The treaty is old.", &["fisheries treaty", "~treaty"]),
        ("Troops crossed the ceasefire line.", &[]),
        ("The resolution was passed by the club.", &[]),
        (
            "The UN Security Council passed a resolution condemning Iran. The resolution is short.",
            &["resolution", "~resolution"],
        ),
        ("It is the first agreement of its kind.", &[]),
        ("\"The agreement is dead,\" he said.", &["agreement"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn names_of_agreements_are_told_from_names_that_hold_them() {
    for (text, expected) in [
        ("Both cited the Minsk agreements.", &["Minsk agreements"][..]),
        ("Both cited the Hague Convention.", &["Hague Convention"]),
        ("Many came to the Republican Convention.", &[]),
        ("The North Atlantic Treaty Organization met.", &[]),
        ("The House passed House Resolution 12.", &[]),
        (
            "He praised the Comprehensive and Strategic Partnership.",
            &["Comprehensive and Strategic Partnership"],
        ),
        ("He praised the Quad Vaccine Partnership.", &[]),
        ("They signed the Lake Trade Area (LTA) agreement.", &["Lake Trade Area (LTA) agreement"]),
        ("A Memorandum on Aging was issued.", &[]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn sides_and_brokers_are_names_of_their_own() {
    for (text, expected) in [
        ("They praised the U.S.-Cuba Migration Accords.", &["Migration Accords"][..]),
        ("They praised the UK - EU Trade Agreement.", &["Trade Agreement"]),
        ("They praised the UN-brokered truce.", &["truce"]),
        ("They praised a European Union supported ceasefire.", &["ceasefire"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn the_span_reaches_over_what_tells_the_agreement() {
    for (text, expected) in [
        ("They praised the U.S.-Cuba Migration Accords.", "U.S.-Cuba Migration Accords"),
        ("An agreement between Norway and Chile failed.", "agreement between Norway and Chile"),
        ("A deal to sell Volvo to Siemens failed.", "deal to sell Volvo to Siemens"),
        ("The truce in Yemen holds.", "truce in Yemen"),
        (
            "The agreement reached in May between Norway and Chile holds.",
            "agreement reached in May between Norway and Chile",
        ),
        ("A deal to build ships failed.", "deal"),
    ] {
        assert_eq!(called(text), [expected], "{text}");
    }
}
