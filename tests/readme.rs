//! Every command of the README runs, in a copy of the examples, and prints what is shown below it.
//!
//! Commands are the lines of ```sh blocks. A ```text, ```turtle or ```json block right after one
//! shows its output: each line stands in the output, in that order; `…` stands for lines left out,
//! and at the end of a line for the rest of the line.

mod support;

use std::path::Path;

use support::run;

/// A command and what the README shows of its output.
struct Shown {
    line: usize,
    command: String,
    output: Option<String>,
}

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"))
        .expect("README.md is readable")
}

/// The commands of a Markdown text in order. Output belongs to the last command before it.
fn commands(markdown: &str) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    let mut block: Option<String> = None;
    let mut follows_commands = false;
    for (number, line) in markdown.lines().enumerate() {
        if let Some(language) = line.strip_prefix("```") {
            block = match block {
                Some(_) => None,
                None => {
                    let is_output = matches!(language, "text" | "turtle" | "json" | "csv");
                    if is_output && follows_commands {
                        if let Some(last) = shown.last_mut() {
                            last.output = Some(String::new());
                        }
                    }
                    let kind = match (language, is_output && follows_commands) {
                        ("sh", _) => "sh",
                        (_, true) => "output",
                        _ => "other",
                    };
                    follows_commands = false;
                    Some(kind.to_owned())
                }
            };
            follows_commands |= line == "```" && shown.last().is_some_and(|s| s.output.is_none());
            continue;
        }
        match block.as_deref() {
            Some("sh") if !line.trim().is_empty() && !line.starts_with('#') => {
                shown.push(Shown { line: number + 1, command: line.to_owned(), output: None });
            }
            Some("output") => {
                if let Some(output) = shown.last_mut().and_then(|last| last.output.as_mut()) {
                    output.push_str(line);
                    output.push('\n');
                }
            }
            None if !line.trim().is_empty() => follows_commands = false,
            _ => {}
        }
    }
    shown
}

/// Splits as a shell does where only quotes and a comment at the end are special.
fn arguments(command: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    let (mut current, mut quote, mut open) = (String::new(), None, false);
    for c in command.chars() {
        match (c, quote) {
            ('#', None) if !open => break,
            ('"' | '\'', None) => {
                quote = Some(c);
                open = true;
            }
            (c, Some(q)) if c == q => quote = None,
            (' ', None) => {
                if std::mem::take(&mut open) {
                    arguments.push(std::mem::take(&mut current));
                }
            }
            (c, _) => {
                current.push(c);
                open = true;
            }
        }
    }
    if open {
        arguments.push(current);
    }
    arguments
}

/// Why an output is not what is shown; `None` when it is.
fn mismatch(shown: &str, output: &str) -> Option<String> {
    let mut lines = output.lines();
    let mut may_skip = true;
    for wanted in shown.lines() {
        if wanted.trim() == "…" {
            may_skip = true;
            continue;
        }
        let fits = |line: &str| match wanted.strip_suffix('…') {
            Some(start) => line.starts_with(start),
            None => line.trim_end() == wanted.trim_end(),
        };
        let found = if may_skip { lines.any(fits) } else { lines.next().is_some_and(fits) };
        if !found {
            return Some(format!("{wanted:?} is not in the output, or not there:\n{output}"));
        }
        may_skip = false;
    }
    None
}

#[test]
fn every_command_of_the_readme_does_what_it_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder for the commands");
    let examples = folder.path().join("examples");
    std::fs::create_dir(&examples).expect("the folder is writable");
    for entry in std::fs::read_dir(root.join("examples")).expect("examples/ is readable") {
        let path = entry.expect("examples/ is readable").path();
        if path.is_file() {
            std::fs::copy(&path, examples.join(path.file_name().expect("it has a name")))
                .expect("an example is copied");
        }
    }
    let shown = commands(&readme());
    let mut ran = 0;
    for Shown { line, command, output } in shown {
        let arguments = arguments(&command);
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let words = match words.as_slice() {
            ["newsgraph", rest @ ..] => rest,
            ["cargo", "run", "--release", "--", rest @ ..] => rest,
            // What installs or tests the program itself is run by CI, or is this very test.
            ["cargo", "install" | "build" | "test" | "bench", ..] => continue,
            _ => panic!("README.md:{line}: no command that this test knows: {command}"),
        };
        let result = run(folder.path(), words);
        let (out, errors) =
            (String::from_utf8_lossy(&result.stdout), String::from_utf8_lossy(&result.stderr));
        assert!(result.status.success(), "README.md:{line}: {command}\n{errors}");
        if let Some(fault) = output.and_then(|shown| mismatch(&shown, &out)) {
            panic!("README.md:{line}: {command}: {fault}");
        }
        ran += 1;
    }
    assert!(ran >= 8, "the README's commands are found: {ran}");
}

#[test]
fn commands_and_their_outputs_are_told_apart() {
    let markdown = "```sh\nnewsgraph a 'b c'  # why\nnewsgraph d\n```\n\n```text\none\n…\ntwo\n```\n\nMore:\n```text\nno output\n```\n";
    let shown = commands(markdown);
    assert_eq!(shown.len(), 2);
    assert_eq!(arguments(&shown[0].command), ["newsgraph", "a", "b c"]);
    assert_eq!(shown[0].output, None);
    assert_eq!(shown[1].output.as_deref(), Some("one\n…\ntwo\n"));
    assert_eq!(mismatch("one\n…\ntwo…\n", "zero\none\nand\ntwo and more\n"), None);
    assert!(mismatch("one\ntwo\n", "one\nand\ntwo\n").is_some());
    assert!(mismatch("two\none\n", "one\ntwo\n").is_some());
}
