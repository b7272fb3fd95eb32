//! The kind of article that the program was first asked to read, in words of our own: who speaks
//! for whom, who concluded what, and above all what is denied. It must not hang on the names, so
//! five substitutions replace names, dates and the agreement's words throughout.

mod support;

use serde_json::Value;
use support::{graph_of, items, text};

const MIRROR: &str = include_str!("golden/mirror.txt");

/// What the article must yield: head, relation, tail, and whether every evidence denies it.
/// Otherwise at least one affirms it. An entity is told by a form that it has in the text.
const CLAIMS: &[(&str, &str, &str, bool)] = &[
    ("Peter Marsden", "spokespersonOf", "Foreign Ministry", false),
    ("UK", "partyTo", "March 12 cessation of hostilities agreement", false),
    ("Oman", "partyTo", "March 12 cessation of hostilities agreement", false),
    (
        "March 12 cessation of hostilities agreement",
        "establishes",
        "Joint Coordination Center",
        false,
    ),
    ("Jaysh al-Nur", "offshootOf", "Al-Haqq", false),
    ("Howard Stanton", "headOf", "National Defence Council", false),
    ("UK-led coalition", "inConflictWith", "Southern Caliphate", false),
    ("UK-led coalition", "inConflictWith", "Jaysh al-Nur", true),
    ("March 12 cessation of hostilities agreement", "appliesTo", "Jaysh al-Nur", true),
    ("UK", "partyTo", "intelligence sharing agreement", true),
    ("Oman", "partyTo", "intelligence sharing agreement", true),
];

/// Forms that must all name one entity.
const ONE_NODE: &[&[&str]] = &[
    &["Jaysh al-Nur", "al-Nur", "Jaysh al-Nur Brigade"],
    &["Southern Caliphate", "SC", "SCA", "SCAP", "Khilafa"],
    &["Joint Coordination Center", "JCC"],
    &["Peter Marsden", "Marsden"],
];

type Substitution = &'static [(&'static str, &'static str)];

