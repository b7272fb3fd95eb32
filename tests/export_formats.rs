//! What exports say about themselves, and what the readers in `tests/readers/` do not look at:
//! the account of loss, layouts, dates, programs, batches, and folders that appear whole.

mod hostile;

use newsgraph::confidence::Confidence;
use newsgraph::document::Source;
use newsgraph::export::{
    ExportOptions, FORMATS, Format, FormatKind, Layout, LossKind, Position, TARGETS, Target, write,
    write_to_path,
};
use newsgraph::graph::{
    DocumentRecord, Entity, EntityIndex, EntityMention, Evidence, KnowledgeGraph, MentionForm,
    Modality, Origin, Polarity,
};
use newsgraph::ontology::TopClass;
use newsgraph::span::CharSpan;

fn format(name: &str) -> &'static Format {
    Format::by_name(name).unwrap_or_else(|| panic!("{name} is a format"))
}

fn export(graph: &KnowledgeGraph, name: &str, options: &ExportOptions) -> String {
    let mut bytes = Vec::new();
    write(graph, hostile::schema(), format(name), options, &mut bytes).expect("to memory");
    String::from_utf8(bytes).expect("UTF-8")
}

fn entity(graph: &mut KnowledgeGraph, key: &str, class: TopClass) -> EntityIndex {
    let document = graph.documents().next().map(|(index, _)| index);
    graph.add_entity(Entity {
        key: key.into(),
        class,
        subclass: None,
        name: format!("The {key}"),
        aliases: vec![format!("other {key}")],
        same_as: Vec::new(),
        mentions: document
            .into_iter()
            .map(|document| EntityMention {
                document,
                span: CharSpan { start: 0, end: 1 },
                form: MentionForm::Name,
                subclass: None,
            })
            .collect(),
    })
}

/// One document, three entities, and two claims: one that the article asserts and a speaker
/// denies, and one that is only planned.
fn graph(published: Option<&str>, spoken_of: Option<&str>) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    let document = graph.add_document(DocumentRecord {
        id: "d".into(),
        source: Source {
            title: Some("Title".into()),
            published: published.map(str::to_owned),
            ..Source::default()
        },
        text: Some("A text.".into()),
    });
    let person = entity(&mut graph, "person/a", TopClass::Person);
    let body = entity(&mut graph, "organization/b", TopClass::Organization);
    let place = entity(&mut graph, "place/c", TopClass::Place);
    let statement = Evidence {
        document,
        quote: "A text.".into(),
        sentence: CharSpan { start: 0, end: 7 },
        head: None,
        tail: None,
        cue: None,
        role: Some("chair".into()),
        polarity: Polarity::Affirmed,
        modality: Modality::Asserted,
        attributed_to: None,
        date: spoken_of.map(Into::into),
        origin: Origin::Human,
        confidence: Confidence::new(0.5).expect("in range"),
    };
    let schema = hostile::schema();
    let property = |name: &str| schema.property_id(name).expect("a relation");
    graph.add_evidence(property("headOf"), person, body, statement.clone());
    let denial = Evidence {
        polarity: Polarity::Denied,
        attributed_to: Some(person),
        role: None,
        ..statement.clone()
    };
    graph.add_evidence(property("headOf"), person, body, denial);
    let plan = Evidence { modality: Modality::Planned, role: None, ..statement };
    graph.add_evidence(property("basedIn"), body, place, plan);
    graph
}

fn left_out(graph: &KnowledgeGraph, name: &str, options: &ExportOptions) -> Vec<String> {
    let mut bytes = Vec::new();
    let report = write(graph, hostile::schema(), format(name), options, &mut bytes);
    let report = report.expect("to memory");
    let left_out = report.losses.iter().filter(|loss| loss.kind == LossKind::LeftOut);
    left_out.map(ToString::to_string).collect()
}

