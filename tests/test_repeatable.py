"""The same text gives the same score in every process: nothing depends on the order in which a set is read."""

import os
import subprocess
import sys
from pathlib import Path

from classifier.evaluation.corpora import rows
from classifier.files import shipped

SCORE = """
from classifier.evaluation.corpora import rows
from classifier.evidence.facts import shipped_passages
from classifier.loading import load_model
from classifier.scoring import Item, score
from classifier.files import shipped
from pipeline.indexing import build_index
model = load_model(shipped("models", "default"))
index = build_index(shipped_passages(), model)
texts = [row["text"] for name in ("claims", "protected") for row in rows(shipped("data", "gate", f"{name}.jsonl"))][::3]
for found in score(model, [Item(str(at), text) for at, text in enumerate(texts)], index=index):
    print(found)
"""


def scored(seed: str) -> str:
    root, env = Path(__file__).resolve().parents[1], os.environ | {"PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", SCORE], capture_output=True, text=True, check=True, cwd=root, env=env)
    return done.stdout


def test_scores_do_not_depend_on_the_hash_seed():
    first = scored("1")
    asked = [row for name in ("claims", "protected") for row in rows(shipped("data", "gate", f"{name}.jsonl"))][::3]
    assert first.count("Score(") == len(asked) > 0
    assert scored("2").splitlines() == first.splitlines()
