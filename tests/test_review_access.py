"""Who gets in, who may do what, and what an attacker gets: nothing."""

import ast
import contextlib
import html
import json
import re
import sqlite3
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeGuard

import filled
import pytest
from argon2 import extract_parameters
from argon2.profiles import get_default_parameters
from desk_visit import BASE, PASSWORD, Visitor, World, text_of
from desk_world import PASSAGES, add_post, add_score
from fastapi.testclient import TestClient

from pipeline.operations import watch, watch_sources
from pipeline.records import NewDecision, NewPost, Verdict, later, now
from pipeline.store import alerts, audit, cases, decisions, drafts, evidence, holds, open_store, people, posts, write
from pipeline.store.people import PersonRefused
from review import access, names, words
from review.access import LANGUAGE_COOKIE, SESSION_COOKIE, inside
from review.queue import QUEUE_COOKIE

ROOT = Path(__file__).parents[1]


def test_nothing_is_shown_to_somebody_who_is_not_signed_in(world: World) -> None:
    nobody = world.anybody()
    paths = ["/", "/mine", "/case/1", "/case/1/post/1", "/case/1/evidence", "/case/1/brief", "/trends", "/pulse"]
    for path in [*paths, "/account", "/people", "/live", "/corrections.atom"]:
        answer = nobody.get(path)
        assert answer.status_code == 401, path
        assert "xưởng gạch" not in answer.text


def test_password_opens_a_session_with_a_cookie_that_scripts_and_other_sites_cannot_use(world: World) -> None:
    lan = world.anybody()
    answer = lan.sign_in("lan", target="/mine")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/mine"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert lan.get("/mine").status_code == 200
    kept = world.db.conn.execute("SELECT token FROM sessions WHERE person = 'lan'").fetchone()[0]
    assert kept not in cookie


def test_cookie_is_secure_behind_tls(tmp_path: Path) -> None:
    world = World(tmp_path / "tls", settings="[desk]\nsecure_cookies = true\n")
    answer = world.anybody().get("/login")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "max-age" in answer.headers["strict-transport-security"]
    world.close()


def test_wrong_passwords_are_counted_and_then_refused_for_a_while_even_when_right(world: World) -> None:
    lan = world.anybody()
    for _ in range(access.ATTEMPTS):
        assert lan.sign_in("lan", "sai mật khẩu rồi").status_code == 401
    refused = lan.sign_in("lan")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
    assert world.anybody().sign_in("tuan").status_code == 303
    with world.db.atomic():
        world.db.conn.execute("UPDATE login_attempts SET at = '2020-01-01T00:00:00.000Z'")
    assert lan.sign_in("lan").status_code == 303


def test_a_refused_sign_in_is_logged_by_a_name_of_the_desk_alone_and_without_an_address(world: World) -> None:
    for typed in ("lan", "mật khẩu gõ nhầm ô", "nguoi-la@thu.example"):
        assert access.sign_in(world.db, typed, "sai mật khẩu rồi", address="203.0.113.9") is None
    logged = [(one["person"], one["action"], one["subject"], one["detail"]) for one in audit.entries(world.db, limit=3)]
    assert logged == [(name, "sign-in refused", "", "") for name in ("", "", "lan")]
    shown = re.findall(r"<td>([^<]*)</td><td>bị từ chối", world.anybody("chi").get("/people/log").text)
    assert shown == ["tên lạ", "tên lạ", "lan"]


def test_who_tries_passwords_elsewhere_keeps_nobody_out(world: World) -> None:
    for number in range(access.ATTEMPTS):
        assert access.sign_in(world.db, "chi", f"sai {number}", address="203.0.113.9") is None
    with pytest.raises(access.TooManyTries):
        access.sign_in(world.db, "chi", PASSWORD, address="203.0.113.9")
    chi = world.anybody()
    assert chi.sign_in("chi").status_code == 303
    with world.db.atomic():  # tried from very many places: then the name is closed at the door, and at the door alone
        world.db.conn.executemany(
            "INSERT INTO login_attempts (key, at) VALUES (?, ?)",
            [(people.digest('["", "name", "chi"]'), now())] * access.MANY_ATTEMPTS,
        )
    assert world.anybody().sign_in("chi").status_code == 429
    assert chi.post("/account/password", old=PASSWORD, new="một câu khác cũng dài").status_code == 303


def test_a_login_link_lets_in_whoever_others_wrong_passwords_keep_out(world: World) -> None:
    with world.db.atomic():
        world.db.conn.executemany(
            "INSERT INTO login_attempts (key, at) VALUES (?, ?)",
            [(people.digest('["", "name", "lan"]'), now())] * access.MANY_ATTEMPTS,
        )
    with pytest.raises(access.TooManyTries):
        access.sign_in(world.db, "lan", PASSWORD, address="203.0.113.9")
    assert access.sign_in_once(world.db, access.login_link(world.db, "lan", "http://d.test").partition("token=")[2])


@pytest.mark.parametrize(("tried", "same", "other"), [
    ("2001:db8:1:2::{:x}", "2001:db8:1:2:ffff::1", "2001:db8:1:3::1"),
    ("::ffff:203.0.113.9", "203.0.113.9", "::ffff:203.0.113.10"),
    ("fe80::{:x}%eth0", "fe80::9", "fe80:0:0:1::9"),
])  # fmt: skip
def test_tries_are_counted_for_all_addresses_that_one_machine_has(
    world: World, tried: str, same: str, other: str
) -> None:
    for number in range(access.ATTEMPTS):
        assert access.sign_in(world.db, "chi", f"sai {number}", address=tried.format(number + 1)) is None
    with pytest.raises(access.TooManyTries):
        access.sign_in(world.db, "chi", PASSWORD, address=same)
    assert access.sign_in(world.db, "chi", PASSWORD, address=other)


def test_whoever_sets_a_new_password_is_told_that_tokens_work_on(world: World) -> None:
    lan = world.anybody("lan")
    assert "không thu hồi mã truy cập nào" not in text_of(lan.get("/account"))
    for label in ("a", "b"):
        people.make_token(world.db, "lan", label=label)
    assert "không thu hồi mã truy cập nào" in text_of(lan.get("/account"))
    told = filled.typed(world.home, "users", "password", "lan", given=f"{PASSWORD}\n").output
    assert "2 tokens for the JSON API work on." in told


def test_who_tries_a_name_with_an_address_behind_it_keeps_nobody_out(world: World) -> None:
    for number in range(access.ATTEMPTS):
        assert access.sign_in(world.db, "lan 10.0.0.1", f"sai {number}", address="203.0.113.9") is None
    assert access.sign_in(world.db, "lan", PASSWORD, address="10.0.0.1")


def test_few_passwords_are_looked_at_at_once_and_the_rest_are_asked_to_come_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "TURN_SECONDS", 0.05)
    with contextlib.ExitStack() as crowd:
        for _ in range(access.AT_ONCE):
            crowd.enter_context(access._turns())
        for _ in range(access.ATTEMPTS + 1):
            refused = world.anybody().sign_in("lan")
            assert (refused.status_code, "nhiều người cùng đăng nhập" in text_of(refused)) == (429, True)
    assert world.anybody().sign_in("lan").status_code == 303  # what nobody looked at wasn't wrong


def test_unknown_name_and_wrong_password_get_the_same_words(world: World) -> None:
    answers = [text_of(world.anybody().sign_in(name, "sai mật khẩu rồi")) for name in ("lan", "khongco", "admin' --")]
    assert len(set(answers)) == 1
    assert "không khớp" in answers[0]


def test_login_link_works_once(world: World) -> None:
    link = access.first_login_link(world.db, "http://desk.test/")
    assert link.startswith("http://desk.test/login/once?token=")
    first, second = world.anybody(), world.anybody()
    preview = world.anybody().client.get(link)  # what a chat does that shows what a link leads to
    assert SESSION_COOKIE not in preview.cookies
    assert preview.headers["referrer-policy"] == "no-referrer"
    assert first.follow(link).url.path == "/"
    assert second.follow(link).status_code == 401
    assert "đã dùng rồi" in text_of(second.follow(link))


def test_a_login_link_outlives_a_change_of_language(world: World) -> None:
    link = access.first_login_link(world.db, "http://desk.test/")
    visitor = world.anybody()
    page = visitor.client.get(link)
    (token,) = set(re.findall(r'name="token" value="([^"]+)"', page.text))
    fields = {"to": "en", "back": "/login/once", "token": token}
    english = visitor.client.post("/language", data=fields)
    assert "The button uses it up" in english.text
    assert f'name="token" value="{token}"' in english.text
    assert visitor.follow(link).url.path == "/"


def test_a_login_link_is_spent_by_a_newer_one_a_new_password_and_switching_off(world: World) -> None:
    def link() -> str:
        return access.login_link(world.db, "lan", "http://desk.test")

    def opens(link: str) -> bool:
        return world.anybody().follow(link).url.path == "/"

    older, newer = link(), link()
    assert not opens(older)
    access.set_password(world.db, "lan", "một câu khác cũng dài")
    assert not opens(newer)
    last, token = link(), people.make_token(world.db, "lan", label="x")
    for off in (True, False):
        access.change_user(world.db, "lan", off=off)
    assert not opens(last)
    assert people.token_person(world.db, token) is None
    assert opens(link())


def test_a_name_to_show_of_blanks_is_none(world: World) -> None:
    world.anybody("chi").post("/people", name="trang", display="   ", role="lead")
    assert people.person(world.db, "trang").display == "trang"  # type: ignore[union-attr]


def test_a_blocked_account_gets_no_login_link(world: World) -> None:
    chi, token = world.anybody("chi"), people.make_token(world.db, "chi", label="thử")
    access.change_user(world.db, "lan", off=True)
    row = chi.get("/people").text.split('name="name" value="lan"')[1].partition("</form>")[0]
    assert 'value="link"' not in row
    refused = chi.post("/people/change", name="lan", do="link")
    assert refused.status_code == 422
    assert "Tài khoản đã khóa không có đường dẫn đăng nhập" in text_of(refused)
    assert "token=" not in refused.text
    by_program = chi.client.post("/api/v1/people/lan/link", headers={"Authorization": f"Bearer {token}"})
    assert (by_program.status_code, by_program.json()) == (409, {"detail": access.NO_LINK})
    typed = filled.typed(world.home, "users", "link", "lan")
    assert "soi users off lan --on" in str(typed.exception or typed.output)
    with pytest.raises(PersonRefused, match="open the account again"):
        access.login_link(world.db, "lan", BASE)
    access.change_user(world.db, "lan", off=False)
    assert "token=" in chi.post("/people/change", name="lan", do="link").text


