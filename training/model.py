"""The network: a small encoder with a tagger and a classifier of mention pairs over it.

Encoder: BERT (Devlin et al. 2019), the first layers of MiniLM (Wang et al. 2020), with the
case shape and the rules' mentions as further input embeddings. Pairs: both mentions and the
words of the window as each pair sees them (attention pooling, with the words' place relative
to the mentions as a bias), after the localized context pooling of ATLOP (Zhou et al. 2021).
"""
import json
import math
import os

import torch
from torch import nn
from torch.nn import functional as F

from features import CLASSES, SUBCLASSES

SHAPES, RULE_TAGS, FLAGS, PLACES, GAPS = 6, 10, 3, 6, 3
ZONE_HEADS = 4


class Layer(nn.Module):
    def __init__(self, width, heads, inner, dropout):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, bias):
        b, n, d = x.shape
        split = lambda y: y.view(b, n, self.heads, d // self.heads).transpose(1, 2)
        y = F.scaled_dot_product_attention(split(self.query(x)), split(self.key(x)), split(self.value(x)), attn_mask=bias)
        x = self.norm1(x + self.dropout(self.out(y.transpose(1, 2).reshape(b, n, d))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, layers, width=384, heads=12, inner=768, vocabulary=30522, positions=512, dropout=0.1):
        super().__init__()
        # Not trained further: a few hundred articles would only pull the pieces that they have
        # away from their neighbours.
        self.piece = nn.EmbeddingBag(vocabulary, width, mode="mean")
        self.piece.weight.requires_grad_(False)
        self.position = nn.Embedding(positions, width)
        self.shape = nn.Embedding(SHAPES + 1, width)
        self.rule = nn.Embedding(RULE_TAGS, width)
        self.rule_subclass = nn.Embedding(len(SUBCLASSES), width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)
        for new in (self.shape, self.rule, self.rule_subclass):
            nn.init.normal_(new.weight, std=0.02)

    def embed(self, pieces, starts, shape, rule, rule_subclass):
        """A word is the mean of its pieces: a third fewer positions than pieces."""
        places = torch.arange(shape.shape[1])
        words = self.piece(pieces, starts).view(*shape.shape, -1)
        return words + self.position(places)[None] + self.shape(shape) + self.rule(rule) + self.rule_subclass(rule_subclass)

    def encode(self, embedded, mask):
        x = self.dropout(self.norm(embedded))
        bias = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_pretrained(self, path, chosen):
        """Takes over the weights of a BERT checkpoint; `chosen` says which of its layers."""
        from safetensors.torch import load_file
        weights = load_file(path)
        weights = {k.removeprefix("bert."): v for k, v in weights.items()}
        self.piece.weight.data.copy_(weights["embeddings.word_embeddings.weight"])
        self.position.weight.data.copy_(weights["embeddings.position_embeddings.weight"]
                                        + weights["embeddings.token_type_embeddings.weight"][0])
        names = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                 "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
                 "down": "output.dense", "norm2": "output.LayerNorm"}
        for part in ("weight", "bias"):
            getattr(self.norm, part).data.copy_(weights[f"embeddings.LayerNorm.{part}"])
            for layer, number in zip(self.layers, chosen):
                kept = strongest(weights, number, layer.up.out_features)
                for ours, theirs in names.items():
                    value = weights[f"encoder.layer.{number}.{theirs}.{part}"]
                    if ours == "up":
                        value = value[kept]
                    elif ours == "down" and part == "weight":
                        value = value[:, kept]
                    getattr(getattr(layer, ours), part).data.copy_(value)


def strongest(weights, number, most):
    """The neurons of a feed-forward layer with the largest product of the norms of both sides."""
    up, down = (weights[f"encoder.layer.{number}.{part}.dense.weight"] for part in ("intermediate", "output"))
    strength = up.norm(dim=1) * down.norm(dim=0)
    return torch.sort(torch.topk(strength, min(most, len(strength))).indices).values


class PairHead(nn.Module):
    """Hidden representation of an ordered pair of mentions."""

    def __init__(self, width=384, hidden=256, key=32, dropout=0.2):
        super().__init__()
        self.start = nn.Linear(width, 2 * hidden)
        self.end = nn.Linear(width, 2 * hidden)
        self.kind = nn.Embedding(len(CLASSES) + 1, 2 * hidden)
        self.subclass = nn.Embedding(len(SUBCLASSES), 2 * hidden)
        self.flag = nn.Embedding(FLAGS, 2 * hidden)
        self.gap = nn.Embedding(2 * GAPS, hidden)
        self.rule = nn.Embedding(35, hidden)
        self.key = nn.Linear(width, ZONE_HEADS * key)
        self.value = nn.Linear(width, hidden)
        self.query = nn.Linear(hidden, ZONE_HEADS * key)
        self.zone = nn.Embedding(PLACES, ZONE_HEADS)
        self.mix = nn.Linear(hidden, hidden)
        self.hidden, self.size = hidden, key
        self.dropout = nn.Dropout(dropout)
        for new in (self.kind, self.subclass, self.flag, self.gap, self.rule):
            nn.init.normal_(new.weight, std=0.05)
        nn.init.zeros_(self.zone.weight)

    def mentions(self, states, mention):
        """Both projections of every mention, as head and as tail: [mentions, 2, hidden]."""
        b, start, end, kind, sub, flag = (mention[:, i] for i in range(6))
        x = (self.start(states[b, start]) + self.end(states[b, end]) + self.kind(kind) + self.subclass(sub)
             + self.flag(flag))
        return x.view(-1, 2, self.hidden)

    def forward(self, ends, keys, values, zones, gap, rule):
        """ends [B, P, 2, hidden]; keys [B, n, heads * size]; values [B, n, hidden]; zones [B, P, n], 0 = none."""
        b, p, n = zones.shape
        x = ends[:, :, 0] + ends[:, :, 1] + self.gap(gap) + self.rule(rule)
        query = self.query(torch.tanh(x)).view(b, p, ZONE_HEADS, self.size).transpose(1, 2)
        keys = keys.view(b, n, ZONE_HEADS, self.size).permute(0, 2, 3, 1)
        scores = query @ keys / math.sqrt(self.size) + self.zone(zones).permute(0, 3, 1, 2)
        scores = scores.masked_fill((zones == 0)[:, None], -1e4)
        values = values.view(b, n, ZONE_HEADS, -1).transpose(1, 2)
        context = (torch.softmax(scores, -1) @ values).transpose(1, 2).reshape(b, p, self.hidden)
        return F.gelu(self.mix(self.dropout(F.gelu(x + context))) + x)


class Network(nn.Module):
    def __init__(self, layers, tag_sets, pair_sets, **encoder):
        super().__init__()
        self.encoder = Encoder(layers, **encoder)
        width = self.encoder.norm.normalized_shape[0]
        self.dropout = nn.Dropout(0.1)
        self.tag = nn.ModuleDict({name: nn.Linear(width, 2 * len(labels) + 1) for name, labels in tag_sets.items()})
        self.subclass = nn.Linear(2 * width, len(SUBCLASSES))
        self.pair_head = PairHead(width)
        self.pair = nn.ModuleDict({name: nn.Linear(self.pair_head.hidden, len(labels)) for name, labels in pair_sets.items()})

    def states(self, batch):
        t = torch.from_numpy
        embedded = self.encoder.embed(t(batch["pieces"]), t(batch["starts"]), t(batch["shape"]), t(batch["rule"]), t(batch["rule_subclass"]))
        return self.encoder.encode(embedded, t(batch["mask"]))

    def tags(self, states, at, name):
        return self.tag[name](self.dropout(states[at[:, 0], at[:, 1]]))

    def subclasses(self, states, at):
        both = torch.cat([states[at[:, 0], at[:, 1]], states[at[:, 0], at[:, 2]]], -1)
        return self.subclass(self.dropout(both))

    def pairs(self, states, batch, name, rows=None):
        """Logits of the pairs `rows` of the batch."""
        mention, pair = torch.from_numpy(batch["mention"]), torch.from_numpy(batch["pair"])
        if rows is not None:
            pair = pair[rows]
        head, tail = mention[pair[:, 0]], mention[pair[:, 1]]
        # Pairs side by side by window: [windows, most pairs of a window].
        window = head[:, 0]
        count = torch.bincount(window, minlength=states.shape[0])
        first = torch.cumsum(count, 0) - count
        slot = torch.arange(len(pair)) - first[window]
        shape = (states.shape[0], int(count.max()))

        def spread(values):
            out = values.new_zeros(shape + values.shape[1:])
            out[window, slot] = values
            return out

        ends = self.pair_head.mentions(self.dropout(states), mention)
        ends = torch.stack([ends[pair[:, 0], 0], ends[pair[:, 1], 1]], 1)
        keys, values = self.pair_head.key(states), self.pair_head.value(states)
        zones = zones_of(head, tail, torch.from_numpy(batch["mask"]), torch.from_numpy(batch["sentence_of"]))
        gap = (head[:, 6] - tail[:, 6]).abs().clamp(max=GAPS - 1) + GAPS * (head[:, 1] > tail[:, 1])
        hidden = self.pair_head(spread(ends), keys, values, spread(zones), spread(gap), spread(pair[:, 2]))
        return self.pair[name](hidden[window, slot])


def zones_of(head, tail, mask, sentence_of):
    """Where each word stands: 0 nowhere, 1 in the head, 2 in the tail, 3 between, 4 in the same
    sentence as either, 5 elsewhere."""
    window = head[:, 0]
    n = mask.shape[1]
    at = torch.arange(n)[None]
    sentence = sentence_of[window]
    zones = torch.full((len(head), n), 5)
    near = (sentence == head[:, 6:7]) | (sentence == tail[:, 6:7])
    zones[near] = 4
    low = torch.minimum(head[:, 2], tail[:, 2])[:, None]
    high = torch.maximum(head[:, 1], tail[:, 1])[:, None]
    zones[(at > low) & (at < high)] = 3
    zones[(at >= tail[:, 1:2]) & (at <= tail[:, 2:3])] = 2
    zones[(at >= head[:, 1:2]) & (at <= head[:, 2:3])] = 1
    zones[~mask[window]] = 0
    return zones


def save(network, path, settings):
    os.makedirs(path, exist_ok=True)
    torch.save(network.state_dict(), os.path.join(path, "weights.pt"))
    with open(os.path.join(path, "settings.json"), "w") as out:
        json.dump(settings, out, indent=1, sort_keys=True)
