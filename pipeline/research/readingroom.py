"""How the database describes itself in Datasette: every table and column, facets, and queries worth asking."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from classifier.atomic import replaced
from pipeline.research.describe import tables as described
from pipeline.store.trends import READ_TWICE

FACETS = {
    "posts": ["source_id", "language"], "scores": ["model", "kind", "flagged", "outcome"],
    "passages": ["kind", "role"], "run_outcomes": ["outcome", "source_id"], "labels": ["verdict", "reason"],
    "fetches": ["source_id", "outcome"], "factchecks": ["verdict", "publisher"],
    "shadow_scores": ["model", "kind", "flagged"], "evidence": ["relation", "role", "slot"],
}  # fmt: skip

# of a model's scores of a text, the one that came last: evidence that came later adds another
NEWEST = "s.id = (select max(x.id) from scores x where x.version_id = s.version_id and x.model = s.model)"
QUERIES = {
    "what_became_of_everything": (
        "Outcomes of each step, by source",
        "select r.step, o.source_id, o.outcome, sum(o.n) as n from run_outcomes o join runs r on r.id = o.run_id"
        " group by 1, 2, 3 order by 1, 2, 4 desc",
    ),
    "verdicts_by_right": (
        "Standing verdicts, by the rights of their claim",
        "select r.value as right, s.verdict, count(*) as cases from standings s, json_each(s.rights) r"
        " where s.state = 'decided' group by 1, 2 order by 1, 3 desc",
    ),
    "decisions_on_decided_cases": (
        "What was decided, taken back and reopened in cases that are decided now, with the evidence each named",
        "select d.id, d.case_id, d.at, d.action, d.verdict, d.reason, d.undoes, d.blind,"
        " (select group_concat(e.eid, ' ') from decision_evidence e where e.decision_id = d.id) as evidence"
        " from decisions d join standings s on s.case_id = d.case_id where s.state = 'decided' order by d.id desc",
    ),
    "where_cases_stand": (
        "Cases, the one most worth an hour first, with their verdict once they are decided",
        "select s.case_id, c.claim, s.lane, s.state, iif(s.state = 'decided', s.verdict, '') as verdict, s.since,"
        " s.priority, s.p_refuted, s.reasons, s.rights, s.slot, s.kinds, s.posts, s.sources, s.first_seen, s.last_seen"
        " from standings s join cases c on c.id = s.case_id order by s.undecided desc, s.priority desc, s.case_id",
    ),
    "which_model_scored_when": (
        "Versions that were made live",
        "select version, parts, at from promotions order by id desc",
    ),
    "where_model_and_people_differ": (
        "Flagged posts that people found true, an opinion or a testimony",
        "select l.case_id, l.verdict, s.model, s.p_refuted, s.claim from labels l join scores s"
        f" on s.version_id = l.version_id and {NEWEST} where s.flagged = 1"
        " and l.verdict not in ('false', 'misleading')"
        " order by s.p_refuted desc limit 200",
    ),
    "which_slots_differ": (
        "Which slot differed where evidence contradicts a claim, by the model that said so, and by what: a passage laid"
        " beside the claim, or a claim found false before that it repeats",
        "select s.model, iif(e.eid glob 'factcheck:*' or e.eid glob 'decision:*', 'repeats', 'passage') as [by],"
        " e.slot, count(*) as n, round(avg(e.p), 3) as mean_p from evidence e join scores s on s.id = e.score_id"
        f" and {NEWEST} where e.relation = 'contradicts' group by 1, 2, 3 order by 1, 4 desc",
    ),
    "two_readers": (
        "First and blind second verdicts of the same case, of those drawn at random",
        f"select first, second, count(*) as cases from ({READ_TWICE}) group by 1, 2 order by 3 desc",
    ),
    "champion_and_challenger": (
        "Posts that only one of two models flags",
        "select s.model as champion, h.model as challenger, s.version_id, s.p_refuted, h.p_refuted as p_challenger,"
        " s.claim from scores s join shadow_scores h on h.version_id = s.version_id where s.flagged <> h.flagged"
        f" and {NEWEST} order by abs(s.p_refuted - h.p_refuted) desc limit 200",
    ),
    "search_posts": (
        "Posts that hold some words, with or without diacritics",
        "select v.post_id, v.title, substr(v.text, 1, 200) as text, v.seen_at from versions_fts f join versions v"
        # escape_fts, which Datasette brings, quotes words, so that none is syntax; no word at all would be wrong syntax
        " on v.id = f.rowid where versions_fts match escape_fts(replace(replace(:words, 'đ', 'd'), 'Đ', 'D'))"
        " || ' \"\"' order by rank limit 50",
    ),
}

PEOPLE = frozenset({"person", "decider", "given_by"})  # columns that name somebody at the desk
# besides tables that name people: what lets one guess at secrets, and at verdicts that somebody is to read blind
CLOSED = frozenset({"users", "login_attempts", "second_readings", "decision_evidence", "decision_words"})


def closed(name: str, columns: Iterable[str]) -> bool:
    """Whether a table stays shut: its rows tell of people at the desk, of secrets, or of verdicts being checked."""
    return name in CLOSED or name.endswith("_fts") or not PEOPLE.isdisjoint(columns)


def metadata() -> dict[str, Any]:
    """Datasette's metadata of a database of that name; tables that stay shut are hidden and not allowed."""
    tables: dict[str, Any] = {}
    for name, (sentence, columns) in described().items():
        told: dict[str, Any] = {"description": sentence, "columns": columns}
        if name in FACETS:
            told["facets"] = FACETS[name]
        if closed(name, columns):
            told |= {"hidden": True, "allow": False}
        tables[name] = told
    queries = {name: {"title": title, "sql": sql} for name, (title, sql) in QUERIES.items()}
    # a hand-written query could read the closed tables, so only the canned ones run
    return {
        "title": "Soi",
        "description": "Posts about human rights, the evidence beside them, and what people found.",
        "databases": {"soi": {"tables": tables, "queries": queries, "allow_sql": False}},
    }


def write(path: Path) -> None:
    """The metadata as a file, all of it or none; YAML's own subset JSON serves both endings."""
    with replaced(path) as unfinished:
        unfinished.write_text(json.dumps(metadata(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
