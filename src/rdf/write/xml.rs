//! RDF/XML through `oxrdfio`, with what XML 1.0 cannot carry replaced and counted.

use std::io::{self, Write};

use oxigraph::model::{Literal, Quad, Term};
use oxrdfio::{RdfFormat, RdfSerializer};

use crate::rdf::mapping::Mapping;
use crate::rdf::quads::each_quad_of_graph;
use crate::rdf::vocabulary::PREFIXES;

/// Writes RDF/XML and returns how many characters became U+FFFD.
pub fn write(mapping: Mapping<'_>, foreign: &[&Quad], out: &mut dyn io::Write) -> io::Result<u64> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::RdfXml);
    for (prefix, iri) in PREFIXES.iter().filter(|(prefix, _)| *prefix != "rdf") {
        serializer = serializer.with_prefix(*prefix, *iri).map_err(io::Error::other)?;
    }
    let mut writer =
        serializer.for_writer(KeepReturns { out: io::BufWriter::with_capacity(1 << 16, out) });
    let mut replaced = 0;
    let mut outcome = Ok(());
    let mut put = |mut quad: Quad| {
        if outcome.is_ok() {
            replaced += make_allowed(&mut quad.object);
            outcome = writer.serialize_triple(quad.as_ref());
        }
    };
    each_quad_of_graph(mapping, &mut put);
    for &quad in foreign {
        put(quad.clone());
    }
    outcome?;
    writer.finish()?.out.flush()?;
    Ok(replaced)
}

/// Whether the predicate ends in an XML name, as the format needs, and is none of the names
/// that its syntax reserves.
pub fn can_name(quad: &Quad) -> bool {
    let iri = quad.predicate.as_str();
    let reserved = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    let is_reserved = iri.strip_prefix(reserved).is_some_and(|local| {
        ["Description", "li", "RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype"]
            .contains(&local)
    });
    let name = iri.rsplit(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '.'));
    let named = name
        .clone()
        .next()
        .is_some_and(|local| local.contains(|c: char| c.is_ascii_alphabetic() || c == '_'));
    let nested = match &quad.object {
        Term::Triple(triple) => {
            can_name(&triple.as_ref().clone().in_graph(quad.graph_name.clone()))
        }
        _ => true,
    };
    named && nested && !is_reserved && !iri.starts_with("http://www.w3.org/2000/xmlns/")
}

/// Replaces what XML 1.0 does not allow in a literal; returns how many characters.
fn make_allowed(term: &mut Term) -> u64 {
    let Term::Literal(literal) = term else {
        return 0;
    };
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    let count = literal.value().chars().filter(|c| !is_allowed(*c)).count() as u64;
    if count > 0 {
        let value: String =
            literal.value().chars().map(|c| if is_allowed(c) { c } else { '\u{FFFD}' }).collect();
        *literal = match literal.language() {
            Some(language) => Literal::new_language_tagged_literal_unchecked(value, language),
            None => Literal::new_typed_literal(value, literal.datatype().into_owned()),
        };
    }
    count
}

/// Writes a carriage return as a character reference: every reader of XML takes a bare one for
/// a line feed, and the serializer itself writes none.
struct KeepReturns<W> {
    out: W,
}

impl<W: Write> Write for KeepReturns<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut parts = bytes.split(|byte| *byte == b'\r');
        if let Some(first) = parts.next() {
            self.out.write_all(first)?;
        }
        for part in parts {
            self.out.write_all(b"&#xD;")?;
            self.out.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