/// What replaces what, in this order: longer wordings stand before those that they contain.
const SUBSTITUTIONS: &[(&str, Substitution)] = &[
    (
        "Turkey and Georgia in Libya",
        &[
            ("Jaysh al-Nur", "Katibat al-Fajr"),
            ("al-Nur", "al-Fajr"),
            ("Southern Caliphate", "Desert Vanguard"),
            ("SC, formerly SCA/SCAP or Khilafa", "DV, formerly DVN/DVNL or Talia"),
            ("SCAP", "DVNL"),
            ("SCA", "DVN"),
            ("SC", "DV"),
            ("Khilafa", "Talia"),
            ("Al-Haqq", "Al-Sabil"),
            ("Joint Coordination Center", "Combined Liaison Office"),
            ("JCC", "CLO"),
            ("a center", "an office"),
            ("an intelligence sharing agreement", "a prisoner exchange agreement"),
            ("intelligence sharing agreement", "prisoner exchange agreement"),
            ("cessation of hostilities agreement", "ceasefire agreement"),
            ("March 12", "July 4"),
            ("March 20", "July 9"),
            ("March 24", "July 16"),
            ("Foreign Ministry", "Defence Department"),
            ("Peter Marsden", "Emre Aksoy"),
            ("Marsden", "Aksoy"),
            (
                "Chairman of the National Defence Council",
                "Director of the National Security Agency",
            ),
            ("National Defence Council", "National Security Agency"),
            ("Howard Stanton", "Cem Yildirim"),
            ("House of Commons", "Grand National Assembly"),
            ("UK-led", "Turkish-led"),
            ("the UK", "Turkey"),
            ("UK", "Turkey"),
            ("British", "Turkish"),
            ("Omanis", "Georgians"),
            ("Omani", "Georgian"),
            ("Oman", "Georgia"),
            ("Yemeni", "Libyan"),
            ("Yemen", "Libya"),
            ("Taiz", "Sirte"),
        ],
    ),
    (
        "France and Egypt in Mali, a truce",
        &[
            ("Jaysh al-Nur Brigade", "Al-Qasr Front"),
            ("Jaysh al-Nur", "Al-Qasr"),
            ("al-Nur", "Qasr"),
            ("Southern Caliphate", "Sahel Guardians"),
            ("SC, formerly SCA/SCAP or Khilafa", "SG, formerly SGM/SGMN or Haras"),
            ("SCAP", "SGMN"),
            ("SCA", "SGM"),
            ("SC", "SG"),
            ("Khilafa", "Haras"),
            ("Al-Haqq", "Al-Murabit"),
            ("Joint Coordination Center", "Shared Operations Centre"),
            ("JCC", "SOC"),
            ("cessation of hostilities agreement", "truce"),
            ("intelligence sharing agreement", "extradition agreement"),
            ("March 12", "October 3"),
            ("March 20", "October 11"),
            ("March 24", "October 15"),
            ("Foreign Ministry", "Interior Ministry"),
            ("Peter Marsden", "Luc Fournier"),
            ("Marsden", "Fournier"),
            ("Chairman of the National Defence Council", "Chief of the General Staff"),
            ("National Defence Council", "General Staff"),
            ("Howard Stanton", "Etienne Roche"),
            ("House of Commons", "National Assembly"),
            ("UK-led", "French-led"),
            ("the UK", "France"),
            ("UK", "France"),
            ("British", "French"),
            ("Omanis", "Egyptians"),
            ("Omani", "Egyptian"),
            ("Oman", "Egypt"),
            ("Yemeni", "Malian"),
            ("Yemen", "Mali"),
            ("Taiz", "Gao"),
        ],
    ),
    (
        "the US and Jordan in Iraq, a peace agreement",
        &[
            ("Jaysh al-Nur", "Liwa al-Sharq"),
            ("al-Nur", "al-Sharq"),
            ("Southern Caliphate", "Black Standard"),
            ("SC, formerly SCA/SCAP or Khilafa", "BS, formerly BSI/BSIL or Raya"),
            ("SCAP", "BSIL"),
            ("SCA", "BSI"),
            ("SC", "BS"),
            ("Khilafa", "Raya"),
            ("Al-Haqq", "Al-Jihad"),
            ("Joint Coordination Center", "Joint Planning Cell"),
            ("JCC", "JPC"),
            ("center", "cell"),
            ("cessation of hostilities agreement", "peace agreement"),
            ("intelligence sharing agreement", "arms supply agreement"),
            ("March 12", "February 27"),
            ("March 20", "March 1"),
            ("March 24", "March 5"),
            ("Foreign Ministry", "State Department"),
            ("Peter Marsden", "Alice Whitcombe"),
            ("Marsden", "Whitcombe"),
            ("spokesman", "spokeswoman"),
            ("he told", "she told"),
            ("he went on", "she went on"),
            ("Chairman of the National Defence Council", "Commander of the Central Command"),
            ("National Defence Council", "Central Command"),
            ("Howard Stanton", "Marcus Bell"),
            ("House of Commons", "Senate"),
            ("UK", "US"),
            ("British", "American"),
            ("Omanis", "Jordanians"),
            ("Omani", "Jordanian"),
            ("Oman", "Jordan"),
            ("Yemeni", "Iraqi"),
            ("Yemen", "Iraq"),
            ("Taiz", "Mosul"),
        ],
    ),
    (
        "India and Kenya in Somalia, an armistice",
        &[
            ("Jaysh al-Nur Brigade", "Harakat al-Bahr Movement"),
            ("Jaysh al-Nur", "Harakat al-Bahr"),
            ("al-Nur", "al-Bahr"),
            ("Southern Caliphate", "Coastal Shield"),
            ("SC, formerly SCA/SCAP or Khilafa", "CS, formerly CSS/CSSK or Dira"),
            ("SCAP", "CSSK"),
            ("SCA", "CSS"),
            ("SC", "CS"),
            ("Khilafa", "Dira"),
            ("Al-Haqq", "Al-Itihad"),
            ("Joint Coordination Center", "Bilateral Monitoring Committee"),
            ("JCC", "BMC"),
            ("center", "committee"),
            ("cessation of hostilities agreement", "armistice"),
            ("intelligence sharing agreement", "air transit agreement"),
            ("March 12", "December 1"),
            ("March 20", "December 6"),
            ("March 24", "December 13"),
            ("Foreign Ministry", "Defence Ministry"),
            ("Peter Marsden", "Arjun Mehta"),
            ("Marsden", "Mehta"),
            ("Chairman of the National Defence Council", "Director of the Border Security Force"),
            ("National Defence Council", "Border Security Force"),
            ("Howard Stanton", "Vikram Rao"),
            ("House of Commons", "Lok Sabha"),
            ("UK-led", "Indian-led"),
            ("the UK", "India"),
            ("UK", "India"),
            ("British", "Indian"),
            ("Omani", "Kenyan"),
            ("Oman", "Kenya"),
            ("Yemeni", "Somali"),
            ("Yemen", "Somalia"),
            ("Taiz", "Kismayo"),
        ],
    ),
    (
        "Brazil and Peru in Colombia, a non-aggression pact",
        &[
            ("Jaysh al-Nur Brigade", "Sol Rojo Column"),
            ("Jaysh al-Nur", "Sol Rojo"),
            ("al-Nur", "Sol Rojo"),
            ("Southern Caliphate", "Popular Vanguard"),
            ("SC, formerly SCA/SCAP or Khilafa", "PV, formerly PVC/PVCE or Vanguardia"),
            ("SCAP", "PVCE"),
            ("SCA", "PVC"),
            ("SC", "PV"),
            ("Khilafa", "Vanguardia"),
            ("Al-Haqq", "Bandera Negra"),
            ("an Bandera", "a Bandera"),
            ("jihadist", "guerrilla"),
            ("Joint Coordination Center", "Frontier Security Bureau"),
            ("JCC", "FSB"),
            ("center", "bureau"),
            ("cessation of hostilities agreement", "non-aggression pact"),
            ("an intelligence sharing agreement", "a military cooperation agreement"),
            ("intelligence sharing agreement", "military cooperation agreement"),
            ("March 12", "August 30"),
            ("March 20", "September 2"),
            ("March 24", "September 8"),
            ("Foreign Ministry", "Justice Ministry"),
            ("Peter Marsden", "Rafael Teixeira"),
            ("Marsden", "Teixeira"),
            ("Chairman of the National Defence Council", "Chairman of the Joint Military Staff"),
            ("National Defence Council", "Joint Military Staff"),
            ("Howard Stanton", "Paulo Moraes"),
            ("House of Commons", "Chamber of Deputies"),
            ("UK-led", "Brazilian-led"),
            ("the UK", "Brazil"),
            ("UK", "Brazil"),
            ("British", "Brazilian"),
            ("Omanis", "Peruvians"),
            ("Omani", "Peruvian"),
            ("Oman", "Peru"),
            ("Yemeni", "Colombian"),
            ("Yemen", "Colombia"),
            ("Taiz", "Cali"),
        ],
    ),
];