#[test]
fn what_is_left_out_is_counted() {
    let graph = graph(None, Some("2016"));
    let options = ExportOptions::default();
    for name in ["turtle", "ntriples", "jsonld", "json"] {
        assert_eq!(left_out(&graph, name, &options), Vec::<String>::new(), "{name}");
    }
    let summary = [
        "1 text",
        "1 document's title and publisher",
        "3 mentions of entities",
        "1 further statement, summed up",
        "3 statements' places in their texts",
        "3 statements' origins",
    ];
    for name in ["graphml", "gexf", "yed", "cyjs", "nodelink", "cypher"] {
        assert_eq!(left_out(&graph, name, &options), summary, "{name}");
    }
    for name in ["csv", "tsv"] {
        assert_eq!(left_out(&graph, name, &options), ["1 text", "3 mentions of entities"]);
    }
    assert_eq!(
        left_out(&graph, "ftm", &options),
        [
            "3 mentions of entities",
            "1 relation that is not asserted",
            "1 statement that does not assert its relation",
            "1 speaker",
            "3 statements' places in their texts",
            "3 statements' origins",
            "3 statements' confidences",
        ]
    );
    let mut without_text = options.clone();
    without_text.rdf.with_text = false;
    assert_eq!(left_out(&graph, "csv", &without_text), ["3 mentions of entities"]);
    let drawn = left_out(&graph, "dot", &options);
    for part in ["3 other names", "1 role", "3 dates spoken of", "1 statement's modality"] {
        assert!(drawn.iter().any(|loss| loss == part), "{part} in {drawn:?}");
    }
    for format in FORMATS.iter().filter(|format| !matches!(format.kind, FormatKind::Tables { .. }))
    {
        let empty = left_out(&KnowledgeGraph::new(), format.name, &options);
        assert_eq!(empty, Vec::<String>::new(), "{format:?} of nothing");
    }
}

#[test]
fn those_that_draw_write_the_layout() {
    let graph = graph(None, None);
    let at = |x, y| Position { x, y };
    let layout = Layout::new(vec![at(1.5, 2.0), at(f32::NAN, f32::INFINITY), at(-3.0, -0.25)]);
    assert_eq!(layout.position(EntityIndex(1)), Some(at(0.0, 0.0)));
    assert_eq!(layout.position(EntityIndex(3)), None);
    let laid_out = ExportOptions { layout: Some(layout), ..ExportOptions::default() };
    let plain = ExportOptions::default();
    let positions = [
        ("gexf", "<viz:position x=\"1.5\" y=\"2\" z=\"0\"/>", "<viz:position x=\"-3\" y=\"-0.25\""),
        // In yEd it is the corner of the box of 125 points by 30, and `y` grows downward.
        ("yed", "y=\"-17\"/>", "y=\"-14.75\"/>"),
        ("cyjs", "\"position\":{\"x\":1.5,\"y\":-2.0}", "\"position\":{\"x\":-3.0,\"y\":0.25}"),
        ("nodelink", "\"x\":1.5,\"y\":-2.0", "\"x\":-3.0,\"y\":0.25"),
    ];
    for (name, first, last) in positions {
        let text = export(&graph, name, &laid_out);
        assert!(text.contains(first), "{first} in {text}");
        assert!(text.contains(last), "{last} in {text}");
        assert!(!export(&graph, name, &plain).contains(first), "{name} without a layout");
        assert!(!text.contains("NaN") && !text.contains("inf\""), "{name}");
    }
}

