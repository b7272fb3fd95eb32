"""Training: pretraining shared by all folds, then the annotated articles.

usage: train.py pretrain --work DIR --minilm DIR [--layers 3]
       train.py fold     --work DIR --fold N     (0..4: cross-validation; 5: the fixed validation part)
       train.py final    --work DIR

Every command writes below the work folder: `pretrained/`, `fold-N/`, `final/`, each with the
weights, the settings and (folds) the scores and the predictions on the fold's held-out articles
(`scored.json`) and on our own annotations that are held back (`held_back.json`).
"""
import argparse
import hashlib
import json
import os
import pickle
import random
import time
from collections import defaultdict

import numpy as np
import torch
from torch.nn import functional as F

import corpora
import features
from features import CLASSES, NO_TAG, PAIRS, RELATIONS, SYMMETRIC, TAGS
from model import Network, save


def settings_of(args):
    return {"layers": args.layers, "longest": features.LONGEST, "seed": args.seed}


def network_of(settings, pair_sets):
    return Network(settings["layers"], TAGS, pair_sets)


def batches(windows, rng, pieces):
    """Windows of like length together, batches in random order."""
    order = sorted(range(len(windows)), key=lambda i: (len(windows[i].pieces) // 16, rng.random()))
    groups, group, size = [], [], 0
    for i in order:
        group.append(windows[i])
        size = max(size, len(windows[i].pieces))
        if size * len(group) >= pieces:
            groups.append(group)
            group, size = [], 0
    if group:
        groups.append(group)
    rng.shuffle(groups)
    return groups


def by_set(windows):
    groups = defaultdict(list)
    for window in windows:
        groups[window.set].append(window)
    return groups


def thin(window, rng, most):
    """At most `most` unrelated pairs, chosen anew each time."""
    related = [p for p in window.pairs if 0 not in p[3]]
    unrelated = [p for p in window.pairs if 0 in p[3]]
    if len(unrelated) > most:
        unrelated = rng.sample(unrelated, most)
    window = features.Window(**{**window.__dict__, "pairs": related + unrelated})
    return window


def loss_of(network, batch, name):
    states = network.states(batch)
    total = states.new_zeros(())
    windows = len(batch["pieces"])
    if len(batch["tags"]):
        logits = network.tags(states, torch.from_numpy(batch["tag_at"]), name)
        total = total + F.cross_entropy(logits, torch.from_numpy(batch["tags"]), ignore_index=NO_TAG, reduction="sum") / (12 * windows)
    if len(batch["subs"]):
        logits = network.subclasses(states, torch.from_numpy(batch["sub_at"]))
        total = total + F.cross_entropy(logits, torch.from_numpy(batch["subs"]), reduction="sum") / (24 * windows)
    if len(batch["pair"]):
        logits = network.pairs(states, batch, name)
        rows, labels, soft = (torch.from_numpy(x) for x in batch["soft"])
        logs = F.log_softmax(logits, -1)
        total = total - (logs[rows, labels] * soft).sum() / (8 * windows)
    return total


def optimize(network, groups_of_epoch, epochs, rates, clip=1.0, log=print, warm=0.06, options=None):
    """AdamW with linear warm-up and decay; the encoder and what is new have rates of their own."""
    options = options or {}
    slow, fast = [], []
    new = ("encoder.shape", "encoder.rule")
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        (fast if not name.startswith("encoder.") or name.startswith(new) else slow).append(parameter)
    optimizer = torch.optim.AdamW([{"params": slow, "lr": rates[0]}, {"params": fast, "lr": rates[1]}], weight_decay=0.01)
    first = groups_of_epoch(0)
    steps = len(first) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (warm * steps), max(0.0, (steps - s) / (steps * (1 - warm)))))
    np_random, begun, done = np.random.default_rng(1), time.monotonic(), 0
    for epoch in range(epochs):
        network.train()
        mean, count, pieces = 0.0, 0, 0
        for group in (first if epoch == 0 else groups_of_epoch(epoch)):
            if done >= steps:
                break
            batch = features.batch(group, np_random, options.get("drop_rule", 0.0), options.get("drop_find", 0.0))
            loss = loss_of(network, batch, group[0].set)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), clip)
            optimizer.step()
            schedule.step()
            mean, count, pieces, done = mean + loss.item(), count + 1, pieces + int(batch["mask"].sum()), done + 1
            if count % 50 == 0:
                log(f"epoch {epoch} step {count} loss {mean / count:.4f} {pieces} pieces {time.monotonic() - begun:.0f} s")
        log(f"epoch {epoch} loss {mean / max(count, 1):.4f} {pieces} pieces {time.monotonic() - begun:.0f} s")


def pretraining_windows(work, pair_sets):
    """By set; kept beside the data, since making them takes a minute."""
    path = os.path.join(work, "windows.pickle")
    if not os.path.exists(path):
        sets = defaultdict(list)
        for index, document in enumerate(load(work, "public")):
            sets[document["set"]] += features.public_windows(document, index, pair_sets.get(document["set"]))
        for index, document in enumerate(load(work, "silver")):
            sets["silver"] += features.silver_windows(document, index)
        with open(path, "wb") as out:
            pickle.dump(dict(sets), out)
    with open(path, "rb") as file:
        return pickle.load(file)


