//! The interactive prompt of `query`: history, completion, questions over several lines.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use crate::ontology::{Ontology, TopClass};
use crate::query::{
    DATA_PREFIX, GraphDataset, KEYWORDS, QueryError, QuerySettings, ResultFormat, brackets,
    examples, find_example, parse, run,
};
use crate::rdf::vocabulary::{NodeClass, PREFIXES, Term};

const HELP: &str = "\
Write a SPARQL query; it is run when it is complete. An empty line runs what is there, Ctrl-C
forgets it. The usual prefixes are declared (ng: for classes and relations, ngd: for the data).
  .examples        the ready questions
  .example NAME    asks one of them and shows its query
  .help            this
  .quit            leaves, as Ctrl-D does";

const COMMANDS: &[&str] = &[".example", ".examples", ".help", ".quit"];

/// Reads questions until the end of input and writes answers to `out`. Wrong questions are
/// answered with what is wrong with them.
///
/// `history` is read before and written after; a history that cannot be read is begun anew.
///
/// # Errors
/// When the terminal, the history file or `out` cannot be written.
pub fn run_prompt<W: Write>(
    dataset: &GraphDataset<'_>,
    ontology: &Ontology,
    history: Option<&Path>,
    format: Option<ResultFormat>,
    settings: &QuerySettings,
    mut out: W,
) -> Result<(), PromptError> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .auto_add_history(true)
        .history_ignore_space(true)
        .build();
    let mut editor: Editor<Assistant, DefaultHistory> = Editor::with_config(config)?;
    editor.set_helper(Some(Assistant::new(ontology, dataset.base())));
    if let Some(file) = history {
        // There is none before the first time, and a damaged one is no reason not to start.
        let _ = editor.load_history(file);
    }
    writeln!(out, "SPARQL; .examples shows ready questions, .help the rest")?;
    loop {
        let input = match editor.readline("newsgraph> ") {
            Ok(input) => input,
            Err(ReadlineError::Interrupted) => continue,
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(error.into()),
        };
        match command(input.trim()) {
            Command::Nothing => {}
            Command::Quit => break,
            Command::Help => writeln!(out, "{HELP}")?,
            Command::Unknown(name) => {
                writeln!(out, "there is no command {name}; .help shows those that there are")?;
            }
            Command::List => list_examples(ontology, &mut out)?,
            Command::Example(name) => match find_example(ontology, name) {
                Ok(example) => {
                    writeln!(out, "{}\n", example.sparql.trim_end())?;
                    answer(dataset, example.sparql, format, settings, &mut out)?;
                }
                Err(error) => writeln!(out, "{error}")?,
            },
            Command::Query(sparql) => answer(dataset, sparql, format, settings, &mut out)?,
        }
        out.flush()?;
    }
    if let Some(file) = history {
        editor.save_history(file)?;
    }
    Ok(())
}

