"""Run every line: `python -m benchmarks [name …]`. Modules here with a run() take part, those BY_NAME when named."""

import importlib
import sys
import time
from pathlib import Path

BY_NAME = {"learning"}  # minutes long, and no figure of speed
OPTIONS = {"--all", "--long"}  # as the docstrings of those that read them say


def names() -> list[str]:
    """What can be run, told without loading any."""
    here = Path(__file__).parent.glob("*.py")
    return sorted(path.stem for path in here if "\ndef run(" in path.read_text(encoding="utf-8"))


def main() -> int:
    """Print the lines of the modules named, nearly all by default; 1 when a figure isn't reached."""
    known, wanted, missed = names(), set(sys.argv[1:]) - OPTIONS, 0
    if any(name.startswith("-") for name in wanted):
        print(__doc__, f"Names: {', '.join(known)}", sep="\n")
        return 0 if wanted <= {"-h", "--help"} else 2
    if unknown := wanted.difference(known):
        sys.exit(f"there is no benchmark {', '.join(sorted(unknown))} to run from here; there are {', '.join(known)}")
    unmeasured = list[str]()
    for name in known:
        if name not in wanted if wanted else name in BY_NAME:
            continue
        run = importlib.import_module(f"benchmarks.{name}").run
        start = time.monotonic()
        print(f"— {name}", flush=True)
        lines = 0
        for line in run():
            print(line, flush=True)
            missed += not line.held
            lines += 1
        if not lines:
            print("  not measured: what it reads isn't here (../shared)", flush=True)
            unmeasured.append(name)
        print(f"  ({time.monotonic() - start:.0f} s)", flush=True)
    left = f", nothing measured of {', '.join(unmeasured)}" if unmeasured else ""
    print(f"{missed} figures not reached{left}" if missed else f"every figure measured is reached{left}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
