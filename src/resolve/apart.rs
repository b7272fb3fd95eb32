//! Names that a person keeps apart: no evidence joins them.

use std::collections::HashMap;

use super::surface::folded;

/// Lists of names of which no two are one entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeepApart {
    /// The list and the place in it of each name, folded.
    places: HashMap<String, Vec<(usize, usize)>>,
}

impl KeepApart {
    pub fn new<'n>(lists: impl Iterator<Item = &'n [String]>) -> Self {
        let mut places: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (list, names) in lists.enumerate() {
            for (at, name) in names.iter().enumerate() {
                places.entry(folded(name)).or_default().push((list, at));
            }
        }
        Self { places }
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Where a surface stands in the lists.
    pub(super) fn places(&self, surface: &str) -> &[(usize, usize)] {
        if self.places.is_empty() {
            return &[];
        }
        self.places.get(&folded(surface)).map_or(&[], Vec::as_slice)
    }

    /// Whether two sets of names hold different names of one list.
    pub(super) fn parts(a: &[(usize, usize)], b: &[(usize, usize)]) -> bool {
        a.iter().any(|(list, at)| b.iter().any(|(other, place)| list == other && at != place))
    }
}
