//! `contradictions`: statements that disagree, and who says which.

use std::io::Write as _;

use clap::ValueEnum;

use super::args::{InspectArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::layout::{date_line, document_line, relation_line};
use super::output::Output;
use super::sources;
use super::style::one_line;
use crate::inspect::{self, Contradiction, ContradictionKind, Side};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph contradictions article.txt
  newsgraph contradictions articles/ --kind stated
  newsgraph contradictions graph.ttl --json

What the article itself calls a contradiction comes first, then what one affirms and another
denies. An office that passed on is none. Each side has the date that it speaks of, else the day on
which it was said, else that of publication.")]
pub struct Args {
    /// Only contradictions of this kind
    #[arg(long, value_name = "KIND", value_enum)]
    kind: Option<Kind>,
    #[command(flatten)]
    inspect: InspectArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

/// The kinds as they are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// The article says that somebody contradicts himself or another
    Stated,
    /// One affirms what another denies
    Polarity,
    /// One puts plainly what he makes depend on something elsewhere
    Modality,
    /// Two are bound to each other between whom somebody denies an agreement
    Possible,
}

impl Kind {
    fn meant(self) -> ContradictionKind {
        match self {
            Kind::Stated => ContradictionKind::Stated,
            Kind::Polarity => ContradictionKind::Polarity,
            Kind::Modality => ContradictionKind::Modality,
            Kind::Possible => ContradictionKind::Possible,
        }
    }
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let loaded = sources::load(&args.sources)?;
    let kind = args.kind.map(Kind::meant);
    let answer = inspect::contradictions(&loaded.graph, &loaded.ontology, kind);
    if args.inspect.json {
        out.json(&answer)?;
    } else {
        print(&answer, out)?;
    }
    Ok(loaded.outcome())
}

fn print(answer: &[Contradiction<'_>], out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    if answer.is_empty() {
        writeln!(out, "No statements disagree.")?;
    }
    for (at, one) in answer.iter().enumerate() {
        let gap = if at > 0 { "\n" } else { "" };
        let (a, b) = (side_name(&one.a), side_name(&one.b));
        let against = match one.a.speaker.is_some() && one.a.speaker == one.b.speaker {
            true => "against own words".to_owned(),
            false => format!("against {}", paint.bold(&b)),
        };
        writeln!(out, "{gap}{}: {} {against}", paint.warning(one.kind.name()), paint.bold(&a))?;
        print_side(&one.a, out)?;
        print_side(&one.b, out)?;
        if let Some(stated) = &one.stated {
            let cue = one_line(stated.cue);
            let elsewhere =
                ![&one.a, &one.b].iter().any(|side| side.sentence_span == stated.sentence_span);
            match elsewhere {
                true => writeln!(out, "  so says: “{}”", one_line(stated.sentence).trim())?,
                false => writeln!(out, "  so says the article: “{cue}”")?,
            }
        }
        writeln!(out, "  {}", paint.dim(&document_line(&one.a.document)))?;
        if one.b.document != one.a.document {
            writeln!(out, "  {}", paint.dim(&document_line(&one.b.document)))?;
        }
    }
    Ok(())
}

fn side_name(side: &Side<'_>) -> String {
    match &side.speaker {
        Some(speaker) => one_line(speaker.name),
        None => "the article".to_owned(),
    }
}

fn print_side(side: &Side<'_>, out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    writeln!(out, "  “{}”", one_line(side.sentence).trim())?;
    writeln!(out, "    {}, {}", side_name(side), date_line(side.date.as_ref()))?;
    if let Some(claim) = &side.claim {
        let line = relation_line(claim.head.name, claim.label, claim.tail.name, paint);
        writeln!(out, "    {line}: {}, {}", claim.polarity, claim.modality)?;
    }
    Ok(())
}
