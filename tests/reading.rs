//! Reading: what each kind of input becomes, and what is said of input that is no article.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use newsgraph::document::{Block, BlockKind};
use newsgraph::read::{
    InputKind, Item, ReadDocument, ReadError, Settings, documents, from_reader, sources,
};
use newsgraph::span::ByteSpan;
use proptest::prelude::*;

const BODY: &str = "The council of Strelsau met on Monday, and it agreed with the union.";

fn read(name: &str, bytes: &[u8]) -> Vec<Result<ReadDocument, ReadError>> {
    documents(name, bytes, None, &Settings::default())
}

fn only(name: &str, bytes: &[u8]) -> ReadDocument {
    let mut all = read(name, bytes);
    assert_eq!(all.len(), 1, "{name}");
    all.remove(0).unwrap_or_else(|error| panic!("{error}"))
}

fn error(name: &str, bytes: &[u8]) -> String {
    let mut all = read(name, bytes);
    assert_eq!(all.len(), 1, "{name}");
    match all.remove(0) {
        Ok(document) => panic!("{name} was read: {:?}", document.document.text()),
        Err(error) => error.to_string(),
    }
}

fn zip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("to memory");
    encoder.finish().expect("to memory")
}

fn prose(document: &ReadDocument) -> Vec<String> {
    let blocks = &document.document.blocks;
    let prose = blocks.iter().filter(|block| block.kind == BlockKind::Prose);
    prose.map(|block| block.span.of(document.document.text()).to_owned()).collect()
}

/// The document as a person can read it: origin, then a line for each block, residue in ⟦ ⟧.
fn rendered(read: &ReadDocument) -> String {
    let source = &read.document.source;
    let mut lines = Vec::new();
    for (name, value) in [
        ("title", &source.title),
        ("uri", &source.uri),
        ("publisher", &source.publisher),
        ("published", &source.published),
        ("language", &source.language),
    ] {
        if let Some(value) = value {
            lines.push(format!("{name}: {value}"));
        }
    }
    lines.push(String::new());
    let text = read.document.text();
    for block in &read.document.blocks {
        let mut content = String::new();
        let mut at = block.span.start;
        for mark in read.document.residue.iter().filter(|mark| block.span.contains(**mark)) {
            content += ByteSpan { start: at, end: mark.start }.of(text);
            content += &format!("⟦{}⟧", mark.of(text));
            at = mark.end;
        }
        content += ByteSpan { start: at, end: block.span.end }.of(text);
        let goes_on = if block.continues { "+" } else { "" };
        lines.push(format!("{:?}{goes_on}| {}", block.kind, content.replace('\n', "⏎")));
    }
    lines.join("\n") + "\n"
}

/// Each fixture against its golden outline; `UPDATE_GOLDEN=1` writes the outlines anew.
#[test]
fn fixtures_have_their_outlines() {
    let folder = Path::new("tests/fixtures/reading");
    for name in [
        "council.txt",
        "agency.txt",
        "plain.txt",
        "wrapped.txt",
        "post.md",
        "broadcaster.txt",
        "setext.md",
        "remnants.txt",
        "labels.txt",
        "page.html",
    ] {
        let bytes = fs::read(folder.join(name)).expect("a fixture");
        let document = only(name, &bytes);
        let found = rendered(&document);
        let golden = folder.join(format!("{name}.outline"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &found).expect("the fixtures are writable");
        }
        let expected = fs::read_to_string(&golden).expect("a golden outline");
        assert_eq!(found, expected, "{name}");
        check_invariants(&document, &bytes, name);
    }
}

