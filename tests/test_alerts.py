"""Alerts: found, told once, reminded of, told to be over; by a real mail server and a real receiver."""

import base64
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from filled import typed

from crawlers.sources import Source
from pipeline.operations.alerts import Finding, deliver, try_channels, update
from pipeline.operations.backup import make_backup
from pipeline.operations.channels import Channel, ChannelError, channels, unready
from pipeline.operations.running import AWAY, CRY, Running
from pipeline.operations.schedule import jobs
from pipeline.operations.state import CHECK, LOOK, JobState, RunState, write_state
from pipeline.operations.watch import drift, look, stability
from pipeline.operations.watch_sources import ask_again, look_at_sources
from pipeline.records import NewPost, after, now
from pipeline.settings import AlertSettings
from pipeline.store import alerts as store
from pipeline.store import fetches, open_store, posts, watching
from pipeline.store.watching import Latency, to_queue, to_score

LONG_AGO = "2026-11-01T00:00:00.000Z"
AT = "2026-11-20T12:00:00.000Z"
DISK = Finding("disk", "critical", "10 MB are free.", "Free some space.")
SOURCE = Finding("source.gone.bao", "warning", "bao is gone.", "Look for the new address.")


def later(minutes: float) -> str:
    return after(AT, minutes=minutes)


@pytest.fixture
def db(home):
    opened = open_store(home.database)
    yield opened
    opened.close()


class Mailbox:
    """Keeps what a mail server is handed; turns everything away while it is shut."""

    def __init__(self) -> None:
        self.mails: list[str] = []
        self.shut = False
        self.refused: set[str] = set()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options) -> str:
        if address in self.refused:
            return f"550 no {address} here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.shut:
            return "451 come back later"
        self.mails.append(envelope.content.decode("utf-8", "replace"))
        return "250 OK"


@pytest.fixture
def mail() -> Iterator[tuple[Mailbox, AlertSettings]]:
    box = Mailbox()

    def login(server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"soi", b"geheim"), handled=False)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port, authenticator=login, auth_require_tls=False)
    server.start()
    yield box, AlertSettings(
        email_to="an@bao.example, binh@bao.example", smtp_host="127.0.0.1", smtp_port=port, smtp_security="none",
        smtp_user="soi", smtp_password="geheim",
    )  # fmt: skip
    server.stop()


