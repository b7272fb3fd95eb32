"""Every format, read by the program that it is for: all labels, types and edges are there.

`.ci/run` makes the environment and runs this. NEWSGRAPH names the program to test, else it is the
debug build, which must have the feature `parquet`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph
import pyshacl
import pytest
import rdflib

import hostile_graph
import readers
from hostile_graph import Found

ROOT = Path(__file__).parents[2]
PROGRAM = os.environ.get("NEWSGRAPH", str(ROOT / "target/debug/newsgraph"))
FOLDERS = {"csv", "tsv", "neo4j-csv", "parquet"}

# Format and reader: every row of the table of formats is here.
READERS = [
    *[(name, readers.with_rdflib) for name in readers.RDFLIB],
    *[(name, readers.with_oxigraph) for name in readers.OXIGRAPH],
    ("json", lambda path, _: readers.json_graph(path)),
    ("dot", readers.dot),
    ("graphml", readers.graphml_networkx),
    ("graphml", readers.graphml_igraph),
    ("yed", readers.yed),
    ("gexf", readers.gexf),
    ("cyjs", readers.cyjs),
    ("html", readers.html),
    ("nodelink", readers.nodelink),
    ("cypher", readers.cypher),
    ("neo4j-csv", readers.neo4j_csv),
    ("ftm", readers.ftm),
    ("csv", readers.tables),
    ("tsv", readers.tables),
    ("parquet", readers.parquet),
]
IDS = [f"{name}-{getattr(reader, '__name__', 'json')}" for name, reader in READERS]


def run(*arguments: str | Path) -> subprocess.CompletedProcess:
    command = [PROGRAM, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8")


def export(graph: dict, name: str, folder: Path, *more: str) -> Path:
    source = folder / "graph.json"
    source.write_text(json.dumps(graph), "utf-8")
    target = folder / ("tables" if name in FOLDERS else f"graph.{name}")
    done = run("export", source, "--format", name, "-o", target, *more)
    assert done.returncode == 0, done.stderr
    return target


# What a format is known to change, or calls otherwise.


def in_xml(text: str) -> str:
    """Characters that XML 1.0 cannot carry are U+FFFD."""
    return "".join(
        one if one in "\t\n\r" or (one >= " " and one not in "\ufffe\uffff") else "\ufffd"
        for one in text
    )


def in_dot(text: str) -> str:
    """The escapes that Graphviz undoes when it draws; line ends are one, tabs are spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = "".join(
        "\ufffd" if one != "\n" and (one < " " or "\x7f" <= one <= "\x9f") else one for one in text
    )
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    for reference in ("&amp;", "&lt;", "&#65;"):
        text = text.replace(reference, "&amp;" + reference[1:])
    return text


DOT_SHAPES = {"Person": "ellipse", "Organization": "box", "Place": "hexagon", "Agreement": "note"}
LABELS = {
    "Company": "company", "Country": "country", "Treaty": "treaty", "Contract": "contract",
    "GovernmentBody": "government body",
    "headOf": "head of", "worksFor": "works for", "memberOf": "member of", "owns": "owns",
    "partOf": "part of", "alliedWith": "allied with", "partyTo": "party to",
    "mediatorOf": "mediator of", "concludedIn": "concluded in", "bornIn": "born in",
}
# A subclass that has a schema of its own, else the class.
FTM_NODES = {
    "Company": "Company", "GovernmentBody": "PublicBody", "Country": "Territory",
    "Contract": "Contract",
    "Person": "Person", "Organization": "Organization", "Place": "Address", "Agreement": "Event",
}
FTM_LINKS = {"headOf": "Directorship", "worksFor": "Employment", "memberOf": "Membership"}


def expected(graph: dict, name: str) -> Found:
    whole = hostile_graph.expected(graph)
    if name in ("graphml", "yed", "gexf", "rdfxml"):
        whole.nodes = {one: (in_xml(text), *kind) for one, (text, *kind) in whole.nodes.items()}
    if name == "dot":
        return in_graphviz(graph)
    if name == "html":
        kinds = {
            readers.item(one["same_as"][0]): LABELS.get(one["subtype"], one["type"])
            for one in graph["entities"]
        }
        whole.nodes = {one: (*both, kinds[one]) for one, (*both, _) in whole.nodes.items()}
    if name == "ftm":
        whole.nodes = {
            one: (text, FTM_NODES.get(subclass) or FTM_NODES[top], LABELS.get(subclass))
            for one, (text, top, subclass) in whole.nodes.items()
        }
        companies = {one for one, (_, kind, _) in whole.nodes.items() if kind == "Company"}
        keys = {one["id"]: hostile_graph.identity(one) for one in graph["entities"]}
        whole.edges = set()
        for one in filter(hostile_graph.is_asserted, graph["relations"]):
            schema = FTM_LINKS.get(one["type"], "UnknownLink")
            if one["type"] == "owns" and keys[one["tail"]] in companies:
                schema = "Ownership"
            ends = keys[one["head"]], keys[one["tail"]]
            whole.edges.add((ends[0], f"{schema} {LABELS[one['type']]}", ends[1], None))
    return whole


def in_graphviz(graph: dict) -> Found:
    found = Found()
    for one in graph["entities"]:
        kind = LABELS.get(one["subtype"], one["type"])
        found.nodes[one["id"]] = (in_dot(one["name"]), kind, DOT_SHAPES[one["type"]])
    for one in graph["relations"]:
        modalities = {evidence["modality"] for evidence in one["evidence"]}
        style = "solid" if modalities == {"asserted"} else "dotted"
        if hostile_graph.polarity(one) != "affirmed":
            style = "dashed"
        found.edges.add((one["head"], LABELS[one["type"]], one["tail"], style))
    return found


