"""The JSON API: by token, described by OpenAPI, and unmoved by whatever is thrown at it."""

import os
import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from desk_visit import PASSWORD, World, text_of
from desk_world import add_post, add_score
from fastapi import Request
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings

from pipeline.records import LANES, RELATIONS, RIGHTS, ROLES, STATES, Flag, NewDecision, Verdict
from pipeline.store import audit, cases, decisions, erasure, holds, moves, people, posts, runs, write
from review import account, bringing, case, deciding, doors, opened, proof, public, pulse, queue, together
from review.access import Visit
from review.queue import A_PAGE
from review.words import words

EXAMPLES = int(os.environ.get("SOI_EXAMPLES", "10"))  # of each operation; 200 by hand


class Caller:
    """A program with a token."""

    def __init__(self, world: World, name: str = "lan") -> None:
        self.client = world.anybody().client
        self.client.headers["authorization"] = f"Bearer {people.make_token(world.db, name, label='test')}"

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", params=query)

    def post(self, path: str, body: Any = None) -> Any:
        return self.client.post(f"/api/v1{path}", json=body)

    def send(self, method: str, path: str, body: Any = None) -> Any:
        return self.client.request(method, f"/api/v1{path}", json=body)


# What a page's form does, and what a program calls for it. Signing in and out is what a token is instead of, and
# no token makes another: it would outlive the first one's revoking.
FORMS = {
    "/next": "POST /next", "/views": "PUT /views/{name}", "/case/{case_id}/decide": "POST /cases/{case_id}/decisions",
    "/case/{case_id}/draft": "PUT /cases/{case_id}/draft",
    "/decision/{decision_id}/undo": "POST /decisions/{decision_id}/undo",
    "/case/{case_id}/hold": "POST /cases/{case_id}/hold", "/case/{case_id}/release": "POST /cases/{case_id}/release",
    "/case/{case_id}/hand": "POST /cases/{case_id}/hand",
    "/bring": "POST /cases", "/case/{case_id}/out": "DELETE /cases/{case_id}",
    "/posts/{post_id}/out": "DELETE /posts/{post_id}",
    "/posts/{post_id}/case": "POST /cases", "/case/{case_id}/note": "POST /cases/{case_id}/notes",
    "/case/{case_id}/hand/undo": "POST /cases/{case_id}/hand/undo",
    "/case/{case_id}/reopen": "POST /cases/{case_id}/reopen",
    "/case/{case_id}/golden": "PUT /cases/{case_id}/golden", "/case/{case_id}/split": "POST /cases/{case_id}/split",
    "/case/{case_id}/merge": "POST /cases/{case_id}/merge", "/move/{move_id}/undo": "POST /moves/{move_id}/undo",
    "/case/{case_id}/evidence": "POST /cases/{case_id}/evidence", "/account/prefs": "PATCH /account",
    "/case/{case_id}/evidence/unlink": "POST /cases/{case_id}/evidence/unlink",
    "/case/{case_id}/evidence/withdraw": "POST /cases/{case_id}/evidence/withdraw",
    "/case/{case_id}/evidence/draft": "POST /cases/{case_id}/evidence",  # a program writes a passage down at once
    "/language": "PATCH /account", "/account/password": "POST /account/password",
    "/account/token": "GET /account/tokens", "/account/token/revoke": "DELETE /account/tokens/{token_id}",
    "/people": "POST /people", "/people/change": "PATCH /people/{name}", "/people/lock": "PUT /lock",
    "/login": "GET /account/tokens", "/login/once": "GET /account/tokens",
    "/logout": "DELETE /account/tokens/{token_id}",
}  # fmt: skip
PAGES = {
    **{path: "GET /cases/{case_id}" for path in FORMS if path.startswith("/case/")},  # what a refusal leads back to
    "/next": "GET /cases", "/views": "GET /views", "/decision/{number}/undo": "GET /cases",
    "/move/{number}/undo": "GET /cases", "/posts/{post_id}/out": "GET /posts/{post_id}/sentences",
    "/account/token/revoke": "GET /account/tokens", "/people/lock": "GET /people",
    "/": "GET /cases", "/posts/{post_id}/case": "GET /posts/{post_id}/sentences", "/bring": "POST /cases",
    "/live": "GET /live", "/case/{case_id}": "GET /cases/{case_id}",
    "/case/{case_id}/posts": "GET /cases/{case_id}/posts", "/case/{case_id}/wordings": "GET /cases/{case_id}",
    "/case/{case_id}/post/{post_id}": "GET /cases/{case_id}/posts/{post_id}", "/mine": "GET /mine",
    "/case/{case_id}/evidence": "GET /evidence", "/case/{case_id}/brief": "GET /cases/{case_id}/brief",
    "/case/{case_id}/brief.md": "GET /cases/{case_id}/brief",
    "/case/{case_id}/claimreview.json": "GET /cases/{case_id}/claimreview",
    "/case/{case_id}/reasons.json": "GET /cases/{case_id}/reasons", "/corrections.atom": "GET /corrections",
    "/pulse": "GET /pulse", "/trends": "GET /trends", "/account": "GET /account", "/people": "GET /people",
    "/people/log": "GET /log", "/people/change": "GET /people",
    "/account/prefs": "GET /account", "/account/password": "GET /account", "/account/token": "GET /account/tokens",
    "/login": "GET /account/tokens", "/login/once": "POST /people/{name}/link",
}  # fmt: skip


def test_everything_a_page_does_a_program_can_do(world: World) -> None:
    parts = (account, bringing, case, doors, proof, public, pulse, queue, together)
    routes = [route for part in parts for route in part.router.routes if isinstance(route, APIRoute)]
    paths = world.app.openapi()["paths"]
    spoken = {f"{method.upper()} {path.removeprefix('/api/v1')}" for path, ops in paths.items() for method in ops}
    assert {route.path for route in routes if "POST" in route.methods} == set(FORMS)
    assert {route.path for route in routes if "GET" in route.methods} == set(PAGES)
    assert {*FORMS.values(), *PAGES.values()} <= spoken