def test_the_link_that_a_start_prints_leaves_the_one_that_was_sent(world: World) -> None:
    sent = access.login_link(world.db, "chi", "http://desk.test")
    printed = access.first_login_link(world.db, "http://desk.test")
    assert world.anybody().follow(sent).url.path == "/"
    assert world.anybody().follow(printed).url.path == "/"


def test_a_door_opened_by_who_is_signed_in_copies_no_session_into_its_cookie(world: World) -> None:
    lan = world.anybody("lan")
    link = access.login_link(world.db, "tuan", "http://desk.test")
    session = lan.client.cookies[SESSION_COOKIE]
    assert lan.get(link).status_code == 200
    assert session not in lan.client.cookies[access.VISIT_COOKIE]
    assert lan.follow(link).status_code == 200
    assert 'href="/account">tuan</a>' in lan.get("/").text
    used = lan.client.get(link).text
    again = lan.client.post("/login/once", data=dict(re.findall(r'name="(seal|token)" value="([^"]*)"', used)))
    assert again.status_code == 401
    seal = dict(re.findall(r'name="(seal)" value="([^"]*)"', again.text))
    assert lan.client.post("/login", data={**seal, "name": "lan", "password": PASSWORD}).status_code == 200
    assert 'href="/account">lan</a>' in lan.get("/").text


def test_a_login_link_that_the_locked_desk_turns_away_stays_good(world: World) -> None:
    link, lan = access.login_link(world.db, "lan", "http://desk.test"), world.anybody()
    audit.lock(world.db, "chi", locked=True)
    answer = lan.follow(link)
    assert answer.status_code == 401
    assert "đang bị khóa" in text_of(answer)
    assert "đã dùng rồi" not in text_of(answer)
    audit.lock(world.db, "chi", locked=False)
    assert lan.follow(link).url.path == "/"
    assert world.anybody().follow(link).status_code == 401


def test_login_link_is_not_used_up_by_a_form_from_elsewhere(world: World) -> None:
    link = access.first_login_link(world.db, "http://desk.test/")
    data = {"token": link.partition("token=")[2], "seal": access.seal("")}
    assert world.anybody().client.post("/login/once", data=data).status_code == 403
    assert world.anybody().follow(link).url.path == "/"


def test_first_login_link_makes_the_first_administrator(tmp_path: Path) -> None:
    from pipeline.store import open_store

    db = open_store(tmp_path / "new.db")
    access.first_login_link(db, "http://desk.test")
    access.first_login_link(db, "http://desk.test")
    # shown by a name, not by the word for the role
    assert [(p.name, p.role, p.display) for p in people.people(db)] == [("admin", "admin", "admin")]
    db.close()


def test_session_ends_when_idle_when_old_and_when_signed_out(world: World) -> None:
    for change in ("seen_at = '2020-01-01T00:00:00.000Z'", "expires_at = '2020-01-01T00:00:00.000Z'"):
        lan = world.anybody("lan")
        assert lan.get("/").status_code == 200
        with world.db.atomic():
            world.db.conn.execute(f"UPDATE sessions SET {change}")
        assert lan.get("/").status_code == 401
    lan = world.anybody("lan")
    token = lan.client.cookies[SESSION_COOKIE]
    lan.post("/logout")
    lan.client.cookies.set(SESSION_COOKIE, token)
    assert lan.get("/").status_code == 401


def test_desks_on_two_ports_of_one_host_sign_nobody_out_of_each_other(world: World) -> None:
    one, other = (world.anybody() for _ in range(2))
    other.client._cookies = one.client._cookies  # of one browser
    one.client.base_url, other.client.base_url = "http://127.0.0.1:8391", "http://127.0.0.1:8392"
    one.sign_in("lan")
    one.get("/", q="của lan")
    seal = one.seal("/account")
    other.get("/login")
    other.sign_in("tuan")
    assert (">lan</a>" in one.get("/mine").text, ">tuan</a>" in other.get("/mine").text) == (True, True)
    assert one.client.post("/account/prefs", data={"seal": seal, "fold": "all"}).status_code == 200
    other.post("/logout")
    assert (one.get("/mine").status_code, other.get("/mine").status_code) == (200, 401)
    assert "q=" in one.get(f"/case/{world.cases['treaty']}").text


@pytest.mark.parametrize("leaves", ["signs out", "is idle", "is idle, and a link"])
def test_what_one_filtered_by_is_left_to_nobody_who_comes_after(world: World, leaves: str) -> None:
    lan = world.anybody("lan")
    lan.get("/", q="bí mật")
    assert QUEUE_COOKIE in lan.client.cookies
    if leaves == "signs out":
        lan.post("/logout")
        assert QUEUE_COOKIE not in lan.client.cookies
        return
    lan.client.cookies.delete(SESSION_COOKIE)
    if "link" in leaves:
        lan.follow(access.login_link(world.db, "tuan", BASE))
    else:
        lan.sign_in("tuan")
    assert QUEUE_COOKIE not in lan.client.cookies
    assert "q=" not in lan.get(f"/case/{world.cases['treaty']}").text


def test_a_page_that_asks_by_itself_keeps_no_session_from_its_end(world: World) -> None:
    lan = world.anybody("lan")
    waiting = lan.post("/bring", text="Trường Bến Sông cấm học sinh khuyết tật.").headers["location"]
    an_hour_ago = later(minutes=-60)

    def seen() -> str:
        found: str = world.db.conn.execute("SELECT seen_at FROM sessions WHERE person = 'lan'").fetchone()[0]
        return found

    with world.db.atomic():
        world.db.conn.execute("UPDATE sessions SET seen_at = ? WHERE person = 'lan'", [an_hour_ago])
    assert lan.get("/live").status_code == 200
    assert lan.get("/live", after=-1).status_code == 422  # its error page neither
    assert lan.get(waiting).status_code == 202
    assert seen() == an_hour_ago
    lan.get("/")
    assert seen() > an_hour_ago


