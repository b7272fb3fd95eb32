//! Ready questions: the files of `ontology/queries/`, named as the files are.

use super::error::QueryError;
use crate::ontology::Ontology;

/// A ready question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example<'o> {
    /// The file's name without ending, `who-leads-what`.
    pub name: &'o str,
    /// The comment on its first line.
    pub description: &'o str,
    /// The whole file.
    pub sparql: &'o str,
}

/// All examples of the ontology, by name.
pub fn examples(ontology: &Ontology) -> Vec<Example<'_>> {
    let mut examples: Vec<Example> = ontology
        .query_files
        .iter()
        .filter_map(|(file, sparql)| {
            let name = file.strip_suffix(".rq")?;
            let first = sparql.lines().next().unwrap_or_default();
            let description = first.strip_prefix('#').unwrap_or_default().trim();
            Some(Example { name, description, sparql })
        })
        .collect();
    examples.sort_by_key(|example| example.name);
    examples
}

/// The example of this name; spaces and underscores may stand for hyphens, and case is free.
///
/// # Errors
/// [`QueryError::Example`], naming the nearest ones.
pub fn find_example<'o>(ontology: &'o Ontology, name: &str) -> Result<Example<'o>, QueryError> {
    let wanted = name.trim().to_lowercase().replace([' ', '_'], "-");
    let wanted = wanted.trim_end_matches('?');
    let all = examples(ontology);
    if let Some(found) = all.iter().find(|example| example.name == wanted) {
        return Ok(found.clone());
    }
    let mut near: Vec<(f64, &str)> = all
        .iter()
        .map(|example| (strsim::jaro_winkler(wanted, example.name), example.name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let names: Vec<&str> = if near.is_empty() {
        all.iter().map(|example| example.name).collect()
    } else {
        near.iter().take(3).map(|(_, name)| *name).collect()
    };
    let hint = match (names.as_slice(), near.is_empty()) {
        ([], _) => "; this ontology folder has no queries/*.rq".to_owned(),
        (names, true) => format!("; there are {}", names.join(", ")),
        (names, false) => format!("; did you mean {}?", names.join(" or ")),
    };
    Err(QueryError::Example { name: name.to_owned(), hint })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_tells_what_it_answers() {
        let all = examples(Ontology::builtin());
        assert!(all.len() >= 12, "a dozen: {}", all.len());
        for example in all {
            assert!(example.description.len() > 20, "{} has no description", example.name);
            assert!(example.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
        }
    }

    #[test]
    fn names_are_found_tolerantly_and_a_wrong_one_gets_a_hint() {
        let ontology = Ontology::builtin();
        let found = find_example(ontology, "Who leads what?").expect("it is there");
        assert_eq!(found.name, "who-leads-what");
        let error = find_example(ontology, "who-lead-what").expect_err("no such").to_string();
        assert!(error.contains("did you mean who-leads-what"), "{error}");
    }
}