#[test]
fn gexf_is_dynamic_where_claims_have_dates() {
    let options = ExportOptions::default();
    let cases = [
        (Some("2016-02"), Some("2015"), "<spell start=\"2015-01-01\" end=\"2015-12-31\"/>"),
        (Some("2016-02"), None, "<spell start=\"2016-02-01\" end=\"2016-02-29\"/>"),
        (Some("2016-02"), Some("soon"), "<spell start=\"2016-02-01\" end=\"2016-02-29\"/>"),
    ];
    for (published, spoken_of, spell) in cases {
        let text = export(&graph(published, spoken_of), "gexf", &options);
        assert!(text.contains("mode=\"dynamic\" timeformat=\"date\""), "{text}");
        // The two statements of one claim speak of one time: one spell, and one of the other.
        assert_eq!(text.matches(spell).count(), 2, "{text}");
        assert_eq!(text.matches("<spell ").count(), 2, "{text}");
    }
    let text = export(&graph(Some("last week"), Some("soon")), "gexf", &options);
    assert!(text.contains(" mode=\"static\">\n") && !text.contains("spell"), "{text}");
    // Gephi takes an attribute of this name for the weight itself.
    assert!(!text.contains("id=\"weight\"") && text.contains(" weight=\"2\">"), "{text}");
}

#[test]
fn parallel_edges_of_gexf_differ_in_kind() {
    let text = export(&graph(None, None), "gexf", &ExportOptions::default());
    assert!(text.contains("label=\"head of\" kind=\"headOf\""), "{text}");
    assert!(text.contains("label=\"based in\" kind=\"basedIn\""), "{text}");
}

#[test]
fn cypher_comes_in_batches_of_one_kind() {
    let mut graph = KnowledgeGraph::new();
    for at in 0..1201 {
        let class = if at % 3 == 0 { TopClass::Place } else { TopClass::Person };
        entity(&mut graph, &format!("e/{at:04}"), class);
    }
    let text = export(&graph, "cypher", &ExportOptions::default());
    let rows: Vec<usize> =
        text.split("UNWIND [").skip(1).map(|batch| batch.matches("{id: 'e/").count()).collect();
    assert_eq!(rows, [500, 300, 401]);
    let labels: Vec<&str> = text.lines().filter(|line| line.starts_with("] AS row")).collect();
    let statement =
        |class| format!("] AS row MERGE (n:Entity {{id: row.id}}) SET n:{class}, n += row;");
    assert_eq!(labels, [statement("Person"), statement("Person"), statement("Place")]);
    for at in 0..1201 {
        assert!(text.contains(&format!("{{id: 'e/{at:04}', ")), "{at}");
    }
}

#[test]
fn every_program_has_a_format() {
    for target in TARGETS {
        assert!(target.format().is_some(), "{target:?}");
        let found = Target::by_name(&target.name.to_uppercase()).expect("found");
        assert_eq!(found.name, target.name);
        let mut options = ExportOptions::default();
        target.adapt(&mut options);
        assert_eq!(options.byte_order_mark, target.name == "spreadsheet");
    }
    assert!(Target::by_name("abacus").is_none());
}

#[test]
fn a_folder_of_tables_appears_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = ExportOptions::default();
    let graph = graph(None, None);
    for format in FORMATS {
        let FormatKind::Tables { files, .. } = format.kind else { continue };
        let target = folder.path().join(format.name);
        write_to_path(&graph, hostile::schema(), format, &options, &target).expect("written");
        let mut found: Vec<String> = std::fs::read_dir(&target)
            .expect("readable")
            .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        found.sort();
        let mut wanted = files.to_vec();
        wanted.sort_unstable();
        assert_eq!(found, wanted);
        // The last of them cannot be replaced by a file: none is.
        let (first, last) = (target.join(files[0]), target.join(files[files.len() - 1]));
        std::fs::write(&first, "old").expect("written");
        std::fs::remove_file(&last).expect("removed");
        std::fs::create_dir(&last).expect("made");
        let failed = write_to_path(&graph, hostile::schema(), format, &options, &target);
        assert!(failed.expect_err("fails").to_string().contains(files[files.len() - 1]));
        assert_eq!(std::fs::read_dir(&target).expect("readable").count(), files.len());
        assert_eq!(std::fs::read_to_string(&first).expect("there"), "old", "{format:?}");
    }
}
