"""Codified law text cut into passages: one an article, or one a clause where it is long, with citation and force.

Read are the codification's files (each article under its code, then "(Điều 9 Luật số 25/2018/QH14, có hiệu lực ...)",
then the text), a constitution's plain text ("Điều 25." and the text under it), and any other law in plain text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from classifier.errors import BadEvidence
from classifier.evidence.retrieval import Passage
from classifier.text import normalise

LONG = 900  # characters; a longer article is cut into its clauses, so that a claim meets the one it speaks of
CODED = re.compile(r"^Điều \d+[\d.]*\.[A-ZĐ]{2}[\d.]*\.(?P<number>\d+[a-zđ]?)\. *(?P<title>.*)$")
# a heading set behind the line before
GLUED = re.compile(r"(?<=[^\s(])(?=Điều \d+[\d.]*\.[A-ZĐ]{2}[\d.]*\.\d+[a-zđ]?\. )")
CITED = re.compile(
    r"^\(Điều (?P<article>\d+[a-zđ]?)\s+(?P<kind>Bộ [lL]uật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư liên tịch"
    r"|Thông tư|Quyết định|Chỉ thị|Sắc lệnh)\s+số\s+(?P<number>[\w/-]+)(?P<rest>.*)\)\s*$"
)
FORCE = re.compile(r"có hiệu lực(?: thi hành)? kể từ ngày (\d{1,2})/(\d{1,2})/(\d{4})")
NAMED = re.compile(r"^\s+(?P<name>[^\s,].*?)\s+ngày \d{1,2}/\d{1,2}/(?P<year>\d{4}) của ")
REPEALED = re.compile(
    r",\s*(?:được thay thế|bị bãi bỏ|hết hiệu lực)[^,;]*?có hiệu lực[^,;]*?(\d{1,2})/(\d{1,2})/(\d{4})"
)
AMENDED = re.compile(r"(?:sửa đổi|bổ sung|bãi bỏ) bởi (?:Điều \d+ )?([^;,)]*? số [\w/-]+)")
RELATED = re.compile(r"\(Điều này có nội dung liên quan đến.*?(?:\)\s*$|\Z)", re.DOTALL)
CLAUSE = re.compile(r"^\s*\d{1,2}[.)]\s")
CHAPTER = re.compile(r"^(?P<kind>Phần|Chương|Mục|Tiểu mục) (?:thứ \w+|[IVXLC]+|\d+)\b", re.IGNORECASE)
ARTICLE = re.compile(r"^Điều (?P<number>\d+[a-zđ]?) ?[.:]\s*(?P<title>.*)$", re.IGNORECASE)
WITH = "ban hành kèm theo"  # in the source of what is issued with a law, before its number
PLAIN = re.compile(r"^Điều (?P<number>\d+[a-zđ]?)\.\s*(?P<title>.*)$")

Own = tuple[str, str, list[str]]  # an article's chapter, title and lines
Part = dict[str, Own]  # by the article's number
Twice = tuple[Part, str, int, Own, Own]  # part, number, line, the article before of that number, this one


@dataclass(frozen=True, slots=True)
class Article:
    """An article as printed: its law, what it says, and from when (to when) it is in force; "" where not said."""

    law: str
    number: str
    title: str
    lines: tuple[str, ...]
    source: str
    valid_from: str = ""
    valid_to: str = ""


def passages(text: str, *, constitution: str = "", since: str = "") -> list[Passage]:
    """Passages of a file of law in its order; constitution names a plain text ("Hiến pháp 2013") in force since a day.

    A file that holds no article of either form gives [].
    """
    text = _by_line(text)  # codifications hold decomposed letters
    return _distinct(_plain(text, constitution, since) if constitution else _coded(GLUED.sub("\n", text)))


def plain_passages(text: str, *, name: str, since: str = "") -> list[Passage]:
    """Passages of a law's plain text under its name, in force since a day, each with its chapter in its source.

    An article is a line that begins with "Điều N." and what is under it; a text without one gives []. Raises
    BadEvidence for two articles of one number, of which one would be lost.
    """
    return _distinct(_by_article(_by_line(text), name, since))


def _by_line(text: str) -> str:
    """Each line normalised by itself: a clause is never joined to the line before it."""
    return "\n".join(map(normalise, text.splitlines()))


def _distinct(articles: Iterable[Article]) -> list[Passage]:
    """The passages of articles, each text of an id once; further texts of it, as where clauses are numbered anew, get
    an id with a number."""
    found: dict[str, Passage] = {}
    texts: dict[str, list[str]] = {}
    for passage in chain.from_iterable(map(_cut, articles)):
        told = texts.setdefault(passage.eid, [])
        if passage.text not in told:
            told.append(passage.text)
            eid = passage.eid + (f"-{len(told)}" if len(told) > 1 else "")
            found[eid] = replace(passage, eid=eid)
    return list(found.values())


def _coded(text: str) -> Iterator[Article]:
    """Articles of a codification; an entry of its index, which has no text, is left out."""
    names = _names(text)
    title, begun, cited, lines = "", False, None, list[str]()
    for line in [*text.splitlines(), "#"]:
        heading = CODED.match(line.strip())
        if heading or line.startswith("#"):
            if cited and lines:
                yield _article(title, cited, lines, names)
            title, begun, cited, lines = (heading["title"].strip() if heading else ""), bool(heading), None, []
        elif begun and cited is None and line.strip():
            cited = CITED.match(line.strip())
            begun = cited is not None
        elif cited and line.strip() and not CHAPTER.match(line.strip()):
            lines.append(" ".join(line.split()))


def _names(text: str) -> dict[str, str]:
    """Name and year of each law by its number: only the citation of a law's first article tells them."""
    names: dict[str, str] = {}
    for line in text.splitlines():
        cited = CITED.match(line.strip())
        named = NAMED.match(cited["rest"]) if cited else None
        if cited and named:
            names.setdefault(cited["number"], f"{_name(_kind(cited), named['name'])} {named['year']}")
    return names


