//! Copies are told from other reports, in whatever order the documents come.

use super::*;
use crate::document::{Source, document_id};
use crate::graph::DocumentRecord;

const WIRE: &str = "OSLO - The ferry company Baltic Lines said on Tuesday that it had agreed to sell \
its two oldest ships to a Danish group. The price was not made public. Chief executive Karin Holm \
told reporters that the money would pay for a new terminal in Gdynia, which is to open next \
spring. Unions had warned of lost jobs, but the company said that all crews would be kept until \
the end of the year at least. The Danish group, which runs freight lines to Iceland, did not \
answer questions. Shares of the company rose by four percent before noon.";
const OTHER: &str = "GDYNIA - Dock workers blocked the road to the harbour on Tuesday after news that \
Baltic Lines will part with two of its ships. Karin Holm, who leads the company, spoke of a good \
day. A speaker of the union called the sale a mistake that would be felt in every family along the \
coast, and asked the mayor to step in. The mayor said he had learnt of it from the newspapers and \
would meet both sides on Thursday, when the city council has its next session.";

fn graph(texts: &[Option<&str>]) -> (KnowledgeGraph, Vec<DocumentIndex>) {
    let mut graph = KnowledgeGraph::new();
    let documents = texts.iter().enumerate().map(|(at, text)| {
        let uri = format!("https://example.org/{}/{at}", text.map_or(0, str::len));
        graph.add_document(DocumentRecord {
            id: document_id(Some(&uri), text.unwrap_or_default()),
            source: Source { uri: Some(uri), ..Source::default() },
            text: text.map(str::to_owned),
        })
    });
    let documents = documents.collect();
    (graph, documents)
}

#[test]
fn equal_texts_are_one_source_whatever_their_white_space() {
    let spaced = WIRE.replace(". ", ".\n\n  ");
    let (graph, documents) = graph(&[Some(WIRE), Some(OTHER), Some(&spaced)]);
    let sources = Sources::of(&graph);
    assert_eq!(sources.origin(documents[0]), sources.origin(documents[2]));
    assert_eq!(sources.origin(documents[1]), documents[1]);
    assert_eq!((sources.count(documents.into_iter()), sources.total()), (2, 2));
    assert_eq!(sources.copies()[0].share, 1.0);
}

#[test]
fn an_edited_and_cut_copy_is_of_its_source_and_another_report_is_not() {
    let edited = WIRE
        .replace("OSLO - ", "Oslo (Harbour Post). ")
        .replace("two oldest", "2 oldest")
        .replace(" before noon", "");
    let cut = &WIRE[..WIRE.find("Unions").expect("it is there")];
    let (graph, documents) = graph(&[Some(cut), Some(OTHER), Some(&edited), Some(WIRE)]);
    let sources = Sources::of(&graph);
    let origin = sources.origin(documents[3]);
    assert_eq!([documents[0], documents[2]].map(|one| sources.origin(one)), [origin; 2]);
    assert_eq!(sources.origin(documents[1]), documents[1]);
    assert!(sources.copies().iter().all(|copy| copy.of == origin && copy.share > 0.7));
}

#[test]
fn the_order_of_documents_does_not_count() {
    let cut = &WIRE[..WIRE.find("The Danish").expect("it is there")];
    let texts = [Some(WIRE), Some(cut), Some(OTHER), Some(WIRE)];
    let grouped = |order: [usize; 4]| {
        let (mut graph, mut ids) = (KnowledgeGraph::new(), Vec::new());
        for at in order {
            let record = DocumentRecord {
                id: format!("{at}"),
                source: Source::default(),
                text: texts[at].map(str::to_owned),
            };
            graph.add_document(record);
        }
        let sources = Sources::of(&graph);
        for (index, record) in graph.documents() {
            ids.push((record.id.clone(), graph.document(sources.origin(index)).id.clone()));
        }
        ids.sort();
        ids
    };
    let expected = [("0", "0"), ("1", "0"), ("2", "2"), ("3", "0")];
    let expected = expected.map(|(document, of)| (document.to_owned(), of.to_owned()));
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        assert_eq!(grouped(order), expected);
    }
}

#[test]
fn documents_without_text_and_short_ones_are_sources_of_their_own() {
    let sentence = "Karin Holm leads Baltic Lines.";
    let longer = format!("{sentence} {OTHER}");
    let (graph, documents) =
        graph(&[None, None, Some(sentence), Some(&longer), Some(""), Some(" ")]);
    let sources = Sources::of(&graph);
    assert_eq!(sources.count(documents.iter().copied()), 6);
    assert_eq!(sources.copies(), []);
}

#[test]
fn a_collection_is_no_copy_of_what_it_holds() {
    let fillers: Vec<String> =
        (0..400).map(|at| format!("word{at} number{} of{}", at * 7, at * 13)).collect();
    let collection = format!("{WIRE} {OTHER} {}", fillers.join(" "));
    let (graph, documents) = graph(&[Some(&collection), Some(WIRE), Some(OTHER)]);
    assert_eq!(Sources::of(&graph).count(documents.into_iter()), 3);
}