def test_a_client_made_from_the_description_sends_the_token(world: World) -> None:
    told = world.app.openapi()
    (name,) = told["components"]["securitySchemes"]
    assert told["components"]["securitySchemes"][name] == {"type": "http", "scheme": "bearer"}
    calls = [call for path in told["paths"].values() for call in path.values()]
    assert {str(call.get("security")) for call in calls} == {str([{name: []}])}
    assert not [one for call in calls for one in call.get("parameters", []) if one["in"] == "header"]


def test_a_refusal_tells_a_program_what_is_allowed_and_why(world: World) -> None:
    lan = Caller(world)
    assert lan.send("PATCH", "/cases").headers["allow"] == "GET, POST"
    assert lan.send("PATCH", "/cases/1").headers["allow"] == "DELETE, GET"
    assert lan.send("PUT", "/account").headers["allow"] == "GET, PATCH"
    assert world.anybody("lan").client.delete("/bring").headers["allow"] == "GET, POST"
    assert world.anybody("lan").client.delete("/trends").headers["allow"] == "GET"
    long = lan.send("PUT", "/cases/1/draft", {"note": "x" * 1_500_000})
    assert (long.status_code, long.json()) == (413, {"detail": "That is too much at once."})
    parts = (b"x" * 100_000 for _ in range(15))  # of a length that is told nowhere
    told = lan.client.put("/api/v1/cases/1/draft", content=parts, headers={"content-type": "application/json"})
    assert (told.status_code, told.json()) == (413, {"detail": "That is too much at once."})


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", ""])
def test_a_body_that_is_not_said_to_be_json_is_refused_with_what_to_send(world: World, kind: str) -> None:
    lan = Caller(world)
    for method, path in (("POST", "cases"), ("PUT", "cases/1/draft"), ("PATCH", "account")):
        told = lan.client.request(method, f"/api/v1/{path}", content=b'{"text": "x"}', headers={"content-type": kind})
        assert (told.status_code, told.json()) == (415, {"detail": "Send JSON, with Content-Type: application/json."})
    for body in ('"x"', "[]"):
        said = {"content-type": "application/json; charset=utf-8"}
        assert lan.client.post("/api/v1/cases", content=body, headers=said).status_code == 422
    assert lan.client.post("/api/v1/cases/1/hold", content=b"", headers={"content-type": kind}).status_code == 200


def test_a_tip_that_names_nothing_is_told_what_to_give(world: World) -> None:
    for nothing in ({}, {"text": ""}, {"url": "", "claim": "Một câu"}, {"post": None}):
        told = Caller(world).post("/cases", nothing)
        assert (told.status_code, told.json()) == (422, {"detail": "Give a `post`, its `url` or a `text` to bring in."})


def test_what_can_be_taken_back_nowhere_is_named(world: World) -> None:
    lan, browser = Caller(world), world.anybody("lan")
    said = {"decisions": "There is no such verdict.", "moves": "There is no such split or merge."}
    for path, told in said.items():
        answer = lan.post(f"/{path}/999/undo")
        assert (answer.status_code, answer.json()) == (404, {"detail": told})
    for path, told in {"decision": "Không có kết luận nào như thế.", "move": "Không có lần tách hay gộp nào"}.items():
        assert told in text_of(browser.post(f"/{path}/999/undo"))
    assert lan.post("/decision/999/undo").json() == {"detail": "Not Found"}, "a wrong path stays one"


def test_the_description_tells_every_refusal_and_what_the_main_answers_hold(world: World) -> None:
    told = world.app.openapi()
    calls = {f"{m.upper()} {path[7:]}": call for path, ops in told["paths"].items() for m, call in ops.items()}
    for name, call in calls.items():
        refused = {"400", "401", "403", "404", "405", "409", "413", "422", "500"}
        assert refused <= set(call["responses"]), name
        shapes = {call["responses"][code]["content"]["application/json"]["schema"]["$ref"] for code in refused}
        assert shapes == {"#/components/schemas/Problem", "#/components/schemas/Faults"}, name
    known = {
        "GET /cases": "Queue", "GET /cases/{case_id}": "CaseFile", "POST /cases/{case_id}/decisions": "Made",
        "GET /cases/{case_id}/posts/{post_id}": "PostFile", "GET /cases/{case_id}/posts": "CasePost",
        "GET /evidence": "PassageRow", "POST /cases/{case_id}/notes": "Note", "POST /cases/{case_id}/evidence": "Piece",
        "POST /cases/{case_id}/merge": "Move",
    }  # fmt: skip
    for name, shape in known.items():
        good = next(body for code, body in calls[name]["responses"].items() if code.startswith("2"))
        schema = good["content"]["application/json"]["schema"]
        assert schema.get("items", schema)["$ref"].endswith(f"/{shape}"), name
    loose = {
        name for name, call in calls.items() for code, body in call["responses"].items()
        if code.startswith("2") and "$ref" not in str(body["content"]["application/json"]["schema"])
    }  # fmt: skip
    # schema.org says what a ClaimReview holds, and views are by the names that people gave them
    assert loose == {"GET /cases/{case_id}/claimreview", "GET /views"}
    often = {name for name, call in calls.items() if "429" in call["responses"]}
    assert often == {"POST /cases", "POST /account/password"}
    assert "Retry-After" in calls["POST /cases"]["responses"]["429"]["headers"]
    assert "forty cases" in calls["GET /cases"]["description"]
    assert A_PAGE == 40
    assert "ends after 90 days" in told["info"]["description"]


def test_the_description_tells_the_words_and_the_times_of_the_answers(world: World) -> None:
    shapes = world.app.openapi()["components"]["schemas"]
    item, beside = shapes["QueueItem"]["properties"], shapes["Passage"]["properties"]
    for told, words_of in (
        (item["state"], STATES), (item["lane"], LANES), (item["verdict"], [*Verdict, ""]),
        (item["reasons"]["items"], Flag), (item["rights"]["items"], RIGHTS),
        (beside["relation"], RELATIONS), (beside["role"], [*ROLES, ""]),
    ):  # fmt: skip
        assert told["enum"] == [*words_of]
    time = re.compile(r"(^|_)(at|until|since|seen|published|date|day|checked|check|success|as_of|valid_from|valid_to)$")
    named = {f"{name}.{key}": of for name, one in shapes.items() for key, of in one.get("properties", {}).items()
             if time.search(key) and of.get("type") == "string"}  # fmt: skip
    assert len(named) > 40
    assert not [name for name, of in named.items() if "description" not in of]


