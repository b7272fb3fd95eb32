"""Examples to tensors: windows of whole sentences, mentions, pairs of mentions and their labels."""
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

CLASSES = ["Person", "Organization", "Place", "Agreement"]
SUBCLASSES = [
    None, "GovernmentBody", "MilitaryForce", "ArmedGroup", "PoliticalParty", "IntergovernmentalOrganization",
    "Company", "MediaOrganization", "NonGovernmentalOrganization", "EducationalInstitution",
    "SportsOrganization", "ReligiousOrganization", "Country", "Region", "City", "Facility", "NaturalFeature",
    "Treaty", "Ceasefire", "PeaceAgreement", "TradeAgreement", "Memorandum", "Resolution", "Contract",
    "OtherAgreement",
]
RELATIONS = [
    "none", "accuses", "affiliatedWith", "alliedWith", "appliesTo", "basedIn", "bornIn", "candidateFor",
    "citizenOf", "concludedIn", "controls", "cooperatesWith", "designatesAsTerrorist", "establishes",
    "familyOf", "founderOf", "headOf", "inConflictWith", "livesIn", "locatedIn", "mediatorOf", "memberOf",
    "metWith", "offshootOf", "operatesIn", "opposes", "opposesAgreement", "owns", "partOf", "partyTo",
    "sanctions", "spokespersonOf", "successorOf", "supports", "worksFor",
]
SYMMETRIC = {"metWith", "alliedWith", "familyOf", "inConflictWith", "cooperatesWith"}
TAGS = {
    "gold": CLASSES, "silver": CLASSES, "uner": ["PER", "ORG", "LOC"],
    "wikigold": ["PER", "ORG", "LOC", "MISC"],
    "wnut": ["person", "location", "corporation", "group", "product", "creative-work"],
    "crossner": ["politician", "person", "organisation", "politicalparty", "event", "election", "country",
                 "location", "misc"],
    "redocred": ["PER", "ORG", "LOC", "TIME", "NUM", "MISC"],
}
PAIRS = {"gold": RELATIONS, "silver": RELATIONS}

PAD, CLS, SEP = 0, 101, 102
LONGEST = 128  # words of a window, the two marks of its ends included
FARTHEST = 2  # sentences between the ends of a pair
NO_TAG = -100


@dataclass
class Window:
    set: str
    pieces: list  # by position (the words, a mark before and one behind): the word's pieces
    shape: list
    rule: list  # 0 outside, 1 + class begins, 5 + class goes on, 9 demonym
    rule_subclass: list
    sentence: list  # by word, from 0
    words: tuple  # first and last word in the document
    tags: list = field(default_factory=list)
    mentions: list = field(default_factory=list)  # first, last (words of the window), class, subclass, flags, entity
    sub_labels: list = field(default_factory=list)
    pairs: list = field(default_factory=list)  # head, tail, rule relation, soft labels {relation: weight} or None
    document: int = 0


def cut(words):
    """Whole sentences up to LONGEST words; a longer sentence is cut. Yields ranges of words."""
    start, at = 0, 0
    while at < len(words):
        end = at
        while end < len(words) and words[end][2] == words[at][2] and end - at < LONGEST - 2:
            end += 1
        if end - start > LONGEST - 2:
            yield start, at
            start = at
        at = end
    if start < len(words):
        yield start, len(words)


def windows(document, index=0):
    """The windows of one document, without labels."""
    words = document["words"]
    rule, subclass = [0] * len(words), [0] * len(words)
    for first, last, kind, sub, demonym, form, _ in document["mentions"]:
        if form > 1 or rule[first]:
            continue
        for at in range(first, last):
            rule[at] = 9 if demonym else (1 if at == first else 5) + CLASSES.index(kind)
            subclass[at] = SUBCLASSES.index(sub)
    for first, last in cut(words):
        window = Window(document["set"], [[CLS]], [0], [0], [0], [], (first, last), document=index)
        base = words[first][2]
        for at in range(first, last):
            _, _, sentence, kind, case, pieces = words[at]
            window.pieces.append(pieces)
            window.shape.append(1 + (case if kind == 0 else 3 + kind))
            window.sentence.append(sentence - base)
        window.rule += rule[first:last]
        window.rule_subclass += subclass[first:last]
        for channel, value in ((window.pieces, [SEP]), (window.shape, 0), (window.rule, 0), (window.rule_subclass, 0)):
            channel.append(value)
        yield window


def put_tags(window, mentions, labels):
    """BIO tags of the window's words; `mentions` are (first, last, label) in words of the document."""
    tags = [0] * len(window.sentence)
    for first, last, label in mentions:
        a, b = max(first, window.words[0]), min(last, window.words[1])
        for at in range(a, b):
            k = labels.index(label)
            tags[at - window.words[0]] = (1 if at == first else 1 + len(labels)) + k
    window.tags = tags


def inside(window, first, last):
    return window.words[0] <= first and last <= window.words[1]


