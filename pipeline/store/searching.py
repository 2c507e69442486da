"""What people type as a query, which posts it finds, and whether a text holds it."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import tomli
from sqlite_utils import Database

from classifier.files import shipped
from classifier.orthography import teencode
from pipeline.store.posts import bare, storable, visible

ASKED = 12  # words of a search
OF_SOME = 20  # of one for some of its words: as many as most claims have, whose first ones may tell nothing
RANKED = 5_000  # of what one search finds, so that a word of every second one doesn't hold the desk up
SHOWN = 12  # pieces of evidence that a search gives
LONGEST_NAME = 6  # words of a name that is looked for by its initials too


def terms_of(words: str, *, some: bool = False) -> str:
    """Words as an FTS5 query for all of the first ASKED (or `some` of the first OF_SOME), each with its diacritics or
    none, a name in full or short."""
    plain = bare(storable(words)).replace('"', " ").split()[: OF_SOME if some else ASKED]
    parts = []
    for said, others in _named([term for term in plain if any(c.isalnum() for c in term)]):
        own = (" OR " if some else " ").join(f'"{term}"' for term in said)
        either = " OR ".join([own, *(f'"{bare(other)}"' for other in others)])
        parts.append(f"({either})")
    return (" OR " if some else " AND ").join(parts)


@lru_cache(maxsize=1)
def _short_and_full() -> dict[str, tuple[str, ...]]:
    """Names in full by their initials, and the other way round, as the lexicon or chats have both: BHYT is bảo hiểm y
    tế, BLLĐ bộ luật lao động."""
    found: dict[str, tuple[str, ...]] = {}
    lexicon = tomli.loads(shipped("data", "lexicon.toml").read_text(encoding="utf-8"))
    for forms in (line.split(", ") for part in lexicon.values() for line in part.values() if isinstance(line, str)):
        for full in (form for form in forms if " " in form):
            initials = bare("".join(word[0] for word in full.split()))
            for short in (form for form in forms if bare(form) == initials):
                found[initials] = (*found.get(initials, ()), full)
                found[bare(full)] = (short,)
    for short, full in (*teencode.WORDS.items(), *teencode.CAPITALS.items()):
        initials = bare("".join(word[0] for word in full.split()))
        if initials != bare(short) or initials in found or len(short) < 3:  # two letters stand for too much: HP, CA
            continue
        found[initials] = (full.lower(),)
        if not any(bare(full).startswith(f"{known} ") for known in found):  # "TAND tối cao" is the same
            found[bare(full)] = (short,)
    return found


def _named(plain: Sequence[str]) -> Iterator[tuple[Sequence[str], tuple[str, ...]]]:
    """Bare words one by one, those of a name that is also said otherwise together, with how."""
    at = 0
    while at < len(plain):
        for end in range(min(at + LONGEST_NAME, len(plain)), at, -1):
            others = _short_and_full().get(" ".join(re.sub(r"^\W+|\W+$", "", word) for word in plain[at:end]), ())
            if others or end == at + 1:
                yield plain[at:end], others
                at = end
                break


def with_names(words: str) -> str:
    """Words, and how the names among them are also said."""
    plain = bare(storable(words)).split()
    return " ".join([*plain, *(other for _, others in _named(plain) for other in others)])


def holding(words: str) -> Callable[[str], bool]:
    """Whether a text holds all words that were typed with diacritics: *nghị* isn't *nghỉ*, but *hoà* is *hòa*."""
    typed = re.findall(r"\w+", unicodedata.normalize("NFC", visible(storable(words))).lower())
    marked: list[tuple[list[dict[str, re.Pattern[str]]], re.Pattern[str] | None]] = []
    for said, others in _named([bare(word) for word in typed]):
        own, typed = typed[: len(said)], typed[len(said) :]
        also = [r"\s+".join(_any_of(_spelled(word)) for word in other.split()) for other in others]
        if forms := [{form: _whole(form) for form in _spelled(word)} for word in own if bare(word) != word]:
            marked.append((forms, re.compile(rf"\b(?:{'|'.join(also)})\b") if also else None))

    def holds(text: str) -> bool:
        text = unicodedata.normalize("NFC", visible(text)) if marked else ""
        return all(
            all(any(form in text and whole.search(text) for form, whole in forms.items()) for forms in own)
            or (name and name.search(text))
            for own, name in marked
        )

    return holds


def _whole(form: str) -> re.Pattern[str]:
    """A word by itself, its letters before its edges: an edge that came first would be tried at every letter."""
    return re.compile(rf"{form}(?<=\b{form})\b")


def _spelled(word: str) -> list[str]:
    """A word as it may be written: its tone on each letter that may bear it, small, with a capital, in capitals."""
    return [form for one in _tones_placed(word) for form in (one, one.capitalize(), one.upper())]


def _any_of(forms: list[str]) -> str:
    return f"(?:{'|'.join(forms)})"


def is_bare(text: str) -> bool:
    """Whether a text was written without any diacritics."""
    return text.isascii() or not re.search(r"[^\W\d_a-zA-Z]", unicodedata.normalize("NFC", text))


def _tones_placed(word: str) -> list[str]:
    """A word in small letters with its tone on each letter that may bear it."""
    from classifier.text.letters import split_tone  # brings patterns, which reading the store doesn't need

    plain, tone = split_tone(word)
    moved = (unicodedata.normalize("NFC", plain[:at] + tone + plain[at:]) for at in range(1, len(plain) + 1))
    return sorted({word, *(one for one in moved if len(one) == len(word))})


def search(db: Database, words: str, *, limit: int = 50) -> Iterator[int]:
    """Numbers of posts whose text holds all the words, with or without their diacritics, best first."""
    terms = terms_of(words)
    if not terms:
        return
    rows = db.conn.execute(
        "SELECT (SELECT v.post_id FROM versions v WHERE v.id = f.rowid) FROM versions_fts f WHERE versions_fts MATCH ?"
        " ORDER BY rank",
        [terms],
    )
    found = set[int]()
    for (post_id,) in rows:
        if post_id not in found:
            found.add(post_id)
            yield post_id
        if len(found) == limit:
            return


def at_address(db: Database, part: str, *, limit: int) -> Iterator[int]:
    """Numbers of posts whose address holds some letters, the newest first."""
    for (post_id,) in db.conn.execute(
        "SELECT id FROM posts WHERE instr(url, ?) ORDER BY id DESC LIMIT ?", [storable(part), limit]
    ):
        yield post_id
