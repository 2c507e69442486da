"""Answers to the world, made from the store: a rebuttal, ClaimReview, a statement of reasons, corrections."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline import claimreview
from pipeline.claimreview import RATINGS
from pipeline.records import NEEDS_EVIDENCE, EvidenceRow, Flag, NamedEvidence, QueueItem, here, is_verdict
from pipeline.settings import DeskSettings
from pipeline.store import Database, cases, decisions, people, pieces, posts, reading, report, tips, trends, wordings
from pipeline.store.pieces import ERASED
from review.names import GONE, N_, REASONS, VERDICTS
from review.show import head, spelled
from review.words import Words, own_word

# Verdicts that say something of a claim's truth. An opinion or somebody's testimony is no claim to be reviewed in
# public, and where it stands isn't spread.
ON_TRUTH = (*RATINGS, "unverifiable")
MOST_SEEN = 20  # posts that are named as where a claim was seen
MOST_TOLD = 8  # of them on the page
A_PAGE = 50  # corrections
UNTOLD = N_("The claim of this case was erased on request: its verdict is told to nobody any more.")
OBJECT = N_("Whoever disagrees can write to the desk with evidence; the case is then opened again and read anew.")
FACT = ("eid", "role", "source", "url", "text")
CASE_COLUMNS = ("case_id", "claim", "what", "at", "verdict", "before", "reason", "explanation", "by", *FACT, "post_id")
MOST_CHANGES = 1000  # of one case's verdicts
BRACKETS = str.maketrans({"(": "%28", ")": "%29"})  # they would end the address of a Markdown link
NEVER = "1970-01-01T00:00:00Z"  # when a feed that holds nothing changed


@dataclass(frozen=True, slots=True)
class Brief:
    """What a spokesperson or a newsroom needs on one page."""

    item: QueueItem
    verdict: str
    reason: str
    at: str  # since when it stands
    reader: str  # a pseudonym: the desk answers, not a person
    settles: tuple[EvidenceRow, ...]  # the evidence the verdict rests on, and an earlier verdict among it in its turn
    parties: tuple[EvidenceRow, ...]  # what a party says, told apart
    seen_at: tuple[reading.CasePost, ...]
    posts: int  # that the case still has
    unknown: tuple[str, ...]
    before: str  # the verdict that this one took the place of, also where it was upheld since; empty where none was
    before_until: str  # when it did; empty likewise
    reworded: str  # when the same verdict was last given in other words for its readers; empty where it never was
    found: bool  # collected, and not first brought or opened by a person
    on_truth: bool  # fit for ClaimReview
    explanation: str  # what the verdict says to its readers
    claim: str  # as they are told it
    cited: dict[str, int]  # the cases of the earlier verdicts that it names

    @property
    def headline(self) -> str:
        return _begun(self.claim)

    @property
    def settled(self) -> bool:
        """Whether the verdict says what is so; under any other verdict the passages merely speak."""
        return self.verdict in NEEDS_EVIDENCE

    @property
    def passages(self) -> tuple[EvidenceRow, ...]:
        """The evidence that speaks of the matter itself."""
        return tuple(e for e in self.settles if not e.checked)

    @property
    def checks(self) -> tuple[EvidenceRow, ...]:
        """The evidence that quotes a claim which was checked before: what it quotes is not what is so."""
        return tuple(e for e in self.settles if e.checked)

    @property
    def seen_first(self) -> tuple[reading.CasePost, ...]:
        """The posts that the page names as where the claim was seen."""
        return self.seen_at[:MOST_TOLD]


def brief(db: Database, case_id: int, *, say: Words) -> Brief | None:
    """The rebuttal of a decided case; None when no verdict stands or its claim was erased, and while a second reader is
    to see none."""
    item = cases.case(db, case_id)
    if item is None or item.state != "decided" or item.claim == ERASED:
        return None
    standing = [one for one in decisions.history(db, case_id) if one.action == "decide" and not one.undone]
    made = next((one for one in reversed(standing) if not one.blind), None)
    if made is None:  # taken back since the state was read
        return None
    item = replace(item, verdict=made.verdict)  # likewise
    person = people.person(db, made.person)
    changes = trends.corrections(db, case_id=case_id, limit=MOST_CHANGES)
    changed = next((one for one in changes if one.before and one.before != one.after == item.verdict), None)
    telling = reading.telling(db, case_id)
    beside = reading.evidence_for(db, case_id, score_id=telling.score_id if telling else 0)
    named = tuple(pieces.for_readers(db, row) for row in _rested_on(item, made.evidence, beside))
    rows = _with_grounds(db, named, say=say)
    on_truth = item.verdict in ON_TRUTH and item.lane != "testimony"
    seen_at = _said_in(db, case_id, limit=MOST_SEEN) if on_truth else []
    return Brief(
        item, item.verdict, made.reason, item.since, person.pseudonym if person else "",
        tuple(e for e in rows if e.role != "party" or own_word(e)),
        tuple(e for e in rows if e.role == "party" and not own_word(e)),
        tuple(replace(post, url=_public(post.url)) for post in seen_at),
        reading.spread(db, case_id)[0],
        tuple(say.unsettled(tuple(e for e in rows if not is_verdict(e.eid)) or rows,
                            near=telling is None or telling.score is None or bool(beside))),
        changed.before if changed else "", changed.at if changed else "", _reworded(db, changes, item),
        item.reasons != (str(Flag.BY_HAND),) and not tips.nothing_collected(db, case_id),
        on_truth, made.explanation, made.wording or item.claim,
        decisions.cases_of(db, [e.eid for e in rows], decided=True),
    )  # fmt: skip


def _begun(claim: str) -> str:
    """A claim as a headline begins, which the machine may have cut out of a sentence."""
    return claim[:1].upper() + claim[1:]


def _reworded(db: Database, changes: list[trends.Correction], item: QueueItem) -> str:
    """When a verdict that stands since was last given once more in other words; empty where it never was."""
    made = [one for one in decisions.history(db, item.case_id) if one.action == "decide" and not one.blind]
    before = {later.id: one for one, later in pairwise(made)}
    told = {one.id: (one.wording, one.explanation) for one in made}
    for change in changes:
        if not change.before == change.after == item.verdict:
            if change.after:
                break
        elif change.id in before and told[change.id] != told[before[change.id].id]:
            return change.at
    return ""


def _said_in(db: Database, case_id: int, *, limit: int = -1) -> list[reading.CasePost]:
    """The posts that a decided case may be said to stand in: those whose words somebody read before its verdict, or
    that say no more and no less."""
    return reading.case_posts(db, case_id, limit=limit, told=True, but=wordings.unread(db, case_id))


def _rested_on(
    item: QueueItem, named: tuple[NamedEvidence, ...], beside: tuple[EvidenceRow, ...]
) -> tuple[EvidenceRow, ...]:
    """The passages a verdict names, in their role at that time; a person's naming them says what they speak for."""
    relation = {"false": "contradicts", "misleading": "contradicts", "true": "supports"}.get(item.verdict, "related")
    known = {row.eid: row for row in beside}
    rested = (replace(known[e.eid], relation=relation, role=e.role) for e in named if e.eid in known)
    return tuple(replace(row, url=_public(row.url)) for row in rested)