@pytest.fixture
def hook() -> Iterator[tuple[list[dict[str, Any]], str]]:
    """A real receiver: keeps what is posted to /hook, sends on from /moved/CODE, answers 404 elsewhere."""
    got: list[dict[str, Any]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            known = self.path.startswith("/hook")
            if known:
                got.append(json.loads(body))
            if login := self.headers["authorization"]:
                got.append(login)
            moved = self.path.startswith("/moved/")
            self.send_response(200 if known else int(self.path[7:10]) if moved else 404)
            if moved:
                self.send_header("location", "/hook")
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield got, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def told(db, findings, settings, *, at: str) -> dict[str, str]:
    update(db, findings, at=at, settings=settings, channels=channels(settings))
    return deliver(db, channels(settings), at=at)


def test_trouble_is_mailed_once_and_its_end_too(db, mail):
    box, settings = mail
    assert told(db, [DISK, SOURCE], settings, at=AT) == {}
    assert told(db, [DISK, SOURCE], settings, at=later(5)) == {}
    assert len(box.mails) == 1
    assert "Subject: [Soi] 2 new" in box.mails[0]
    assert "10 MB are free." in box.mails[0]
    assert "To: an@bao.example, binh@bao.example" in box.mails[0]
    told(db, [SOURCE], settings, at=later(10))
    assert len(box.mails) == 1  # gone for five minutes only: it may come back
    told(db, [SOURCE], settings, at=later(16))
    assert "Subject: [Soi] 1 over" in box.mails[1]
    assert "Over: 10 MB are free." in box.mails[1]
    assert [alert.key for alert in store.open_alerts(db)] == ["source.gone.bao"]


def test_trouble_that_comes_and_goes_is_one_alert(db, mail):
    box, settings = mail
    slow = settings.model_copy(update={"settle_minutes": 15.0})
    for minute in range(0, 60, 10):
        told(db, [DISK] if minute % 20 == 0 else [], slow, at=later(minute))
    assert len(box.mails) == 1


def test_what_stands_is_told_again_after_a_day(db, mail):
    box, settings = mail
    for hour in range(0, 50, 2):
        told(db, [DISK], settings, at=later(hour * 60))
    assert ["new" in m or "still" in m for m in box.mails] == [True] * 3
    assert "Subject: [Soi] 1 still so" in box.mails[-1]


def test_a_mail_that_was_turned_away_is_sent_later_and_nothing_is_lost(db, mail):
    box, settings = mail
    box.shut = True
    problems = told(db, [DISK], settings, at=AT)
    assert "451" in problems["email"]
    assert store.undelivered(db, ["email"])["email"][0] == 1
    box.shut = False
    assert told(db, [DISK, SOURCE], settings, at=later(5)) == {}
    assert "Subject: [Soi] 2 new" in box.mails[0]
    assert store.undelivered(db, ["email"]) == {}


def test_an_address_that_the_mail_server_refuses_is_told_of_and_the_others_get_the_mail_once(home, db, mail):
    box, settings = mail
    home.settings_file.write_text('[alerts]\nemail_to = "an@bao.example"\nsmtp_host = "127.0.0.1"\n')
    box.refused = {"binh@bao.example"}
    said = told(db, [DISK], settings, at=AT)["email"]
    assert ("of the 2 addresses" in said, "number 2 (550)" in said, "@" in said) == (True, True, False)
    (found,) = [finding for finding in look(home, db, at=AT) if finding.key == "alerts.email"]
    assert said in found.text
    assert told(db, [DISK], settings, at=later(5)) == {}
    assert len(box.mails) == 1
    told(db, [DISK, found], settings, at=later(10))
    assert len(box.mails) == 2
    box.refused = set()
    told(db, [DISK, found, SOURCE], settings, at=later(15))
    assert "alerts.email" not in {finding.key for finding in look(home, db, at=AT)}


def test_a_mail_that_is_refused_for_all_is_sent_later_and_no_address_is_told(db, mail):
    box, settings = mail
    box.refused = {"an@bao.example", "binh@bao.example"}
    said = told(db, [DISK], settings, at=AT)["email"]
    assert ("number 1 (550), number 2 (550)" in said, "@" in said) == (True, False)
    assert len(store.unsent(db, "email")) == 1


def test_a_channel_that_is_switched_off_is_complained_of_no_more(home, db, mail):
    box, settings = mail
    box.shut = True
    told(db, [DISK], settings, at=AT)
    home.settings_file.write_text('[alerts]\nemail_to = "an@bao.example"\nsmtp_host = "127.0.0.1"\n')
    assert "alerts.email" in {finding.key for finding in look(home, db, at=AT)}
    home.settings_file.write_text("")
    assert "alerts.email" not in {finding.key for finding in look(home, db, at=AT)}


@pytest.mark.parametrize("gone_wrong", ["shut", "refused"])
def test_a_test_that_arrives_ends_the_trouble_with_its_channel_and_one_that_does_not_leaves_it(
    home, db, mail, gone_wrong
):
    box, settings = mail
    home.settings_file.write_text(
        '[alerts]\nemail_to = "an@bao.example, binh@bao.example"\nsmtp_host = "127.0.0.1"\n'
        f'smtp_port = {settings.smtp_port}\nsmtp_security = "none"\n'
    )
    setattr(box, gone_wrong, {"binh@bao.example"} if gone_wrong == "refused" else True)
    told(db, [DISK], settings, at=AT)
    assert typed(home, "alerts", "test").exit_code == 1
    assert "alerts.email" in {finding.key for finding in look(home, db, at=AT)}
    box.shut, box.refused = False, set()
    assert typed(home, "alerts", "test").exit_code == 0
    assert "alerts.email" not in {finding.key for finding in look(home, db, at=AT)}
    assert len(store.unsent(db, "email")) == (gone_wrong == "shut")  # what waits is still sent


def test_a_wrong_password_is_said_without_the_password(mail):
    box, settings = mail
    wrong = settings.model_copy(update={"smtp_password": AlertSettings(smtp_password="falsch").smtp_password})
    result = try_channels(channels(wrong))
    assert "535" in result["email"]
    assert "falsch" not in result["email"]
    assert box.mails == []


def test_a_mail_server_that_is_not_there_is_named():
    settings = AlertSettings(email_to="an@bao.example", smtp_host="127.0.0.1", smtp_port=1, smtp_security="none")
    assert "127.0.0.1:1 didn't take the mail" in try_channels(channels(settings))["email"]


@pytest.mark.parametrize(("name", "value"), [
    ("smtp_host", "mail..example"), ("smtp_user", "sói"), ("smtp_password", "mật khẩu"), ("email_from", ""),
    ("email_from", "<"),
])  # fmt: skip
def test_a_setting_that_no_mail_can_be_made_of_is_said_and_the_webhook_is_told_all_the_same(
    home, db, mail, hook, name, value
):
    (_, settings), (got, address) = mail, hook
    wrong = AlertSettings(**{**settings.model_dump(), "webhook_url": f"{address}/hook", name: value})
    assert told(db, [DISK], wrong, at=AT)["email"].startswith(f"{wrong.smtp_host}:{wrong.smtp_port} didn't take the")
    said = try_channels(channels(wrong))["email"]
    assert not any(letter in said for letter in ("ậ", "ó", r"\u1ead", r"\xf3"))
    assert [DISK.text in body["text"] for body in got] == [True, False]
    assert name == "smtp_host" or name in str(unready(wrong))


@pytest.mark.parametrize(("there", "missing"), [
    ({"webhook_shape": "json"}, "webhook_url"), ({"telegram_chat": "-42"}, "webhook_url"),
    ({"smtp_host": "mail.example", "email_to": "an@bao.example", "email_from": "soi@bao.example", "smtp_user": "soi"},
     "smtp_password"),
])  # fmt: skip
def test_a_channel_whose_secret_stayed_behind_in_another_home_is_said(there, missing):
    ((said, advice),) = unready(AlertSettings(**there))
    assert f"without alerts.{missing}" in said
    assert "no backup brings it" in advice
    assert unready(AlertSettings(**there, **{missing: "https://tin.example/x"})) == []


def test_addresses_over_several_lines_are_one_list(mail):
    box, settings = mail
    lines = "\nan@bao.example,\nbinh@bao.example\n chi@bao.example,\n"
    several = settings.model_copy(update={"email_to": lines, "email_from": "Sói <soi@bao.example>\n"})
    assert (try_channels(channels(several))["email"], unready(several)) == ("sent", [])
    assert "To: an@bao.example, binh@bao.example, chi@bao.example" in box.mails[0]


@pytest.mark.parametrize(("shape", "keys"), [
    ("slack", {"text"}), ("mattermost", {"username", "text"}), ("telegram", {"chat_id", "text"}),
    ("json", {"subject", "body", "desk", "alerts"}),
])  # fmt: skip
def test_a_webhook_gets_what_its_service_understands(db, hook, shape, keys):
    got, address = hook
    settings = AlertSettings(webhook_url=f"{address}/hook?token=t0ken", webhook_shape=shape, telegram_chat="-42")
    assert told(db, [Finding("x", "warning", "Nguồn báo im lặng. " * 400, "…")], settings, at=AT) == {}
    (body,) = got
    assert set(body) == keys
    assert "Nguồn báo im lặng." in json.dumps(body, ensure_ascii=False)
    assert shape != "telegram" or (len(body["text"]) <= 4096 and body["chat_id"] == "-42")


@pytest.mark.parametrize(("shape", "shown"), [
    ("slack", "&lt;!channel&gt; &lt;https://xau.example|Vào đây&gt; [Vào đây](https://xau.example) @all &amp;"),
    ("mattermost", r"\<!channel\> \<https://xau.example\|Vào đây\> \[Vào đây\](https://xau.example) @\u200ball &"),
])  # fmt: skip
def test_what_a_site_wrote_calls_nobody_and_leads_nowhere_in_a_chat(db, hook, shape, shown):
    got, address = hook
    settings = AlertSettings(webhook_url=f"{address}/hook", webhook_shape=shape)
    lure = "<!channel> <https://xau.example|Vào đây> [Vào đây](https://xau.example) @all &"
    assert told(db, [Finding("x", "warning", lure, "…")], settings, at=AT) == {}
    assert shown.replace(r"\u200b", "\u200b") in got[0]["text"]


def test_a_webhook_whose_address_holds_a_name_and_a_password_is_sent_them(hook):
    got, address = hook
    url = address.replace("//", "//s%C3%B3i:m%40t@") + "/hook"
    assert try_channels(channels(AlertSettings(webhook_url=url)))["webhook"] == "sent"
    assert got[1] == f"Basic {base64.b64encode('sói:m@t'.encode()).decode()}"


def test_a_program_knows_each_alert_by_its_fields_and_a_repeat_by_its_id(db, hook):
    got, address = hook
    settings = AlertSettings(webhook_url=f"{address}/hook", webhook_shape="json")
    ways = channels(settings, desk="https://desk.example")
    update(db, [DISK], at=AT, settings=settings, channels=ways)
    (waiting,) = db.conn.execute("SELECT id FROM alert_messages WHERE channel = 'webhook'").fetchone()
    assert deliver(db, ways, at=AT) == {}
    (told,) = got[0]["alerts"]
    assert told == {
        "id": f"{waiting}-{AT}", "what": "opened", "at": AT, "key": "disk", "severity": "critical",
        "text": DISK.text, "advice": DISK.advice, "since": AT, "until": "",
    }  # fmt: skip
    assert got[0]["desk"] == "https://desk.example"
    store.settle(db, [waiting], problem="the answer came too late")
    update(db, [DISK, SOURCE], at=later(5), settings=settings, channels=ways)
    assert deliver(db, ways, at=later(5)) == {}
    assert got[1]["alerts"][0] == told
    assert got[1]["alerts"][1]["id"] != told["id"]
    update(db, [], at=later(60), settings=settings, channels=ways)
    assert deliver(db, ways, at=later(60)) == {}
    over = [(one["what"], one["key"], one["until"]) for one in got[2]["alerts"]]
    assert over == [("resolved", "disk", later(60)), ("resolved", SOURCE.key, later(60))]
    assert try_channels(ways)["webhook"] == "sent"
    assert got[3]["alerts"] == []


def test_alerts_that_do_not_fit_one_message_go_in_further_ones_and_the_log_has_a_line_for_each(db, hook):
    got, address = hook
    settings = AlertSettings(webhook_url=f"{address}/hook", webhook_shape="telegram", telegram_chat="-42")
    many = [Finding(f"source.gone.s{n:02}", "warning", f"s{n:02} is gone. " * 9, "Look for it.") for n in range(40)]
    with structlog.testing.capture_logs() as lines:
        assert told(db, many, settings, at=AT) == {}
    assert [f"s{n:02} is gone" in "".join(body["text"] for body in got) for n in range(40)] == [True] * 40
    assert max(len(body["text"]) for body in got) <= 4000
    assert len(got) < 5
    assert [line["text"].count("New") for line in lines] == [1] * 40


def test_what_failed_on_the_way_is_sent_later_and_what_went_before_is_not_sent_again(db):
    got: list[str] = []

    def send(subject: str, body: str, _) -> None:
        if len(got) == 1:
            raise ChannelError("full")
        got.append(body)

    ways = [Channel("narrow", send, size=0)]
    update(db, [DISK, SOURCE], at=AT, settings=AlertSettings(), channels=ways)
    assert deliver(db, ways, at=AT) == {"narrow": "full"}
    assert [message.alert.key for message in store.unsent(db, "narrow")] == [SOURCE.key]
    assert deliver(db, [Channel("narrow", lambda subject, body, _: got.append(body), size=0)], at=later(5)) == {}
    assert ["10 MB" in got[0], "bao is gone" in got[1], len(got)] == [True, True, 2]


def test_where_one_trouble_of_a_source_gives_way_to_another_that_is_no_recovery(db, mail):
    box, settings = mail
    failing = Finding("source.failing.bao.vn", "warning", "bao.vn is failing.", "Try it.")
    gone = Finding("source.gone.bao.vn", "warning", "bao.vn is gone.", "Look for it.")
    told(db, [failing, DISK], settings, at=AT)
    told(db, [gone], settings, at=later(30))
    assert "Over: bao.vn is failing. Since then: bao.vn is gone.\n" in box.mails[-1].replace("\r", "")
    assert "Over: 10 MB are free.\n" in box.mails[-1].replace("\r", "")


def test_trouble_seen_while_the_clock_was_ahead_ends_too(db):
    told(db, [DISK], AlertSettings(), at="2036-01-01T00:00:00.000Z")
    told(db, [], AlertSettings(), at=later(5))
    assert store.open_alerts(db) == []


@pytest.mark.parametrize("back", [8 * 3600, 0])
def test_trouble_that_stands_when_the_clock_is_set_back_is_not_told_to_be_over(db, mail, back):
    box, settings = mail
    fetches.put_sources(db, [Source("bao", "Báo", "feed", "https://bao.example/rss")])
    db.execute("UPDATE sources SET health = 'failing', health_since = ?, last_checked = ?", [later(380), later(400)])
    told(db, look_at_sources(db, at=later(480), silent_hours=24), settings, at=later(480))
    watching.bring_forward(db, at=AT, back=back)
    for minutes in (0, 5):
        told(db, look_at_sources(db, at=later(minutes), silent_hours=24), settings, at=later(minutes))
    assert not any("1 over" in mail for mail in box.mails)
    db.execute("UPDATE sources SET health = 'ok'")
    for minutes in (10, 30):
        told(db, look_at_sources(db, at=later(minutes), silent_hours=24), settings, at=later(minutes))
    (alert,) = store.last_alerts(db, limit=9)
    assert alert.resolved_at == later(30)
    assert not back or alert.opened_at == AT


def test_trouble_told_of_while_the_clock_was_ahead_is_told_of_again_by_the_right_one_and_from_then_on_each_day(
    db, mail
):
    box, settings = mail
    told(db, [DISK], settings, at="2036-01-01T00:00:00.000Z")
    for hour in range(0, 50, 2):
        told(db, [DISK], settings, at=later(hour * 60))
    assert ["1 still so" in mail for mail in box.mails] == [False, True, True, True]


def test_a_model_that_scored_last_though_none_was_ever_promoted_is_found(home, db):
    db.conn.execute(
        "INSERT INTO scores (version_id, model, kind, rights, p_refuted, flagged, reasons, outcome, scored_at)"
        " VALUES (1, 'v7', 'claim', '[]', 0, 0, '[]', '', ?)",
        [now()],
    )
    (found,) = [finding for finding in look(home, db, at=AT) if finding.key == "model.live"]
    assert found.text == "default is live, but v7 still scores."


@pytest.mark.parametrize("path", ["/other?token=t0ken", ":1/t0ken", ""])
def test_a_webhook_that_fails_is_said_without_its_secret_address(hook, path):
    _, address = hook
    url = "ftp://t0ken" if not path else (address if path[0] == "/" else "http://127.0.0.1") + path
    (said,) = [v for k, v in try_channels(channels(AlertSettings(webhook_url=url))).items() if k == "webhook"]
    assert said != "sent"
    assert "t0ken" not in said


def test_a_webhook_that_answers_something_other_than_http_is_said_and_tried_again(db):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            caller, _ = server.accept()
            with caller:
                caller.recv(65_536)
                caller.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")

        greeter = threading.Thread(target=greet)
        greeter.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/hook?token=t0ken"
        settings = AlertSettings(webhook_url=url)
        update(db, [DISK], at=AT, settings=settings, channels=channels(settings))
        said = "the webhook can't be reached (BadStatusLine); check alerts.webhook_url."
        assert deliver(db, channels(settings), at=AT) == {"webhook": said}
        greeter.join()
    assert [message.what for message in store.unsent(db, "webhook")] == ["opened"]


@contextlib.contextmanager
def dripping(begin: bytes) -> Iterator[int]:
    """The port of a server that says how it begins, and from then on a letter a tenth of a second."""
    ended = threading.Event()

    def drip() -> None:
        with contextlib.suppress(OSError):
            caller, _ = server.accept()
            with caller:
                caller.sendall(begin)
                while not ended.wait(0.1):
                    caller.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as server:
        dripper = threading.Thread(target=drip)
        dripper.start()
        yield server.getsockname()[1]
        ended.set()
        dripper.join()


@pytest.mark.parametrize("channel", ["email", "webhook"])
def test_a_receiver_that_answers_letter_by_letter_holds_nobody_up(db, hook, mail, monkeypatch, channel):
    monkeypatch.setattr("pipeline.operations.channels.DEADLINE", 3)  # the other one takes its own by then
    (box, settings), (got, address) = mail, hook
    begin = b"220-" if channel == "email" else b"HTTP/1.1 200 OK\r\nX-Slow: "
    with dripping(begin) as port:
        url = f"http://127.0.0.1:{port}/hook?token=t0ken"
        slow = {"smtp_port": port} if channel == "email" else {}
        hooked = f"{address}/hook" if channel == "email" else url
        said = told(db, [DISK], AlertSettings(**{**settings.model_dump(), **slow, "webhook_url": hooked}), at=AT)
    assert list(said) == [channel]
    assert "wasn't taken within 3 seconds" in said[channel]
    assert (len(box.mails), len(got)) == ((0, 1) if channel == "email" else (1, 0))
    assert [message.what for message in store.unsent(db, channel)] == ["opened"]


def test_a_webhook_that_has_taken_a_message_is_not_waited_for(db):
    with dripping(b"HTTP/1.1 200 OK\r\n\r\n") as port:
        assert told(db, [DISK], AlertSettings(webhook_url=f"http://127.0.0.1:{port}/hook"), at=AT) == {}


def test_whatever_breaks_in_a_channel_is_its_own_trouble(mail, hook):
    (_, settings), (_, address) = mail, hook
    both = AlertSettings(**{**settings.model_dump(), "webhook_url": f"{address}/hook"})
    ways = [way for way in reversed(channels(both)) if way.name != "log"]
    said = try_channels(ways, "[Soi] \ud800", "half a letter")
    assert said["webhook"] == "a post to the webhook can't be sent (UnicodeEncodeError); check [alerts]."
    assert said["email"] == "sent" or "UnicodeEncodeError" in said["email"]


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_an_alert_to_a_webhook_that_moved_is_not_taken_for_delivered(hook, code):
    got, address = hook
    said = try_channels(channels(AlertSettings(webhook_url=f"{address}/moved/{code}?t0ken")))["webhook"]
    assert (said, got) == (f"the webhook has moved ({code}); set its new address.", [])


@pytest.mark.parametrize(("words", "said"), [("check", "MB are free"), ("test", "nothing is wrong")])
def test_the_log_is_told_at_any_level_in_the_form_of_its_other_lines(home, words, said):
    home.settings_file.write_text('[log]\nlevel = "error"\n\n[watch]\ndisk_free_mb = 999999999\n')
    lines = [json.loads(line) for line in typed(home, "alerts", words).stderr.splitlines()]
    (told,) = [line for line in lines if said in line.get("text", "")]
    assert (told["event"], told["logger"], told["level"]) == ("alert", "alerts", "warning")


def test_without_settings_the_log_is_told():
    assert try_channels(channels(AlertSettings())) == {"log": "sent"}


# ── what is found ──


def a_source(db, source_id: str, *, health: str = "ok", since: str = LONG_AGO, problem: str = "", **more: str) -> None:
    row = {"id": source_id, "name": source_id, "kind": "feed", "url": f"https://{source_id}.example/", "use": "watch",
           "role": "independent", "health": health, "health_since": since, "last_problem": problem,
           "last_checked": AT, "last_success": AT, "next_check": later(30), **more}  # fmt: skip
    db["sources"].insert(row)


def bring(db, source_id: str, days: dict[int, int]) -> None:
    """Posts of a source: so many, so many days before AT."""
    for back, n in days.items():
        for k in range(n):
            at = after(AT, hours=-24 * back - 0.01 * k)
            posts.take_post(db, NewPost(source_id, f"https://{source_id}.example/{back}/{k}", f"Tin {k}"), at=at)


def keys(db) -> list[str]:
    return sorted(finding.key for finding in look_at_sources(db, at=AT, silent_hours=24))


def test_a_source_in_trouble_is_named_with_what_to_do(db):
    a_source(db, "bao", health="blocked", problem="robots asks us to stay away")
    a_source(db, "dien-dan", health="gone")
    a_source(db, "cham", health="slow")
    a_source(db, "vua-loi", health="failing", since=later(-20))
    a_source(db, "tat", health="gone", off="1")
    found = look_at_sources(db, at=AT, silent_hours=24)
    assert [f.key for f in found] == ["source.blocked.bao", "source.gone.dien-dan"]
    assert "soi sources off bao" in found[0].advice


def test_a_source_that_is_called_as_another_alert_is_spared_after_a_start_too(db):
    a_source(db, "disk", health="failing", last_checked=after(AT, hours=-9))
    for key, found in (("disk", []), ("source.failing.disk", ["source.failing.disk"])):
        store.see(db, key, "warning", "So it is.", "", at=AT, channels=[])
        look_now = look_at_sources(db, at=AT, silent_hours=24, since=after(AT, hours=-0.1))
        assert [finding.key for finding in look_now] == found


def test_a_lost_network_is_one_finding(db):
    for n in range(5):
        a_source(db, f"s{n}", health="failing", since=later(-90), problem="dns_error no such name")
    assert keys(db) == ["network"]


def test_a_network_lost_for_days_is_still_one_finding_and_everybody_is_asked_when_it_is_back(db):
    lost = {"health": "failing", "problem": "network_error refused", "last_success": LONG_AGO}
    for n in range(6):  # asked once a day by now
        a_source(db, f"s{n}", **lost, last_checked=later(-200 * n), next_check=later(1440 - 200 * n))
    assert keys(db) == ["network"]
    told(db, look_at_sources(db, at=AT, silent_hours=24), AlertSettings(), at=AT)
    assert ask_again(db) == 0
    answers(db, "s0", later(1))
    found = look_at_sources(db, at=later(2), silent_hours=24)
    assert found == []  # what was lost with the network isn't blamed one by one
    assert ask_again(db) == 5
    assert fetches.due_sources(db, at=later(2)) == {f"s{n}" for n in range(1, 6)}
    told(db, found, AlertSettings(), at=later(20))
    blamed = [finding.key for finding in look_at_sources(db, at=later(20), silent_hours=24)]
    assert blamed == [f"source.failing.s{n}" for n in range(1, 6)]  # had they not come back


def answers(db, source_id: str, at: str) -> None:
    """A source that was lost is read again."""
    values = "health = 'ok', health_since = :at, last_checked = :at, last_success = :at"
    db.execute(f"UPDATE sources SET {values} WHERE id = :id", {"at": at, "id": source_id})


def test_after_a_short_outage_of_many_the_first_answer_has_all_asked_again_once(db):
    lost = {"health": "failing", "problem": "network_error refused", "last_success": later(-70)}
    for n in range(12):
        a_source(db, f"s{n}", **lost, since=later(-60 + n), last_checked=later(-n), next_check=later(60))
    a_source(db, "dead", **lost | {"last_success": LONG_AGO}, since=LONG_AGO, last_checked=later(-1))
    a_source(db, "well", last_success=later(1), last_checked=later(1))  # reached by another way
    (found,) = look_at_sources(db, at=AT, silent_hours=24)
    assert f"13 of 14 sources can't be reached since {later(-60)[:16]} UTC" in found.text
    told(db, [found], AlertSettings(), at=AT)
    assert ask_again(db) == 0
    answers(db, "s0", later(1))
    assert keys(db) == ["network"]
    assert ask_again(db) == 12
    db.execute("UPDATE sources SET last_checked = ? WHERE health = 'failing'", [later(2)])
    db.execute("UPDATE sources SET last_success = ?, last_checked = ? WHERE health = 'ok'", [later(3)] * 2)
    assert ask_again(db) == 0


def test_a_few_dead_sources_are_no_lost_network(db):
    for n in range(4):
        a_source(db, f"chet{n}", health="failing", problem="dns_error no such name", last_success="")
    for n in range(3):  # asked four hours ago, and fine
        a_source(db, f"s{n}", last_checked=later(-240), last_success=later(-240), next_check=later(240))
    assert "network" not in keys(db)


def test_a_lively_source_that_falls_silent_is_found_and_a_quiet_one_is_not(db):
    a_source(db, "dong", since=AT)
    bring(db, "dong", dict.fromkeys(range(2, 20), 8))
    a_source(db, "vang")
    bring(db, "vang", {3: 1, 9: 1, 15: 1, 20: 1})
    a_source(db, "moi")
    bring(db, "moi", {2: 30, 3: 30})
    assert keys(db) == ["source.silent.dong"]


@pytest.mark.parametrize("days", [10, 40, 80, 200])
def test_a_source_that_stays_silent_is_told_of_however_long(db, days):
    a_source(db, "dong", since=AT)
    bring(db, "dong", dict.fromkeys(range(days, days + 30), 8))
    assert keys(db) == ["source.silent.dong"]


def test_a_source_that_rests_at_weekends_is_not_called_silent(db):
    a_source(db, "hanh-chinh")
    bring(db, "hanh-chinh", {day: 20 for day in range(3, 28) if day % 7 not in {1, 2}})
    assert keys(db) == []


def test_a_flood_and_a_trickle_are_found(db):
    a_source(db, "lu")
    bring(db, "lu", {**dict.fromkeys(range(1, 20), 4), 0: 60})
    a_source(db, "can")
    bring(db, "can", {**dict.fromkeys(range(1, 12), 25), 0: 2})
    assert keys(db) == ["source.few.can", "source.many.lu"]


def tried(db, source_id: str, outcome: str, *, hours: float) -> None:
    """A crawl so many hours ago, nine of whose attempts came to the same."""
    run = {"step": "crawl", "started_at": after(AT, hours=-hours), "status": "done"}
    run_id = db["runs"].insert(run).last_pk
    db["run_outcomes"].insert({"run_id": run_id, "source_id": source_id, "outcome": outcome, "n": 9})


def pages(db, source_id: str, outcome: str, *, hours: float, n: int = 3, **more: int | str) -> None:
    """Pages of a source that were asked for so many hours ago and are to be asked for again."""
    at = after(AT, hours=-hours)
    row = {"source_id": source_id, "step": "page", "first_at": at, "fetched_at": at, "next_visit": AT, **more}
    db["fetches"].insert_all(
        {**row, "url": f"https://{source_id}.example/{outcome}/{k}", "outcome": outcome} for k in range(n)
    )


def test_a_site_that_was_rebuilt_is_found(db):
    a_source(db, "bao")
    tried(db, "bao", "new", hours=100)
    pages(db, "bao", "empty", hours=3, n=5)
    pages(db, "bao", "unchanged", hours=100, n=20, visits=3, fetched_at=after(AT, hours=-4))
    assert keys(db) == ["source.unreadable.bao"]


def test_a_site_that_never_gives_text_is_told_of_for_as_long(db):
    a_source(db, "anh")
    tried(db, "anh", "empty", hours=100)
    pages(db, "anh", "empty", hours=3, n=5)
    assert keys(db) == ["source.unreadable.anh"]


@pytest.mark.parametrize(("outcome", "hours", "more", "found"), [
    ("blocked", 30, {}, ["source.closed.bao"]), ("throttled", 30, {"fetched_at": ""}, ["source.closed.bao"]),
    ("network_error", 2, {}, ["source.closed.bao"]), ("blocked", 0.5, {}, []), ("blocked", 30, {"n": 2}, []),
    ("gone", 30, {}, []), ("unchanged", 30, {"visits": 1}, []), ("broken", 30, {}, []),
])  # fmt: skip
def test_a_source_whose_list_can_be_read_and_none_of_its_pages_is_found(db, outcome, hours, more, found):
    a_source(db, "bao")
    a_source(db, "khac")
    pages(db, "bao", outcome, hours=hours, **more)
    pages(db, "khac", outcome, hours=hours, **more)
    pages(db, "khac", "new", hours=40, n=1, visits=1)
    assert keys(db) == found
    db.execute("UPDATE fetches SET fetched_at = ? WHERE visits > 0", [after(AT, hours=-60)])
    assert keys(db) == [*found, *(key.replace("bao", "khac") for key in found)]
    db.execute("UPDATE sources SET health = 'failing'")
    assert not any("closed" in key for key in keys(db))


@pytest.mark.parametrize(("kind", "first", "read", "stamps", "found"), [
    ("sitemap", 3, None, ("", ""), True), ("sitemap", 3, 60, ("", ""), True), ("sitemap", 3, 40, ("", ""), False),
    ("sitemap", 0.5, None, ("", ""), False), ("telegram", 3, None, ("", ""), False),
    ("sitemap", 3, 60, ("", LONG_AGO), False), ("sitemap", 3, 60, (LONG_AGO[:10], LONG_AGO), False),  # a quiet site
    ("sitemap", 3, 60, (AT, LONG_AGO), True), ("sitemap", 3, 40, (AT, LONG_AGO), False),  # a new map every month
])  # fmt: skip
def test_an_index_that_can_be_read_and_none_of_its_lists_is_found(db, kind, first, read, stamps, found):
    a_source(db, "bao", kind=kind)
    lists, (broken, good) = {"step": "index", "next_visit": "", "visits": 9}, stamps
    pages(db, "bao", "unchanged", hours=1, n=1, **lists)  # the index itself
    pages(db, "bao", "server_error", hours=first, depth=1, **lists, stamp=broken, fetched_at=after(AT, hours=-0.1))
    if read:
        pages(db, "bao", "listed", hours=read, n=1, depth=1, **lists, stamp=good)
    assert keys(db) == ["source.unlisted.bao"] * found
    db.execute("UPDATE sources SET health = 'failing'")
    assert not any("unlisted" in key for key in keys(db))


def test_sources_nobody_looks_at_are_found_and_those_that_nobody_could_look_at_are_not(home, db):
    a_source(db, "bao", next_check=after(AT, hours=-4))
    assert keys(db) == ["sources.overdue"]
    for hours, found in ((1, False), (3, True)):
        write_state(home, RunState(pid=1, started=after(AT, hours=-hours)))
        assert ("sources.overdue" in [finding.key for finding in look(home, db, at=AT)]) is found


SCORES = """
import sys
from pathlib import Path
from pipeline.store import open_store, runs
runs.start_run(open_store(Path(sys.argv[1])), "score")
print(flush=True)
sys.stdin.read()
"""


def test_of_posts_that_are_being_scored_it_is_not_advised_to_score_them(home, db):
    posts.take_post(db, NewPost("bao", "https://bao.example/cho", "Bài chờ đọc."), at=after(AT, hours=-1))

    def advice() -> str:
        return next(finding.advice for finding in look(home, db, at=AT) if finding.key == "backlog.scores")

    command = [sys.executable, "-c", SCORES, home.database]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        while_scored = advice()
        process.kill()
    assert while_scored.startswith("They are being scored")
    assert "`soi score` scores by hand" in advice()


def test_what_waits_after_a_sleep_is_trouble_once_there_was_time_for_it_or_where_it_was_before(home, db):
    posts.take_post(db, NewPost("bao", "https://bao.example/cho", "Bài chờ đọc."), at=after(AT, hours=-72))
    a_source(db, "bao")
    pages(db, "bao", "blocked", hours=30)
    trouble = {"backlog.scores", "source.closed.bao"}

    def found(minutes: int) -> set[str]:
        write_state(home, RunState(pid=1, started=after(AT, hours=-minutes / 60)))
        return trouble & {finding.key for finding in look(home, db, at=AT)}

    assert (found(10), found(61)) == (set(), trouble)
    told(db, [finding for finding in look(home, db, at=AT) if finding.key in trouble], AlertSettings(), at=AT)
    assert found(10) == trouble


def test_a_backlog_an_old_case_a_failing_job_and_a_missing_backup_are_found(home, db):
    posts.take_post(db, NewPost("bao", "https://bao.example/cho", "Bài chờ đọc."), at=after(AT, hours=-1))
    db.execute("UPDATE standings SET state = 'new', since = '2026-11-01T00:00:00.000Z'")
    db.execute("UPDATE runs SET started_at = '2026-11-01T00:00:00.000Z'")
    write_state(home, RunState(jobs={"backup": JobState(failures=3, said="the disk is full")}))
    found = {finding.key: finding.text for finding in look(home, db, at=AT)}
    assert {"backlog.scores", "backlog.cases", "job.backup", "backup"} <= set(found)
    assert "60 minutes" in found["backlog.scores"]
    assert "the disk is full" in found["job.backup"]
    assert found["backup"] == "There is no backup yet."
    home.backups.mkdir()
    (home.backups / "soi-29990311T142816Z.tar.gz").touch()
    found = {finding.key: finding.text for finding in look(home, db, at=AT)}
    assert found["backup"] == "Of the backups the newest is dated 2999-03-11, ahead of the clock."


def test_what_was_missed_is_caught_up_before_it_is_told_and_what_was_told_before_stays(home, db):
    fetches.put_sources(db, [Source(one, one, "feed", f"https://{one}.example/") for one in ("cu", "moi", "hoi")])
    asked = {"cu": later(-900), "moi": later(-900), "hoi": later(1)}  # before `soi run` began, or after
    for one, last in asked.items():
        row = [later(-990), last, last, one]
        db.execute(
            "UPDATE sources SET health = 'failing', health_since = ?, last_checked = ?, next_check = ? WHERE id = ?",
            row,
        )
    db.execute("UPDATE runs SET started_at = ?", [later(-9999)])

    def wrong(minutes: float) -> set[str]:
        found = look(home, db, at=later(minutes))
        told(db, found, AlertSettings(), at=later(minutes))
        return {finding.key for finding in found} & {"backup", *(f"source.failing.{one}" for one in asked)}

    store.see(db, "source.failing.cu", "warning", "cu is failing.", "", at=later(-900), channels=[])
    write_state(home, RunState(pid=1, started=AT))
    assert wrong(2) == {"source.failing.cu", "source.failing.hoi"}
    assert wrong(62) == {"backup", "source.failing.cu", "source.failing.hoi", "source.failing.moi"}
    write_state(home, RunState(pid=1, started=later(70)))
    assert len(wrong(71)) == 4  # a restart ends no alert


def test_only_what_is_a_command_is_to_be_typed_by_hand(home, db):
    write_state(home, RunState(jobs={name: JobState(failures=3) for name in (LOOK, "crawl #2")}))
    found = {finding.key: finding.advice for finding in look(home, db, at=AT)}
    assert "type `soi crawl`" in found["job.crawl #2"]
    assert "type" not in found[f"job.{LOOK}"]


@pytest.mark.parametrize(("code", "found"), [(None, False), (1, True)])
def test_a_check_that_failed_before_does_not_complain_of_itself_while_it_looks(home, db, code, found):
    write_state(home, RunState(jobs={CHECK: JobState(failures=6, code=code)}))
    assert (f"job.{CHECK}" in [finding.key for finding in look(home, db, at=AT)]) is found


def test_a_full_disk_is_found(home, db):
    home.settings_file.write_text("[watch]\ndisk_free_mb = 999999999\n")
    assert "disk" in [finding.key for finding in look(home, db, at=AT)]


def test_stability_knows_the_same_population_from_another():
    from collections import Counter

    usual = Counter({"claim 1": 400, "claim 2": 300, "opinion 0": 300})
    assert stability(usual, Counter({part: n * 2 for part, n in usual.items()})) == pytest.approx(0, abs=1e-9)
    assert stability(usual, Counter({"claim 1": 380, "claim 2": 320, "opinion 0": 300})) < 0.1
    assert stability(usual, Counter({"claim 9": 700, "opinion 0": 300})) > 0.25


def test_drift_is_measured_against_the_models_first_scores(home, db):
    (home.models / "v8").mkdir(parents=True)
    (home.models / "v8" / "card.json").write_text("{}")  # as cards were before they said how scores should fall
    db["models"].insert({"version": "v8", "card": "{}", "registered_at": "x"})
    db["promotions"].insert({"version": "v8", "at": "2025"})

    def score(n: int, p: float, at: str) -> None:
        for _ in range(n):
            (version,) = db.conn.execute(
                "INSERT INTO versions (post_id, text, digest, seen_at) VALUES (1, '', '', ?) RETURNING id", [at]
            ).fetchone()
            db.conn.execute(
                "INSERT INTO scores (version_id, model, kind, rights, p_refuted, flagged, reasons, outcome, scored_at)"
                " VALUES (?, 'v8', 'claim', '[]', ?, 0, '[]', '', ?)",
                [version, p, at],
            )

    score(5000, 0.05, "2026-01-01")
    score(100, 0.95, "2026-11-01")
    assert drift(home, db) < 0.25
    score(4900, 0.95, "2026-11-02")
    assert drift(home, db) > 0.25


def test_drift_is_measured_against_the_card_where_it_says_how_scores_should_fall(home, db):
    folder = home.models / "v9"
    folder.mkdir(parents=True)
    db["models"].insert({"version": "v9", "card": "{}", "registered_at": "x"})
    db["promotions"].insert({"version": "v9", "at": "x"})
    for n in range(600):
        (version,) = db.conn.execute(
            "INSERT INTO versions (post_id, text, digest, seen_at) VALUES (1, '', '', ?) RETURNING id", [AT]
        ).fetchone()
        db.conn.execute(
            "INSERT INTO scores (version_id, model, kind, rights, p_refuted, flagged, reasons, outcome, scored_at)"
            " VALUES (?, 'v9', 'claim', '[]', ?, 0, '[]', '', ?)",
            [version, (n % 2) / 100, AT],
        )
    for shares, drifts in (({"claim 0": 500, "claim 1": 500}, False), ({"claim 8": 500, "opinion 0": 500}, True)):
        (folder / "card.json").write_text(json.dumps({"score_parts": shares}))
        assert (drift(home, db) > 0.25) is drifts


def test_latency_counts_what_was_published_after_its_source_was_first_read(db):
    assert to_queue(db, since="2020") == Latency()
    base = datetime(2026, 11, 20, tzinfo=UTC)

    def post(n: int, published: datetime, seen: datetime, scored: datetime) -> None:
        seen_at, scored_at = (moment.isoformat().replace("+00:00", "Z") for moment in (seen, scored))
        url = f"https://moi.example/{n}"
        posts.take_post(db, NewPost("moi", url, f"Tin {n}", published=published.isoformat()), at=seen_at)
        db.conn.execute(
            "INSERT INTO scores (version_id, model, kind, rights, p_refuted, flagged, reasons, outcome, scored_at)"
            " SELECT max(id), 'default', 'claim', '[]', 0, 0, '[]', '', ? FROM versions",
            [scored_at],
        )

    post(0, base - timedelta(days=30), base, base + timedelta(seconds=1))  # an old article, found at the first look
    for n in range(1, 101):
        published, seen = base + timedelta(minutes=n), base + timedelta(minutes=n, seconds=n)
        post(n, published, seen, seen + timedelta(seconds=2))
    found = to_queue(db, since="2026-11-20")
    assert (found.n, found.p95, found.p99) == (100, pytest.approx(97, abs=0.1), pytest.approx(101, abs=0.1))
    assert to_score(db, since="2026-11-20").p99 == pytest.approx(2, abs=0.01)


def test_nothing_is_wrong_in_a_quiet_home(home, db):
    db.execute("UPDATE runs SET started_at = ?", [now()])
    make_backup(home)
    home.settings_file.write_text("[watch]\ndisk_free_mb = 0\n")
    assert look(home, db, at=now()) == []


@pytest.mark.parametrize("broken", ["database", "settings"])
def test_when_the_watch_itself_cannot_look_the_operator_is_told_past_the_store(home, hook, broken):
    got, address = hook
    (home.root / "secrets.toml").write_text(f'[alerts]\nwebhook_url = "{address}/hook"\n')
    (home.root / "secrets.toml").chmod(0o600)
    running = Running(home, pid=os.getpid())
    (job,) = [job for job in jobs(running.settings) if job.name == CHECK]
    path = home.database if broken == "database" else home.settings_file
    whole = path.read_bytes()
    path.write_bytes(b"no database any more" * 1000 if broken == "database" else b"[alerts]\nremind_hors = 3\n")

    def look(times: int, words: str) -> list[str]:
        for _ in range(times):
            running._launch(job)
            while job.name in running.children:
                running._reap(job.name)
                time.sleep(0.05)
        limit = time.monotonic() + 60
        while not any(words in body["text"] for body in got) and time.monotonic() < limit:
            time.sleep(0.05)
        return [body["text"] for body in got if "the watch" in body["text"]]

    (told,) = look(CRY, "the watch can't look")
    assert {"database": "soi restore", "settings": "Did you mean remind_hours"}[broken] in told
    path.write_bytes(whole)
    running._write(running.state)
    running = Running(home, pid=os.getpid())  # a restart doesn't make it forgotten
    assert len(look(2, "the watch looks again")) == 2  # once each, however often it looks


@pytest.mark.parametrize("mounted_on", [True, False])
def test_a_home_that_goes_while_soi_runs_is_told_by_the_ways_it_named_and_once_it_is_back(
    home, hook, tmp_path_factory, capsys, mounted_on
):
    got, address = hook
    home.settings_file.write_text("[alerts]\nremind_hours = 3\n")
    (home.root / "secrets.toml").write_text(f'[alerts]\nwebhook_url = "{address}/hook"\n')
    (home.root / "secrets.toml").chmod(0o600)
    home.sources.write_text("")
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    running.tick()
    (job,) = [job for job in jobs(running.settings) if job.name == CHECK]
    elsewhere = home.root.rename(tmp_path_factory.mktemp("disk") / "home")
    if mounted_on:
        home.root.mkdir()
    running.tick()
    assert (got, running.cried) == ([], False)  # it may be back in a moment
    running._gone_at -= AWAY
    for _ in range(3):
        running.asked.put(job)
        running.tick()
    assert "mount its disk" in running.state.jobs[LOOK].said
    assert (running.children, list(home.root.glob("*"))) == ({}, [])  # none that would say to make a home there
    if mounted_on:
        home.root.rmdir()
    elsewhere.rename(home.root)
    for _ in range(2):
        running.tick()
    assert "soi.toml" not in capsys.readouterr().out
    limit = time.monotonic() + 60
    while (running.children or len(got) < 2) and time.monotonic() < limit:
        running._reap(CHECK) if running.children else None
        time.sleep(0.05)
    assert ["mount its disk" in got[0]["text"], "looks again" in got[1]["text"], len(got)] == [True, True, 2]


def test_ways_that_were_named_in_a_file_that_is_gone_are_kept_and_it_is_not_said_to_be_changed(home, hook, capsys):
    home.settings_file.write_text("[alerts]\nremind_hours = 3\n")
    got, address = hook
    (home.root / "secrets.toml").write_text(f'[alerts]\nwebhook_url = "{address}/hook"\n')
    (home.root / "secrets.toml").chmod(0o600)
    running = Running(home, pid=os.getpid())
    for file in (home.settings_file, home.root / "secrets.toml"):
        file.unlink()
    for _ in range(2):
        running._see_settings()
    said = capsys.readouterr().out
    assert (said.count("soi.toml isn't there any more"), "changed" in said) == (1, False)
    running._cry(CHECK, "it broke")
    limit = time.monotonic() + 60
    while not got and time.monotonic() < limit:
        time.sleep(0.05)
    assert "it broke" in got[0]["text"]
