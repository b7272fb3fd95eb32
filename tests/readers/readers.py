"""One function per format: the file as the program reads it that the format is for."""

from __future__ import annotations

import csv as csv_module
import json
import re
import subprocess
from pathlib import Path

import igraph
import ladybug
import networkx
import pandas
import pyarrow.parquet
import pyoxigraph
import rdflib
from followthemoney import model
from lxml import etree

from hostile_graph import BASE, WIKIDATA, Found

HERE = Path(__file__).parent
NG = "https://w3id.org/newsgraph/ontology#"
TOP = ("Person", "Organization", "Place", "Agreement")


def item(same_as: str) -> str:
    """The Wikidata item of a list of links in one text."""
    return same_as.removeprefix(WIKIDATA)


# RDF


def from_triples(triples) -> Found:
    """What triples of the default profile say, given as texts."""
    found = Found()
    by_subject: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, object_ in triples:
        by_subject.setdefault(subject, {}).setdefault(predicate, []).append(object_)
    type_ = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    names = {}
    for subject, about in by_subject.items():
        classes = [one.removeprefix(NG) for one in about.get(type_, []) if one.startswith(NG)]
        top = [one for one in classes if one in TOP]
        if top:
            [name] = about[label]
            [link] = about["http://www.w3.org/2002/07/owl#sameAs"]
            below = [one for one in classes if one not in TOP]
            names[subject] = item(link)
            found.nodes[item(link)] = (name, top[0], below[0] if below else None)
    for about in by_subject.values():
        if f"{NG}Claim" in about.get(type_, []):
            polarities = set()
            for evidence in about[f"{NG}evidence"]:
                polarities.update(by_subject[evidence][f"{NG}polarity"])
            told = {one.removeprefix(NG) for one in polarities}
            polarity = told.pop() if len(told) == 1 else "mixed"
            head, tail = (names[about[rdf + end][0]] for end in ("subject", "object"))
            relation = about[rdf + "predicate"][0].removeprefix(NG)
            found.edges.add((head, relation, tail, polarity.lower()))
    return found


RDFLIB = {
    "turtle": "turtle", "ntriples": "nt", "nquads": "nquads", "trig": "trig", "rdfxml": "xml",
    "jsonld": "json-ld",
}
OXIGRAPH = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def with_rdflib(path: Path, name: str) -> Found:
    dataset = rdflib.Dataset()
    dataset.parse(path, format=RDFLIB[name])
    return from_triples(
        tuple(str(term) for term in (s, p, o)) for s, p, o, _ in dataset.quads()
    )


def with_oxigraph(path: Path, name: str) -> Found:
    quads = pyoxigraph.parse(path=str(path), format=OXIGRAPH[name])
    return from_triples(
        (quad.subject.value, quad.predicate.value, quad.object.value) for quad in quads
    )


def json_graph(path: Path) -> Found:
    from hostile_graph import expected

    return expected(json.loads(path.read_text("utf-8")))


# XML


def check_schema(path: Path, schema: str) -> etree._ElementTree:
    """Parses XML that must meet the schema of its format."""
    parser = etree.XMLParser(huge_tree=True)
    tree = etree.parse(path, parser)
    grammar = etree.RelaxNG(etree.parse(HERE / schema))
    grammar.assertValid(tree)
    return tree


def from_networkx(graph, name: str = "name") -> Found:
    assert graph.is_directed()
    found = Found()
    names = {}
    for node, data in graph.nodes(data=True):
        same_as = data["same_as"]
        names[node] = item(same_as if isinstance(same_as, str) else same_as[0])
        found.nodes[names[node]] = (data[name], data["class"], data.get("subclass"))
        assert data["iri"].startswith(BASE)
        assert type(data["mention_count"]) is int and data["mention_count"] == 1
    for source, target, data in graph.edges(data=True):
        assert type(data["weight"]) in (int, float) and data["weight"] > 0
        assert type(data["confidence"]) is float and 0 <= data["confidence"] <= 1
        assert type(data["asserted"]) is bool
        found.edges.add((names[source], data["relation"], names[target], data["polarity"]))
    assert len(found.edges) == graph.number_of_edges()
    return found