def _with_grounds(db: Database, named: tuple[EvidenceRow, ...], *, say: Words) -> tuple[EvidenceRow, ...]:
    """Evidence with each earlier verdict of this desk told by its case, and behind it all what one that carries this
    verdict rests on: nobody is asked to take the desk's own word."""
    told = {row.eid: row for row in named}
    for row in named:
        kind, number = pieces.parse_eid(row.eid)
        made = decisions.decision(db, int(number)) if kind == "decision" else None
        if made is None:
            continue
        source = say.gettext("Earlier verdict of this desk, case {id}").format(id=made.case_id)
        told[row.eid] = replace(row, source=source)
        for e in made.evidence if row.role != "party" else ():
            found = pieces.piece(db, e.eid)
            if found and found.role and not is_verdict(e.eid):
                shown = replace(found, relation=row.relation, role=e.role, url=_public(found.url))
                told.setdefault(e.eid, shown)
    return tuple(told.values())


def _public(address: str) -> str:
    """An address, or nothing where it holds a number of a person: what was crawled is known by its address."""
    return "" if posts.leads_to_person(address) else address


def _quoted(text: str) -> str:
    """Text of others inside Markdown: nothing in it can become a link, a tag, a sign, a heading or a list."""
    quiet = re.sub(r"([\\`*_{}\[\]()#+!|<>~&]|^-)", r"\\\1", " ".join(spelled(text).split()))
    return re.sub(r"(?i)(^\d+(?=\.)|:(?=//)|www(?=\.))", r"\1\\", quiet)


