//! Turtle and TriG for people: prefixes, one block per subject, entities with their relations
//! first, then documents, claims with the evidence below each, and mentions last.

use std::collections::BTreeSet;
use std::io;

use oxigraph::model::{GraphName, Quad};

use super::bytes::Buffer;
use crate::graph::{ClaimIndex, ClaimRef, DocumentIndex, EntityIndex};
use crate::ontology::NAMESPACE;
use crate::rdf::mapping::{
    Iris, Mapping, Node, Object, Predicate, Profile, Statement, is_asserted,
};
use crate::rdf::vocabulary::{Datatype, PREFIXES, Term};

/// More kinds of keys than this are not worth a prefix each.
const MOST_PREFIXES: usize = 64;

pub fn write(mapping: Mapping<'_>, foreign: &[&Quad], out: &mut dyn io::Write) -> io::Result<()> {
    let mut turtle = Turtle {
        mapping,
        buffer: Buffer::new(out),
        iris: Iris::new(mapping),
        folders: folders(mapping),
        scratch: String::new(),
        lexical: String::new(),
    };
    turtle.prefixes();
    turtle.entities();
    turtle.documents();
    turtle.claims();
    if mapping.options.profile == Profile::NamedGraphs {
        turtle.document_graphs();
    } else {
        turtle.mentions();
    }
    turtle.foreign(foreign);
    turtle.buffer.finish()
}

/// The first parts of keys ("person" of "person/john-smith") that can be prefixes, and those
/// of other nodes.
fn folders(mapping: Mapping<'_>) -> BTreeSet<String> {
    let graph = mapping.graph;
    let mut found = BTreeSet::new();
    let present = [
        ("document", graph.document_count() > 0),
        ("mention", graph.entities().any(|(_, entity)| !entity.mentions.is_empty())),
        ("claim", graph.claim_count() > 0),
        ("evidence", graph.claim_count() > 0),
        ("selector", graph.claim_count() > 0),
    ];
    found.extend(present.iter().filter(|(_, is)| *is).map(|(name, _)| (*name).to_owned()));
    for (_, entity) in graph.entities() {
        if let Some((folder, _)) = entity.key.split_once('/')
            && found.len() < MOST_PREFIXES
            && folder.bytes().all(|byte| byte.is_ascii_lowercase())
            && !folder.is_empty()
            && PREFIXES.iter().all(|(name, _)| *name != folder)
            && !found.contains(folder)
        {
            found.insert(folder.to_owned());
        }
    }
    found
}

struct Turtle<'g, 'w> {
    mapping: Mapping<'g>,
    buffer: Buffer<'w>,
    iris: Iris<'g>,
    folders: BTreeSet<String>,
    scratch: String,
    lexical: String,
}

