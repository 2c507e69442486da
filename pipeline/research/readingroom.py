"""How the database describes itself in Datasette: every table and column, facets, and queries worth asking."""

import json
from pathlib import Path
from typing import Any

from pipeline.research.describe import tables as described

FACETS = {
    "posts": ["source_id", "language"], "scores": ["model", "kind", "flagged", "outcome"],
    "decisions": ["action", "verdict", "reason", "blind"], "queue": ["lane", "state"],
    "passages": ["kind", "role"], "run_outcomes": ["outcome", "source_id"], "labels": ["verdict", "reason"],
    "fetches": ["source_id", "outcome"], "factchecks": ["verdict", "publisher"], "sides": ["side"],
    "shadow_scores": ["model", "kind", "flagged"], "evidence": ["relation", "role", "slot"],
}  # fmt: skip

QUERIES = {
    "what_became_of_everything": (
        "Outcomes of each step, by source",
        "select r.step, o.source_id, o.outcome, sum(o.n) as n from run_outcomes o join runs r on r.id = o.run_id"
        " group by 1, 2, 3 order by 1, 2, 4 desc",
    ),
    "verdicts_by_right": (
        "Standing verdicts, by the rights of their claim",
        "select r.value as right, s.verdict, count(*) as cases from standings s, json_each(s.rights) r"
        " where s.verdict <> '' group by 1, 2 order by 1, 3 desc",
    ),
    "where_model_and_people_differ": (
        "Flagged posts that people found true, an opinion or a testimony",
        "select l.case_id, l.verdict, s.model, s.p_refuted, s.claim from labels l join scores s"
        " on s.version_id = l.version_id where s.flagged = 1 and l.verdict not in ('false', 'misleading')"
        " order by s.p_refuted desc limit 200",
    ),
    "which_slots_differ": (
        "Which slot differed where evidence contradicts a claim",
        "select slot, count(*) as n, round(avg(p), 3) as mean_p from evidence where relation = 'contradicts'"
        " group by 1 order by 2 desc",
    ),
    "two_readers": (
        "First and blind second verdicts of the same case",
        "select f.verdict as first, b.verdict as second, count(*) as cases from decisions b join decisions f"
        " on f.case_id = b.case_id and f.blind = 0 and f.action = 'decide' and f.id < b.id"
        " where b.blind = 1 and b.action = 'decide' group by 1, 2 order by 3 desc",
    ),
    "champion_and_challenger": (
        "Posts that only one of two models flags",
        "select s.model as champion, h.model as challenger, s.version_id, s.p_refuted, h.p_refuted as p_challenger,"
        " s.claim from scores s join shadow_scores h on h.version_id = s.version_id where s.flagged <> h.flagged"
        " order by abs(s.p_refuted - h.p_refuted) desc limit 200",
    ),
    "search_posts": (
        "Posts that hold some words, with or without diacritics (write d for đ)",
        "select v.post_id, v.title, substr(v.text, 1, 200) as text, v.seen_at from versions_fts f join versions v"
        " on v.id = f.rowid where versions_fts match :words order by rank limit 50",
    ),
}

HIDDEN = ("_fts", "sessions", "login_links", "login_attempts", "api_tokens", "users", "drafts", "saved_views")


def metadata(database: str = "soi") -> dict[str, Any]:
    """Datasette's metadata of a database of that name; tables with secrets or people are hidden and not allowed."""
    tables: dict[str, Any] = {}
    for name, (sentence, columns) in described().items():
        told: dict[str, Any] = {"description": sentence, "columns": columns}
        if name in FACETS:
            told["facets"] = FACETS[name]
        if any(part in name for part in HIDDEN):
            told |= {"hidden": True, "allow": False}
        tables[name] = told
    queries = {name: {"title": title, "sql": sql} for name, (title, sql) in QUERIES.items()}
    # a hand-written query could read the hidden tables, so only the canned ones run
    return {
        "title": "Soi",
        "description": "Posts about human rights, the evidence beside them, and what people found.",
        "databases": {database: {"tables": tables, "queries": queries, "allow_sql": False}},
    }


def write(path: Path, *, database: str = "soi") -> None:
    """The metadata as a file; YAML's own subset JSON serves both endings."""
    path.write_text(json.dumps(metadata(database), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
