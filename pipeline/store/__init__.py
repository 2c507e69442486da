"""Everything that is written down, in one SQLite file; all SQL lives in this folder and in pipeline.migrations."""

from pipeline.store.database import StoreError, open_store, write

__all__ = ["StoreError", "open_store", "write"]
