"""Run every line: `python -m benchmarks [name …]`. Modules here with a run() take part, those BY_NAME when named."""

import importlib
import pkgutil
import sys
import time

import benchmarks

BY_NAME = {"learning"}  # minutes long, and no figure of speed


def main() -> int:
    """Print the lines of the modules named, nearly all by default; 1 when a figure isn't reached."""
    wanted, missed, ran = {name for name in sys.argv[1:] if not name.startswith("--")}, 0, set[str]()
    unmeasured = list[str]()
    for found in sorted(pkgutil.iter_modules(benchmarks.__path__), key=lambda module: module.name):
        if found.name.startswith("__") or (found.name not in wanted if wanted else found.name in BY_NAME):
            continue
        run = getattr(importlib.import_module(f"benchmarks.{found.name}"), "run", None)
        if run is None:
            continue
        ran.add(found.name)
        start = time.monotonic()
        print(f"— {found.name}", flush=True)
        lines = 0
        for line in run():
            print(line, flush=True)
            missed += not line.held
            lines += 1
        if not lines:
            print("  not measured: what it reads isn't here (../shared)", flush=True)
            unmeasured.append(found.name)
        print(f"  ({time.monotonic() - start:.0f} s)", flush=True)
    if unknown := wanted - ran:
        sys.exit(f"there is no benchmark {', '.join(sorted(unknown))} to run from here")
    left = f", nothing measured of {', '.join(unmeasured)}" if unmeasured else ""
    print(f"{missed} figures not reached{left}" if missed else f"every figure measured is reached{left}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
