//! The table of programs that graphs are taken to: which format each reads best, and how it is
//! written for it.

use super::{ExportOptions, Format};

/// One row of [`TARGETS`].
pub struct Target {
    /// The name in `--for`.
    pub name: &'static str,
    /// The name of a row of [`super::FORMATS`].
    pub format: &'static str,
    /// What to do with the file there, in one line.
    pub opening: &'static str,
    /// What is written otherwise than by default.
    adapt: fn(&mut ExportOptions),
}

/// Every program, in the order of the help.
pub static TARGETS: &[Target] = &[
    Target {
        name: "gephi",
        format: "gexf",
        opening: "File > Open; the time line is enabled below the graph",
        adapt: as_it_is,
    },
    Target {
        name: "cytoscape",
        format: "cyjs",
        opening: "File > Import > Network from File",
        adapt: as_it_is,
    },
    Target {
        name: "yed",
        format: "yed",
        opening: "File > Open, then Layout > Organic",
        adapt: as_it_is,
    },
    Target {
        name: "neo4j",
        format: "cypher",
        opening: "cypher-shell -f FILE, or paste it into the Browser",
        adapt: as_it_is,
    },
    Target {
        name: "networkx",
        format: "nodelink",
        opening: "networkx.node_link_graph(json.load(open(FILE)))",
        adapt: as_it_is,
    },
    Target {
        name: "spreadsheet",
        format: "csv",
        opening: "open the tables of the folder",
        adapt: |options| options.byte_order_mark = true,
    },
    Target {
        name: "ftm",
        format: "ftm",
        opening: "ftm validate -i FILE, or alephclient write-entities",
        adapt: as_it_is,
    },
    Target {
        name: "triplestore",
        format: "ntriples",
        opening: "load it with the bulk loader of the store",
        adapt: as_it_is,
    },
];

fn as_it_is(_: &mut ExportOptions) {}

impl Target {
    /// The program of this name, whatever its case.
    pub fn by_name(name: &str) -> Option<&'static Target> {
        TARGETS.iter().find(|target| target.name.eq_ignore_ascii_case(name))
    }

    pub fn format(&self) -> Option<&'static Format> {
        Format::by_name(self.format)
    }

    /// Changes the options to what the program needs.
    pub fn adapt(&self, options: &mut ExportOptions) {
        (self.adapt)(options);
    }
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Target({})", self.name)
    }
}