def graphml_networkx(path: Path, _: str) -> Found:
    check_schema(path, "graphml.rng")
    return from_networkx(networkx.read_graphml(path, force_multigraph=True))


def graphml_igraph(path: Path, _: str) -> Found:
    graph = igraph.Graph.Read_GraphML(str(path))
    assert graph.is_directed()
    found = Found()
    names = [item(vertex["same_as"]) for vertex in graph.vs]
    for vertex, name in zip(graph.vs, names):
        found.nodes[name] = (vertex["name"], vertex["class"], vertex["subclass"] or None)
    for edge in graph.es:
        assert isinstance(edge["asserted"], bool) and edge["weight"] > 0
        found.edges.add(
            (names[edge.source], edge["relation"], names[edge.target], edge["polarity"])
        )
    return found


def yed(path: Path, _: str) -> Found:
    tree = check_schema(path, "graphml.rng")
    spaces = {"g": "http://graphml.graphdrawing.org/xmlns",
              "y": "http://www.yworks.com/xml/graphml"}
    found = from_networkx(networkx.read_graphml(path, force_multigraph=True))
    # What yEd shows is the label of the drawing, not the attribute.
    shown = {}
    for node in tree.iterfind(".//g:node", spaces):
        [label] = node.iterfind(".//y:NodeLabel", spaces)
        [link] = node.iterfind("g:data[@key='n_same_as']", spaces)
        assert node.find(".//y:Geometry", spaces).get("x") is not None
        shown[item(link.text)] = label.text
    assert shown == {node: name for node, (name, _, _) in found.nodes.items()}
    labels = [one.text for one in tree.iterfind(".//y:EdgeLabel", spaces)]
    relations = [one.text for one in tree.iterfind(".//g:data[@key='e_relation_label']", spaces)]
    assert labels == relations and len(labels) == len(found.edges)
    return found


def gexf(path: Path, _: str) -> Found:
    tree = check_schema(path, "gexf.rng")
    space = {"g": "http://gexf.net/1.3"}
    # What a schema cannot say: ids are unique, values have the type of their attribute.
    for kind in ("node", "edge"):
        ids = [one.get("id") for one in tree.iterfind(f".//g:{kind}", space)]
        assert len(ids) == len(set(ids)) == int(tree.find(f".//g:{kind}s", space).get("count"))
        types = {
            one.get("id"): one.get("type")
            for one in tree.iterfind(f".//g:attributes[@class='{kind}']/g:attribute", space)
        }
        reads = {"string": str, "integer": int, "double": float,
                 "boolean": {"true": True, "false": False}.__getitem__}
        for one in tree.iterfind(f".//g:{kind}//g:attvalue", space):
            reads[types[one.get("for")]](one.get("value"))
    graph = networkx.read_gexf(path, version="1.3")
    labels = {node: data["label"] for node, data in graph.nodes(data=True)}
    assert labels == {node: data["name"] for node, data in graph.nodes(data=True)}
    return from_networkx(graph)


# JSON


def nodelink(path: Path, _: str) -> Found:
    return from_networkx(networkx.node_link_graph(json.loads(path.read_text("utf-8"))))


