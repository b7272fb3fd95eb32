"""Reads the training corpora: gold articles, raw news and public sets.

Each reader yields documents as dicts: `id`, `text`, and what is annotated, in code points of
`text`: `spans` (start, end, label), `pairs` (head span index, tail span index, label), and
`set`, the name of the set, whose label set has an output layer of its own.
"""
import glob
import gzip
import hashlib
import json
import os
import re
from collections import defaultdict

VALIDATION_BELOW = 51
FEWREL = {"P361", "P463", "P26", "P25", "P40", "P155"}


def is_validation(document_id):
    """The fixed validation part: the SHA-256 of the id begins with a byte under 51."""
    return not document_id.startswith("annotated/") and hashlib.sha256(document_id.encode()).digest()[0] < VALIDATION_BELOW


def gold(folder):
    """The annotated articles, with their gold graph under `gold`."""
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        article = json.load(open(path, encoding="utf-8"))
        text = article["text"]
        if article.get("title_in_text"):
            text = article["title"] + "\n\n" + text
        yield {"id": article["id"], "set": "gold", "text": text, "gold": article}


def is_held_back(document_id):
    """Of our own annotations a quarter is for measuring alone: nothing is trained or tuned on it."""
    return hashlib.sha256(("test " + document_id.split("/", 1)[1]).encode()).digest()[0] < 80


def annotated(folder, annotations, held_back=False):
    """Our own annotations of raw news (see annotations/README.md): those to learn from, or those held back."""
    texts = {document["id"]: document["text"] for document in raw(folder)}
    for line in open(annotations, encoding="utf-8"):
        made = json.loads(line)
        text = texts[made["id"]]
        if hashlib.sha256(text.encode()).hexdigest() != made["sha256"]:
            raise ValueError(f"{made['id']}: the text is not the one that was annotated")
        if is_held_back(made["id"]) != held_back:
            continue
        at = lambda span: text[span[0]:span[1]]
        entities = []
        for entity in made["entities"]:
            names = [at(span) for span in entity["mentions"]]
            entities.append({**entity, "name": names[0], "mentions": names})
        relations = [{**one, "evidence": at(one["evidence"])} for one in made["relations"]]
        gold = {"entities": entities, "relations": relations}
        yield {"id": "annotated/" + made["id"], "set": "gold", "text": text, "gold": gold}


def raw(folder):
    """Raw news without annotation: what the rules find in it is the label."""
    for name in ("wikinews", "state_dept", "whitehouse"):
        with gzip.open(os.path.join(folder, name + ".jsonl.gz"), "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                yield {"id": f"{name}/{article['id']}", "set": "silver", "text": article["text"]}


def shingles(text, length=10):
    words = re.findall(r"\w+", text.lower())
    return {hash(tuple(words[i:i + length])) for i in range(len(words) - length + 1)}


def columns(path, separator, word_at, tag_at):
    """Sentences of a column file as lists of (word, tag)."""
    sentence = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#") and "\t" not in line:
            continue
        cells = line.split(separator)
        if not line.strip() or len(cells) <= max(word_at, tag_at):
            if sentence:
                yield sentence
            sentence = []
            continue
        if cells[word_at] and "-DOCSTART-" not in line:
            sentence.append((cells[word_at], cells[tag_at].strip()))
    if sentence:
        yield sentence


def tagged(name, sentences, group=4):
    """Tagged sentences, a few of them to a document, a paragraph each."""
    sentences = list(sentences)
    for first in range(0, len(sentences), group):
        text, spans = "", []
        for sentence in sentences[first:first + group]:
            if text:
                text += "\n\n"
            before = "O"
            for at, (word, tag) in enumerate(sentence):
                if at:
                    text += " "
                start, text = len(text), text + word
                label = tag[2:]
                if tag == "O":
                    pass
                elif tag.startswith("B") or before[2:] != label or before == "O":
                    spans.append([start, len(text), label])
                else:
                    spans[-1][1] = len(text)
                before = tag
        yield {"id": f"{name}/{first}", "set": name, "text": text, "spans": spans}


def public_names(folder):
    """Named-entity sets, each with its own labels."""
    at = lambda *parts: os.path.join(folder, *parts)
    for part in ("train.clean", "dev"):
        yield from tagged("uner", columns(at("uner_english_ewt", f"en_ewt-ud-{part}.iob2"), "\t", 1, 2))
    for part in ("train", "dev"):
        yield from tagged("crossner", columns(at("crossner_politics", part + ".txt"), "\t", 0, 1))
    for path in sorted(glob.glob(at("wikigold", "CONLL-format", "data", "*.txt"))):
        yield from tagged("wikigold", columns(path, " ", 0, 1))
    yield from tagged("wnut", columns(at("wnut17", "wnut17train.conll"), "\t", 0, 1))


def redocred(folder):
    """Re-DocRED's development part: entities with all mentions, relations of documents."""
    for document in json.load(open(os.path.join(folder, "redocred", "dev_revised.json"))):
        text, starts = "", []
        for sentence in document["sents"]:
            starts.append([])
            for word in sentence:
                if text:
                    text += " "
                starts[-1].append((len(text), len(text) + len(word)))
                text += word
        spans, of_entity = [], []
        for entity in document["vertexSet"]:
            of_entity.append([])
            for mention in entity:
                words = starts[mention["sent_id"]][mention["pos"][0]:mention["pos"][1]]
                if words:
                    of_entity[-1].append(len(spans))
                    spans.append([words[0][0], words[-1][1], mention["type"]])
        labels = defaultdict(set)
        for relation in document["labels"]:
            labels[relation["h"], relation["t"]].add(relation["r"])
        yield {"id": "redocred/" + document["title"], "set": "redocred", "text": text, "spans": spans,
               "entities": of_entity, "relations": {k: sorted(v) for k, v in labels.items()}}


def knowledgenet(folder):
    """KnowledgeNet: facts of passages, ends given (pronouns among them); only these are pairs."""
    passages = defaultdict(list)
    for line in open(os.path.join(folder, "knowledgenet", "facts.jsonl"), encoding="utf-8"):
        fact = json.loads(line)
        passages[fact["documentId"], fact["passageStart"], fact["passageText"]].append(fact)
    for (document, start, text), facts in passages.items():
        spans, pairs, index = [], [], {}
        for fact in facts:
            ends = []
            for end in ("subject", "object"):
                span = (fact[end + "Start"] - start, fact[end + "End"] - start)
                ends.append(index.setdefault(span, len(index)))
                if len(index) > len(spans):
                    spans.append([*span, "X"])
            pairs.append((*ends, fact["property"]))
        yield {"id": f"knowledgenet/{document}/{start}", "set": "knowledgenet", "text": text,
               "spans": spans, "pairs": pairs}


def fewrel(folder):
    """FewRel's validation part, the relations that are ours too."""
    for relation, items in json.load(open(os.path.join(folder, "fewrel", "val_wiki.json"))).items():
        if relation not in FEWREL:
            continue
        for number, item in enumerate(items):
            text, at = "", []
            for word in item["tokens"]:
                if text:
                    text += " "
                at.append((len(text), len(text) + len(word)))
                text += word
            ends = [item[end][2][0] for end in ("h", "t")]
            spans = [[at[words[0]][0], at[words[-1]][1], "X"] for words in ends]
            yield {"id": f"fewrel/{relation}/{number}", "set": "fewrel", "text": text, "spans": spans,
                   "pairs": [(0, 1, relation)]}


def public(folder):
    yield from public_names(folder)
    yield from redocred(folder)
    yield from knowledgenet(folder)
    yield from fewrel(folder)
