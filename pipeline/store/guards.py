"""The triggers that keep a store's history and indexes whole, and the views it is read by: as they were made or not."""

from sqlite_utils import Database

from pipeline.store.database import StoreError, as_made, schema_in, write

KEPT = ("trigger", "view")


def lost(db: Database) -> list[str]:
    """The triggers and views that aren't as they were made, white space aside."""
    here = schema_in(db)
    return [name for name, made in as_made().items() if made[0] in KEPT and here.get(name, made[:0])[:2] != made[:2]]


def foreign(db: Database) -> list[str]:
    """The triggers that no store of ours has."""
    ours = as_made()
    return [name for name, (kind, *_) in schema_in(db).items() if kind == "trigger" and name not in ours]


def set_right(db: Database) -> list[str]:
    """Take out triggers that no store of ours has, and make anew those and the views that aren't as they were made;
    returns their names. Views of somebody's own stay. Raises StoreError where something else has the name of one.
    """
    ours, here = as_made(), schema_in(db)
    if other := [name for name, made in ours.items() if name in here and here[name][0] != made[0]]:
        raise StoreError(f"{other[0]} in it is a {here[other[0]][0]} where Soi has a {ours[other[0]][0]}.")
    strange, changed = foreign(db), lost(db)
    if strange or changed:
        with write(db):
            for name in [*strange, *(one for one in changed if one in here)]:
                quoted = name.replace('"', '""')
                db.conn.execute(f'DROP {here[name][0]} "{quoted}"')
            for name in changed:
                db.conn.execute(ours[name][2])
    return [*strange, *changed]