def html(path: Path, _: str) -> Found:
    """The data of the page, as a browser reads them."""
    page = etree.parse(path, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    [text] = page.xpath("//script[@type='application/json']/text()")
    data = json.loads(text)
    nodes = data["nodes"]
    ids = [item(node["same_as"][0]) for node in nodes]
    assert len(ids) == len(set(ids))
    found = Found()
    for one, node in zip(ids, nodes, strict=True):
        found.nodes[one] = (node["name"], data["classes"][node["class"]], node["kind"])
    for edge in data["edges"]:
        polarities = {statement["polarity"] for statement in edge["statements"]}
        polarity = polarities.pop() if len(polarities) == 1 else "mixed"
        relation = data["relations"][edge["relation"]]["name"]
        found.edges.add((ids[edge["head"]], relation, ids[edge["tail"]], polarity))
    return found


def cyjs(path: Path, _: str) -> Found:
    data = json.loads(path.read_text("utf-8"))
    # NetworkX also wants a "value", which Cytoscape does not write either.
    for node in data["elements"]["nodes"]:
        node["data"]["value"] = node["data"]["id"]
        assert node["data"]["shared_name"] == node["data"]["name"]
    ids = [edge["data"]["id"] for edge in data["elements"]["edges"]]
    assert len(ids) == len(set(ids))
    graph = networkx.MultiDiGraph()
    for node in data["elements"]["nodes"]:
        graph.add_node(node["data"]["id"], **node["data"])
    for edge in data["elements"]["edges"]:
        ends = edge["data"]["source"], edge["data"]["target"]
        assert all(end in graph for end in ends)
        graph.add_edge(*ends, key=edge["data"]["id"], **edge["data"])
    found = from_networkx(graph)
    read = networkx.cytoscape_graph(data)
    assert set(read.nodes) == set(graph.nodes) and set(read.edges()) == set(graph.edges())
    return found


# Tables

DANGEROUS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


def unguarded(cell: str) -> str:
    """Takes off the apostrophe that keeps a spreadsheet from running the cell."""
    if cell.startswith("'") and cell.lstrip("'")[:1] and cell.lstrip("'")[0] in DANGEROUS:
        return cell[1:]
    return cell


def tables(folder: Path, name: str) -> Found:
    separator = {"csv": ",", "tsv": "\t"}[name]

    def table(which: str):
        path = folder / f"{which}.{name}"
        rows = pandas.read_csv(path, sep=separator, dtype=str, keep_default_na=False,
                               encoding="utf-8")
        for cell in rows.to_numpy().ravel():
            assert not cell.startswith(tuple(DANGEROUS)), f"{cell!r} runs in a spreadsheet"
        # The standard library must find the same cells.
        with open(path, newline="", encoding="utf-8") as file:
            csv_module.field_size_limit(10**9)
            again = list(csv_module.reader(file, delimiter=separator))
        assert [list(rows.columns), *rows.to_numpy().tolist()] == again
        return rows.map(unguarded).to_dict("records")

    found, nodes = Found(), {}
    for row in table("nodes"):
        nodes[row["id"]] = item(row["same_as"])
        found.nodes[item(row["same_as"])] = (row["label"], row["class"], row["subclass"] or None)
    edges = {}
    for row in table("edges"):
        ends = nodes[row["source"]], nodes[row["target"]]
        edges[row["id"]] = (ends[0], row["relation"], ends[1], row["polarity"])
        assert found.nodes[ends[0]][0] == row["source_name"]
    statements: dict[str, set[str]] = {one: set() for one in edges}
    for row in table("evidence"):
        assert len(row["sentence"]) == int(row["sentence_end"]) - int(row["sentence_start"])
        statements[row["claim"]].add(row["polarity"])
    for one, polarities in statements.items():
        told = polarities.pop() if len(polarities) == 1 else "mixed"
        assert told == edges[one][3]
    found.edges = set(edges.values())
    return found


def parquet(folder: Path, _: str) -> Found:
    """With pyarrow, whose types must be those that are meant."""

    def table(which: str):
        return pyarrow.parquet.read_table(folder / f"{which}.parquet")

    def kind(of, name: str) -> str:
        return str(of.schema.field(name).type).replace("string_view", "string")

    found, nodes = Found(), {}
    rows = table("nodes")
    assert kind(rows, "mention_count") == "int64"
    assert rows.schema.field("aliases").type.value_type == pyarrow.string()
    for row in rows.to_pylist():
        nodes[row["id"]] = item(row["same_as"][0])
        assert row["id"] in row["iri"] or not row["id"].isascii() or '"' in row["id"]
        found.nodes[nodes[row["id"]]] = (row["name"], row["class"], row["subclass"])
    rows = table("edges")
    assert [kind(rows, name) for name in ("weight", "asserted", "confidence", "quote")] == [
        "int64", "bool", "float", "string",
    ]
    edges = {row["id"]: row for row in rows.to_pylist()}
    statements: dict[str, set[str]] = {one: set() for one in edges}
    for row in table("evidence").to_pylist():
        assert len(row["sentence"]) == row["sentence_end"] - row["sentence_start"]
        assert row["head_start"] is None and row["title"].startswith("=")
        statements[row["claim"]].add(row["polarity"])
    for one, row in edges.items():
        told = statements[one].pop() if len(statements[one]) == 1 else "mixed"
        found.edges.add((nodes[row["source"]], row["relation"], nodes[row["target"]], told))
        assert told == row["polarity"]
    return found


def neo4j_csv(folder: Path, _: str) -> Found:
    reads = {"STRING": str, "INT": int, "DOUBLE": float,
             "BOOLEAN": {"true": True, "false": False}.__getitem__,
             "STRING[]": lambda cell: cell.split(";")}

    def table(which: str) -> list[dict]:
        rows = pandas.read_csv(folder / which, dtype=str, keep_default_na=False, encoding="utf-8")
        records = []
        for row in rows.to_dict("records"):
            record = {}
            for header, cell in row.items():
                name, _, kind = header.rpartition(":")
                # An empty cell is no value.
                if cell != "":
                    record[name or kind] = reads.get(kind, str)(cell)
            records.append(record)
        return records

    found, nodes = Found(), {}
    for row in table("nodes.csv"):
        general, top, *below = row["LABEL"].split(";")
        assert general == "Entity" and top == row["class"]
        assert below == ([row["subclass"]] if "subclass" in row else [])
        assert row["id"] not in nodes
        nodes[row["id"]] = item(row["same_as"][0])
        found.nodes[nodes[row["id"]]] = (row["name"], top, below[0] if below else None)
    for row in table("relationships.csv"):
        assert camel(row["TYPE"]) == row["relation"] and isinstance(row["confidence"], float)
        ends = nodes[row["START_ID"]], nodes[row["END_ID"]]
        found.edges.add((ends[0], row["relation"], ends[1], row["polarity"]))
    return found


# Others


def ftm(path: Path, _: str) -> Found:
    """Only what is asserted; the model has no place for the rest."""
    found, things, links, articles = Found(), {}, [], set()
    for line in path.read_bytes().splitlines():
        data = json.loads(line)
        proxy = model.get_proxy(data)
        assert re.fullmatch(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?", proxy.id), proxy.id
        proxy.schema.validate(data)
        for name in proxy.schema.required:
            assert proxy.get(name), f"{proxy.schema.name} needs {name}"
        for name in data["properties"]:
            assert name in proxy.schema.properties, f"{proxy.schema.name} has no {name}"
        if proxy.schema.name == "Article":
            articles.add(proxy.id)
            assert proxy.get("bodyText") and proxy.get("sourceUrl")
        elif proxy.schema.edge:
            links.append(proxy)
        else:
            things[proxy.id] = proxy
    for proxy in things.values():
        [name], [wikidata] = proxy.get("name"), proxy.get("wikidataId")
        # A name that is longer than the model allows stands whole in the notes.
        name = next((note for note in proxy.get("notes") if note.startswith(name)), name)
        found.nodes[wikidata] = (name, proxy.schema.name, (proxy.get("keywords") or [None])[0])
    for proxy in links:
        [head], [tail] = proxy.get(proxy.schema.source_prop), proxy.get(proxy.schema.target_prop)
        if proxy.schema.name == "Succession":
            head, tail = tail, head
        for end, prop in ((head, proxy.schema.source_prop), (tail, proxy.schema.target_prop)):
            assert things[end].schema.is_a(prop.range), f"{proxy.schema.name} {end}"
        assert set(proxy.get("proof")) <= articles and proxy.get("proof")
        assert proxy.get("description"), "a link has its sentence"
        role = (proxy.get("role", quiet=True) or proxy.get("relationship", quiet=True))[0]
        names = [things[end].get("wikidataId")[0] for end in (head, tail)]
        found.edges.add((names[0], f"{proxy.schema.name} {role}", names[1], None))
    return found


def cypher(path: Path, _: str) -> Found:
    """Literals as a Cypher engine evaluates them, statements as Neo4j is documented to.

    Ladybug knows one label a node and no constraint of this form, so it evaluates each row, and
    the statements around the rows are matched here, whole.
    """
    text = path.read_text("utf-8")
    assert all(ord(one) >= 32 or one == "\n" for one in text)
    lines = iter(text.split("\n")[:-1])
    assert next(lines).startswith("// ")
    constraint = "CREATE CONSTRAINT newsgraph_entity_id IF NOT EXISTS FOR (n:Entity)"
    assert next(lines) == f"{constraint} REQUIRE n.id IS UNIQUE;"
    connection = ladybug.Connection(ladybug.Database(":memory:"))
    node_tail = re.compile(r"\] AS row MERGE \(n:Entity \{id: row.id\}\) SET n((:\w+)+), n \+= row;")
    edge_tail = re.compile(
        r"\] AS row MATCH \(a:Entity \{id: row.source\}\) MATCH \(b:Entity \{id: row.target\}\) "
        r"MERGE \(a\)-\[r:(\w+) \{id: row.id\}\]->\(b\) SET r \+= row.properties;"
    )
    found, nodes, edges = Found(), {}, set()
    for line in lines:
        assert line == "UNWIND ["
        rows = []
        for row in lines:
            if row.startswith("] AS row"):
                break
            [value] = connection.execute(f"RETURN {row.removesuffix(',')}").get_next()
            rows.append(value)
        assert 0 < len(rows) <= 500
        if match := node_tail.fullmatch(row):
            top, *below = match[1].split(":")[1:]
            for value in rows:
                assert value["id"] not in nodes and value["class"] == top
                nodes[value["id"]] = item(value["same_as"][0])
                found.nodes[nodes[value["id"]]] = (value["name"], top, below[0] if below else None)
        else:
            match = edge_tail.fullmatch(row)
            for value in rows:
                about = value["properties"]
                assert camel(match[1]) == about["relation"]
                assert type(about["confidence"]) is float and value["id"] not in edges
                edges.add(value["id"])
                ends = nodes[value["source"]], nodes[value["target"]]
                found.edges.add((ends[0], about["relation"], ends[1], about["polarity"]))
    return found


def camel(name: str) -> str:
    """`HEAD_OF` is `headOf`."""
    return re.sub("_(.)", lambda match: match[1].upper(), name.lower())


def dot(path: Path, _: str) -> Found:
    """As Graphviz itself reads it; entities are known by their keys."""
    done = subprocess.run(["dot", "-Tdot_json", str(path)], capture_output=True, check=True)
    assert b"Warning" not in done.stderr and b"Error" not in done.stderr, done.stderr
    data = json.loads(done.stdout)
    assert data["directed"]
    found = Found()
    nodes = [one for one in data["objects"] if "nodes" not in one]
    names = {one["_gvid"]: one["name"] for one in nodes}
    for one in nodes:
        found.nodes[one["name"]] = (one["label"], one["tooltip"], one["shape"])
    for one in data["edges"]:
        found.edges.add(
            (names[one["tail"]], one["label"], names[one["head"]], one.get("style", "solid"))
        )
    return found