#[test]
fn encodings_give_the_same_text_and_map_back() {
    let text = "The café’s owner, Ádám Kéri, met the council of Strelsau on Monday 😀.\r\n\r\nIt agreed with the union.\r\n";
    let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let check = |name: &str, bytes: Vec<u8>| {
        let document = only("a.txt", &bytes);
        assert_eq!(document.document.text(), text, "{name}");
        assert_eq!(prose(&document).len(), 2, "{name}");
        check_invariants(&document, &bytes, "a.txt");
    };
    check("utf-8", text.as_bytes().to_vec());
    check("utf-8 with a mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat());
    check("utf-16le", [b"\xFF\xFE".to_vec(), utf16(u16::to_le_bytes)].concat());
    check("utf-16be", [b"\xFE\xFF".to_vec(), utf16(u16::to_be_bytes)].concat());
    check("utf-16le, unmarked", utf16(u16::to_le_bytes));
    check("utf-16be, unmarked", utf16(u16::to_be_bytes));

    let latin = b"The caf\xE9\x92s owner met the council of Strelsau \x96 on Monday.";
    let document = only("a.txt", latin);
    assert_eq!(
        document.document.text(),
        "The café’s owner met the council of Strelsau – on Monday."
    );
    assert_eq!(
        document.warnings[0].to_string(),
        "not UTF-8; read as windows-1252, which is a guess"
    );
    let at = document.document.text().find('–').expect("the dash");
    let dash = latin.iter().position(|byte| *byte == 0x96).expect("the dash") as u64;
    assert_eq!(document.offsets.raw_span(ByteSpan::new(at, at + 3)), dash..dash + 1);
}

#[test]
fn html_in_a_declared_encoding() {
    let page = b"<html><head><meta charset=\"iso-8859-2\"></head><body><p>The council of Strelsau met on Monday with Andrzej \xA3ubie\xF1 of the union.</p></body></html>";
    let document = only("a.html", page);
    assert!(document.document.text().contains("Andrzej Łubień"));
    assert!(document.warnings.is_empty());
}

#[test]
fn jsonl_gives_many_articles_and_errors_of_their_own() {
    let lines = [
        format!(r#"{{"title": "A", "text": "{BODY}", "url": "https://example.org/a", "date": "20 Sep 2016", "source": {{"name": "Example"}}}}"#),
        "{\"text\": \"broken".to_owned(),
        String::new(),
        r#"{"title": "no text"}"#.to_owned(),
        "[1, 2]".to_owned(),
        r#"{"body": "The caf\u00e9 \"of\" Strelsau\n\nIt met with the union and the others \ud83d\ude00 on Monday."}"#.to_owned(),
    ]
    .join("\n");
    let found = read("a.jsonl", lines.as_bytes());
    let text: Vec<String> = found
        .iter()
        .map(|result| match result {
            Ok(document) => document.document.text().to_owned(),
            Err(error) => error.to_string(),
        })
        .collect();
    assert_eq!(text[0], BODY);
    assert_eq!(
        text[1],
        "a.jsonl:2: not valid JSON: EOF while parsing a string (column 16); mend or remove the line"
    );
    assert!(
        text[2].starts_with(
            "a.jsonl:4: not an article: no field holds its text (looked for text, body,"
        )
    );
    assert_eq!(text[3], "a.jsonl:5: not an article: a JSON object was expected");
    assert_eq!(
        text[4],
        "The café \"of\" Strelsau\n\nIt met with the union and the others 😀 on Monday."
    );
    let first = found[0].as_ref().expect("an article");
    assert_eq!(first.document.source.publisher.as_deref(), Some("Example"));
    assert_eq!(first.document.source.published.as_deref(), Some("2016-09-20"));
    assert_eq!(first.document.source.uri.as_deref(), Some("https://example.org/a"));
    let last = found[4].as_ref().expect("an article");
    let raw = |part: &str| {
        let at = last.document.text().find(part).expect("in the text");
        let raw = last.offsets.raw_span(ByteSpan::new(at, at + part.len()));
        &lines[raw.start as usize..raw.end as usize]
    };
    assert_eq!(raw("café"), "caf\\u00e9");
    assert_eq!(raw("\"of\""), "\\\"of\\\"");
    assert_eq!(raw("😀 on"), "\\ud83d\\ude00 on");
}

#[test]
fn json_arrays_feeds_and_mapped_fields() {
    let array = format!(
        "[\n{{\"text\": \"{BODY}\"}},\n{{\"headline\": \"none\"}},\n{{\"content\": [\"{BODY}\", \"{BODY}\"]}}]"
    );
    let found = read("a.json", array.as_bytes());
    assert_eq!(found.len(), 3);
    assert!(
        found[1].as_ref().expect_err("no text").to_string().starts_with("a.json:3: not an article")
    );
    assert_eq!(prose(found[2].as_ref().expect("two paragraphs")).len(), 2);

    let feed = format!(
        "{{\"count\": 1, \"articles\": [{{\"content\": \"<p>{BODY}</p><p>The end of it.</p>\"}}]}}"
    );
    let found = only("feed.json", feed.as_bytes());
    assert_eq!(prose(&found), [BODY, "The end of it."]);
    let raw = found.offsets.raw_span(found.document.blocks[0].span);
    assert_eq!(&feed[raw.start as usize..raw.end as usize], BODY);

    let mut settings = Settings::default();
    settings.fields.set("text=story.full").expect("a mapping");
    let nested = format!("{{\"text\": \"short\", \"story\": {{\"full\": \"{BODY}\"}}}}");
    let found = documents("a.json", nested.as_bytes(), None, &settings);
    assert_eq!(found[0].as_ref().expect("an article").document.text(), BODY);
    assert_eq!(
        settings.fields.set("colour=x"),
        Err("no field \"colour\": there are text, title, uri, publisher and published".to_owned())
    );
}

#[test]
fn bad_input_is_named_and_explained() {
    let check = |name: &str, bytes: &[u8], message: &str| assert_eq!(error(name, bytes), message);
    check("a.txt", b"", "a.txt: empty: it holds no text; leave it out");
    check("a.txt", b" \r\n\t\n", "a.txt: empty: it holds no text; leave it out");
    check("a.txt", "\u{FEFF}\u{A0}\n".as_bytes(), "a.txt: empty: it holds no text; leave it out");
    check("a.jsonl", b"\n\n", "a.jsonl: empty: it holds no text; leave it out");
    check("a.json", b"[]", "a.json: empty: it holds no text; leave it out");
    check("a.txt", b"%PDF-1.4 stream", "a.txt: not text but a PDF; convert it to text first");
    check("a.txt", b"ab\0\x01\x02\x03cd", "a.txt: not text but binary data; leave it out");
    check(
        "a.txt",
        b"The caf\xC3\xA9 of Strelsau \xC3( met",
        "a.txt: invalid encoding at byte 22: damaged UTF-8; save it as UTF-8",
    );
    check(
        "a.txt",
        b"The council \xFF\xFE\xFA met",
        "a.txt: invalid encoding at byte 12: neither UTF-8 nor Windows-1252; save it as UTF-8",
    );
    check(
        "a.txt",
        b"\xEF\xBB\xBFThe caf\xE9",
        "a.txt: invalid encoding at byte 10: not UTF-8; save it as UTF-8",
    );
    check(
        "a.txt",
        b"\xFF\xFEa\0b",
        "a.txt: invalid encoding at byte 4: half a UTF-16 unit at the end; save it as UTF-8",
    );
    check(
        "a.html",
        b"<html><body><script>x</script></body></html>",
        "a.html: no article text found in the page; save the article as .txt",
    );
    check("a.ttl", b"@prefix a: <b> .", "a.ttl: a graph file where an article is expected");
    check(
        "a.txt",
        "Совет собрался в понедельник и решил направить миссию на границу.".as_bytes(),
        "a.txt: written in Russian, and only English is understood; skipped",
    );
    check(
        "a.json",
        b"{\"text\": \n oops}",
        "a.json:2: not valid JSON: expected value (column 2); mend or remove the line",
    );
    let mut broken = zip(BODY.as_bytes());
    let middle = broken.len() / 2;
    broken.truncate(middle);
    assert!(error("a.txt.gz", &broken).starts_with("a.txt.gz: damaged gzip data: "));
}

#[test]
fn limits_hold_before_memory_is_spent() {
    let check = |name: &str, bytes: &[u8], message: &str| assert_eq!(error(name, bytes), message);
    let line = "word ".repeat(300_000);
    check(
        "a.txt",
        format!("{BODY}\n\n{line}").as_bytes(),
        "a.txt:3: a line of more than 1048576 bytes, which no article has; break it into paragraphs or raise the limit",
    );
    let bomb = zip(&vec![b'a'; 70 << 20]);
    assert!(bomb.len() < 1 << 20);
    check(
        "a.txt.gz",
        &bomb,
        "a.txt.gz: larger than the limit of 67108864 bytes when decompressed; split it or raise the limit",
    );
    let endless = std::io::Read::chain(BODY.as_bytes(), std::io::repeat(b'x'));
    let found: Vec<_> = from_reader("-", endless, &Settings::default()).collect();
    let message = found[0].as_ref().expect_err("endless").to_string();
    assert_eq!(message, "-: larger than the limit of 67108864 bytes; split it or raise the limit");
}

#[test]
fn language_can_be_left_open() {
    let settings = Settings { any_language: true, ..Settings::default() };
    let text = "Le conseil s’est réuni lundi et a décidé d’envoyer une mission à la frontière.";
    let found = documents("a.txt", text.as_bytes(), None, &settings);
    assert_eq!(found[0].as_ref().expect("read").document.source.language, None);
    assert!(read("a.txt", text.as_bytes())[0].as_ref().expect_err("French").is_skip());
    assert_eq!(only("a.txt", b"Bonjour!").document.source.language.as_deref(), Some("en"));
}

/// Writes files below a fresh folder; names ending in "/" are folders.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        match name.ends_with('/') {
            true => fs::create_dir_all(path).expect("a folder"),
            false => fs::write(path, content).expect("a file"),
        }
    }
    folder
}