/// The prompt cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PromptError {
    #[error("the terminal or the history cannot be used: {0}")]
    Terminal(#[from] ReadlineError),
    #[error("the answer cannot be written: {0}")]
    Io(#[from] std::io::Error),
}

enum Command<'i> {
    Nothing,
    Quit,
    Help,
    List,
    Example(&'i str),
    Unknown(&'i str),
    Query(&'i str),
}

fn command(input: &str) -> Command<'_> {
    let (first, rest) = input.split_once(char::is_whitespace).unwrap_or((input, ""));
    match first {
        "" => Command::Nothing,
        ".quit" | ".exit" | ".q" => Command::Quit,
        ".help" => Command::Help,
        ".examples" => Command::List,
        ".example" if rest.trim().is_empty() => Command::List,
        ".example" => Command::Example(rest.trim()),
        _ if first.starts_with('.') => Command::Unknown(first),
        _ => Command::Query(input),
    }
}

fn list_examples<W: Write>(ontology: &Ontology, out: &mut W) -> std::io::Result<()> {
    let all = examples(ontology);
    let width = all.iter().map(|example| example.name.len()).max().unwrap_or(0);
    for example in all {
        writeln!(out, "{:width$}  {}", example.name, example.description)?;
    }
    Ok(())
}

fn answer<W: Write>(
    dataset: &GraphDataset<'_>,
    sparql: &str,
    format: Option<ResultFormat>,
    settings: &QuerySettings,
    out: &mut W,
) -> std::io::Result<()> {
    let outcome = parse(sparql, dataset.base())
        .and_then(|query| run(dataset, &query, format, settings, &mut *out));
    match outcome {
        Ok(outcome) if outcome.truncated => {
            writeln!(out, "… only the first {} are shown; LIMIT and OFFSET choose", outcome.rows)
        }
        Ok(_) => Ok(()),
        Err(QueryError::Io(error)) => Err(error),
        Err(error) => writeln!(out, "{error}"),
    }
}

/// Completes words and knows when a question is complete.
struct Assistant {
    words: Vec<String>,
    examples: Vec<String>,
    base: String,
}

impl Assistant {
    fn new(ontology: &Ontology, base: &str) -> Self {
        let schema = &ontology.schema;
        let mut words: Vec<String> = KEYWORDS.iter().map(|word| (*word).to_owned()).collect();
        words.extend(PREFIXES.iter().map(|(prefix, _)| format!("{prefix}:")));
        words.push(format!("{DATA_PREFIX}:"));
        words.extend(schema.properties().map(|(_, property)| format!("ng:{}", property.name)));
        words.extend(schema.subclasses().map(|(_, class)| format!("ng:{}", class.name)));
        words.extend(TopClass::ALL.iter().map(|class| format!("ng:{}", class.name())));
        words.extend(Term::ALL.iter().map(|term| term.short().to_owned()));
        words.extend(NodeClass::ALL.iter().map(|class| class.short().to_owned()));
        words.sort();
        words.dedup();
        let examples = examples(ontology).iter().map(|example| example.name.to_owned()).collect();
        Self { words, examples, base: base.to_owned() }
    }

    fn candidates(&self, line: &str, position: usize) -> (usize, Vec<String>) {
        let before = &line[..position];
        if let Some(start) = before.strip_prefix(".example ") {
            let fitting = self.examples.iter().filter(|name| name.starts_with(start)).cloned();
            return (position - start.len(), fitting.collect());
        }
        if before.starts_with('.') {
            let fitting = COMMANDS.iter().filter(|command| command.starts_with(before));
            return (0, fitting.map(|command| (*command).to_owned()).collect());
        }
        let start = before
            .rfind(|character: char| !is_word(character))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let word = &before[start..];
        if word.is_empty() {
            return (position, Vec::new());
        }
        let folded = word.to_lowercase();
        let mut fitting: Vec<String> = if word.starts_with(['?', '$']) {
            variables(line).filter(|name| name.starts_with(word) && *name != word).collect()
        } else {
            let known = self.words.iter();
            known.filter(|known| known.to_lowercase().starts_with(&folded)).cloned().collect()
        };
        fitting.sort();
        fitting.dedup();
        (start, fitting)
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || "_:-?$".contains(character)
}

fn variables(line: &str) -> impl Iterator<Item = String> {
    line.split(|character: char| !is_word(character))
        .filter(|word| word.len() > 1 && word.starts_with(['?', '$']))
        .map(str::to_owned)
}

impl Completer for Assistant {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let (start, fitting) = self.candidates(line, position);
        let pair = |word: String| Pair { display: word.clone(), replacement: word };
        Ok((start, fitting.into_iter().map(pair).collect()))
    }
}

impl Validator for Assistant {
    fn validate(&self, context: &mut ValidationContext) -> rustyline::Result<ValidationResult> {
        let input = context.input();
        Ok(if is_complete(input, &self.base) {
            ValidationResult::Valid(None)
        } else {
            ValidationResult::Incomplete
        })
    }
}

/// A command, a query that parses, one that no further line could mend, or one that an empty
/// line ends.
fn is_complete(input: &str, base: &str) -> bool {
    let trimmed = input.trim();
    if trimmed.is_empty() || trimmed.starts_with('.') || input.ends_with("\n\n") {
        return true;
    }
    let (open, any) = brackets(trimmed);
    open < 0 || (open == 0 && (any || parse(trimmed, base).is_ok()))
}

impl Hinter for Assistant {
    type Hint = String;
}

impl Highlighter for Assistant {
    fn highlight_candidate<'c>(&self, candidate: &'c str, _: CompletionType) -> Cow<'c, str> {
        Cow::Borrowed(candidate)
    }
}

impl Helper for Assistant {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocabulary::DEFAULT_BASE;

    #[test]
    fn a_query_is_complete_when_its_brackets_close() {
        for (input, complete) in [
            ("", true),
            (".help", true),
            ("SELECT *", false),
            ("SELECT * {", false),
            ("SELECT * { ?s ?p \"}\" ", false),
            ("SELECT * { ?s ?p '''}''' ", false),
            ("SELECT * { ?s ?p \"\" }", true),
            ("SELECT * { # }", false),
            ("SELECT * { ?s ?p <http://example.org/#>", false),
            ("SELECT * { ?s ?p <http://example.org/#> }", true),
            ("SELECT * { ?s ?p ?o FILTER(?o < 3) }", true),
            ("SELECT * { ?s ?p ?o", false),
            ("SELECT * { ?s ?p ?o\n\n", true),
            ("DESCRIBE ng:Claim", true),
            ("SELECT }", true),
        ] {
            assert_eq!(is_complete(input, DEFAULT_BASE), complete, "{input:?}");
        }
    }

    #[test]
    fn words_are_completed() {
        let assistant = Assistant::new(Ontology::builtin(), DEFAULT_BASE);
        let complete = |line: &str| assistant.candidates(line, line.len());
        assert_eq!(complete("sel"), (0, vec!["SELECT".to_owned()]));
        assert_eq!(complete("SELECT ?who { ?w"), (14, vec!["?who".to_owned()]));
        let (start, fitting) = complete("SELECT * { ?a ng:spokes");
        assert_eq!((start, fitting), (14, vec!["ng:spokespersonOf".to_owned()]));
        assert_eq!(complete(".exa").1, [".example", ".examples"]);
        assert!(complete(".example who-").1.iter().any(|name| name == "who-leads-what"));
    }
}
