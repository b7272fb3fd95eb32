//! Which part of a graph a command is about: one group of options, declared once.

use clap::Args;

use super::failure::{Failure, did_you_mean};
use super::lookup;
use super::output::say;
use super::sources::Loaded;
use super::style::counted;
use crate::graph::{EntityIndex, KnowledgeGraph};
use crate::inspect;
use crate::ontology::{ClassFilter, Schema};
use crate::select::{Period, Selection};

/// The part of the graph that is wanted, classes included.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Selection")]
pub struct SelectionArgs {
    /// Only entities of this class or subclass (person, armed group, …), and what is said between
    /// them; may be given several times
    #[arg(long = "class", value_name = "CLASS")]
    pub classes: Vec<String>,

    #[command(flatten)]
    pub claims: ClaimSelectionArgs,
}

/// The part of the graph that is wanted, by what is said.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Selection")]
pub struct ClaimSelectionArgs {
    /// Only this relation and those below it; may be given several times
    #[arg(long = "relation", value_name = "RELATION")]
    pub relations: Vec<String>,

    /// Only what is around this entity; may be given several times
    #[arg(long, value_name = "NAME")]
    pub around: Vec<String>,

    /// How many claims away from --around
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    pub depth: u16,

    /// Only statements on this day, month or year or later: when they speak of, or else were published
    #[arg(long, value_name = "DATE", value_parser = period)]
    pub since: Option<Period>,

    /// Only statements on this day, month or year or earlier
    #[arg(long, value_name = "DATE", value_parser = period)]
    pub until: Option<Period>,

    /// Only claims that so many independent sources state, or more; copies of a text are one
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub min_sources: u32,

    /// Only the largest part that hangs together
    #[arg(long)]
    pub largest_component: bool,
}

/// Cuts the loaded graph down to what is wanted. What remains may be nothing, which is told.
pub fn apply(loaded: &mut Loaded, args: &SelectionArgs) -> Result<(), Failure> {
    let schema = &loaded.ontology.schema;
    let classes = args.classes.iter().map(|typed| class(schema, typed));
    let classes = classes.collect::<Result<Vec<_>, _>>()?;
    let selection = Selection { classes, ..selection(&loaded.graph, schema, &args.claims)? };
    cut(loaded, &selection);
    Ok(())
}

/// The same without classes.
pub fn apply_claims(loaded: &mut Loaded, args: &ClaimSelectionArgs) -> Result<(), Failure> {
    let selection = selection(&loaded.graph, &loaded.ontology.schema, args)?;
    cut(loaded, &selection);
    Ok(())
}

/// The class that is meant.
pub fn class(schema: &Schema, typed: &str) -> Result<ClassFilter, Failure> {
    inspect::class_filter(schema, typed).map_err(|near| {
        Failure::new(format!("no class is called {typed:?}{}", did_you_mean(&near)))
    })
}

fn selection(
    graph: &KnowledgeGraph,
    schema: &Schema,
    args: &ClaimSelectionArgs,
) -> Result<Selection, Failure> {
    let mut relations = Vec::new();
    for typed in &args.relations {
        let readings = lookup::relation(schema, typed)?;
        relations.extend(readings.into_iter().flat_map(|reading| reading.properties));
    }
    let around = args.around.iter().map(|typed| lookup::entity(graph, schema, typed));
    Ok(Selection {
        since: args.since,
        until: args.until,
        relations,
        min_sources: args.min_sources as usize,
        around: around.collect::<Result<Vec<EntityIndex>, _>>()?,
        depth: args.depth.into(),
        classes: Vec::new(),
        largest_component: args.largest_component,
    })
}

fn cut(loaded: &mut Loaded, selection: &Selection) {
    // A graph that is wanted whole is not copied: it may be large.
    if selection.is_everything() {
        return;
    }
    let selected = selection.of(&loaded.graph);
    if selected.undated > 0 {
        let left_out = counted(selected.undated, "statement has", "statements have");
        say(&format!("{left_out} no date and cannot be placed by --since or --until"));
    }
    let foreign = loaded.graph.foreign.len();
    if foreign > 0 {
        let left_out = counted(foreign, "statement", "statements");
        say(&format!("{left_out} of other vocabularies left out of the selection"));
    }
    if selected.graph.entity_count() == 0 {
        say("the selection leaves nothing; `newsgraph stats` shows what there is to select from");
    }
    loaded.graph = selected.graph;
}

fn period(typed: &str) -> Result<Period, String> {
    Period::of(typed)
        .ok_or_else(|| "a date is wanted, such as 2016, 2016-09 or 2016-09-12".to_owned())
}
