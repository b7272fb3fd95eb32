//! `completions`: the script that completes commands and options in a shell.

use std::io::Write as _;

use clap::CommandFactory as _;

use super::failure::{Failure, Outcome};
use super::output::Output;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph completions bash > ~/.local/share/bash-completion/completions/newsgraph
  newsgraph completions zsh > ~/.zfunc/_newsgraph
  newsgraph completions fish > ~/.config/fish/completions/newsgraph.fish")]
pub struct Args {
    /// The shell to write for
    shell: clap_complete::Shell,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    // The generator panics on a failed write, so it writes to memory.
    let mut script = Vec::new();
    let mut command = super::Cli::command();
    clap_complete::generate(args.shell, &mut command, "newsgraph", &mut script);
    out.write_all(&script)?;
    Ok(Outcome::Done)
}
