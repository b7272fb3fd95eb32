//! The four top classes, the only classes that the program itself knows by name.

use super::schema::SubclassId;

/// A top class. Subclasses are data of the ontology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TopClass {
    Person,
    Organization,
    Place,
    Agreement,
}

impl TopClass {
    pub const ALL: [TopClass; 4] =
        [TopClass::Person, TopClass::Organization, TopClass::Place, TopClass::Agreement];

    /// The local name of the class in the ontology.
    pub fn name(self) -> &'static str {
        match self {
            TopClass::Person => "Person",
            TopClass::Organization => "Organization",
            TopClass::Place => "Place",
            TopClass::Agreement => "Agreement",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }
}

/// Which entities are wanted: those of a top class with all that is below it, or of a subclass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassFilter {
    Top(TopClass),
    Sub(SubclassId),
}

impl ClassFilter {
    /// Whether an entity of this class and subclass is wanted.
    pub fn fits(self, class: TopClass, subclass: Option<SubclassId>) -> bool {
        match self {
            ClassFilter::Top(wanted) => class == wanted,
            ClassFilter::Sub(wanted) => subclass == Some(wanted),
        }
    }
}

/// A set of top classes: one side of a property's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ClassSet(u8);

impl ClassSet {
    pub const EMPTY: ClassSet = ClassSet(0);

    pub fn with(self, class: TopClass) -> Self {
        Self(self.0 | 1 << class as u8)
    }

    pub fn contains(self, class: TopClass) -> bool {
        self.0 & 1 << class as u8 != 0
    }

    pub fn contains_all(self, other: ClassSet) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = TopClass> {
        TopClass::ALL.into_iter().filter(move |class| self.contains(*class))
    }
}

impl FromIterator<TopClass> for ClassSet {
    fn from_iter<I: IntoIterator<Item = TopClass>>(classes: I) -> Self {
        classes.into_iter().fold(Self::EMPTY, Self::with)
    }
}
