"""The desk in a real browser: by keyboard alone, two people at once, at 1280 and 360 px, light and dark."""

import contextlib
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from desk_visit import PASSWORD, World
from desk_world import add_post, add_score, open_with

from pipeline.store import cases, database, decisions, drafts, holds, posts
from review import access
from review.app import _Announcing, listen

# without the window, whose every context costs a second of processor time; else the whole of it
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium isn't installed here"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        yield browser
        browser.close()


class Served(World):
    """A desk that listens on loopback."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        sock, ready = listen("127.0.0.1", 18_700), threading.Event()
        port = sock.getsockname()[1]
        self.url, self.session = f"http://127.0.0.1:{port}", f"{access.SESSION_COOKIE}_{port}"
        config = uvicorn.Config(self.app, log_config=None, lifespan="off")
        self.server = _Announcing(config, ready=ready.set)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [sock]})
        self.thread.start()
        self.contexts: list[Any] = []
        assert ready.wait(60)

    def page(self, chromium: Any, name: str = "", *, width: int = 1280, dark: bool = False, lang: str = "vi") -> Any:
        """A new browser window, signed in; every complaint of the browser is kept."""
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", base_url=self.url
        )
        self.contexts.append(context)
        if name:
            token = access.open_session(self.db, name, how="test") or ""
            context.add_cookies([{"name": self.session, "value": token, "url": self.url}])
        context.add_cookies([{"name": access.LANGUAGE_COOKIE, "value": lang, "url": self.url}])
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    def close(self) -> None:
        for context in self.contexts:  # or its pages go on asking a desk that is gone
            context.close()
        self.server.should_exit = True
        self.thread.join(60)
        super().close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path / "home")
    yield served
    served.close()


def until(page: Any, expression: str) -> None:
    """Waits till `expression` holds (`wait_for_function` asks again from inside the page, where eval is forbidden)."""
    come(page, lambda: page.evaluate(expression), of=expression)


def come(page: Any, what: Callable[[], Any], *, of: str = "what the browser tells of") -> None:
    """Waits till something has come, while the browser goes on and tells of it."""
    for _ in range(1200):
        if what():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came: {of}")


def test_the_whole_path_by_keyboard(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium)
    page.goto("/login")
    page.keyboard.type("lan")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".cases")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/case/{desk.cases['children']}")
    page.keyboard.press("g")
    page.keyboard.type("Báo cáo ghi 12, không phải 1.200: sai dữ liệu ở trang 4")  # none of these letters is a key now
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/case/{desk.cases['treaty']}?done=*")
    made = decisions.history(desk.db, desk.cases["children"])[0]
    assert (made.verdict, made.reason) == ("false", "contradicted_by_record")
    assert made.note == "Báo cáo ghi 12, không phải 1.200: sai dữ liệu ở trang 4"
    assert [e.eid for e in made.evidence] == ["fact:an-phu-2024", "law:tre-em-11"]
    page.keyboard.press("z")
    page.wait_for_url(f"**/case/{desk.cases['children']}?told=verdict")
    assert [row.action for row in decisions.history(desk.db, desk.cases["children"])] == ["decide", "undo"]
    page.keyboard.press("q")
    page.wait_for_selector(".cases")
    page.keyboard.press("/")
    page.keyboard.type("bai dau")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=bai+dau*")
    assert page.locator(".cases > li").count() == 1
    assert page.complaints == []


def reach(page: Any, selector: str, *, most: int = 120) -> None:
    """Tab until the thing has the focus, as somebody without a mouse has to."""
    for _ in range(most):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} can't be reached by keyboard on {page.url}")


def use(page: Any, selector: str) -> None:
    """Reach a link or a button, press it, and wait for the page that follows."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def unfold(page: Any, selector: str) -> None:
    """Reach a fold and open it."""
    reach(page, selector)
    page.keyboard.press("Enter")


def test_split_and_merge_and_their_undoing_by_keyboard(desk: Served, chromium: Any) -> None:
    page, case, other = desk.page(chromium, "lan"), desk.cases["children"], desk.cases["party"]
    page.goto(f"/case/{case}")
    unfold(page, "section.no-print > details > summary")
    for _ in range(2):
        reach(page, "[name=post]")
        page.keyboard.press("Tab")
    reach(page, "[name=post]")
    page.keyboard.press("Space")
    page.check("[value=opinion]")
    page.focus("[name=post]:checked")
    page.keyboard.press("Enter")  # of its own form: no verdict is recorded
    page.wait_for_url(f"**/case/{case}?moved=*")
    assert cases.case(desk.db, case).posts == 3  # type: ignore[union-attr]
    unfold(page, "section.no-print > details > summary")
    use(page, "form[action^='/move/'] button")
    assert cases.case(desk.db, case).posts == 4  # type: ignore[union-attr]
    unfold(page, ".rail > details > summary")
    reach(page, "[name=into]")
    page.keyboard.type(str(other))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/case/{other}?moved=*")
    assert cases.case(desk.db, other).posts == 5  # type: ignore[union-attr]
    with page.expect_navigation():
        page.keyboard.press("z")
    page.wait_for_url(f"**/case/{case}?moved=*")
    assert [cases.case(desk.db, one).posts for one in (case, other)] == [4, 1]  # type: ignore[union-attr]
    assert page.complaints == []