def _web(url: str) -> str:
    """An address fit for a Markdown link, or nothing."""
    return url.translate(BRACKETS) if re.fullmatch(r"https?://[^\s<>]+", url) else ""


def _linked(found: Brief, desk: DeskSettings) -> Brief:
    """The same with the address at which the answer on each earlier verdict that is cited stands, where they do."""
    settles, parties = (
        tuple(replace(e, url=_page(desk, found.cited[e.eid])) if e.eid in found.cited else e for e in rows)
        for rows in (found.settles, found.parties)
    )
    return replace(found, settles=settles, parties=parties)


def markdown(found: Brief, *, say: Words, desk: DeskSettings) -> str:
    """The brief as Markdown, signed by whoever answers."""
    found = _linked(found, desk)
    _, contact = say.gettext, desk.contact
    signed = " · ".join(filter(None, (_quoted(desk.publisher), f"<{contact}>" if _web(contact) else _quoted(contact))))
    lines = [f"# {say.name(VERDICTS, found.verdict)}: {_quoted(found.headline)}", ""]
    lines += [
        f"**{_('Why')}**: {say.name(REASONS, found.reason)}. {say.posts(found.item.posts, found.item.sources)}.",
        "",
    ]
    lines += [part for said in found.explanation.splitlines() if said.strip() for part in (_quoted(said), "")]
    if told_since := corrected(found, say=say):
        lines += [f"*{told_since}*", ""]
    first = _("What is so") if found.settled else _("What the evidence says")
    for title, told in (
        (first, [_line(e, say=say) for e in found.passages]),
        (_("Checked before"), [_line(e, say=say) for e in found.checks]),
        (_("What a party says of itself"), [_line(e, say=say) for e in found.parties]),
        (_("What is not known"), [f"- {line}" for line in found.unknown]),
        (_("Where it was seen"), _places(found, say=say)),
    ):
        lines += [f"## {title}", "", *told, ""] if told else []
    decided = _("Decided %(day)s") % {"day": say.day(found.at)}
    lines += [f"{decided}. {_('Case %(id)s') % {'id': found.item.case_id}}.", ""]
    lines += [_(OBJECT), "", signed, ""] if signed else []
    return "\n".join(lines)


def corrected(found: Brief, *, say: Words) -> str:
    """What a reader of an earlier brief has to know; empty where there is nothing."""
    _, told = say.gettext, []
    if found.before:
        said = _("Corrected %(day)s: before, this was answered with “%(verdict)s”.")
        told.append(said % {"day": say.day(found.before_until), "verdict": say.name(VERDICTS, found.before)})
    if found.reworded:
        said = _("Put in other words %(day)s; the verdict is the same as before.")
        told.append(said % {"day": say.day(found.reworded)})
    return " ".join(told)


def _line(e: EvidenceRow, *, say: Words) -> str:
    named = _quoted(_source(e, say=say))
    where = f"[{named}]({_web(e.url)})" if _web(e.url) else named
    origin, role = ", ".join(filter(None, (where, say.dated(e)))), say.role(e)
    told = " ".join(filter(None, (origin, role and f"({role})")))
    return f"- {' — '.join(filter(None, (_quoted(_words(e, say=say)), told)))}"


def _source(e: EvidenceRow, *, say: Words) -> str:
    """What a passage is from, else where it stands; empty where neither is known."""
    return say.origin(e) or _web(e.url)


def _cited(e: EvidenceRow, *, say: Words) -> str:
    """The same where its words aren't told: of a fact that ships, which was read in Soi's."""
    named = _source(e, say=say)
    return say.gettext("{source}, as summed up by Soi").format(source=named) if named and e.summary else named


def few(found: Brief, *, say: Words) -> str:
    """That only some of a case's posts are named; empty where all are, or none is."""
    named = len(found.seen_first)
    said = say.gettext("%(n)s of %(all)s posts, the earliest first:")
    return said % {"n": say.number(named), "all": say.number(found.posts)} if 0 < named < found.posts else ""


def _places(found: Brief, *, say: Words) -> list[str]:
    lines, some = [_seen(post, say=say) for post in found.seen_first], few(found, say=say)
    return [some, "", *lines] if some else lines


