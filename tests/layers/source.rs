//! A reading of Rust source that is just deep enough for house rules: words, strings and braces,
//! with comments left out, and the paths into the crate that the words spell.

/// A word, a string's content, or one mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lexeme {
    Word(String),
    Text(String),
    Mark(char),
}

/// A lexeme, the line it begins on (from 1), and whether it stands under `#[cfg(test)]`.
#[derive(Clone, Debug)]
pub struct Token {
    pub lexeme: Lexeme,
    pub line: usize,
    pub in_test: bool,
}

impl Token {
    fn is_mark(&self, mark: char) -> bool {
        self.lexeme == Lexeme::Mark(mark)
    }

    fn word(&self) -> Option<&str> {
        match &self.lexeme {
            Lexeme::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The lexemes of a source text.
pub fn tokens(source: &str) -> Vec<Token> {
    let text: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < text.len() {
        let from = at;
        let lexeme = match text[at] {
            '/' if text.get(at + 1) == Some(&'/') => {
                at = position(&text, at, |c| c == '\n');
                None
            }
            '/' if text.get(at + 1) == Some(&'*') => {
                at = end_of_block_comment(&text, at);
                None
            }
            '"' => Some(plain_string(&text, &mut at)),
            '\'' => {
                at = end_of_quote(&text, at);
                None
            }
            c if c.is_alphanumeric() || c == '_' => {
                at = position(&text, at, |c| !c.is_alphanumeric() && c != '_');
                let word: String = text[from..at].iter().collect();
                let raw = matches!(word.as_str(), "r" | "br" | "cr");
                if raw && raw_string_begins(&text, at) {
                    Some(raw_string(&text, &mut at))
                } else {
                    Some(Lexeme::Word(word))
                }
            }
            c => {
                at += 1;
                (!c.is_whitespace()).then_some(Lexeme::Mark(c))
            }
        };
        if let Some(lexeme) = lexeme {
            tokens.push(Token { lexeme, line, in_test: false });
        }
        line += text[from..at].iter().filter(|c| **c == '\n').count();
    }
    mark_tests(&mut tokens);
    tokens
}

fn position(text: &[char], from: usize, wanted: impl Fn(char) -> bool) -> usize {
    text[from..].iter().position(|c| wanted(*c)).map_or(text.len(), |found| from + found)
}

fn end_of_block_comment(text: &[char], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0);
    while at < text.len() {
        match (text[at], text.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    at
}

fn plain_string(text: &[char], at: &mut usize) -> Lexeme {
    let mut content = String::new();
    *at += 1;
    while *at < text.len() && text[*at] != '"' {
        if text[*at] == '\\' {
            *at += 1;
        }
        content.extend(text.get(*at));
        *at += 1;
    }
    *at += 1;
    Lexeme::Text(content)
}

fn raw_string_begins(text: &[char], at: usize) -> bool {
    text.get(position(text, at, |c| c != '#')) == Some(&'"')
}

fn raw_string(text: &[char], at: &mut usize) -> Lexeme {
    let open = position(text, *at, |c| c != '#');
    let hashes = open - *at;
    let mut end = open + 1;
    while end < text.len()
        && !(text[end] == '"'
            && text[end + 1..].iter().take_while(|c| **c == '#').count() >= hashes)
    {
        end += 1;
    }
    *at = (end + 1 + hashes).min(text.len());
    Lexeme::Text(text[open + 1..end.min(text.len())].iter().collect())
}

/// Past a character literal or a lifetime, neither of which any rule looks at.
fn end_of_quote(text: &[char], from: usize) -> usize {
    match (text.get(from + 1), text.get(from + 2)) {
        (Some('\\'), _) => position(text, from + 3, |c| c == '\'') + 1,
        (Some(_), Some('\'')) => from + 3,
        _ => from + 1,
    }
}

/// Marks what follows `#[cfg(test)]` up to the end of its block or its semicolon.
fn mark_tests(tokens: &mut [Token]) {
    let mut at = 0;
    while at + 6 < tokens.len() {
        let words: Vec<_> = tokens[at..at + 6].iter().map(|token| &token.lexeme).collect();
        let is_cfg = *words[0] == Lexeme::Mark('#')
            && *words[2] == Lexeme::Word("cfg".into())
            && *words[4] == Lexeme::Word("test".into());
        if !is_cfg {
            at += 1;
            continue;
        }
        let mut depth = 0;
        while at < tokens.len() {
            tokens[at].in_test = true;
            if tokens[at].is_mark('{') {
                depth += 1;
            } else if tokens[at].is_mark('}') {
                depth -= 1;
            }
            let ended = tokens[at].is_mark('}') || tokens[at].is_mark(';');
            at += 1;
            if depth == 0 && ended {
                break;
            }
        }
    }
}

/// Every path into the crate that a file spells, as (line, modules and item from the root).
/// `module` is the file's own path, empty for `lib.rs`.
pub fn crate_paths(tokens: &[Token], module: &[&str]) -> Vec<(usize, Vec<String>)> {
    let mut paths = Vec::new();
    // Inline modules around the current token, each with the depth of braces at which it began.
    let mut inline: Vec<(String, usize)> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].is_mark('{') {
            depth += 1;
        } else if tokens[at].is_mark('}') {
            depth -= 1;
            inline.pop_if(|(_, began)| *began == depth);
        }
        let is_part_of_path = at > 0 && tokens[at - 1].is_mark(':');
        match tokens[at].word() {
            Some("mod") if tokens.get(at + 2).is_some_and(|token| token.is_mark('{')) => {
                inline.push((tokens[at + 1].word().unwrap_or_default().to_owned(), depth));
            }
            Some(root @ ("crate" | "newsgraph" | "super")) if !is_part_of_path => {
                let mut base: Vec<String> = Vec::new();
                let mut next = at + 1;
                if root == "super" {
                    base.extend(module.iter().map(|name| (*name).to_owned()));
                    base.extend(inline.iter().map(|(name, _)| name.clone()));
                    base.pop();
                }
                while word_after_colons(tokens, next) == Some("super") {
                    base.pop();
                    next += 3;
                }
                let line = tokens[at].line;
                tree(tokens, next, base, &mut |path| paths.push((line, path)));
            }
            _ => {}
        }
        at += 1;
    }
    paths
}

fn word_after_colons(tokens: &[Token], at: usize) -> Option<&str> {
    let colons = tokens.get(at)?.is_mark(':') && tokens.get(at + 1)?.is_mark(':');
    if colons { tokens.get(at + 2)?.word() } else { None }
}

/// Follows `::a::{b, c::d}` from `at`; gives each path, and returns where it ends.
fn tree(
    tokens: &[Token],
    mut at: usize,
    mut path: Vec<String>,
    found: &mut impl FnMut(Vec<String>),
) -> usize {
    while let Some(word) = word_after_colons(tokens, at) {
        path.push(word.to_owned());
        at += 3;
    }
    let opens = |at: usize| {
        [':', ':', '{']
            .iter()
            .enumerate()
            .all(|(offset, mark)| tokens.get(at + offset).is_some_and(|token| token.is_mark(*mark)))
    };
    if !opens(at) {
        found(path);
        return at;
    }
    at += 3;
    while at < tokens.len() && !tokens[at].is_mark('}') {
        match tokens[at].word() {
            Some("self") => {
                found(path.clone());
                at += 1;
            }
            Some(word) => {
                let mut branch = path.clone();
                branch.push(word.to_owned());
                at = tree(tokens, at + 1, branch, found);
            }
            None => at += 1,
        }
    }
    at + 1
}