# Tests


@pytest.mark.parametrize(("name", "reader"), READERS, ids=IDS)
def test_a_hostile_graph_comes_through(name, reader, tmp_path):
    graph = hostile_graph.hostile_graph()
    found = reader(export(graph, name, tmp_path), name)
    wanted = expected(graph, name)
    assert found.nodes == wanted.nodes
    assert found.edges == wanted.edges


@pytest.mark.parametrize("lost", ["label", "type", "edge"])
@pytest.mark.parametrize(("name", "reader"), READERS, ids=IDS)
def test_what_is_lost_is_noticed(name, reader, lost, tmp_path):
    """The test above would fail: an export that lost something is not what is expected."""
    graph = hostile_graph.hostile_graph()
    found = reader(export(hostile_graph.losses(graph)[lost], name, tmp_path), name)
    wanted = expected(graph, name)
    if lost == "edge":
        assert found.nodes == wanted.nodes and len(found.edges) == len(wanted.edges) - 1
    else:
        assert found.edges == wanted.edges or name == "ftm"
        changed = [one for one in wanted.nodes if found.nodes[one] != wanted.nodes[one]]
        assert len(changed) == 1


def test_every_format_has_a_reader():
    done = run("export", "--format", "no such format", "x")
    [line] = [line for line in done.stderr.splitlines() if "possible values:" in line]
    names = line.split("possible values:")[1].strip(" ]").split(", ")
    assert sorted(names) == sorted({name for name, _ in READERS} | {"svg", "png"})


def test_pictures_open_and_name_every_node_and_edge(tmp_path):
    graph = hostile_graph.hostile_graph()
    root = ElementTree.parse(export(graph, "svg", tmp_path)).getroot()
    svg = "{http://www.w3.org/2000/svg}"
    nodes = [title.text for title in root.findall(f"{svg}circle/{svg}title")]
    edges = [title.text for title in root.findall(f"{svg}g/{svg}title")]
    names = {entity["id"]: as_xml(entity["name"]) for entity in graph["entities"]}
    for name in names.values():
        assert any(title.startswith(f"{name} (") for title in nodes), name
    for relation in graph["relations"]:
        head, tail = names[relation["head"]], names[relation["tail"]]
        fits = [edge for edge in edges if edge.startswith(f"{head} — ") and f" → {tail} (" in edge]
        assert fits, (head, tail)
    assert not root.findall(f".//{svg}script")
    png = export(graph, "png", tmp_path).read_bytes()
    assert png.startswith(b"\x89PNG\r\n\x1a\n") and png.endswith(b"IEND\xaeB`\x82")


def as_xml(text: str) -> str:
    """What XML 1.0 makes of a text: it has no way to write some characters."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def test_shapes_accept_the_graph(tmp_path):
    path = export(hostile_graph.hostile_graph(), "turtle", tmp_path)
    conforms, _, report = pyshacl.validate(
        rdflib.Graph().parse(path, format="turtle"),
        shacl_graph=str(ROOT / "ontology/shapes.ttl"),
        ont_graph=str(ROOT / "ontology/newsgraph.ttl"),
    )
    assert conforms, report


def test_rdf12_asserts_nothing_that_is_denied(tmp_path):
    graph = hostile_graph.hostile_graph()
    path = export(graph, "turtle", tmp_path, "--profile", "rdf12")
    quads = list(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
    reified = {quad.object for quad in quads if isinstance(quad.object, pyoxigraph.Triple)}
    relations = {readers.NG + one["type"] for one in graph["relations"]}
    plain = {quad.triple for quad in quads if quad.predicate.value in relations}
    assert len(reified) == len(graph["relations"])
    symmetric = sum(one["type"] == "alliedWith" for one in graph["relations"]
                    if hostile_graph.is_asserted(one))
    asserted = sum(map(hostile_graph.is_asserted, graph["relations"]))
    assert len(plain) == asserted + symmetric


def test_a_spreadsheet_gets_a_byte_order_mark(tmp_path):
    source = tmp_path / "graph.json"
    source.write_text(json.dumps(hostile_graph.hostile_graph()), "utf-8")
    for target in ("plain", "marked"):
        program = ["--for", "spreadsheet"] if target == "marked" else ["--format", "csv"]
        done = run("export", source, *program, "-o", tmp_path / target)
        assert done.returncode == 0, done.stderr
    for table in ("nodes.csv", "edges.csv", "evidence.csv"):
        plain, marked = ((tmp_path / one / table).read_bytes() for one in ("plain", "marked"))
        assert marked == b"\xef\xbb\xbf" + plain and not plain.startswith(b"\xef")


@pytest.mark.parametrize("name", [br'"\ud800"', br'"a\udfff"', b'"\xed\xa0\x80"'])
def test_a_lone_surrogate_is_refused(name, tmp_path):
    """It is no character: neither UTF-8 nor any reader could carry it."""
    text = json.dumps(hostile_graph.hostile_graph()).encode()
    source = tmp_path / "graph.json"
    source.write_bytes(text.replace(b'"John Kirby"', name))
    target = tmp_path / "graph.ttl"
    done = run("export", source, "-o", target)
    assert done.returncode == 2 and "graph.json" in done.stderr, done.stderr
    assert not target.exists()
