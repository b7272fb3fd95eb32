//! What the head of an HTML page says of the article: title, address, publisher, date.

use serde_json::Value;

use super::html_scan::{Piece, attribute, plain};

/// What a page says of its article's origin, as it is written there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meta {
    pub title: Option<String>,
    pub uri: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
}

/// How good a statement is: of several, the best counts, and of equals the first.
#[derive(Default)]
struct Best(Option<(u8, String)>);

impl Best {
    fn offer(&mut self, rank: u8, value: Option<String>) {
        let value = value.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "));
        let Some(value) = value.filter(|value| !value.is_empty()) else { return };
        if self.0.as_ref().is_none_or(|(best, _)| rank < *best) {
            self.0 = Some((rank, value));
        }
    }
}

/// Collects the statements of meta elements, links, JSON-LD and `time` elements.
pub(super) fn meta(html: &str, found: &[Piece]) -> Meta {
    let (mut title, mut uri, mut publisher, mut published) =
        (Best::default(), Best::default(), Best::default(), Best::default());
    let mut json_ld = false;
    for piece in found {
        match piece {
            Piece::Open { name, attributes } => {
                let attributes = &html[attributes.clone()];
                let value = |name: &str| attribute(attributes, name);
                json_ld = false;
                match name.as_str() {
                    "meta" => {
                        let key = value("property").or_else(|| value("name"));
                        let key = key.or_else(|| value("itemprop")).unwrap_or_default();
                        let content = value("content");
                        match key.to_lowercase().as_str() {
                            "og:title" => title.offer(1, content),
                            "twitter:title" => title.offer(3, content),
                            "og:url" => uri.offer(2, content),
                            "og:site_name" => publisher.offer(1, content),
                            "application-name" => publisher.offer(4, content),
                            "article:published_time" => published.offer(1, content),
                            "datepublished" => published.offer(2, content),
                            "date"
                            | "pubdate"
                            | "publishdate"
                            | "publish-date"
                            | "dc.date"
                            | "dc.date.issued"
                            | "dcterms.created"
                            | "dcterms.date"
                            | "sailthru.date"
                            | "parsely-pub-date"
                            | "citation_publication_date" => published.offer(3, content),
                            _ => {}
                        }
                    }
                    "link" => {
                        let is_canonical = value("rel").is_some_and(|rel| {
                            rel.split(' ').any(|rel| rel.eq_ignore_ascii_case("canonical"))
                        });
                        if is_canonical {
                            uri.offer(1, value("href").filter(|href| href.contains("://")));
                        }
                    }
                    "time" => {
                        let is_publication = value("itemprop")
                            .is_some_and(|prop| prop == "datePublished")
                            || value("pubdate").is_some();
                        published.offer(if is_publication { 2 } else { 5 }, value("datetime"));
                    }
                    "script" => {
                        json_ld = value("type").is_some_and(|kind| kind.contains("ld+json"));
                    }
                    _ => {}
                }
            }
            Piece::Code { range, .. } if json_ld => {
                let Ok(value) = serde_json::from_str::<Value>(html[range.clone()].trim()) else {
                    continue;
                };
                if let Some(article) = article_object(&value, 0) {
                    let text = |value: &Value| value.as_str().map(plain);
                    title.offer(2, article.get("headline").and_then(text));
                    uri.offer(
                        3,
                        article.get("url").and_then(text).filter(|url| url.contains("://")),
                    );
                    let name = article.get("publisher").and_then(|value| value.get("name"));
                    publisher.offer(2, name.and_then(text));
                    published.offer(2, article.get("datePublished").and_then(text));
                }
            }
            _ => {}
        }
    }
    let value = |best: Best| best.0.map(|(_, value)| value);
    Meta {
        title: value(title),
        uri: value(uri),
        publisher: value(publisher),
        published: value(published),
    }
}

/// The object that describes the article, in a list or graph of others.
fn article_object(value: &Value, depth: usize) -> Option<&Value> {
    if depth > 4 {
        return None;
    }
    match value {
        Value::Array(values) => values.iter().find_map(|value| article_object(value, depth + 1)),
        Value::Object(object) => {
            let is_article = match object.get("@type") {
                Some(Value::String(kind)) => kind.ends_with("Article") || kind == "BlogPosting",
                Some(Value::Array(kinds)) => {
                    kinds.iter().filter_map(Value::as_str).any(|kind| kind.ends_with("Article"))
                }
                _ => object.contains_key("articleBody"),
            };
            match is_article {
                true => Some(value),
                false => object
                    .get("@graph")
                    .or_else(|| object.get("mainEntity"))
                    .and_then(|inner| article_object(inner, depth + 1)),
            }
        }
        _ => None,
    }
}