impl<'g> Turtle<'g, '_> {
    fn prefixes(&mut self) {
        for (name, iri) in PREFIXES {
            self.buffer.push(&format!("@prefix {name}: <{iri}> .\n"));
        }
        let base = self.mapping.options.base.as_str();
        for folder in &self.folders {
            self.buffer.push(&format!("@prefix {folder}: <{base}{folder}/> .\n"));
        }
    }

    fn section(&mut self, title: &str) {
        self.buffer.push("\n# ");
        self.buffer.push(title);
        self.buffer.push("\n");
    }

    fn entities(&mut self) {
        if self.mapping.graph.entity_count() > 0 {
            self.section("Entities");
        }
        let with_relations = self.mapping.options.profile == Profile::Default;
        let mut statements = Vec::new();
        for (entity, _) in self.mapping.graph.entities() {
            if self.buffer.failed() {
                return;
            }
            self.mapping.entity(entity, &mut |statement| statements.push(statement));
            if with_relations {
                let first = statements.len();
                self.mapping.direct_from(entity, &mut |statement| statements.push(statement));
                statements[first..].sort_by_key(|statement| {
                    let tail = match statement.object {
                        Object::Node(tail) => Some(tail),
                        _ => None,
                    };
                    (statement.predicate, tail)
                });
            }
            self.block(&statements, "");
            statements.clear();
        }
    }

    fn documents(&mut self) {
        if self.mapping.graph.document_count() > 0 {
            self.section("Documents");
        }
        let mut statements = Vec::new();
        for (document, _) in self.mapping.graph.documents() {
            self.mapping.document(document, &mut |statement| statements.push(statement));
            self.block(&statements, "");
            statements.clear();
        }
    }

    fn claims(&mut self) {
        if self.mapping.graph.claim_count() > 0 {
            self.section(match self.mapping.options.profile {
                Profile::NamedGraphs => "Claims; the evidence is in the graphs of the documents",
                _ => "Claims and their evidence",
            });
        }
        for claim in self.mapping.graph.claims() {
            if self.buffer.failed() {
                return;
            }
            match self.mapping.options.profile {
                Profile::Default => {
                    self.claim_block(claim, None, "");
                    for at in 0..claim.evidence.len() as u32 {
                        self.evidence_blocks(claim, at, "");
                    }
                }
                Profile::NamedGraphs => self.claim_block(claim, None, ""),
                Profile::Rdf12 => self.reified_claim(claim),
            }
        }
    }

    /// The statements about a claim node that stand in `graph`.
    fn claim_block(&mut self, claim: ClaimRef<'g>, graph: Option<DocumentIndex>, indent: &str) {
        let mut statements = Vec::new();
        self.mapping.claim(claim, &mut |statement| {
            if statement.graph == graph {
                statements.push(statement);
            }
        });
        self.block(&statements, indent);
    }

    fn evidence_blocks(&mut self, claim: ClaimRef<'g>, at: u32, indent: &str) {
        let mut statements = Vec::new();
        self.mapping.evidence(claim, at, &mut |statement| statements.push(statement));
        self.block(&statements, indent);
        self.selector_block(claim, at, indent);
    }

    fn selector_block(&mut self, claim: ClaimRef<'g>, at: u32, indent: &str) {
        let mut statements = Vec::new();
        self.mapping.selector(claim, at, &mut |statement| statements.push(statement));
        self.block(&statements, indent);
    }

    /// RDF 1.2: an asserted claim is a triple annotated by its evidence; that syntax asserts,
    /// so the evidence of every other claim says `rdf:reifies`.
    fn reified_claim(&mut self, claim: ClaimRef<'g>) {
        self.claim_block(claim, None, "");
        if !is_asserted(claim.evidence, self.mapping.options.assert) {
            for at in 0..claim.evidence.len() as u32 {
                self.evidence_blocks(claim, at, "");
            }
            return;
        }
        let forward = (Node::Entity(claim.head), Node::Entity(claim.tail));
        let mut directions = Vec::new();
        self.mapping.direct(claim, &mut |statement| directions.push(statement));
        for statement in directions {
            self.buffer.push("\n");
            self.node(statement.subject);
            self.buffer.push(" ");
            self.predicate(statement.predicate);
            self.buffer.push(" ");
            self.object(&statement.object);
            if Object::Node(forward.1) == statement.object && forward.0 == statement.subject {
                for at in 0..claim.evidence.len() as u32 {
                    self.annotation(claim, at);
                }
            }
            self.buffer.push(" .\n");
        }
        for at in 0..claim.evidence.len() as u32 {
            self.selector_block(claim, at, "");
        }
    }

    fn annotation(&mut self, claim: ClaimRef<'g>, at: u32) {
        let mut statements = Vec::new();
        self.mapping.evidence(claim, at, &mut |statement| {
            if statement.predicate != Predicate::Term(Term::Reifies) {
                statements.push(statement);
            }
        });
        self.buffer.push("\n    ~ ");
        self.node(Node::Evidence(claim.index, at));
        self.buffer.push(" {|\n        ");
        self.predicate_objects(&statements, "    ");
        self.buffer.push("\n    |}");
    }

    fn mentions(&mut self) {
        if self.folders.contains("mention") {
            self.section("Mentions");
        }
        for (entity, record) in self.mapping.graph.entities() {
            for at in 0..record.mentions.len() as u32 {
                if self.buffer.failed() {
                    return;
                }
                self.mention_block(entity, at, "");
            }
        }
    }

    fn mention_block(&mut self, entity: EntityIndex, at: u32, indent: &str) {
        let mut statements = Vec::new();
        self.mapping.mention(entity, at, &mut |statement| statements.push(statement));
        self.block(&statements, indent);
    }

    fn document_graphs(&mut self) {
        let graph = self.mapping.graph;
        let mut evidence: Vec<Vec<(ClaimIndex, u32)>> = vec![Vec::new(); graph.document_count()];
        for claim in graph.claims() {
            for (at, item) in claim.evidence.iter().enumerate() {
                evidence[item.document.0 as usize].push((claim.index, at as u32));
            }
        }
        let mut mentions: Vec<Vec<(EntityIndex, u32)>> = vec![Vec::new(); graph.document_count()];
        for (entity, record) in graph.entities() {
            for (at, mention) in record.mentions.iter().enumerate() {
                mentions[mention.document.0 as usize].push((entity, at as u32));
            }
        }
        self.section("What each document says");
        for (document, _) in graph.documents() {
            let (said, named) = (&evidence[document.0 as usize], &mentions[document.0 as usize]);
            if (said.is_empty() && named.is_empty()) || self.buffer.failed() {
                continue;
            }
            self.buffer.push("\n");
            self.node(Node::Document(document));
            self.buffer.push(" {\n");
            for of_claim in said.chunk_by(|a, b| a.0 == b.0) {
                self.claim_in_document(graph.claim(of_claim[0].0), of_claim, document);
            }
            for &(entity, at) in named {
                self.mention_block(entity, at, "    ");
            }
            self.buffer.push("}\n");
        }
    }

    fn claim_in_document(
        &mut self,
        claim: ClaimRef<'g>,
        said: &[(ClaimIndex, u32)],
        document: DocumentIndex,
    ) {
        let mut directions = Vec::new();
        self.mapping.direct(claim, &mut |statement| {
            if statement.graph == Some(document) {
                directions.push(statement);
            }
        });
        for direction in directions {
            self.block(&[direction], "    ");
        }
        self.claim_block(claim, Some(document), "    ");
        for &(_, at) in said {
            self.evidence_blocks(claim, at, "    ");
        }
    }

    fn foreign(&mut self, foreign: &[&Quad]) {
        if !foreign.is_empty() {
            self.section("Statements of other vocabularies");
        }
        for quad in foreign {
            // The N-Triples form of terms is Turtle too.
            let (subject, predicate, object) = (&quad.subject, &quad.predicate, &quad.object);
            let line = match &quad.graph_name {
                GraphName::DefaultGraph => format!("{subject} {predicate} {object} .\n"),
                graph => format!("{graph} {{ {subject} {predicate} {object} }}\n"),
            };
            self.buffer.push(&line);
            self.buffer.flush_full();
        }
    }

    /// A subject with all that is said of it; `statements` share it.
    fn block(&mut self, statements: &[Statement<'g>], indent: &str) {
        let Some(first) = statements.first() else {
            return;
        };
        self.buffer.push("\n");
        self.buffer.push(indent);
        self.node(first.subject);
        self.buffer.push(" ");
        self.predicate_objects(statements, indent);
        self.buffer.push(" .\n");
        self.buffer.flush_full();
    }

    fn predicate_objects(&mut self, statements: &[Statement<'g>], indent: &str) {
        let mut open: Option<Predicate> = None;
        for statement in statements {
            if open == Some(statement.predicate) {
                self.buffer.push(", ");
            } else {
                if open.is_some() {
                    self.buffer.push(" ;\n    ");
                    self.buffer.push(indent);
                }
                open = Some(statement.predicate);
                self.predicate(statement.predicate);
                self.buffer.push(" ");
            }
            self.object(&statement.object);
        }
    }

    fn predicate(&mut self, predicate: Predicate) {
        match predicate {
            Predicate::Term(Term::Type) => self.buffer.push("a"),
            Predicate::Term(term) => self.buffer.push(term.short()),
            Predicate::Relation(property) => {
                self.ontology_name(&self.mapping.schema.property(property).name);
            }
        }
    }

    fn object(&mut self, object: &Object<'g>) {
        let schema = self.mapping.schema;
        match *object {
            Object::Node(node) => self.node(node),
            Object::TopClass(class) => self.ontology_name(class.name()),
            Object::Subclass(class) => self.ontology_name(&schema.subclass(class).name),
            Object::NodeClass(class) => self.buffer.push(class.short()),
            Object::Property(property) => self.ontology_name(&schema.property(property).name),
            Object::Iri(iri) => {
                self.buffer.push("<");
                self.buffer.push(iri);
                self.buffer.push(">");
            }
            Object::Proposition(head, property, tail) => {
                self.buffer.push("<<( ");
                self.node(Node::Entity(head));
                self.buffer.push(" ");
                self.ontology_name(&schema.property(property).name);
                self.buffer.push(" ");
                self.node(Node::Entity(tail));
                self.buffer.push(" )>>");
            }
            Object::Text(text) if text.contains('\n') => self.buffer.push_long_quoted(text),
            Object::Text(text) => self.buffer.push_quoted(text),
            _ => self.literal(object),
        }
    }

    fn literal(&mut self, object: &Object<'g>) {
        self.lexical.clear();
        let datatype = object.push_lexical(&mut self.lexical);
        let bare = match datatype {
            Some(Datatype::Integer | Datatype::Boolean) => true,
            Some(Datatype::Decimal) => self.lexical.contains('.'),
            _ => false,
        };
        if bare {
            self.buffer.push(&self.lexical);
            return;
        }
        self.buffer.push_quoted(&self.lexical);
        if let Some(datatype) = datatype.filter(|known| *known != Datatype::String) {
            self.buffer.push("^^");
            self.buffer.push(datatype.short());
        }
    }

    fn ontology_name(&mut self, name: &str) {
        if is_plain_local(name) {
            self.buffer.push("ng:");
            self.buffer.push(name);
        } else {
            self.buffer.push("<");
            self.buffer.push(NAMESPACE);
            self.buffer.push(name);
            self.buffer.push(">");
        }
    }

    fn node(&mut self, node: Node) {
        self.scratch.clear();
        self.iris.push(node, &mut self.scratch);
        let short = self
            .scratch
            .strip_prefix(self.mapping.options.base.as_str())
            .and_then(|rest| rest.split_once('/'))
            .filter(|(folder, local)| self.folders.contains(*folder) && is_plain_local(local));
        if let Some((folder, local)) = short {
            self.buffer.push(folder);
            self.buffer.push(":");
            self.buffer.push(local);
        } else {
            self.buffer.push("<");
            self.buffer.push(&self.scratch);
            self.buffer.push(">");
        }
    }
}

/// Whether a name can follow a prefix without escapes. `%` stands only before two digits in
/// IRIs, where Turtle allows it.
fn is_plain_local(name: &str) -> bool {
    !name.starts_with('-')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'%'))
}
