"""Soi's front door: `soi` on the command line, a module for each person's commands, hung together in `front.py`."""

import sys


def main() -> None:
    """Run a command; Ctrl-C may come while what commands are made of is still loaded."""
    try:
        from soi.front import main as run

        run()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        raise SystemExit(130) from None


__all__ = ["main"]