def test_session_that_expires_in_mid_note_loses_nothing(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    seal = lan.seal(f"/case/{case}")
    with world.db.atomic():
        world.db.conn.execute("DELETE FROM sessions")
    fields = {
        "seal": seal,
        "verdict": "misleading",
        "reason": "wrong_number",
        "evidence": ["law:tre-em-11"],
        "seen": "0",
    }
    note = 'Báo cáo ghi 12, không phải 1.200 — "xem trang 4" <b>'
    asked = lan.client.post(f"/case/{case}/decide", data={**fields, "note": note})
    assert asked.status_code == 401
    assert "Những gì bạn viết vẫn được giữ" in text_of(asked)
    kept = re.search(r'name="kept" value="([^"]*)"', asked.text)
    target = re.search(r'name="target" value="([^"]*)"', asked.text)
    assert kept
    assert target
    import html

    back = lan.sign_in("lan", target=target[1], kept=html.unescape(kept[1]))
    assert back.headers["location"] == f"/case/{case}"
    page = lan.get(f"/case/{case}").text
    assert page.count("Báo cáo ghi 12, không phải 1.200 — &#34;xem trang 4&#34; &lt;b&gt;</textarea>") == 1
    assert re.search(r'value="misleading"[^>]* checked', page)
    assert re.search(r'value="law:tre-em-11"[^>]* checked', page)
    assert decisions.history(world.db, case) == []


def test_what_a_lost_session_left_is_there_to_be_copied_and_outlives_a_change_of_language(world: World) -> None:
    lan, note = world.anybody("lan"), "Báo cáo ghi 12 <b>"
    seal = lan.seal("/case/1")
    with world.db.atomic():
        world.db.conn.execute("DELETE FROM sessions")
    asked = lan.client.post("/case/1/decide", data={"seal": seal, "verdict": "opinion", "note": note})
    assert "Đường dẫn đăng nhập không đưa những gì bạn viết trở lại" in text_of(asked)
    assert "readonly>Báo cáo ghi 12 &lt;b&gt;</textarea>" in asked.text
    form = asked.text.partition('action="/language"')[2].partition("</form>")[0]
    fields = {key: html.unescape(value) for key, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    assert lan.client.post("/language", data={**fields, "seal": "x"}).status_code == 403
    turned = lan.client.post("/language", data=fields)
    assert fields["to"] == "en"
    assert "comes back when you have signed in here, by password" in text_of(turned)
    assert "readonly>Báo cáo ghi 12 &lt;b&gt;</textarea>" in turned.text
    form = turned.text.partition('action="/login"')[2]
    fields = {
        key: html.unescape(value) for key, value in re.findall(r'name="(seal|target|kept)" value="([^"]*)"', form)
    }
    signed = lan.client.post("/login", data={**fields, "name": "lan", "password": PASSWORD}, follow_redirects=False)
    assert signed.headers["location"] == "/case/1"
    page = lan.get("/case/1").text
    assert "Báo cáo ghi 12 &lt;b&gt;</textarea>" in page
    assert re.search(r'value="opinion"[^>]* checked', page)
    assert '<html lang="en"' in page


@pytest.mark.parametrize("kept", [r'{"note": ["Ghi \ud800 12"]}', r'{"\ud800": ["x"], "note": ["Ghi", {"\ud800": 1}]}'])
def test_half_characters_in_what_was_kept_are_no_failure_of_ours(world: World, kept: str) -> None:
    nobody = world.anybody()
    turned = nobody.client.post("/language", data={"kept": kept, "to": "en", "seal": nobody.seal("/login")})
    assert turned.status_code == 200
    assert "readonly>Ghi" in turned.text
    for target in ("/case/1", "/bring"):
        signed = world.anybody().sign_in("lan", target=target, kept=kept)
        assert (signed.status_code, signed.headers.get("location", target)) in ((303, target), (200, target))
    assert '<textarea name="note"' in world.anybody("lan").get("/case/1").text


@pytest.mark.parametrize("name", ["", "lan"])
def test_words_that_another_site_sends_are_put_before_nobody(world: World, name: str) -> None:
    reader = world.anybody(name) if name else world.anybody()
    fields = {"verdict": "false", "note": "Lời của trang khác"}
    for site, shown in (("cross-site", False), ("same-site", False), ("same-origin", True), ("none", True)):
        asked = reader.client.post("/case/1/decide", data=fields, headers={"sec-fetch-site": site})
        assert asked.status_code == (403 if name else 401)
        assert (fields["note"] in asked.text) == shown


def test_a_language_is_chosen_at_the_door_without_a_form_to_keep(world: World) -> None:
    nobody = world.anybody()
    asked = nobody.get("/case/1")
    assert "readonly" not in asked.text
    answer = nobody.client.post("/language", data={"to": "en", "back": "/case/1"}, follow_redirects=False)
    assert answer.headers["location"] == "/case/1"


@pytest.mark.parametrize(
    ("path", "page"),
    [("/account/password", "/account"), ("/people/change", "/people"), ("/decision/1/undo", "/"), ("/next", "/")],
)
def test_a_lost_session_puts_back_nothing_but_what_was_written_on_a_case(world: World, path: str, page: str) -> None:
    fields = {"old": PASSWORD, "new": "một câu khác hẳn", "note": "Ghi chú"}
    asked = world.anybody().client.post(path, data=fields)
    assert asked.status_code == 401
    assert not [words for words in fields.values() if words in asked.text]
    assert 'name="kept" value=""' in asked.text
    assert f'name="target" value="{page}"' in asked.text


FORMS = ("/case/1/decide", "/decision/1/undo", "/case/1/hand", "/case/1/merge", "/next", "/views", "/logout")


@pytest.mark.parametrize("path", [*FORMS, "/account/prefs", "/account/password", "/account/token"])
def test_form_without_its_seal_does_nothing(world: World, path: str) -> None:
    lan = world.anybody("lan")
    for seal in ("", "0" * 64, access.seal("another browser")):
        answer = lan.client.post(
            path, data={"seal": seal, "verdict": "true", "reason": "confirmed_by_record", "into": "2"}
        )
        assert answer.status_code == 403
        assert "chưa lưu gì cả" in text_of(answer)
    assert decisions.history(world.db, 1) == []


def test_a_passage_half_written_when_the_session_ends_comes_back(world: World) -> None:
    lan = world.anybody("lan")
    written = {
        "text": "Biên bản ghi <b>12</b> em.",
        "source": "Báo Sông Hương",
        "role": "primary",
        "date": "2026-11-01",
    }
    seal = lan.seal()
    with world.db.atomic():
        world.db.conn.execute("DELETE FROM sessions")
    asked = lan.client.post("/case/1/evidence", data={"seal": seal, **written})
    assert asked.status_code == 401
    fields = dict(re.findall(r'name="(seal|target|kept)" value="([^"]*)"', asked.text))
    data = {name: html.unescape(value) for name, value in fields.items()}
    answer = lan.client.post("/login", data={**data, "name": "lan", "password": PASSWORD}, follow_redirects=False)
    assert answer.headers["location"] == "/case/1/evidence"
    page = lan.get("/case/1/evidence").text
    assert "Biên bản ghi &lt;b&gt;12&lt;/b&gt; em.</textarea>" in page
    assert 'value="Báo Sông Hương"' in page
    assert 'value="primary" selected' in page
    assert lan.post("/case/1/evidence", **written).status_code == 303
    assert "Biên bản" not in lan.get("/case/1/evidence").text.split("<textarea")[1]


def signed_in_again(visitor: Visitor, path: str, fields: dict[str, str], *, name: str = "lan") -> tuple[Any, Any]:
    """The page that a form gets after its session ended, and what signing in there by password answers."""
    sealed = {"seal": visitor.seal(), **fields}
    visitor.client.cookies.clear()
    asked = visitor.client.post(path, data=sealed)
    kept = dict(re.findall(r'name="(seal|target|kept)" value="([^"]*)"', asked.text))
    data = {name: html.unescape(value) for name, value in kept.items()}
    sent = {**data, "name": name, "password": PASSWORD}
    return asked, visitor.client.post("/login", data=sent, follow_redirects=False)


def test_a_claim_half_brought_in_when_the_session_ends_comes_back_into_its_form(world: World) -> None:
    lan, wrote = world.anybody("lan"), {"text": "Xã <b>Gò Nổi</b> cấm.\nHai dòng.", "url": "https://mang.example/77"}
    asked, back = signed_in_again(lan, "/bring", wrote)
    assert asked.status_code == 401
    for part in ("Xã &lt;b&gt;Gò Nổi&lt;/b&gt; cấm.", "https://mang.example/77</textarea>"):
        assert part in asked.text  # to be copied by who comes in by a link
    assert 'action="/bring?sent=1"' in back.text
    assert "Xã &lt;b&gt;Gò Nổi&lt;/b&gt; cấm.\nHai dòng.</textarea>" in back.text
    assert 'value="https://mang.example/77"' in back.text
    assert 'name="back" value="/bring"' in back.text
    seal = re.search(r'action="/bring\?sent=1"[^>]*><input type="hidden" name="seal" value="(\w+)"', back.text)
    assert seal
    sent = lan.client.post("/bring", data={**wrote, "seal": seal[1]}, follow_redirects=False)
    assert sent.headers["location"].startswith("/posts/")
    assert world.db.conn.execute("SELECT count(*) FROM drafts").fetchone() == (0,)


def test_words_half_pasted_as_a_claim_when_the_session_ends_come_back_into_their_form(world: World) -> None:
    lan, claim = world.anybody("lan"), "Trạm xá Gò Nổi đã đóng cửa từ tháng 3."
    post = add_post(world.db, "kenh-gio-nui", "tram-xa", f"{claim} Trường học cũng vậy.")
    add_score(world.db, post, claim, reasons=())
    asked, back = signed_in_again(lan, f"/posts/{post}/case", {"words": "Trường học cũng", "q": "truong hoc"})
    assert "Trường học cũng</textarea>" in asked.text
    assert "Trường học cũng</textarea>" in back.text
    assert 'name="q" value="truong hoc"' in back.text
    lan.client.cookies.clear()
    gone = signed_in_again(world.anybody("lan"), "/posts/999/case", {"words": "Trường học cũng"})[1]
    assert gone.headers["location"] == "/posts/999/case"  # which says so
    assert SESSION_COOKIE in gone.headers["set-cookie"]


def sent_from_before(world: World, path: str, headers: dict[str, str] | None = None, **fields: str) -> Any:
    """What a form answers that was opened before somebody signed out and in again in another tab."""
    lan = world.anybody("lan")
    sent = {"seal": lan.seal(), **fields}
    lan.client.cookies.set(SESSION_COOKIE, access.open_session(world.db, "lan", how="other tab") or "")
    return lan.client.post(path, data=sent, headers=headers, follow_redirects=False)


def test_a_verdict_made_old_by_another_sign_in_is_filled_in_again_and_not_recorded(world: World) -> None:
    filled = {"seen": "0", "note": "Ghi chú <i>dở dang</i>", "verdict": "false", "reason": "fabricated"}
    answer = sent_from_before(world, "/case/1/decide", **filled, evidence="law:tre-em-11", wording="Viết lại.")
    assert (answer.status_code, "chưa lưu gì cả" in text_of(answer)) == (403, True)
    for part in ("Ghi chú &lt;i&gt;dở dang&lt;/i&gt;</textarea>", "Viết lại.</textarea>"):
        assert part in answer.text
    for value in ("false", "fabricated", "law:tre-em-11"):
        assert re.search(rf'value="{value}"[^>]* checked', answer.text), value
    assert decisions.history(world.db, 1) == []
    assert world.db.conn.execute("SELECT count(*) FROM drafts").fetchone() == (0,)
    other = sent_from_before(world, "/case/1/decide", {"sec-fetch-site": "cross-site"}, **filled)
    assert (other.status_code, "dở dang" in other.text) == (403, False)
    assert sent_from_before(world, "/case/1/draft", quiet="1", **filled).text.count("<form id=") == 0


@pytest.mark.parametrize(
    ("path", "fields", "back"),
    [
        ("/case/1/evidence", {"text": "Biên bản.", "source": "Báo", "role": "party"}, 'value="party" selected'),
        ("/case/1/hand", {"to": "minh", "word": "Xem giúp."}, 'value="Xem giúp."'),
        ("/case/1/merge", {"into": "2"}, 'name="into" inputmode="numeric" maxlength="300" value="2"'),
        ("/bring", {"text": "Xã Gò Nổi cấm.", "url": "https://mang.example/7"}, 'value="https://mang.example/7"'),
    ],
)
def test_any_form_made_old_by_another_sign_in_comes_back_filled_in(
    world: World, path: str, fields: dict[str, str], back: str
) -> None:
    drafts.amend_draft(world.db, "lan", 1, {"note": ["Để dành."]})
    answer = sent_from_before(world, path, **fields)
    assert (answer.status_code, back in answer.text, "điền vẫn còn" in text_of(answer)) == (403, True, True)
    assert ("Để dành.</textarea>" in answer.text) == (path in ("/case/1/hand", "/case/1/merge"))


@pytest.mark.parametrize(
    "path", ["evidence", "evidence/unlink", "evidence/withdraw", "golden", "release", "out", "hand/undo"]
)
def test_a_button_made_old_by_another_sign_in_shows_no_form_and_touches_no_draft(world: World, path: str) -> None:
    drafts.amend_draft(world.db, "lan", 1, {"text": ["Nửa đoạn."], "note": ["Để dành."]})
    answer = sent_from_before(world, f"/case/1/{path}", eid="law:tre-em-11", on="1", again="1")
    assert (answer.status_code, "tải lại trang" in text_of(answer)) == (403, True)
    assert "<textarea" not in answer.text
    assert drafts.draft(world.db, "lan", 1) == {"text": ["Nửa đoạn."], "note": ["Để dành."]}


def test_what_another_person_left_open_in_a_browser_is_shown_to_be_copied_and_fills_no_form(world: World) -> None:
    minh, fields = world.anybody("minh"), {"note": "Lời của Minh.", "verdict": "false", "seen": "0"}
    for path in ("/case/1/decide", "/case/1/evidence", "/bring"):
        sent = {"seal": minh.seal("/case/1"), "text": "Đoạn của Minh.", **fields}
        answer = world.anybody("lan").client.post(path, data=sent, follow_redirects=False)
        assert (answer.status_code, "tải lại trang" in text_of(answer)) == (403, True)
        assert re.findall("<textarea[^>]*>", answer.text) == re.findall("<textarea[^>]* readonly[^>]*>", answer.text)
        assert "của Minh." in answer.text
        assert "checked" not in answer.text


@pytest.mark.parametrize("path", ["/case/1/note", "/case/1/evidence", "/bring", "/posts/1/case"])
def test_what_a_lost_session_left_is_shown_to_be_copied_to_another_person_and_kept_in_nobodys_name(
    world: World, path: str
) -> None:
    lan, field = world.anybody("lan"), "note" if path.endswith("note") else "words" if "posts" in path else "text"
    answer = signed_in_again(lan, path, {field: "Lời của Lan."}, name="tuan")[1]
    assert (answer.status_code, "người khác viết" in text_of(answer)) == (403, True)
    assert re.findall("<textarea[^>]*>[^<]*", answer.text) == ['<textarea rows="8" readonly>Lời của Lan.']
    assert ('href="/case/1"' in answer.text) == ("/case/1" in path)
    assert "tuan" in lan.get("/mine").text.casefold()
    assert world.db.conn.execute("SELECT count(*) FROM drafts").fetchone() == (0,)


def test_an_old_form_that_its_page_can_no_longer_hold_is_shown_to_be_copied(world: World) -> None:
    decided = world.cases["children"]
    world.anybody("tuan").decide(decided, "unverifiable", "no_evidence_yet")
    wrote = {"note": "Ghi chú.", "wording": "Viết lại.", "explanation": "Vì sao."}
    forms = {
        "decide": {"seen": "0", **wrote}, "hand": {"to": "minh", "word": "Xem giúp."}, "reopen": {"changed": "Có."},
        "note": {"note": "Ghi chú."},
    }  # fmt: skip
    for path, fields in forms.items():
        answer = sent_from_before(world, f"/case/{decided}/{path}", **fields)
        assert (answer.status_code, "tải lại trang" in text_of(answer)) == (403, True), path
        assert all(said in answer.text for name, said in fields.items() if name not in ("seen", "to")), path
    with world.db.atomic():
        world.db.conn.execute("UPDATE users SET role = 'operator' WHERE name = 'lan'")
    for path, fields in {"1/decide": forms["decide"], "1/evidence": {"text": "Biên bản.", "source": "Báo."}}.items():
        answer = sent_from_before(world, f"/case/{path}", **fields)
        assert (answer.status_code, "tải lại trang" in text_of(answer)) == (403, True), path
        assert all(said in answer.text for name, said in fields.items() if name != "seen"), path


def test_words_for_readers_in_an_old_form_of_a_case_read_blind_by_now_are_shown_to_be_copied(world: World) -> None:
    case = world.cases["children"]
    world.anybody("tuan").decide(case, "unverifiable", "no_evidence_yet", second="1")
    for fields, filled_in in (({"wording": "Viết lại."}, False), ({"note": "Ghi chú."}, True)):
        answer = sent_from_before(world, f"/case/{case}/decide", seen="0", **fields)
        assert (answer.status_code, 'id="decide"' in answer.text) == (403, filled_in)
        assert f"{next(iter(fields.values()))}</textarea>" in answer.text


def test_an_old_form_sent_once_more_is_still_held_to_what_was_read_when_it_was_opened(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    chosen = {"verdict": "false", "reason": "contradicted_by_record", "evidence": ["fact:an-phu-2024", "law:tre-em-11"]}
    sent = {"seal": lan.seal(), **chosen, **lan.read(case)}
    lan.client.cookies.set(SESSION_COOKIE, access.open_session(world.db, "lan", how="other tab") or "")
    passage = next(one for one in PASSAGES if one.eid == "fact:an-phu-2024")
    evidence.put_passages(world.db, [replace(passage, text=f"{passage.text} Đã sửa.")])
    for path in ("decide", "note"):  # both are buttons of its form
        back = lan.client.post(f"/case/{case}/{path}", data=sent, follow_redirects=False)
        found = re.findall(r'name="(seen|shown)" value="([^"]*)"', back.text)
        read = {name: html.unescape(said) for name, said in found}
        assert (back.status_code, read) == (403, {name: sent[name] for name in ("seen", "shown")})
    again = lan.post(f"/case/{case}/decide", chosen, **read)
    assert (again.status_code, "được sửa khi bạn đang mở" in text_of(again)) == (422, True)
    assert decisions.history(world.db, case) == []


def test_texts_to_be_copied_are_told_apart_by_their_names(world: World) -> None:
    gone = world.anybody("lan").post("/case/999/decide", note="Một.", wording="Hai.")
    assert "Ghi chú:\nMột.\n\nKhẳng định, viết lại cho bạn đọc:\nHai.</textarea>" in gone.text


def test_what_was_half_written_for_a_case_that_is_gone_is_shown_at_the_door_and_not_kept(world: World) -> None:
    one, other, tuan = world.cases["party"], world.cases["spreading"], world.anybody("tuan")
    tuan.post(f"/case/{one}/merge", into=other)
    for target, said in ((f"/case/{one}", f"nay nằm trong vụ {other}"), ("/case/999", "Không có vụ nào như thế")):
        shown = world.anybody().sign_in("lan", target=target, kept='{"note": ["Chưa gửi."]}')
        assert (shown.status_code, said in text_of(shown), "Chưa gửi.</textarea>" in shown.text) == (404, True, True)
        assert SESSION_COOKIE in shown.headers["set-cookie"]
    assert world.db.conn.execute("SELECT count(*) FROM drafts").fetchone() == (0,)


@pytest.mark.parametrize("target", ["/case/" + "9" * 5000, "/case/99999999999999999999", "/case/١٢", "/case/1/../../x"])
def test_what_a_session_left_is_never_kept_for_a_case_that_cannot_be(world: World, target: str) -> None:
    answer = world.anybody().sign_in("lan", target=target, kept='{"note": ["x"]}')
    assert answer.status_code == 303
    assert world.db.conn.execute("SELECT count(*) FROM drafts").fetchone() == (0,)


def test_form_from_another_site_does_nothing_even_with_the_right_seal(world: World) -> None:
    lan = world.anybody("lan")
    answer = lan.client.post("/next", data={"seal": lan.seal()}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert holds.held_by(world.db, "lan") == []


def test_sign_in_form_from_another_site_is_refused(world: World) -> None:
    answer = world.anybody().client.post("/login", data={"name": "lan", "password": PASSWORD, "seal": access.seal("")})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "\\\\evil.example",
        "",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(world: World, target: str) -> None:
    assert inside(target) == "/"
    assert world.anybody().sign_in("lan", target=target).headers["location"] == "/"
    back = world.anybody().client.post("/language", data={"to": "en", "back": target}, follow_redirects=False)
    assert back.headers["location"] == "/"


def test_nobody_takes_back_or_frees_what_is_anothers_except_a_lead(world: World) -> None:
    lan, tuan, minh, case = world.anybody("lan"), world.anybody("tuan"), world.anybody("minh"), world.cases["treaty"]
    lan.decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    number = decisions.history(world.db, case)[0].id
    assert tuan.post(f"/decision/{number}/undo").status_code == 403
    lan.get("/case/1")
    tuan.post("/case/1/release")
    assert holds.holder(world.db, 1).person == "lan"  # type: ignore[union-attr]
    assert tuan.post("/case/1/hand", to="tuan").status_code == 409
    assert tuan.post("/case/1/merge", into="2").status_code == 409
    assert tuan.decide(1, "unverifiable", "no_evidence_yet").status_code == 422
    assert minh.post(f"/decision/{number}/undo").status_code == 303
    minh.post("/case/1/release")  # "give it back unread" on a page that is out of date
    assert holds.holder(world.db, 1).person == "lan"  # type: ignore[union-attr]
    assert tuan.post("/case/1/release", free="1").status_code == 303
    assert holds.holder(world.db, 1).person == "lan"  # type: ignore[union-attr]
    (fields,) = re.findall('action="/case/1/release".*?</form>', minh.get("/case/1").text)
    assert 'name="free" value="1"' in fields
    minh.post("/case/1/release", free="1")
    assert holds.holder(world.db, 1) is None
    assert tuan.get("/case/1/post/999").status_code == 404


def test_a_post_is_shown_only_under_its_own_case(world: World) -> None:
    own = cases.posts_of(world.db, world.cases["treaty"])[0]
    lan = world.anybody("lan")
    assert lan.get(f"/case/{world.cases['treaty']}/post/{own}").status_code == 200
    assert lan.get(f"/case/{world.cases['children']}/post/{own}").status_code == 404


def test_somebody_elses_token_cannot_be_revoked(world: World) -> None:
    people.make_token(world.db, "tuan", label="của Tuấn")
    own = str(people.tokens(world.db, "tuan")[0]["id"])
    assert world.anybody("lan").post("/account/token/revoke", token_id=own).status_code == 404
    assert len(people.tokens(world.db, "tuan")) == 1


def test_who_ends_a_token_or_changes_somebodys_account_is_told_so(world: World) -> None:
    people.make_token(world.db, "lan", label="x")
    lan, chi, own = world.anybody("lan"), world.anybody("chi"), str(people.tokens(world.db, "lan")[0]["id"])
    ended = lan.post("/account/token/revoke", token_id=own).headers["location"]
    assert "Đã thu hồi mã truy cập" in text_of(lan.get(ended))
    for deed in ({"do": "role", "role": "lead"}, {"do": "off"}, {"do": "on"}):
        changed = chi.post("/people/change", {"name": "tuan", **deed}).headers["location"]
        assert '<p class="notice" role="status">Đã lưu.</p>' in chi.get(changed).text
    locked = chi.post("/people/lock", locked="1").headers["location"]
    assert ("Đã lưu." in text_of(chi.get(locked)), 'class="problem" role="status"' in chi.get(locked).text) == (
        False,
        True,
    )


@pytest.mark.parametrize(("name", "status"), [("lan", 403), ("minh", 403), ("oanh", 403), ("chi", 200)])
def test_people_and_the_log_are_for_administrators(world: World, name: str, status: int) -> None:
    somebody = world.anybody(name)
    assert somebody.get("/people").status_code == status
    assert somebody.post("/people", name="moi", role="admin").status_code == status
    assert (people.person(world.db, "moi") is not None) == (status == 200)


@pytest.mark.parametrize(("name", "status"), [("lan", 403), ("minh", 200), ("oanh", 200), ("chi", 200)])
def test_pulse_is_for_operators_and_leads(world: World, name: str, status: int) -> None:
    answer = world.anybody(name).get("/pulse")
    assert answer.status_code == status
    assert ("chỉ tính những bài đăng sau khi Soi đọc nguồn của chúng lần đầu" in text_of(answer)) == (status == 200)


def test_administrator_adds_somebody_with_a_link_and_switches_them_off(world: World) -> None:
    chi = world.anybody("chi")
    page = text_of(chi.post("/people", name="hoa", display="Hoà", role="moderator"))
    link = re.search(r"http://desk\.test/login/once\?token=\S+", page)
    assert link
    hoa = world.anybody()
    assert "Hãy đặt mật khẩu" in text_of(hoa.follow(link[0]))
    assert "Hãy đặt mật khẩu" not in text_of(chi.get("/"))
    assert hoa.get("/").status_code == 200
    again = re.search(
        r"http://desk\.test/login/once\?token=\S+", text_of(chi.post("/people/change", name="hoa", do="link"))
    )
    assert text_of(chi.get("/people")).count("Hủy đường dẫn") == 1
    assert chi.post("/people/change", name="hoa", do="unlink").status_code == 303
    assert "Hủy đường dẫn" not in text_of(chi.get("/people"))
    assert again
    assert world.anybody().follow(again[0]).status_code == 401
    assert chi.post("/people/change", name="hoa", do="unlink").status_code == 404
    chi.post("/people/change", name="hoa", do="off")
    assert hoa.get("/").status_code == 401
    assert chi.post("/people/change", name="chi", do="off").status_code == 422
    refused = chi.post("/people", name="../etc", display="Hoa", role="operator")
    form = refused.text.partition('action="/people?sent=1" ')[2]
    assert (refused.status_code, 'value="operator" selected' in form, form.count(" selected")) == (422, True, 1)


def test_panic_lock_puts_everybody_out_but_administrators(world: World) -> None:
    lan, chi = world.anybody("lan"), world.anybody("chi")
    token = people.make_token(world.db, "lan", label="x")
    chi.post("/people/lock", locked="1", reason="Máy bị mất")
    assert lan.get("/").status_code == 401
    assert "đang bị khóa" in text_of(lan.sign_in("lan"))
    assert lan.client.get("/api/v1/cases", headers={"authorization": f"Bearer {token}"}).status_code == 401
    assert chi.get("/").status_code == 200
    chi.post("/people/lock")
    assert lan.sign_in("lan").status_code == 303


def test_log_holds_and_a_changed_line_is_found(world: World) -> None:
    lan = world.anybody("lan")
    lan.decide(1, "unverifiable", "no_evidence_yet")
    assert audit.first_broken(world.db) is None
    assert "decide" in {row["action"] for row in audit.entries(world.db)}
    with pytest.raises(sqlite3.IntegrityError):
        world.db.conn.execute("UPDATE audit SET person = 'x'")
    with pytest.raises(sqlite3.IntegrityError):
        world.db.conn.execute("DELETE FROM audit")
    world.db.conn.rollback()
    with world.db.atomic():
        world.db.conn.execute("DROP TRIGGER audit_append_only")
        world.db.conn.execute("UPDATE audit SET detail = 'khác' WHERE id = 2")
    assert audit.first_broken(world.db) == 2
    assert "Chuỗi đứt ở dòng 2" in text_of(world.anybody("chi").get("/people/log"))


@pytest.mark.parametrize(("sql", "wrong"), [
    ("UPDATE decisions SET verdict = 'opinion' WHERE id = 2", [2]), ("DELETE FROM decisions WHERE id = 3", [2]),
    ("UPDATE decisions SET at = at || '1' WHERE id = 1", [1]), ("DELETE FROM decision_evidence", [1]),
    ("INSERT INTO decisions (case_id, person, at, action, verdict) VALUES (2, 'lan', '2026', 'decide', 'true')", [4]),
    ("INSERT INTO decisions (case_id, person, at, action, undoes) VALUES (3, 'lan', '2026', 'undo', 1)", [1]),
    ("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit WHERE action = 'decide')", [2]),
    ("INSERT INTO decisions (case_id, person, at, action) VALUES (3, 'lan', '2026', 'reopen')", [4]),
    ("UPDATE decision_words SET seal = 'x' WHERE decision_id = 1 AND what = 'claim'", [1]),
    ("DELETE FROM decision_words WHERE decision_id = 2", [2]), ("SELECT 1", []),
    ("DELETE FROM decisions WHERE id = 2", [2]),
    ("UPDATE decision_words SET what = 'posts' WHERE decision_id = 1 AND what GLOB 'posts*'", [1]),
])  # fmt: skip
def test_a_verdict_that_was_rewritten_past_the_log_is_found(world: World, sql: str, wrong: list[int]) -> None:
    lan = world.anybody("lan")
    lan.decide(3, "false", "contradicted_by_record", "fact:cong-uoc", wording="Nói khác đi.")
    lan.decide(1, "unverifiable", "no_evidence_yet")
    lan.post("/decision/2/undo")
    world.db.conn.execute("PRAGMA foreign_keys=OFF")  # as whoever does it would
    with world.db.atomic():
        for name in [one.name for one in world.db.triggers if "append_only" in one.name or "deleted" in one.name]:
            world.db.conn.execute(f"DROP TRIGGER {name}")
        world.db.conn.execute(sql)
    assert list(audit.check(world.db).decisions) == wrong
    chi = world.anybody("chi")
    found = text_of(chi.get("/people/log", whole="1"))
    assert ("Không còn như nhật ký đã ghi: " in found) == bool(wrong)
    told = filled.typed(world.home, "log")
    assert (told.exit_code, "aren't as they were logged" in told.output) == (int(bool(wrong)), bool(wrong))
    assert all(re.search(rf"(verdict|reopening) no\. {number} \((case|gone)", told.output) for number in wrong)
    if not wrong:
        last = audit.check(world.db)
        assert f"Line {last.lines}: {last.seal}" in told.output
        assert filled.typed(world.home, "log", "--line", last.lines).output == f"Line {last.lines}: {last.seal}\n"
        cut_off = filled.typed(world.home, "log", "--line", last.lines + 1)
        assert (cut_off.exit_code, cut_off.output) == (1, f"Line {last.lines + 1}: there is none\n")
        told = filled.typed(world.home, "log", "--line", last.lines, "--json")
        assert json.loads(told.output) == {"line": last.lines, "seal": last.seal}


HELD = {"claim": "khẳng định", "wording": "khẳng định viết lại cho bạn đọc", "posts": "các bài"}


@pytest.mark.parametrize(("sql", "wrong"), [
    ("UPDATE cases SET claim = 'Điều khác.' WHERE id = 3", [(1, "claim")]), ("SELECT 1", []),
    ("UPDATE decisions SET wording = '' WHERE id = 1", [(1, "wording")]),  # no erasure is written down
    ("UPDATE decision_words SET salt = '' WHERE what = 'claim' AND decision_id = 1", [(1, "claim")]),
    ("UPDATE passages SET text = 'Luật nói khác.'", [(1, "fact:cong-uoc")]),
    ("UPDATE memberships SET case_id = 3", [(1, "posts"), (2, "posts")]),
    ("UPDATE versions SET text = 'Bài nói khác.' WHERE post_id IN (SELECT post_id FROM case_posts WHERE case_id = 1)",
     [(2, "posts")]),
    ("INSERT INTO memberships (post_id, case_id, at) SELECT min(post_id), 5, '2026' FROM memberships", []),
])  # fmt: skip
def test_what_a_verdict_was_given_on_is_held_to_the_log(world: World, sql: str, wrong: list[tuple[int, str]]) -> None:
    lan = world.anybody("lan")
    lan.decide(3, "false", "contradicted_by_record", "fact:cong-uoc", wording="Nói khác đi.")
    lan.decide(1, "unverifiable", "no_evidence_yet")
    with world.db.atomic():
        for name in [one.name for one in world.db.triggers if "append_only" in one.name or "worded" in one.name]:
            world.db.conn.execute(f"DROP TRIGGER {name}")
        world.db.conn.execute(sql)
    checked = audit.check(world.db)
    assert (list(checked.words), checked.decisions) == (wrong, ())
    found = text_of(world.anybody("chi").get("/people/log", whole="1"))
    told = filled.typed(world.home, "log")
    assert told.exit_code == bool(wrong)
    for number, what in wrong:
        assert f"Không còn như khi kết luận được đưa ra: {HELD.get(what, what)}, kết luận số {number} của vụ" in found
        assert f"Not as it was when it was given: {what} of verdict no. {number} (case " in told.output


OF_3 = "decision_id = 3"


@pytest.mark.parametrize(("sql", "wrong", "words"), [
    ("SELECT 1", [], []),
    ("UPDATE decision_evidence SET eid = 'law:x' WHERE decision_id = 1 AND rank = 1", [1], []),
    ("UPDATE decision_evidence SET rank = 5 WHERE decision_id = 1 AND rank = 0", [1], []),
    ("INSERT INTO decision_evidence (decision_id, eid, role) VALUES (2, 'law:x', 'record')", [2], []),
    (f"UPDATE decision_evidence SET role = 'party' WHERE {OF_3}", [3], []),
    (f"DELETE FROM decision_evidence WHERE {OF_3}", [3], []),
    (f"UPDATE decision_evidence SET decision_id = 2 WHERE {OF_3} AND rank = 0", [2, 3], []),
    (f"UPDATE decision_words SET seal = 'x' WHERE {OF_3} AND what = 'wording'", [3], [(3, "wording")]),
    (f"DELETE FROM decision_words WHERE {OF_3} AND what GLOB 'evidence fact*'", [3], []),
    (f"UPDATE decision_words SET decision_id = 2 WHERE {OF_3} AND what GLOB 'evidence law*'", [2, 3], []),
    ("DELETE FROM decisions WHERE id = 2", [2], []),
    # evidence is read once for all that name it
    ("UPDATE passages SET text = 'Khác.' WHERE eid = 'fact:cong-uoc'", [],
     [(1, "fact:cong-uoc"), (3, "fact:cong-uoc")]),
    ("UPDATE passages SET text = 'Khác.' WHERE eid = 'law:tre-em-11'", [],
     [(1, "law:tre-em-11"), (3, "law:tre-em-11")]),
    ("UPDATE factchecks SET rating = 'Đúng'", [], [(3, "factcheck:1")]),
])  # fmt: skip
def test_a_break_is_found_at_whichever_verdict_it_is(
    world: World, sql: str, wrong: list[int], words: list[tuple[int, str]]
) -> None:
    of_both = ("fact:cong-uoc", "law:tre-em-11")
    for case, verdict, reason, eids in (
        (3, Verdict.FALSE, "contradicted_by_record", of_both),
        (1, Verdict.UNVERIFIABLE, "no_evidence_yet", ()),
        (2, Verdict.FALSE, "contradicted_by_record", (*of_both, "factcheck:1")),
    ):
        with write(world.db):  # as the desk does
            number = decisions.decide(world.db, NewDecision(case, "lan", verdict, reason, eids))
            audit.note(world.db, "lan", "decide", subject=case, detail=audit.mark_of(world.db, number))
    world.db.conn.execute("PRAGMA foreign_keys=OFF")  # as whoever does it would
    with world.db.atomic():
        for name in [one.name for one in world.db.triggers if not one.name.endswith(("_ai", "_ad", "_au"))]:
            world.db.conn.execute(f"DROP TRIGGER {name}")
        world.db.conn.execute(sql)
    found = audit.check(world.db)
    assert (list(found.decisions), list(found.words)) == (wrong, words)


def test_a_case_that_stands_otherwise_than_its_verdicts_say_is_named(world: World) -> None:
    world.anybody("lan").decide(3, "unverifiable", "no_evidence_yet")
    assert not audit.check(world.db).cases
    for change in ("verdict = 'true' WHERE case_id = 3", "state = 'decided' WHERE case_id = 1"):
        with world.db.atomic():
            world.db.conn.execute(f"UPDATE standings SET {change}")
    assert audit.check(world.db).cases == (1, 3)
    with world.db.atomic():
        world.db.conn.execute("DELETE FROM standings WHERE case_id = 3")
    assert audit.check(world.db).cases == (1, 3)
    assert "stand otherwise than their verdicts say: 1, 3." in filled.typed(world.home, "log").output
    assert "Vụ 3 đang ở trạng thái khác" in text_of(world.anybody("chi").get("/people/log", whole="1"))


@pytest.mark.parametrize("become", ["taken back", "opened again", "read blind", "taken back past its case"])
def test_a_case_that_is_put_back_to_a_verdict_which_stands_no_more_is_named(world: World, become: str) -> None:
    verdict = NewDecision(3, "lan", Verdict.UNVERIFIABLE, "no_evidence_yet")
    number = decisions.decide(world.db, verdict, second=become == "read blind")
    if become == "opened again":
        decisions.reopen(world.db, 3, person="minh", note="Có bản khác.")
    elif become != "read blind":
        undone = decisions.undo(world.db, number, person="lan")
        if become == "taken back past its case":
            with world.db.atomic():
                world.db.conn.execute("DROP TRIGGER decisions_append_only")
                world.db.conn.execute("UPDATE decisions SET case_id = 1 WHERE id = ?", [undone])
    assert not audit.check(world.db).cases
    with world.db.atomic():
        world.db.conn.execute(
            "UPDATE standings SET state = 'decided', verdict = 'unverifiable', decider = 'lan' WHERE case_id = 3"
        )
    assert audit.check(world.db).cases == (3,)


def test_reopening_and_changed_evidence_leave_the_log_whole(world: World) -> None:
    lan = world.anybody("lan")
    lan.decide(3, "false", "contradicted_by_record", "fact:cong-uoc")
    changed = replace(evidence.passage(world.db, "fact:cong-uoc"), text="Luật nay nói khác.")
    evidence.put_passages(world.db, [changed])
    world.anybody("minh").post("/case/1/reopen", changed="Có bản khác.")
    lan.decide(1, "unverifiable", "no_evidence_yet")
    world.anybody("minh").post("/case/1/reopen", changed="Có bản khác.")
    found = audit.check(world.db)
    assert (found.first_broken, found.decisions, found.words, found.cases) == (None, (), (), ())
    lines = [(row["person"], row["subject"]) for row in audit.entries(world.db) if row["action"] == "reopen"]
    assert lines == [("minh", "1"), ("soi", "3")]
    assert "soimở lại vụ Vụ 3" in text_of(world.anybody("chi").get("/people/log"))


def test_log_is_in_the_readers_language_and_leaves_verdicts_out(world: World) -> None:
    world.anybody("lan").decide(3, "false", "contradicted_by_record", "fact:cong-uoc")
    said = text_of(world.anybody("chi").get("/people/log"))
    assert "lankết luận Vụ 3 (kết luận số 1)" in said
    assert "dòng lệnhthêm người dùng minh Trưởng nhóm" in said
    for english in ("false", "command line", "moderator"):
        assert english not in said


def test_pulse_says_what_is_wrong_in_the_readers_language(world: World) -> None:
    alerts.see(
        world.db, "source.failing.song-huong", "warning", "song-huong is failing.", "Look.", at=now(), channels=()
    )
    with world.db.atomic():
        world.db.conn.execute("UPDATE sources SET health = 'failing', last_problem = 'server_error 503' WHERE off = 0")
    said = text_of(world.anybody("minh").get("/pulse"))
    assert "Không đọc được một nguồn: song-huong" in said
    assert "lỗi máy chủ 503" in said


def test_every_alert_has_words(world: World) -> None:
    watches = [Path(watch.__file__), Path(watch_sources.__file__)]
    found = [key for file in watches for key in re.findall(r'Finding\(\s*f?"([^"]+)"', file.read_text("utf-8"))]
    assert len(found) > 9
    for key in [*found, watch_sources.NETWORK]:
        for word in ("many", "few") if "{word}" in key else watch_sources.ADVICE if "{state.health}" in key else ("",):
            full = re.sub(r"\{(word|state\.health)\}", word, key)
            assert words.words("vi").wrong(full) != full


def test_the_log_takes_no_name_or_reason_for_a_role_or_a_way_in(world: World) -> None:
    people.add(world.db, "lead", role="moderator", display="Liên")
    lan, case = world.anybody("lan"), world.cases["children"]
    lan.get(f"/case/{case}")
    lan.post(f"/case/{case}/hand", to="lead")
    chi = world.anybody("chi")
    chi.post("/people/lock", locked="1", reason="password")
    chi.post("/language", to="en")
    told = text_of(chi.get("/people/log"))
    assert f"handed a case over Case {case} lead" in told
    assert "locked the desk password" in told


def test_everything_the_log_tells_has_words(world: World) -> None:
    rooms = [file for room in ("soi", "review", "pipeline") for file in (ROOT / room).rglob("*.py")]
    calls = [node for file in rooms for node in ast.walk(ast.parse(file.read_text("utf-8"))) if is_note(node)]
    told = {part.value for call in calls for part in ast.walk(call.args[2]) if isinstance(part, ast.Constant)}
    assert len(told) > 20
    assert told <= names.DONE.keys()
    audit.note(world.db, "lan", "erase_files", subject="a1", detail='[{"file": "vu.csv", "rows": 2, "left": false}]')
    assert "gỡ một bài đã xóa khỏi các tệp a1 vu.csv" in text_of(world.anybody("chi").get("/people/log"))


def is_note(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.note"


def test_log_is_paged_to_its_first_line_and_a_change_far_back_is_found(world: World) -> None:
    for number in range(230):
        audit.note(world.db, "lan", "decide", subject=number)
    with world.db.atomic():
        world.db.conn.execute("DROP TRIGGER audit_append_only")
        world.db.conn.execute("UPDATE audit SET detail = 'khác' WHERE id = 12")
    chi, path, lines = world.anybody("chi"), "/people/log", []
    told = []
    while path:
        page = chi.get(path)
        lines += re.findall(r'<tr><td class="n">(\d+)</td>', page.text)
        told.append("Chuỗi đứt ở dòng 12" in text_of(page))
        older = re.search(r'href="(/people/log\?before=\d+)"', page.text)
        path = older[1] if older else ""
    assert [int(line) for line in lines] == list(range(int(lines[0]), 0, -1))
    assert told == [False, False, True]
    assert "Chuỗi đứt ở dòng 12" in text_of(chi.get("/people/log", whole="1"))
    assert world.anybody("minh").get("/people/log").status_code == 403


def test_many_tries_at_once_are_no_more_than_the_limit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "TURN_SECONDS", 60)  # a slow machine
    access.set_password(world.db, "lan", PASSWORD)  # as slow to look at as in use, so that tries meet

    def try_once(number: int) -> str:
        db = open_store(world.home.database)
        try:
            return str(access.sign_in(db, "lan", f"sai {number}", address="10.0.0.9"))
        except access.TooManyTries:
            return "refused"
        finally:
            db.close()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(try_once, range(16)))
    assert answers.count("None") == access.ATTEMPTS
    assert answers.count("refused") == 16 - access.ATTEMPTS


def test_right_passwords_are_not_counted_as_tries(world: World) -> None:
    for _ in range(access.ATTEMPTS + 2):
        assert access.sign_in(world.db, "lan", PASSWORD, address="10.0.0.8")


def test_log_names_who_let_somebody_in(world: World) -> None:
    world.anybody("chi").post("/people", name="mai", role="moderator")
    assert {row["person"] for row in audit.entries(world.db) if row["subject"] == "mai"} == {"chi"}


def test_security_headers_are_on_every_answer(world: World) -> None:
    lan = world.anybody("lan")
    for path in ("/", "/case/1", "/login", "/khong-co", "/static/desk.css", "/api/openapi.json"):
        headers = lan.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    assert lan.get("/").headers["cache-control"] == "no-store"


def test_pages_hold_no_inline_script_or_style_and_load_nothing_from_outside(world: World) -> None:
    chi = world.anybody("chi")
    chi.decide(world.cases["treaty"], "false", "contradicted_by_record", "fact:cong-uoc")
    pages = (
        "/",
        "/case/1",
        "/case/3",
        "/case/3/brief",
        "/mine",
        "/account",
        "/people",
        "/pulse",
        "/trends",
        "/case/1/evidence?q=tre",
    )
    for path in pages:
        text = chi.get(path).text
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text), path
        assert not re.findall(r'(?:src|action)="(?!/)[^"]', text), path
        assert not re.findall(r'<(?:link|img|script|iframe)[^>]*(?:href|src)="https?:', text), path
        assert len(text.encode()) < 80_000, path


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "Anh ấy nói \u202egnauq iahp\u202c xong \u2066ẩn\u2069",
    "a" + "\u0301\u0323\u0302" * 400 + " tháp dấu",
    "'; DROP TABLE posts; --",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_texts_are_shown_and_do_nothing(world: World, hostile: str) -> None:
    from desk_world import add_score, against, open_with

    claim = f"Trẻ em {hostile} 1.200 ở đây."
    posts.take_post(world.db, NewPost("song-huong", "https://x.example/h", f"Mở đầu. {claim} Kết.", title=hostile))
    post = posts.post_by(world.db, "https://x.example/h").post_id  # type: ignore[union-attr]
    found = (against("fact:an-phu-2024", claim, "number", "1.200", "12"),)
    case = open_with(
        world.db, post, add_score(world.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), found=found), claim
    )
    lan = world.anybody("lan")
    lan.decide(case, "false", "contradicted_by_record", "fact:an-phu-2024", note=hostile)
    for path in (
        "/",
        f"/case/{case}",
        f"/case/{case}/post/{post}",
        f"/case/{case}/brief",
        f"/case/{case}/brief.md",
        "/mine",
        "/?state=decided",
    ):
        answer = lan.get(path)
        assert answer.status_code == 200
        if "markdown" in answer.headers["content-type"]:
            assert "<script>" not in answer.text
            continue
        for raw in ("<script>alert", "<img src=x", "\u202e", "\u2066"):
            assert raw not in answer.text, path
        assert (
            path != f"/case/{case}"
            or hostile[:7].replace("\u202e", "") in text_of(answer)
            or "<" in hostile
            or "\u0301" in hostile
        )
        assert not re.search("[\u0300-\u036f]{4}", answer.text)
    assert world.db["posts"].exists()


def test_names_are_shown_without_what_turns_them_and_sent_as_they_were_typed(world: World) -> None:
    lan, name = world.anybody("lan"), "Gấp \u202eSAI\u202c"
    lan.post("/views", name=name, query="/?right=CRC")
    with world.db.atomic():
        world.db.conn.execute("UPDATE users SET display = 'Tuấn \u202eAnh' WHERE name = 'tuan'")
    page = lan.get("/", q="Gò\u200b Nổi").text
    assert ">Gấp [U+202E]SAI[U+202C]</a>" in page
    assert f'name="name" value="{name}"' in page
    assert 'value="Gò\u200b Nổi"' in page
    case = lan.get(f"/case/{world.cases['children']}").text
    assert ">Tuấn [U+202E]Anh</option>" in case
    lan.post("/views", name=name, forget="1")
    assert drafts.saved_views(world.db, "lan") == []


def test_a_megabyte_of_text_is_a_light_page(world: World) -> None:
    from desk_world import add_score, open_with

    text = "Đoạn này rất dài và không ngắt. " * 33_000 + "x" * 50_000
    posts.take_post(world.db, NewPost("song-huong", "https://x.example/long", text, title="Dài"))
    post = posts.post_by(world.db, "https://x.example/long").post_id  # type: ignore[union-attr]
    case = open_with(
        world.db, post, add_score(world.db, post, "Đoạn này rất dài", reasons=("AUDIT",)), "Đoạn này rất dài " * 5000
    )
    lan = world.anybody("lan")
    for path in (
        "/",
        "/?lane=audit",
        f"/case/{case}",
        f"/case/{case}/post/{post}",
        f"/case/{case}/post/{post}?part=40",
    ):
        assert len(lan.get(path).content) < 100_000, path


@pytest.mark.parametrize(
    "word",
    [
        "' OR 1=1 --",
        '"; DELETE FROM cases; --',
        "NEAR(a b)",
        "a* OR b",
        "claim:x",
        "\x00",
        "%_%",
        "(" * 200,
        "ở" * 5000,
    ],
)
def test_search_takes_any_text_as_words(world: World, word: str) -> None:
    lan = world.anybody("lan")
    assert lan.get("/", q=word).status_code == 200
    assert lan.get("/case/1/evidence", q=word).status_code == 200
    assert world.db.conn.execute("SELECT count(*) FROM cases").fetchone()[0] == 7


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/case/..%2f..%2fetc"],
)
def test_no_path_leads_out_of_the_static_folder(world: World, path: str) -> None:
    answer = world.anybody("lan").client.get(path)
    assert answer.status_code in (404, 405)
    assert "create_app" not in answer.text