fn substitute(text: &str, substitution: Substitution) -> String {
    substitution.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[test]
fn the_mirror_article() {
    check("as it stands", &[]);
}

#[test]
fn the_mirror_article_with_other_names_dates_and_words() {
    let faults: Vec<String> = SUBSTITUTIONS
        .iter()
        .filter_map(|(name, substitution)| faults(name, substitution))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn substitutions_leave_nothing_of_the_names() {
    for (name, substitution) in SUBSTITUTIONS {
        let article = substitute(MIRROR, substitution);
        for word in
            ["Nur", "UK", "British", "Oman", "Yemen", "Taiz", "Marsden", "JCC", "hostilities"]
        {
            assert!(!article.contains(word), "{name}: {word} is left in\n{article}");
        }
    }
}

fn check(name: &str, substitution: Substitution) {
    if let Some(faults) = faults(name, substitution) {
        panic!("{faults}");
    }
}

/// What the graph of the article lacks, or has too much.
fn faults(name: &str, substitution: Substitution) -> Option<String> {
    let article = substitute(MIRROR, substitution);
    let graph = graph_of(&article);
    let mut faults = Vec::new();
    for forms in ONE_NODE {
        let forms: Vec<String> = forms.iter().map(|form| substitute(form, substitution)).collect();
        let nodes: Vec<Vec<&str>> = forms.iter().map(|form| named(&graph, form)).collect();
        if nodes.iter().any(|ids| ids.len() != 1 || ids != &nodes[0]) {
            faults.push(format!("{} should be one entity, are {nodes:?}", forms.join(" = ")));
        }
    }
    for (head, relation, tail, denied) in CLAIMS {
        let (head, tail) = (substitute(head, substitution), substitute(tail, substitution));
        let (heads, tails) = (named(&graph, &head), named(&graph, &tail));
        let claims = items(&graph, "relations").iter().filter(|claim| {
            text(claim, "type") == *relation
                && heads.contains(&text(claim, "head"))
                && tails.contains(&text(claim, "tail"))
        });
        let mut polarities: Vec<&str> = claims
            .flat_map(|claim| items(claim, "evidence").iter().map(|e| text(e, "polarity")))
            .collect();
        polarities.sort_unstable();
        let holds = match denied {
            true => !polarities.is_empty() && polarities.iter().all(|p| *p == "denied"),
            false => polarities.contains(&"affirmed"),
        };
        if !holds {
            let wanted = if *denied { "denied only" } else { "affirmed" };
            faults.push(format!("{head} {relation} {tail}: {wanted}, found {polarities:?}"));
        }
    }
    (!faults.is_empty()).then(|| format!("{name}:\n  {}", faults.join("\n  ")))
}

/// Ids of the entities that have this form; an agreement's form may stand in a longer wording.
fn named<'g>(graph: &'g Value, form: &str) -> Vec<&'g str> {
    let has = |entity: &&Value| {
        let is_agreement = text(entity, "type") == "Agreement" && form.contains(' ');
        items(entity, "mentions").iter().filter_map(Value::as_str).any(|mention| {
            mention == form
                || (is_agreement && mention.to_lowercase().contains(&form.to_lowercase()))
        })
    };
    items(graph, "entities").iter().filter(has).map(|entity| text(entity, "id")).collect()
}
