"""Every change of the schema, in order, append-only; those that a store lacks run in one transaction."""

import json
import re
from collections.abc import Mapping

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pipeline.records import now

migrations = Migrations("soi")


@migrations()
def m001_posts_and_where_they_come_from(db: Database) -> None:
    """Sources, what their pages told us, posts with all their versions, and runs with their outcomes."""
    db.executescript("""
    CREATE TABLE sources (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, url TEXT NOT NULL,
        use TEXT NOT NULL, role TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', off INTEGER NOT NULL DEFAULT 0,
        health TEXT NOT NULL DEFAULT 'new', health_since TEXT NOT NULL DEFAULT '', weight REAL NOT NULL DEFAULT 0,
        interval_s INTEGER NOT NULL DEFAULT 3600, next_check TEXT NOT NULL DEFAULT '',
        last_checked TEXT NOT NULL DEFAULT '', last_success TEXT NOT NULL DEFAULT '', last_problem TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE TABLE fetches (
        url TEXT PRIMARY KEY, source_id TEXT NOT NULL, etag TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT '', body_hash TEXT NOT NULL DEFAULT '', fetched_at TEXT NOT NULL,
        unconditional_at TEXT NOT NULL DEFAULT '', next_visit TEXT NOT NULL DEFAULT '',
        visits INTEGER NOT NULL DEFAULT 0, misses INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX fetches_due ON fetches (next_visit) WHERE next_visit <> '';
    CREATE TABLE posts (
        id INTEGER PRIMARY KEY, source_id TEXT NOT NULL, url TEXT NOT NULL UNIQUE, published TEXT NOT NULL DEFAULT '',
        section TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '', thread_url TEXT NOT NULL DEFAULT '',
        first_seen TEXT NOT NULL
    ) STRICT;
    CREATE INDEX posts_source ON posts (source_id, first_seen);
    CREATE TABLE versions (
        id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts(id), title TEXT NOT NULL DEFAULT '',
        lead TEXT NOT NULL DEFAULT '', text TEXT NOT NULL, digest TEXT NOT NULL, redactions INTEGER NOT NULL DEFAULT 0,
        gone INTEGER NOT NULL DEFAULT 0, seen_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX versions_post ON versions (post_id, id);
    CREATE VIEW current_posts AS
        SELECT p.id AS post_id, p.source_id, p.url, p.published, p.section, p.language, p.thread_url, p.first_seen,
               v.id AS version_id, v.title, v.lead, v.text, v.digest, v.gone, v.seen_at
        FROM posts p JOIN versions v ON v.id = (SELECT max(id) FROM versions WHERE post_id = p.id);
    CREATE VIRTUAL TABLE versions_fts USING fts5(
        title, text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
    CREATE TRIGGER versions_fts_insert AFTER INSERT ON versions BEGIN
        INSERT INTO versions_fts (rowid, title, text) VALUES
            (new.id, replace(replace(new.title, 'đ', 'd'), 'Đ', 'D'), replace(replace(new.text, 'đ', 'd'), 'Đ', 'D'));
    END;
    CREATE TRIGGER versions_fts_delete AFTER DELETE ON versions BEGIN
        DELETE FROM versions_fts WHERE rowid = old.id;
    END;
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY, step TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT NOT NULL DEFAULT '',
        status TEXT NOT NULL DEFAULT 'running', inputs INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE TABLE run_outcomes (
        run_id INTEGER NOT NULL REFERENCES runs(id), source_id TEXT NOT NULL, outcome TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (run_id, source_id, outcome)
    ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m002_evidence_and_scores(db: Database) -> None:
    """Passages, fact-checks, what each model version said, and the near-duplicate keys of claims."""
    db.executescript("""
    CREATE TABLE passages (
        id INTEGER PRIMARY KEY, eid TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, role TEXT NOT NULL,
        source_id TEXT NOT NULL DEFAULT '', source TEXT NOT NULL, url TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL DEFAULT '', text TEXT NOT NULL, date TEXT NOT NULL DEFAULT '',
        valid_from TEXT NOT NULL DEFAULT '', valid_to TEXT NOT NULL DEFAULT '', added_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE factchecks (
        id INTEGER PRIMARY KEY, source_id TEXT NOT NULL, url TEXT NOT NULL, claim TEXT NOT NULL, rating TEXT NOT NULL,
        verdict TEXT NOT NULL, publisher TEXT NOT NULL DEFAULT '', role TEXT NOT NULL, published TEXT NOT NULL DEFAULT '',
        seen_at TEXT NOT NULL, UNIQUE (url, claim)
    ) STRICT;
    CREATE TABLE models (
        version TEXT PRIMARY KEY, card TEXT NOT NULL, registered_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE promotions (
        id INTEGER PRIMARY KEY, version TEXT NOT NULL REFERENCES models(version), at TEXT NOT NULL,
        person TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE VIEW live_model AS SELECT version, at, person, note FROM promotions ORDER BY id DESC LIMIT 1;
    CREATE TABLE scores (
        id INTEGER PRIMARY KEY, version_id INTEGER NOT NULL REFERENCES versions(id), model TEXT NOT NULL,
        kind TEXT NOT NULL, rights TEXT NOT NULL, p_refuted REAL NOT NULL, flagged INTEGER NOT NULL,
        reasons TEXT NOT NULL, claim TEXT NOT NULL DEFAULT '', claim_start INTEGER NOT NULL DEFAULT 0,
        claim_end INTEGER NOT NULL DEFAULT 0, worth REAL NOT NULL DEFAULT 0, detail TEXT NOT NULL DEFAULT '{}',
        outcome TEXT NOT NULL, scored_at TEXT NOT NULL, UNIQUE (version_id, model)
    ) STRICT;
    CREATE TABLE evidence (
        id INTEGER PRIMARY KEY, score_id INTEGER NOT NULL REFERENCES scores(id), rank INTEGER NOT NULL,
        eid TEXT NOT NULL, role TEXT NOT NULL, relation TEXT NOT NULL, p REAL NOT NULL, slot TEXT NOT NULL DEFAULT '',
        slots TEXT NOT NULL DEFAULT '[]', UNIQUE (score_id, rank)
    ) STRICT;
    CREATE TABLE fingerprints (
        band INTEGER NOT NULL, post_id INTEGER NOT NULL REFERENCES posts(id), PRIMARY KEY (band, post_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX fingerprints_post ON fingerprints (post_id);
    """)


@migrations()
def m003_cases_and_decisions(db: Database) -> None:
    """Cases, which posts belong to them, and what people decided; events only, the present is a view."""
    db.executescript("""
    CREATE TABLE cases (
        id INTEGER PRIMARY KEY, opened_at TEXT NOT NULL, claim TEXT NOT NULL, score_id INTEGER REFERENCES scores(id)
    ) STRICT;
    CREATE TABLE memberships (
        id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts(id), case_id INTEGER REFERENCES cases(id),
        at TEXT NOT NULL, person TEXT NOT NULL DEFAULT '', undoes INTEGER REFERENCES memberships(id)
    ) STRICT;
    CREATE INDEX memberships_post ON memberships (post_id, id);
    CREATE INDEX memberships_case ON memberships (case_id, post_id);
    CREATE VIEW case_posts AS
        SELECT m.case_id, m.post_id, m.at AS joined_at FROM memberships m
        WHERE m.case_id IS NOT NULL AND m.id = (SELECT max(id) FROM memberships WHERE post_id = m.post_id);
    CREATE TABLE decisions (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases(id), person TEXT NOT NULL, at TEXT NOT NULL,
        action TEXT NOT NULL CHECK (action IN ('decide', 'undo', 'reopen')), verdict TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', undoes INTEGER REFERENCES decisions(id),
        blind INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX decisions_case ON decisions (case_id, id);
    CREATE UNIQUE INDEX decisions_undone_once ON decisions (undoes) WHERE undoes IS NOT NULL;
    CREATE TABLE decision_evidence (
        decision_id INTEGER NOT NULL REFERENCES decisions(id), eid TEXT NOT NULL, role TEXT NOT NULL,
        PRIMARY KEY (decision_id, eid)
    ) STRICT, WITHOUT ROWID;
    CREATE VIEW standing_decisions AS
        SELECT d.* FROM decisions d WHERE d.action = 'decide'
            AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id);
    CREATE VIEW labels AS
        SELECT c.id AS case_id, cp.post_id, v.id AS version_id, v.text, d.verdict, d.reason, d.at AS decided_at,
               d.id AS decision_id
        FROM cases c
        JOIN standing_decisions d ON d.id = (
            SELECT max(s.id) FROM standing_decisions s WHERE s.case_id = c.id AND s.blind = 0)
        JOIN case_posts cp ON cp.case_id = c.id
        JOIN versions v ON v.id = (SELECT max(id) FROM versions WHERE post_id = cp.post_id AND gone = 0)
        WHERE NOT EXISTS (SELECT 1 FROM decisions r WHERE r.case_id = c.id AND r.action = 'reopen' AND r.id > d.id);
    CREATE TABLE standings (
        case_id INTEGER PRIMARY KEY REFERENCES cases(id), state TEXT NOT NULL, verdict TEXT NOT NULL DEFAULT '',
        lane TEXT NOT NULL, priority REAL NOT NULL, p_refuted REAL NOT NULL, reasons TEXT NOT NULL, rights TEXT NOT NULL,
        slot TEXT NOT NULL DEFAULT '', kinds TEXT NOT NULL DEFAULT '[]', posts INTEGER NOT NULL, sources INTEGER NOT NULL,
        first_seen TEXT NOT NULL, last_seen TEXT NOT NULL
    ) STRICT;
    CREATE INDEX standings_queue ON standings (state, priority DESC, case_id);
    CREATE VIEW queue AS
        SELECT c.id AS case_id, c.claim, c.opened_at, s.state, s.verdict, s.lane, s.priority, s.p_refuted, s.reasons,
               s.rights, s.slot, s.kinds, s.posts, s.sources, s.first_seen, s.last_seen
        FROM cases c JOIN standings s ON s.case_id = c.id WHERE s.state <> 'decided';
    """)
    for table in ("decisions", "decision_evidence", "memberships", "scores", "evidence", "promotions"):
        db.executescript(f"""
        CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} BEGIN
            SELECT RAISE(ABORT, '{table} is append-only: add a row instead');
        END;
        """)
    for table in ("decisions", "decision_evidence", "memberships", "promotions"):
        db.executescript(f"""
        CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table} BEGIN
            SELECT RAISE(ABORT, '{table} is append-only: nothing is deleted');
        END;
        """)


@migrations()
def m004_people_and_the_desk(db: Database) -> None:
    """Who works at the desk, what they hold, what was asked of a second reader, and what a queue can be filtered by."""
    db.executescript("""
    CREATE TABLE users (
        name TEXT PRIMARY KEY, display TEXT NOT NULL, role TEXT NOT NULL, password TEXT NOT NULL DEFAULT '',
        pseudonym TEXT NOT NULL UNIQUE, off INTEGER NOT NULL DEFAULT 0, prefs TEXT NOT NULL DEFAULT '{}',
        created_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE sessions (
        token TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES users(name), created_at TEXT NOT NULL,
        seen_at TEXT NOT NULL, expires_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sessions_person ON sessions (person);
    CREATE TABLE login_links (
        token TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES users(name), expires_at TEXT NOT NULL,
        used_at TEXT NOT NULL DEFAULT ''
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE login_attempts (id INTEGER PRIMARY KEY, key TEXT NOT NULL, at TEXT NOT NULL) STRICT;
    CREATE INDEX login_attempts_key ON login_attempts (key, at);
    CREATE TABLE api_tokens (
        token TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES users(name), label TEXT NOT NULL,
        created_at TEXT NOT NULL, expires_at TEXT NOT NULL, revoked_at TEXT NOT NULL DEFAULT ''
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, person TEXT NOT NULL, action TEXT NOT NULL,
        subject TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', hash TEXT NOT NULL
    ) STRICT;
    CREATE TABLE locks (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, person TEXT NOT NULL, locked INTEGER NOT NULL, note TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE TABLE holds (
        case_id INTEGER PRIMARY KEY REFERENCES cases(id), person TEXT NOT NULL, kind TEXT NOT NULL,
        since TEXT NOT NULL, until TEXT NOT NULL, note TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX holds_person ON holds (person, until);
    CREATE TABLE second_readings (
        decision_id INTEGER PRIMARY KEY REFERENCES decisions(id), case_id INTEGER NOT NULL, asked_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE golden_cases (
        case_id INTEGER PRIMARY KEY REFERENCES cases(id), verdict TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE golden_readings (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases(id), person TEXT NOT NULL,
        verdict TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (case_id, person)
    ) STRICT;
    CREATE TABLE saved_views (
        person TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL, PRIMARY KEY (person, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE drafts (
        person TEXT NOT NULL, case_id INTEGER NOT NULL, fields TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (person, case_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE case_moves (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, person TEXT NOT NULL,
        action TEXT NOT NULL CHECK (action IN ('split', 'merge', 'undo')), from_case INTEGER NOT NULL,
        to_case INTEGER NOT NULL, posts TEXT NOT NULL, undoes INTEGER UNIQUE REFERENCES case_moves(id)
    ) STRICT;
    CREATE INDEX case_moves_from ON case_moves (from_case);
    CREATE INDEX case_moves_to ON case_moves (to_case);
    CREATE INDEX decisions_person ON decisions (person, id);
    CREATE VIRTUAL TABLE claims_fts USING fts5(
        claim, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
    CREATE TRIGGER claims_fts_insert AFTER INSERT ON cases BEGIN
        INSERT INTO claims_fts (rowid, claim) VALUES (new.id, replace(replace(new.claim, 'đ', 'd'), 'Đ', 'D'));
    END;
    INSERT INTO claims_fts (rowid, claim) SELECT id, replace(replace(claim, 'đ', 'd'), 'Đ', 'D') FROM cases;
    ALTER TABLE standings ADD COLUMN rights_bits INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE standings ADD COLUMN reasons_bits INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE standings ADD COLUMN kinds_bits INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE standings ADD COLUMN decider TEXT NOT NULL DEFAULT '';
    ALTER TABLE standings ADD COLUMN since TEXT NOT NULL DEFAULT '';
    ALTER TABLE standings ADD COLUMN spread INTEGER GENERATED ALWAYS AS (
        CASE WHEN sources >= 10 THEN 3 WHEN sources >= 4 THEN 2 WHEN sources >= 2 THEN 1 ELSE 0 END) VIRTUAL;
    ALTER TABLE standings ADD COLUMN undecided INTEGER GENERATED ALWAYS AS (state <> 'decided') VIRTUAL;
    UPDATE standings SET since = (SELECT opened_at FROM cases WHERE id = case_id),
        rights_bits = (SELECT coalesce(sum(CASE value WHEN 'CCPR' THEN 1 WHEN 'CESCR' THEN 2 WHEN 'CEDAW' THEN 4
            WHEN 'CERD' THEN 8 WHEN 'CRC' THEN 16 WHEN 'CRPD' THEN 32 WHEN 'CAT' THEN 64 ELSE 128 END), 0)
            FROM json_each(rights)),
        reasons_bits = (SELECT coalesce(sum(CASE value WHEN 'REPEATS_REFUTED' THEN 1 WHEN 'CONTRADICTS_EVIDENCE' THEN 2
            WHEN 'UNSUPPORTED_SPREADING' THEN 4 ELSE 8 END), 0) FROM json_each(reasons)),
        kinds_bits = (SELECT coalesce(sum(DISTINCT CASE value WHEN 'feed' THEN 1 WHEN 'sitemap' THEN 2 WHEN 'listing' THEN 4
            WHEN 'forum' THEN 8 WHEN 'telegram' THEN 16 WHEN 'mastodon' THEN 32 WHEN 'bluesky' THEN 64 ELSE 128 END), 0)
            FROM json_each(kinds));
    DROP VIEW queue;
    CREATE VIEW queue AS
        SELECT c.id AS case_id, c.claim, c.opened_at, s.state, s.verdict, s.lane, s.priority, s.p_refuted, s.reasons,
               s.rights, s.slot, s.kinds, s.posts, s.sources, s.first_seen, s.last_seen, s.since, s.decider
        FROM cases c JOIN standings s ON s.case_id = c.id WHERE s.undecided;
    CREATE INDEX standings_open ON standings (lane, undecided, priority DESC, case_id);
    CREATE INDEX standings_seen ON standings (lane, first_seen);
    CREATE INDEX standings_since ON standings (lane, undecided, since);
    CREATE TABLE standing_counts (
        lane TEXT NOT NULL, state TEXT NOT NULL, reasons_bits INTEGER NOT NULL, rights_bits INTEGER NOT NULL,
        kinds_bits INTEGER NOT NULL, spread INTEGER NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (lane, state, reasons_bits, rights_bits, kinds_bits, spread)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO standing_counts SELECT lane, state, reasons_bits, rights_bits, kinds_bits, spread, count(*)
        FROM standings GROUP BY 1, 2, 3, 4, 5, 6;
    CREATE TRIGGER standings_counted AFTER INSERT ON standings BEGIN
        INSERT INTO standing_counts VALUES
            (new.lane, new.state, new.reasons_bits, new.rights_bits, new.kinds_bits, new.spread, 1)
            ON CONFLICT DO UPDATE SET n = n + 1;
    END;
    CREATE TRIGGER standings_uncounted AFTER DELETE ON standings BEGIN
        UPDATE standing_counts SET n = n - 1 WHERE lane = old.lane AND state = old.state
            AND reasons_bits = old.reasons_bits AND rights_bits = old.rights_bits AND kinds_bits = old.kinds_bits
            AND spread = old.spread;
    END;
    CREATE TRIGGER standings_recounted AFTER UPDATE ON standings BEGIN
        UPDATE standing_counts SET n = n - 1 WHERE lane = old.lane AND state = old.state
            AND reasons_bits = old.reasons_bits AND rights_bits = old.rights_bits AND kinds_bits = old.kinds_bits
            AND spread = old.spread;
        INSERT INTO standing_counts VALUES
            (new.lane, new.state, new.reasons_bits, new.rights_bits, new.kinds_bits, new.spread, 1)
            ON CONFLICT DO UPDATE SET n = n + 1;
    END;
    """)
    for table in ("audit", "locks", "golden_readings", "case_moves"):
        for verb, what in (("UPDATE", "append_only"), ("DELETE", "never_deleted")):
            db.executescript(f"""
            CREATE TRIGGER {table}_{what} BEFORE {verb} ON {table} BEGIN
                SELECT RAISE(ABORT, '{table} is append-only: add a row instead');
            END;
            """)


@migrations()
def m005_evidence_that_people_add(db: Database) -> None:
    """What moderators put beside a case themselves, and a search over all passages."""
    db.executescript("""
    CREATE TABLE case_evidence (
        case_id INTEGER NOT NULL REFERENCES cases(id), eid TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (case_id, eid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX decision_evidence_eid ON decision_evidence (eid);
    CREATE VIRTUAL TABLE passages_fts USING fts5(
        title, text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
    INSERT INTO passages_fts (rowid, title, text)
        SELECT id, replace(replace(title, 'đ', 'd'), 'Đ', 'D'), replace(replace(text, 'đ', 'd'), 'Đ', 'D') FROM passages;
    CREATE TRIGGER passages_fts_insert AFTER INSERT ON passages BEGIN
        INSERT INTO passages_fts (rowid, title, text) VALUES
            (new.id, replace(replace(new.title, 'đ', 'd'), 'Đ', 'D'), replace(replace(new.text, 'đ', 'd'), 'Đ', 'D'));
    END;
    CREATE TRIGGER passages_fts_update AFTER UPDATE ON passages BEGIN
        DELETE FROM passages_fts WHERE rowid = old.id;
        INSERT INTO passages_fts (rowid, title, text) VALUES
            (new.id, replace(replace(new.title, 'đ', 'd'), 'Đ', 'D'), replace(replace(new.text, 'đ', 'd'), 'Đ', 'D'));
    END;
    CREATE TRIGGER passages_fts_delete AFTER DELETE ON passages BEGIN
        DELETE FROM passages_fts WHERE rowid = old.id;
    END;
    """)


@migrations()
def m005_the_plan_of_fetches(db: Database) -> None:
    """What was listed and is still to be read, which page shows which post, and what hosts asked of us."""
    db.executescript("""
    ALTER TABLE fetches ADD COLUMN step TEXT NOT NULL DEFAULT 'page';
    ALTER TABLE fetches ADD COLUMN stamp TEXT NOT NULL DEFAULT '';
    ALTER TABLE fetches ADD COLUMN title TEXT NOT NULL DEFAULT '';
    ALTER TABLE fetches ADD COLUMN published TEXT NOT NULL DEFAULT '';
    ALTER TABLE fetches ADD COLUMN depth INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE fetches ADD COLUMN first_at TEXT NOT NULL DEFAULT '';
    ALTER TABLE fetches ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE fetches ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
    ALTER TABLE fetches ADD COLUMN detail TEXT NOT NULL DEFAULT '';
    CREATE INDEX fetches_of_source ON fetches (source_id, next_visit) WHERE next_visit <> '';
    CREATE TABLE sightings (
        url TEXT PRIMARY KEY, page_url TEXT NOT NULL, missed INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sightings_page ON sightings (page_url);
    CREATE TABLE hosts (
        host TEXT PRIMARY KEY, paused_until TEXT NOT NULL DEFAULT ''
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE robots (
        origin TEXT PRIMARY KEY, status INTEGER NOT NULL, body TEXT NOT NULL, fetched_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m006_alerts_and_letting_go(db: Database) -> None:
    """What was wrong and who was told, which addresses were erased, and what the watch reads."""
    db.executescript("""
    CREATE TABLE alerts (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL, severity TEXT NOT NULL, text TEXT NOT NULL, advice TEXT NOT NULL,
        opened_at TEXT NOT NULL, seen_at TEXT NOT NULL, resolved_at TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE UNIQUE INDEX alerts_open ON alerts (key) WHERE resolved_at = '';
    CREATE TABLE alert_messages (
        id INTEGER PRIMARY KEY, alert_id INTEGER NOT NULL REFERENCES alerts(id), channel TEXT NOT NULL,
        what TEXT NOT NULL CHECK (what IN ('opened', 'reminder', 'resolved')), made_at TEXT NOT NULL,
        sent_at TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0, problem TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX alert_messages_unsent ON alert_messages (channel, id) WHERE sent_at = '';
    CREATE INDEX alert_messages_alert ON alert_messages (alert_id, channel);
    CREATE TABLE erasures (
        id INTEGER PRIMARY KEY, url_digest TEXT NOT NULL UNIQUE, at TEXT NOT NULL, person TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '', what TEXT NOT NULL
    ) STRICT;
    ALTER TABLE versions ADD COLUMN let_go TEXT NOT NULL DEFAULT '';
    CREATE INDEX versions_kept ON versions (seen_at) WHERE let_go = '';
    CREATE INDEX scores_at ON scores (scored_at);
    CREATE INDEX posts_seen ON posts (first_seen, source_id);
    CREATE INDEX runs_step ON runs (step, id);
    CREATE INDEX passages_added ON passages (added_at);
    """)
    for verb, what in (("UPDATE", "append_only"), ("DELETE", "never_deleted")):
        db.executescript(f"""
        CREATE TRIGGER erasures_{what} BEFORE {verb} ON erasures BEGIN
            SELECT RAISE(ABORT, 'erasures is append-only: what was done stays written');
        END;
        """)


@migrations()
def m007_the_research_loop(db: Database) -> None:
    """Labels that two people agree on or dispute, sides people saw in audited posts, and what challengers said."""
    db.executescript("""
    CREATE VIEW agreed_labels AS
        SELECT l.* FROM labels l WHERE l.verdict = (SELECT b.verdict FROM standing_decisions b
            WHERE b.case_id = l.case_id AND b.blind = 1 AND b.id > l.decision_id ORDER BY b.id DESC LIMIT 1);
    CREATE VIEW disputed_labels AS
        SELECT l.* FROM labels l WHERE l.verdict <> (SELECT b.verdict FROM standing_decisions b
            WHERE b.case_id = l.case_id AND b.blind = 1 AND b.id > l.decision_id ORDER BY b.id DESC LIMIT 1);
    CREATE TABLE sides (
        id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts(id),
        side TEXT NOT NULL CHECK (side IN ('state_critical', 'state_favourable', 'neutral')),
        person TEXT NOT NULL, at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sides_post ON sides (post_id, id);
    CREATE TABLE shadow_scores (
        id INTEGER PRIMARY KEY, version_id INTEGER NOT NULL REFERENCES versions(id), model TEXT NOT NULL,
        kind TEXT NOT NULL, rights TEXT NOT NULL, p_refuted REAL NOT NULL, flagged INTEGER NOT NULL,
        reasons TEXT NOT NULL, claim TEXT NOT NULL DEFAULT '', scored_at TEXT NOT NULL, UNIQUE (version_id, model)
    ) STRICT;
    """)
    for table in ("sides", "shadow_scores"):
        db.executescript(f"""
        CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} BEGIN
            SELECT RAISE(ABORT, '{table} is append-only: add a row instead');
        END;
        """)


@migrations()
def m008_queue_read_from_its_indexes(db: Database) -> None:
    """The queue's filters are checked inside the index that orders it, so that a rare one costs no row look-ups."""
    db.executescript("""
    DROP INDEX standings_open;
    DROP INDEX standings_since;
    CREATE INDEX standings_open ON standings
        (lane, undecided, priority DESC, case_id, state, rights_bits, reasons_bits, kinds_bits, spread);
    CREATE INDEX standings_since ON standings
        (lane, undecided, since, case_id, state, rights_bits, reasons_bits, kinds_bits, spread);
    """)


@migrations()
def m009_smaller_counts_for_the_queue(db: Database) -> None:
    """Two small sums beside the full one: most of the queue's counts don't need the kind of source, or nothing else."""
    db.executescript("""
    CREATE TABLE standing_counts_by_right (
        lane TEXT NOT NULL, state TEXT NOT NULL, reasons_bits INTEGER NOT NULL, rights_bits INTEGER NOT NULL,
        spread INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (lane, state, reasons_bits, rights_bits, spread)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE standing_counts_by_kind (
        lane TEXT NOT NULL, state TEXT NOT NULL, kinds_bits INTEGER NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (lane, state, kinds_bits)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO standing_counts_by_right SELECT lane, state, reasons_bits, rights_bits, spread, sum(n)
        FROM standing_counts GROUP BY 1, 2, 3, 4, 5;
    INSERT INTO standing_counts_by_kind SELECT lane, state, kinds_bits, sum(n) FROM standing_counts GROUP BY 1, 2, 3;
    """)
    plus = """
        INSERT INTO standing_counts_by_right VALUES
            (new.lane, new.state, new.reasons_bits, new.rights_bits, new.spread, 1) ON CONFLICT DO UPDATE SET n = n + 1;
        INSERT INTO standing_counts_by_kind VALUES (new.lane, new.state, new.kinds_bits, 1)
            ON CONFLICT DO UPDATE SET n = n + 1;
    """
    minus = """
        UPDATE standing_counts_by_right SET n = n - 1 WHERE lane = old.lane AND state = old.state
            AND reasons_bits = old.reasons_bits AND rights_bits = old.rights_bits AND spread = old.spread;
        UPDATE standing_counts_by_kind SET n = n - 1 WHERE lane = old.lane AND state = old.state
            AND kinds_bits = old.kinds_bits;
    """
    for name, when, what in (
        ("counted", "INSERT", plus), ("uncounted", "DELETE", minus), ("recounted", "UPDATE", minus + plus),
    ):  # fmt: skip
        db.executescript(f"CREATE TRIGGER standings_{name}_smaller AFTER {when} ON standings BEGIN {what} END;")


@migrations()
def m010_labels_wait_for_their_second_reader(db: Database) -> None:
    """A verdict drawn for a blind second reader is no label before that reader has read; nor is a text let go."""
    db.executescript("""
    DROP VIEW labels;
    CREATE VIEW labels AS
        SELECT c.id AS case_id, cp.post_id, v.id AS version_id, v.text, d.verdict, d.reason, d.at AS decided_at,
               d.id AS decision_id
        FROM cases c
        JOIN standing_decisions d ON d.id = (
            SELECT max(s.id) FROM standing_decisions s WHERE s.case_id = c.id AND s.blind = 0)
        JOIN case_posts cp ON cp.case_id = c.id
        JOIN versions v ON v.id = (SELECT max(id) FROM versions WHERE post_id = cp.post_id AND gone = 0)
        WHERE v.let_go = ''
          AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.case_id = c.id AND r.action = 'reopen' AND r.id > d.id)
          AND (NOT EXISTS (SELECT 1 FROM second_readings a WHERE a.decision_id = d.id)
               OR EXISTS (SELECT 1 FROM standing_decisions b WHERE b.case_id = c.id AND b.blind = 1 AND b.id > d.id));
    """)


@migrations()
def m011_search_indexes_merge_less_often(db: Database) -> None:
    """Larger leaves, and merging sixteen segments of the search index at once instead of four: landing was half that.

    A level's segments are merged outright only at four times as many, in case the piecewise merging falls behind.
    """
    for name, value in (("pgsz", 16_000), ("automerge", 16), ("crisismerge", 64)):
        db.conn.execute("INSERT INTO versions_fts (versions_fts, rank) VALUES (?, ?)", [name, value])


@migrations()
def m012_texts_are_indexed_folded_and_merged_apart(db: Database) -> None:
    """take_posts indexes what it writes, folded all at once; the trigger folded letter by letter.

    Segments of the search index are merged between landings (merge_some), sixteen at once, not within them.
    """
    db.conn.execute("DROP TRIGGER versions_fts_insert")
    for name, value in (("automerge", 0), ("usermerge", 16)):
        db.conn.execute("INSERT INTO versions_fts (versions_fts, rank) VALUES (?, ?)", [name, value])


@migrations()
def m013_no_titles_of_listings(db: Database) -> None:
    """Titles that listings gave were kept as they came, numbers of people in them, and for ever."""
    db.conn.execute("UPDATE fetches SET title = '' WHERE title <> ''")


@migrations()
def m014_who_handed_a_case_over(db: Database) -> None:
    """A hand-over keeps who made it, so that they can take it back."""
    db.conn.execute("ALTER TABLE holds ADD COLUMN given_by TEXT NOT NULL DEFAULT ''")


@migrations()
def m015_labels_are_of_the_text_that_was_judged(db: Database) -> None:
    """A label's text is the one seen by its verdict, or by the time the post joined; no edit after that was judged."""
    db.executescript("""
    DROP VIEW labels;
    CREATE VIEW labels AS
        SELECT c.id AS case_id, cp.post_id, v.id AS version_id, v.text, d.verdict, d.reason, d.at AS decided_at,
               d.id AS decision_id
        FROM cases c
        JOIN standing_decisions d ON d.id = (
            SELECT max(s.id) FROM standing_decisions s WHERE s.case_id = c.id AND s.blind = 0)
        JOIN case_posts cp ON cp.case_id = c.id
        JOIN versions v ON v.id = (
            SELECT max(y.id) FROM versions y WHERE y.post_id = cp.post_id AND y.gone = 0
            AND y.seen_at <= max(d.at, (SELECT min(f.at) FROM memberships f
                                        WHERE f.case_id = c.id AND f.post_id = cp.post_id)))
        WHERE v.let_go = ''
          AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.case_id = c.id AND r.action = 'reopen' AND r.id > d.id)
          AND (NOT EXISTS (SELECT 1 FROM second_readings a WHERE a.decision_id = d.id)
               OR EXISTS (SELECT 1 FROM standing_decisions b WHERE b.case_id = c.id AND b.blind = 1 AND b.id > d.id));
    """)


@migrations()
def m016_evidence_of_a_decision_in_its_order(db: Database) -> None:
    """The passages a verdict names keep the order they were named in, which is that of the case's page."""
    db.conn.execute("ALTER TABLE decision_evidence ADD COLUMN rank INTEGER NOT NULL DEFAULT 0")


@migrations()
def m017_posts_of_a_source_by_the_day_they_are_of(db: Database) -> None:
    """A page of a timeline asks for its source's posts of a few days: without an index it read all of them."""
    db.conn.execute("CREATE INDEX posts_published ON posts (source_id, published) WHERE published <> ''")


@migrations()
def m018_a_verdict_outlives_an_edit(db: Database) -> None:
    """A post that left a decided case because an edit made it another claim keeps the label of what it said before."""
    db.executescript("""
    DROP VIEW labels;
    CREATE VIEW labels AS
        SELECT c.id AS case_id, m.post_id, v.id AS version_id, v.text, d.verdict, d.reason, d.at AS decided_at,
               d.id AS decision_id
        FROM cases c
        JOIN standing_decisions d ON d.id = (
            SELECT max(s.id) FROM standing_decisions s WHERE s.case_id = c.id AND s.blind = 0)
        JOIN memberships m ON m.case_id = c.id AND NOT EXISTS (
            SELECT 1 FROM memberships n WHERE n.post_id = m.post_id AND n.id > m.id
            AND (n.at <= d.at OR n.case_id = m.case_id OR (n.person <> '' AND n.id = (
                 SELECT min(x.id) FROM memberships x WHERE x.post_id = m.post_id AND x.id > m.id))))
        JOIN versions v ON v.id = (
            SELECT max(y.id) FROM versions y WHERE y.post_id = m.post_id AND y.gone = 0
            AND y.seen_at <= max(d.at, (SELECT min(f.at) FROM memberships f
                                        WHERE f.case_id = c.id AND f.post_id = m.post_id)))
        WHERE v.let_go = ''
          AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.case_id = c.id AND r.action = 'reopen' AND r.id > d.id)
          AND (NOT EXISTS (SELECT 1 FROM second_readings a WHERE a.decision_id = d.id)
               OR EXISTS (SELECT 1 FROM standing_decisions b WHERE b.case_id = c.id AND b.blind = 1 AND b.id > d.id));
    """)


@migrations()
def m019_what_waits_is_found_without_the_texts(db: Database) -> None:
    """The backlog, and what to score again, were looked for in the rows of all texts.

    Undecided cases whose posts were all erased wait for nobody.
    """
    db.executescript("""
    CREATE INDEX versions_live ON versions (id, post_id, seen_at) WHERE gone = 0 AND let_go = '';
    DELETE FROM standings WHERE undecided = 1 AND NOT EXISTS (
        SELECT 1 FROM case_posts cp JOIN posts p ON p.id = cp.post_id
        WHERE cp.case_id = standings.case_id AND p.url NOT LIKE 'erased:%');
    """)


@migrations()
def m020_a_model_may_score_a_text_again(db: Database) -> None:
    """A model scored a text once, whatever evidence came afterwards; SQLite drops such a rule only with its table."""
    columns = (
        "id, version_id, model, kind, rights, p_refuted, flagged, reasons, claim, claim_start, claim_end, worth, detail,"
        " outcome, scored_at"
    )
    db.executescript(f"""
    CREATE TABLE scores_again (
        id INTEGER PRIMARY KEY, version_id INTEGER NOT NULL REFERENCES versions(id), model TEXT NOT NULL,
        kind TEXT NOT NULL, rights TEXT NOT NULL, p_refuted REAL NOT NULL, flagged INTEGER NOT NULL,
        reasons TEXT NOT NULL, claim TEXT NOT NULL DEFAULT '', claim_start INTEGER NOT NULL DEFAULT 0,
        claim_end INTEGER NOT NULL DEFAULT 0, worth REAL NOT NULL DEFAULT 0, detail TEXT NOT NULL DEFAULT '{{}}',
        outcome TEXT NOT NULL, scored_at TEXT NOT NULL
    ) STRICT;
    INSERT INTO scores_again ({columns}) SELECT {columns} FROM scores;
    DROP TABLE scores;
    ALTER TABLE scores_again RENAME TO scores;
    CREATE INDEX scores_version ON scores (version_id, model);
    CREATE INDEX scores_at ON scores (scored_at);
    CREATE TRIGGER scores_append_only BEFORE UPDATE ON scores BEGIN
        SELECT RAISE(ABORT, 'scores is append-only: add a row instead');
    END;
    """)


@migrations()
def m021_evidence_is_found_by_its_name(db: Database) -> None:
    """Taking back a passage that no decision names read the evidence of all scores, and held up what lands meanwhile."""
    db.conn.execute("CREATE INDEX evidence_eid ON evidence (eid)")


@migrations()
def m022_forum_posts_go_by_the_number_of_their_thread(db: Database) -> None:
    """Addresses of XenForo's and vBulletin's posts held their thread's title: a renamed thread brought all of it again.

    Of posts that came twice the first takes the address, and the sighting that was missed least stays.
    """
    db.conn.create_function("by_number", 1, _by_number, deterministic=True)
    mine = "url IN (SELECT url FROM posts WHERE source_id IN (SELECT id FROM sources WHERE kind = 'forum'))"
    mine += " AND by_number(url) <> url"
    db.conn.execute(
        "INSERT OR REPLACE INTO sightings (url, page_url, missed)"
        f" SELECT by_number(url), page_url, missed FROM sightings WHERE {mine} ORDER BY missed DESC"
    )
    db.conn.execute(f"DELETE FROM sightings WHERE {mine}")
    db.conn.execute(f"UPDATE OR IGNORE posts SET url = by_number(url) WHERE {mine}")


def _by_number(url: str) -> str:
    if "/post-" in url:
        return re.sub(r"[^/?]*\.(?=\d+/post-\d+$)", "", url)
    return re.sub(r"(?<=[/?])(\d+)-[^/?&=#]*(?==?/?[?&](?:[^#]*&)?p=\d+#post\d+$)", r"\1", url)


@migrations()
def m023_since_when_a_passage_has_its_words(db: Database) -> None:
    """What else changes of a passage, as its address, is no change of what a past verdict rested on; '' is added_at."""
    db.conn.execute("ALTER TABLE passages ADD COLUMN worded_at TEXT NOT NULL DEFAULT ''")


@migrations()
def m024_notes_on_a_case_and_words_for_readers(db: Database) -> None:
    """What colleagues tell each other of a case, whatever becomes of it; and what a verdict says to its readers."""
    db.executescript("""
    CREATE TABLE case_notes (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases(id), person TEXT NOT NULL, at TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX case_notes_case ON case_notes (case_id, id);
    CREATE TRIGGER case_notes_append_only BEFORE UPDATE ON case_notes BEGIN
        SELECT RAISE(ABORT, 'case_notes is append-only: add a row instead');
    END;
    ALTER TABLE decisions ADD COLUMN explanation TEXT NOT NULL DEFAULT '';
    """)


@migrations()
def m025_which_facts_were_brought(db: Database) -> None:
    """A newer Soi brings its facts into a home that is there, past those that somebody changed or removed in it."""
    db.conn.execute("CREATE TABLE brought (eid TEXT PRIMARY KEY, seal TEXT NOT NULL) STRICT")


@migrations()
def m026_cases_that_a_person_opened(db: Database) -> None:
    """A case may stand for a person's wish alone, without any reason of a score; who it was, its membership says."""
    db.conn.execute("ALTER TABLE cases ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0")


@migrations()
def m027_no_numbers_of_persons_in_what_people_wrote(db: Database) -> None:
    """Notes of verdicts and reopenings, words of hand-overs and drafts kept what posts and explanations don't."""
    from pipeline.store.posts import written  # reads the store, whose tables are made here

    db.conn.create_function("written", 1, written, deterministic=True)
    db.conn.execute("DROP TRIGGER decisions_append_only")
    db.conn.execute("UPDATE decisions SET note = written(note) WHERE note <> '' AND person <> 'soi'")
    db.conn.execute("UPDATE holds SET note = written(note) WHERE note <> ''")
    kept = db.conn.execute("SELECT person, case_id, fields FROM drafts").fetchall()
    for person, case_id, fields in kept:
        words = {
            name: [value if name in ("evidence", "url") else written(str(value)) for value in values]
            for name, values in json.loads(fields).items()
        }
        db.conn.execute(
            "UPDATE drafts SET fields = ? WHERE person = ? AND case_id = ?",
            [json.dumps(words, ensure_ascii=False), person, case_id],
        )
    db.executescript("""
    CREATE TRIGGER decisions_append_only BEFORE UPDATE ON decisions BEGIN
        SELECT RAISE(ABORT, 'decisions is append-only: add a row instead');
    END;
    """)


@migrations()
def m028_fact_checks_that_were_withdrawn(db: Database) -> None:
    """A fact-check stayed in force though its page was gone, or showed it no more; such pages are read once more."""
    for column in ("page_url TEXT NOT NULL DEFAULT ''", "page_hash TEXT NOT NULL DEFAULT ''"):
        db.conn.execute(f"ALTER TABLE factchecks ADD COLUMN {column}")
    db.conn.execute("ALTER TABLE factchecks ADD COLUMN missed INTEGER NOT NULL DEFAULT 0")
    for column in ("missed_at", "withdrawn_at"):
        db.conn.execute(f"ALTER TABLE factchecks ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    db.conn.execute("ALTER TABLE factchecks ADD COLUMN own INTEGER NOT NULL DEFAULT 0")
    db.conn.execute("CREATE INDEX factchecks_page ON factchecks (page_url)")
    mine = "step = 'page' AND url IN (SELECT url FROM factchecks)"
    db.conn.execute(f"UPDATE factchecks SET page_url = url WHERE url IN (SELECT url FROM fetches WHERE {mine})")
    # what a page said when it was read isn't known here: the next look reads it whole
    db.conn.execute(f"UPDATE fetches SET etag = '', last_modified = '', body_hash = '' WHERE {mine}")
    db.conn.execute(
        "UPDATE fetches SET next_visit = ?, misses = 0, failures = 0 WHERE next_visit = ''"
        f" AND outcome IN ('gone', 'empty', 'unchanged') AND {mine}",
        [now()],
    )


@migrations()
def m029_no_numbers_of_persons_in_addresses_people_wrote(db: Database) -> None:
    """Addresses of passages that people wrote down or brought kept what those passages' words don't."""
    from pipeline.store.posts import leads_to_person  # reads the store, whose tables are made here

    db.conn.create_function("leads_to_person", 1, leads_to_person, deterministic=True)
    db.conn.execute("UPDATE passages SET url = '' WHERE source_id = '' AND url <> '' AND leads_to_person(url)")
    for person, case_id, fields in db.conn.execute("SELECT person, case_id, fields FROM drafts").fetchall():
        words = json.loads(fields)
        if any(leads_to_person(str(one)) for one in words.get("url", [])):
            db.conn.execute(
                "UPDATE drafts SET fields = ? WHERE person = ? AND case_id = ?",
                [json.dumps(words | {"url": []}, ensure_ascii=False), person, case_id],
            )


@migrations()
def m030_the_rhythm_that_a_source_asks_for(db: Database) -> None:
    """What its entry says, beside what became of it: another one is told by that. 0 until the entry is read again."""
    db.conn.execute("ALTER TABLE sources ADD COLUMN every_s INTEGER NOT NULL DEFAULT 0")


def _rename_passages(db: Database, ids: Mapping[str, str]) -> None:
    """Give passages other ids wherever they are named: in evidence, in what Soi noted, in what wasn't sent yet."""
    guards = db.conn.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN"
        " ('evidence_append_only', 'decision_evidence_append_only', 'decisions_append_only')"
    ).fetchall()
    for name, _ in guards:
        db.conn.execute(f"DROP TRIGGER {name}")
    db.conn.create_function("new_eid", 1, ids.get, deterministic=True)
    # each read once: not every one has an index of its ids
    for table in ("passages", "evidence", "decision_evidence", "case_evidence"):
        db.conn.execute(f"UPDATE {table} SET eid = new_eid(eid) WHERE new_eid(eid) IS NOT NULL")
    for number, note in db.conn.execute(
        "SELECT id, note FROM decisions WHERE person = 'soi' AND note <> ''"
    ).fetchall():
        why, _, eid = note.partition(": ")
        if eid in ids:
            db.conn.execute("UPDATE decisions SET note = ? WHERE id = ?", [f"{why}: {ids[eid]}", number])
    for person, case_id, fields in db.conn.execute("SELECT person, case_id, fields FROM drafts").fetchall():
        kept = json.loads(fields)
        if any(eid in ids for eid in kept.get("evidence", [])):
            kept["evidence"] = [ids.get(eid, eid) for eid in kept["evidence"]]
            db.conn.execute(
                "UPDATE drafts SET fields = ? WHERE person = ? AND case_id = ?",
                [json.dumps(kept, ensure_ascii=False), person, case_id],
            )
    for _, guard in guards:
        db.conn.execute(guard)


@migrations()
def m031_ids_of_crawled_passages_hold_no_address(db: Database) -> None:
    """They held it whole, and with it numbers of persons, in labels and notes too, where no erasure reaches.

    And a passage is indexed anew for other words alone: any other change dropped what it is found by beside them.
    """
    from pipeline.store.evidence import crawled_eid  # reads the store, whose tables are made here

    rows = db.conn.execute("SELECT eid, source_id FROM passages WHERE source_id <> ''").fetchall()
    told = [(eid, source_id, eid.removeprefix(f"{source_id}:")) for eid, source_id in rows]
    ids = {eid: crawled_eid(source_id, url) for eid, source_id, url in told if url.startswith("http")}
    db.conn.execute("DROP TRIGGER passages_fts_update")
    _rename_passages(db, ids)
    db.conn.execute(
        "CREATE TRIGGER passages_fts_update AFTER UPDATE OF title, text ON passages BEGIN"
        " DELETE FROM passages_fts WHERE rowid = old.id; INSERT INTO passages_fts (rowid, title, text) VALUES"
        " (new.id, replace(replace(new.title, 'đ', 'd'), 'Đ', 'D'), replace(replace(new.text, 'đ', 'd'), 'Đ', 'D'));"
        " END"
    )


@migrations()
def m032_the_role_before_a_passage_was_the_desks_own(db: Database) -> None:
    """What people brought under an address that `desk.publish_url` named by mistake stayed a party's."""
    db.conn.execute("ALTER TABLE passages ADD COLUMN role_before TEXT NOT NULL DEFAULT ''")


@migrations()
def m033_the_decided_are_counted_by_verdict(db: Database) -> None:
    """Counts of decided cases read this index alone, unless an age or words are sought: a tenth of the time."""
    db.conn.execute(
        "CREATE INDEX standings_decided ON standings"
        " (lane, verdict, state, rights_bits, reasons_bits, kinds_bits, spread) WHERE state = 'decided'"
    )


@migrations()
def m034_the_lists_that_an_index_names_are_found(db: Database) -> None:
    """The watch looks every few minutes whether they are read; there are a few among all pages ever read."""
    db.conn.execute("CREATE INDEX fetches_lists ON fetches (source_id) WHERE step = 'index' AND depth > 0")


@migrations()
def m035_how_a_claim_is_worded_for_readers(db: Database) -> None:
    """What a verdict was given on is told in other words than a post's: neutral, and in one sentence."""
    db.conn.execute("ALTER TABLE decisions ADD COLUMN wording TEXT NOT NULL DEFAULT ''")


@migrations()
def m036_a_wording_goes_with_the_post_it_quotes(db: Database) -> None:
    """An erasure empties it, as it does notes; nothing else of a decision is ever changed."""
    columns = [row[1] for row in db.conn.execute("PRAGMA table_info(decisions)") if row[1] != "wording"]
    refuse = "BEGIN SELECT RAISE(ABORT, 'decisions is append-only: add a row instead'); END"
    db.conn.execute("DROP TRIGGER decisions_append_only")
    db.conn.execute(f"CREATE TRIGGER decisions_append_only BEFORE UPDATE OF {', '.join(columns)} ON decisions {refuse}")
    db.conn.execute(
        f"CREATE TRIGGER decisions_worded_once BEFORE UPDATE OF wording ON decisions WHEN new.wording <> '' {refuse}"
    )


@migrations()
def m037_every_page_that_a_text_was_said_to_be_from(db: Database) -> None:
    """Words that were brought in twice, as from two pages, kept the first alone: an erasure by the other missed them.

    Whoever brings a text in is no source of it, and was counted as one.
    """
    db.executescript("""
    CREATE TABLE told_pages (
        post_id INTEGER NOT NULL REFERENCES posts(id), url TEXT NOT NULL, PRIMARY KEY (post_id, url)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX told_pages_url ON told_pages (url);
    INSERT INTO told_pages SELECT id, thread_url FROM posts WHERE source_id = 'by hand' AND thread_url <> '';
    UPDATE posts SET thread_url = '' WHERE source_id = 'by hand';
    UPDATE standings SET sources = (SELECT count(DISTINCT p.source_id) FROM case_posts cp
        JOIN posts p ON p.id = cp.post_id WHERE cp.case_id = standings.case_id AND p.source_id <> 'by hand')
    WHERE case_id IN (SELECT cp.case_id FROM case_posts cp JOIN posts p ON p.id = cp.post_id
        WHERE p.source_id = 'by hand');
    """)


@migrations()
def m038_a_new_passage_is_indexed_once(db: Database) -> None:
    """Whatever puts one in indexes it with its source and what people say of it: bare words before that were half of
    the time of an import."""
    db.conn.execute("DROP TRIGGER passages_fts_insert")


@migrations()
def m039_a_membership_takes_none_back(db: Database) -> None:
    """A post that is put back has a newer row, and the move that did it says which one it undoes; this was never set."""
    db.conn.execute("ALTER TABLE memberships DROP COLUMN undoes")


@migrations()
def m040_ids_of_imported_passages_hold_no_address(db: Database) -> None:
    """Of what files called by its address it stayed in decisions and notes when it was erased; none comes so any more.

    They count as changed now, so that the index learns their ids, and have their words since when they had them.
    """
    from pipeline.store.evidence import WORDED_AT, change_time  # reads the store, whose tables are made here
    from pipeline.store.posts import url_digest

    told = db.conn.execute("SELECT eid FROM passages WHERE eid LIKE '%http://%' OR eid LIKE '%https://%'").fetchall()
    if not told:  # evidence is much to read through
        return
    ids = {eid: re.sub(r"(?i)https?://\S+", lambda url: url_digest(url[0])[:16], eid) for (eid,) in told}
    _rename_passages(db, ids)
    db.conn.executemany(
        f"UPDATE passages SET worded_at = {WORDED_AT}, added_at = ? WHERE eid = ?",
        [(change_time(db), eid) for eid in ids.values()],
    )


@migrations()
def m041_facts_that_are_only_reworded(db: Database) -> None:
    """A verdict that rests on such a fact stands, and is shown with the words it was given on; as_of tells of others."""
    db.conn.execute(
        "CREATE TABLE former_words (eid TEXT NOT NULL, text TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,"
        " PRIMARY KEY (eid, until)) STRICT, WITHOUT ROWID"
    )
    db.conn.execute("ALTER TABLE brought ADD COLUMN as_of TEXT NOT NULL DEFAULT ''")


@migrations()
def m042_what_seals_a_verdict_in_the_log_does_not_tell_it(db: Database) -> None:
    """Without it, whoever is to read a case blind could try the few verdicts there are against the digest."""
    db.conn.execute("ALTER TABLE decisions ADD COLUMN salt TEXT NOT NULL DEFAULT ''")


@migrations()
def m043_passages_by_address_and_what_people_brought_or_took_back(db: Database) -> None:
    """An erasure asks for each spelling of an address, a crawl for each new passage, and both read whole tables."""
    db.conn.execute("CREATE INDEX passages_url ON passages (url)")
    for name, action in (("audit_taken_back", "evidence_remove"), ("audit_brought_in", "bring in")):
        db.conn.execute(f"CREATE INDEX {name} ON audit (subject) WHERE action = '{action}'")


@migrations()
def m044_what_earlier_ones_were_given_after_homes_had_run_them(db: Database) -> None:
    """m018's view, m028's columns and index and m037's count came too late for some homes: there every crawl failed."""
    m018_a_verdict_outlives_an_edit(db)
    there = {name for _, name, *_ in db.conn.execute("PRAGMA table_info(factchecks)")}
    for column in ("missed_at TEXT NOT NULL DEFAULT ''", "own INTEGER NOT NULL DEFAULT 0"):
        if column.split()[0] not in there:
            db.conn.execute(f"ALTER TABLE factchecks ADD COLUMN {column}")
    db.conn.execute("DROP INDEX factchecks_page")
    db.conn.execute("CREATE INDEX factchecks_page ON factchecks (page_url)")
    db.conn.execute(
        "UPDATE standings SET sources = (SELECT count(DISTINCT p.source_id) FROM case_posts cp"
        " JOIN posts p ON p.id = cp.post_id WHERE cp.case_id = standings.case_id AND p.source_id <> 'by hand')"
        " WHERE case_id IN (SELECT cp.case_id FROM case_posts cp JOIN posts p ON p.id = cp.post_id"
        " WHERE p.source_id = 'by hand')"
    )


@migrations()
def m045_second_readings_that_were_asked_for(db: Database) -> None:
    """Only what was drawn by chance tells how far readers agree: people ask for one where they are unsure."""
    db.conn.execute("ALTER TABLE second_readings ADD COLUMN drawn INTEGER NOT NULL DEFAULT 1")


@migrations()
def m046_passages_of_before_are_found_by_their_source(db: Database) -> None:
    """What was put in before its source was indexed too, as law with its name and article, stayed without it.

    What has more than its title and text there isn't indexed anew: the index alone holds what people say of it.
    """
    from pipeline.store.posts import bare  # reads the store, whose tables are made here

    db.conn.execute("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab('main', 'passages_fts', 'instance')")
    counts = "SELECT doc, sum(col = 'title'), sum(col = 'text') FROM temp.indexed GROUP BY doc"
    there = {doc: words for doc, *words in db.conn.execute(counts)}
    db.conn.execute("DROP TABLE temp.indexed")
    for number, title, source in db.conn.execute("SELECT id, title, source FROM passages").fetchall():
        (text,) = db.conn.execute("SELECT text FROM passages WHERE id = ?", [number]).fetchone()
        # the index takes newer emoji for words
        own = [len(re.findall(r"[^\W_]+|[^\0-\uffff]", bare(words))) for words in (title, text)]
        if any(found > words for found, words in zip(there.get(number, (0, 0)), own, strict=True)):
            continue
        db.conn.execute("DELETE FROM passages_fts WHERE rowid = ?", [number])
        db.conn.execute(
            "INSERT INTO passages_fts (rowid, title, text) VALUES (?, ?, ?)",
            [number, bare(f"{title}\n{source}"), bare(text)],
        )


@migrations()
def m047_what_is_no_claim_has_no_chance_of_being_false(db: Database) -> None:
    """Cases scored before that held of testimony, views and questions kept it, and a place in the queue by it."""
    from pipeline.store.cases import OF_ITS_CLAIM  # reads the store, whose tables are made here
    from pipeline.store.scores import standing_of

    scored = f"FROM case_posts cp JOIN cases c ON c.id = cp.case_id JOIN scores s ON s.id = {standing_of('cp.post_id')}"
    of_claims = f"WHERE cp.case_id = standings.case_id AND s.kind = 'claim' AND {OF_ITS_CLAIM}"
    db.conn.execute(
        "UPDATE standings SET (p_refuted, priority, slot) = ("
        "SELECT coalesce(max(s.p_refuted), 0), round(priority - standings.p_refuted + coalesce(max(s.p_refuted), 0), 6),"
        f" coalesce((SELECT e.slot {scored} JOIN evidence e ON e.score_id = s.id AND e.relation = 'contradicts'"
        f" {of_claims} AND e.slot <> '' ORDER BY cp.post_id, e.rank LIMIT 1), '') {scored} {of_claims})"
        " WHERE (p_refuted > 0 OR slot <> '')"
        f" AND EXISTS (SELECT 1 {scored} WHERE cp.case_id = standings.case_id AND s.kind <> 'claim')"
    )


@migrations()
def m048_what_the_desk_may_have_published_is_found_without_the_texts(db: Database) -> None:
    """Each crawl asks for it."""
    db.conn.execute("CREATE INDEX passages_people ON passages (source) WHERE source_id = ''")
    db.conn.execute("CREATE INDEX passages_party ON passages (source_id, role_before) WHERE role = 'party'")


@migrations()
def m049_what_stood_in_place_of_its_parts_when_a_version_was_made_live(db: Database) -> None:
    """Of those made live before nothing tells it."""
    db.conn.execute("ALTER TABLE promotions ADD COLUMN parts TEXT NOT NULL DEFAULT '{}'")


@migrations()
def m050_a_verdict_that_two_people_read_stands_since_the_second_did(db: Database) -> None:
    """`since` was the first reader's moment, by which what was judged is still told: it goes on as `judged_at`.

    Of cases with a second reading `since` is taken from their decisions: when the second reader agreed or disagreed,
    and of a dispute that began as one of two equal verdicts was taken back, when that was. All others keep theirs.
    """
    db.conn.execute("ALTER TABLE standings ADD COLUMN judged_at TEXT NOT NULL DEFAULT ''")
    db.conn.execute("UPDATE standings SET judged_at = since WHERE state IN ('decided', 'second', 'disputed')")
    db.conn.execute("""
    UPDATE standings SET since = read.since FROM (
        SELECT d.case_id, iif(b.verdict <> d.verdict, b.at, coalesce(
            (SELECT min(u.at) FROM decisions u WHERE u.undoes IN (b.id, d.id)), b.at)) AS since
        FROM second_readings r JOIN decisions d ON d.id = r.decision_id JOIN decisions b ON b.id = (
            SELECT max(x.id) FROM decisions x
            WHERE x.case_id = d.case_id AND x.action = 'decide' AND x.blind = 1 AND x.id > d.id)
        WHERE d.id = (SELECT max(n.id) FROM decisions n LEFT JOIN decisions u ON u.undoes = n.id
            WHERE n.case_id = d.case_id AND n.action = 'decide' AND n.blind = 0 AND (u.id IS NULL OR EXISTS (
                SELECT 1 FROM second_readings a JOIN decisions y ON y.case_id = a.case_id AND y.blind = 1
                WHERE a.decision_id = n.id AND y.id > n.id AND y.id < u.id)))
    ) read WHERE read.case_id = standings.case_id AND standings.state IN ('decided', 'disputed')
    """)


@migrations()
def m051_what_a_verdict_was_given_on_is_sealed(db: Database) -> None:
    """Its digest in the log tells when the verdict was changed past it, not when the claim under it was, or the words
    of a passage that it names. Verdicts given before have none."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'decision_words is append-only: only a salt goes, by an erasure'); END"
    db.conn.execute(
        "CREATE TABLE decision_words (decision_id INTEGER NOT NULL REFERENCES decisions(id), what TEXT NOT NULL,"
        " salt TEXT NOT NULL, seal TEXT NOT NULL, PRIMARY KEY (decision_id, what)) STRICT, WITHOUT ROWID"
    )
    db.conn.execute(
        "CREATE TRIGGER decision_words_append_only BEFORE UPDATE ON decision_words WHEN new.salt <> ''"
        f" OR (new.decision_id, new.what, new.seal) <> (old.decision_id, old.what, old.seal) {refuse}"
    )
    db.conn.execute(f"CREATE TRIGGER decision_words_never_deleted BEFORE DELETE ON decision_words {refuse}")


@migrations()
def m052_no_invisible_mark_hides_a_word_of_before_from_a_search(db: Database) -> None:
    """What was put in before was indexed with them, as words parted by them.

    Of a passage that has more words there than its own the index alone holds what people say of it: it stays as it is
    until it is imported again.
    """
    from pipeline.store.posts import bare, visible  # reads the store, whose tables are made here

    for table, kept in (
        ("versions_fts (rowid, title, text)", "SELECT id, title, text FROM versions"),
        ("claims_fts (rowid, claim)", "SELECT id, claim FROM cases"),
    ):
        for number, *words in db.conn.execute(kept):
            hidden = any(visible(one) != one for one in words)
            if hidden and db.conn.execute(f"DELETE FROM {table.split()[0]} WHERE rowid = ?", [number]).rowcount:
                marks = ", ?" * len(words)
                db.conn.execute(f"INSERT INTO {table} VALUES (?{marks})", [number, *map(bare, words)])
    kept = "SELECT id, title || char(10) || source, text FROM passages"
    found = [row for row in db.conn.execute(kept) if any(visible(one) != one for one in row[1:])]
    if not found:
        return
    db.conn.execute("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab('main', 'passages_fts', 'instance')")
    counts = "SELECT doc, sum(col = 'title'), sum(col = 'text') FROM temp.indexed GROUP BY doc"
    there = {doc: words for doc, *words in db.conn.execute(counts)}
    db.conn.execute("DROP TABLE temp.indexed")
    for number, *words in found:
        parted = [bare(visible(one, instead=" ")) for one in words]
        own = [len(re.findall(r"[^\W_]+|[^\0-\uffff]", one)) for one in parted]  # as m046 counts them
        if number in there and all(n <= most for n, most in zip(there[number], own, strict=True)):
            db.conn.execute("DELETE FROM passages_fts WHERE rowid = ?", [number])
            db.conn.execute(
                "INSERT INTO passages_fts (rowid, title, text) VALUES (?, ?, ?)", [number, *map(bare, words)]
            )


@migrations()
def m053_what_lists_named_beyond_what_is_kept_waiting(db: Database) -> None:
    """How many pages of a source were let go unread, and when the last of them were."""
    db.conn.execute("ALTER TABLE sources ADD COLUMN overflow INTEGER NOT NULL DEFAULT 0")
    db.conn.execute("ALTER TABLE sources ADD COLUMN overflow_at TEXT NOT NULL DEFAULT ''")


@migrations()
def m055_rows_of_a_homes_own_on_what_goes_against_its_passages(db: Database) -> None:
    """Files of them by their names, with the wording that each passage had which their rows count for."""
    db.conn.execute(
        "CREATE TABLE contraries (name TEXT PRIMARY KEY, text TEXT NOT NULL, worded TEXT NOT NULL,"
        " brought_at TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )


@migrations()
def m056_no_digest_tells_what_an_erased_post_said(db: Database) -> None:
    """Erasures before that left it, by which a guess at a short text could be tried; the seals over it go with it."""
    from pipeline.store.erasure import forget_digests  # reads the store, whose tables are made here

    for (post,) in db.conn.execute("SELECT id FROM posts WHERE url LIKE 'erased:%' ORDER BY id").fetchall():
        forget_digests(db, post, person="soi")


@migrations()
def m058_what_readers_are_told_of_a_case_is_searched(db: Database) -> None:
    """The words of each verdict for its readers, under its number."""
    from pipeline.store.posts import bare  # reads the store, whose tables are made here

    db.conn.execute(
        "CREATE VIRTUAL TABLE told_fts USING fts5("
        "words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2')"
    )
    told = db.conn.execute(
        "SELECT id, wording || char(10) || explanation FROM decisions WHERE wording <> '' OR explanation <> ''"
    ).fetchall()
    db.conn.executemany(
        "INSERT INTO told_fts (rowid, words) VALUES (?, ?)", [(number, bare(words)) for number, words in told]
    )


@migrations()
def m059_what_is_let_go_and_what_spread_again_are_found_by_an_index(db: Database) -> None:
    """Each score put back without its words looked through all cases for one that names it; and the list of what spread
    again read the rows of all decided cases and of all their memberships."""
    db.conn.execute("CREATE INDEX cases_score ON cases (score_id)")
    db.conn.execute("CREATE INDEX memberships_joined ON memberships (case_id, at, post_id)")
    db.conn.execute(
        "CREATE INDEX standings_judged ON standings (lane, since DESC, case_id, judged_at, state, undecided, verdict,"
        " rights_bits, reasons_bits, kinds_bits, spread) WHERE state = 'decided'"
    )


@migrations()
def m060_no_numbers_of_persons_in_what_a_fact_check_says(db: Database) -> None:
    """Its rating and who gave it were kept as they were published; what they were sealed as is held to nothing then."""
    from pipeline.store import audit, seals  # read the store, whose tables are made here
    from pipeline.store.posts import as_typed

    for number, *said in db.conn.execute("SELECT id, rating, publisher FROM factchecks ORDER BY id").fetchall():
        kept = [as_typed(words) for words in said]
        if kept != said:
            db.conn.execute("UPDATE factchecks SET rating = ?, publisher = ? WHERE id = ?", [*kept, number])
        if kept[0] != said[0]:
            audit.words_erased(db, "soi", f"{seals.EVIDENCE} factcheck:{number}")


@migrations()
def m061_cases_that_were_decided_before_m004_stand_as_their_verdicts_say(db: Database) -> None:
    """It knew nobody who decided them and took the moment they were opened for that of their verdict, so that what
    holds the verdicts against the log took them for changed ones."""
    from pipeline.store.cases import by_events  # reads the store, whose tables are made here

    nobodys = "SELECT case_id, state, verdict FROM standings WHERE decider = '' AND state <> 'new' ORDER BY case_id"
    for case_id, *here in db.conn.execute(nobodys).fetchall():
        told = by_events(db, case_id)
        if here == [told["state"], told["verdict"]]:  # one that was changed is still told
            db.conn.execute(
                "UPDATE standings SET decider = :decider, since = :since, judged_at = :judged_at WHERE case_id = :case",
                {**told, "case": case_id},
            )
