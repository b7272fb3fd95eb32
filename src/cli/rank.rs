//! `rank`: which entities matter most, and which belong together.

use std::io::Write as _;

use clap::ValueEnum;

use super::args::{InspectArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::output::{Output, say};
use super::selection::{self, ClaimSelectionArgs};
use super::sources;
use super::style::{counted, one_line};
use crate::analysis::Measure;
use crate::inspect::{self, RankedEntity};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph rank articles/
  newsgraph rank graph.ttl --by betweenness --class person --limit 5
  newsgraph rank graph.ttl --communities
  newsgraph rank graph.ttl --since 2016 --json

Every claim that some statement affirms connects its two entities, in both directions, as often as
documents affirm it; what is only denied connects nobody. --class chooses what is listed; the other
selections choose the graph over which is ranked.")]
pub struct Args {
    /// What counts
    #[arg(long, value_name = "MEASURE", value_enum, default_value_t = MeasureName::Pagerank)]
    by: MeasureName,
    /// List groups within which more is said than with others
    #[arg(long)]
    communities: bool,
    /// Only list entities of this class or subclass
    #[arg(long, value_name = "CLASS")]
    class: Option<String>,
    /// How many to list, of each community with --communities; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    inspect: InspectArgs,
    #[command(flatten)]
    selection: ClaimSelectionArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MeasureName {
    /// To how many others something connects it
    Degree,
    /// Whether it is connected to what is well connected; shares that add up to 1
    Pagerank,
    /// Through whom the shortest chains between others lead; a share of all pairs, 0 to 1
    Betweenness,
}

impl From<MeasureName> for Measure {
    fn from(name: MeasureName) -> Self {
        match name {
            MeasureName::Degree => Measure::Degree,
            MeasureName::Pagerank => Measure::PageRank,
            MeasureName::Betweenness => Measure::Betweenness,
        }
    }
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let ontology = sources::ontology(&args.sources.reading.extraction)?;
    let class = args.class.as_deref().map(|typed| selection::class(&ontology.schema, typed));
    let class = class.transpose()?;
    let mut loaded = sources::load_with(&args.sources, ontology)?;
    selection::apply_claims(&mut loaded, &args.selection)?;
    let (graph, schema) = (&loaded.graph, &loaded.ontology.schema);
    let by = Measure::from(args.by);
    let limit = if args.limit == 0 { usize::MAX } else { args.limit };
    if by.is_estimate(graph) {
        say("the graph is large: betweenness is estimated from a sample of its entities");
    }
    if args.communities {
        let communities = inspect::communities(graph, schema, by, class, limit);
        if args.inspect.json {
            out.json(&communities)?;
            return Ok(loaded.outcome());
        }
        for (at, community) in communities.iter().enumerate() {
            let gap = if at == 0 { "" } else { "\n" };
            let size = counted(community.size, "entity", "entities");
            let title = format!("Community {}", community.community);
            writeln!(out, "{gap}{}  {}", out.paint.bold(&title), out.paint.dim(&size))?;
            list(&community.entities, by, out)?;
        }
        if communities.is_empty() {
            writeln!(out, "Nothing that is affirmed connects two entities.")?;
        }
        return Ok(loaded.outcome());
    }
    let answer = inspect::rank(graph, schema, by, class, limit);
    if args.inspect.json {
        out.json(&answer)?;
        return Ok(loaded.outcome());
    }
    list(&answer.entities, by, out)?;
    if answer.entities.len() < answer.total {
        let more = answer.total - answer.entities.len();
        writeln!(out, "{}", out.paint.dim(&format!("… and {more} more; --limit 0 lists all")))?;
    }
    Ok(loaded.outcome())
}

fn list(entities: &[RankedEntity<'_>], by: Measure, out: &mut Output) -> Result<(), Failure> {
    for one in entities {
        let score = match by {
            Measure::Degree => format!("{:>6}", one.score),
            _ => format!("{:.4}", one.score),
        };
        let kind = out.paint.dim(one.entity.kind());
        writeln!(out, "  {score}  {}  {kind}", one_line(one.entity.name))?;
    }
    Ok(())
}
