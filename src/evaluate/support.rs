//! Whether the sentence of a find is the one that gold names as evidence.

use super::surface::is_space;

/// A sentence may be longer than the gold one by so many times, or have so many code points,
/// and still be the same evidence.
const LONGEST: (usize, usize) = (3, 600);

/// Whether `found` is a part of the article that holds the gold sentence, or is most of it.
pub(super) fn supports(found: &str, gold: &str, text: &str) -> bool {
    let found = found.trim_matches(is_space);
    if found.is_empty() || !text.contains(found) {
        return false;
    }
    let (found_length, gold_length) = (found.chars().count(), gold.chars().count());
    let (times, points) = LONGEST;
    let holds = found.contains(gold.trim_matches(is_space))
        && found_length <= points.max(times * gold_length);
    holds || (gold.contains(found) && 2 * found_length >= gold_length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_or_most_of_it_supports() {
        let gold = "Weiss, who leads the bank, met Haddad.";
        let text = format!("It rained. {gold} They talked. {}", "Much was said. ".repeat(60));
        let check = |found: &str, holds: bool| {
            assert_eq!(supports(found, gold, &text), holds, "{found}");
        };
        check(gold, true);
        check(&format!(" {gold}\n"), true);
        check("It rained. Weiss, who leads the bank, met Haddad. They talked.", true);
        check("Weiss, who leads the bank, met", true);
        check("met Haddad.", false);
        check("They talked.", false);
        check("", false);
        check("Weiss, who leads the bank, met Haddad!", false);
        check(&text, false);
    }

    #[test]
    fn a_passage_of_six_hundred_code_points_is_the_longest_for_a_short_sentence() {
        let gold = "They met.";
        let passage = |length: usize| format!("{gold}{}", "ä".repeat(length - gold.len()));
        assert!(supports(&passage(600), gold, &passage(700)));
        assert!(!supports(&passage(601), gold, &passage(700)));
    }
}
