//! `man`: the manual page of the program with all its commands.

use std::io::{self, Write};

use clap::CommandFactory as _;
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
    let mut program = super::Cli::command().disable_help_subcommand(true);
    program.build();
    let page = Man::new(program.clone());
    page.render_title(out)?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    for command in program.get_subcommands() {
        render_command(command, out)?;
    }
    page.render_extra_section(out)?;
    page.render_version_section(out)?;
    Ok(Outcome::Done)
}

/// A command as one section; what would be sections of its own page become subsections.
fn render_command(command: &clap::Command, out: &mut Output) -> io::Result<()> {
    writeln!(out, ".SH \"COMMAND {}\"", command.get_name().to_uppercase())?;
    let page = Man::new(command.clone());
    let mut text = Vec::new();
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    page.render_extra_section(&mut text)?;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(b".SH ") {
            Some(title) => {
                out.write_all(b".SS ")?;
                out.write_all(title)?;
            }
            // The preamble of a page of its own, which this one already has.
            None if line.starts_with(b".ie ") || line.starts_with(b".el ") => {}
            None => out.write_all(line)?,
        }
    }
    Ok(())
}
