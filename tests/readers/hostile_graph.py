"""A graph in newsgraph's JSON whose names, roles and sentences break careless writers.

It is the oracle: what a reader makes of an export is compared with what is written here.
"""

from __future__ import annotations

import copy
import hashlib
from dataclasses import dataclass, field

BASE = "https://w3id.org/newsgraph/id/"
WIKIDATA = "http://www.wikidata.org/entity/"

NAMES = [
    "John Kirby",
    '"quoted" and \'single\'',
    "'=1+1",
    "back\\slash\\",
    "\\N \\G \\n \\u0027 \\ud800",
    "line\nbreak",
    "line\r\nbreak\r",
    "tab\there",
    "=cmd|' /C calc'!A0",
    "+1 555",
    "-1",
    "@SUM(A1)",
    "\uff1d1+1",
    "<script>alert(1)</script>",
    "]]> <!-- -- -->",
    "AT&T &amp; &lt; &#65; &",
    "family \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f600",
    "\u202ertl override\u202c \u200f",
    "\u0627\u0644\u0642\u0627\u0639\u062f\u0629",
    "e\u0301 combining, \ufeffmark",
    "nul \0 bell \a escape \x1b delete \x7f next line \x85",
    "\ufffe\uffff not characters \u2028\u2029",
    "a,b;c|d | e",
    '{"json": [1]}',
    "digraph { a -> b; }",
    "null",
    "https://example.org/a?b=c&d=%20",
    "`tick` $dollar {brace}",
    "\u00e9" * 10_000,
]

# Class and subclass of one entity after the other, so that every top class is there.
KINDS = [
    ("Person", None),
    ("Organization", "Company"),
    ("Place", "Country"),
    ("Agreement", "Treaty"),
    ("Organization", "GovernmentBody"),
    ("Agreement", "Contract"),
    ("Place", None),
]

# Relation and how the statements of one edge are put: (polarity, modality, is it attributed?).
ASSERTED = [("affirmed", "asserted", False)]
STANCES = [
    ASSERTED,
    [("denied", "asserted", True)],
    [("affirmed", "planned", False)],
    [("affirmed", "asserted", False), ("denied", "asserted", True)],
    [("affirmed", "asserted", False), ("affirmed", "alleged", False)],
]

RELATIONS = {
    ("Person", "Organization"): ["headOf", "worksFor", "memberOf"],
    ("Organization", "Organization"): ["owns", "partOf", "alliedWith"],
    ("Organization", "Agreement"): ["partyTo"],
    ("Place", "Agreement"): ["partyTo", "mediatorOf"],
    ("Agreement", "Place"): ["concludedIn"],
    ("Person", "Place"): ["bornIn"],
}


def identity(entity: dict) -> str:
    """What an entity is called in whatever is compared: the number of its Wikidata item."""
    return entity["same_as"][0].removeprefix(WIKIDATA)


def hostile_graph() -> dict:
    """The graph as `--format json` writes it, without what newsgraph works out itself."""
    text = ""
    places = []
    for name in NAMES:
        sentence = f"They say: {name}"
        places.append((sentence, len(text)))
        text += sentence + "\n"
    document = hashlib.sha256(b"document").hexdigest()
    entities = []
    for number, name in enumerate(NAMES):
        kind, subclass = KINDS[number % len(KINDS)]
        start = places[number][1] + len("They say: ")
        other = NAMES[(number + 3) % len(NAMES)]
        entities.append({
            "id": f"{kind.lower()}/entity-{number:02}",
            "type": kind,
            "subtype": subclass,
            "name": name,
            "mentions": [name, f"also {other}"],
            "occurrences": [{
                "document": document, "start": start, "end": start + len(name), "form": "name",
            }],
            "same_as": [f"{WIKIDATA}Q{number + 1}"],
        })
    # Keys that no reader takes for an id as they stand.
    entities[3]["id"] = "Odd key \u00e9 .%"
    entities[4]["id"] = 'organization/"quoted"'
    relations = []
    for number, head in enumerate(entities):
        for step in (1, 2, 5):
            tail = entities[(number + step) % len(entities)]
            fitting = RELATIONS.get((head["type"], tail["type"]), [])
            for property_, stance in zip(fitting, STANCES[number % len(STANCES):] + STANCES):
                sentence, start = places[(number + step) % len(places)]
                evidence = [{
                    "document": document,
                    "sentence": sentence,
                    "sentence_span": [start, start + len(sentence)],
                    "head_span": None, "tail_span": None, "cue_span": None,
                    "role": NAMES[(number + 7) % len(NAMES)] if step == 2 else None,
                    "polarity": polarity,
                    "modality": modality,
                    "attributed_to": entities[0]["id"] if attributed else None,
                    "date": "2016-09" if step == 1 else None,
                    "origin": "rule:test/1",
                    "confidence": 1.0 if step == 2 else 0.75,
                } for polarity, modality, attributed in stance]
                relations.append({
                    "type": property_, "head": head["id"], "tail": tail["id"],
                    "evidence": evidence,
                })
    return {
        "format": "newsgraph/1",
        "documents": [{
            "id": document,
            "uri": "https://news.example/hostile?a=b&c=d",
            "title": "=HYPERLINK(\"x\") <b>\u202e",
            "publisher": "The \"Courier\"",
            "published": "2016-09-14",
            "language": "en",
            "text": text,
        }],
        "entities": entities,
        "relations": relations,
    }


@dataclass
class Found:
    """A graph as some reader has it."""

    # Identity to name, class and subclass; a format that writes no class has None there.
    nodes: dict[str, tuple[str, str | None, str | None]] = field(default_factory=dict)
    # Source, relation, target, and polarity where the format tells it.
    edges: set[tuple[str, str, str, str | None]] = field(default_factory=set)


def polarity(relation: dict) -> str:
    polarities = {evidence["polarity"] for evidence in relation["evidence"]}
    return polarities.pop() if len(polarities) == 1 else "mixed"


def is_asserted(relation: dict) -> bool:
    """Whether an article asserts it in its own voice and none denies it so."""
    own = [evidence for evidence in relation["evidence"] if evidence["attributed_to"] is None]
    return any(
        evidence["polarity"] == "affirmed" and evidence["modality"] == "asserted"
        for evidence in own
    ) and not any(evidence["polarity"] == "denied" for evidence in own)


def expected(graph: dict) -> Found:
    names = {entity["id"]: identity(entity) for entity in graph["entities"]}
    return Found(
        nodes={
            identity(entity): (entity["name"], entity["type"], entity["subtype"])
            for entity in graph["entities"]
        },
        edges={
            (names[one["head"]], one["type"], names[one["tail"]], polarity(one))
            for one in graph["relations"]
        },
    )


def losses(graph: dict) -> dict[str, dict]:
    """Graphs that lack something small: what a reader test must notice."""

    def changed(change) -> dict:
        other = copy.deepcopy(graph)
        change(other)
        return other

    def retype(other: dict) -> None:
        # A place without a subclass may also be a country.
        place = next(one for one in other["entities"] if (one["type"], one["subtype"]) == KINDS[6])
        place["subtype"] = "Country"

    def shorten(other: dict) -> None:
        longest = max(other["entities"], key=lambda one: len(one["name"]))
        longest["name"] = longest["name"][:-1]
        longest["mentions"][0] = longest["name"]

    def drop_edge(other: dict) -> None:
        other["relations"].remove(next(one for one in other["relations"] if is_asserted(one)))

    return {"label": changed(shorten), "type": changed(retype), "edge": changed(drop_edge)}