def test_links_begin_with_the_desks_address_wherever_they_were_asked_for(tmp_path: Path) -> None:
    world = World(tmp_path / "home", settings='[desk]\naddress = "https://desk.example"\n')
    chi = Caller(world, "chi")
    chi.client.headers["host"] = "elsewhere.example"
    assert chi.post("/people/lan/link").json()["link"].startswith("https://desk.example/login/once?token=")
    feed = world.anybody("lan").client.get("/corrections.atom", headers={"host": "elsewhere.example"}).text
    assert "https://desk.example/corrections.atom" in feed
    assert "elsewhere" not in feed
    world.close()


def test_programs_keep_views_settings_and_tokens_and_see_what_came(world: World) -> None:
    lan = Caller(world)
    kept = lan.send("PUT", "/views/Trẻ em", {"query": "right=CRC&state=reading&page=2"})
    assert kept.json() == {"address": "/?state=reading&right=CRC"}
    assert lan.send("PUT", "/views/Sai", {"query": "/?verdict=false"}).json() == {
        "address": "/?state=decided&verdict=false"
    }
    lan.send("DELETE", "/views/Sai")
    assert lan.send("PUT", "/views/Tất cả", {"query": "/"}).json() == {"address": "/"}
    lan.send("DELETE", "/views/Tất cả")
    for wrong in ("state=bogus", "/?state=bogus", "evil=1", "evil", "https://so.example/?right=CRC", "q=" + "x " * 300):
        assert lan.send("PUT", "/views/Lạ", {"query": wrong}).status_code == 422, wrong
    assert lan.get("/views").json() == {"Trẻ em": "/?state=reading&right=CRC"}
    assert 'href="/?state=reading&amp;right=CRC#found"' in world.anybody("lan").get("/").text
    slashed = quote("trẻ em / tra tấn", safe="")
    assert lan.send("PUT", f"/views/{slashed}", {"query": "right=CAT"}).json() == {"address": "/?right=CAT"}
    assert "trẻ em / tra tấn" in lan.get("/views").json()
    assert lan.send("DELETE", f"/views/{slashed}").json() == {"forgotten": True}
    names = [
        "An Giang",
        "ă",
        "Đà Nẵng",
        "đò",
        "Ea Kar",
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "Mâm",
        "Ông",
        "Trẻ em",
        "Z",
    ]
    for name in sorted(names):
        lan.send("PUT", f"/views/{name}", {"query": "right=CRC"})
    assert [*lan.get("/views").json()] == names  # in the order of the alphabet
    assert lan.send("DELETE", "/views/Trẻ em").json() == {"forgotten": True}
    assert lan.send("DELETE", "/views/Trẻ em").status_code == 404
    assert lan.send("PATCH", "/account", {"fold": "graphic", "limit": 1, "break_minutes": 50}).json()["limit"] == 1
    assert lan.send("PATCH", "/account", {"language": "en"}).json()["break_minutes"] == 50
    assert lan.send("PATCH", "/account", {"fold": "elsewhere"}).status_code == 422
    newest = lan.get("/live").json()["newest"]
    assert lan.get("/live", after=newest - 1, lane="audit").json()["new"] == 1
    assert lan.post("/account/tokens", {"label": "thêm"}).status_code == 405
    made = people.make_token(world.db, "lan", label="thêm")
    label = {one["label"]: one["id"] for one in lan.get("/account/tokens").json()}
    assert lan.send("DELETE", f"/account/tokens/{label['thêm']}").status_code == 200
    assert people.token_person(world.db, made) is None
    told = audit.entries(world.db, limit=1)[0]
    assert (told["action"], told["detail"]) == ("token revoked", f"{label['thêm']} thêm")
    assert lan.post("/account/password", {"old": "sai", "new": "một mật khẩu mới"}).status_code == 409
    assert lan.post("/account/password", {"old": PASSWORD, "new": "một mật khẩu mới"}).json() == {"changed": True}


def test_a_token_sets_no_first_password_by_which_its_holder_could_go_on(world: World) -> None:
    people.add(world.db, "yen", role="lead")
    refused = Caller(world, "yen").post("/account/password", {"new": "một câu đủ dài để nhớ"})
    assert (refused.status_code, "on your page" in refused.text) == (409, True)
    yen = people.person(world.db, "yen")
    assert yen is not None
    assert not yen.has_password


def test_a_program_stops_at_the_days_limit_and_practises_on_golden_cases(world: World) -> None:
    lan, minh, case = Caller(world), Caller(world, "minh"), world.cases["treaty"]
    body = {"verdict": "false", "reason": "contradicted_by_record", "evidence": ["fact:cong-uoc"]}
    assert minh.post(f"/cases/{case}/decisions", body).json()["warning"]
    assert lan.send("PUT", f"/cases/{case}/golden", {"golden": True}).status_code == 403
    assert minh.send("PUT", f"/cases/{case}/golden", {"golden": True}).json() == {"golden": True}
    shown = lan.get(f"/cases/{case}", practice=True).json()
    assert (shown["practice"], shown["blind"], shown["case"]["verdict"], shown["history"]) == (True, True, "", [])
    read = lan.post(f"/cases/{case}/practice", {"verdict": "misleading"}).json()
    assert read == {"said": "misleading", "meant": "false"}
    assert lan.get("/account").json()["practice"] == {"read": 1, "met": 0}
    lan.send("PATCH", "/account", {"limit": 1})
    first = lan.post("/next").json()["case"]
    lan.post(f"/cases/{first}/decisions", {"verdict": "unverifiable", "reason": "no_evidence_yet"})
    assert lan.post("/next").json() == {"case": None, "practice": False, "rest": True}
    assert [one["case_id"] for one in lan.get("/mine").json()["decisions"]] == [first]
    assert lan.get(f"/cases/{case}/brief", language="en").json()["markdown"].startswith("# False: ")


