//! `why --same`: why two names are one entity, or are not.

use std::io::Write as _;

use super::args::SourceArgs;
use super::correcting::Corrected;
use super::failure::{Failure, Outcome};
use super::layout::document_line;
use super::output::Output;
use super::style::one_line;
use super::{lookup, sources};
use crate::graph::EntityIndex;
use crate::inspect::{self, IdentityAnswer, IdentityStep, fold};

pub fn run(
    [a, b]: [&str; 2],
    args: &SourceArgs,
    json: bool,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let loaded = sources::load(args)?;
    let corrected = Corrected::read(&args.reading, &loaded.ontology)?;
    let (graph, ontology) = (&loaded.graph, &loaded.ontology);
    let bearers = [lookup::all_bearers(graph, a)?, lookup::all_bearers(graph, b)?];
    let shared: Vec<EntityIndex> =
        bearers[0].iter().copied().filter(|index| bearers[1].contains(index)).collect();
    let mut answer = match shared.first() {
        Some(entity) => inspect::same(graph, ontology, *entity, [a, b]),
        None => {
            let ends = [
                lookup::entity(graph, &ontology.schema, a)?,
                lookup::entity(graph, &ontology.schema, b)?,
            ];
            inspect::different(graph, ontology, ends)
        }
    };
    if let Some(corrected) = &corrected {
        let (merged, apart) = corrected.corrections.lines_on(&fold(a), &fold(b));
        let place = |line: usize| format!("{}:{line}", corrected.file.display());
        if let Some(line) = merged.filter(|_| answer.same) {
            answer.speaks_for.push(format!("a correction says so: {}", place(line)));
            if answer.chain.is_empty() {
                answer.chain.push(IdentityStep {
                    from: a.to_owned(),
                    to: b.to_owned(),
                    reason: "correction",
                    explanation: format!("a person says so, in {}", place(line)),
                    document: None,
                    excerpt: None,
                });
            }
        }
        if let Some(line) = apart {
            answer.against.push(format!("a correction keeps them apart: {}", place(line)));
        }
    }
    if json {
        out.json(&answer)?;
    } else {
        print(&answer, [a, b], out)?;
    }
    Ok(loaded.outcome())
}

fn print(answer: &IdentityAnswer<'_>, [a, b]: [&str; 2], out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    let (one, other) = (one_line(answer.a.name), one_line(answer.b.name));
    if answer.same {
        writeln!(
            out,
            "“{}” and “{}” are one: {}  {}",
            one_line(a),
            one_line(b),
            paint.bold(&one),
            paint.dim(answer.a.id)
        )?;
        if answer.chain.is_empty() && fold(a) != fold(b) {
            writeln!(
                out,
                "  Nothing in the texts joins the two names: a correction or another tool did; give \
                 --corrections to see which line."
            )?;
        }
        for step in &answer.chain {
            writeln!(out, "\n  “{}” → “{}”", one_line(&step.from), one_line(&step.to))?;
            writeln!(out, "    {}", one_line(&step.explanation))?;
            if let (Some(document), Some(excerpt)) = (&step.document, &step.excerpt) {
                writeln!(out, "    {}", paint.dim(&format!("“…{}…”", one_line(excerpt))))?;
                writeln!(out, "    {}", paint.dim(&document_line(document)))?;
            }
        }
    } else {
        writeln!(
            out,
            "They are two: {}  {} and {}  {}",
            paint.bold(&one),
            paint.dim(answer.a.id),
            paint.bold(&other),
            paint.dim(answer.b.id)
        )?;
    }
    for (title, list) in [("for", &answer.speaks_for), ("against", &answer.against)] {
        for line in list {
            writeln!(out, "  {title}: {}", one_line(line))?;
        }
    }
    Ok(())
}