def test_static_files_are_packed_and_what_holds_a_seal_is_not(world: World) -> None:
    lan = world.anybody("lan")
    for name in ("desk.css", "desk.js"):
        plain, packed = (
            lan.client.get(f"/static/{name}", headers={"accept-encoding": how}) for how in ("identity", "gzip")
        )
        assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
        assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
        assert ("content-encoding" in plain.headers, packed.text == plain.text) == (False, True)
    for path in ("/", f"/case/{world.cases['treaty']}", "/?q=tam+giu", "/login", "/static/khong-co.css", "/trends"):
        assert "content-encoding" not in lan.client.get(path, headers={"accept-encoding": "gzip"}).headers


def test_an_error_beside_the_static_files_is_kept_by_no_cache(world: World) -> None:
    lan = world.anybody("lan")
    for answer in (lan.get("/static/khong-co.css"), lan.client.post("/static/desk.css")):
        assert answer.status_code in (404, 405)
        assert answer.headers["cache-control"] == "no-store"
    kept = lan.get("/static/desk.css")
    assert "immutable" in kept.headers["cache-control"]
    again = lan.client.get("/static/desk.css", headers={"if-none-match": kept.headers["etag"]})
    assert (again.status_code, "immutable" in again.headers["cache-control"]) == (304, True)