def test_a_program_tells_a_second_reader_nothing_of_the_first(tmp_path: Path) -> None:
    world = World(tmp_path / "home", settings="[desk]\nsecond_reader_share = 1.0\n")
    lan, tuan, case = Caller(world), Caller(world, "tuan"), world.cases["treaty"]
    body = {"verdict": "misleading", "reason": "outdated", "evidence": ["fact:cong-uoc"], "note": "Ghi chú của lan"}
    lan.post(f"/cases/{case}/decisions", body)
    for said in (tuan.get("/cases", state="second").text, tuan.get(f"/cases/{case}").text, tuan.get("/trends").text):
        assert "misleading" not in said.replace('"false_or_misleading"', "")
        assert "Ghi chú" not in said
    assert tuan.get(f"/cases/{case}/brief").status_code == tuan.get(f"/cases/{case}/reasons").status_code == 404
    assert lan.get("/cases", state="second").json()["cases"][0]["verdict"] == "misleading"
    world.close()


def test_a_scores_offsets_point_into_the_reading_of_a_version(world: World) -> None:
    lan, case = Caller(world), world.cases["children"]
    shown = lan.get(f"/cases/{case}").json()
    score, post = shown["score"], next(one for one in shown["posts"] if one["url"].endswith("/lo-gach"))
    first = lan.get(f"/cases/{case}/posts/{post['post_id']}").json()["versions"][0]
    assert first["title"] not in first["text"]
    assert first["reading"][score["claim_start"] : score["claim_end"]] == score["claim"]
    assert [one["reading"] for one in shown["evidence"]] == [one["text"] for one in shown["evidence"]]  # no titles here


def test_a_program_reads_the_queue_page_by_page_till_no_next_one_is_named(world: World) -> None:
    lan = Caller(world)
    for n in range(queue.A_PAGE):
        post = add_post(world.db, "kenh-gio-nui", f"trang-{n}", f"Xã Gò Nổi có {n + 3} cây cầu.")
        score = add_score(world.db, post, f"Xã Gò Nổi có {n + 3} cây cầu.", reasons=())
        cases.open_case(world.db, post, claim=f"Xã Gò Nổi có {n + 3} cây cầu.", score_id=score)
    read, page = list[int](), 1
    while page is not None:
        found = lan.get("/cases", page=page).json()
        read += [one["case_id"] for one in found["cases"]]
        assert (found["next"] or len(read)) in (page + 1, found["matching"])
        page = found["next"]
    assert len(read) == len(set(read)) == found["matching"] > queue.A_PAGE
    assert lan.get("/cases", page=9).json()["next"] is None


def test_a_case_is_found_as_people_name_it(world: World) -> None:
    lan, case = Caller(world), world.cases["children"]
    for said in ("#{}", "Vụ {}", "case {}", "/case/{}", "HTTPS://Desk.Test:443/case/{}"):
        found = lan.get("/cases", q=said.format(case)).json()
        assert [one["case_id"] for one in found["cases"]] == [case], said
    into = world.cases["party"]
    world.anybody("minh").post(f"/case/{case}/merge", into=into)
    assert [one["case_id"] for one in lan.get("/cases", q=f"Vụ {case}").json()["cases"]] == [into]


def test_folding_as_earlier_versions_kept_it_folds_all(world: World) -> None:
    with world.db.atomic():
        world.db.conn.execute("UPDATE users SET prefs = '{\"fold\": true}' WHERE name = 'lan'")
    assert Caller(world).get("/account").json()["settings"] == {"fold": "all"}
    assert '<option value="all" selected>' in world.anybody("lan").get("/account").text
    assert '<details class="folded">' in world.anybody("lan").get(f"/case/{world.cases['children']}").text


def test_people_lock_and_log_are_for_administrators_programs_too(world: World) -> None:
    lan, chi = Caller(world), Caller(world, "chi")
    for method, path, body in (
        ("GET", "/people", None), ("POST", "/people", {"name": "mai"}), ("PATCH", "/people/tuan", {"role": "admin"}),
        ("POST", "/people/chi/link", None), ("DELETE", "/people/chi/link", None), ("PUT", "/lock", {"locked": True}),
        ("GET", "/log", None), ("GET", "/log/check", None),
    ):  # fmt: skip
        assert lan.send(method, path, body).status_code == 403, path
    link = chi.send("POST", "/people", {"name": "mai", "role": "lead"}).json()["link"]
    assert world.anybody().follow(link).url.path == "/"
    assert chi.send("DELETE", "/people/mai/link").status_code == 404  # it was used
    chi.send("POST", "/people/mai/link")
    assert chi.send("DELETE", "/people/mai/link").json() == {"revoked": True}
    assert chi.send("PATCH", "/people/mai", {"off": True}).json()["off"] is True
    assert chi.send("PATCH", "/people/chi", {"role": "lead"}).status_code == 409
    inside = world.anybody("tuan")
    for nothing in ({}, {"role": None, "off": None}):
        refused = chi.send("PATCH", "/people/tuan", nothing)
        assert (refused.status_code, "nothing was changed" in refused.json()["detail"]) == (422, True)
    assert inside.get("/").status_code == 200  # not even signed out
    assert chi.send("PUT", "/lock", {"locked": True, "reason": "thử"}).json() == {"locked": True}
    assert lan.get("/cases").status_code == chi.get("/log").status_code == 401
    assert chi.send("PUT", "/lock", {"locked": False}).status_code == 401  # a stolen token opens nothing again
    world.anybody("chi").post("/people/lock")
    assert [row["action"] for row in chi.get("/log").json()][:3] == ["unlock", "sign-in", "lock"]
    checked = chi.get("/log/check").json()
    assert (checked["first_broken"], checked["decisions"]) == (None, [])
    (last,) = chi.get("/log", limit=1).json()
    assert (checked["lines"], checked["seal"]) == (last["id"], last["hash"])


