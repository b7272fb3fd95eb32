//! `man`: the manual page of the program with all its commands.

use std::io::{self, Write};

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use super::failure::{Failure, Outcome};
use super::output::Output;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph man | man -l -
  newsgraph man > ~/.local/share/man/man1/newsgraph.1")]
pub struct Args {}

pub fn run(_: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let mut program = super::Cli::command();
    program.build();
    let page = Man::new(program.clone());
    page.render_title(out)?;
    let mut text = Vec::new();
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    write_sections(&text, b".SH ", out)?;
    write_examples(&program, ".SH", out)?;
    for command in program.get_subcommands() {
        writeln!(out, ".SH \"COMMAND {}\"", command.get_name().to_uppercase())?;
        let page = Man::new(command.clone());
        let mut text = Vec::new();
        page.render_synopsis_section(&mut text)?;
        page.render_description_section(&mut text)?;
        page.render_options_section(&mut text)?;
        write_sections(&text, b".SS ", out)?;
        write_examples(command, ".SS", out)?;
    }
    writeln!(out, ".SH VERSION\n{}", env!("CARGO_PKG_VERSION"))?;
    Ok(Outcome::Done)
}

/// Sections of a page, with `heading` in the place of theirs, and without the preamble that the
/// generator puts before each.
fn write_sections(text: &[u8], heading: &[u8], out: &mut Output) -> io::Result<()> {
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(b".SH ") {
            Some(title) => {
                out.write_all(heading)?;
                out.write_all(title)?;
            }
            None if line.starts_with(b".ie ") || line.starts_with(b".el ") => {}
            None => out.write_all(line)?,
        }
    }
    Ok(())
}

/// What the help shows last, line by line as it stands there.
fn write_examples(command: &Command, heading: &str, out: &mut Output) -> io::Result<()> {
    let Some(help) = command.get_after_help() else { return Ok(()) };
    writeln!(out, "{heading} EXAMPLES\n.nf")?;
    let help = help.to_string();
    for line in help.lines().filter(|line| *line != "Examples:") {
        let line = line.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq");
        // A full stop at the start of a line would be an instruction.
        let guard = if line.starts_with('.') { "\\&" } else { "" };
        writeln!(out, "{guard}{line}")?;
    }
    writeln!(out, ".fi")
}