def _seen(post: reading.CasePost, *, say: Words) -> str:
    where = f"<{post.url}>" if _web(post.url) else _quoted(post.url)
    edited = f" ({say.gettext('edited since')})" if post.edited else ""
    gone = f" ({say.gettext('no longer reachable')})" if post.gone else ""
    return f"- {_quoted(post.source)}, {say.day(post.published or post.first_seen)}{edited}{gone} {where}".rstrip()


def _words(e: EvidenceRow, *, say: Words) -> str:
    """What a passage says, long ones cut, after what is told before it on its page: how a check came out, or whose
    words it has."""
    begin = head(e.reading, 600)
    return f"{say.found(e)} {begin}{'' if begin == e.reading else ' …'}".strip()


def _page(desk: DeskSettings, case_id: int) -> str:
    """Where the answer on a case stands on the web; nothing while answers are published nowhere."""
    return f"{desk.publish_url.rstrip('/')}/{case_id}" if desk.publish_url else ""


def claim_review(found: Brief, *, say: Words, desk: DeskSettings) -> dict[str, Any]:
    """The verdict as schema.org ClaimReview (JSON-LD); it names an address only where rebuttals are published."""
    found = _linked(found, desk)
    return claimreview.claim_review(
        claim=spelled(found.claim), verdict=found.verdict, words=say.name(VERDICTS, found.verdict), at=found.at,
        language=say.language, publisher=desk.publisher, address=desk.publish_url.rstrip("/"),
        page=_page(desk, found.item.case_id),
        posts=[("" if post.edited else post.url, post.published) for post in found.seen_at],
        evidence=[(e.url, spelled(named)) for e in found.settles if (named := _cited(e, say=say))],
        explanation=spelled(found.explanation), changed=max(found.before_until, found.reworded),
        correction=corrected(found, say=say),
    )  # fmt: skip


def claim_reviews(db: Database, *, say: Words, desk: DeskSettings, since: str, until: str) -> Iterator[dict[str, Any]]:
    """ClaimReview of every case with a standing verdict on truth given in a period."""
    for row in report.published(db, since, until):
        found = brief(db, int(str(row["case_id"])), say=say)
        if found and found.on_truth:
            yield claim_review(found, say=say, desk=desk)


def reasons(found: Brief, *, say: Words, desk: DeskSettings) -> dict[str, Any]:
    """A statement of reasons: who decided what, in place of what, on which facts, how, and how to object."""
    _, found = say.gettext, _linked(found, desk)
    before = {"verdict": found.before, "words": say.name(VERDICTS, found.before)}
    write = _("Write to whoever runs this desk with evidence; the case is opened again and read anew.")
    if desk.signature:
        write = _("Write to %(who)s with evidence; the case is opened again and read anew.")
        write %= {"who": desk.signature}
    return {
        "publisher": desk.publisher,
        "contact": desk.contact,
        "page": _page(desk, found.item.case_id),
        "language": say.language,
        "case": found.item.case_id,
        "claim": spelled(found.claim),
        "decision": {"verdict": found.verdict, "words": say.name(VERDICTS, found.verdict), "at": found.at},
        "replaces": before if found.before else None,
        "reworded": found.reworded,
        "reason": {"code": found.reason, "words": say.name(REASONS, found.reason)},
        "explanation": spelled(found.explanation),
        "facts": [_fact(e, say=say) for e in found.settles],
        "statements_of_parties": [_fact(e, say=say) for e in found.parties],
        "covers": {"posts": found.item.posts, "sources": found.item.sources},
        "automated_detection": found.found,
        "automated_decision": False,
        "decided_by": found.reader,
        "not_known": list(found.unknown),
        "redress": write,
    }


def case_rows(db: Database, found: Brief, *, say: Words) -> list[dict[str, object]]:
    """All that is told of a decided case, a row each: its verdict, what that took the place of and when, the evidence
    it rests on, and of one on truth the posts that it may be said to stand in, in the words that were judged."""
    number = found.item.case_id
    told: list[dict[str, object]] = [
        {"what": "verdict", "at": found.at, "verdict": found.verdict, "reason": found.reason, "by": found.reader,
         "explanation": spelled(found.explanation)}
    ]  # fmt: skip
    told += [
        {"what": "change", "at": one.at, "before": one.before, "verdict": one.after,
         "explanation": spelled(one.explanation)} for one in trends.corrections(db, case_id=number, limit=MOST_CHANGES)
    ]  # fmt: skip
    for what, rows in (("evidence", found.settles), ("party", found.parties)):
        for fact in (_fact(e, say=say) for e in rows):
            told.append({"what": what, "at": fact["date"], **{name: fact[name] for name in FACT}})
    for post in _said_in(db, number) if found.on_truth else []:
        said = next(one for one in posts.versions_of(db, post.post_id) if one.id == post.judged)
        told.append({"what": "post", "at": post.published or post.first_seen, "post_id": str(post.post_id),
                     "source": post.source, "url": _public(post.url), "text": spelled(said.reading)})  # fmt: skip
    blank: dict[str, object] = dict.fromkeys(CASE_COLUMNS, "")
    return [{**blank, "case_id": number, "claim": spelled(found.claim), **one} for one in told]