def _article(title: str, cited: re.Match[str], lines: Sequence[str], names: dict[str, str]) -> Article:
    """An article from its citation."""
    number, rest = cited["number"], cited["rest"]
    source = f"{names.get(number, _kind(cited))} ({number}), Điều {cited['article']}"
    amended = AMENDED.search(rest)
    if amended:
        source += f", có sửa đổi bởi {amended.group(1)}"
    ended = REPEALED.search(rest)
    last = ended.start() if ended else len(rest)
    since = max((_day(force) for force in FORCE.finditer(rest[:last])), default="")  # amended: since the text is so
    kept = _without_related(lines)
    return Article(number, cited["article"], title, tuple(kept), source, since, _day(ended, before=True))


def _kind(cited: re.Match[str]) -> str:
    """What a law is, in one spelling."""
    return cited["kind"].replace("Bộ Luật", "Bộ luật")


def _name(kind: str, said: str) -> str:
    """A law's name without its kind twice ("Luật số 43/2019/QH14 Luật Giáo dục")."""
    said = re.sub(r"^(?:Bộ Luật|Bộ luật|Luật)\s+", "", said.strip())
    return f"{kind} {said[:1].upper()}{said[1:]}".strip()


def _without_related(lines: Sequence[str]) -> list[str]:
    """The text without the codification's own cross-references."""
    text = RELATED.sub("", "\n".join(lines))
    return [line.strip() for line in text.splitlines() if line.strip()]


def _plain(text: str, name: str, since: str) -> Iterator[Article]:
    """Articles of a plain text."""
    number, title, lines = "", "", list[str]()
    for line in [*text.splitlines(), "Điều 0."]:
        heading = PLAIN.match(line.strip())
        if heading:
            if number and lines:
                yield Article(name, number, title, tuple(lines), f"{name}, Điều {number}", since)
            number, title, lines = heading["number"], heading["title"], []
        elif number and line.strip() and not (line.startswith("#") or CHAPTER.match(line.strip())):
            lines.append(" ".join(line.split()))