/// What `sources` finds below `root`: names of items, or messages, without the root.
fn walked(root: &Path, paths: &[PathBuf]) -> Vec<String> {
    let shown = |text: String| text.replace(&format!("{}/", root.display()), "");
    sources(paths, &Settings::default())
        .map(|item| match item {
            Ok(Item { name, kind, .. }) => shown(format!("{name} {kind:?}")),
            Err(error) => shown(error.to_string()),
        })
        .collect()
}

#[test]
fn folders_are_walked_in_order() {
    let body = BODY.as_bytes();
    let root = folder(&[
        ("b.txt", body),
        ("a.md", body),
        (".hidden.txt", body),
        (".git/c.txt", body),
        ("sub/d.txt.gz", &zip(body)),
        ("sub/picture.png", b"\x89PNG"),
        ("sub/graph.json", b"{\"format\": \"newsgraph/1\"}"),
        ("sub/e.jsonl", b"{\"text\": \"The end of it.\"}\n"),
        ("empty/", b""),
        ("Makefile", body),
    ]);
    let path = |name: &str| root.path().join(name);
    assert_eq!(
        walked(root.path(), &[root.path().to_owned()]),
        ["a.md Markdown", "b.txt Text", "sub/d.txt.gz Text", "sub/e.jsonl Jsonl"]
    );
    assert_eq!(
        walked(
            root.path(),
            &[path("sub/graph.json"), path("Makefile"), path("missing.txt"), path("b.txt")]
        ),
        [
            "sub/graph.json GraphJson",
            "Makefile Text",
            "missing.txt: no such file or folder; check the path",
            "b.txt Text"
        ]
    );
    let message = &walked(root.path(), &[path("empty")])[0];
    assert!(message.starts_with("empty: the folder holds no articles"), "{message}");
    let item = sources(&[path("sub/d.txt.gz")], &Settings::default())
        .next()
        .expect("one")
        .expect("readable");
    assert_eq!(
        item.documents(&Settings::default())[0].as_ref().expect("read").document.text(),
        BODY
    );
}

