"""A small invented world on loopback: outlets, forums and a fact-check desk, served as real sites serve them."""

import html
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import tomli

Site = dict[str, Any]
KINDS = {"news": "feed", "forum": "forum", "factcheck": "factcheck"}


def _shell(title: str, body: str, *, head: str = "", attributes: str = "") -> str:
    return (
        f'<!doctype html><html lang="vi"{attributes}><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"{head}</head><body>{body}</body></html>"
    )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.strip().splitlines())


class World(ThreadingHTTPServer):
    """One site: its pages are made once, at its own address."""

    daemon_threads = True

    def __init__(self, site: Site, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.site = site
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"
        self.today = datetime.now(UTC).replace(hour=0, minute=30, second=0, microsecond=0)
        self.pages = {"/robots.txt": ("text/plain", "User-agent: *\nDisallow: /noi-bo/\n")}
        build = {"news": self._news, "forum": self._forum, "factcheck": self._checks}[site["kind"]]
        build()

    def source(self) -> dict[str, object]:
        """The entry of this site in a sources.toml."""
        path = "/" if self.site["kind"] == "forum" else "/rss.xml"
        return {
            "id": self.site["id"], "name": self.site["name"], "kind": KINDS[self.site["kind"]],
            "url": self.origin + path, "use": "watch", "role": self.site["role"], "delay": 0, "allow_private": True,
        }  # fmt: skip

    def _put(self, path: str, body: str, kind: str = "text/html; charset=utf-8") -> None:
        self.pages[path] = (kind, body)

    def _day(self, number: int) -> datetime:
        return self.today - timedelta(hours=7 * number)

    def _feed(self, items: list[tuple[str, str, str]]) -> None:
        """An RSS feed of (path, title, teaser)."""
        rows = "".join(
            f"<item><title>{html.escape(title)}</title><link>{self.origin}{path}?utm_source=rss</link>"
            f"<pubDate>{format_datetime(self._day(n))}</pubDate><description>{html.escape(teaser)}</description></item>"
            for n, (path, title, teaser) in enumerate(items)
        )
        head = (
            f"<title>{html.escape(self.site['name'])}</title><link>{self.origin}/</link><description>vi</description>"
        )
        self._put("/rss.xml", f'<rss version="2.0"><channel>{head}{rows}</channel></rss>', "application/rss+xml")

    def _news(self) -> None:
        items = []
        for n, article in enumerate(self.site["article"]):
            path, title = f"/bai/{n}.html", article["title"]
            items.append((path, title, article["text"].strip().splitlines()[0]))
            head = (
                f'<link rel="canonical" href="{self.origin}{path}">'
                f'<meta property="og:title" content="{html.escape(title)}">'
                f'<meta property="article:published_time" content="{self._day(n).isoformat()}">'
            )
            menu = "<nav><ul><li><a href='/'>Trang nhất</a></li><li><a href='/rss.xml'>RSS</a></li></ul></nav>"
            body = f"{menu}<article><h1>{html.escape(title)}</h1>{_paragraphs(article['text'])}</article>"
            self._put(path, _shell(title, body, head=head))
        self._feed(items)

    def _checks(self) -> None:
        items = []
        for n, check in enumerate(self.site["check"]):
            path, title = f"/kiem-chung/{n}.html", check["title"]
            items.append((path, title, check["claim"]))
            review = {
                "@context": "https://schema.org", "@type": "ClaimReview", "url": f"{self.origin}{path}",
                "claimReviewed": check["claim"], "datePublished": self._day(n).date().isoformat(),
                "author": {"@type": "Organization", "name": self.site["name"]},
                "reviewRating": {"@type": "Rating", "alternateName": check["rating"]},
            }  # fmt: skip
            data = json.dumps(review, ensure_ascii=False).replace("</", "<\\/")
            head = f'<script type="application/ld+json">{data}</script>'
            body = f"<article><h1>{html.escape(title)}</h1>{_paragraphs(check['text'])}</article>"
            self._put(path, _shell(title, body, head=head))
        self._feed(items)

    def _forum(self) -> None:
        """XenForo 2's markup, as far as a reader needs it."""
        rows = []
        for n, thread in enumerate(self.site["thread"]):
            path, title = f"/threads/chu-de.{n + 1}/", html.escape(thread["title"])
            when = self._day(n)
            rows.append(
                f'<div class="structItem structItem--thread">'
                f'<div class="structItem-title"><a href="{path}">{title}</a></div>'
                f'<time class="structItem-latestDate u-dt" datetime="{when.isoformat()}">{when.date()}</time></div>'
            )
            posts = "".join(
                f'<article class="message message--post" data-content="post-{n + 1}{m}" id="js-post-{n + 1}{m}">'
                f'<div class="message-attribution"><a href="{path}post-{n + 1}{m}"><time class="u-dt"'
                f' datetime="{(when + timedelta(minutes=m)).isoformat()}">hôm nay</time></a></div>'
                f'<div class="message-body"><div class="bbWrapper">{html.escape(text)}</div></div></article>'
                for m, text in enumerate(thread["posts"])
            )
            body = f'<h1 class="p-title-value">{title}</h1><div class="block-body">{posts}</div>'
            self._put(path, _shell(thread["title"], body, attributes=' id="XF" data-app="public"'))
        listing = _shell(self.site["name"], "".join(rows), attributes=' id="XF" data-app="public"')
        self._put("/", listing)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET for the pages of its world."""

    server: World

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        path = re.sub(r"^/threads/(\d+)/post-\d+$", r"/threads/chu-de.\1/", path)  # a forum shows a post in its thread
        kind, body = self.server.pages.get(path, ("", ""))
        data = body.encode()
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody needs a log of the demo's own pages."""


def _opened(site: Site, port: int) -> World:
    """A site where it was before, or anywhere when that is taken."""
    try:
        return World(site, port)
    except OSError:
        return World(site)


@contextmanager
def open_world(known: Path | None = None) -> Iterator[list[dict[str, object]]]:
    """Serve every site until the block ends; gives their source entries. known is a file that keeps their ports, so
    that links into them hold when they are opened again."""
    sites = tomli.loads((Path(__file__).parent / "demo.toml").read_text(encoding="utf-8"))["site"]
    ports = json.loads(known.read_text(encoding="utf-8")) if known and known.exists() else {}
    worlds = [_opened(site, ports.get(site["id"], 0)) for site in sites]
    if known and not ports:
        known.write_text(json.dumps({world.site["id"]: world.server_address[1] for world in worlds}), encoding="utf-8")
    for world in worlds:
        threading.Thread(target=world.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield [world.source() for world in worlds]
    finally:
        for world in worlds:
            world.shutdown()
            world.server_close()
