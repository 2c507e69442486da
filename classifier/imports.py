"""Libraries that load others wherever those are installed, loaded without them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Import something while modules that aren't loaded yet can't be; whoever wants them afterwards gets them."""
    kept_out = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(kept_out))  # type: ignore[arg-type]  # None there means "not to be imported"
    try:
        yield
    finally:
        for name in kept_out:
            del sys.modules[name]
