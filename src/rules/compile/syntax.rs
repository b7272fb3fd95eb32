//! Pattern syntax: text of a pattern to a tree. The language is described where the rules are
//! matched.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::inflect::Inflection;

/// A pattern as a tree.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    /// At least `least` times (0 or 1), at most once unless `many`.
    Repeat {
        node: Box<Node>,
        least: u8,
        many: bool,
    },
    Word {
        text: Rc<str>,
        inflection: Inflection,
    },
    List {
        name: Rc<str>,
        inflection: Inflection,
    },
    Class(WordClass),
    /// `alone`: never a whole coordination.
    Mention {
        label: Option<Label>,
        alone: bool,
        classes: Vec<String>,
    },
    Gap {
        most: u8,
        over_mentions: bool,
    },
    Capture {
        kind: CaptureKind,
        node: Box<Node>,
    },
    /// Holds where `node`, one unit wide, does not match the unit ahead or behind.
    Not {
        ahead: bool,
        node: Box<Node>,
    },
    SentenceStart,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Label {
    Subject,
    Object,
    /// A coordination whose members are related to one another.
    Both,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CaptureKind {
    Role,
    Cue,
}

/// Words by how they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WordClass {
    /// `\C`
    Capitalised,
    /// `\w`
    Word,
    /// `\l`
    Lower,
    /// `\d`
    Number,
}

/// How deep macros may name macros.
const MACRO_DEPTH: usize = 12;

/// Macros by name, each parsed once.
#[derive(Default)]
pub(super) struct Macros {
    texts: HashMap<String, String>,
    parsed: RefCell<HashMap<String, Node>>,
}

impl Macros {
    pub(super) fn extend(&mut self, texts: HashMap<String, String>) {
        self.texts.extend(texts);
    }

    fn get(&self, name: &str, depth: usize) -> Result<Node, String> {
        if let Some(node) = self.parsed.borrow().get(name) {
            return Ok(node.clone());
        }
        let text = self.texts.get(name).ok_or_else(|| format!("no macro ${name}"))?;
        let node = parse_at(text, self, depth + 1)?;
        self.parsed.borrow_mut().insert(name.to_owned(), node.clone());
        Ok(node)
    }
}

pub(super) fn parse(pattern: &str, macros: &Macros) -> Result<Node, String> {
    parse_at(pattern, macros, 0)
}

fn parse_at(pattern: &str, macros: &Macros, depth: usize) -> Result<Node, String> {
    if depth > MACRO_DEPTH {
        return Err("macros name one another in a circle".into());
    }
    let mut parser = Parser { rest: pattern, macros, depth };
    let node = parser.either()?;
    match parser.peek() {
        None => Ok(node),
        Some(found) => Err(format!("unexpected {found:?} before {:?}", parser.rest)),
    }
}

struct Parser<'p> {
    rest: &'p str,
    macros: &'p Macros,
    depth: usize,
}

