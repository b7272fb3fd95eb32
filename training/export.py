"""Weights to the form that the program reads: int8 tables and ONNX graphs.

usage: export.py --network DIR --out DIR [--float]

Writes `embeddings.bin` (rows of int8 with a float scale each, then the small tables in float),
`encoder.onnx`, `pairs.onnx` (weights of matrix products int8 per output channel unless --float;
activations are quantized at run time) and `model.json` (the order of classes and relations).
"""
import argparse
import json
import os
import struct

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.preprocess import quant_pre_process
from torch import nn
from torch.nn import functional as F

import features
from features import CLASSES, RELATIONS, SUBCLASSES
from model import Network
from train import TAGS

OPSET = 17
# Chosen on our own annotations that are held back; calibrate.py writes the calibration.
DECISIONS = {"name": "newsgraph-en/2", 
             "names": {"followed": ["Person", "Place"], "add": 0.95, "retype": 0.7, "drop": 0.8},
             "thresholds": {"": 0.85}, "calibration": []}


def attention(query, key, value):
    """Written out, since the exporter has no graph for the fused form."""
    return torch.softmax(query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5, -1) @ value


class EncoderGraph(nn.Module):
    """Sums of embeddings of one window [1, n, width] -> states and logits of tags."""

    def __init__(self, network):
        super().__init__()
        self.encoder, self.tag = network.encoder, network.tag["gold"]

    def forward(self, embedded):
        x = self.encoder.norm(embedded)
        for layer in self.encoder.layers:
            n, d = x.shape[1], x.shape[2]
            split = lambda y: y.view(1, n, layer.heads, d // layer.heads).transpose(1, 2)
            y = attention(split(layer.query(x)), split(layer.key(x)), split(layer.value(x)))
            x = layer.norm1(x + layer.out(y.transpose(1, 2).reshape(1, n, d)))
            x = layer.norm2(x + layer.down(F.gelu(layer.up(x))))
        return x, self.tag(x)


class PairGraph(nn.Module):
    """States of one window, its mentions and pairs of them -> logits of relations and subclasses.

    `mentions` [M, 5]: first word, last word, class, subclass, flag. `pairs` [P, 4]: head, tail
    (indexes of mentions), gap, the rules' find. `zones` [P, n]: where each word stands.
    """

    def __init__(self, network):
        super().__init__()
        self.head, self.out, self.subclass = network.pair_head, network.pair["gold"], network.subclass

    def forward(self, states, mentions, pairs, zones):
        first, last = states[:, mentions[:, 0]], states[:, mentions[:, 1]]
        subclasses = self.subclass(torch.cat([first, last], -1))
        h = self.head
        x = (h.start(first) + h.end(last))[0] + h.kind(mentions[:, 2]) + h.subclass(mentions[:, 3]) + h.flag(mentions[:, 4])
        x = x.view(-1, 2, h.hidden)
        ends = torch.stack([x[pairs[:, 0], 0], x[pairs[:, 1], 1]], 1)[None]
        hidden = h(ends, h.key(states), h.value(states), zones[None], pairs[None, :, 2], pairs[None, :, 3])
        return self.out(hidden), subclasses


def write_embeddings(encoder, path):
    with open(path, "wb") as out:
        table = encoder.piece.weight.detach().numpy()
        out.write(struct.pack("<4I", table.shape[0], table.shape[1], features.LONGEST, 3))
        scale = np.maximum(np.abs(table).max(axis=1), 1e-8) / 127
        out.write(scale.astype("<f4").tobytes())
        out.write(np.round(table / scale[:, None]).astype(np.int8).tobytes())
        out.write(encoder.position.weight.detach().numpy()[:features.LONGEST].astype("<f4").tobytes())
        for small in (encoder.shape, encoder.rule, encoder.rule_subclass):
            out.write(struct.pack("<I", small.weight.shape[0]))
            out.write(small.weight.detach().numpy().astype("<f4").tobytes())


def write_graph(graph, inputs, names, outputs, axes, path, quantize):
    plain = path + ".float"
    torch.onnx.export(graph, inputs, plain, input_names=names, output_names=outputs, dynamic_axes=axes,
                      opset_version=OPSET, dynamo=False)
    if quantize:
        quant_pre_process(plain, plain, skip_symbolic_shape=True)
        quantize_dynamic(plain, path, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"],
                         extra_options={"MatMulConstBOnly": True})
        os.remove(plain)
    else:
        os.replace(plain, path)
    # Neither names nor shapes of the build machine are needed to run the graph.
    graph = onnx.load(path)
    graph.doc_string = ""
    for node in graph.graph.node:
        node.doc_string = ""
    onnx.save(graph, path)


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--network", required=True)
    cli.add_argument("--out", required=True)
    cli.add_argument("--float", action="store_true")
    args = cli.parse_args()
    settings = json.load(open(os.path.join(args.network, "settings.json")))
    network = Network(settings["layers"], TAGS, settings["pair_sets"])
    network.load_state_dict(torch.load(os.path.join(args.network, "weights.pt")))
    network.eval()
    os.makedirs(args.out, exist_ok=True)
    at = lambda name: os.path.join(args.out, name)
    write_embeddings(network.encoder, at("embeddings.bin"))
    n, width = 9, network.encoder.norm.normalized_shape[0]
    write_graph(EncoderGraph(network), (torch.randn(1, n, width),), ["embedded"], ["states", "tags"],
                {"embedded": {1: "words"}, "states": {1: "words"}, "tags": {1: "words"}}, at("encoder.onnx"),
                not args.float)
    mentions = torch.tensor([[1, 2, 0, 0, 0], [4, 5, 1, 2, 0], [6, 6, 2, 3, 1]])
    pairs = torch.tensor([[0, 1, 0, 0], [1, 0, 3, 4]])
    zones = torch.randint(1, 6, (2, n))
    write_graph(PairGraph(network), (torch.randn(1, n, width), mentions, pairs, zones),
                ["states", "mentions", "pairs", "zones"], ["relations", "subclasses"],
                {"states": {1: "words"}, "mentions": {0: "mentions"}, "pairs": {0: "pairs"},
                 "zones": {0: "pairs", 1: "words"}, "relations": {1: "pairs"}, "subclasses": {1: "mentions"}},
                at("pairs.onnx"), not args.float)
    with open(at("model.json"), "w") as out:
        json.dump({"classes": CLASSES, "subclasses": SUBCLASSES, "relations": RELATIONS,
                   "longest": features.LONGEST, "farthest": features.FARTHEST, **DECISIONS}, out, indent=1)
        out.write("\n")
    print({name: os.path.getsize(at(name)) for name in sorted(os.listdir(args.out))})


if __name__ == "__main__":
    main()
