"""Posts made to hang a reader, against news of the same length: cleaning, tokens, guesses, sentences, redaction, keys
together."""

import statistics
from functools import partial
from itertools import islice

from benchmarks.measure import Line, of_samples, seconds
from benchmarks.tokens import NEWS, lines
from classifier.orthography.spelling import meant, plain
from classifier.text import sentences, tokenize
from classifier.text.fingerprint import bands
from classifier.text.ragged import even
from classifier.text.redact import redact

UNITS = {
    "one address full of dots": "http://....................",
    "dots and letters": "a.",
    "dots and digits": "1.",
    "quotation marks": '"',
    "mixed marks": "?!;,",
    "brackets": "([{",
    "one long word": "x",
    "letters set apart": "n h ",
    "zero-width spaces": "a\u200b",
    "combining marks": "a\u0301\u0302",
    "mentions": "@a",
    "digits": "0 ",
    "slips": "giự án thũy điệm ",
    "a line to sign on": "_",
    "dots before a word": ".",
    "a smiley without end": "^",
    "dots before an address": "a.",
    "marks piled on one letter": "\u0301\u0323",
}
ENDS = {  # what a pattern must go back from
    "a line to sign on": "abcdefgh", "dots before a word": "x", "a smiley without end": "D",
    "dots before an address": " https://x.vn/a",
}  # fmt: skip
SIZES = {1_000: 5, 100_000: 3, 1_000_000: 1}  # letters, and rounds: a line of 1 MB takes seconds and little noise


def run() -> list[Line]:
    """The worst ratio of each length, over all kinds of runs."""
    if not NEWS.exists():
        return []
    news = " ".join(islice(lines(step=25), 12_000))
    _read("xin chào")
    result = []
    for size, rounds in SIZES.items():
        repeats = max(1, 20_000 // size)
        ratios: dict[str, list[float]] = {name: [] for name in UNITS}
        for _ in range(rounds):
            usual = seconds(partial(_repeat, news[:size], repeats))
            for name, unit in UNITS.items():
                said = (unit * (size // len(unit) + 1))[:size] + ENDS.get(name, "")
                ratios[name].append(seconds(partial(_repeat, said, repeats)) / usual)
        worst = max(ratios, key=lambda name: statistics.median(ratios[name]))
        result.append(
            of_samples(
                f"hostile post of {size // 1000} kB", ratios[worst], reach=3, least=False, note=f"worst: {worst}"
            )
        )
    return result


def _repeat(text: str, times: int) -> None:
    for _ in range(times):
        plain.cache_clear()
        _read(text)


def _read(text: str) -> None:
    redact(text)
    tokenize(text)
    even(meant(text))
    sentences(text)
    bands(text)
