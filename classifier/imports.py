"""Libraries that load others wherever those are installed, loaded without them."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from types import ModuleType

_GIVING_WAY = Lock()


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Import something while modules that aren't loaded yet can't be; whoever wants them afterwards gets them."""
    with _standing(names, lambda _: None):  # None there means "not to be imported"
        yield


@contextmanager
def late(*names: str) -> Iterator[None]:
    """Import something that names modules it has no use of so far; what of them is asked for loads them."""
    with _standing(names, _stand_in):
        yield


@contextmanager
def _standing(names: tuple[str, ...], made: Callable[[str], ModuleType | None]) -> Iterator[None]:
    put = {name: made(name) for name in names if name not in sys.modules}
    sys.modules.update(put)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, stood in put.items():
            if sys.modules.get(name) is stood:
                sys.modules.pop(name, None)


def _stand_in(name: str) -> ModuleType:
    """A module that gives way to the one of its name when it is asked for anything."""
    standing = ModuleType(name)

    def of_the_real(attribute: str) -> object:
        with _GIVING_WAY:  # else of two threads the second would take away what the first is loading
            if sys.modules.get(name) is standing:
                del sys.modules[name]
        return getattr(import_module(name), attribute)

    standing.__getattr__ = of_the_real  # type: ignore[method-assign]
    return standing