def add_pairs(window, rules, label):
    """All ordered pairs near enough; `label(head, tail)` gives the soft labels, or None to leave it out."""
    for h, head in enumerate(window.mentions):
        for t, tail in enumerate(window.mentions):
            if h == t or (head[5] is not None and head[5] == tail[5]):
                continue
            if abs(window.sentence[head[0]] - window.sentence[tail[0]]) > FARTHEST:
                continue
            soft = label(h, t)
            if soft is not None:
                rule = rules.get((head[0], head[1], tail[0], tail[1]), 0)
                window.pairs.append((h, t, rule, soft))


def rule_finds(document, window):
    found = {}
    m = document["mentions"]
    for relation, head, tail, _, polarity in document["relations"]:
        if inside(window, *m[head][:2]) and inside(window, *m[tail][:2]):
            base = window.words[0]
            ends = [(m[e][0] - base, m[e][1] - base) for e in (head, tail)]
            k = RELATIONS.index(relation)
            found.setdefault((*ends[0], *ends[1]), k)
            if relation in SYMMETRIC:
                found.setdefault((*ends[1], *ends[0]), k)
    return found


def candidates(document):
    """The mentions that inference pairs: (first, last, class, subclass, flag); flag 1 demonym, 2 inner."""
    out = [(m[0], m[1], m[2], m[3], 1 if m[4] else 0) for m in document["mentions"] if m[5] <= 1]
    known = {(m[0], m[1]) for m in out}
    return out + [(m[0], m[1], m[2], m[3], 2) for m in document["inner"] if (m[0], m[1]) not in known]


def gold_windows(document, index):
    """Labelled windows of an annotated article."""
    gold = {(m[0], m[1]): m for m in document["gold_mentions"]}
    rules = {(m[0], m[1]): m for m in candidates(document)}
    related = defaultdict(list)
    for relation, head, tail, sentences, denied in document["gold_relations"]:
        related[head, tail].append((relation, sentences, False))
        if relation in SYMMETRIC:
            related[tail, head].append((relation, sentences, True))
    demonyms = [m for m in document["mentions"] if m[4]]
    outer = [(m[0], m[1], m[2]) for m in document["gold_mentions"] if not m[5]]
    for window in windows(document, index):
        put_tags(window, [m for m in outer if inside(window, *m[:2])], CLASSES)
        base = window.words[0]
        for m in demonyms:
            if inside(window, m[0], m[1]) and not any(o[0] < m[1] and m[0] < o[1] and (o[0], o[1]) != (m[0], m[1])
                                                      for o in outer):
                for at in range(m[0], m[1]):
                    window.tags[at - base] = NO_TAG
        spans = sorted(s for s in set(gold) | set(rules) if inside(window, *s))
        for span in spans:
            g, r = gold.get(span), rules.get(span)
            kind = g[2] if g else r[2]
            # The subclass that inference would see is the rules' where they have the name.
            sub = r[3] if r and r[2] == kind else (g[3] if g else None)
            flag = r[4] if r else (2 if g[5] else 0)
            window.mentions.append((span[0] - base, span[1] - base, CLASSES.index(kind), SUBCLASSES.index(sub),
                                    flag, g[4] if g else None))
            window.sub_labels.append(SUBCLASSES.index(g[3]) if g and g[3] and flag == 0 else NO_TAG)
        first_sentence = document["words"][base][2]
        at = lambda m: window.sentence[m[0]] + first_sentence
        present = defaultdict(set)
        for m in window.mentions:
            if m[5]:
                present[m[5]].add(at(m))

        def label(h, t):
            head, tail = window.mentions[h], window.mentions[t]
            facts = related.get((head[5], tail[5])) if head[5] and tail[5] else None
            if not facts:
                return {0: 1.0}
            found, elsewhere = set(), False
            for relation, sentences, _ in facts:
                hit = False
                for s in sentences:
                    if at(head) == s and at(tail) == s:
                        hit = True
                    elif at(head) == s and s not in present[tail[5]]:
                        hit = abs(at(tail) - s) == min(abs(x - s) for x in present[tail[5]])
                    elif at(tail) == s and s not in present[head[5]]:
                        hit = abs(at(head) - s) == min(abs(x - s) for x in present[head[5]])
                    if hit:
                        break
                if hit:
                    found.add(RELATIONS.index(relation))
                else:
                    elsewhere = True
            if found:
                return {k: 1.0 / len(found) for k in found}
            return None if elsewhere else {0: 1.0}

        add_pairs(window, rule_finds(document, window), label)
        yield window


