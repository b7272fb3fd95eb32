//! What loading could not make claims of: a graph file may hold a claim without evidence,
//! evidence of nothing, or a relation stated plainly. Loading keeps them as they are; here they
//! count as broken promises.

use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, QuadRef, TermRef};

use super::{CheckReport, Fault, Finding};
use crate::graph::KnowledgeGraph;
use crate::ontology::{NAMESPACE, Schema};
use crate::rdf::vocabulary::NodeClass;

const TYPE: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");

pub(super) fn check(graph: &KnowledgeGraph, schema: &Schema, report: &mut CheckReport) {
    for quad in &graph.foreign {
        if let Some(finding) = finding(quad.as_ref(), schema) {
            report.findings.push(finding);
        }
    }
}

fn finding(quad: QuadRef<'_>, schema: &Schema) -> Option<Finding> {
    let is_a = |class: NodeClass| {
        quad.predicate == TYPE
            && matches!(quad.object, TermRef::NamedNode(node) if node.as_str() == class.iri())
    };
    if is_a(NodeClass::Claim) {
        return Some(Finding {
            fault: Fault::NoEvidence,
            subject: name(quad.subject),
            document: None,
            evidence: None,
            message: "a claim that lacks evidence, its relation, or an entity at one end".into(),
        });
    }
    if is_a(NodeClass::Evidence) {
        return Some(Finding {
            fault: Fault::Incomplete,
            subject: name(quad.subject),
            document: None,
            evidence: None,
            message: "evidence of no claim, or without quote, offsets, document or polarity".into(),
        });
    }
    let relation = quad.predicate.as_str().strip_prefix(NAMESPACE)?;
    schema.property_id(relation)?;
    Some(Finding {
        fault: Fault::NoEvidence,
        subject: format!("{} {relation} {}", name(quad.subject), object_name(quad.object)),
        document: None,
        evidence: None,
        message: "stated plainly, without a claim that has evidence".into(),
    })
}

fn name(subject: NamedOrBlankNodeRef<'_>) -> String {
    match subject {
        NamedOrBlankNodeRef::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNodeRef::BlankNode(node) => node.to_string(),
    }
}

fn object_name(object: TermRef<'_>) -> String {
    match object {
        TermRef::NamedNode(node) => node.as_str().to_owned(),
        other => other.to_string(),
    }
}