#[cfg(unix)]
#[test]
fn links_and_permissions() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let root = folder(&[("a/b.txt", BODY.as_bytes()), ("c.txt", BODY.as_bytes())]);
    symlink(root.path(), root.path().join("a/up")).expect("a link");
    symlink(root.path().join("a/self.txt"), root.path().join("a/self.txt")).expect("a link");
    let found = walked(root.path(), &[root.path().to_owned()]);
    assert_eq!(found[0], "a/b.txt Text");
    assert!(found[1].starts_with("a/self.txt: a symbolic link leads back to"), "{found:?}");
    assert!(found[2].starts_with("a/up: a symbolic link leads back to"), "{found:?}");
    assert_eq!(found[3], "c.txt Text");
    assert_eq!(walked(root.path(), &[root.path().join("a/self.txt")])[0], found[1]);

    let locked = root.path().join("c.txt");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o0)).expect("own file");
    // Root reads everything.
    if fs::File::open(&locked).is_err() {
        let message = &walked(root.path(), &[locked])[0];
        assert!(message.starts_with("c.txt: cannot be read: "), "{message}");
    }
}

#[test]
fn pipes_and_long_jsonl_come_in_parts() {
    let line = format!("{{\"text\": \"{BODY}\"}}\n");
    let many = line.repeat((9 << 20) / line.len()) + "oops\n" + &line;
    let settings = Settings::default();
    let items: Vec<Item> =
        from_reader("many.jsonl", std::io::Cursor::new(many.clone().into_bytes()), &settings)
            .map(|item| item.expect("readable"))
            .collect();
    assert_eq!(items.len(), 3);
    assert!(items.iter().all(|item| item.kind == InputKind::Jsonl));
    let last = items[2].documents(&settings);
    let number = many.lines().count() - 1;
    let message = last[last.len() - 2].as_ref().expect_err("a broken line").to_string();
    assert!(message.starts_with(&format!("many.jsonl:{number}: not valid JSON: ")), "{message}");
    let document = last[last.len() - 1].as_ref().expect("read");
    let raw = document.offsets.raw_span(ByteSpan::new(0, BODY.len()));
    assert_eq!(&many[raw.start as usize..raw.end as usize], BODY);
    assert_eq!(raw.end as usize, many.len() - 3);

    let settings = Settings { max_bytes: 200, ..settings };
    let long = format!("{line}{{\"text\": \"{}\"}}\n{line}", "x".repeat(500));
    let found: Vec<String> =
        from_reader("a.jsonl", std::io::Cursor::new(long.into_bytes()), &settings)
            .map(|item| {
                item.map_or_else(
                    |error| error.to_string(),
                    |item| format!("{}", item.documents(&settings).len()),
                )
            })
            .collect();
    assert_eq!(
        found,
        [
            "1",
            "a.jsonl:2: a line of more than 200 bytes, which no article has; break it into paragraphs or raise the limit",
            "1"
        ]
    );
}

