//! `licenses`: under which terms the program, the data in it and its crates may be used.

use std::io::Write as _;

use super::failure::{Failure, Outcome};
use super::output::Output;
use crate::ontology;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph licenses
  newsgraph licenses | less")]
pub struct Args {}

pub fn run(_: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let paint = out.paint;
    writeln!(out, "{}", paint.bold("The program"))?;
    writeln!(
        out,
        "newsgraph {} is licensed under {}, at your option.",
        env!("CARGO_PKG_VERSION"),
        env!("CARGO_PKG_LICENSE")
    )?;
    writeln!(out, "  https://www.apache.org/licenses/LICENSE-2.0")?;
    writeln!(out, "  https://opensource.org/license/mit")?;
    writeln!(out, "\n{}", paint.bold("The data in it"))?;
    let mut files: Vec<_> =
        ontology::embedded_files().chain(ontology::compiled_headers()).collect();
    files.sort_unstable();
    for (file, text) in files {
        let notes: Vec<_> = notes(text).collect();
        if !notes.is_empty() {
            writeln!(out, "ontology/{file}")?;
            for note in notes {
                writeln!(out, "  {note}")?;
            }
        }
    }
    writeln!(
        out,
        "All other files of ontology/ were written for this program; its licence holds."
    )?;
    writeln!(out, "\n{}", paint.bold("The trained weights in it"))?;
    write!(out, "{}", crate::model::LICENCES)?;
    writeln!(out, "\n{}", paint.bold("The crates in it"))?;
    for (name, licence) in CRATES {
        writeln!(out, "  {name:<23}{licence}")?;
    }
    writeln!(
        out,
        "These bring further crates, under the same licences or Zlib, ISC, BSD-3-Clause,\n\
         Unicode-3.0 or MPL-2.0; Cargo.lock names them all with their versions. The sources are\n\
         on https://crates.io."
    )?;
    Ok(Outcome::Done)
}

/// The comment at the top of a data file, where it says whence the data comes or under which
/// licence. It is given whole: some licences ask for that.
fn notes(text: &str) -> impl Iterator<Item = &str> {
    let comment = || text.lines().take_while(|line| line.starts_with('#'));
    let tells = comment().any(|line| {
        let line = line.to_lowercase();
        ["source", "licence", "license", "copyright"].iter().any(|word| line.contains(word))
    });
    // "#word value" is an instruction to the program that reads the file.
    comment().filter_map(|line| line.strip_prefix("# ")).filter(move |_| tells)
}

/// The crates that the program uses directly; a test compares them with `Cargo.toml`.
const CRATES: &[(&str, &str)] = &[
    ("chardetng", "Apache-2.0 OR MIT"),
    ("clap", "MIT OR Apache-2.0"),
    ("clap_complete", "MIT OR Apache-2.0"),
    ("clap_mangen", "MIT OR Apache-2.0"),
    ("comfy-table", "MIT"),
    ("csv", "Unlicense OR MIT"),
    ("dejavu", "MIT OR Apache-2.0; its fonts: Bitstream Vera and public domain"),
    ("dom_smoothie", "MIT"),
    ("encoding_rs", "(Apache-2.0 OR MIT) AND BSD-3-Clause"),
    ("flate2", "MIT OR Apache-2.0"),
    ("fst", "Unlicense OR MIT"),
    ("indicatif", "MIT"),
    ("jiff", "Unlicense OR MIT"),
    ("oxigraph", "MIT OR Apache-2.0"),
    ("oxrdfio", "MIT OR Apache-2.0"),
    ("parquet", "Apache-2.0"),
    ("petgraph", "MIT OR Apache-2.0"),
    ("postcard", "MIT OR Apache-2.0"),
    ("rayon", "MIT OR Apache-2.0"),
    ("regex", "MIT OR Apache-2.0"),
    ("rten", "MIT OR Apache-2.0"),
    ("rten-tensor", "MIT OR Apache-2.0"),
    ("rustc-hash", "Apache-2.0 OR MIT"),
    ("rustyline", "MIT"),
    ("serde", "MIT OR Apache-2.0"),
    ("serde_json", "MIT OR Apache-2.0"),
    ("sha2", "MIT OR Apache-2.0"),
    ("spareval", "MIT OR Apache-2.0"),
    ("sparesults", "MIT OR Apache-2.0"),
    ("spargebra", "MIT OR Apache-2.0"),
    ("strsim", "MIT"),
    ("tempfile", "MIT OR Apache-2.0"),
    ("thiserror", "MIT OR Apache-2.0"),
    ("tiny-skia", "BSD-3-Clause"),
    ("toml", "MIT OR Apache-2.0"),
    ("ttf-parser", "MIT OR Apache-2.0"),
    ("unicode-normalization", "(MIT OR Apache-2.0) AND Unicode-3.0"),
    ("walkdir", "Unlicense OR MIT"),
    ("whatlang", "MIT"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// A crate that joins `Cargo.toml` must be named with its licence.
    #[test]
    fn the_crates_are_those_of_the_manifest() {
        let manifest: toml::Table =
            toml::from_str(include_str!("../../Cargo.toml")).expect("the manifest is TOML");
        let used: Vec<&str> = manifest["dependencies"]
            .as_table()
            .expect("a table")
            .keys()
            .map(String::as_str)
            .collect();
        let mut named: Vec<&str> = CRATES.iter().map(|(name, _)| *name).collect();
        named.sort_unstable();
        let mut used = used;
        used.sort_unstable();
        assert_eq!(named, used);
    }

    #[test]
    fn notes_are_the_lines_on_source_and_licence() {
        let text = "# Countries.\n# Source: own.\n#rank 10\na\tb\n# source: no\n";
        assert_eq!(notes(text).collect::<Vec<_>>(), ["Countries.", "Source: own."]);
        assert_eq!(notes("# Words.\na\n# Source: own.").count(), 0);
    }
}
