"""Everything that is written down, in one SQLite file; all SQL lives in this folder."""

from classifier.imports import without

# sqlite_utils loads numpy and pandas where they are installed, only to know their column types, which nothing here
# stores: up to 2 s and 77 MB that every command would pay
with without("numpy", "pandas"):
    from sqlite_utils import Database

    from pipeline.store.database import StoreError, open_in_memory, open_store, write

__all__ = ["Database", "StoreError", "open_in_memory", "open_store", "write"]
