"""Texts of others made safe to look at: escaped, spans marked, controls shown, towers of marks cut, edits compared."""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape

from pipeline.records import EvidenceRow, ScoreRow, Version

# Characters that turn the reading direction or hide: those that Unicode lets a screen leave out, and a few beside them.
# Shown by their number: nobody should read what isn't there. So are the two that stand around such a number till it is
# marked. What joins two pictures, or gives one its colours, stays there.
_PICTURE = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff"
)
_HIDES = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ue000\ue001\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
CONTROLS = re.compile(
    rf"[{_HIDES}]|(?<![{_PICTURE}\ufe0f])\u200d|\u200d(?![{_PICTURE}])"
    rf"|(?<![{_PICTURE}])[\ufe0e\ufe0f](?!(?<=[0-9#*]\ufe0f)\u20e3)"
)
TOWER = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
Span = tuple[int, int]


def plain(text: str) -> Markup:
    """A text escaped, with its hidden characters shown and towers of combining marks cut at three."""
    shown = spelled(text, "\ue000{:04X}\ue001")
    safe = str(escape(shown))
    safe = re.sub("\ue000([0-9A-F]+)\ue001", r'<span class="hidden-sign">[U+\1]</span>', safe)
    return Markup(safe)  # noqa: S704  # escaped in the line above


def spelled(text: str, form: str = "[U+{:04X}]") -> str:
    """The same for what is no page: each hidden character as its number in a form, towers cut."""
    return CONTROLS.sub(lambda m: form.format(ord(m[0])), TOWER.sub(r"\1", text.replace("\r\n", "\n")))


def shown(value: object) -> object:
    """Whatever a template puts into a page, its hidden characters shown; what is marked up already stays."""
    return spelled(value) if type(value) is str else value


def typed(text: object) -> Markup:
    """What stands in a field of a form: it is sent again as it was typed."""
    return escape(str(text))


VIETNAMESE = re.compile("[ăđơưạ-ỹ]", re.IGNORECASE)


def tongue(text: str) -> Markup:
    """The attributes of an element for a passage: its language and direction where the letters tell, else a guess."""
    known = VIETNAMESE.search(unicodedata.normalize("NFC", text))
    return Markup('lang="vi" dir="ltr"') if known else Markup('dir="auto"')


def head(text: str, most: int) -> str:
    """The beginning of a text, so many characters as are shown, cut at white space where there is some near the end."""
    end = _reach(text, most)
    if len(text) <= end:
        return text
    if not text[:end].strip():  # as much white space as is shown
        return head(text.lstrip(), most)
    near = text[_reach(text, most - 60) : end]
    return text[:end].rsplit(None, 1)[0] if any(char.isspace() for char in near) else text[:end]


def _reach(text: str, most: int) -> int:
    """Where the first characters of a text end, counting none of those cut from towers of marks."""
    for tower in TOWER.finditer(text):
        if tower.end(1) > most:
            break
        most += tower.end() - tower.end(1)
    return most


def marked(text: str, spans: Iterable[Span], *, tells: Iterable[Span] = (), aside: str = "") -> Markup:
    """A text with the spans that differ marked, and more quietly those that carry it; `aside` says aloud what differs.

    Spans that overlap are joined, those outside the text are left out; where both kinds meet, what differs is shown.
    """
    differ = joined(spans, len(text))
    quiet = [span for span in joined(tells, len(text)) if not any(span[0] < d[1] and d[0] < span[1] for d in differ)]
    said = Markup('<span class="sr"> ({})</span>').format(aside) if aside else Markup("")
    parts, at = [], 0
    for start, end, kind, after in sorted(
        [(*span, "slot", said) for span in differ] + [(*span, "tells", Markup("")) for span in quiet]
    ):
        mark = Markup('<mark class="{}">{}{}</mark>').format(kind, plain(text[start:end]), after)
        parts += [plain(text[at:start]), mark]
        at = end
    return Markup("").join([*parts, plain(text[at:])])


def joined(spans: Iterable[Span], length: int) -> list[Span]:
    """Spans in order, overlapping and touching ones made one, those outside the text left out."""
    found: list[Span] = []
    for start, end in sorted(s for s in spans if 0 <= s[0] < s[1] <= length):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*(?:\s?%)?")


def telling(score: ScoreRow | None) -> list[Span]:
    """The words that carry a score's claim, as kept with the score; of an older score only the numbers are known."""
    if score is None:
        return []
    kept = score.detail.get("telling")
    if not isinstance(kept, list):
        return [number.span() for number in NUMBER.finditer(score.claim)]
    return [span for each in kept if (span := _pair(each))]


def telling_words(score: ScoreRow | None) -> list[str]:
    """The same as words, each once, for whoever can't see marks."""
    if score is None:
        return []
    return list(dict.fromkeys(score.claim[start:end] for start, end in joined(telling(score), len(score.claim))))


def around(text: str, span: Span, *, room: int = 500) -> tuple[str, Span, bool, bool]:
    """The part of a text around a span, cut at white space; (part, span in it, cut before, cut after)."""
    start, end = span if 0 <= span[0] < span[1] <= len(text) else (0, 0)
    left, right = max(0, start - room), min(len(text), end + room)
    if left:
        space = text.find(" ", left, start)
        left = space + 1 if space >= 0 else left
    if right < len(text):
        space = text.rfind(" ", end, right)
        right = space if space > 0 else right
    return text[left:right], (start - left, end - left), left > 0, right < len(text)


def _cut(body: Markup, *, before: bool, after: bool) -> Markup:
    """A part of a text, with what says that more stands before or after it."""
    return Markup("… ") * before + body + Markup(" …") * after


