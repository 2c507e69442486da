"""Small charts drawn on the server: no script, no colour but the accent, the numbers written beside the marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 640
LABELS = 7  # under a line: more run into one another


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart."""

    label: str
    n: float
    says: str  # the number in words or digits, at the end of the bar
    part: float | None = None  # of n: drawn dark, the rest light


def bars(lines: Sequence[Bar], *, title: str) -> Markup:
    """Horizontal bars, each with its label and number as text, so that they read well at any width."""
    top = max((line.n for line in lines), default=0) or 1
    rows = Markup("").join(
        Markup(
            '<div><dt>{}</dt><dd><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
            " <span>{}</span></dd></div>"
        ).format(line.label, _bar(line, top), line.says)
        for line in lines
    )
    return Markup('<dl class="bars" aria-label="{}">{}</dl>').format(title, rows)


def _bar(line: Bar, top: float) -> Markup:
    """A bar, with its part drawn over it."""
    whole, dark = 100 * line.n / top, 100 * (line.n if line.part is None else line.part) / top
    rest = Markup('<rect class="rest" width="{}" height="1"/>').format(f"{whole:.1f}") if dark < whole else Markup("")
    return rest + Markup('<rect class="bar" width="{}" height="1"/>').format(f"{dark:.1f}")


@dataclass(frozen=True, slots=True)
class Point:
    """One moment of a line chart, with its interval."""

    label: str
    value: float
    low: float
    high: float


def line(
    points: Sequence[Point], *, title: str, ticks: tuple[str, str, str], top: float = 1.0, bottom: float = 0.0
) -> Markup:
    """A line with the band it lies in; values between bottom and top, `ticks` says what low, middle and top mean."""
    left, width, height = 116, WIDTH - 156, 150
    step = width / max(1, len(points) - 1)

    def at(i: int, value: float) -> str:
        share = (min(top, max(bottom, value)) - bottom) / (top - bottom)
        return f"{left + (i * step if len(points) > 1 else width / 2):.1f},{10 + height * (1 - share):.1f}"

    parts = []
    for share, said in zip((0, 0.5, 1), ticks, strict=True):
        y = 10 + height * (1 - share)
        parts.append(f'<line class="axis" x1="{left}" x2="{left + width}" y1="{y}" y2="{y}"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{escape(said)}</text>')
    band = [at(i, p.high) for i, p in enumerate(points)] + [at(i, p.low) for i, p in reversed(list(enumerate(points)))]
    parts.append(f'<polygon class="band" points="{" ".join(band)}"/>')
    parts.append(f'<polyline class="line" points="{" ".join(at(i, p.value) for i, p in enumerate(points))}"/>')
    for i, p in enumerate(points):
        x, dot = at(i, p.value).split(",")
        if p.high > p.low:
            (_, low), (_, high) = at(i, p.low).split(","), at(i, p.high).split(",")
            parts.append(f'<line class="reach" x1="{x}" x2="{x}" y1="{low}" y2="{high}"/>')
        parts.append(f'<circle class="bar" cx="{x}" cy="{dot}" r="3.5"/>')
        if (len(points) - 1 - i) % -(-len(points) // LABELS) == 0:  # counted from the newest, which always has one
            parts.append(f'<text x="{x}" y="{height + 30}" text-anchor="middle">{escape(p.label)}</text>')
    return _svg(parts, height=height + 40, title=title)


def _svg(parts: list[str], *, height: float, title: str) -> Markup:
    body = "".join(parts)
    return Markup(  # noqa: S704  # every text in it was escaped where it was put in
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{escape(title)}">{body}</svg>'
    )
