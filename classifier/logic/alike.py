"""Everyday words that say what words of the tables of contraries say: "bỏ nhau" where a row has "ly hôn"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import tomli

from classifier import files
from classifier.text.letters import fold


@dataclass(frozen=True)
class Alike:
    """Words of rows, each with what people say for it: what holds wherever a row has it, and what only where it is what
    a row asks for, as an excuse there would excuse what it asks for."""

    everywhere: Mapping[str, tuple[str, ...]]
    asked_for: Mapping[str, tuple[str, ...]]

    def put_in(self, phrase: str, *, excusing: bool, bare: bool) -> str:
        """A phrase with its words and what stands for them as ⟨one¦other⟩; of what is typed without diacritics no lone
        syllable, which is other words too."""
        pattern = self._excusing if excusing else self._all
        return pattern.sub(lambda one: self._forms(one[0], bare=bare), phrase)

    def meant_by(self, words: Sequence[str]) -> Iterator[str]:
        """The folded words of rows for which some of folded words, in their order, may stand."""
        for at, word in enumerate(words):
            for rest, heads in self._by_first.get(word, ()):
                if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                    yield from heads

    def _forms(self, word: str, *, bare: bool) -> str:
        forms = self.everywhere.get(word) or self.asked_for[word]
        return f"⟨{'¦'.join((word, *(one for one in forms if not bare or ' ' in one)))}⟩"

    @cached_property
    def _excusing(self) -> re.Pattern[str]:
        return _any_of(self.everywhere)

    @cached_property
    def _all(self) -> re.Pattern[str]:
        return _any_of([*self.everywhere, *self.asked_for])

    @cached_property
    def _by_first(self) -> Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]:
        found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for head, forms in (*self.everywhere.items(), *self.asked_for.items()):
            for first, *rest in (fold(one).split() for one in forms):
                found.setdefault(first, []).append((tuple(rest), tuple(fold(head).split())))
        return found


def _any_of(heads: Sequence[str] | Mapping[str, object]) -> re.Pattern[str]:
    """Any of words, the longest first."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(heads, key=len, reverse=True))})(?!\w)")


@lru_cache(maxsize=1)
def shipped() -> Alike:
    """Those that ship, beside what all rows share."""
    table = tomli.loads(files.shipped("data", "contraries", "never.toml").read_text(encoding="utf-8"))["alike"]
    return Alike(
        *({word: _parted(forms) for word, forms in table[name].items()} for name in ("everywhere", "asked_for"))
    )


def _parted(forms: str) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for one in forms.split("|"))