def test_settings_changed_at_once_are_both_kept(world: World) -> None:
    bearer = {"authorization": f"Bearer {people.make_token(world.db, 'lan', label='x')}"}
    chosen: list[dict[str, object]] = [{"theme": "dark"}, {"limit": 7}, {"fold": "all"}, {"language": "en"}] * 2
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: world.anybody().client.patch("/api/v1/account", json=one, headers=bearer), chosen))
    found = people.person(world.db, "lan")
    assert found
    assert found.prefs == {"theme": "dark", "limit": 7, "fold": "all", "language": "en"}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("có dấu cách", "moderator"),
        ("", "moderator"),
        ("x" * 41, "moderator"),
        ("ok", "king"),
        ("lan", "lead"),
        ("soi", "admin"),
    ],
)
def test_odd_names_and_roles_are_refused_with_a_sentence(world: World, name: str, role: str) -> None:
    with pytest.raises(PersonRefused, match=r"\.$"):
        access.add_user(world.db, name, role=role)


@pytest.mark.parametrize("short", ["ngắn", " " * 10, "  ngắn \t     ", " " * 1000 + "một câu rất dài"])
def test_short_password_is_refused_and_blanks_around_it_do_not_count(world: World, short: str) -> None:
    with pytest.raises(PersonRefused, match="at least 10"):
        access.set_password(world.db, "lan", short)
    assert world.anybody("lan").post("/account/password", old=PASSWORD, new=short).status_code == 422


