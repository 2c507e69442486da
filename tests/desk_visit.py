"""A person at the desk, for tests: signs in, reads pages, sends forms with their seal."""

import atexit
import html
import re
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from desk_world import make_home
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute

from pipeline.home import Home
from pipeline.store import open_store
from review import access, refusals
from review.app import create_app

SURE = "\n".join(said for said in vars(refusals).values() if isinstance(said, str))  # of whatever is asked
PASSWORD = "một câu thật dài để vào"
BASE = "http://desk.test"
PEOPLE = (("lan", "moderator"), ("tuan", "moderator"), ("minh", "lead"), ("oanh", "operator"), ("chi", "admin"))


class Visitor:
    """One browser."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(path, params=query or None)

    def seal(self, path: str = "/mine") -> str:
        found = re.search(r'name="seal" value="([0-9a-f]+)"', self.client.get(path).text)
        assert found
        return found[1]

    def post(self, path: str, data: dict[str, Any] | None = None, **fields: Any) -> Any:
        sealed = {"seal": self.seal(), **(data or {}), **fields}
        return self.client.post(path, data=sealed, follow_redirects=False)

    def sign_in(self, name: str, password: str = PASSWORD, **fields: Any) -> Any:
        data = {"seal": self.seal("/login"), "name": name, "password": password, **fields}
        return self.client.post("/login", data=data, follow_redirects=False)

    def follow(self, link: str) -> Any:
        """Open a link that works once, and press its button."""
        fields = dict(re.findall(r'name="(seal|token)" value="([^"]*)"', self.client.get(link).text))
        return self.client.post("/login/once", data=fields)

    def decide(self, case: int, verdict: str, reason: str, *evidence: str, **fields: Any) -> Any:
        data = {"verdict": verdict, "reason": reason, "evidence": list(evidence), **self.read(case)}
        return self.post(f"/case/{case}/decide", {**data, "sure": SURE, **fields})

    def read(self, case: int) -> dict[str, str]:
        """What the form of a case says of what was read when it was opened."""
        found = re.findall(r'name="(seen|shown)" value="([^"]*)"', self.client.get(f"/case/{case}").text)
        return {"seen": "0", **{name: html.unescape(value) for name, value in found}}


def text_of(response: Any) -> str:
    """What a page says, tags taken out."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", response.text)).split())


def toast_of(response: Any) -> str:
    """What a page tells at its foot, tags and all."""
    return str(response.text.partition('<div class="toast"')[2].partition("</div>")[0])


@lru_cache(maxsize=1)
def _template() -> tuple[Path, dict[str, int]]:
    """One seeded home with its people, made once a process and copied; a password is looked at as quickly as argon2
    can, which is slow on purpose elsewhere."""
    kept = tempfile.mkdtemp(prefix="desk-")
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    home, found = make_home(Path(kept) / "home")
    db = open_store(home.database)
    for name, role in PEOPLE:
        access.add_user(db, name, role=role)
    hashed = PasswordHasher.from_parameters(CHEAPEST).hash(PASSWORD)
    with db.atomic():
        db.conn.execute("UPDATE users SET password = ?", [hashed])
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return home.root, found


@lru_cache(maxsize=1)
def _routes() -> list[BaseRoute]:
    """The desk's routes, taken from one application: FastAPI works each of them out anew for every one."""
    app = create_app(Home(_template()[0]))
    app.state.pool.close()
    return app.router.routes


class World:
    """A seeded desk with its people; a browser for each of them when asked for."""

    def __init__(self, root: Path, settings: str = "") -> None:
        made, self.cases = _template()
        shutil.copytree(made, root)
        if settings:
            (root / "soi.toml").write_text(settings, encoding="utf-8")
        self.home = Home(root)
        self.db = open_store(self.home.database)
        self.app = create_app(self.home)
        self.app.router.routes = _routes()  # what they answer with is of the application: its pool, its settings
        self.running = TestClient(self.app, base_url=BASE)
        self.running.__enter__()

    def wait(self, minutes: float) -> None:
        """Let time pass: everything decided so far was decided that much earlier."""
        with self.db.atomic():
            (trigger,) = self.db.conn.execute(
                "SELECT sql FROM sqlite_master WHERE name = 'decisions_append_only'"
            ).fetchone()
            self.db.conn.execute("DROP TRIGGER decisions_append_only")
            self.db.conn.execute(
                "UPDATE decisions SET at = strftime('%Y-%m-%dT%H:%M:%fZ', at, ?)", [f"-{minutes} minutes"]
            )
            self.db.conn.execute(trigger)
            self.db.conn.execute(
                "UPDATE second_readings SET asked_at = strftime('%Y-%m-%dT%H:%M:%fZ', asked_at, ?)",
                [f"-{minutes} minutes"],
            )

    def visitor(self, client: TestClient, name: str = "") -> Visitor:
        visitor = Visitor(client)
        if name:
            client.cookies.set(access.SESSION_COOKIE, access.open_session(self.db, name, how="test") or "")
        return visitor

    def anybody(self, name: str = "") -> Visitor:
        """A browser of its own, at the application that runs already."""
        client = TestClient(self.app, base_url=BASE)
        client.portal = self.running.portal
        return self.visitor(client, name)

    def close(self) -> None:
        self.running.__exit__(None, None, None)
        self.db.close()
