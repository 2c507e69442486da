"""Evidence from files into the store."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from classifier.errors import BadEvidence
from classifier.evidence.retrieval import Passage
from classifier.files import shipped
from pipeline.home import Home
from pipeline.locks import at_work
from pipeline.records import PassageRow
from pipeline.settings import DeskSettings
from pipeline.store import Database, open_store, shippedfacts, write
from pipeline.store.erasure import remove_evidence, was_erased
from pipeline.store.evidence import as_stored, listed, put_passages
from pipeline.store.pieces import ERASED, TAKEN_BACK
from pipeline.store.posts import leads_to_person, web_address

SHOWN = 6  # of a row of articles or ids that the import names
OF_THE_STORE = re.compile(r"(?:factcheck|decision):\d+$")  # ids of evidence that is no passage


def import_facts(db: Database) -> shippedfacts.Brought:
    """The facts table that ships, where it isn't the one that was brought last.

    Of a fact that is only reworded the verdicts stand: the rule is told at the head of the table.
    """
    from classifier.evidence.facts import load, only_reworded, passages
    from pipeline.indexing import import_evidence, passage_of

    table = hashlib.sha256(shipped("data", "facts.toml").read_bytes()).hexdigest()[:16]
    if shippedfacts.is_brought(db, table):
        return shippedfacts.Brought()
    facts = load(shipped("data", "facts.toml"))

    def put(eids: set[str], moved: set[str]) -> tuple[int, int, set[int]]:
        def same(old: PassageRow, new: PassageRow) -> bool:
            said_anew = old.text != new.text and new.eid in moved
            return not said_anew and only_reworded(passage_of(old), passage_of(new))

        return import_evidence(db, [fact for fact in passages(facts) if fact.eid in eids], same=same)

    return shippedfacts.bring(db, {f"fact:{fact.id}": fact.as_of.isoformat() for fact in facts}, put, table=table)


def bring_facts(home: Home) -> str:
    """Bring in what a newer Soi knows before claims are compared with it; what there was, "" for nothing."""
    with at_work(home), closing(open_store(home.database)) as db:
        new = import_facts(db)
        stays = stay_removed(db)
    if not (new.added or new.changed or new.gone):
        return ""
    return f"{new.added} new, {new.changed} changed and {new.gone} withdrawn facts{new.told}{stays}"


def stay_removed(db: Database) -> str:
    """What is said of facts that ship and were removed here, "" of none."""
    n = len(set(shippedfacts.removed(db)) & shipped_ids())
    return f"; {n} removed here stay{'s' if n == 1 else ''} so (`soi evidence restore`)" if n else ""


def import_files(
    db: Database,
    paths: Iterable[Path],
    *,
    desk: DeskSettings,
    title: str = "",
    since: str = "",
    ready: Callable[[Mapping[str, Passage]], object] = lambda found: None,
) -> list[tuple[str, int, int, str, list[str]]]:
    """The facts that ship, and files of passages (.jsonl) or of law by article, with its title and first day in force,
    as (file, added, changed, articles taken for what is issued with the law, sentences on what it hasn't got);
    nothing is written before all files were read and found right, and what `ready` does with their passages, by id as
    they will be stored, went well."""
    from pipeline.indexing import import_evidence, passage_of, row_of

    read = list[tuple[str, list[Passage], dict[str, str], bool, list[str]]]()
    stood = dict[str, str]()  # what the files before will have said
    for path in paths:
        found, urls, plain, told = _read(db, path, stood, desk=desk, title=title, since=since)
        stood |= {passage.eid: passage.text for passage in found}
        read.append((path.name, found, urls, plain, told))
    ready({passage.eid: passage_of(as_stored(row_of(passage))) for _, found, *_ in read for passage in found})
    facts = import_facts(db)
    rows = [("facts.toml", facts.added, facts.changed, "", list[str]())]
    for name, found, urls, plain, told in read:
        if plain:
            rows.append(_import_law(db, name, found))
        else:
            rows.append((name, *import_evidence(db, found, urls=urls)[:2], _issued_with(found), told))
    return rows


def _import_law(db: Database, name: str, found: Sequence[Passage]) -> tuple[str, int, int, str, list[str]]:
    """Bring in a law's text and end what its earlier one had and this hasn't, at once.

    What is no older than this text is taken back instead. A text older than one that came before ends nothing.
    """
    from classifier.evidence.retrieval import said_of
    from pipeline.indexing import import_evidence, passage_of

    since, told = found[0].valid_from, _gaps(name, found)
    with write(db):
        gone, newest = _no_longer_in(db, found)
        added, changed, _ = import_evidence(db, found)
        if not newest:
            told += _named(gone, f"not in {name} are left as they were, as a newer text came before")
            return name, added, changed, _issued_with(found), told
        ended = [row for row in gone if row.valid_from < since]
        if ended:
            last = str(date.fromisoformat(since) - timedelta(days=1))
            said = {row.eid: said_of(passage_of(row)) for row in ended}
            put_passages(db, [replace(row, valid_to=last) for row in ended], said=said, same=lambda *_: False)
            told += _named(ended, f"no more in {name}, ended on {last}")
        taken = [row for row in gone if row.valid_from == since]
        remove_evidence(db, [row.eid for row in taken], person="soi", readable=True)
        told += _named(taken, f"no more in {name}, taken back")
    return name, added, changed, _issued_with(found), told


def _no_longer_in(db: Database, found: Sequence[Passage]) -> tuple[list[PassageRow], bool]:
    """What is in force of a law and not in a text of it, and whether no later text came before.

    A text with the law's Điều 1 is taken for the whole law; any other has some articles, of which a clause may be gone.
    """
    from classifier.evidence.lawtext import WITH

    law, since = found[0].eid.split(":")[1], found[0].valid_from
    own = re.compile(rf"law:{re.escape(law)}(-{re.sub(' ', '-', WITH)}-\d+)?:")
    stored = [row for row in listed(db, f"law:{law}", limit=0)[::-1] if row.kind == "law" and own.match(row.eid)]
    ids, held = {passage.eid for passage in found}, {_article(passage.eid) for passage in found}
    whole = f"law:{law}:1" in held & {_article(row.eid) for row in stored}
    gone = [
        row
        for row in stored
        if row.eid not in ids and (whole or _article(row.eid) in held) and row.text not in (ERASED, TAKEN_BACK)
    ]
    still = [row for row in gone if not row.valid_to or since <= row.valid_to]
    return still, all(row.valid_from <= since for row in stored)


def _article(eid: str) -> str:
    """The id of an article by that of its clause."""
    return ":".join(eid.split(":")[:3])


def _named(rows: Sequence[PassageRow], how: str) -> list[str]:
    """A sentence on some passages; none on none."""
    n = len(rows)
    return [f"{n} passage{'s' * (n != 1)} {how}: {', '.join(_few([row.eid for row in rows]))}."] if rows else []


def _read(
    db: Database, path: Path, stood: Mapping[str, str], *, desk: DeskSettings, title: str, since: str
) -> tuple[list[Passage], dict[str, str], bool, list[str]]:
    """A file's passages, their addresses by eid, whether it is one law in plain text, and sentences on what it doesn't
    say; raises BadEvidence."""
    from classifier.evidence.lawtext import passages, plain_passages
    from classifier.evidence.lines import text_of
    from pipeline.indexing import passage_of

    name = path.name.removesuffix(".gz")
    if name.endswith(".jsonl"):
        rows = list(_own_passages(db, path, desk, roleless := list[str]()))
        if not rows:
            raise BadEvidence(
                f'{path.name} holds no line; each passage is a JSON object with "eid" and "text" on a line.'
            )
        told = told_of(path, roleless, len(rows))
        return [passage_of(row) for row in rows], {row.eid: row.url for row in rows}, False, told
    text, coded = text_of(path), list[Passage]()
    law = title or re.sub(r"[_-]+", " ", Path(name).stem)
    if "constitution" in name.lower() and not title:
        law = "Hiến pháp 2013"
        found = passages(text, constitution=law, since="2014-01-01")
    else:
        coded = passages(text)  # each article under its law's number
        try:
            found = coded or plain_passages(text, name=law, since=since)
        except BadEvidence as error:
            raise BadEvidence(f"{path.name}: {error}") from None
    if not found:
        raise BadEvidence(
            f'{path.name} holds no article that could be read: in plain law each begins a line with "Điều 1."; other'
            ' texts come in as .jsonl with "eid" and "text".'
        )
    if not (title or coded) and _of_another_law(db, found, stood):
        raise BadEvidence(
            f'{path.name}: the law that stands under the name "{law}" says other things in these articles, and was left'
            f' as it is; import the file by itself with its own name (--title), or with --title "{law}" to replace it.'
        )
    return found, {}, not coded, []


def _issued_with(found: Sequence[Passage]) -> str:
    """Which articles of a law were taken for what is issued with it, "" for none."""
    from classifier.evidence.lawtext import WITH

    parts = dict[str, list[str]]()
    for passage in found:
        if passage.kind == "law" and (told := re.search(rf", {WITH} (\d+), Điều (\w+)", passage.source)):
            parts.setdefault(told[1], []).append(told[2])
    shown = {part: _few(list(dict.fromkeys(numbers))) for part, numbers in parts.items()}
    return "; ".join(f"{part}: Điều {', '.join(held)}" for part, held in shown.items())


def _gaps(name: str, found: Sequence[Passage]) -> list[str]:
    """A sentence on the articles of a law, or of what is issued with it, whose number is missing between others."""
    parts = dict[str, set[int]]()
    for _, part, article in (_article(passage.eid).split(":") for passage in found):
        parts.setdefault(part, set()).add(int(re.split(r"\D", article)[0]))
    told = [
        f"{name} has no Điều {', '.join(_few(gap))}{' in what is issued with it' * bool(at)}. If the law does, begin"
        f' each on a line such as "Điều {gap[0]}." and import it again: their words went to the article before.'
        for at, held in enumerate(parts.values())
        if (gap := [str(number) for number in range(min(held), max(held)) if number not in held])
    ]
    return told


def _few(names: list[str]) -> list[str]:
    """As many names as the import shows, the last among them."""
    return names if len(names) <= SHOWN else [*names[: SHOWN - 1], "…", names[-1]]


def _of_another_law(db: Database, found: Sequence[Passage], stood: Mapping[str, str]) -> bool:
    """Whether most articles that would replace others hold nothing like their words: a law amended keeps most of it."""
    stored = listed(db, ":".join(found[0].eid.split(":")[:2]), limit=0)[::-1]
    rows = {row.eid: row.reading for row in stored if row.text not in (ERASED, TAKEN_BACK) and not row.valid_to}
    before, after = _articles(rows | dict(stood)), _articles({passage.eid: passage.text for passage in found})
    replaced = [(text, before[article]) for article, text in after.items() if article in before]
    return 2 * sum(not _alike(*both) for both in replaced) > len(replaced)


def _articles(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts of law by the id of their article, whole or kept by clause."""
    found = dict[str, str]()
    for eid, text in texts.items():
        found[_article(eid)] = f"{found.get(_article(eid), '')}\n{text}"
    return found


def _alike(one: str, other: str) -> bool:
    """Whether two texts share a fifth of their pairs of neighbouring syllables; laws on other matters share less."""
    mine, theirs = ({*pairwise(text.lower().split())} for text in (one, other))
    return len(mine & theirs) >= 0.2 * len(mine | theirs)


def shipped_ids() -> frozenset[str]:
    """The ids of the facts that ship."""
    from classifier.evidence.facts import shipped_passages

    return frozenset(passage.eid for passage in shipped_passages())


def read_passages(path: Path, roleless: list[str] | None = None) -> Iterator[PassageRow]:
    """Passages of a JSON-lines file: {"eid", "text", "source", "role", "date"}; raises BadEvidence naming the line.

    One without a role is a party's, and its id comes to `roleless`.
    """
    for _, passage in _numbered(path, [] if roleless is None else roleless):
        yield passage


def told_of(path: Path, roleless: Sequence[str], n: int) -> list[str]:
    """A sentence on the passages of n without a role; none on none."""
    if not roleless:
        return []
    return [
        f"{path.name}: {len(roleless):,} of {n:,} passages have no role and are a party's, which settles nothing;"
        ' "primary" and "independent" ones do.'
    ]


def _own_passages(db: Database, path: Path, desk: DeskSettings, roleless: list[str]) -> Iterator[PassageRow]:
    """read_passages for the store, which keeps one text for an id, none for Soi's own ids or addresses as ids, and
    addresses that open and weren't erased; what this desk published itself settles nothing."""
    taken, texts = shipped_ids(), dict[str, str]()
    for number, given in _numbered(path, roleless):
        where, passage = f"{path.name}, line {number}:", replace(given, url=web_address(given.url))
        if given.url and not passage.url:
            raise BadEvidence(f'{where} "url" starts with https:// or http://.')
        if leads_to_person(passage.url):
            raise BadEvidence(
                f'{where} "url" leads to a person (by a number, e-mail or page of theirs); give another, or none.'
            )
        if was_erased(db, passage.url):
            raise BadEvidence(f'{where} "url" was erased on request, and isn\'t taken in again; leave the line out.')
        if passage.role != "party" and desk.published(passage.url, publisher=passage.source):
            raise BadEvidence(
                f'{where} by its "url" or "source" this is this desk\'s own word; it can be no more than a party\'s.'
            )
        if passage.eid in taken or OF_THE_STORE.match(passage.eid):
            raise BadEvidence(f'{where} "{passage.eid}" is an id of Soi\'s own; take another.')
        if re.search("https?://", passage.eid, re.IGNORECASE):
            raise BadEvidence(
                f'{where} "eid" holds an address, and ids stay in decisions and notes when an address is erased; give'
                ' another id, and the address as "url".'
            )
        if texts.setdefault(passage.eid, passage.text) != passage.text:
            raise BadEvidence(
                f'{where} "{passage.eid}" has another text in an earlier line; give each passage an id of its own.'
            )
        yield passage


def _numbered(path: Path, roleless: list[str]) -> Iterator[tuple[int, PassageRow]]:
    from classifier.evidence.lines import read

    for number, words in read(path):
        if not words["role"]:
            roleless.append(words["eid"])
        said: dict[str, Any] = words | {"role": words["role"] or "party"}
        yield number, PassageRow(**said)
