"""The doctor's look at what verdicts stand on: the database and its history, evidence, the model, the sources."""

import contextlib
from collections.abc import Iterator

from pipeline.home import DEFAULT, Home
from pipeline.inforce import HomeError
from pipeline.locks import keepers
from pipeline.operations.doctor_checks import Check, asked, bring_back, own_again
from pipeline.records import after, counted, now
from pipeline.settings import Settings
from pipeline.store import Database, StoreError, audit, copies, fetches, models, open_store, watching
from pipeline.store.database import can_write, try_writing
from pipeline.store.guards import foreign, lost

WAL_MB = 256  # the write-ahead log is emptied every few minutes; this much means a reader holds it


def look_at_database(home: Home, settings: Settings) -> Iterator[Check]:
    if not home.has_database:
        from pipeline.operations.rotation import lost

        if said := lost(home, home.root / settings.keep.backups):
            yield Check("database", "bad", said[0].removesuffix("."), said[1])
            return
        yield Check("database", "odd", home.no_database, f"{home.made_by} makes it.")
        return
    if wrong := copies.problems(home.database):
        yield Check("database", "bad", *_damage(home, settings, wrong[0]))
        return
    try:
        with contextlib.closing(open_store(home.database, read_only=True)) as db:
            found = copies.contents(db)
            held = f"{counted(found['posts'], 'post')}, {counted(found['decisions'], 'decision')}"
            yield Check("database", "ok", f"{held}, checked whole")
            yield from _history(db)
    except StoreError as error:
        older = "older schema" in str(error)
        if not older:
            yield Check("database", "bad", str(error), "Do what it says, and look again.")
            return
        advice = "`soi status` brings it up to date, and keeps a copy."
        if others := keepers(home):
            advice = f"End what is at work here first (`kill {' '.join(map(str, others))}`); then {advice}"
        yield Check("database", "odd", str(error).partition(";")[0], advice)
        return
    yield from _writing(home)


def _damage(home: Home, settings: Settings, wrong: str) -> tuple[str, str]:
    """What is told of a database that can't be read whole, and what to do."""
    if "disk I/O" in wrong or "is full" in wrong:  # says nothing of what is written there
        return wrong, "Free some space, and look again; if there is enough, the disk fails."
    if "unable to open" in wrong:
        return wrong, own_again(home)
    return f"{home.database.name} is damaged: {wrong}", bring_back(home, settings)


def _writing(home: Home) -> Iterator[Check]:
    """Whether the database can be written, and its log be emptied."""
    try:
        try_writing(home.database, seconds=3)
    except StoreError as error:
        held = can_write(home.database)
        advice = "Another program holds the database; `fuser` its file, and end it." if held else own_again(home)
        yield Check("writing", "bad", str(error), advice)
    wal = home.database.with_name(home.database.name + "-wal")
    if wal.exists() and wal.stat().st_size >> 20 > WAL_MB:
        advice = "Something keeps a read open for long; end programs that look into the database, then `soi prune`."
        yield Check("write-ahead log", "odd", f"{wal.stat().st_size >> 20} MB", advice)


def _history(db: Database) -> Iterator[Check]:
    """Whether what is only added to could have been changed, or was."""
    checked = audit.check(db)
    if checked.first_broken or checked.decisions or checked.words or checked.cases:
        yield Check("log", "bad", "what was done isn't as it was written down", "`soi log` names what, and how.")
    else:
        yield Check("log", "ok", f"{counted(checked.lines, 'line')}, and the verdicts as told there")
    if gone := lost(db):
        found = f"{', '.join(gone[:3])}{' …' * (len(gone) > 3)}: not as Soi made {'it' if len(gone) == 1 else 'them'}"
        advice = "Somebody could change or delete what was written; compare with a backup from before (`soi restore`)."
        yield Check("history", "bad", found, advice)
    if added := foreign(db):
        found = f"{', '.join(added[:3])}{' …' * (len(added) > 3)}: no trigger of Soi's"
        advice = "What is written may be changed by it at once: look at it in sqlite_master; DROP TRIGGER takes it out."
        yield Check("triggers", "bad", found, advice)


