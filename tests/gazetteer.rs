//! The gazetteer: what a name finds, and what is said of a faulty table.

use newsgraph::ontology::{Gazetteer, NameKind, Ontology, Schema, TopClass};

/// The id of the first entry, how many words matched, and the kind of the match.
fn find(text: &str) -> Option<(String, usize, NameKind)> {
    let gazetteer = &Ontology::builtin().gazetteer;
    let found = gazetteer.longest_match(text.split(' '))?;
    let entry = gazetteer.entry(found.entries[0]);
    Some((entry.id.clone(), found.words, found.kind))
}

#[track_caller]
fn check(text: &str, id: &str, words: usize, kind: NameKind) {
    assert_eq!(find(text), Some((id.to_owned(), words, kind)), "{text:?}");
}

#[test]
fn the_longest_name_wins() {
    let council = "United Nations Security Council members met";
    check(council, "body/un-security-council", 4, NameKind::Name);
    check("United Nations staff", "body/un", 2, NameKind::Name);
    check("South Sudan 's people", "country/ss", 2, NameKind::Name);
    check("Sudan has", "country/sd", 1, NameKind::Name);
    check("New York City council", "city/new-york-city-us", 3, NameKind::Name);
    assert_eq!(find("United front"), None);
    assert_eq!(find(""), None);
}

#[test]
fn case_counts() {
    check("US officials", "country/us", 1, NameKind::Alias);
    assert_eq!(find("us officials"), None);
}

#[test]
fn datelines_are_in_capitals() {
    check("BAGHDAD , Iraq", "city/baghdad-iq", 1, NameKind::Name);
    check("SYRIA", "country/sy", 1, NameKind::Name);
    assert_eq!(find("NICE"), None);
}

#[test]
fn states_have_regular_bodies() {
    check("Malian government", "gov/government-ml", 2, NameKind::Alias);
    check("Government of Ethiopia", "gov/government-et", 3, NameKind::Name);
    check("Indonesian Navy", "gov/navy-id", 2, NameKind::Alias);
    check("Taiwan's Defense Ministry", "gov/defence-ministry-tw", 3, NameKind::Alias);
    check("Japanese Ministry of Foreign Affairs", "gov/foreign-ministry-jp", 5, NameKind::Alias);
    check("Northern Iraq", "region/northern-iq", 2, NameKind::Name);
}

#[test]
fn the_arabic_article_is_written_in_many_ways() {
    for text in ["Al-Qaeda", "al-Qaeda", "Al Qaeda", "al Qaeda", "Al-Qaida", "al - Qaida"] {
        assert_eq!(find(text).map(|found| found.0).as_deref(), Some("group/al-qaeda"), "{text}");
    }
}

#[test]
fn demonyms_lead_to_the_country() {
    for (text, id, words) in [
        ("Russian warplanes", "country/ru", 1),
        ("Russians", "country/ru", 1),
        ("South Koreans", "country/kr", 2),
        ("Frenchman", "country/fr", 1),
        ("Palestinians", "country/ps", 1),
        ("Briton", "country/gb", 1),
    ] {
        check(text, id, words, NameKind::Demonym);
    }
}

#[test]
fn accents_and_apostrophes_do_not_matter() {
    for text in ["São Paulo", "Sao Paulo", "Sa\u{303}o Paulo"] {
        let (id, words, _) = find(text).expect("is listed");
        assert_eq!((id.as_str(), words), ("city/sao-paulo-br", 2));
    }
    check("Sana’a", "city/sanaa-ye", 1, NameKind::Alias);
    check("Sana'a", "city/sanaa-ye", 1, NameKind::Alias);
    check("Côte d’Ivoire", "country/ci", 2, NameKind::Alias);
}

#[test]
fn the_cut_into_words_does_not_matter() {
    for text in ["St. Petersburg", "St . Petersburg"] {
        let words = text.split(' ').count();
        check(text, "city/saint-petersburg-ru", words, NameKind::Alias);
    }
    check("Washington , D.C. , said", "city/washington-dc-us", 3, NameKind::Name);
    assert_eq!(find("SaudiArabia"), None);
}

#[test]
fn entries_tell_class_country_and_item() {
    let ontology = Ontology::builtin();
    let gazetteer = &ontology.gazetteer;
    let entry = gazetteer.entry(gazetteer.entry_by_id("city/aleppo-sy").expect("is listed"));
    assert_eq!((entry.name.as_str(), entry.class), ("Aleppo", TopClass::Place));
    assert_eq!(entry.subclass, ontology.schema.subclass_id("City"));
    let country = gazetteer.entry(entry.country.expect("has a country"));
    assert_eq!((country.id.as_str(), country.wikidata.as_deref()), ("country/sy", Some("Q858")));
    assert_eq!(gazetteer.entry_by_id("city/nowhere"), None);
}