def the_claim(shown: Markup, ends: tuple[str, str], *, anchor: str = "") -> Markup:
    """A claim marked in its post; `ends` say aloud where it begins and ends, and `anchor` is what a link opens at."""
    begin = Markup('<span class="sr">({}) </span>').format(ends[0])
    end = Markup('<span class="sr"> ({})</span>').format(ends[1])
    name = Markup(' id="{}"').format(anchor) if anchor else Markup("")
    return Markup('<mark class="the-claim"{}>{}{}{}</mark>').format(name, begin, shown, end)


def in_context(
    text: str, span: Span, inner: Iterable[Span], *, tells: Iterable[Span], aside: str, ends: tuple[str, str]
) -> Markup:
    """A claim in its post: what stands around it, the claim marked, the words that carry it and those that differ."""
    part, (start, end), before, after = around(text, span)
    claim = marked(part[start:end], inner, tells=tells, aside=aside)
    body = plain(part[:start])
    if end > start:
        body += the_claim(claim, ends)
    return _cut(body + plain(part[end:]), before=before, after=after)


def in_whole(text: str, at: int, span: Span, ends: tuple[str, str], *, anchor: str) -> Markup:
    """A part of a post that begins `at` a character of it, with the claim marked as far as it reaches into the part."""
    start, end = max(0, span[0] - at), min(len(text), span[1] - at)
    if start >= end:
        return plain(text)
    return plain(text[:start]) + the_claim(plain(text[start:end]), ends, anchor=anchor) + plain(text[end:])


def in_post(
    version: Version, claim: Span, score: ScoreRow | None, differ: Sequence[Span], *, aside: str, ends: tuple[str, str]
) -> tuple[Markup, Markup]:
    """A claim in its post, as (title, what stands around the claim); no title where the text says it itself."""
    below = version.headed + 1 if version.headed else 0

    def part(start: int, end: int | None) -> Markup:
        span = claim[0] - start, claim[1] - start
        return in_context(version.reading[start:end], span, differ, tells=telling(score), aside=aside, ends=ends)

    return part(0, version.headed), part(below, None)


def _pair(value: object) -> Span | None:
    """Two whole numbers, as JSON keeps them; anything else is none."""
    if isinstance(value, (list, tuple)) and len(value) == 2 and all(isinstance(v, int) for v in value):
        return int(value[0]), int(value[1])
    return None


def slot_spans(evidence: EvidenceRow, side: str) -> list[Span]:
    """Where a passage and a claim differ: `claim` or `evidence` side."""
    return [span for slot in evidence.telling if (span := _pair(slot.get(side)))]


def claim_slots(evidence: Iterable[EvidenceRow]) -> list[Span]:
    """All the words of a claim that a contradicting passage says otherwise."""
    return [span for e in evidence if e.relation == "contradicts" for span in slot_spans(e, "claim")]


def slot_pairs(evidence: EvidenceRow) -> list[tuple[str, str, str]]:
    """(kind, the claim's words, the passage's words) for every slot that differs and says something."""
    pairs = []
    for slot in evidence.telling:
        kind, claim, passage = (str(slot.get(key) or "") for key in ("kind", "claim_text", "evidence_text"))
        if claim or passage:
            pairs.append((kind, claim, passage))
    return pairs


PASSAGE_ROOM = 700  # characters of a long passage shown on either side of the words that differ


def is_cut(evidence: EvidenceRow) -> bool:
    """Whether a passage is too long to be shown as a whole at once."""
    return len(evidence.reading) > PASSAGE_ROOM * 2


def passage(evidence: EvidenceRow) -> Markup:
    """A passage with the differing words marked; a long one is cut around the first of them."""
    spans, text = slot_spans(evidence, "evidence"), evidence.reading
    if not is_cut(evidence):
        return marked(text, spans)
    first = spans[0] if spans else (0, 1)
    part, (start, _), before, after = around(text, first, room=PASSAGE_ROOM)
    shift = start - first[0]
    body = marked(part, [(s + shift, e + shift) for s, e in spans])
    return _cut(body, before=before, after=after)


MOST_WORDS = 1500  # of a text that is compared word by word
# Pairs of like words: 14,000 in ordinary texts of 1,500 words. At this bound the worst two texts take a third of a
# second, and without one 37 s: "a" 1,500 times beside "a b" 750 times.
MOST_PAIRS = 50_000


def as_said(word: str) -> str:
    """A word without its capitals and the signs around it, by which two wordings of a claim are laid side by side."""
    return word.strip(".,;:!?…\"'“”‘’«»()[]").casefold() or word


def diff(old: str, new: str, *, key: Callable[[str], str] = str) -> Markup | None:
    """What an edit took out and put in, word by word, those of one `key` being the same; None for texts too long or too
    repetitive to compare at once."""
    olds, news = old.split(), new.split()
    before, after = [key(word) for word in olds], [key(word) for word in news]
    if len(before) > MOST_WORDS or len(after) > MOST_WORDS:
        return None
    left, right = Counter(before), Counter(after)
    if sum(n * right[word] for word, n in left.items()) > MOST_PAIRS:
        return None
    parts: list[Markup] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            kept = news[c:d]
            parts.append(plain(" ".join([*kept[:10], "…", *kept[-10:]] if len(kept) > 24 else kept)))
            continue
        if b > a:
            parts.append(Markup("<del>{}</del>").format(plain(" ".join(olds[a:b]))))
        if d > c:
            parts.append(Markup("<ins>{}</ins>").format(plain(" ".join(news[c:d]))))
    return Markup(" ").join(parts)