def load(work, name):
    with open(os.path.join(work, name + ".pickle"), "rb") as file:
        return pickle.load(file)


def pair_sets_of(public):
    labels = defaultdict(set)
    for document in public:
        for *_, name in document.get("pairs", []):
            labels[document["set"]].add(name)
        for names in document.get("given_relations", {}).values():
            labels[document["set"]].update(names)
    return {**PAIRS, **{name: ["none", *sorted(found)] for name, found in sorted(labels.items())}}


def pretrain(args):
    seed(args.seed)
    pair_sets = pair_sets_of(load(args.work, "public"))
    settings = {**settings_of(args), "pair_sets": pair_sets, "silver": args.silver, "public": args.public}
    network = network_of(settings, pair_sets)
    if args.minilm:
        network.encoder.load_pretrained(os.path.join(args.minilm, "model.safetensors"), list(range(args.layers)))
    rng = random.Random(args.seed)
    sets = pretraining_windows(args.work, pair_sets)
    print({name: len(windows) for name, windows in sets.items()})

    def groups(epoch):
        out = []
        for name in sorted(sets):
            chosen = sets[name]
            if name == "silver":
                chosen = rng.sample(chosen, int(len(chosen) * args.silver))
            elif args.public < 1:
                chosen = rng.sample(chosen, int(len(chosen) * args.public))
            out += batches([thin(w, rng, 40) for w in chosen], rng, args.pieces)
        rng.shuffle(out)
        return out

    optimize(network, groups, args.epochs, (1e-4, 5e-4), options={"drop_rule": 0.5, "drop_find": 1.0})
    save(network, os.path.join(args.work, "pretrained"), settings)


def seed(number):
    random.seed(number)
    np.random.seed(number)
    torch.manual_seed(number)


def split(gold, fold):
    """Training and held-out articles of a fold; what shares ten words with a held-out one is dropped."""
    if fold == 5:
        held = [d for d in gold if corpora.is_validation(d["id"])]
    else:
        # Our own annotations are in the training part of every fold.
        apart = [d for d in gold if not d["id"].startswith("annotated/")]
        held = [d for d in apart if hashlib.sha256(("fold " + d["id"]).encode()).digest()[0] % 5 == fold]
    known = set().union(*(d["shingles"] for d in held))
    chosen = {d["id"] for d in held}
    return [d for d in gold if d["id"] not in chosen and not (d["shingles"] & known)], held


def tune(args, train, out):
    """Trains on annotated articles from the pretrained weights."""
    seed(args.seed)
    pretrained = os.path.join(args.work, args.start)
    settings = json.load(open(os.path.join(pretrained, "settings.json")))
    network = network_of(settings, settings["pair_sets"])
    network.load_state_dict(torch.load(os.path.join(pretrained, "weights.pt")))
    for kind in () if settings.get("tuned") else ("tag", "pair"):
        layers = getattr(network, kind)
        layers["gold"].load_state_dict(layers["silver"].state_dict())
    rng = random.Random(args.seed)
    windows = [w for i, d in enumerate(train) for w in features.gold_windows(d, i)]
    print(len(train), "articles", len(windows), "windows", sum(len(w.pairs) for w in windows), "pairs")
    groups = lambda epoch: batches([thin(w, rng, args.unrelated) for w in windows], rng, args.pieces)
    optimize(network, groups, args.epochs, (args.rate, 5 * args.rate), options={"drop_rule": 0.15, "drop_find": 0.3})
    if out:
        save(network, out, {**settings, "epochs": args.epochs, "tuned": True})
    return network


@torch.no_grad()
def predict(network, document, finds=True):
    """Tag probabilities by word and relation probabilities by pair, for each window."""
    network.eval()
    out = []
    for window in features.gold_windows(document, 0):
        batch = features.batch([window])
        if not finds:
            batch["pair"][:, 2] = 0
        states = network.states(batch)
        tags = torch.softmax(network.tags(states, torch.from_numpy(batch["tag_at"]), "gold"), -1).numpy()
        pairs = torch.softmax(network.pairs(states, batch, "gold"), -1).numpy() if window.pairs else np.zeros((0, len(RELATIONS)))
        out.append((window, tags, pairs))
    return out


def spans_of(probabilities):
    """Greedy BIO decoding: a word that goes on a class other than the one before begins it."""
    best, spans = probabilities.argmax(-1), []
    for at, tag in enumerate(best):
        kind = (tag - 1) % 4 if tag else None
        if tag == 0:
            continue
        if tag > 4 and spans and spans[-1][1] == at and spans[-1][2] == kind:
            spans[-1][1] = at + 1
        else:
            spans.append([at, at + 1, kind])
    return {(a, b, k) for a, b, k in spans}