/// `owl:sameAs` of two things to one item would make them one for every reasoner.
#[test]
fn no_item_is_two_things() {
    let gazetteer = &Ontology::builtin().gazetteer;
    let mut seen = std::collections::HashMap::new();
    for (_, entry) in gazetteer.entries() {
        if let Some(item) = &entry.wikidata
            && let Some(other) = seen.insert(item.clone(), entry.id.clone())
        {
            panic!("{item} is {other} and {}", entry.id);
        }
    }
    let item = |id: &str| gazetteer.entry(gazetteer.entry_by_id(id).expect(id)).wikidata.clone();
    for (id, wanted) in [
        ("body/ecowas", "Q193272"),
        ("body/caricom", "Q205995"),
        ("city/suva-fj", "Q38807"),
        ("country/fj", "Q712"),
    ] {
        assert_eq!(item(id).as_deref(), Some(wanted), "{id}");
    }
}

#[test]
fn long_word_lists_come_compiled() {
    let lexicon = &Ontology::builtin().lexicon;
    assert!(lexicon.list("common_words").contains("government"));
    assert!(!lexicon.list("common_words").contains("paris"));
    assert!(lexicon.list("first_names").contains("Vladimir"));
    assert!(lexicon.list("surnames").contains("Erdoğan"));
    let names = lexicon.list("surnames").phrases();
    assert!(names.iter().any(|name| name == "Smith"));
}

const SCHEMA: &str = include_str!("../ontology/newsgraph.ttl");

fn load(table: &str) -> Result<Gazetteer, String> {
    let schema = Schema::from_turtle(SCHEMA, "newsgraph.ttl").expect("the built-in schema");
    Gazetteer::from_files([("places.tsv", table)], &schema).map_err(|error| error.to_string())
}

const ATLANTIS: &str = "country/xa\tPlace\tCountry\tAtlantis\tAL|A.L.\tAtlantean\t\tQ1\n";

#[test]
fn faults_are_named_with_file_and_line() {
    for (line, message) in [
        ("city/x\tPlace\tCity\tX", "4 columns where 8 are expected"),
        ("city/x\tThing\tCity\tX\t\t\t\t", "\"Thing\" is no top class"),
        ("city/x\tPlace\tTown\tX\t\t\t\t", "declares no subclass \"Town\""),
        ("city/x\tOrganization\tCity\tX\t\t\t\t", "a subclass of Place, not of Organization"),
        ("country/xa\tPlace\tCity\tX\t\t\t\t", "already that of places.tsv:2"),
        ("city/x\tPlace\tCity\tX\t\t\tcountry/zz\t", "\"country/zz\""),
        ("city/x\tPlace\tCity\tX\u{1}\t\t\t\t", "odd character"),
        ("city/x\tPlace\tCity\tX  Y\t\t\t\t", "a space too many"),
        ("city/x\tPlace\tCity\tX\tA||B\t\t\t", "an empty name"),
        ("city/x\tPlace\tCity\tX\t\t\t\t30", "no Wikidata item"),
        ("City X\tPlace\tCity\tX\t\t\t\t", "not of the form"),
        ("#rank high", "whole number"),
    ] {
        let error = load(&format!("# comment\n{ATLANTIS}\n{line}\n")).err().expect(line);
        assert!(error.starts_with("gazetteer/places.tsv:4: "), "{error}");
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn marks_order_the_readings() {
    let table = format!(
        "{ATLANTIS}region/w\tPlace\tRegion\tWest\t\t\tcountry/xa\t\n\
         city/w\tPlace\tCity\tWest Point\t!West\t\tcountry/xa\t\n\
         city/r\tPlace\tCity\t?Reading\t\t\tcountry/xa\t\n"
    );
    let gazetteer = load(&table).expect("a sound table");
    let found = gazetteer.longest_match(["West"].into_iter()).expect("is listed");
    let ids: Vec<_> =
        found.entries.iter().map(|&entry| gazetteer.entry(entry).id.as_str()).collect();
    assert_eq!(ids, ["city/w", "region/w"]);
    assert!(!found.weak);
    let found = gazetteer.longest_match(["Reading"].into_iter()).expect("is listed");
    assert!(found.weak);
    assert_eq!(gazetteer.entry(found.entries[0]).name, "Reading");
}