/// Blocks and residue lie in the text, sorted and apart; every visible character of a block is
/// the same character in the raw input.
fn check_invariants(read: &ReadDocument, raw: &[u8], name: &str) {
    let document = &read.document;
    let text = document.text();
    let mut end = 0;
    for Block { span, .. } in &document.blocks {
        assert!(span.start >= end && !span.of(text).is_empty(), "{name}: {span:?}");
        end = span.end;
    }
    end = 0;
    for span in &document.residue {
        assert!(span.start >= end && !span.of(text).is_empty(), "{name}: residue {span:?}");
        assert!(document.blocks.iter().any(|block| block.span.contains(*span)), "{name}: {span:?}");
        end = span.end;
    }
    assert_eq!(read.offsets.text_len(), text.len(), "{name}");
    let mut last = 0;
    for (at, character) in text.char_indices() {
        let place = read.offsets.raw_span(ByteSpan::new(at, at + character.len_utf8()));
        assert!(place.end as usize <= raw.len(), "{name}");
        if name.ends_with(".txt") {
            assert!(place.start >= last, "{name}: {at}");
            last = place.end;
        }
        let bytes = &raw[place.start as usize..place.end as usize];
        if !character.is_whitespace() && read.warnings.is_empty() {
            assert!(stands_for(bytes, character), "{name}: {character:?} at {at} from {bytes:?}");
        }
    }
}

/// Whether raw bytes are the character in UTF-8 or UTF-16, or a reference or an escape for it.
fn stands_for(bytes: &[u8], character: char) -> bool {
    let mut buffer = [0; 2];
    let units = character.encode_utf16(&mut buffer);
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    bytes == character.to_string().as_bytes()
        || bytes == little
        || bytes == big
        || (bytes.starts_with(b"&") && bytes.len() > 1)
        || (bytes.starts_with(b"\\") && bytes.len() > 1)
}

/// Pieces that mean something to one reader or another, put together at random.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "The council met",
        " and ",
        "the union",
        ".",
        "\n",
        "\n\n",
        "\r\n",
        "  ",
        "# ",
        "**",
        "*",
        "_",
        "[",
        "](#)",
        "]",
        "[[",
        "]]",
        "{{",
        "}}",
        "<p>",
        "</p>",
        "<b",
        ">",
        "&amp;",
        "&#233;",
        "&",
        "```",
        "---",
        "> ",
        "- ",
        "1. ",
        "é",
        "😀",
        "\u{200B}",
        "\u{AD}",
        "“",
        "”",
        "By John Smith",
        "CAIRO (AP) — ",
        "Sept 20, 2016",
        "Read more",
        "|",
        "https://example.org/a",
        "\\",
        "\"",
        "'",
        "''",
        ":",
        "{\"text\": \"",
        "\"}",
        "<script>",
        "<!--",
        "title: x",
        "\u{2028}",
        "İ",
        "ß",
        "(",
        ")",
        "![",
        "`",
        "©",
        "=",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

const NAMES: [&str; 6] = ["a.txt", "a.md", "a.html", "a.jsonl", "a.json", "a"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for name in NAMES {
            for result in read(name, &bytes) {
                match result {
                    Ok(document) => check_invariants(&document, &bytes, name),
                    Err(error) => prop_assert!(error.to_string().starts_with(name)),
                }
            }
        }
    }

    #[test]
    fn any_text_keeps_its_characters(text in texts()) {
        let settings = Settings { any_language: true, ..Settings::default() };
        for name in NAMES {
            for document in documents(name, text.as_bytes(), None, &settings).into_iter().flatten() {
                check_invariants(&document, text.as_bytes(), name);
                if matches!(name, "a.txt" | "a.md") {
                    prop_assert_eq!(document.document.text(), text.as_str());
                }
            }
        }
        let escaped = serde_json::json!({ "text": text }).to_string();
        for document in documents("a.jsonl", escaped.as_bytes(), None, &settings).into_iter().flatten() {
            check_invariants(&document, escaped.as_bytes(), "a.jsonl");
        }
    }
}
