"""Raw data to training examples: runs the program's own reader over every corpus.

usage: prepare.py --shared DIR --program PATH --work DIR

PATH is the built example `model_input` (`cargo build --release --example model_input`). Writes
`gold.pickle`, `held_back.pickle`, `silver.pickle` and `public.pickle` into the work folder: lists of
documents with words, mentions and labels by word.
"""
import argparse
import json
import os
import pickle
import re
import subprocess

import corpora


def read(program, documents):
    """The documents as the program reads them, in the same order."""
    lines = "".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in documents)
    done = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def words_of(starts, ends, start, end):
    """The words that a stretch of text covers exactly or nearly; None when it covers none."""
    covered = [i for i in range(len(starts)) if starts[i] < end and ends[i] > start]
    return (covered[0], covered[-1] + 1) if covered else None


def occurrences(text, surface):
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, surface.split())) + r"(?!\w)"
    return [match.span() for match in re.finditer(pattern, text)]


def align_gold(document, made):
    """Where the gold entities are named, and in which sentences each relation is stated."""
    text, words = made["text"], made["words"]
    starts, ends = [w[0] for w in words], [w[1] for w in words]
    found = []
    for entity in document["gold"]["entities"]:
        for surface in sorted(set(entity["mentions"] + [entity["name"]])):
            for start, end in occurrences(text, surface):
                span = words_of(starts, ends, start, end)
                if span and starts[span[0]] >= start - 1:
                    found.append((*span, entity))
    found.sort(key=lambda one: (one[0] - one[1], one[0], one[2]["id"]))
    inner = {(a, b) for a, b, *_ in made["inner"]}
    taken, mentions, seen = [False] * len(words), [], set()
    for first, last, entity in found:
        if (first, last) in seen:
            continue
        nested = any(taken[first:last])
        if nested and (first, last) not in inner:
            if not any(m[0] == first and m[1] == last for m in made["mentions"]):
                continue
        seen.add((first, last))
        if not nested:
            taken[first:last] = [True] * (last - first)
        mentions.append([first, last, entity["type"], entity.get("subtype"), entity["id"], nested])
    mentions.sort(key=lambda m: (m[0], -m[1]))
    sentence_spans = {}
    for w in words:
        s = sentence_spans.setdefault(w[2], [w[0], w[1]])
        s[1] = w[1]
    relations = []
    for relation in document["gold"]["relations"]:
        at = text.find(relation["evidence"].strip())
        sentences = []
        if at >= 0:
            end = at + len(relation["evidence"].strip())
            sentences = [s for s, (a, b) in sentence_spans.items() if a < end and b > at
                         and (min(b, end) - max(a, at)) * 2 > min(b - a, end - at)]
        relations.append([relation["type"], relation["head"], relation["tail"], sentences,
                          relation.get("polarity") == "denied"])
    return {"gold_mentions": mentions, "gold_relations": relations}


def align_spans(document, made):
    starts, ends = [w[0] for w in made["words"]], [w[1] for w in made["words"]]
    return [words_of(starts, ends, start, end) for start, end, _ in document["spans"]]


def prepare(program, documents):
    kept = []
    for document, made in zip(documents, read(program, documents)):
        if not made["words"] or (document["set"] not in ("gold", "silver") and made["text"] != document["text"]):
            continue
        made.update(set=document["set"])
        if "gold" in document:
            made.update(align_gold(document, made))
        elif "spans" in document:
            made["spans"] = align_spans(document, made)
            made["labels"] = [label for _, _, label in document["spans"]]
            for field in ("pairs", "entities", "relations"):
                if field in document:
                    made["given_" + field if field == "relations" else field] = document[field]
        kept.append(made)
    return kept


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--shared", required=True, help="the folder that holds gold/ and data/")
    cli.add_argument("--program", required=True)
    cli.add_argument("--work", required=True)
    args = cli.parse_args()
    os.makedirs(args.work, exist_ok=True)
    with open(os.path.join(args.work, "signatures.txt"), "w") as out:
        subprocess.run([args.program, "--signatures"], stdout=out, check=True)
    data = os.path.join(args.shared, "data")
    gold = list(corpora.gold(os.path.join(args.shared, "gold", "articles")))
    annotations = os.path.join(os.path.dirname(os.path.abspath(__file__)), "annotations", "news.jsonl")
    gold += corpora.annotated(data, annotations)
    held_back = list(corpora.annotated(data, annotations, held_back=True))
    for document in gold + held_back:
        document["shingles"] = corpora.shingles(document["text"])
    known = set().union(*(d["shingles"] for d in gold + held_back))
    # What stands in a gold article too is left out of everything that all folds share.
    apart = lambda documents: [d for d in documents if not (corpora.shingles(d["text"]) & known)]
    parts = {"gold": gold, "held_back": held_back, "silver": apart(corpora.raw(data)), "public": apart(corpora.public(data))}
    for name, documents in parts.items():
        made = prepare(args.program, documents)
        if name in ("gold", "held_back"):
            by_id = {d["id"]: d["shingles"] for d in documents}
            for document in made:
                document["shingles"] = by_id[document["id"]]
        with open(os.path.join(args.work, name + ".pickle"), "wb") as out:
            pickle.dump(made, out)
        print(f"{name}: {len(documents)} documents, {len(made)} kept, "
              f"{sum(len(d['words']) for d in made)} words")


if __name__ == "__main__":
    main()
