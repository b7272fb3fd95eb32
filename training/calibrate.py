"""How often finds of a probability are right, over held-out articles.

usage: calibrate.py --work DIR --parts fold-5/held_back.json,fold-5/scored.json [--model models/en/model.json]

Reads the parts (claims between gold entities that the classifier gives at least 0.05), judges each by
the curve of the others, and prints a reliability table of equal-mass bins over all with the expected
calibration error and its noise floor (what perfectly calibrated finds would show at this number).
With `--model` it writes the curve of the first part into the settings of the weights, so that the
other parts have been seen by nothing.
"""
import argparse
import json
import os

import numpy as np


def isotonic(x, y, bins):
    """Mean probability and rate of right finds of equal-mass bins, made to rise (pool adjacent violators)."""
    order = np.argsort(x, kind="stable")
    blocks = [[x[part].mean(), y[part].mean(), len(part)] for part in np.array_split(order, bins) if len(part)]
    merged = []
    for block in blocks:
        merged.append(list(block))
        while len(merged) > 1 and merged[-2][1] > merged[-1][1]:
            a, b = merged[-2], merged.pop()
            n = a[2] + b[2]
            merged[-1] = [(a[0] * a[2] + b[0] * b[2]) / n, (a[1] * a[2] + b[1] * b[2]) / n, n]
    return [(float(a), float(b)) for a, b, _ in merged]


def error(p, y, bins=5):
    """Expected calibration error over equal-mass bins."""
    order = np.argsort(p, kind="stable")
    return sum(abs(p[part].mean() - y[part].mean()) * len(part) for part in np.array_split(order, bins)) / len(p)


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--work", required=True)
    cli.add_argument("--parts", required=True)
    cli.add_argument("--model")
    args = cli.parse_args()
    by_part = []
    for name in args.parts.split(","):
        scored = json.load(open(os.path.join(args.work, name)))["scored"]
        by_part.append(np.array([(p, right) for p, right, _ in scored], float))
    points = isotonic(by_part[0][:, 0], by_part[0][:, 1], 12)
    # Each part is judged by the others where there are others.
    calibrated, right = [], []
    for at, part in enumerate(by_part):
        rest = np.concatenate([f for i, f in enumerate(by_part) if i != at]) if len(by_part) > 1 else part
        curve = isotonic(rest[:, 0], rest[:, 1], 12)
        calibrated.append(np.interp(part[:, 0], *zip(*curve)))
        right.append(part[:, 1])
    p, y = np.concatenate(calibrated), np.concatenate(right)
    rng = np.random.default_rng(1)
    floor = np.mean([error(p, rng.random(len(p)) < p) for _ in range(200)])
    print(f"n {len(p)}, expected calibration error {error(p, y):.3f}, noise floor {floor:.3f}")
    for part in np.array_split(np.argsort(p, kind="stable"), 5):
        print(f"  confidence {p[part].mean():.3f}  right {y[part].mean():.3f}  n {len(part)}")
    if args.model:
        settings = json.load(open(args.model))
        settings["calibration"] = [[round(a, 4), round(b, 4)] for a, b in points]
        with open(args.model, "w") as out:
            json.dump(settings, out, indent=1)
            out.write("\n")


if __name__ == "__main__":
    main()