def silver_windows(document, index):
    """Windows labelled by the rules' own decisions."""
    mentions = candidates(document)
    outer = [(m[0], m[1], m[2]) for m in mentions if m[4] == 0]
    for window in windows(document, index):
        put_tags(window, [m for m in outer if inside(window, *m[:2])], CLASSES)
        base = window.words[0]
        for first, last, kind, sub, flag in mentions:
            if flag == 1 and inside(window, first, last):
                for at in range(first, last):
                    window.tags[at - base] = NO_TAG
            if inside(window, first, last):
                window.mentions.append((first - base, last - base, CLASSES.index(kind), SUBCLASSES.index(sub), flag, None))
                window.sub_labels.append(SUBCLASSES.index(sub) if sub and flag == 0 else NO_TAG)
        found = rule_finds(document, window)

        def label(h, t):
            a, b = window.mentions[h], window.mentions[t]
            k = found.get((a[0], a[1], b[0], b[1]), 0)
            if k == 0 and window.sentence[a[0]] != window.sentence[b[0]]:
                return None
            return {k: 1.0}

        add_pairs(window, {}, label)
        window.rule = [0] * len(window.rule)
        window.rule_subclass = [0] * len(window.rule)
        yield window


def public_windows(document, index, relations):
    """Windows of a public set; `relations` are the labels of its pairs, "none" first."""
    spans = [(s[0], s[1], label) if s else None for s, label in zip(document["spans"], document["labels"])]
    entity_of = {}
    for e, members in enumerate(document.get("entities", [])):
        for member in members:
            entity_of.setdefault(member, e)
    given = document.get("given_relations")
    for window in windows(document, index):
        if document["set"] in TAGS:
            put_tags(window, [s for s in spans if s and inside(window, s[0], s[1])], TAGS[document["set"]])
        if not relations:
            yield window
            continue
        base, number = window.words[0], {}
        for i, s in enumerate(spans):
            if s and inside(window, s[0], s[1]) and s[1] > s[0]:
                number[i] = len(window.mentions)
                kind = {"PER": 0, "ORG": 1, "LOC": 2}.get(s[2], 4)
                window.mentions.append((s[0] - base, s[1] - base, kind, 0, 0, entity_of.get(i)))
                window.sub_labels.append(NO_TAG)
        if given is not None:
            def label(h, t):
                names = given.get((window.mentions[h][5], window.mentions[t][5]))
                same = window.sentence[window.mentions[h][0]] == window.sentence[window.mentions[t][0]]
                if not names:
                    return {0: 1.0} if same else None
                return {relations.index(n): 1.0 / len(names) for n in names} if same else None
            add_pairs(window, {}, label)
        else:
            facts = defaultdict(set)
            for head, tail, name in document["pairs"]:
                if head in number and tail in number and head != tail:
                    facts[number[head], number[tail]].add(relations.index(name))
                    facts.setdefault((number[tail], number[head]), set())
            for (h, t), names in sorted(facts.items()):
                window.pairs.append((h, t, 0, {k: 1.0 / len(names) for k in names} if names else {0: 1.0}))
        yield window


def batch(items, np_random=None, drop_rule=0.0, drop_find=0.0):
    """Tensors of several windows. Rule channels of whole windows are dropped at the given rates."""
    length = max(len(w.pieces) for w in items)
    channels = {name: np.zeros((len(items), length), np.int64) for name in ("shape", "rule", "rule_subclass")}
    mask = np.zeros((len(items), length), bool)
    pieces, starts = [], []
    tag_at, tags, sub_at, subs = [], [], [], []
    mention, pair, soft_rows, soft_labels, soft_weights = [], [], [], [], []
    sentence_of = np.full((len(items), length), -1, np.int64)
    for b, w in enumerate(items):
        n = len(w.pieces)
        mask[b, :n] = True
        keep = np_random is None or np_random.random() >= drop_rule
        keep_finds = np_random is None or np_random.random() >= drop_find
        for word in w.pieces + [[PAD]] * (length - n):
            starts.append(len(pieces))
            pieces += word
        channels["shape"][b, :n] = w.shape
        if keep:
            channels["rule"][b, :n] = w.rule
            channels["rule_subclass"][b, :n] = w.rule_subclass
        sentence_of[b, 1:n - 1] = w.sentence
        tag_at += [(b, 1 + i) for i in range(len(w.tags))]
        tags += w.tags
        base = len(mention)
        for (first, last, kind, sub, flag, _), label in zip(w.mentions, w.sub_labels):
            mention.append((b, 1 + first, last, kind, sub if keep else 0, flag, w.sentence[first]))
            if label != NO_TAG:
                sub_at.append((b, 1 + first, last))
                subs.append(label)
        for h, t, rule, soft in w.pairs:
            row = len(pair)
            pair.append((base + h, base + t, rule if keep_finds else 0))
            for k, weight in soft.items():
                soft_rows.append(row)
                soft_labels.append(k)
                soft_weights.append(weight)
    array = lambda values, width: np.array(values, np.int64).reshape(-1, width) if width > 1 else np.array(values, np.int64)
    return {**channels, "pieces": array(pieces, 1), "starts": array(starts, 1), "mask": mask, "sentence_of": sentence_of, "tag_at": array(tag_at, 2), "tags": array(tags, 1),
            "sub_at": array(sub_at, 3), "subs": array(subs, 1), "mention": array(mention, 7), "pair": array(pair, 3),
            "soft": (array(soft_rows, 1), array(soft_labels, 1), np.array(soft_weights, np.float32))}
