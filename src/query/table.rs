//! An answer as aligned columns for people.

use comfy_table::presets::NOTHING;
use comfy_table::{ContentArrangement, Table as Cells};
use oxigraph::model::{Term, Variable};
use spareval::QuerySolution;

use super::parse::DATA_PREFIX;
use crate::rdf::vocabulary::PREFIXES;

/// Longer cells, such as the text of an article, are cut: every other format has them whole.
const WIDEST_CELL: usize = 160;

/// Finds the label of what an IRI stands for.
type Labels<'l> = Box<dyn Fn(&str) -> Option<String> + 'l>;

/// Collects solutions and shows them as a table.
pub(super) struct Table<'l> {
    cells: Cells,
    base: String,
    labels: Labels<'l>,
}

impl<'l> Table<'l> {
    /// `width` is that of the terminal in characters; without it no cell is wrapped.
    pub fn new(base: &str, width: Option<u16>, labels: Labels<'l>) -> Self {
        let mut cells = Cells::new();
        cells.load_style(NOTHING);
        if let Some(width) = width {
            cells.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        Self { cells, base: base.to_owned(), labels }
    }

    pub fn set_columns(&mut self, variables: &[Variable]) {
        self.cells.set_header(variables.iter().map(Variable::as_str));
        for column in self.cells.column_iter_mut() {
            column.set_padding((0, 2));
        }
    }

    pub fn add(&mut self, solution: &QuerySolution) {
        let row: Vec<String> = solution
            .values()
            .iter()
            .map(|value| value.as_ref().map(|term| self.cell(term)).unwrap_or_default())
            .collect();
        self.cells.add_row(row);
    }

    /// A label with the short IRI, the short IRI alone, or the value of a literal.
    fn cell(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => {
                let iri = self.shorten(node.as_str());
                match (self.labels)(node.as_str()) {
                    Some(label) => one_line(&format!("{label} {iri}")),
                    None => iri,
                }
            }
            Term::Literal(literal) => one_line(literal.value()),
            other => one_line(&other.to_string()),
        }
    }

    /// As it can be written in a query: relative to the base, because names with `/`, which
    /// most of ours are, cannot follow a prefix.
    fn shorten(&self, iri: &str) -> String {
        if self.base.ends_with('/')
            && let Some(rest) = iri.strip_prefix(&self.base)
            && !rest.is_empty()
        {
            return format!("<{rest}>");
        }
        let longest = PREFIXES
            .iter()
            .map(|(prefix, namespace)| (*prefix, *namespace))
            .chain([(DATA_PREFIX, self.base.as_str())])
            .filter(|(_, namespace)| iri.len() > namespace.len() && iri.starts_with(namespace))
            .max_by_key(|(_, namespace)| namespace.len());
        match longest {
            Some((prefix, namespace)) => format!("{prefix}:{}", &iri[namespace.len()..]),
            None => format!("<{iri}>"),
        }
    }
}

impl std::fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut first = true;
        for line in self.cells.lines() {
            if !first {
                writeln!(f)?;
            }
            first = false;
            f.write_str(line.trim_end())?;
        }
        Ok(())
    }
}

/// Control characters would break the columns, or the terminal.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for (at, character) in text.chars().enumerate() {
        if at == WIDEST_CELL {
            line.push('…');
            break;
        }
        line.push(if character.is_control() { ' ' } else { character });
    }
    line
}