def look_at_evidence(home: Home) -> Iterator[Check]:
    """Passages that no claim can be compared with, or none should: imported before they were refused."""
    from classifier.evidence.facts import shipped_passages
    from classifier.evidence.retrieval import unreadable_day
    from classifier.evidence.told import OF_CLAIMS
    from pipeline.indexing import passage_of, rows_off
    from pipeline.store import evidence, shippedfacts

    if not home.has_database:
        return
    with contextlib.suppress(StoreError), contextlib.closing(open_store(home.database, read_only=True)) as db:
        left, echoes = list[str](), list[str]()
        for row in evidence.passages(db):
            if row.kind in OF_CLAIMS:
                echoes.append(row.eid)
            elif unreadable_day(passage_of(row)):
                left.append(row.eid)
        if left:
            advice = f"`soi evidence remove {_some(left)}`, or import them again with days such as 2025-11-30."
            yield Check("evidence", "odd", f"{len(left)} left out: a date of theirs can't be read", advice)
        if echoes:
            advice = f"`soi evidence remove {_some(echoes)}`: a file of evidence takes none any more."
            yield Check("evidence", "odd", f"{len(echoes)} say a judged claim over again, and support it", advice)
        if gone := [eid for eid in shippedfacts.removed(db) if eid in {fact.eid for fact in shipped_passages()}]:
            advice = f"`soi evidence restore {_some(gone)}` brings them back, if that was a mistake."
            yield Check("facts", "ok", f"{len(gone)} that ship removed here", advice)
        for name, off in rows_off(db).items():
            advice = f"Mend its rows by the words of now, and `soi evidence import {name}` again."
            told = f"rows of {name} count no more, as what they are on is worded anew or gone: {_some(off)}"
            yield Check("rows", "odd", told, advice)
        if not left + echoes:
            yield Check("evidence", "ok", counted(evidence.passages_now(db).n, "passage"))


def _some(names: list[str]) -> str:
    return " ".join(names[:5]) + (" …" if len(names) > 5 else "")


def look_at_model(home: Home, settings: Settings) -> Iterator[Check]:
    from classifier.errors import ModelRefused
    from classifier.loading import load_model, read_card
    from pipeline.registry import RegistryError, model_folder, unpassed

    version, ungated = DEFAULT, ""
    if home.has_database:
        with contextlib.suppress(StoreError), contextlib.closing(open_store(home.database, read_only=True)) as db:
            version = models.live_version(db)
            with contextlib.suppress(ModelRefused, RegistryError, HomeError):  # told below and elsewhere
                ungated = unpassed(home, db, version)
    folder = home.model(version)
    if not folder.is_dir():
        yield Check("model", "bad", f"{folder} isn't there", _mend_model(version))
        return
    try:
        card = read_card(model_folder(home, version))
        yield Check("model", "ok", f"{card['version']}, every file as its card says")
    except (ModelRefused, RegistryError) as error:
        yield Check("model", "bad", str(error), _mend_model(version))
        return
    if ungated:
        yield Check("parts", "bad", ungated, "Nothing is scored until then.")
    elif settings.parts:  # code that never passed isn't run
        try:
            load_model(folder, parts=home.parts)
        except ModelRefused as error:
            yield Check("parts", "bad", str(error), "Mend or take out its line under [parts] of soi.toml.")
            return
        yield Check("parts", "ok", ", ".join(f"{name}: {said}" for name, said in settings.parts.items()))


def _mend_model(version: str) -> str:
    if version == DEFAULT:
        return "Install Soi again: this model comes with it."
    return "Bring its folder back from a backup, or `soi rollback` to an earlier model."


def look_at_sources(home: Home, settings: Settings) -> Iterator[Check]:
    from crawlers.run import nobody_to_reach
    from crawlers.sources import SourcesError, load

    try:
        found = [s for s in load(home.source_list) if not s.off]
    except SourcesError as error:
        closed = isinstance(error.__cause__, PermissionError)
        advice = "Do what it says, and look again." if closed else f"Mend {home.sources}, or bring it back."
        yield Check("sources", "bad", str(error), advice)
        return
    public = nobody_to_reach(found, contact=settings.crawl.contact)
    if not found:
        yield Check("sources", "odd", "none is on", "`soi sources add URL`, or turn one on.")
    elif public:
        advice = "Set crawl.contact in soi.toml to a page or mail address, so that a site can reach you."
        yield Check("sources", "bad", f"{counted(len(public), 'public source')}, and crawl.contact is empty", advice)
    else:
        ids, day = [source.id for source in found], after(now(), hours=-24)
        none: list[tuple[str, int]] = []
        if away := asked(home, lambda db: _unread(db, ids), 0):
            advice = "`soi status` names them, and says what to do."
            yield Check("sources", "odd", f"{away} of {len(found)} can't be read", advice)
        if full := asked(home, lambda db: watching.overflowing(db, since=day), none):
            advice = "Look at their lists twice: where the addresses change each time, `soi sources off` it."
            said = ", ".join(f"{source_id} ({counted(n, 'page')} let go unread)" for source_id, n in full)
            yield Check("sources", "odd", f"lists name more than is kept waiting: {said}", advice)
        if not (away or full):
            yield Check("sources", "ok", f"{len(found)} on", "`soi sources check` asks each of them.")


def _unread(db: Database, ids: list[str]) -> int:
    return sum(row["health"] not in {"ok", "slow", "new"} for row in fetches.all_health(db, of=ids))