def test_a_password_is_as_slow_to_guess_as_argon2_has_it(world: World) -> None:
    access.set_password(world.db, "lan", PASSWORD)
    (kept,) = world.db.conn.execute("SELECT password FROM users WHERE name = 'lan'").fetchone()
    assert extract_parameters(kept) == get_default_parameters() == extract_parameters(access._nobody())


def test_passwords_and_names_are_the_same_on_every_keyboard(world: World) -> None:
    typed, in_parts = "mật khẩu tiếng Việt", unicodedata.normalize("NFD", "mật khẩu tiếng Việt")
    for kept in (typed, in_parts):
        access.set_password(world.db, "lan", kept)
        assert all(access.sign_in(world.db, "lan", said, address="here") for said in (typed, in_parts))
    before = access._hasher().hash(in_parts)  # as it was kept before
    world.db.execute("UPDATE users SET password = ? WHERE name = 'lan'", [before])
    assert all(access.sign_in(world.db, "lan", said, address="here") for said in (typed, in_parts))
    made = access.add_user(world.db, unicodedata.normalize("NFD", "hòa"))
    access.set_password(world.db, made.name, PASSWORD)
    for said in ("hòa", unicodedata.normalize("NFD", "Hòa")):
        with pytest.raises(PersonRefused, match="somebody named hòa already"):
            access.add_user(world.db, said)
        assert world.anybody().sign_in(said).status_code == 303