def _by_article(text: str, law: str, since: str) -> Iterator[Article]:
    """Articles of a law as published, then those of what is issued with it, whose numbers begin anew; a table of
    contents gives way to the articles themselves."""
    parts: list[Part] = [{}]
    twice = list[Twice]()
    chapter, section, naming = "", "", False
    lines = list[str]()
    for at, raw in enumerate(text.split("\n"), start=1):
        line = " ".join(raw.replace("**", "").strip("# ").split())
        heading, place = ARTICLE.match(line), CHAPTER.match(line)
        if heading:
            number, lines = heading["number"], list[str]()
            if number == next(iter(parts[-1]), ""):
                _begin_anew(parts)
            found, first = parts[-1], next(iter(parts[-1]), number)
            own = ", ".join(filter(None, (chapter, section))), heading["title"], lines
            if number in found and (found[number][2] or number != first):
                twice.append((found, number, at, found[number], own))
            if number not in found or not found[number][2]:
                found[number] = own
        elif place and place["kind"].lower().endswith("mục"):
            section = line
        elif place:
            chapter, section = line, ""
        elif naming and line.isupper():  # its name stands under its number
            chapter, section = (chapter, f"{section} {line}") if section else (f"{chapter} {line}", "")
        elif line:
            lines.append(line)
        naming = bool(place) or (naming and (not line or line.isupper()))
    _refuse_lost(parts, twice)
    for at, found in enumerate(parts):
        name = f"{law}, {WITH} {at}" if at else law
        for number, (where, title, told) in found.items():
            source = f"{name}, Điều {number}" + (f" ({where})" if where else "")
            if told or title:
                yield Article(name, number, title if told else "", tuple(told or [title]), source, since)


def _refuse_lost(parts: Sequence[Part], twice: Iterable[Twice]) -> None:
    """Refuse a law of which an article would be lost beside another of its number; an entry of a list may be."""
    for part, number, line, before, again in twice:
        if any(part is kept for kept in parts) and (before[1] != again[1] or (before[2] and again[2])):
            raise BadEvidence(
                f"Điều {number} stands twice (again in line {line}); where one is quoted, put a quotation mark before"
                f" it, else give it a number of its own, such as {number}a."
            )


def _begin_anew(parts: list[Part]) -> None:
    """Where the first number of a part stands again: a list of contents goes, of whose entries few have a line under
    them (a title that is wrapped; at the last what stands before the law); after articles with text another part
    begins. What begins with its only article is quoted."""
    told = [bool(own) for _, _, own in parts[-1].values()][:-1]
    if 2 * sum(told) > len(told):
        parts.append({})
    elif told:
        parts[-1] = {}


def _cut(article: Article) -> Iterator[Passage]:
    """The passages of an article: whole, or clause by clause under its title when long."""
    name = re.sub(r"[^\w/]+", "-", article.law).strip("-")
    eid = f"law:{name}:{article.number}"
    whole = "\n".join(article.lines)
    starts = [at for at, line in enumerate(article.lines) if CLAUSE.match(line)]
    if len(whole) <= LONG or len(starts) < 2:
        yield _passage(article, eid, whole)
        return
    opening = list(article.lines[: starts[0]])
    for at, end in zip(starts, [*starts[1:], len(article.lines)], strict=True):
        clause = article.lines[at].split(".", 1)[0].split(")", 1)[0].strip()
        yield _passage(article, f"{eid}:{clause}", "\n".join([*opening, *article.lines[at:end]]))


def _passage(article: Article, eid: str, text: str) -> Passage:
    head = f"{article.title}\n" if article.title else ""
    return Passage(
        eid=eid,
        text=head + text,
        source=article.source,
        role="primary",
        date=article.valid_from,
        kind="law",
        valid_from=article.valid_from,
        valid_to=article.valid_to,
    )


def _day(found: re.Match[str] | None, *, before: bool = False) -> str:
    """A day as ISO 8601, or the one before it; "" for none."""
    if not found:
        return ""
    day, month, year = (int(part) for part in found.groups()[-3:])
    try:
        return str(date(year, month, day) - timedelta(days=before))
    except ValueError:
        return ""
