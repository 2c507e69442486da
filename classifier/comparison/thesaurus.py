"""Words that say the same and words that exclude each other.

data/thesaurus.tsv is ours: a headword, what can stand in its place and leave a sentence as true, and what makes a true
sentence false in its place. Both hold both ways, and are told at one of the two words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from sys import intern

from classifier import files
from classifier.errors import ClassifierError
from classifier.text import Span

LONGEST = 4  # syllables in a phrase; longer ones are never found

Phrase = tuple[str, ...]  # its syllables, in lower case


@dataclass(slots=True)
class Entry:
    """A phrase with those that say the same and those that exclude it, and the first syllables of all these; longer
    says whether others begin with it."""

    same: list[Phrase] = field(default_factory=list)
    other: list[Phrase] = field(default_factory=list)
    firsts: tuple[str, ...] = ()
    longer: bool = False


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Phrases, their syllables joined by spaces; of those with more than two the first two are entries as well."""

    entries: Mapping[str, Entry]

    def found(self, lower: Sequence[str]) -> Iterator[tuple[Span, Entry]]:
        """The phrases that stand in a text of lower-case syllables, and where."""
        get = self.entries.get
        for at, one in enumerate(lower):
            if (entry := get(one)) is not None:
                yield (at, at + 1), entry
        for at, both in enumerate(map(" ".join, pairwise(lower))):
            if (entry := get(both)) is None:
                continue
            yield (at, at + 2), entry
            if entry.longer:
                for end in range(at + 3, min(at + LONGEST, len(lower)) + 1):
                    if (entry := get(" ".join(lower[at:end]))) is not None:
                        yield (at, end), entry


def load(path: Path) -> Thesaurus:
    """Read a thesaurus; raises ClassifierError naming the first line that isn't as described."""
    entries: dict[str, Entry] = {}
    phrases: dict[str, Phrase] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ClassifierError(f"{path.name} can't be read as a thesaurus: {error}") from error
    for number, line in enumerate(lines, start=1):
        fields = line.split("\t")
        if len(fields) != 3 or not fields[0] or "," in fields[0]:
            raise ClassifierError(f"{path.name} line {number} isn't a headword and two lists, parted by tabs")
        head, (same, other) = fields[0], (list(filter(None, one.split(", "))) for one in fields[1:])
        for phrase in (head, *same, *other):
            if phrase not in entries:
                entries[phrase], phrases[phrase] = Entry(), tuple(map(intern, phrase.split(" ")))
        for phrase in same:
            entries[head].same.append(phrases[phrase])
            entries[phrase].same.append(phrases[head])
        for phrase in other:
            entries[head].other.append(phrases[phrase])
            entries[phrase].other.append(phrases[head])
    for entry in entries.values():
        entry.firsts = tuple(dict.fromkeys(phrase[0] for phrase in (*entry.same, *entry.other)))
    for syllables in phrases.values():
        if len(syllables) > 2:
            entries.setdefault(" ".join(syllables[:2]), Entry()).longer = True
    return Thesaurus(entries)


@lru_cache(maxsize=1)
def shipped() -> Thesaurus:
    """The thesaurus that ships, beside the code or in a wheel."""
    return load(files.shipped("data", "thesaurus.tsv"))


def same_as(phrase: str) -> Sequence[Phrase]:
    """What can stand in the place of a phrase in lower case and leave a sentence as true, by what ships."""
    entry = shipped().entries.get(phrase)
    return entry.same if entry else ()