@pytest.mark.parametrize("change", [{"off": True}, {"role": "researcher"}])
def test_who_may_decide_no_more_keeps_no_case_in_hand(world: World, change: dict[str, Any]) -> None:
    world.anybody("lan").post("/case/1/hand", to="tuan", word="Bạn xem nhé")
    access.change_user(world.db, "tuan", role="lead")
    assert holds.holder(world.db, 1)
    access.change_user(world.db, "tuan", **change)
    assert holds.holder(world.db, 1) is None


def test_blanks_around_a_password_are_a_part_of_it(world: World) -> None:
    access.set_password(world.db, "lan", "  một câu dài  ")
    assert access.sign_in(world.db, "lan", "một câu dài", address="here") is None
    assert access.sign_in(world.db, "lan", "  một câu dài  ", address="here")


def test_new_password_ends_other_sessions_and_keeps_this_one(world: World) -> None:
    here, there = world.anybody("lan"), world.anybody("lan")
    assert here.post("/account/password", old="sai", new="một câu khác hẳn").status_code == 422
    assert here.post("/account/password", old=PASSWORD, new="một câu khác hẳn").status_code == 303
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 401
    assert world.anybody().sign_in("lan", "một câu khác hẳn").status_code == 303


def test_too_large_a_request_is_refused(world: World) -> None:
    lan = world.anybody("lan")
    for language, told in (("vi", "Nội dung gửi một lần quá lớn."), ("en", "That is too much at once.")):
        lan.client.post("/language", data={"to": language})
        answer = lan.client.post("/case/1/decide", data={"seal": lan.seal(), "note": "x" * 1_500_000})
        assert (answer.status_code, f"<h1>{told}</h1>" in answer.text) == (413, True)
        assert ('href="/case/1"' in answer.text, 'action="/logout"' in answer.text) == (True, True)  # and who it is
    stranger = world.anybody().client.post("/case/1/decide", data={"note": "x" * 1_500_000})
    assert (stranger.status_code, "Lỗi 413" in text_of(stranger)) == (413, True)
    chunks = (b"note=" + b"x" * 600_000 for _ in range(3))  # its length isn't said beforehand
    answer = lan.client.post(
        "/case/1/decide", content=chunks, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert (answer.status_code, answer.headers["x-frame-options"]) == (413, "DENY")
    assert "That is too much at once." in text_of(answer)


@pytest.mark.parametrize(
    ("language", "told"), [("vi", "Không đọc được yêu cầu này."), ("en", "The desk couldn't read that request.")]
)
def test_a_form_that_cannot_be_read_is_refused_in_the_readers_language(world: World, language: str, told: str) -> None:
    lan = world.anybody("lan")
    lan.client.post("/language", data={"to": language})
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        answer = lan.client.post("/bring", content=b"abc", headers={"content-type": kind})
        assert (answer.status_code, f"400 {told}" in text_of(answer)) == (400, True)


@pytest.mark.parametrize(("language", "told"), [("vi", "Có lỗi ở phía chúng tôi"), ("en", "Something went wrong")])
@pytest.mark.parametrize("lost", ["sessions", "all"])
def test_where_the_store_does_not_tell_who_asks_the_failure_is_a_page_too(
    world: World, lost: str, language: str, told: str
) -> None:
    client = TestClient(world.app, base_url="http://desk.test", raise_server_exceptions=False)
    client.cookies.set(SESSION_COOKIE, access.open_session(world.db, "lan", how="test") or "")
    client.cookies.set(LANGUAGE_COOKIE, language)
    if lost == "all":
        world.app.state.pool.close()
        world.home.database.rename(world.home.root / "away.db")
    else:
        world.db.execute(f"ALTER TABLE {lost} RENAME TO away")
    answer = client.get("/mine")
    assert (answer.status_code, told in text_of(answer), 'href="/"' in answer.text) == (500, True, True)
    assert answer.headers["x-frame-options"] == "DENY"


def test_a_failure_of_ours_is_a_page_without_a_traceback(world: World) -> None:
    client = TestClient(world.app, base_url="http://desk.test", raise_server_exceptions=False)
    client.cookies.set(SESSION_COOKIE, access.open_session(world.db, "lan", how="test") or "")
    with world.db.atomic():
        world.db.conn.execute("ALTER TABLE saved_views RENAME TO gone")
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Có lỗi ở phía chúng tôi" in text_of(answer)
    assert "Traceback" not in answer.text
    assert "saved_views" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


UNLOGGED = (
    ("lan", "/decision/{decision}/undo", {}), ("minh", "/case/{treaty}/reopen", {"changed": "Có bản khác"}),
    ("minh", "/case/{treaty}/golden", {"on": "1"}), ("lan", "/case/{party}/hand/undo", {}),
    ("tuan", "/case/{party}/release", {}), ("tuan", "/case/{party}/evidence", {"eid": "fact:cong-uoc"}),
    ("lan", "/account/token", {"newest": "{token}"}), ("lan", "/account/token/revoke", {"token_id": "{token}"}),
    ("lan", "/account/password", {"old": PASSWORD, "new": "một câu khác cũng dài"}),
    ("chi", "/people", {"name": "moi"}), ("chi", "/people/change", {"name": "tuan", "do": "unlink"}),
    ("chi", "/people/change", {"name": "tuan", "do": "off"}),
    ("chi", "/people/change", {"name": "tuan", "role": "lead"}),
)  # fmt: skip
DONE = (
    "decisions", "standings", "drafts", "golden_cases", "holds", "case_evidence", "users", "sessions", "api_tokens",
    "login_links",
)  # fmt: skip


@pytest.mark.parametrize(("name", "path", "fields"), UNLOGGED, ids=[path for _, path, _ in UNLOGGED])
def test_of_a_deed_that_cannot_be_logged_nothing_stands(
    world: World, name: str, path: str, fields: dict[str, str]
) -> None:
    def standing() -> list[list[tuple[Any, ...]]]:
        return [world.db.conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in DONE]

    lan, doer = world.anybody("lan"), world.anybody(name)
    lan.decide(world.cases["treaty"], "false", "contradicted_by_record", "fact:cong-uoc")
    lan.post(f"/case/{world.cases['party']}/hand", to="tuan")
    people.make_token(world.db, "lan", label="x")
    access.login_link(world.db, "tuan", "http://desk.test")
    known = {
        **world.cases, "decision": decisions.history(world.db, world.cases["treaty"])[0].id,
        "token": people.tokens(world.db, "lan")[0]["id"],
    }  # fmt: skip
    data = {"seal": doer.seal(), **{key: value.format(**known) for key, value in fields.items()}}
    no_log = "CREATE TRIGGER no_log BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'database is locked'); END"
    world.db.conn.execute(no_log)
    before = standing()
    with pytest.raises(sqlite3.IntegrityError, match="database is locked"):
        doer.client.post(path.format(**known), data=data)
    assert standing() == before
    world.db.conn.execute("DROP TRIGGER no_log")
    assert doer.client.post(path.format(**known), data=data, follow_redirects=False).status_code in (200, 303)
    assert standing() != before


def test_an_error_page_that_waits_for_a_writer_keeps_nobody_else_waiting(world: World) -> None:
    lan, nobody = world.anybody("lan"), world.anybody()
    with world.db.atomic():
        world.db.conn.execute("UPDATE sessions SET seen_at = ?", [later(minutes=-10)])  # so that being seen is written
    with ThreadPoolExecutor(2) as at_once:
        with write(world.db):
            waits = at_once.submit(lan.get, "/no/such/page")
            with pytest.raises(TimeoutError):
                waits.result(timeout=0.5)
            assert at_once.submit(nobody.get, "/login").result(timeout=20).status_code == 200
        assert waits.result().status_code == 404


def test_operators_read_along_and_hold_and_decide_nothing(world: World) -> None:
    oanh = world.anybody("oanh")
    assert "vai trò của bạn không ra kết luận" in text_of(oanh.get("/case/1"))
    assert holds.holder(world.db, 1) is None
    for path in ("/next", "/case/1/decide", "/case/1/hand", "/case/1/merge", "/case/1/reopen", "/case/1/evidence"):
        assert oanh.post(path, into="2").status_code == 403, path
    token = people.make_token(world.db, "oanh", label="x")
    for path in ("/next", "/cases/1/hold"):
        answer = oanh.client.post(f"/api/v1{path}", headers={"authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["detail"]) == (403, "Your role doesn't include this.")
    assert oanh.post("/account/prefs", theme="dark").status_code == 303


def test_who_only_reads_is_shown_no_form_that_would_be_refused(world: World) -> None:
    oanh, lan = world.anybody("oanh"), world.anybody("lan")
    sent = lan.post("/bring", text="Xã Gò Nổi đóng cửa trạm xá.").headers["location"]
    for name, writes in (("oanh", False), ("lan", True)):
        found = world.anybody(name).get("/case/1/evidence", q="tre em")
        assert "trẻ em chưa đủ 13 tuổi" in text_of(found)
        shown = [part in found.text for part in ('id="search"', 'name="eid"', 'id="passage"')]
        assert shown == [True, writes, writes]
    assert "ghi một đoạn trích ở dưới" not in text_of(oanh.get("/case/1/evidence", q="khongco"))
    for page in ("/bring", sent):
        refused = oanh.get(page)
        assert (refused.status_code, "<textarea" in refused.text, lan.get(page).status_code < 300) == (403, False, True)


def test_a_wrong_password_leaves_the_name_standing(world: World) -> None:
    refused = world.anybody().sign_in("lan", "không phải câu ấy")
    assert 'name="name" autocomplete="username" autocapitalize="none" value="lan"' in refused.text


def test_who_has_no_password_yet_sets_one(world: World) -> None:
    lan = world.anybody("lan")
    assert ">Đổi</button>" in lan.get("/account").text
    with world.db.atomic():
        world.db.conn.execute("UPDATE users SET password = '' WHERE name = 'lan'")
    assert ">Đặt mật khẩu</button>" in lan.get("/account").text


def test_a_password_that_is_not_changed_says_which_of_the_two_is_amiss(world: World) -> None:
    lan = world.anybody("lan")
    wrong = lan.post("/account/password", old="không phải câu ấy", new="một câu khác cũng dài")
    assert "Mật khẩu hiện tại không đúng" in text_of(wrong)
    short = lan.post("/account/password", old=PASSWORD, new="ngắn")
    assert "Mật khẩu mới quá ngắn" in text_of(short)
    assert lan.get("/account/password").url.path == "/account"


def test_a_form_for_a_token_that_is_sent_again_makes_no_second_one(world: World) -> None:
    lan = world.anybody("lan")
    newest = {"newest": "", "label": "máy in"}
    assert 'id="token"' in lan.post("/account/token", **newest).text
    again = lan.post("/account/token", **newest)
    assert again.status_code == 422
    assert "lần này không tạo thêm" in text_of(again)
    assert len(people.tokens(world.db, "lan")) == 1


def test_switching_oneself_off_is_answered_as_what_it_is(world: World) -> None:
    said = text_of(world.anybody("chi").post("/people/change", name="chi", do="off"))
    assert "Bạn không tự đổi vai trò hay khóa tài khoản của mình được" in said
    assert world.anybody("chi").get("/people/change").url.path == "/people"


def test_who_may_decide_no_more_is_shown_no_form_to_take_anything_back(world: World) -> None:
    lan, of = world.anybody("lan"), world.cases
    new = {"text": "Văn bản của bộ nói về quyền.", "source": "Công báo", "role": "primary"}
    lan.post(f"/case/{of['treaty']}/evidence", new)
    lan.decide(of["detention"], "unverifiable", "no_evidence_yet")
    lan.post(f"/case/{of['children']}/split", post=cases.posts_of(world.db, of["children"])[:1])
    lan.post(f"/case/{of['party']}/hand", to="tuan", word="xem")
    pages = ("/mine", "/?done=1", f"/?aside={of['party']}", f"/case/{of['children']}?moved=1")
    pages += (f"/case/{of['treaty']}", f"/case/{of['treaty']}/evidence?q=Văn bản", f"/case/{of['detention']}")
    forms = r'action="(/(?:decision|move|case)/[^"]*)"'
    assert [page for page in pages if not re.search(forms, lan.get(page).text)] == []
    access.change_user(world.db, "lan", role="operator")
    lan = world.anybody("lan")
    assert [found for page in pages for found in re.findall(forms, lan.get(page).text)] == []
    assert "Bạn chỉ được xem" in text_of(lan.get(pages[3]))


def test_a_token_shown_once_has_the_focus_which_brings_it_into_sight(world: World) -> None:
    lan = world.anybody("lan")
    page = lan.post("/account/token", label="Đọc").text
    assert re.search(r'<p class="notice" role="status" tabindex="-1" autofocus>[^<]*<code id="token">soi_', page)
    again = lan.post("/account/token", label="Đọc").text  # of a page that knew of none
    form = again.partition('action="/account/token"')[2]
    assert form.index('id="problem" tabindex="-1" autofocus') < form.index('name="label"')


def test_a_password_that_is_refused_is_told_at_its_field(world: World) -> None:
    page = world.anybody("lan").post("/account/password", old="sai", new="một câu dài hơn").text
    (field,) = [tag for tag in re.findall("<input[^>]*>", page) if "aria-invalid" in tag]
    assert ('name="old"' in field, "autofocus" in field) == (True, True)
