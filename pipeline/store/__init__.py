"""Everything that is written down, in one SQLite file; all SQL lives in this folder."""

import sys

# sqlite_utils loads numpy and pandas where they are installed, only to know their column types, which nothing here
# stores: up to 2 s and 77 MB that every command would pay
_HEAVY = [name for name in ("numpy", "pandas") if name not in sys.modules and "sqlite_utils" not in sys.modules]
sys.modules.update(dict.fromkeys(_HEAVY))  # type: ignore[arg-type]  # None there means "not to be imported"
try:
    from sqlite_utils import Database

    from pipeline.store.database import StoreError, open_in_memory, open_store, write
finally:
    for _name in _HEAVY:
        del sys.modules[_name]

__all__ = ["Database", "StoreError", "open_in_memory", "open_store", "write"]