def judge(network, held, allowed, finds=True):
    """Span F1 of the tagger and strict F1 of relations between gold entities, best threshold."""
    tag = defaultdict(int)
    scored, gold_total, rows = [], 0, []
    for document in held:
        best = {}
        kinds = {m[4]: m[2] for m in document["gold_mentions"]}
        key = lambda r, h, t: (r, *sorted((h, t))) if r in SYMMETRIC else (r, h, t)
        truth = {key(r, h, t) for r, h, t, _, denied in document["gold_relations"] if not denied}
        for window, tags, pairs in predict(network, document, finds):
            gold = set()
            known = [i for i, t in enumerate(window.tags) if t != NO_TAG]
            found = {s for s in spans_of(tags) if all(i in set(known) for i in range(s[0], s[1]))}
            for m in window.mentions:
                if m[5] and window.tags[m[0]] == 1 + m[2]:
                    gold.add((m[0], m[1], m[2]))
            tag["tp"] += len(gold & found)
            tag["pred"] += len(found)
            tag["gold"] += len(gold)
            for (h, t, rule, soft), p in zip(window.pairs, pairs):
                head, tail = window.mentions[h], window.mentions[t]
                for k in range(1, len(RELATIONS)):
                    if p[k] < 0.05 or (CLASSES[head[2]], CLASSES[tail[2]]) not in allowed[RELATIONS[k]]:
                        continue
                    name = key(RELATIONS[k], head[5] or f"?{window.words[0]}:{h}", tail[5] or f"?{window.words[0]}:{t}")
                    best[name] = max(best.get(name, 0), float(p[k]))
        gold_total += len(truth)
        scored += [(p, name in truth, name[0]) for name, p in best.items()]
    scored.sort(reverse=True, key=lambda s: s[0])
    tp, best = 0, (0, 0, 0, 0)
    at_precision = (0, 0, 0)
    for n, (p, right, _) in enumerate(scored, 1):
        tp += right
        f = 2 * tp / (n + gold_total)
        best = max(best, (f, p, tp / n, tp / gold_total))
        if tp / n >= 0.65:
            at_precision = (p, tp / n, tp / gold_total)
    f = 2 * tag["tp"] / max(1, tag["pred"] + tag["gold"])
    print(f"tag F1 {100 * f:.1f} (P {100 * tag['tp'] / max(1, tag['pred']):.1f} R {100 * tag['tp'] / max(1, tag['gold']):.1f}) "
          f"relations F1 {100 * best[0]:.1f} at {best[1]:.2f} (P {100 * best[2]:.1f} R {100 * best[3]:.1f}), "
          f"P 65 at R {100 * at_precision[2]:.1f}, threshold {at_precision[0]:.2f}")
    return scored, gold_total


def signatures(path):
    """Allowed class pairs by relation."""
    table = defaultdict(set)
    for line in open(path, encoding="utf-8"):
        relation, head, tail = line.split()
        table[relation].add((head, tail))
    return table


def fold(args):
    gold = load(args.work, "gold")
    train, held = split(gold, args.fold)
    if args.part < 1:
        train = train[:int(len(train) * args.part)]
    out = os.path.join(args.work, args.name or f"fold-{args.fold}")
    network = tune(args, train, out)
    allowed = signatures(os.path.join(args.work, "signatures.txt"))
    for name, documents in (("scored", held), ("held_back", load(args.work, "held_back"))):
        for finds in (True, False):
            print(name, "with rule finds" if finds else "without rule finds")
            scored, total = judge(network, documents, allowed, finds)
            if finds:
                with open(os.path.join(out, name + ".json"), "w") as file:
                    json.dump({"scored": scored, "gold": total}, file)
    with open(os.path.join(out, "held.txt"), "w") as file:
        file.write("".join(d["id"] + "\n" for d in held))


def final(args):
    gold = load(args.work, "gold")
    tune(args, gold, os.path.join(args.work, "final"))


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("command", choices=["pretrain", "fold", "final"])
    cli.add_argument("--work", required=True)
    cli.add_argument("--minilm", help="folder with MiniLM's model.safetensors")
    cli.add_argument("--layers", type=int, default=3)
    cli.add_argument("--fold", type=int, default=0)
    cli.add_argument("--part", type=float, default=1.0, help="share of the training articles, for a learning curve")
    cli.add_argument("--start", default="pretrained", help="whose weights training goes on from")
    cli.add_argument("--name", help="folder of the result below the work folder, instead of fold-N")
    cli.add_argument("--epochs", type=int, default=1)
    cli.add_argument("--silver", type=float, default=1.0, help="share of the raw news read each epoch")
    cli.add_argument("--public", type=float, default=1.0, help="share of the public sets read each epoch")
    cli.add_argument("--pieces", type=int, default=1024, help="words of a batch")
    cli.add_argument("--unrelated", type=int, default=80, help="unrelated pairs kept of a window")
    cli.add_argument("--rate", type=float, default=1e-4)
    cli.add_argument("--seed", type=int, default=1)
    args = cli.parse_args()
    {"pretrain": pretrain, "fold": fold, "final": final}[args.command](args)


if __name__ == "__main__":
    main()
