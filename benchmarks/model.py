"""The default model: how large its files are, and how long it takes to load."""

import subprocess
import sys

from benchmarks import world
from benchmarks.measure import ROUNDS, Line, of_samples

LOAD = """
import time
from pathlib import Path
from classifier import loading
from classifier.entailment import verdict
from classifier.readers import kind, rights  # what is imported anyway isn't counted
start = time.process_time()
loading.load_model(Path({folder!r}))
print(time.process_time() - start)
"""


def run() -> list[Line]:
    """Size of its files, the card among them, and processor seconds of loading them, each time in a new process."""
    size = sum(path.stat().st_size for path in world.MODEL.iterdir() if path.is_file()) / 1e6
    program = LOAD.format(folder=str(world.MODEL))
    seconds = [_said(program) for _ in range(ROUNDS + 1)][1:]
    return [
        Line("default model, files", size, unit="MB", reach=8, least=False),
        of_samples("default model, loading", seconds, unit="s", reach=0.3, least=False),
    ]


def _said(program: str) -> float:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return float(done.stdout)
