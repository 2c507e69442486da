"""Posts made to hang a reader, against news of the same length: cleaning, tokens, guesses, redaction, keys together."""

from itertools import islice

from benchmarks.measure import Line, of_samples, seconds
from benchmarks.tokens import NEWS, lines
from classifier.fingerprint import bands
from classifier.redact import redact
from classifier.spelling import plain
from classifier.text import tokenize

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
}
SIZES = (1_000, 100_000)


def run() -> list[Line]:
    """The worst ratio of each length, over all kinds of runs."""
    if not NEWS.exists():
        return []
    news = " ".join(islice(lines(step=50), 3_000))
    _read("xin chào")
    result = []
    for size in SIZES:
        repeats = max(1, 20_000 // size)
        usual = min(seconds(lambda: _repeat(news[:size], repeats)) for _ in range(3))  # noqa: B023
        ratios = {}
        for name, unit in UNITS.items():
            said = (unit * (size // len(unit) + 1))[:size]
            ratios[name] = [seconds(lambda: _repeat(said, repeats)) / usual for _ in range(3)]  # noqa: B023
        worst = max(ratios, key=lambda name: sorted(ratios[name])[1])
        result.append(
            of_samples(
                f"hostile post of {size // 1000} kB", ratios[worst], reach=3, least=False, note=f"worst: {worst}"
            )
        )
    return result


def _repeat(text: str, times: int) -> None:
    for _ in range(times):
        _read(text)


def _read(text: str) -> None:
    redact(text)
    tokenize(text)
    plain(text)
    bands(text)