impl<'p> Parser<'p> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'p str {
        let end = self.rest.find(|c| !keep(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn either(&mut self) -> Result<Node, String> {
        let mut branches = vec![self.sequence()?];
        while self.peek() == Some('|') {
            self.eat("|");
            branches.push(self.sequence()?);
        }
        Ok(match branches.len() {
            1 => branches.remove(0),
            _ => Node::Either(branches),
        })
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        while let Some(next) = self.peek() {
            if matches!(next, '|' | ')' | '>') {
                break;
            }
            let node = self.atom()?;
            nodes.push(self.repeated(node));
        }
        Ok(match nodes.len() {
            1 => nodes.remove(0),
            _ => Node::Sequence(nodes),
        })
    }

    fn repeated(&mut self, node: Node) -> Node {
        let (least, many) = match self.rest.chars().next() {
            Some('?') => (0, false),
            Some('*') => (0, true),
            Some('+') => (1, true),
            _ => return node,
        };
        self.rest = &self.rest[1..];
        Node::Repeat { node: Box::new(node), least, many }
    }

    fn closing(&mut self, mark: char) -> Result<(), String> {
        if self.peek() == Some(mark) {
            self.rest = &self.rest[mark.len_utf8()..];
            Ok(())
        } else {
            Err(format!("{mark:?} is missing before {:?}", self.rest))
        }
    }

    fn atom(&mut self) -> Result<Node, String> {
        if self.eat("(") {
            let mut node = self.either()?;
            self.closing(')')?;
            let inflection = self.inflection()?;
            if inflection != Inflection::None {
                inflect(&mut node, inflection);
            }
            return Ok(node);
        }
        if self.eat("{") {
            return self.mention();
        }
        if self.eat("<!") {
            return Ok(Node::Not { ahead: false, node: Box::new(self.atom()?) });
        }
        if self.eat("!") {
            return Ok(Node::Not { ahead: true, node: Box::new(self.atom()?) });
        }
        if self.eat("<") {
            let kind = match self.take_while(|c| c.is_ascii_lowercase()) {
                "role" => CaptureKind::Role,
                "cue" => CaptureKind::Cue,
                other => return Err(format!("{other:?} is no capture; use role or cue")),
            };
            let node = Box::new(self.either()?);
            self.closing('>')?;
            return Ok(Node::Capture { kind, node });
        }
        if self.eat("^") {
            return Ok(Node::SentenceStart);
        }
        if self.eat("..") {
            return self.gap(false);
        }
        if self.eat("~") {
            return self.gap(true);
        }
        if self.eat("$") {
            let name = self.name();
            return self.macros.get(name, self.depth);
        }
        if self.eat("@") {
            let name = self.name().into();
            let inflection = self.inflection()?;
            return Ok(Node::List { name, inflection });
        }
        if self.eat("\\") {
            return self.escape();
        }
        let text = self.take_while(|c| {
            !c.is_whitespace()
                && !matches!(c, '(' | ')' | '|' | '?' | '*' | '+' | '<' | '>' | '{' | '}' | '/')
        });
        if text.is_empty() {
            return Err(format!("a word is missing before {:?}", self.rest));
        }
        let text = text.into();
        let inflection = self.inflection()?;
        Ok(Node::Word { text, inflection })
    }

    fn name(&mut self) -> &'p str {
        self.take_while(|c| c.is_ascii_alphanumeric() || c == '_')
    }

    fn inflection(&mut self) -> Result<Inflection, String> {
        if !self.eat("/") {
            return Ok(Inflection::None);
        }
        let suffix = self.name();
        Inflection::from_suffix(suffix)
            .ok_or_else(|| format!("/{suffix} is no inflection; use /v, /fin, /ing, /pp or /n"))
    }

    fn gap(&mut self, over_mentions: bool) -> Result<Node, String> {
        let most = self.take_while(|c| c.is_ascii_digit());
        let most = most.parse().map_err(|_| "a gap needs its length: ..4 or ~4".to_owned())?;
        Ok(Node::Gap { most, over_mentions })
    }

    fn escape(&mut self) -> Result<Node, String> {
        let Some(mark) = self.rest.chars().next() else {
            return Err("a pattern ends in a backslash".into());
        };
        self.rest = &self.rest[mark.len_utf8()..];
        let class = match mark {
            'C' => WordClass::Capitalised,
            'w' => WordClass::Word,
            'l' => WordClass::Lower,
            'd' => WordClass::Number,
            mark if mark.is_alphanumeric() => {
                return Err(format!("\\{mark} is no class of words; use \\C, \\w, \\l or \\d"));
            }
            mark => {
                return Ok(Node::Word {
                    text: mark.to_string().into(),
                    inflection: Inflection::None,
                });
            }
        };
        Ok(Node::Class(class))
    }

    fn mention(&mut self) -> Result<Node, String> {
        let inner = self.take_while(|c| c != '}');
        self.closing('}')?;
        let (label, alone, classes) = match inner.split_once(':') {
            None => (None, false, inner),
            Some(("s", classes)) => (Some(Label::Subject), false, classes),
            Some(("s1", classes)) => (Some(Label::Subject), true, classes),
            Some(("o", classes)) => (Some(Label::Object), false, classes),
            Some(("o1", classes)) => (Some(Label::Object), true, classes),
            Some(("so", classes)) => (Some(Label::Both), false, classes),
            Some((label, _)) => {
                return Err(format!("{label:?} is no label; use s, s1, o, o1 or so"));
            }
        };
        let classes = classes.split('|').map(|class| class.trim().to_owned()).collect();
        Ok(Node::Mention { label, alone, classes })
    }
}

/// Gives the first word of every branch the inflection: `(set up|form)/v`.
fn inflect(node: &mut Node, wanted: Inflection) {
    match node {
        Node::Word { inflection, .. } | Node::List { inflection, .. } => *inflection = wanted,
        Node::Either(branches) => {
            branches.iter_mut().for_each(|branch| inflect(branch, wanted));
        }
        Node::Sequence(nodes) => {
            if let Some(first) = nodes.first_mut() {
                inflect(first, wanted);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(pattern: &str) -> String {
        parse(pattern, &Macros::default()).unwrap_err()
    }

    #[test]
    fn patterns_become_trees() {
        let mut macros = Macros::default();
        macros.extend(HashMap::from([("det".to_owned(), "(the|a)?".to_owned())]));
        let node = parse("{s:Person} , $det <role @post> of {o:Place.Country|demonym}", &macros);
        let Node::Sequence(nodes) = node.unwrap() else { panic!("a sequence") };
        assert_eq!(nodes.len(), 6);
        assert!(matches!(&nodes[2], Node::Repeat { least: 0, many: false, .. }));
        assert!(matches!(&nodes[3], Node::Capture { kind: CaptureKind::Role, .. }));
    }

    #[test]
    fn faults_say_what_is_wrong() {
        assert!(fault("(a|b").contains("')' is missing"));
        assert!(fault("a )").contains("unexpected ')'"));
        assert!(fault("$none").contains("no macro $none"));
        assert!(fault("{x:Person}").contains("no label"));
        assert!(fault("attack/q").contains("no inflection"));
        assert!(fault("..").contains("needs its length"));
    }
}
