"""One command from raw data to weights and scores.

usage: run.py --shared DIR --work DIR --minilm DIR [--folds] [--out DIR]

`--shared` holds `gold/articles` and `data/`; `--minilm` is the folder with MiniLM's
`model.safetensors`. Prints the scores of the held-out articles; writes the weights to `--out`
(`models/en` beside this folder by default).
"""
import argparse
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


def step(script, *arguments):
    print("==", script, *arguments, flush=True)
    subprocess.run([sys.executable, "-u", os.path.join(HERE, script), *arguments], check=True)


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--shared", required=True)
    cli.add_argument("--work", required=True)
    cli.add_argument("--minilm", required=True)
    cli.add_argument("--folds", action="store_true", help="the five folds of the cross-validation too")
    cli.add_argument("--out", default=os.path.join(ROOT, "models", "en"))
    args = cli.parse_args()
    work = ["--work", args.work]
    program = os.path.join(ROOT, "target", "release", "examples", "model_input")
    step("prepare.py", "--shared", args.shared, "--program", program, *work)
    step("train.py", "pretrain", *work, "--minilm", args.minilm, *PRETRAINING)
    # Fold 5 holds back the fixed validation part and ships; thresholds and calibration are chosen on
    # our own annotations that are held back.
    for fold in [*(range(5) if args.folds else []), 5]:
        step("train.py", "fold", *work, "--fold", str(fold), *TUNING)
    step("export.py", "--network", os.path.join(args.work, "fold-5"), "--out", args.out)
    step("calibrate.py", *work, "--parts", "fold-5/held_back.json,fold-5/scored.json", "--model", os.path.join(args.out, "model.json"))


PRETRAINING = ["--silver", "0.25", "--public", "0.7", "--epochs", "1", "--pieces", "1536"]
TUNING = ["--epochs", "15", "--pieces", "768"]


if __name__ == "__main__":
    main()