def test_hand_over_history_undo_and_evidence_by_keyboard(desk: Served, chromium: Any) -> None:
    page, case = desk.page(chromium, "lan"), desk.cases["treaty"]
    page.goto(f"/case/{case}")
    page.keyboard.press("g")
    page.keyboard.type("Đang tìm bản gốc")
    page.keyboard.press("Escape")
    use(page, "button[formaction$='/draft']")
    page.keyboard.press("/")  # in place of the claim, which was searched
    page.keyboard.type("tam giu")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=tam+giu")
    use(page, ".use form button")
    page.wait_for_url(f"**/case/{case}?told=beside#evidence-title")
    page.wait_for_selector(".toast:has-text('Đã thêm đoạn trích')")
    assert page.input_value("#note") == "Đang tìm bản gốc"
    for key in ("1", "2", "s", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**done=*")
    page.goto("/mine")
    use(page, ".history form button")
    page.wait_for_url(f"**/case/{case}?told=verdict")
    assert [row.action for row in decisions.history(desk.db, case)] == ["decide", "undo"]
    unfold(page, ".rail > details > summary")
    reach(page, "[name=to]")
    page.keyboard.type("minh")
    use(page, "#park")
    assert holds.holder(desk.db, case).person == "minh"  # type: ignore[union-attr]
    page.goto("/account")
    reach(page, "[name=fold]")
    page.keyboard.press("ArrowDown")
    reach(page, "[name=limit]")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account?kept=1")
    assert page.input_value("[name=fold]") == "graphic"
    assert page.input_value("[name=limit]") == "30"
    assert page.complaints == []


def test_second_reader_dispute_and_lead_by_keyboard(desk: Served, chromium: Any) -> None:
    case = desk.cases["audit"]
    desk.anybody("lan").decide(case, "true", "confirmed_by_record", "fact:cong-uoc")
    decisions.ask_second(desk.db, decisions.history(desk.db, case)[0].id)
    second = desk.page(chromium, "tuan")
    second.goto("/?lane=audit")
    second.keyboard.press("j")
    second.keyboard.press("Enter")
    second.wait_for_url(f"**/case/{case}")
    second.wait_for_selector("header .notice:has-text('không biết họ kết luận gì')")
    for key in ("k", "Enter"):
        second.keyboard.press(key)
    second.wait_for_url("**done=*")
    assert cases.case(desk.db, case).state == "disputed"  # type: ignore[union-attr]
    lead = desk.page(chromium, "minh")
    lead.goto(f"/case/{case}")
    for key in ("k", "Enter"):
        lead.keyboard.press(key)
    lead.wait_for_url("**done=*")
    assert cases.case(desk.db, case).state == "decided"  # type: ignore[union-attr]
    lead.goto(f"/case/{case}")
    use(lead, "form[action$='/golden'] button")
    assert "Thôi làm vụ mẫu" in lead.locator(".rail").inner_text()


def test_first_login_password_token_and_panic_lock_by_keyboard(desk: Served, chromium: Any) -> None:
    link = access.first_login_link(desk.db, desk.url)
    admin, lan = desk.page(chromium), desk.page(chromium, "lan")
    admin.goto(link)
    until(admin, "document.activeElement.tagName === 'BUTTON'")
    admin.keyboard.press("Enter")
    admin.wait_for_selector(".cases")
    admin.goto("/people")
    reach(admin, "[name=reason]")
    admin.keyboard.type("máy bị lấy")
    use(admin, "[name=locked]")
    admin.wait_for_selector(".problem:has-text('Hệ thống đang bị khóa')")
    lan.goto("/")
    assert lan.locator("[name=password]").count() == 1
    admin.goto("/people")
    use(admin, "form[action='/people/lock'] button")
    assert admin.locator(".problem").count() == 0
    admin.goto("/account")
    reach(admin, "[name=label]")
    admin.keyboard.type("máy in")
    admin.keyboard.press("Enter")
    admin.wait_for_selector("#token")
    assert admin.locator("#token").inner_text().startswith("soi_")
    admin.goto("/people/log")
    assert "khóa hệ thống" in admin.locator("table").inner_text()


def read_what_is_asked(page: Any) -> None:
    """Wait till a page that asks once more takes an answer by key."""
    page.wait_for_selector("#sure")
    page.wait_for_timeout(900)


def test_enter_pressed_twice_answers_no_question_that_nobody_can_have_read(desk: Served, chromium: Any) -> None:
    page, case = desk.page(chromium, "lan"), desk.cases["detention"]
    page.clock.install()
    page.goto(f"/case/{case}")
    for key in ("1", "s"):
        page.keyboard.press(key)
    page.clock.pause_at(page.evaluate("Date.now()") + 60_000)
    for keys in ("Enter", "Enter", "Control+Enter"):
        page.keyboard.press(keys)
        page.wait_for_selector("#sure:focus")
    page.wait_for_timeout(300)
    assert page.locator("#sure").is_visible()
    assert decisions.history(desk.db, case) == []
    page.clock.fast_forward(1000)
    page.keyboard.press("Enter")
    page.wait_for_url("**done=*")
    assert [one.verdict for one in decisions.history(desk.db, case)] == ["false"]


def test_one_passage_warns_and_enter_goes_on(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.goto(f"/case/{desk.cases['detention']}")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    assert "cần ít nhất một đoạn trích" in page.locator(".problem").inner_text()
    page.keyboard.press("1")
    assert page.evaluate("document.activeElement.dataset.n") == "1"  # heard as ticked
    page.keyboard.press("Enter")
    read_what_is_asked(page)
    assert "chỉ dựa vào một đoạn" in page.locator("div.problem").inner_text()
    assert page.title().startswith("Hỏi lại: ")
    asked = page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText")
    assert "chỉ dựa vào một đoạn" in asked
    page.keyboard.press("Enter")
    page.wait_for_url("**done=*")
    assert cases.case(desk.db, desk.cases["detention"]).state == "decided"  # type: ignore[union-attr]


def test_a_single_record_is_told_of_over_the_button_and_not_asked_about(desk: Served, chromium: Any) -> None:
    page, case = desk.page(chromium, "lan"), desk.cases["treaty"]
    page.goto(f"/case/{case}")
    told = page.locator("#one-only[role=status]")
    for keys, said in (("s", False), ("1", True), ("y", False), ("s", True), ("1", False)):
        page.keyboard.press(keys)
        assert ("chỉ dựa vào một đoạn" in told.inner_text()) == said, keys
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=*")
    assert [one.verdict for one in decisions.history(desk.db, case)] == ["false"]
    page.goto(f"/case/{desk.cases['detention']}")
    for keys in ("1", "s", "Enter"):
        page.keyboard.press(keys)
    read_what_is_asked(page)
    assert decisions.history(desk.db, desk.cases["detention"]) == []
    assert [one for one in page.complaints if "422" not in one] == []


def test_enter_after_a_question_answers_that_one_alone(desk: Served, chromium: Any) -> None:
    page, case = desk.page(chromium, "lan"), desk.cases["detention"]
    page.goto(f"/case/{case}")
    for key in ("1", "s", "Enter"):
        page.keyboard.press(key)
    read_what_is_asked(page)
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    page.wait_for_selector("div.problem:has-text('Nói khác')")
    read_what_is_asked(page)
    assert decisions.history(desk.db, case) == []
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=*")
    assert [one.verdict for one in decisions.history(desk.db, case)] == ["false"]


def test_that_a_reason_is_missing_is_said_where_reasons_are_seen_on_a_phone(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan", width=360)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/case/{desk.cases['treaty']}")
    page.check("[value=false]", force=True)
    page.click("#record")
    page.wait_for_selector("#problem:focus")
    assert "Hãy chọn lý do" in page.locator("#problem").inner_text()
    # once the page has moved there
    page.wait_for_function("""() => {
        const [said, reason, bar] = ["#problem", ".of-false label", ".send"].map(
            one => document.querySelector(one).getBoundingClientRect());
        return 0 < said.top && said.top < reason.top && reason.bottom < bar.top;
    }""")


def test_a_key_held_down_ends_with_the_page_it_was_pressed_on(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.goto(f"/case/{desk.cases['detention']}")
    page.keyboard.press("1")
    page.keyboard.press("s")
    page.keyboard.down("Enter")
    read_what_is_asked(page)
    for _ in range(8):
        page.keyboard.down("Enter")  # pressed again without having been let go: the browser tells it as a repeat
        page.wait_for_timeout(30)
    assert page.locator("#sure").is_visible()
    page.keyboard.up("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=*")
    record = ("contradicted_by_record", "fact:cong-uoc", "law:tre-em-11")
    page.goto(desk.anybody("lan").decide(desk.cases["treaty"], "false", *record).headers["location"])
    for _ in range(8):
        page.keyboard.down("z")
        page.wait_for_timeout(100)
    page.wait_for_url(f"**/case/{desk.cases['treaty']}?told=verdict")
    assert cases.case(desk.db, desk.cases["treaty"]).state == "new"  # type: ignore[union-attr]
    assert cases.case(desk.db, desk.cases["detention"]).state == "decided"  # type: ignore[union-attr]


@pytest.mark.parametrize("field", ["note", "explanation", "wording"])
def test_ctrl_enter_while_one_writes_answers_the_question_about_one_passage_too(
    desk: Served, chromium: Any, field: str
) -> None:
    page = desk.page(chromium, "lan")
    page.goto(f"/case/{desk.cases['detention']}")
    for key in ("1", "s"):
        page.keyboard.press(key)
    page.focus(f"#decide [name={field}]")
    page.keyboard.press("Control+Enter")
    read_what_is_asked(page)
    page.focus(f"#decide [name={field}]")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**done=*")
    assert cases.case(desk.db, desk.cases["detention"]).state == "decided"  # type: ignore[union-attr]


def test_the_buttons_of_a_person_stand_side_by_side(desk: Served, chromium: Any) -> None:
    access.add_user(desk.db, "ha_my", display="Hạ My (hư cấu)")
    page = desk.page(chromium, "chi", lang="en")
    page.goto("/people")
    tops = "form => new Set([...form.querySelectorAll('button')].map(one => one.getBoundingClientRect().top)).size"
    assert {form.evaluate(tops) for form in page.locator("td form").all()} == {1}


def test_a_link_on_another_site_shows_a_case_which_is_taken_in_hand_there(desk: Served, chromium: Any) -> None:
    page, case = desk.page(chromium, "lan"), desk.cases["children"]
    page.set_content(f'<a href="{desk.url}/case/{case}">Vụ</a>')
    page.click("a")
    page.wait_for_selector("text=Nhận vụ này")
    assert holds.holder(desk.db, case) is None
    page.click("text=Nhận vụ này")
    page.wait_for_selector("#decide")
    assert holds.holder(desk.db, case).person == "lan"


def test_two_people_never_hold_the_same_case_and_see_each_other(desk: Served, chromium: Any) -> None:
    lan, tuan = desk.page(chromium, "lan"), desk.page(chromium, "tuan")
    for page in (lan, tuan):
        page.goto("/")
        page.keyboard.press(".")
        page.wait_for_url("**/case/*")
    assert lan.url != tuan.url
    tuan.goto(lan.url)
    tuan.wait_for_selector(".notice:has-text('lan đang giữ vụ này')")
    assert tuan.locator("#decide").count() == 0
    tuan.goto("/")
    assert "lan đang đọc" in tuan.locator(".cases > li").first.inner_text()
    lan.keyboard.press("h")
    assert holds.holder(desk.db, desk.cases["children"]).kind == "reading"  # type: ignore[union-attr]
    lan.keyboard.press("Enter")
    lan.wait_for_url(lambda url: not url.endswith(f"/case/{desk.cases['children']}"))
    assert holds.holder(desk.db, desk.cases["children"]).kind == "parked"  # type: ignore[union-attr]


def test_session_that_expires_in_mid_note_brings_the_note_back(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.goto("/case/1")
    page.keyboard.press("l")
    page.keyboard.press("g")
    page.keyboard.type("Ghi chú dở dang về lò gạch")
    with desk.db.atomic():
        desk.db.conn.execute("DELETE FROM sessions")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[name=password]")
    page.fill("[name=name]", "lan")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/case/1")
    assert page.input_value("#note") == "Ghi chú dở dang về lò gạch"
    assert page.is_checked("[value=misleading]")


def test_why_the_desk_can_write_nothing_is_said_while_one_types_till_it_can_again(
    tmp_path: Path, chromium: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 50)
    with contextlib.closing(Served(tmp_path / "home")) as desk:
        page = desk.page(chromium, "lan")
        page.clock.install()
        page.goto("/case/1")
        said = ".toast.said:has-text('{}')".format
        with contextlib.closing(sqlite3.connect(desk.home.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            page.fill("#note", "Hỏi lại.")
            page.clock.run_for(500)
            page.wait_for_selector(said(""), state="attached")
            page.clock.run_for(60_000)
            assert page.locator(said("Một chương trình khác đang giữ cơ sở dữ liệu")).is_visible()
        page.fill("#note", "Hỏi lại xã.")
        with page.expect_response("**/draft"):
            page.clock.run_for(500)
        page.clock.run_for(100)
        page.wait_for_selector(said("Những gì bạn điền đã lại được giữ"))
        assert page.locator(said("")).count() == 1


@pytest.mark.parametrize(("path", "field"), [("/case/1", "#note"), ("/case/1/evidence", "#passage [name=text]")])
def test_what_cannot_be_kept_is_said_and_not_left_behind_unasked(
    desk: Served, chromium: Any, path: str, field: str
) -> None:
    page, asked = desk.page(chromium, "lan"), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(path)
    with page.expect_response("**/draft"):
        page.fill(field, "Đoạn một.")
    with desk.db.atomic():
        desk.db.conn.execute("DELETE FROM sessions")
    page.fill(field, "Đoạn một. Đoạn hai.")
    page.wait_for_selector(".toast.said:has-text('chưa lưu được')")
    page.click("nav a[href='/']", no_wait_after=True)
    until(page, "document.querySelectorAll('.toast.said').length === 1")
    assert asked == ["beforeunload"]
    assert page.url.endswith(path)
    page.eval_on_selector(field, "field => { field.form.noValidate = true; field.form.requestSubmit(); }")
    page.wait_for_selector("[name=password]")
    page.fill("[name=name]", "lan")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")
    assert page.input_value(field) == "Đoạn một. Đoạn hai."


def test_a_claim_half_brought_in_is_not_left_behind_unasked(desk: Served, chromium: Any) -> None:
    page, asked = desk.page(chromium, "lan"), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto("/bring?q=https://mang.example/77")
    page.fill("[name=text]", "Xã Gò Nổi cấm trẻ em đi học.")
    page.click("[lang=en]", no_wait_after=True)
    come(page, lambda: asked)
    assert (asked, page.input_value("[name=text]")) == (["beforeunload"], "Xã Gò Nổi cấm trẻ em đi học.")
    page.click("form[action^='/bring'] button")
    page.wait_for_url("**/posts/*/case")
    page.goto("/bring")
    page.fill("[name=url]", "https://mang.example/78")  # without words it says nothing
    page.click("[lang=en]")
    page.wait_for_selector("html[lang=en]")
    assert asked == ["beforeunload"]
    assert page.complaints == []


def test_what_was_typed_is_there_again_by_going_back_where_the_line_dropped_as_it_was_sent(
    desk: Served, chromium: Any
) -> None:
    words = "Xã Gò Nổi cấm trẻ em đi học."
    post = add_post(desk.db, "song-huong", "go-noi", f"{words} Ai biết thì nói.")
    add_score(desk.db, post, words, reasons=())
    for path, field in (
        ("/bring", "text"), (f"/posts/{post}/case", "words"), (f"/case/{desk.cases['treaty']}/evidence", "text"),
        ("/people", "display"),
    ):  # fmt: skip
        page = desk.page(chromium, "chi")
        page.goto("/")
        page.goto(path)
        form = page.locator(f"form:has([name={field}])")
        for name in ("source", "name"):
            if form.locator(f"[name={name}]").count():
                form.locator(f"[name={name}]").fill("go-noi")
        if form.locator("[name=role]").count():
            form.locator("[name=role]").select_option(index=1)
        form.locator(f"[name={field}]").fill(words)
        page.context.route("**", lambda route: route.abort("internetdisconnected"))
        with page.expect_event("requestfailed"):
            form.locator("button").click(no_wait_after=True)
        come(page, lambda at=page: at.url.startswith("chrome-error:"), of="the browser's own page")
        page.context.unroute("**")
        page.go_back()
        page.wait_for_url(f"**{path}")
        assert page.input_value(f"[name={field}]") == words


@pytest.mark.parametrize(
    ("path", "field", "sent"),
    [("/case/1", "#note", "#record"), ("/bring", "[name=text]", "form[action^='/bring'] button")],
)
def test_a_form_sent_without_a_network_stays_with_its_words_till_there_is_one_again(
    desk: Served, chromium: Any, path: str, field: str, sent: str
) -> None:
    page = desk.page(chromium, "lan", width=360)
    page.goto(path)
    page.context.set_offline(True)
    page.fill(field, "Xã Gò Nổi cấm trẻ em đi học.")
    page.click(sent, no_wait_after=True)
    page.wait_for_selector(".toast.said:has-text('mất mạng')")
    assert (page.url.endswith(path), page.input_value(field)) == (True, "Xã Gò Nổi cấm trẻ em đi học.")
    page.wait_for_timeout(600)  # what is typed is kept a moment later, which fails
    kept = page.expect_response("**/draft") if path == "/case/1" else contextlib.nullcontext()
    with kept:
        page.context.set_offline(False)
    with page.expect_response(lambda response: response.request.method == "POST" and "draft" not in response.url):
        page.click(sent)


def test_a_desk_that_answers_gets_its_forms_though_the_device_has_no_network(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan", width=1280)
    page.goto("/case/1")
    page.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    page.fill("#note", "Xã Gò Nổi cấm trẻ em đi học.")
    with page.expect_response(lambda response: response.request.method == "POST" and "draft" not in response.url):
        page.click("#record")


def test_what_a_filter_found_is_in_sight_on_a_phone_and_the_filters_on_a_wide_screen(
    desk: Served, chromium: Any
) -> None:
    desk.anybody("lan").post(f"/case/{desk.cases['party']}/hand", word="Mai đọc tiếp")
    for width, also in ((360, "#found"), (1280, ".filters")):
        page = desk.page(chromium, "lan", width=width)
        page.goto("/")
        page.locator(".filters summary").click()
        page.locator("[name=right]").dispatch_event("pointerdown")
        with page.expect_navigation():
            page.select_option("[name=right]", "CRC")
        for sought in (".cases > li", also):
            box = f"document.querySelector('{sought}').getBoundingClientRect()"
            until(page, f"{box}.top >= 0 && {box}.top < 740")
        assert page.complaints == []


def bottom(one: Any) -> float:
    """Where an element ends on the screen."""
    box = one.bounding_box()
    return float(box["y"] + box["height"])


@pytest.mark.parametrize(("width", "lang"), [(360, "vi"), (360, "en"), (320, "vi"), (320, "en")])
def test_on_a_phone_the_first_case_and_what_takes_the_next_are_in_sight_with_the_filters_above(
    desk: Served, chromium: Any, width: int, lang: str
) -> None:
    for name in ("lan", "minh"):
        desk.db.execute("UPDATE users SET password = 'x' WHERE name = ?", [name])
        page = desk.page(chromium, name, width=width, lang=lang)
        page.set_viewport_size({"width": width, "height": 640})
        page.emulate_media(reduced_motion="reduce")
        page.goto("/")
        assert page.locator(".cases > li").first.bounding_box()["y"] <= 300
        taking = page.locator("#take-next").bounding_box()
        assert 0 < taking["y"] < 640 - taking["height"]
        page.locator(".filters summary").click()
        for choice in page.locator(".filters select").all():
            choice.focus()
            assert bottom(choice) <= page.locator("#take-next").bounding_box()["y"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert bottom(page.locator(".cases > li").last) <= page.locator("#take-next").bounding_box()["y"]
        assert page.complaints == []


def test_on_a_phone_what_was_done_shrinks_to_its_undoing(desk: Served, chromium: Any) -> None:
    done = desk.anybody("lan").decide(desk.cases["audit"], "opinion", "view").headers["location"]
    for width, small in ((360, True), (1280, False)):
        page = desk.page(chromium, "lan", width=width)
        page.clock.install()
        page.goto(done)
        page.clock.run_for(1000)
        before = page.locator(".toast").bounding_box()
        page.clock.run_for(20_000)
        after = page.locator(".toast").bounding_box()
        assert (after["width"] * after["height"] < before["width"] * before["height"] / 3) == small
        assert "Đã lưu" in page.locator(".toast").inner_text() or small
        page.focus("#undo")
        assert page.locator(".toast p").bounding_box()["width"] > 100  # whoever goes there is told what for
        assert page.complaints == []


def test_a_reason_note_or_word_that_no_draft_keeps_is_not_left_behind_unasked(desk: Served, chromium: Any) -> None:
    page, asked, case = desk.page(chromium, "lan"), [], desk.cases["audit"]
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.anybody("tuan").decide(case, "not_rights", "other_topic")
    for field in ("word", "changed", "note"):
        shown = desk.cases["children"] if field == "word" else case
        page.goto(f"/case/{shown}")
        page.eval_on_selector(f"[name={field}]", "one => { one.value = 'Có biên bản mới'; }")
        page.click("nav a[href='/mine']", no_wait_after=True)
        come(page, lambda: asked)
        assert (asked, page.url) == (["beforeunload"], f"{desk.url}/case/{shown}")
        page.eval_on_selector(f"[name={field}]", "one => { one.value = ''; }")
        asked.clear()
    page.goto("/")
    assert asked == page.complaints == []


def test_a_verdict_and_a_note_that_staying_on_the_page_held_back_are_sent_and_kept_after_it(
    desk: Served, chromium: Any
) -> None:
    page, asked = desk.page(chromium, "lan"), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    def stay(send: str) -> None:
        page.keyboard.press("h")
        page.keyboard.type("Chị xem giúp")
        page.keyboard.press("Escape")
        page.eval_on_selector(
            "#note", f"note => {{ note.value = 'Hỏi chị Hạnh'; note.form.querySelector('{send}').click(); }}"
        )
        come(page, lambda: asked)
        assert asked.pop() == "beforeunload"
        page.fill("#word", "")

    case = desk.cases["children"]
    page.goto(f"/case/{case}")
    with page.expect_response("**/draft"):  # at the first hand on the page, which emptying the word is already
        stay("[formaction]")
        page.click("h1")
    assert drafts.drafted(desk.db, "lan", case)["note"] == "Hỏi chị Hạnh"
    case = desk.cases["audit"]
    page.goto(f"/case/{case}")
    page.check("#decide [name=verdict][value=not_rights]", force=True)
    page.check("#decide [name=reason][value=other_topic]", force=True)
    stay("#record")
    page.click("#record")
    page.wait_for_selector("#undo")
    assert [one.verdict for one in decisions.history(desk.db, case)] == ["not_rights"]
    assert asked == page.complaints == []


def test_the_page_of_what_was_brought_in_stays_as_it_is_till_the_case_is_there(desk: Served, chromium: Any) -> None:
    page, claim = desk.page(chromium, "lan"), "Xã Gò Nổi cấm trẻ em đi học."
    path = desk.anybody("lan").post("/bring", text=claim).headers["location"]
    page.goto(path)
    reach(page, "form[action$='/out'] button")
    with page.expect_response(f"**{path}") as asked:
        pass
    assert asked.value.status == 202
    assert page.evaluate("document.activeElement.matches('form[action$=\"/out\"] button')")
    number = int(path.split("/")[2])
    score = add_score(desk.db, number, claim, reasons=())
    case = cases.open_case(desk.db, number, claim=claim, score_id=score, by_hand=True)
    page.wait_for_url(f"**/case/{case}")
    assert holds.held(desk.db, [case])[case].person == "lan"
    assert page.complaints == []


def test_what_is_taken_out_while_its_case_is_waited_for_is_not_broken_off(desk: Served, chromium: Any) -> None:
    page, sent = desk.page(chromium, "lan"), []
    page.on("dialog", lambda dialog: dialog.accept())
    path = desk.anybody("lan").post("/bring", text="Xã Gò Nổi cấm trẻ em đi học.").headers["location"]
    page.route("**/out", lambda route: sent.append((route, route.fetch(max_redirects=0))))  # done, and not answered yet
    page.goto(path)
    page.evaluate("window.same = true")
    page.click("form[action$='/out'] button", no_wait_after=True)
    with page.expect_response(f"**{path}") as asked:
        pass
    assert (asked.value.status, len(sent)) == (404, 1)
    page.wait_for_timeout(500)
    page.context.new_cdp_session(page).send("Page.stopLoading")
    assert page.evaluate("window.same")


def test_what_was_brought_in_is_taken_out_after_a_question(desk: Served, chromium: Any) -> None:
    page, asked, yes = desk.page(chromium, "lan"), [], []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept() if yes else dialog.dismiss()))
    claim = "Xã Gò Nổi cấm trẻ em đi học."
    for read in (False, True):
        path = desk.anybody("lan").post("/bring", text=claim).headers["location"]
        number = int(path.split("/")[2])
        if read:
            score = add_score(desk.db, number, claim, reasons=())
            path = f"/case/{cases.open_case(desk.db, number, claim=claim, score_id=score, by_hand=True)}"
        page.goto(path)
        if page.locator("#word").count():
            page.keyboard.press("h")
        yes.clear()
        page.click("form[action$='/out'] button")
        assert posts.versions_of(desk.db, number)[-1].text == claim
        yes.append(True)
        page.click("form[action$='/out'] button")
        page.wait_for_selector(".toast:has-text('Đã lấy ra')")
        assert claim not in {version.text for version in posts.versions_of(desk.db, number)}
    assert set(asked) == {"Lấy ra? Việc này không hoàn tác được."}
    assert len(asked) == 4


@pytest.mark.parametrize(
    ("put", "ticks", "key", "reason"),
    [
        ("", "", "s", "contradicted_by_record"), ("", "1", "s", "contradicted_by_independent"),
        ("", "12", "s", "contradicted_by_record"),
        ("", "12", "d", "confirmed_by_record"), ("", "1", "d", "confirmed_by_independent"),
        ("", "3", "d", "confirmed_by_record"),
        ("", "12", "l", "wrong_number"), ("", "2", "l", "missing_context"), ("", "", "l", "missing_context"),
        ("factcheck:1", "1", "s", "repeats_refuted"), ("factcheck:1", "13", "s", "contradicted_by_record"),
        ("factcheck:1", "1", "d", "confirmed_by_independent"),
        ("decision:1", "1", "s", "repeats_refuted"), ("decision:1", "1", "d", "confirmed_by_record"),
    ],
)  # fmt: skip
def test_a_verdict_by_key_comes_with_the_reason_that_fits_what_is_ticked(
    desk: Served, chromium: Any, put: str, ticks: str, key: str, reason: str
) -> None:
    page, case = desk.page(chromium, "lan"), desk.cases["children"]
    if put == "decision:1":
        desk.anybody("lan").decide(desk.cases["treaty"], "false", "contradicted_by_record", "fact:cong-uoc")
    if put:
        desk.anybody("lan").post(f"/case/{case}/evidence", eid=put)
    page.goto(f"/case/{case}")
    for one in (*ticks, key):
        page.keyboard.press(one)
    assert page.locator("[name=reason]:checked").get_attribute("value") == reason


def test_a_reason_that_a_key_chose_fits_what_is_ticked_after_it_until_a_hand_changes_it(
    desk: Served, chromium: Any
) -> None:
    page = desk.page(chromium, "lan")
    page.goto(f"/case/{desk.cases['children']}")
    chosen = page.locator("[name=reason]:checked")
    page.keyboard.press("s")
    page.keyboard.press("1")
    assert chosen.get_attribute("value") == "contradicted_by_independent"
    page.keyboard.press("2")
    assert chosen.get_attribute("value") == "contradicted_by_record"
    page.check("[value=fabricated]")
    page.keyboard.press("2")
    assert chosen.get_attribute("value") == "fabricated"


def test_keys_go_on_where_they_were_after_a_case_and_a_filter(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{second}")
    page.keyboard.press("q")
    page.wait_for_selector(".cases")
    assert page.evaluate("document.activeElement.getAttribute('href')") == second
    page.click(".filters summary")
    page.focus("[name=right]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**right=*")
    page.wait_for_selector(".filters details[open]")
    assert page.evaluate("document.activeElement.name") == "right"
    page.reload()
    assert page.evaluate("document.activeElement.tagName") == "BODY"  # once alone
    assert page.complaints == []


def test_the_way_back_leads_to_the_line_and_the_page_of_the_queue_that_a_case_was_opened_from(
    desk: Served, chromium: Any
) -> None:
    for n in range(60):
        claim = f"Xã Gò {n} có {n + 2} em nhỏ phải nghỉ học đi làm lò gạch."
        post = add_post(desk.db, "song-huong", f"lo-{n}", claim)
        open_with(desk.db, post, add_score(desk.db, post, claim, reasons=("UNSUPPORTED_SPREADING",), p=0.1), claim)
    page = desk.page(chromium, "lan", width=360)
    page.goto("/?page=2")
    last = page.locator(".claim-link").last
    href = last.get_attribute("href")
    last.click()
    page.wait_for_url(f"**{href}")
    page.click(".to-queue")
    page.wait_for_url(f"**/?page=2#{href.removeprefix('/').replace('/', '-')}")
    page.wait_for_selector(".cases")
    until(page, f"document.activeElement.getAttribute('href') === '{href}'")
    assert page.evaluate("scrollY") > 0
    assert page.complaints == []


def test_what_was_recorded_comes_into_its_status_after_the_page_so_that_it_is_read_aloud(
    desk: Served, chromium: Any
) -> None:
    page, case = desk.page(chromium, "lan"), desk.cases["audit"]
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => { window.came = []; new MutationObserver((all) =>"
        " all.forEach((one) => one.addedNodes.forEach((node) => came.push(node.textContent))))"
        ".observe(document.body, { childList: true, subtree: true }); });"
    )
    page.goto(desk.anybody("lan").decide(case, "opinion", "view").headers["location"])
    until(page, "window.came.some((text) => text.includes('Đã lưu'))")
    assert page.locator(".toast p").count() == 1
    desk.anybody("lan").post("/case/1/draft", note="Nửa chừng", quiet="1")
    page.goto("/case/1")
    until(page, "window.came.some((text) => text.includes('bạn đã điền'))")
    assert page.complaints == []


def test_the_number_of_new_cases_is_said_once(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.clock.install()
    page.goto("/")
    page.evaluate(
        "window.said = 0; new MutationObserver(() => { said += 1; })"
        ".observe(document.querySelector('#live'), { childList: true })"
    )
    post = add_post(desk.db, "song-huong", "moi", "Xưởng Bãi Dâu nhận trẻ em.")
    score = add_score(desk.db, post, "Xưởng Bãi Dâu nhận trẻ em.", reasons=("CONTRADICTS_EVIDENCE",))
    open_with(desk.db, post, score, "Xưởng Bãi Dâu nhận trẻ em.")
    for _ in range(2):
        with page.expect_response("**/live?*"):
            page.clock.run_for(30_000)
        until(page, "window.said > 0")
    page.wait_for_timeout(200)
    assert page.evaluate("window.said") == 1


def test_filters_are_chosen_by_keys_and_sent_by_enter_and_by_hand_at_once(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.goto("/?order=oldest")
    page.focus("[name=right]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.name") == "right"
    chosen = page.input_value("[name=right]")
    assert chosen
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert (f"right={chosen}" in page.url, page.input_value("[name=right]")) == (True, chosen)
    page.locator("[name=reason]").dispatch_event("pointerdown")
    with page.expect_navigation():
        page.select_option("[name=reason]", index=1)
    assert "reason=UNSUPPORTED_SPREADING" in page.url
    assert page.complaints == []


def test_a_verdict_whose_sending_was_stopped_can_be_sent_again(desk: Served, chromium: Any) -> None:
    page, case, held = desk.page(chromium, "lan"), desk.cases["party"], []
    page.on("request", lambda request: held.append(request) if request.url.endswith("/decide") else None)
    page.route("**/decide", lambda _: None)  # no answer comes
    page.goto(f"/case/{case}")
    for key in ("k", "Enter", "Enter"):
        page.keyboard.press(key)
    come(page, lambda: held)
    page.wait_for_timeout(300)
    assert len(held) == 1
    page.context.new_cdp_session(page).send("Page.stopLoading")
    page.unroute("**/decide")
    page.fill("#note", "Chưa có văn bản")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**done=*")
    assert decisions.history(desk.db, case)[0].note == "Chưa có văn bản"


def test_a_half_written_verdict_is_there_again_after_leaving_the_page(desk: Served, chromium: Any) -> None:
    page, case = desk.page(chromium, "lan"), desk.cases["children"]
    page.goto(f"/case/{case}")
    for key in ("1", "s", "g"):
        page.keyboard.press(key)
    page.keyboard.type("Còn phải hỏi lại")
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    page.wait_for_selector(".cases")
    page.keyboard.press("z")  # nothing was just recorded: the list of what could be taken back
    page.wait_for_url("**/mine")
    page.goto(f"/case/{case}")
    assert page.input_value("#note") == "Còn phải hỏi lại"
    assert page.is_checked("[value=false]")
    assert page.is_checked("[data-n='1']")
    assert page.complaints == []


def test_what_one_window_keeps_takes_nothing_from_what_another_filled_in(desk: Served, chromium: Any) -> None:
    one = desk.page(chromium, "lan")
    one.goto("/case/1")
    two = one.context.new_page()
    two.goto("/case/1")
    with one.expect_response("**/draft"):
        one.fill("#note", "Trang 4 ghi 12, không phải 1.200.")
    with two.expect_response("**/draft"):
        two.keyboard.press("1")
    with two.expect_response("**/draft"):
        two.keyboard.press("s")
    assert drafts.draft(desk.db, "lan", 1) == {
        "verdict": ["false"], "reason": ["contradicted_by_independent"], "note": ["Trang 4 ghi 12, không phải 1.200."],
        "evidence": ["fact:an-phu-2024"],
    }  # fmt: skip
    with two.expect_response("**/draft"):
        two.keyboard.press("1")
    assert "evidence" not in drafts.draft(desk.db, "lan", 1)
    with one.expect_response("**/draft"):
        one.locator("[value=misleading]").check()  # and none of its reasons
    assert drafts.draft(desk.db, "lan", 1) == {"verdict": ["misleading"], "note": ["Trang 4 ghi 12, không phải 1.200."]}


def test_what_was_taken_away_while_an_answer_is_awaited_does_not_come_back(desk: Served, chromium: Any) -> None:
    page, held = desk.page(chromium, "lan"), []
    page.route("**/draft", lambda route: held.append((route, route.fetch())))  # taken, and not answered yet
    page.goto("/case/1")

    def fill_and_empty(n: int) -> None:
        page.check("[data-n='1']")
        page.fill("#note", "Chữ gõ nhầm")
        come(page, lambda: len(held) >= n)
        assert set(drafts.draft(desk.db, "lan", 1)) == {"evidence", "note"}
        page.uncheck("[data-n='1']")
        page.fill("#note", "")

    fill_and_empty(1)
    page.wait_for_timeout(600)
    assert len(held) == 1  # the next waits its turn
    held[0][0].fulfill(response=held[0][1])
    come(page, lambda: len(held) >= 2)
    held[1][0].fulfill(response=held[1][1])
    assert drafts.draft(desk.db, "lan", 1) == {}
    fill_and_empty(3)
    page.goto("/")
    come(page, lambda: len(held) >= 4)  # what is sent on leaving; without its route, what waits would be sent again
    page.unroute("**/draft")
    page.goto("/case/1")
    assert (page.is_checked("[data-n='1']"), page.input_value("#note")) == (False, "")


def test_what_was_sent_with_its_form_while_a_draft_waited_its_turn_is_no_draft_after_it(
    desk: Served, chromium: Any
) -> None:
    page, held, sent = desk.page(chromium, "lan"), [], []
    page.route("**/draft", lambda route: held.append((route, route.fetch())))  # taken, and not answered yet
    page.route("**/note", lambda route: sent.append(route.fetch(max_redirects=0)))
    page.goto("/case/1")
    page.fill("#note", "Hỏi")
    come(page, lambda: held)
    page.fill("#note", "Hỏi chị Hạnh")
    page.wait_for_timeout(600)
    page.click("#decide [formaction$='/note']", no_wait_after=True)
    come(page, lambda: sent)
    assert drafts.draft(desk.db, "lan", 1) == {}
    held[0][0].fulfill(response=held[0][1])
    page.wait_for_timeout(600)
    page.context.new_cdp_session(page).send("Page.stopLoading")
    page.evaluate("delete document.querySelector('#decide').dataset.sent")  # as after a while
    page.goto("/")
    assert (len(held), drafts.draft(desk.db, "lan", 1)) == (1, {})


def test_an_older_browser_keeps_drafts_and_has_the_keys(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.add_init_script("delete AbortSignal.timeout; delete String.prototype.at; delete Array.prototype.at")
    page.goto("/case/1")
    with page.expect_response("**/draft"):
        page.keyboard.press("1")
    assert drafts.draft(desk.db, "lan", 1)["evidence"]
    assert page.complaints == []


def test_vietnamese_typed_by_an_input_method_reaches_the_note_and_is_never_a_key(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.goto("/case/1")
    page.keyboard.press("g")
    client = page.context.new_cdp_session(page)
    for step in ("s", "sa", "sai", "sái"):  # what Telex shows while one types
        client.send("Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)})
    client.send("Input.insertText", {"text": "sái Đường Nguyễn Huệ ỡ ặ"})
    assert page.input_value("#note").endswith("sái Đường Nguyễn Huệ ỡ ặ")
    assert page.locator("[name=verdict]:checked").count() == 0


def test_whoever_pastes_more_than_a_field_takes_is_told_that_its_end_was_cut(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk.url)
    page.goto("/case/1")
    paste = "words => navigator.clipboard.writeText(words)"
    page.evaluate(paste, "từ\n" * 100)
    page.focus("[name=explanation]")
    page.keyboard.press("Control+V")
    assert (len(page.input_value("[name=explanation]")), page.locator(".said").count()) == (300, 0)
    page.evaluate(paste, "chữ " * 5_000)
    page.keyboard.press("Control+V")
    assert len(page.input_value("[name=explanation]")) == 20_000
    page.locator(".said", has_text="20000 ký tự; phần cuối của nội dung vừa dán đã bị cắt").wait_for()
    assert page.complaints == []


@pytest.mark.parametrize("how", ["key", "mouse", "wheel"])
def test_a_break_is_called_for_whatever_one_reads_by_and_ten_idle_minutes_are_one(
    desk: Served, chromium: Any, how: str
) -> None:
    desk.anybody("lan").post("/account/prefs", break_minutes="30")
    page, told = desk.page(chromium, "lan"), ".toast:has-text('Nghỉ một lát nhé?')"
    acts = {
        "key": lambda: page.keyboard.press("Shift"),
        "mouse": lambda: page.mouse.click(5, 400),
        "wheel": lambda: page.mouse.wheel(0, 90),
    }
    page.clock.install()
    page.goto("/case/1")
    page.mouse.move(300, 400)
    for _ in range(4):
        page.clock.fast_forward("08:00")
        last = page.evaluate("sessionStorage.getItem('last')")
        acts[how]()
        until(page, f"sessionStorage.getItem('last') !== '{last}'")
    page.wait_for_selector(told)
    for _ in range(3):
        page.clock.fast_forward("12:00")  # away, and back by the same means
        acts[how]()
    page.goto("/case/2")
    assert not page.locator(told).count()
    assert page.complaints == []


def test_keys_can_be_switched_off(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.goto("/account")
    page.check("[name=keys_off]")
    page.locator("form[action='/account/prefs'] .main-button").click()
    page.goto("/case/1")
    page.keyboard.press("s")
    assert page.locator("[name=verdict]:checked").count() == 0
    for promise in ("kbd:visible", "[aria-keyshortcuts]", "#show-keys:visible"):
        assert page.locator(promise).count() == 0
    page.check("[value=unverifiable]")
    page.check("[value=not_public]")
    page.keyboard.press("Enter")  # as in any form
    page.wait_for_url("**done=*")


def test_everything_works_without_javascript(desk: Served, chromium: Any) -> None:
    token = access.open_session(desk.db, "lan", how="test") or ""
    context = chromium.new_context(java_script_enabled=False, base_url=desk.url)
    context.add_cookies([{"name": desk.session, "value": token, "url": desk.url}])
    page = context.new_page()
    page.goto("/")
    page.click("#take-next")
    page.check("[data-n='1']")
    page.check("[data-n='2']")
    page.check("[value=false]")
    assert page.locator(".of-false").is_visible()
    assert not page.locator(".of-true").is_visible()
    page.check("[value=fabricated]")
    page.uncheck("[data-n='2']")
    page.set_viewport_size({"width": 360, "height": 740})
    page.focus("[value=fabricated]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".at-top")  # the page is at its top, the question far below
    page.click(".at-top a")
    page.check("[data-n='2']")
    page.click("#record")
    page.wait_for_url("**done=*")
    reach(page, "#undo")
    ring, words = page.evaluate(
        "[[document.activeElement, 'outlineColor'], [document.querySelector('.toast'), 'color']]"
        ".map(([of, what]) => getComputedStyle(of)[what])"
    )
    assert ring == words  # so that it is seen on the line's dark ground
    page.click("#undo")
    page.wait_for_url("**/case/1?told=verdict")
    assert len(decisions.history(desk.db, 1)) == 2
    context.close()


PATHS = ("/", "/?right=CRC", "/?q=khongco", "/?lane=audit&state=disputed", "/case/1", "/case/3", "/case/7",
         "/case/1/evidence", "/case/1/evidence?q=tre", "/case/1/post/1", "/case/1/posts", "/bring", "/mine", "/account",
         "/people", "/people/log", "/pulse", "/trends", "/case/3/brief", "/login", "/khong-co")  # fmt: skip


@pytest.mark.parametrize(("width", "dark", "lang"), [(1280, False, "vi"), (360, False, "en"), (360, True, "vi")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    desk: Served, chromium: Any, width: int, dark: bool, lang: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    _some_history(desk)
    access.add_user(desk.db, "nguyen_thi_minh_khai_van_phong_2", role="moderator")
    access.login_link(desk.db, "nguyen_thi_minh_khai_van_phong_2", desk.url)
    page, found = desk.page(chromium, "chi", width=width, dark=dark, lang=lang), []
    rules = {"runOnly": ["color-contrast", "link-in-text-block"]} if dark else None  # what is dark changes in colour
    for path in PATHS:
        page.goto(path)
        for violation in Axe().run(page, options=rules).response["violations"]:
            found.append((path, violation["id"], [node["html"][:160] for node in violation["nodes"]][:3]))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert found == []
    page.goto("/case/1")
    page.keyboard.press("s")
    page.keyboard.press("?")
    assert Axe().run(page, options=rules).response["violations"] == []


def test_a_chosen_verdict_keeps_every_button_where_it_was(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.goto("/case/1")
    buttons = page.locator(".verdicts label").all()
    before = [button.bounding_box() for button in buttons]
    for button in buttons:
        button.click()
        assert [one.bounding_box() for one in buttons] == before


PRESSED = (
    ".top a", ".top button", ".lanes nav a", ".kicker a", ".use label", ".use a", ".to-verdict a", ".tap", "summary",
    "#search",
)  # fmt: skip


def test_what_is_pressed_most_is_as_high_on_a_phone_as_a_finger(desk: Served, chromium: Any) -> None:
    desk.anybody("tuan").decide(desk.cases["children"], "unverifiable", "no_evidence_yet")
    page, seen = desk.page(chromium, "lan", width=360), set()
    of_cases = [f"/case/{desk.cases[name]}" for name in ("children", "treaty", "detention")]
    for path in ("/", *of_cases, f"{of_cases[0]}/evidence?q=an", f"/case/{desk.cases['spreading']}/posts"):
        page.goto(path)
        for selector in PRESSED:
            heights = page.eval_on_selector_all(
                selector, "all => all.map(one => one.getBoundingClientRect().height).filter(Boolean)"
            )
            assert min(heights, default=44) >= 43.9, (path, selector)
            seen.update([selector] if heights else [])
    assert seen == set(PRESSED)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_verdict_on_a_phone_is_given_with_its_claim_in_sight(desk: Served, chromium: Any, lang: str) -> None:
    page, case = desk.page(chromium, "lan", width=360, lang=lang), desk.cases["children"]
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"/case/{case}")
    way, ticked = (page.locator(one).first.bounding_box() for one in (".to-verdict a", ".to-verdict .ticked"))
    middle = ticked["y"] + ticked["height"] / 2
    assert way["y"] < middle < way["y"] + way["height"]  # in one line, as evidence needs room
    page.click(".to-verdict a")
    claim, verdict = (page.locator(one).first.bounding_box() for one in (".claim-again", ".verdicts label"))
    assert 0 <= claim["y"] < verdict["y"] < 400
    assert page.locator(".claim-again").inner_text() == cases.case(desk.db, case).claim  # type: ignore[union-attr]
    page.set_viewport_size({"width": 1280, "height": 800})
    assert not page.locator(".claim-again").is_visible()


@pytest.mark.parametrize("width", [390, 640])
def test_what_stands_in_one_line_on_a_phone_is_on_one_height(desk: Served, chromium: Any, width: int) -> None:
    page = desk.page(chromium, "minh", width=width)
    page.goto(f"/case/{desk.cases['detention']}")
    middle = "one => { const { top, bottom } = one.getBoundingClientRect(); return Math.round((top + bottom) / 2) }"
    for line in (".top button", ".to-verdict > *", "#passage-1 .use > *"):
        heights = page.eval_on_selector_all(line, f"all => all.map({middle})")
        assert (len(heights) > 1, max(heights) - min(heights) <= 1) == (True, True), line


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_hint_of_the_search_is_whole_on_a_phone(desk: Served, chromium: Any, lang: str) -> None:
    page = desk.page(chromium, "lan", width=360, lang=lang)
    page.goto("/")
    search = page.locator("#search")
    width = """(field) => {
      const words = document.createElement("canvas").getContext("2d");
      words.font = getComputedStyle(field).font;
      return words.measureText(field.placeholder).width + 2 * parseFloat(getComputedStyle(field).paddingLeft);
    }"""
    assert search.evaluate(width) <= search.evaluate("(field) => field.clientWidth")
    shown = search.screenshot()
    rule = "#search::-webkit-search-cancel-button { display: none !important; }"
    page.evaluate("(rule) => document.styleSheets[0].insertRule(rule)", rule)
    assert search.screenshot() == shown  # no room is left to a button that isn't seen


def _some_history(desk: Served) -> None:
    """A verdict that was taken back, a standing one, a second reading, so that no page is empty."""
    chi, minh = desk.anybody("chi"), desk.anybody("minh")
    chi.decide(desk.cases["treaty"], "false", "contradicted_by_record", "fact:cong-uoc", note="Ghi chú")
    minh.decide(desk.cases["audit"], "true", "confirmed_by_record", "fact:cong-uoc")
    minh.decide(desk.cases["detention"], "unverifiable", "no_evidence_yet")
    first = decisions.history(desk.db, desk.cases["audit"])[0].id
    decisions.ask_second(desk.db, int(str(first)))
    chi.decide(desk.cases["audit"], "false", "fabricated", "fact:cong-uoc")


def test_page_prints_without_the_desk_around_it(desk: Served, chromium: Any) -> None:
    _some_history(desk)
    page = desk.page(chromium, "chi")
    page.goto(f"/case/{desk.cases['treaty']}/brief")
    page.emulate_media(media="print")
    for hidden in (".top", ".files"):
        assert not page.locator(hidden).is_visible()
    assert page.locator("h1").is_visible()
    assert len(page.pdf()) > 5_000
    page.goto(f"/case/{desk.cases['treaty']}")
    assert not page.locator(".history form").first.is_visible()
    for shown in (".posts .printed", ".evidence .printed"):
        assert page.locator(shown).first.is_visible()
    page.emulate_media(media="screen")
    assert not page.locator(".printed").first.is_visible()


def test_a_printed_answer_tells_each_address_once(desk: Served, chromium: Any) -> None:
    where = "https://ben-song.example/gop-y"
    desk.app.state.settings = desk.app.state.settings.model_copy(update={"publisher": "Bến Sông", "contact": where})
    desk.anybody("lan").decide(desk.cases["treaty"], "false", "contradicted_by_record", "fact:cong-uoc")
    page = desk.page(chromium, "lan")
    page.goto(f"/case/{desk.cases['treaty']}/brief")
    page.emulate_media(media="print")
    after = "all => all.map(one => one.innerText + getComputedStyle(one, '::after').content)"
    contact, source = (page.eval_on_selector_all(f"{of} a", after) for of in ("article > .facts", ".evidence .facts"))
    assert [one.count(where) for one in contact] == [1]
    assert [one.count("https://luu-tru.example/crpd") for one in source] == [1]


def test_a_printed_case_names_no_colleague_tells_no_note_and_ends_no_text_early(desk: Served, chromium: Any) -> None:
    page, chi = desk.page(chromium, "tuan"), desk.anybody("chi")
    claim = f"{'Ở xã Gò Nổi 45 công nhân bị giữ lương và ' * 30}hết câu."
    post = add_post(desk.db, "song-huong", "luong", claim)
    case = open_with(desk.db, post, add_score(desk.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
    passage = f"{'Báo cáo ghi 12 công nhân ở ba xưởng. ' * 50}Hết đoạn."
    chi.post(f"/case/{case}/evidence", text=passage, source="Mái Hiên", role="independent")
    chi.post(f"/case/{case}/note", note="Hỏi lại nguồn kín.", seen="0")
    chi.post(f"/case/{case}/hand", to="tuan", word="Nguồn kín nói thế.")
    page.goto(f"/case/{case}")
    assert "Nguồn kín" in page.locator(".notice").first.inner_text()
    page.emulate_media(media="print")
    printed = page.locator("main").inner_text()
    assert "nguồn kín" not in printed.lower()
    assert "chi" not in printed.split()
    assert [printed.count(said) for said in ("hết câu.", "Hết đoạn.", "Toàn bộ")] == [2, 1, 0]  # also in its post
    treaty = desk.cases["treaty"]
    chi.decide(treaty, "false", "contradicted_by_record", "fact:cong-uoc", note="Ghi chú kín")
    page.goto(f"/case/{treaty}")
    printed = page.locator("main").inner_text()
    assert ("Sai." in printed, "chi" in re.findall(r"\w+", printed), "Ghi chú kín" in printed) == (True, False, False)


def test_a_browser_that_opens_nothing_for_print_prints_the_beginning_of_long_texts(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "chi")

    def older(route: Any) -> None:
        css = route.fetch()
        route.fulfill(response=css, body=css.text().replace("::details-content", "::not-yet"))

    page.route("**/desk.css*", older)
    claim, passage = "Ở xã Gò Nổi 45 công nhân bị giữ lương. " * 30, "Báo cáo ghi 12 công nhân ở ba xưởng. " * 50
    post = add_post(desk.db, "song-huong", "luong", claim)
    case = open_with(desk.db, post, add_score(desk.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
    desk.anybody("chi").post(f"/case/{case}/evidence", text=passage, source="Mái Hiên", role="independent")
    page.goto(f"/case/{case}")
    page.emulate_media(media="print")
    assert page.locator("h1.claim").is_visible()
    assert page.locator(".evidence blockquote").first.is_visible()


def test_a_hidden_sign_is_heard_by_its_number_and_copied_by_nobody(desk: Served, chromium: Any) -> None:
    claim = "Xưởng Bãi Dâu nhận 12\u200b trẻ em, mỗi em 1\xad5 nghìn."
    post = add_post(desk.db, "song-huong", "xuong", f"{claim} Hết.")
    case = open_with(desk.db, post, add_score(desk.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
    desk.anybody("lan").decide(case, "unverifiable", "no_evidence_yet")
    page, heard = desk.page(chromium, "lan"), "Xưởng Bãi Dâu nhận 12[U+200B] trẻ em, mỗi em 1[U+00AD]5 nghìn."
    for path in ("", "/brief"):
        page.goto(f"/case/{case}{path}")
        assert page.get_by_role("heading", level=1, name=heard, exact=True).count() == 1
        page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
        assert page.evaluate("getSelection().toString()") == "Xưởng Bãi Dâu nhận 12 trẻ em, mỗi em 15 nghìn."
    assert heard in page.title()


def test_in_forced_colours_the_claim_in_its_post_has_the_colour_of_the_text_around_it(
    desk: Served, chromium: Any
) -> None:
    page = desk.page(chromium, "lan", dark=True)
    page.emulate_media(forced_colors="active")
    page.goto(f"/case/{desk.cases['treaty']}")
    colours = page.evaluate(
        "[document.body, document.querySelector('.the-claim')].map((one) => getComputedStyle(one).color)"
    )
    assert colours[0] == colours[1]
    marks = page.evaluate("""[...document.querySelectorAll('.claim mark, .the-claim mark, .slots mark')].map((one) => {
      const { color, backgroundColor } = getComputedStyle(one);
      return `${color} on ${backgroundColor}`;
    })""")
    assert set(marks) == {"rgb(0, 0, 0) on rgb(255, 255, 0)"}


def test_a_browser_that_knows_no_two_schemes_has_the_light_one_with_all_its_grounds(
    desk: Served, chromium: Any
) -> None:
    page = desk.page(chromium, "lan", dark=True, width=360)

    def older(route: Any) -> None:
        css = route.fetch()
        route.fulfill(response=css, body=css.text().replace("light-dark(", "not-yet("))

    page.route("**/desk.css*", older)
    made = desk.anybody("lan").decide(desk.cases["treaty"], "unverifiable", "no_evidence_yet")
    page.goto(made.headers["location"])
    grounds = {
        selector: page.locator(selector).first.evaluate("(one) => getComputedStyle(one).backgroundColor")
        for selector in (".to-verdict", ".toast", "mark.slot")
    }
    assert grounds == {
        ".to-verdict": "rgb(252, 251, 248)", ".toast": "rgb(29, 28, 26)", "mark.slot": "rgb(213, 236, 239)"
    }  # fmt: skip


def test_a_rebuttal_folds_its_texts_on_the_screen_and_prints_them(desk: Served, chromium: Any) -> None:
    claim, chi = "Anh Kha bị đánh đập ở đồn.", desk.anybody("chi")
    post = add_post(desk.db, "kenh-gio-nui", "don", claim)
    case = open_with(desk.db, post, add_score(desk.db, post, claim, reasons=("CONTRADICTS_EVIDENCE",)), claim)
    chi.post(f"/case/{case}/evidence", text="Không có ai bị đánh đập.", source="Trạm xá Gò Nổi", role="independent")
    (eid,) = (row["eid"] for row in desk.db.query("SELECT eid FROM case_evidence WHERE case_id = ?", [case]))
    chi.decide(case, "false", "contradicted_by_record", eid)
    chi.post("/account/prefs", fold="graphic")
    page = desk.page(chromium, "chi")
    page.goto(f"/case/{case}/brief")
    assert "đánh đập" not in page.title()
    texts = page.locator("article").get_by_text("đánh đập")
    assert [texts.nth(n).is_visible() for n in range(texts.count())] == [False, False]
    page.emulate_media(media="print")
    assert [texts.nth(n).is_visible() for n in range(texts.count())] == [True, True]


def test_pages_stay_light(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "chi")
    for path in ("/", "/case/1", "/trends", "/people"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        sizes = page.evaluate("performance.getEntries().map(one => one.decodedBodySize || 0)")
        assert 1_000 < sum(sizes) < 100_000, (path, sizes)
    assert not [c for c in page.complaints if re.search("Content Security|Refused", c)]


def test_arrows_move_through_the_verdicts_alone_and_a_key_also_chooses_a_reason(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.goto("/case/1")
    for key in ("Tab", "Tab", "Enter", "Tab"):  # past the text, by the second skip link
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.name") == "verdict"
    for role, name in (("heading", "Kết luận"), ("complementary", "Kết luận")):
        assert page.get_by_role(role, name=name, exact=True).count() == 1
    ticks = page.get_by_role("checkbox", name="Dùng làm căn cứ")
    assert "Tổ chức Mái Hiên, Nguồn độc lập" in ticks.first.evaluate("(one) => one.labels[0].textContent")
    page.focus("[name=verdict][value=false]")
    for verdict in ("misleading", "true"):
        page.keyboard.press("ArrowDown")
        assert page.is_checked(f"[value={verdict}]")
        assert page.evaluate("document.activeElement.value") == verdict
        assert page.locator("[name=reason]:checked").count() == 0
    page.keyboard.press("s")
    assert page.is_checked("[value=contradicted_by_record]")
    for reason in ("contradicted_by_independent", "fabricated"):
        page.keyboard.press("ArrowDown")
        assert page.is_checked(f"[value={reason}]")
    page.keyboard.press("y")
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ý', bubbles: true }))"
    )  # y and s, as a program types them
    assert page.is_checked("[value=false]")
    page.keyboard.press("l")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '\u0301', bubbles: true }))")
    assert page.is_checked("[name=verdict][value=misleading]")  # a tone alone is a key of its own
    press = "(one) => document.body.dispatchEvent(new KeyboardEvent('keydown', { ...one, bubbles: true }))"
    page.evaluate(press, {"key": "đ", "code": "KeyD"})  # Telex makes it of two d
    assert page.is_checked("[name=verdict][value=true]")
    ticked = page.is_checked("[data-n='1']")
    page.evaluate(press, {"key": "á", "code": "Digit1"})  # VNI's, where the same letter is Telex's s
    assert page.is_checked("[data-n='1']") != ticked
    assert page.is_checked("[name=verdict][value=true]")
    page.evaluate(press, {"key": "s", "code": "KeyD"})  # another layout's
    assert page.is_checked("[name=verdict][value=false]")
    page.evaluate(press, {"key": "đ", "code": "KeyD", "isComposing": True})
    assert page.is_checked("[name=verdict][value=false]")
    page.check("[value=opinion]")
    assert page.locator("[name=reason]:checked").count() == 0  # that reason was for another verdict


def test_a_note_typed_a_moment_ago_is_there_after_a_reload_and_in_the_other_language(
    desk: Served, chromium: Any
) -> None:
    page = desk.page(chromium, "lan")
    page.goto("/case/1")
    with page.expect_response("**/draft"):
        page.fill("#note", "Hỏi lại thư viện")
    page.reload()
    assert page.input_value("#note") == "Hỏi lại thư viện"
    with page.expect_response("**/draft"):
        page.keyboard.press("1")
    page.click("form[action='/language'] button")
    page.wait_for_selector("html[lang=en]")
    assert page.input_value("#note") == "Hỏi lại thư viện"
    assert page.is_checked("[data-n='1']")


def test_after_a_refused_verdict_back_reload_and_language_lead_to_the_case_with_the_note(
    desk: Served, chromium: Any
) -> None:
    page = desk.page(chromium, "lan")
    page.goto("/case/1")
    page.fill("#note", "Hỏi lại thư viện")
    page.click("#record")
    page.wait_for_selector(".problem")
    page.reload()
    assert page.url.endswith("/case/1")
    assert page.input_value("#note") == "Hỏi lại thư viện"
    page.click("#record")
    page.wait_for_selector(".problem")
    page.goto("/")
    page.go_back()
    page.wait_for_url("**/case/1")
    page.click("#record")
    page.wait_for_selector(".problem")
    page.click("form[action='/language'] button")
    page.wait_for_selector("html[lang=en]")
    assert page.input_value("#note") == "Hỏi lại thư viện"


def test_a_case_put_aside_with_a_note_stays_aside_and_z_takes_it_up_again(desk: Served, chromium: Any) -> None:
    page, case = desk.page(chromium, "lan"), desk.cases["children"]
    page.goto(f"/case/{case}")
    page.fill("#note", "Chờ biên bản")
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**aside={case}")
    page.wait_for_load_state("networkidle")
    assert holds.holder(desk.db, case).kind == "parked"  # type: ignore[union-attr]
    page.keyboard.press("z")
    page.wait_for_url(f"**/case/{case}?told=aside")
    assert page.input_value("#note") == "Chờ biên bản"
    assert holds.holder(desk.db, case).kind == "reading"  # type: ignore[union-attr]


def test_z_takes_a_hand_over_back_with_its_word(desk: Served, chromium: Any) -> None:
    page, case = desk.page(chromium, "lan"), desk.cases["children"]
    page.goto(f"/case/{case}")
    page.click("summary:has-text('Tạm gác')")
    page.fill("[name=word]", "Bạn quen vùng này")
    page.select_option("select[name=to]", "tuan")
    page.click("#park")
    page.wait_for_url(f"**aside={case}")
    assert holds.holder(desk.db, case).person == "tuan"  # type: ignore[union-attr]
    page.keyboard.press("z")
    page.wait_for_url(f"**/case/{case}?told=word")
    assert page.input_value("[name=word]") == "Bạn quen vùng này"
    assert page.locator("[name=word]").is_visible()
    assert holds.holder(desk.db, case).person == "lan"  # type: ignore[union-attr]
    assert page.complaints == []


def test_a_half_written_passage_outlasts_a_search(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan")
    page.goto("/case/1/evidence")
    with page.expect_response("**/evidence/draft"):
        page.fill("[name=text]", "Trích biên bản làng gạch")
    page.fill("[name=q]", "xuong gach")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=xuong+gach")
    assert page.input_value("[name=text]") == "Trích biên bản làng gạch"
    assert page.input_value("[name=role]") == ""


@pytest.mark.parametrize(("width", "lang", "key"), [(1280, "vi", "s"), (800, "en", "f"), (360, "vi", "s")])
def test_recording_and_what_is_ticked_stay_in_sight(
    desk: Served, chromium: Any, width: int, lang: str, key: str
) -> None:
    page = desk.page(chromium, "lan", width=width, lang=lang)
    page.emulate_media(reduced_motion="reduce")
    page.goto("/case/1")

    def in_sight(selector: str) -> bool:
        box = page.locator(selector).bounding_box()
        return bool(box and box["y"] >= 0 and box["y"] + box["height"] <= 800)

    page.keyboard.press("1")
    page.keyboard.press("3")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    read = [node["name"]["value"].strip() for node in tree if node.get("name", {}).get("value", "").strip()]
    asked = "Đoạn đã chọn:" if lang == "vi" else "Passages ticked:"
    assert read[read.index(asked) + 1] == "2"  # counted by the style sheet, so without a script too
    if width < 1248:
        assert in_sight(".to-verdict")
        page.click(".to-verdict a")
    page.keyboard.press(key)
    assert in_sight("#record")


@pytest.mark.parametrize("ticked", [True, False])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_readers_are_told_is_written_beside_the_evidence_without_scrolling(
    desk: Served, chromium: Any, lang: str, ticked: bool
) -> None:
    page = desk.page(chromium, "lan", lang=lang)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/case/1")
    if ticked:
        page.keyboard.press("1")
    for verdict in page.locator("[name=verdict]").all():
        page.keyboard.press(verdict.get_attribute("data-key"))
        foot = page.locator(".send").bounding_box()["y"]
        boxes = [page.locator(f"[name={name}]").bounding_box() for name in ("wording", "explanation")]
        assert all(box["y"] >= 0 and box["y"] + box["height"] <= foot for box in boxes), verdict
        assert page.locator("#passage-1").bounding_box()["y"] < 600
    assert page.evaluate("document.querySelector('.rail').scrollTop + scrollY") == 0
    assert not page.complaints


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("asked", ["aside", "golden"])
def test_what_was_just_done_lies_over_no_control_at_the_end_of_a_page(
    desk: Served, chromium: Any, width: int, asked: str
) -> None:
    page = desk.page(chromium, "lan", width=width)
    page.emulate_media(reduced_motion="reduce")
    page.goto("/case/1")
    if asked == "aside":
        page.locator(".rail summary").click()
        page.locator("#park").click()
        page.wait_for_selector("#undo")
    else:  # the longest there is
        page.goto("/case/1?said=misleading&meant=unverifiable")
    page.wait_for_selector(".toast")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator(".rail").evaluate("rail => rail.scrollTo(0, rail.scrollHeight)")
    toast = page.locator(".toast").bounding_box()
    for selector in ("article.column", ".rail"):
        box = page.locator(selector).bounding_box()
        assert box["y"] + box["height"] <= toast["y"] or box["x"] >= toast["x"] + toast["width"]
    summary = page.locator(".rail > details > summary").bounding_box()
    page.mouse.click(summary["x"] + 8, summary["y"] + summary["height"] / 2)
    assert page.locator(".rail > details").get_attribute("open") is not None


def test_the_list_of_keys_begins_at_its_beginning_and_names_every_key(desk: Served, chromium: Any) -> None:
    page = desk.page(chromium, "lan", width=360)
    page.goto("/case/1")
    page.keyboard.press("?")
    assert page.evaluate("document.querySelector('#keys').scrollTop") == 0
    assert page.locator("#keys button").is_visible()
    assert all(key.is_visible() for key in page.locator("#keys kbd").all())
    for heading in ("Trong một vụ", "Trong hàng đợi", "Ở mọi trang"):  # one letter may do two things in two places
        assert page.locator(f"#keys h3:text-is('{heading}') + dl kbd").count() > 1
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