def _day(at: str) -> str:
    """The day of a moment, as pages tell it; a bare date, and what is none, as it is."""
    try:
        return str(here(at).date())
    except ValueError:
        return at


def _fact(e: EvidenceRow, *, say: Words) -> dict[str, str]:
    words, role = spelled(_words(e, say=say)), "" if is_verdict(e.eid) else e.role  # the desk's own word
    return {
        "eid": _public(e.eid), "role": role, "source": spelled(_source(e, say=say)), "date": _day(e.date),
        "valid_from": e.valid_from, "valid_to": e.valid_to, "as_of": e.as_of, "url": e.url, "text": words,
    }  # fmt: skip


def corrections_page(db: Database, page: int) -> list[trends.Correction]:
    """A page of the verdicts that changed, newest first, and one more where there is another page."""
    return trends.corrections(db, limit=A_PAGE + 1, offset=(page - 1) * A_PAGE)


def corrections(
    changes: list[trends.Correction], *, say: Words, desk: DeskSettings, host: str = "", page: int = 1, lang: str = ""
) -> bytes:
    """A page of the verdicts that changed, as an Atom feed, in the `lang` that its address asks for.

    `host` is where the desk is reached just now; where it has an address for all, ids begin with that, and are no other
    desk's, nor those of a desk set up anew. Entries lead to where rebuttals are published, else into the desk.
    """
    _ = say.gettext
    lasting, base = bool(desk.address), (desk.address or host).rstrip("/")
    own = f"{base}/corrections.atom"
    space = "http://www.w3.org/2005/Atom"
    feed = Element("feed", {"xmlns": space, "xml:lang": say.language})
    for tag, text in (
        ("id", own if lasting else "urn:soi:corrections"), ("title", _("Corrections of the desk")),
        ("updated", max((change.at for change in changes), default=NEVER)),
    ):  # fmt: skip
        SubElement(feed, tag).text = text
    SubElement(SubElement(feed, "author"), "name").text = spelled(desk.publisher) or "Soi"
    for rel, at in (("self", page), ("next", page + 1))[: 1 + (len(changes) > A_PAGE)]:
        asked = urlencode(({"lang": lang} if lang else {}) | ({"page": at} if at > 1 else {}))
        SubElement(feed, "link", {"rel": rel, "href": f"{own}?{asked}" if asked else own})
    for change in changes[:A_PAGE]:
        claim = _begun(say.name(GONE, change.claim))
        title = f"{_changed(change, say=say)}: {head(claim, 200)}"
        entry = SubElement(feed, "entry")
        name = f"{own}#{change.id}-{change.at[:10]}" if lasting else f"urn:soi:decision:{change.id}"
        SubElement(entry, "id").text = name
        SubElement(entry, "title").text = spelled(title)
        SubElement(entry, "updated").text = change.at
        told = change.decided and change.claim != ERASED  # in a brief
        inside = f"{base}/case/{change.case_id}{'/brief' if told else ''}"
        SubElement(entry, "link", {"href": _page(desk, change.case_id) or inside})
        SubElement(entry, "summary").text = spelled("\n\n".join(filter(None, (claim, change.explanation))))
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _changed(change: trends.Correction, *, say: Words) -> str:
    """What became of a verdict."""
    _ = say.gettext
    if not change.before:
        return _("The earlier verdict no longer stands; the case is being read again")
    after = say.name(VERDICTS, change.after) if change.after else _("taken back; the case is open again")
    if change.after == change.before:
        upheld = _("upheld after the case was opened again")
        after = _("upheld in other words after the case was opened again") if change.reworded else upheld
    return f"{say.name(VERDICTS, change.before)} → {after}"