def test_a_program_can_do_what_the_pages_do(world: World) -> None:
    lan = Caller(world)
    queue = lan.get("/cases").json()
    assert queue["matching"] == queue["in_lane"] == 5
    case = queue["cases"][0]["case_id"]
    found = lan.get(f"/cases/{case}").json()
    assert found["evidence"][0]["slots"][0]["evidence_text"] == "12"
    body = {
        "verdict": "false",
        "reason": "contradicted_by_record",
        "evidence": ["fact:an-phu-2024"],
        "seen": found["seen"],
    }
    made = lan.post(f"/cases/{case}/decisions", body)
    assert made.status_code == 201
    assert lan.get(f"/cases/{case}/claimreview").json()["@type"] == "ClaimReview"
    assert lan.get(f"/cases/{case}/reasons").json()["facts"]
    assert lan.get("/trends").json()[0]["verdicts"] == {"false": 1}
    world.wait(minutes=60)
    assert lan.post(f"/decisions/{made.json()['decision']}/undo").json() == {"case": case, "reopened": []}
    assert lan.get(f"/cases/{case}/draft").json()["verdict"] == "false"
    assert lan.get("/corrections").json()[0]["before"] == "false"
    assert lan.get("/evidence", q="cong uoc").json()[0]["eid"] == "fact:cong-uoc"


def test_a_program_that_takes_a_verdict_back_or_reopens_its_case_is_told_which_others_that_reopened(
    world: World,
) -> None:
    lan, first, second = Caller(world), world.cases["treaty"], world.cases["party"]

    def given(case: int, *more: str) -> int:
        named = (Verdict.FALSE, "contradicted_by_record", ("fact:cong-uoc", *more))
        return decisions.decide(world.db, NewDecision(case, "lan", *named))

    number = given(first)
    given(second, f"decision:{number}")
    assert lan.post(f"/decisions/{number}/undo").json() == {"case": first, "reopened": [second]}
    given(second, f"decision:{given(first)}")
    again = lan.post(f"/cases/{first}/reopen", {"note": "Có bản khác"})
    assert again.json() == {"state": "reopened", "reopened": [second]}


def test_a_program_that_withdraws_a_passage_is_told_which_cases_that_reopened(world: World) -> None:
    lan = Caller(world)
    eid = lan.post("/cases/1/evidence", {"text": "Có đúng 12 em.", "source": "Sổ", "role": "independent"}).json()["eid"]
    body = {"verdict": "false", "reason": "contradicted_by_record", "evidence": [eid]}
    assert lan.post("/cases/1/decisions", body).status_code == 201
    assert lan.post("/cases/1/evidence/withdraw", {"eid": eid}).json() == {"eid": eid, "reopened": [1]}


def test_a_program_keeps_notes_on_a_case_and_explains_a_verdict_to_readers(world: World) -> None:
    lan, case = Caller(world), world.cases["treaty"]
    made = lan.post(f"/cases/{case}/notes", {"text": "Đã hỏi kho lưu trữ."})
    assert (made.status_code, made.json()["person"]) == (201, "lan")
    for text in ("", "  ", "x" * 2001):
        assert lan.post(f"/cases/{case}/notes", {"text": text}).status_code in (409, 422)
    assert [note["text"] for note in lan.get(f"/cases/{case}").json()["notes"]] == ["Đã hỏi kho lưu trữ."]
    words = {"verdict": "false", "reason": "contradicted_by_record", "evidence": ["fact:cong-uoc"]}
    draft = lan.send("PUT", f"/cases/{case}/draft", words | {"explanation": "Sổ ghi năm 2015."})
    assert draft.json() == lan.get(f"/cases/{case}/draft").json()
    assert lan.post(f"/cases/{case}/decisions", words | {"explanation": "x" * 601}).status_code == 422
    assert lan.post(f"/cases/{case}/decisions", words | {"explanation": "Sổ ghi năm 2015."}).status_code == 201
    assert lan.get(f"/cases/{case}").json()["history"][0]["explanation"] == "Sổ ghi năm 2015."
    assert lan.get(f"/cases/{case}/claimreview").json()["reviewBody"] == "Sổ ghi năm 2015."
    assert lan.get(f"/cases/{case}/reasons").json()["explanation"] == "Sổ ghi năm 2015."


def test_a_draft_by_program_keeps_the_words_that_the_page_does_and_is_filled_in_as_that(world: World) -> None:
    lan, visitor, case = Caller(world), world.anybody("lan"), world.cases["treaty"]
    visitor.post(f"/case/{case}/draft", explanation="dài " * 225, wording="lời " * 100, quiet="1")
    draft = lan.get(f"/cases/{case}/draft").json()
    assert lan.send("PUT", f"/cases/{case}/draft", draft | {"note": "Hỏi lại."}).json() == draft | {"note": "Hỏi lại."}
    assert (draft["explanation"].strip(), draft["wording"].strip()) == (("dài " * 225).strip(), ("lời " * 100).strip())
    visitor.decide(case, "false", "contradicted_by_record", "fact:cong-uoc", wording="Công ước chưa có hiệu lực.")
    world.anybody("minh").post(f"/case/{case}/reopen", changed="Bạn đọc gửi bản gốc")
    draft = lan.get(f"/cases/{case}/draft").json()
    assert (draft["verdict"], draft["evidence"]) == ("", ["fact:cong-uoc"])
    assert draft["wording"] == "Công ước chưa có hiệu lực."
    assert lan.send("PUT", f"/cases/{case}/draft", {"note": "Đọc lại."}).json()["wording"] == ""
    assert lan.get(f"/cases/{case}/draft").json()["wording"] == "", "what was emptied stays so"


def test_a_program_opens_a_case_on_a_tip_by_number_or_address(world: World) -> None:
    lan, claim = Caller(world), "Trạm xá Gò Nổi đã đóng cửa từ tháng 3."
    post = add_post(world.db, "kenh-gio-nui", "tram-xa", claim)
    add_score(world.db, post, claim, reasons=(), p=0.4)
    assert [one["post_id"] for one in lan.get("/cases", q="tram xa go noi").json()["collected"]] == [post]
    assert lan.send("POST", "/cases", {"post": post, "claim": "Chữ không có"}).status_code == 409
    said = lan.get(f"/posts/{post}/sentences", q="tram xa").json()
    assert said == [{"words": claim, "ticked": True, "read": True}]
    made = lan.post("/cases", {"url": "http://kenh-gio-nui.example/tram-xa/"})
    assert (made.status_code, made.json()["opened"]) == (201, True)
    again = lan.post("/cases", {"post": post})
    assert (again.status_code, again.json()) == (200, {"case": made.json()["case"], "opened": False})
    assert lan.get(f"/cases/{made.json()['case']}").json()["case"]["reasons"] == ["BY_HAND"]
    for nothing in ({"post": 99_999}, {"url": "https://kenh-gio-nui.example/khong-co"}):
        assert lan.post("/cases", nothing).status_code == 404
    assert Caller(world, "oanh").post("/cases", {"post": post}).status_code == 403


