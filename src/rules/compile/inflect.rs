//! Forms of verbs and nouns: regular spelling rules, and a lexicon file for the rest.

use std::collections::HashMap;

/// Which forms of a word a pattern asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Inflection {
    /// The word as written.
    None,
    /// `/v`: every form of the verb.
    Verb,
    /// `/fin`: forms that can carry a clause: base, third person, past.
    Finite,
    /// `/ing`: present participle.
    Present,
    /// `/pp`: past participle.
    Past,
    /// `/n`: singular and plural.
    Noun,
}

impl Inflection {
    pub(super) fn from_suffix(suffix: &str) -> Option<Self> {
        Some(match suffix {
            "v" => Inflection::Verb,
            "fin" => Inflection::Finite,
            "ing" => Inflection::Present,
            "pp" => Inflection::Past,
            "n" => Inflection::Noun,
            _ => return None,
        })
    }
}

/// The name of the lexicon list of irregular verbs: one verb a line, its base, past, past
/// participle and present participle; alternatives are separated by `/`.
pub(super) const IRREGULAR: &str = "irregular_verbs";

/// Verbs whose forms do not follow the spelling rules.
pub(super) struct Irregulars {
    forms: HashMap<String, [Vec<String>; 3]>,
}

impl Irregulars {
    /// `lines` are those of the list [`IRREGULAR`]; the error is for whoever wrote the list.
    pub(super) fn new(lines: &[String]) -> Result<Self, String> {
        let mut forms = HashMap::new();
        for line in lines {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let [base, past, participle, present] = columns[..] else {
                return Err(format!(
                    "{line:?} must be four words: base, past, past participle, present participle"
                ));
            };
            let split = |column: &str| column.split('/').map(str::to_owned).collect::<Vec<_>>();
            forms.insert(base.to_owned(), [split(past), split(participle), split(present)]);
        }
        Ok(Self { forms })
    }

    /// The forms asked for, without repetition, the base first where it is one of them.
    pub(super) fn forms(&self, base: &str, inflection: Inflection) -> Vec<String> {
        let (past, participle, present) = match self.forms.get(base) {
            Some([past, participle, present]) => {
                (past.clone(), participle.clone(), present.clone())
            }
            None => {
                (vec![regular_past(base)], vec![regular_past(base)], vec![regular_present(base)])
            }
        };
        let mut forms = match inflection {
            Inflection::None => vec![base.to_owned()],
            Inflection::Noun => vec![base.to_owned(), with_s(base)],
            Inflection::Present => present,
            Inflection::Past => participle,
            Inflection::Finite => [vec![base.to_owned(), with_s(base)], past].concat(),
            Inflection::Verb => {
                [vec![base.to_owned(), with_s(base)], past, participle, present].concat()
            }
        };
        let mut at = 0;
        while at < forms.len() {
            if forms[..at].contains(&forms[at]) {
                forms.remove(at);
            } else {
                at += 1;
            }
        }
        forms
    }
}

/// Third person of a verb, plural of a noun.
fn with_s(base: &str) -> String {
    if let Some(stem) = base.strip_suffix("man") {
        return format!("{stem}men");
    }
    match base.strip_suffix('y') {
        Some(stem) if !ends_in_vowel(stem) => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| base.ends_with(end)) => {
            format!("{base}es")
        }
        _ => format!("{base}s"),
    }
}

fn regular_past(base: &str) -> String {
    match base.strip_suffix('y') {
        Some(stem) if !ends_in_vowel(stem) => format!("{stem}ied"),
        _ if base.ends_with('e') => format!("{base}d"),
        _ => format!("{base}ed"),
    }
}

fn regular_present(base: &str) -> String {
    match base.strip_suffix('e') {
        Some(stem) if !stem.ends_with('e') => format!("{stem}ing"),
        _ => format!("{base}ing"),
    }
}

fn ends_in_vowel(stem: &str) -> bool {
    stem.ends_with(['a', 'e', 'i', 'o', 'u'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_spelling_and_the_list() {
        let irregulars = Irregulars::new(&["fight fought fought fighting".to_owned()]).unwrap();
        let forms = |base, inflection| irregulars.forms(base, inflection).join(" ");
        assert_eq!(forms("attack", Inflection::Verb), "attack attacks attacked attacking");
        assert_eq!(forms("accuse", Inflection::Verb), "accuse accuses accused accusing");
        assert_eq!(forms("deny", Inflection::Finite), "deny denies denied");
        assert_eq!(forms("fight", Inflection::Verb), "fight fights fought fighting");
        assert_eq!(forms("fight", Inflection::Past), "fought");
        assert_eq!(forms("spokesman", Inflection::Noun), "spokesman spokesmen");
        assert_eq!(forms("ally", Inflection::Noun), "ally allies");
    }
}
