"""Fact-checks that are withdrawn where they were published, and those that are this desk's own."""

import json
import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from filled import typed
from small_site import Answer, Site, crawl, site

from crawlers import visits
from crawlers.items import FactCheck, Fetch, Outcome, Passage, Reading, Settled
from crawlers.moments import stamp
from crawlers.sources import Source
from pipeline.home import Home
from pipeline.intake import open_intake
from pipeline.records import FactCheckRow, NewDecision, NewPost, PassageRow, Verdict
from pipeline.settings import DeskSettings
from pipeline.store import cases, decisions, evidence, factchecks, fetches, open_store, pieces, posts
from pipeline.store.migrations import migrations
from review.words import words

CLAIM, OTHER = "Trẻ 12 tuổi được làm công nhân nhà máy.", "Xã Hoa Ban không có trạm y tế."


@pytest.fixture
def db(empty: Path, tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return Path(shutil.copy(empty, tmp_path / "data" / "soi.db"))


def page(web: Site, path: str, *claims: str, url: str = "", rating: str = "Sai", by: str = "Ban Kiểm chứng") -> None:
    """A page with a ClaimReview of each claim."""
    marked = [
        {
            "@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": claim,
            "url": url or f"{web.root}{path}", "reviewRating": {"@type": "Rating", "alternateName": rating},
            "author": {"@type": "Organization", "name": by},
        } for claim in claims
    ]  # fmt: skip
    told = f'<script type="application/ld+json">{json.dumps(marked)}</script>' if marked else ""
    body = f'<html lang="vi"><head>{told}</head><body><p>Bài kiểm chứng.</p></body></html>'
    web.routes[path] = Answer(body.encode(), headers={"Content-Type": "text/html"})


def look(db: Path, web: Site, *paths: str, hours: float = 30, **desk: str) -> dict[str, int]:
    """One more crawl, some hours after the last one."""
    web.feed(*paths)
    with sqlite3.connect(db) as connection:
        for table, moment in (("fetches", "fetched_at"), ("fetches", "next_visit"), ("factchecks", "missed_at")):
            connection.execute(
                f"UPDATE {table} SET {moment} = strftime('%Y-%m-%dT%H:%M:%fZ', {moment}, ?) WHERE {moment} <> ''",
                [f"-{hours} hours"],
            )
    found: dict[str, int] = crawl(db, [web.source(kind="factcheck", use="evidence")], desk=desk)["counts"]
    return found


def refuted(db: Path) -> list[str]:
    return [eid for eid, *_ in evidence.refuted_claims(open_store(db))]


def rests_on(path: Path, eid: str) -> int:
    """A case that is decided by one piece of evidence."""
    db = open_store(path)
    posts.take_post(db, NewPost("bao", "https://bao.example/1", CLAIM))
    case_id = cases.open_case(db, 1, claim=CLAIM, score_id=None)
    decisions.decide(db, NewDecision(case_id, "an", Verdict.FALSE, "repeats_refuted", (eid,)))
    return case_id


def take_down(web: Site) -> None:
    del web.routes["/1"]


def unmark(web: Site) -> None:
    page(web, "/1")


@pytest.mark.parametrize("away", [take_down, unmark])
def test_a_fact_check_whose_page_shows_it_no_more_is_withdrawn_until_it_is_back(web: Site, db: Path, away: Any) -> None:
    page(web, "/1", CLAIM)
    assert look(db, web, "/1")["new"] == 1
    case_id = rests_on(db, "factcheck:1")
    away(web)
    for _ in range(2):
        look(db, web, "/1")
        assert refuted(db) == ["factcheck:1", "decision:1"]  # a day and more of maintenance
    look(db, web, "/1")
    store = open_store(db)
    assert refuted(db) == []
    assert cases.case(store, case_id).state == "reopened"
    assert decisions.history(store, case_id)[-1].note == "evidence_withdrawn: factcheck:1"
    shown = pieces.piece(store, "factcheck:1")
    assert (shown.role, shown.text) == ("", CLAIM)
    assert words("en").found(shown) == "Checked before, and found “Sai”, but withdrawn since:"
    assert factchecks.find(store, CLAIM) == []
    with pytest.raises(decisions.DecisionRefused):
        decisions.decide(store, NewDecision(case_id, "an", Verdict.FALSE, "repeats_refuted", ("factcheck:1",)))
    page(web, "/1", CLAIM)
    look(db, web, "/1")
    assert refuted(db) == ["factcheck:1"]
    assert pieces.piece(store, "factcheck:1").role == "independent"


def test_a_fact_check_whose_page_is_gone_on_purpose_is_withdrawn_at_once_until_it_is_back(web: Site, db: Path) -> None:
    page(web, "/1", CLAIM)
    look(db, web, "/1")
    web.routes["/1"] = Answer(b"?", 410)
    assert look(db, web, "/1")["gone"] == 1
    assert refuted(db) == []
    page(web, "/1", CLAIM)
    look(db, web, "/1")
    assert refuted(db) == ["factcheck:1"]


@pytest.mark.parametrize("first", ["agg", "gov"])
@pytest.mark.parametrize("role_later", [False, True])
def test_what_an_authority_says_of_itself_is_its_word_whoever_listed_it_first(
    web: Site, db: Path, first: str, role_later: bool
) -> None:
    with site() as ours:
        page(ours, "/1", CLAIM)
        page(web, "/tong-hop", CLAIM, OTHER, url=f"{ours.root}/1")
        web.feed("/tong-hop")
        ours.feed("/1")
        read_as = {"kind": "factcheck", "use": "evidence"}
        agg = web.source(id="agg", name="Trang tổng hợp", **read_as)
        gov = ours.source(id="gov", name="Công an xã", role="independent" if role_later else "party", **read_as)
        for source in sorted([agg, gov], key=lambda one: one["id"] != first):
            crawl(db, [source])
        if role_later:
            gov["role"] = "party"
            crawl(db, [gov])
            crawl(db, [agg])
    store = open_store(db)
    checks = "SELECT claim, role, page_url <> '' FROM factchecks ORDER BY claim"
    assert store.conn.execute(checks).fetchall() == [(CLAIM, "party", 1), (OTHER, "party", 0)]
    eid = next(row.eid for row in factchecks.find(store, OTHER))
    assert pieces.piece(store, eid).source == "Ban Kiểm chứng (Công an xã)"
    fetches.put_sources(store, [Source(**{**gov, "off": True})])
    assert factchecks.take(store, told(store, "agg", page_url=f"{ours.root}/1")) == "known"
    assert store.conn.execute(checks).fetchall()[0] == (CLAIM, "party", 1)


def told(store: Any, source_id: str, page_url: str = "", url: str = "") -> FactCheckRow:
    """The claim as a source says that it was checked."""
    return FactCheckRow(source_id, url or page_url, CLAIM, "Sai", "false", "Ban Kiểm chứng", page_url=page_url)


def test_a_party_that_lists_what_an_independent_site_checked_makes_it_no_partys_word(db: Path) -> None:
    store, there = open_store(db), "https://kiem.example/1"
    read_as = {"kind": "factcheck", "use": "evidence"}
    fetches.put_sources(store, [
        Source("kiem", "Trung tâm", url="https://kiem.example/rss", **read_as),
        Source("gov", "Công an xã", url="https://xa.example/rss", role="party", **read_as),
        Source("agg", "Trang tổng hợp", url="https://agg.example/rss", **read_as),
    ])  # fmt: skip
    factchecks.take(store, told(store, "kiem", there))
    factchecks.take(store, replace(told(store, "gov", there), role="party"))
    roles = "SELECT source_id, role FROM factchecks ORDER BY id"
    assert store.conn.execute(roles).fetchall() == [("kiem", "independent")]
    factchecks.take(store, told(store, "agg", url="https://noi-khac.example/1"))
    assert pieces.piece(store, "factcheck:2").source == "Ban Kiểm chứng (Trang tổng hợp)"
    own = replace(told(store, "gov", "https://noi-khac.example/1"), role="party")
    factchecks.take(store, own)
    assert store.conn.execute(roles).fetchall()[1] == ("gov", "party")
    assert pieces.piece(store, "factcheck:2").source == "Ban Kiểm chứng"


def test_a_passing_fault_withdraws_nothing(web: Site, db: Path) -> None:
    answers = (Answer(b"?", 404), Answer(b""), Answer(b"?", 500), Answer(b"<html>Xin"), Answer(b"?", 403))
    faults = {f"/{n}": answer for n, answer in enumerate(answers, start=1)}
    for path in faults:
        page(web, path, f"{CLAIM} Nhà máy số {path[1:]}.")
    look(db, web, *faults)
    good = {path: web.routes[path] for path in faults}
    for _ in range(2):
        web.routes |= faults
        assert look(db, web, *faults) == {"unchanged": 1, "gone": 1, "empty": 2, "blocked": 1, "server_error": 2}
        web.routes |= good
        assert look(db, web, *faults) == {"known": 2, "unchanged": 4}
    assert refuted(db) == [f"factcheck:{n}" for n in range(1, 6)]


def test_a_page_without_its_mark_is_not_read_twice_within_one_hour(web: Site, db: Path) -> None:
    page(web, "/1", CLAIM)
    look(db, web, "/1")
    unmark(web)
    assert look(db, web, "/1")["empty"] == 1
    assert look(db, web, "/1", hours=0.5) == {"unchanged": 1}
    assert refuted(db) == ["factcheck:1"]


def test_of_two_on_a_page_the_one_that_goes_is_withdrawn(web: Site, db: Path) -> None:
    page(web, "/1", CLAIM, OTHER)
    look(db, web, "/1")
    for _ in range(3):
        page(web, "/1", OTHER)
        look(db, web, "/1")
    assert refuted(db) == ["factcheck:2"]


def test_a_list_that_names_it_no_more_and_a_page_that_repeats_it_withdraw_nothing(web: Site, db: Path) -> None:
    page(web, "/1", CLAIM)
    page(web, "/tuan", CLAIM, OTHER, url=f"{web.root}/1")
    look(db, web, "/1", "/tuan")
    for _ in range(3):
        page(web, "/tuan")
        look(db, web, "/khac")
    assert refuted(db) == ["factcheck:1", "factcheck:2"]


def test_a_fact_check_taken_back_by_hand_stays_so(web: Site, db: Path) -> None:
    page(web, "/1", CLAIM)
    look(db, web, "/1")
    case_id = rests_on(db, "factcheck:1")
    home = Home(db.parent.parent)
    done = typed(home, "evidence", "remove", "factcheck:1")
    assert "Removed: factcheck:1." in done.output
    assert f"case {case_id}." in done.output
    for rating in ("Sai", "Sai sự thật"):
        page(web, "/1", CLAIM, rating=rating)
        look(db, web, "/1")
    assert refuted(db) == []
    for eid, why in (("factcheck:7", "there is no fact-check factcheck:7"), ("decision:1", "is a verdict")):
        told = typed(home, "evidence", "remove", eid)
        assert why in str(told.exception)


def test_what_was_withdrawn_before_an_upgrade_is_found_out_after_it(
    web: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, at = tmp_path / "data" / "soi.db", f"{web.root}/1"
    with monkeypatch.context() as patch:
        upto = [one.name for one in migrations._migrations].index("m028_fact_checks_that_were_withdrawn")
        patch.setattr(migrations, "_migrations", migrations._migrations[:upto])
        old = open_store(path)
    old.conn.execute(
        "INSERT INTO factchecks (source_id, url, claim, rating, verdict, role, seen_at)"
        " VALUES ('bao', ?, ?, 'Sai', 'false', 'independent', '2026-01-01')", [at, CLAIM],
    )  # fmt: skip
    old.conn.execute(
        "INSERT INTO fetches (url, source_id, step, fetched_at, next_visit, outcome, misses, body_hash)"
        " VALUES (?, 'bao', 'page', '2026-01-02T00:00:00.000Z', '', 'gone', 2, 'x')", [at],
    )  # fmt: skip
    old.conn.commit()
    old.close()
    assert refuted(path) == ["factcheck:1"]
    for _ in range(3):
        look(path, web, "/khac")
    assert refuted(path) == []


OWN = {"publisher": "Nhóm  kiểm chứng Đồi Chè"}


@pytest.mark.parametrize(
    ("path", "more"),
    [("/bai/4", {}), ("/ban-sao", {"url": "own"}), ("/bai/5", {"url": "https://khac.example/5"}),
     ("/chep", {"by": "Nhóm Kiểm chứng đồi chè"})],
)  # fmt: skip
def test_what_this_desk_published_is_no_fact_check_of_somebody_else(
    web: Site, db: Path, path: str, more: dict[str, str]
) -> None:
    desk = OWN | {"publish_url": f"http://www.{web.host}:{web.port}/bai/"}
    if more.get("url") == "own":
        more = {"url": f"{web.root}/bai/4"}
    page(web, path, CLAIM, **more)
    page(web, "/1", OTHER)
    assert look(db, web, path, "/1", **desk)["new"] == 1
    store = open_store(db)
    assert [found.url for word in ("trẻ", "xã") for found in factchecks.find(store, word)] == [f"{web.root}/1"]


def test_what_was_taken_for_somebody_elses_before_the_desk_had_an_address_is_withdrawn(web: Site, db: Path) -> None:
    page(web, "/bai/4", CLAIM)
    look(db, web, "/bai/4")
    case_id = rests_on(db, "factcheck:1")
    desk = {"publish_url": f"http://{web.host}:{web.port}/bai"}
    for _ in range(3):
        look(db, web, "/bai/4", **desk)
        assert refuted(db) == []
    assert cases.case(open_store(db), case_id).state == "reopened"


AT = datetime(2026, 11, 1, 8, tzinfo=UTC)
PAGE = Fetch("bao", "https://bao.example/1", "page")
SOURCE = Source("bao", "Báo", "factcheck", "https://bao.example/rss", use="evidence")


class Looks:
    """A store, and what one page shows at each look at it: hours after the first one, its claims, what came of it."""

    def __init__(self, path: Path) -> None:
        self.db = open_store(path)

    def look(self, hours: float, *claims: str, outcome: Outcome | None = None, body: str = "") -> float | None:
        """Look once; says after how many hours, from the first look, the next one is due."""
        at = AT + timedelta(hours=hours)
        with open_intake(self.db, [SOURCE]) as intake:
            visit = intake.visit(PAGE)
            if outcome is not Outcome.GONE:
                body = body or " ".join(claims) or "-"
                visit = visits.remembered(visit, etag="", last_modified="", body_hash=body, now=at, conditional=False)
            visit, due = visits.after(visit, PAGE, outcome, at)
            items = [FactCheck("bao", PAGE.url, claim, "Sai", "false", own_page=True) for claim in claims]
            reading = Reading(items=tuple(items), missed=outcome)
            intake.settle(Settled(PAGE, outcome, visit, due, reading, ""), now=stamp(at))
        (due,) = self.db.conn.execute("SELECT next_visit FROM fetches WHERE url = ?", [PAGE.url]).fetchone()
        return (datetime.fromisoformat(due) - AT) / timedelta(hours=1) if due else None

    def in_force(self) -> list[str]:
        return [claim for _, claim, _ in evidence.refuted_claims(self.db)]


@pytest.fixture
def looks(db: Path) -> Looks:
    return Looks(db)


def test_what_the_last_revisit_misses_is_looked_at_a_day_later(looks: Looks) -> None:
    for hours in (0, 1, 6, 24, 72):
        looks.look(hours, CLAIM, OTHER)
    for days in (0, 1, 2):
        assert looks.in_force() == [CLAIM, OTHER]
        outcome = Outcome.UNCHANGED if days else None
        assert looks.look(168 + 24 * days, CLAIM, outcome=outcome) == 168 + 24 * (days + 1)
    assert looks.in_force() == [CLAIM]
    assert looks.look(168 + 72, CLAIM, OTHER) is None
    assert looks.in_force() == [CLAIM, OTHER]


@pytest.mark.parametrize("outcome", [Outcome.EMPTY, Outcome.GONE, None])
def test_a_page_that_is_made_due_sooner_misses_nothing_twice_within_one_day(
    looks: Looks, outcome: Outcome | None
) -> None:
    looks.look(0, CLAIM)
    for missed in (170, 194):
        looks.look(missed, outcome=outcome)
        for n, hours in enumerate((1, 12, 23)):
            due = looks.look(missed + hours, outcome=outcome, body=f"{n}")
            assert due is not None
            assert due <= missed + 24
            assert looks.in_force() == [CLAIM]
    looks.look(194 + 24, outcome=outcome)
    assert looks.in_force() == []


def test_a_page_that_lost_a_fact_check_is_looked_at_daily_for_a_month(looks: Looks) -> None:
    for hours in (0, 1, 6):
        looks.look(hours, CLAIM)
    looks.look(168)
    due: float | None = 168 + 24
    days = 0
    while due is not None and days < 99:
        days += 1
        assert due == 168 + 24 * days
        due = looks.look(due, outcome=Outcome.UNCHANGED)
    assert days == factchecks.AWAITED_DAYS + 2
    assert looks.in_force() == []


def test_a_page_that_shuts_out_who_asks_is_tried_daily(looks: Looks) -> None:
    looks.look(0, CLAIM)
    looks.look(6, outcome=Outcome.GONE)
    for _ in range(8):
        looks.look(7, outcome=Outcome.BLOCKED)
    assert looks.look(7, outcome=Outcome.BLOCKED) == 6 + 24
    assert looks.look(30, outcome=Outcome.BLOCKED) == 30 + 24


def test_a_page_among_many_is_found_by_its_index(db: Path) -> None:
    plan = open_store(db).conn.execute("EXPLAIN QUERY PLAN UPDATE factchecks SET missed = 0 WHERE page_url = ?", ["x"])
    assert ["factchecks_page" in detail for *_, detail in plan] == [True]


HERE = DeskSettings(publish_url="https://bao.example/bai/")


def crawled_before(path: Path, *, role: str = "independent") -> Any:
    """A store with a passage and a fact-check from where a desk turns out to publish, and one from elsewhere."""
    db = open_store(path)
    with open_intake(db, [replace(SOURCE, role=role)]) as intake:
        for number, url in enumerate(("https://bao.example/bai/4", "https://bao.example/khac/5")):
            fetch = replace(PAGE, url=url)
            check = FactCheck("bao", url, (CLAIM, OTHER)[number], "Sai", "false", own_page=True)
            reading = Reading(items=(Passage("bao", url, "Xã vẫn có trường.", "Xã", ""), check))
            intake.settle(Settled(fetch, None, intake.visit(fetch), "", reading, ""), now=stamp(AT))
    return db


MINE, THEIRS = (evidence.crawled_eid("bao", f"https://bao.example/{page}") for page in ("bai/4", "khac/5"))


def test_a_page_of_the_desk_that_was_crawled_before_settles_nothing(db: Path) -> None:
    store = crawled_before(db)
    case_id = rests_on(db, MINE)
    with open_intake(store, [SOURCE], desk=HERE):
        pass
    assert [pieces.piece(store, eid).role for eid in (MINE, THEIRS)] == ["party", "independent"]
    assert cases.case(store, case_id).state == "reopened"
    with pytest.raises(decisions.DecisionRefused):
        decisions.decide(store, NewDecision(case_id, "an", Verdict.FALSE, "repeats_refuted", (MINE,)))


def test_another_role_of_its_source_makes_the_desks_own_page_no_evidence(db: Path) -> None:
    store = crawled_before(db)
    for role in ("primary", "party", "independent"):
        fetches.put_sources(store, [replace(SOURCE, role=role)], own=HERE)
        assert [pieces.piece(store, eid).role for eid in (MINE, THEIRS)] == ["party", role]


def test_what_people_brought_under_such_an_address_has_its_own_role_again_and_is_found_as_before(db: Path) -> None:
    store = open_store(db)
    url, law = "https://bao.example/bai/9", PassageRow("luat:1", "Xã có trường.", "Luật", "primary", "law")
    evidence.put_passages(store, [replace(law, url=url)], said={law.eid: "con em đi học"})
    evidence.put_passages(store, [replace(law, eid="so:1", role="party", kind="fact", url=url)])
    for desk, roles in ((HERE, ["party", "party"]), (DeskSettings(), ["primary", "party"])):
        fetches.put_sources(store, [SOURCE], own=desk)
        assert [pieces.piece(store, eid).role for eid in ("luat:1", "so:1")] == roles
        assert [row.eid for row in evidence.find_passages(store, "con em đi học")] == ["luat:1"]


def test_the_role_that_people_told_last_is_the_one_such_a_passage_comes_back_with(db: Path) -> None:
    store = open_store(db)
    law = PassageRow("luat:1", "Xã có trường.", "Luật", "primary", "law", url="https://bao.example/bai/9")

    def under(desk: DeskSettings) -> str:
        fetches.put_sources(store, [SOURCE], own=desk)
        return pieces.piece(store, law.eid).role

    for told in ("primary", "party", "independent"):
        for told_under in (HERE, DeskSettings()):
            evidence.put_passages(store, [law])
            under(HERE)
            under(told_under)
            evidence.put_passages(store, [replace(law, role=told)])
            assert [under(desk) for desk in (HERE, DeskSettings(), DeskSettings())] == ["party", told, told]
    evidence.put_passages(store, [law])
    under(HERE)
    evidence.put_passages(store, [law])
    assert under(DeskSettings()) == "primary"
    evidence.put_passages(store, [replace(law, role="party")])
    assert under(DeskSettings()) == "party"


def test_what_a_wrong_setting_took_for_the_desks_own_is_evidence_again(db: Path) -> None:
    store = crawled_before(db)
    rests_on(db, THEIRS)
    for desk in (DeskSettings(publish_url="https://bao.example"), DeskSettings(publisher="Báo")):
        fetches.put_sources(store, [SOURCE], own=desk)
        assert refuted(db) == []
    factchecks.withdraw(store, 2)  # by hand: that stays so
    fetches.put_sources(store, [SOURCE], own=HERE)
    assert pieces.piece(store, THEIRS).role == "independent"
    fetches.put_sources(store, [SOURCE], own=DeskSettings())
    assert [pieces.piece(store, eid).role for eid in (MINE, "factcheck:1", "factcheck:2")] == ["independent"] * 2 + [""]