def test_the_desks_rules_hold_for_programs_too(world: World) -> None:
    lan, tuan = Caller(world), Caller(world, "tuan")
    body = {"verdict": "false", "reason": "contradicted_by_record", "evidence": ["news:so-an-phu"]}
    assert lan.post("/cases/1/decisions", body).status_code == 409
    assert "party" in lan.post("/cases/1/decisions", body).json()["detail"]
    assert tuan.post("/cases/1/decisions", {**body, "evidence": ["fact:an-phu-2024"]}).status_code == 409
    assert lan.post("/cases/1/decisions", {**body, "evidence": ["fact:an-phu-2024"], "seen": 999}).status_code == 409
    assert lan.post("/cases/1/decisions", {**body, "extra": 1}).status_code == 422
    made = lan.post("/cases/1/decisions", {**body, "evidence": ["fact:an-phu-2024"]}).json()["decision"]
    assert tuan.post(f"/decisions/{made}/undo").status_code == 403
    assert lan.post("/cases/1/decisions", body).status_code == 409
    assert lan.get("/cases/999").status_code == 404


@pytest.mark.parametrize("name", ["state", "right", "reason", "kind", "age", "spread", "order", "lane", "rights"])
def test_a_misspelt_filter_is_refused_and_takes_no_case_in_hand(world: World, name: str) -> None:
    lan = Caller(world)
    for answer in (lan.get("/cases", **{name: "crc"}), lan.client.post("/api/v1/next", params={name: "crc"})):
        assert (answer.status_code, name in answer.text) == (422, True)
    assert holds.held_by(world.db, "lan") == []
    assert lan.get("/cases", state="", right="CRC", page=1).json()["matching"] == 2


def test_the_locked_desk_says_so_to_a_token_that_is_good(world: World) -> None:
    lan = Caller(world)
    audit.lock(world.db, "chi", locked=True)
    said = lan.get("/cases")
    assert (said.status_code, "desk is locked" in said.json()["detail"]) == (401, True)
    wrong = lan.client.get("/api/v1/cases", headers={"Authorization": "Bearer soi_x"})
    assert (wrong.status_code, "is unknown, has ended" in wrong.json()["detail"]) == (401, True)


def test_what_is_half_filled_in_is_listed_and_no_case_in_hand_that_is_merged_away(world: World) -> None:
    lan, one, into, browser = Caller(world), world.cases["children"], world.cases["party"], world.anybody("lan")
    lan.post(f"/cases/{one}/hold", {})
    lan.send("PUT", f"/cases/{world.cases['treaty']}/draft", {"note": "Hỏi lại."})
    lan.post(f"/cases/{one}/merge", {"into": into})
    mine = lan.get("/mine").json()
    assert (mine["filled_in"], [one["case"] for one in mine["held"]]) == ([world.cases["treaty"]],) * 2
    assert "Đã điền, chưa gửi" in text_of(browser.get("/mine"))
    browser.decide(world.cases["treaty"], "unverifiable", "not_public")
    assert "Đã điền, chưa gửi" not in text_of(browser.get("/mine"))


def test_a_note_that_was_not_recorded_is_listed_though_a_colleague_decided_the_case_and_a_mere_tick_is_not(
    world: World,
) -> None:
    lan, minh, case, other = Caller(world), world.anybody("minh"), world.cases["children"], world.cases["treaty"]
    for one, note in ((case, "Gọi chị Hạnh."), (other, "")):
        lan.send("PUT", f"/cases/{one}/draft", {"verdict": "opinion", "note": note})
        minh.post(f"/case/{one}/release", free="1")
        minh.decide(one, "unverifiable", "not_public")
    assert lan.get("/mine").json()["filled_in"] == [case]
    browser = world.anybody("lan")
    assert "Ghi chú của bạn, chưa được lưu" in text_of(browser.get(f"/case/{case}"))
    browser.post(f"/case/{case}/note", note="Gọi chị Hạnh.")
    assert lan.get("/mine").json()["filled_in"] == []


def test_a_case_whose_words_were_erased_is_answered_with_why_there_is_no_answer(world: World) -> None:
    lan, case = Caller(world), world.cases["treaty"]
    for path in ("brief", "claimreview", "reasons"):
        assert "No verdict stands" in lan.get(f"/cases/{case}/{path}").json()["detail"]
    world.anybody("lan").decide(case, "false", "contradicted_by_record", "fact:cong-uoc")
    url = posts.versions_of(world.db, cases.posts_of(world.db, case)[0])[-1].url
    erasure.erase(world.db, url, person="chi", reason="trên giấy")
    for path in ("brief", "claimreview", "reasons"):
        told = lan.get(f"/cases/{case}/{path}")
        assert (told.status_code, "erased on request" in told.json()["detail"]) == (404, True)
    assert [(one["erased"], one["blind"]) for one in lan.get("/mine").json()["decisions"]] == [(True, False)]


def test_a_merged_case_says_where_its_posts_are(world: World) -> None:
    lan, case, into = Caller(world), world.cases["children"], world.cases["party"]
    lan.post(f"/cases/{case}/merge", {"into": into})
    verdict = {"verdict": "unverifiable", "reason": "not_public"}
    parts = ("", "/posts", f"/posts/{case}", "/draft", "/brief", "/reasons")
    told = [lan.get(f"/cases/{case}{part}") for part in parts]
    told += [lan.post(f"/cases/{case}/{part}", verdict) for part in ("decisions", "hold")]
    for gone in told:
        assert (gone.status_code, gone.json()["detail"]) == (404, f"The posts of case {case} are in case {into} now.")
    browser = world.anybody("lan").client
    for part in ("", "/evidence?q=tre+em", "/posts", "/brief"):
        gone = browser.get(f"/case/{case}{part}", follow_redirects=False)
        mark = "" if part else "?merged=1"
        assert (gone.status_code, gone.headers["location"]) == (303, f"/case/{into}{part}{mark}")


