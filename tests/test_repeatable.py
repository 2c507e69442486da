"""The same text gives the same score in every process: nothing depends on the order in which a set is read."""

import os
import subprocess
import sys
from pathlib import Path

from ours import facts_index, model

from classifier.evaluation.corpora import rows
from classifier.files import shipped
from classifier.scoring import Item, score

SCORE = """
from test_repeatable import scored
for found in scored():
    print(found)
"""


def scored() -> list[str]:
    """The scores of some of our own texts, in words."""
    texts = [row["text"] for name in ("claims", "protected") for row in rows(shipped("data", "gate", f"{name}.jsonl"))]
    items = [Item(str(at), text) for at, text in enumerate(texts[::6])]
    return [str(found) for found in score(model(), items, index=facts_index())]


def test_scores_do_not_depend_on_the_hash_seed():
    """The other process has its seed of this test, and this one another of its own in every run."""
    here = Path(__file__).parent
    env = os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join([str(here), str(here.parent)])}
    with subprocess.Popen([sys.executable, "-c", SCORE], stdout=subprocess.PIPE, text=True, env=env) as other:
        ours = scored()
        told, _ = other.communicate()
    assert other.returncode == 0
    assert len(ours) > 50
    assert told.splitlines() == ours
