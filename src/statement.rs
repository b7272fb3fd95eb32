//! How something is stated: affirmed or denied, as a fact or not, by which form of a name, and
//! what found the statement. Shared by all that read, keep and write statements.

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionForm {
    Name,
    Nominal,
    Pronoun,
}

/// Whether a statement says that something is so, or that it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    Affirmed,
    Denied,
}

/// Whether the statement is put as a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    Asserted,
    Planned,
    Conditional,
    Alleged,
}

/// What found a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The rule's id, `relation/rule`.
    Rule(Box<str>),
    Gazetteer,
    /// Name and version of the model, `name/version`.
    Model(Box<str>),
    Human,
    Import,
}

macro_rules! names {
    ($type:ident: $($variant:ident = $name:literal),+) => {
        impl $type {
            pub const ALL: &[$type] = &[$($type::$variant),+];

            /// The name in JSON, CSV and RDF.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some($type::$variant),)+ _ => None }
            }
        }
    };
}

names!(MentionForm: Name = "name", Nominal = "nominal", Pronoun = "pronoun");
names!(Polarity: Affirmed = "affirmed", Denied = "denied");
names!(Modality: Asserted = "asserted", Planned = "planned", Conditional = "conditional", Alleged = "alleged");

impl Origin {
    /// `rule:ID`, `gazetteer`, `model:NAME/VERSION`, `human` or `import`.
    pub fn to_text(&self) -> String {
        match self {
            Origin::Rule(id) => format!("rule:{id}"),
            Origin::Gazetteer => "gazetteer".into(),
            Origin::Model(id) => format!("model:{id}"),
            Origin::Human => "human".into(),
            Origin::Import => "import".into(),
        }
    }

    /// The inverse of [`Origin::to_text`].
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "gazetteer" => Some(Origin::Gazetteer),
            "human" => Some(Origin::Human),
            "import" => Some(Origin::Import),
            _ => match text.split_once(':')? {
                ("rule", id) => Some(Origin::Rule(id.into())),
                ("model", id) => Some(Origin::Model(id.into())),
                _ => None,
            },
        }
    }
}
