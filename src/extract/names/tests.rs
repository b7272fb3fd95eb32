//! What is found in sentences, each told by what it is there for.

use crate::document::Document;
use crate::extract;
use crate::ontology::Ontology;

/// "Person: Theresa May" for each name in the order of the text.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let ontology = Ontology::builtin();
    let document = Document::prose(text);
    let draft = extract::names(&document, ontology);
    let found: Vec<String> = draft
        .mentions
        .iter()
        .map(|mention| format!("{}: {}", mention.class.name(), mention.span.of(document.text())))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn names_begin_in_lower_case() {
    check("Troops left northern Iraq.", &["Place: northern Iraq"]);
    check("She lives in south Lebanon.", &["Place: south Lebanon"]);
    check("They met the government of Kenya.", &["Organization: government of Kenya"]);
    check(
        "He praised the parliament of the Philippines.",
        &["Organization: parliament of the Philippines"],
    );
    check("He praised the government of unity.", &[]);
}

#[test]
fn a_person_may_be_called_like_a_month_a_school_or_anything() {
    check("They saw Theresa May again.", &["Person: Theresa May"]);
    check("They saw Theresa May 5.", &[]);
    check("Bob Quibbleworth, a teacher, agreed.", &["Person: Bob Quibbleworth"]);
    check("Will Ukraine agree?", &["Place: Ukraine"]);
    check("She studied at James Madison University.", &["Organization: James Madison University"]);
    check(
        "Ma Ying-jeou and Chen Shui-bian met.",
        &["Person: Ma Ying-jeou", "Person: Chen Shui-bian"],
    );
    check(
        "King Faisal bin Abd al-Rahman Al Thani came.",
        &["Person: Faisal bin Abd al-Rahman Al Thani"],
    );
    check("He flew to the Paris Air Show.", &["Place: Paris"]);
}

#[test]
fn things_are_no_names() {
    check("Hurricane Dennis hit. Dennis then moved on.", &[]);
    check("He bought an iPod Nano for US$99 and 20 US dollars.", &[]);
    check("He wrote to PressOffice@example.org.", &[]);
    check("They use the LTE standard, an F-15K and the Fraud Abuse Act (FAAX).", &[]);
    check("A Boeing 777 landed; Boeing is proud.", &["Organization: Boeing"]);
    check("The Dow Jones Industrial Average fell.", &[]);
    check("She said so on Twitter.", &[]);
    check("Twitter dismissed him.", &["Organization: Twitter"]);
    check("It was named a Foreign Terrorist Organization.", &[]);
}

#[test]
fn a_body_is_what_acts_and_a_building_where_they_meet() {
    check("The White House denied it.", &["Organization: White House"]);
    check("They met at the White House.", &["Place: White House"]);
    check("U.S. military aid arrived.", &["Place: U.S."]);
    check("The U.S. military left.", &["Organization: U.S. military"]);
    check("They met in the Moscone Convention Center.", &["Place: Moscone Convention Center"]);
}

#[test]
fn a_body_is_for_several_things_and_in_several_places() {
    check(
        "It came from the Ridgeway Center for Women, Peace, and Security.",
        &["Organization: Ridgeway Center for Women, Peace, and Security"],
    );
    check(
        "She leads the Corporation for National and Community Service.",
        &["Organization: Corporation for National and Community Service"],
    );
    check(
        "The Harbour Peace and Human Rights Organisation spoke.",
        &["Organization: Harbour Peace and Human Rights Organisation"],
    );
    check(
        "He studied at the University of Texas at Arlington.",
        &["Organization: University of Texas at Arlington"],
    );
    check("She called the U.S. Embassy Ottawa.", &["Organization: U.S. Embassy Ottawa"]);
    check(
        "They asked the Ministry of Defence and the Municipality of Quarn.",
        &["Organization: Ministry of Defence", "Organization: Municipality of Quarn"],
    );
}

#[test]
fn the_noun_behind_tells_the_kind() {
    check("Rain fell in the Quarnai province.", &["Place: Quarnai"]);
    check("He was held in Quarnai jail.", &["Place: Quarnai jail"]);
    check("She leads the Centre party.", &["Organization: Centre party"]);
    check("A Labour MP resigned.", &["Organization: Labour"]);
    check("All labour is hard. Labour costs rise.", &[]);
}

#[test]
fn a_country_before_a_known_company_is_where_it_is_from() {
    check(
        "South Korean Hyundai Motor Company grew.",
        &["Place: South Korean", "Organization: Hyundai Motor Company"],
    );
    check("The Korean Lantern Company grew.", &["Organization: Korean Lantern Company"]);
}