@pytest.mark.parametrize("eid", ["factcheck:²", "factcheck:99999999999999999999", "decision:٣"])
def test_evidence_that_cannot_be_is_refused_in_one_sentence(world: World, eid: str) -> None:
    lan, case = Caller(world), world.cases["treaty"]
    body = {"verdict": "false", "reason": "repeats_refuted", "evidence": [eid]}
    answer = lan.post(f"/cases/{case}/decisions", body)
    assert (answer.status_code, answer.json()) == (409, {"detail": f"There is no evidence {eid}."})
    assert lan.post(f"/cases/{case}/evidence", {"eid": eid}).status_code == 404


def test_a_second_reader_is_asked_for_by_program_too(world: World) -> None:
    lan, case = Caller(world), world.cases["treaty"]
    body = {"verdict": "opinion", "reason": "view", "second": True}
    assert lan.send("PUT", f"/cases/{case}/draft", body).json()["second"] is True
    assert lan.get(f"/cases/{case}/draft").json()["second"] is True
    assert lan.post(f"/cases/{case}/decisions", body).status_code == 201
    assert cases.case(world.db, case).state == "second"  # type: ignore[union-attr]


def test_a_page_shows_the_cases_own_verdict_as_never_enough(world: World) -> None:
    lan, case = Caller(world), world.cases["treaty"]
    made = lan.post(f"/cases/{case}/decisions", {"verdict": "opinion", "reason": "view"}).json()["decision"]
    world.anybody("lan").post(f"/case/{case}/reopen", changed="Có bản khác")
    lan.post(f"/cases/{case}/evidence", {"eid": f"decision:{made}"})
    body = {"verdict": "false", "reason": "repeats_refuted", "evidence": [f"decision:{made}"]}
    assert lan.post(f"/cases/{case}/decisions", body).status_code == 409
    roles = {e["eid"]: e["role"] for e in lan.get(f"/cases/{case}").json()["evidence"]}
    assert roles[f"decision:{made}"] == "party"
    assert "một mình không đủ làm căn cứ" in world.anybody("lan").get(f"/case/{case}").text


NO_GOOD, NONE_SENT = "This token is unknown, has ended or was taken back.", "Send a token: Authorization: Bearer soi_…"


@pytest.mark.parametrize(
    ("header", "said"),
    [("", NONE_SENT), ("Bearer", NONE_SENT), ("Bearer soi_x", NO_GOOD), ("Basic bGFuOng=", NONE_SENT),
     ("bearer ' OR 1=1", NO_GOOD)],
)  # fmt: skip
def test_no_token_no_answer(world: World, header: str, said: str) -> None:
    client = world.anybody("lan").client  # a browser's cookie opens no API: no form seal guards it
    answer = client.get("/api/v1/cases", headers={"authorization": header})
    assert (answer.status_code, answer.json()) == (401, {"detail": said})
    assert answer.headers["www-authenticate"] == "Bearer"


def test_many_verdicts_sent_at_once_without_what_was_seen_are_one(world: World) -> None:
    lan, tuan = Caller(world), Caller(world, "tuan")
    body = {"verdict": "unverifiable", "reason": "no_evidence_yet"}

    def send(number: int, to: int) -> int:
        return int((lan if number % 2 else tuan).post(f"/cases/{to}/decisions", body).status_code)

    for number in world.cases.values():
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(partial(send, to=number), range(8)))
        assert sorted(answers) == [201] + [409] * 7
        assert len(decisions.history(world.db, number)) == 1


def test_a_verdict_given_since_a_case_was_opened_refuses_the_next_though_nothing_was_said_to_be_seen(
    world: World,
) -> None:
    def open_of(name: str) -> tuple[Visit, opened.Open]:
        person = people.person(world.db, name)
        visit = Visit(
            Request({"type": "http", "headers": []}), world.db, world.home.settings().desk, person, "", words("vi")
        )
        return visit, opened.open_case(visit, world.cases["treaty"])

    (visit, first), (_, again) = open_of("lan"), open_of("lan")
    filled = deciding.Filled("unverifiable", "no_evidence_yet")
    made = deciding.record(visit, first, filled, None)
    for share in (0.0, 1.0):  # decided, or waiting for its second reader
        if share:
            decisions.ask_second(world.db, made)
        with pytest.raises(decisions.DecisionRefused):
            deciding.record(visit, again, filled, None)
    assert cases.case(world.db, world.cases["treaty"]).state == "second"  # type: ignore[union-attr]


def test_what_people_tell_of_their_own_lives_gets_no_verdict_on_truth_and_no_claim_review(world: World) -> None:
    lan, own, claim = Caller(world), world.cases["testimony"], world.cases["treaty"]
    body = {"verdict": "false", "reason": "contradicted_by_record", "evidence": ["fact:cong-uoc"]}
    refused = lan.post(f"/cases/{own}/decisions", body)
    assert (refused.status_code, "own lives" in refused.json()["detail"]) == (409, True)
    for one, into in ((own, claim), (claim, own)):
        assert lan.post(f"/cases/{one}/merge", {"into": into}).status_code == 409
        lan.post(f"/cases/{into}/release")
    told = lan.get(f"/cases/{own}").json()["posts"][0]["url"]
    lan.post(f"/cases/{own}/decisions", {"verdict": "unverifiable", "reason": "not_public"})
    assert lan.get(f"/cases/{own}/claimreview").status_code == 404
    assert told not in lan.get(f"/cases/{own}/brief").text + lan.get(f"/cases/{own}/reasons").text


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "hold", None, 409), ("POST", "hand", {"to": "tuan"}, 409), ("PUT", "draft", {"note": "Hỏi lại"}, 409),
        ("POST", "notes", {"text": "Hỏi lại"}, 404), ("POST", "evidence", {"eid": "news:luat-su-hanh"}, 404),
    ],
)  # fmt: skip
def test_what_waits_for_its_turn_to_write_goes_by_what_was_written_meanwhile(
    world: World, method: str, path: str, body: Any, status: int
) -> None:
    lan, case, into = Caller(world), world.cases["treaty"], world.cases["children"]
    lan.get("/cases")  # the first call takes longest
    with ThreadPoolExecutor(1) as pool:
        with write(world.db):
            sent = pool.submit(lan.send, method, f"/cases/{case}/{path}", body)
            time.sleep(1)  # it waits by now
            if status == 404:
                moves.merge(world.db, case, into, person="minh")
            else:
                decisions.decide(world.db, NewDecision(case, "minh", Verdict.OPINION, "view"))
        assert sent.result().status_code == status
    assert holds.holder(world.db, case) is None


def test_two_administrators_who_put_each_other_out_at_once_leave_one(world: World) -> None:
    people.add(world.db, "dung", role="admin")
    chi, dung = Caller(world, "chi"), Caller(world, "dung")
    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(who.send, "PATCH", path, {"role": "lead"}) for who, path in
                ((chi, "/people/dung"), (dung, "/people/chi"))]  # fmt: skip
    assert 200 in {one.result().status_code for one in sent}
    assert [p.role for p in people.people(world.db)].count("admin") == 1
    left = next(p.name for p in people.people(world.db) if p.role == "admin")
    with pytest.raises(people.PersonRefused):
        people.change(world.db, left, off=True)


@pytest.mark.parametrize("odd", ["//[", "http://["])
def test_an_address_that_is_none_is_answered_in_one_sentence(world: World, odd: str) -> None:
    lan = Caller(world)
    assert lan.send("PUT", "/views/Lạ", {"query": odd}).status_code == 422
    passage = {"text": "Một câu nói trọn.", "source": "Ai đó", "url": "http://["}
    assert lan.post("/cases/1/evidence", passage).json() == {"detail": "An address starts with https:// or http://."}
    for url in ("https://zalo.me/0912345678", "https://so.example/?mail=ten%40so.example"):
        said = lan.post("/cases/1/evidence", passage | {"url": url}).json()["detail"]
        assert said == "This address leads to a person (by a number, e-mail or page of theirs); give another, or none."
    nobody = world.anybody()
    assert nobody.get("/login", next=odd).status_code == 200
    form = {"seal": nobody.seal("/login"), "name": "lan", "password": PASSWORD, "target": odd}
    assert nobody.client.post("/login", data=form, headers={"origin": "http://["}).status_code == 403
    assert nobody.client.post("/login", data=form, follow_redirects=False).headers["location"] == "/"


def test_a_revoked_token_is_none(world: World) -> None:
    lan = Caller(world)
    people.revoke_token(world.db, "lan", str(people.tokens(world.db, "lan")[0]["id"]))
    revoked = lan.get("/cases")
    assert (revoked.status_code, revoked.json()) == (401, {"detail": NO_GOOD})
    off = Caller(world, "tuan")
    people.change(world.db, "tuan", off=True)
    assert off.get("/cases").json() == revoked.json(), "why it is none is told to nobody"


def test_schemathesis_finds_no_answer_outside_the_schema(world: World) -> None:
    tokens = {name: people.make_token(world.db, name, label="schemathesis") for name in ("minh", "chi")}
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", world.app)
    operations = [operation.ok() for operation in schema.get_all_operations()]
    assert len(operations) >= 40
    for operation in operations:
        _call_with_anything(operation.as_strategy(), tokens["chi" if "people" in (operation.tags or []) else "minh"])
    actions = {row.action for case in range(1, 8) for row in decisions.history(world.db, case)}
    assert actions <= {"decide", "undo"}


def _call_with_anything(strategy: Any, token: str) -> None:
    """Requests made up from the schema; each answer has to be one that the schema promises."""

    every = list(HealthCheck)

    @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=every)
    @given(case=strategy)
    def call(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    call()


def test_programs_hold_hand_over_split_merge_and_add_evidence(world: World) -> None:
    lan, minh = Caller(world), Caller(world, "minh")
    case = lan.post("/next").json()["case"]
    assert case == world.cases["children"]
    assert minh.post(f"/cases/{case}/hold").json()["person"] == "lan"
    assert minh.post(f"/cases/{case}/hand", {"to": "minh"}).status_code == 409
    posts = [post["post_id"] for post in lan.get(f"/cases/{case}").json()["posts"]]
    move = lan.post(f"/cases/{case}/split", {"posts": posts[-1:]}).json()
    assert lan.post(f"/moves/{move['id']}/undo").status_code == 200
    assert lan.post(f"/moves/{move['id']}/undo").status_code == 409
    assert lan.post(f"/cases/{case}/merge", {"into": world.cases["party"]}).status_code == 201
    other = world.cases["treaty"]
    added = lan.post(f"/cases/{other}/evidence", {"text": "Phê chuẩn năm 2015.", "source": "Báo Sông Hương"}).json()
    assert added["eid"] in {e["eid"] for e in lan.get(f"/cases/{other}").json()["evidence"]}
    assert lan.post(f"/cases/{other}/evidence", {"text": "x", "source": "y", "url": "javascript:x"}).status_code == 422
    assert lan.post(f"/cases/{other}/hand", {"to": "minh", "note": "Nhờ anh"}).json() == {"to": "minh"}
    assert minh.post("/next").json()["case"] == other
    assert lan.get("/pulse").json() == {"detail": "Your role doesn't include this."}
    assert minh.get("/pulse").json()["sources"]


def test_what_became_of_a_runs_items_is_told_by_page_and_api(world: World) -> None:
    with runs.run(world.db, "score") as number:
        runs.add_outcomes(world.db, number, Counter({("song-huong", "flagged"): 7}))
    (told, *_) = Caller(world, "minh").get("/pulse").json()["runs"]
    assert (told["id"], told["step"], told["inputs"], told["outcomes"]) == (number, "score", 7, {"flagged": 7})
    assert "7 bằng chứng nói khác" in text_of(world.anybody("minh").get("/pulse"))
