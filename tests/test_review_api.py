"""The JSON API: by token, described by OpenAPI, and unmoved by whatever is thrown at it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from desk_visit import World
from hypothesis import HealthCheck, given, settings

from pipeline.store import decisions, people


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "home")
    yield made
    made.close()


class Caller:
    """A program with a token."""

    def __init__(self, world: World, name: str = "lan") -> None:
        self.client = world.anybody().client
        self.client.headers["authorization"] = f"Bearer {people.make_token(world.db, name, label='test')}"

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", params=query)

    def post(self, path: str, body: Any = None) -> Any:
        return self.client.post(f"/api/v1{path}", json=body)


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
    assert lan.post(f"/decisions/{made.json()['decision']}/undo").json() == {"case": case}
    assert lan.get("/corrections").json()[0]["before"] == "false"
    assert lan.get("/evidence", q="cong uoc").json()[0]["eid"] == "fact:cong-uoc"


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


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer soi_x", "Basic bGFuOng=", "Bearer ' OR 1=1"])
def test_no_token_no_answer(world: World, header: str) -> None:
    client = world.anybody("lan").client  # a browser's cookie opens no API: no form seal guards it
    answer = client.get("/api/v1/cases", headers={"authorization": header})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_revoked_token_is_none(world: World) -> None:
    lan = Caller(world)
    people.revoke_token(world.db, "lan", str(people.tokens(world.db, "lan")[0]["id"]))
    assert lan.get("/cases").status_code == 401


def test_schemathesis_finds_no_answer_outside_the_schema(world: World) -> None:
    token = people.make_token(world.db, "minh", label="schemathesis")
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", world.app)
    operations = [operation.ok() for operation in schema.get_all_operations()]
    assert len(operations) >= 10
    for operation in operations:
        _call_with_anything(operation.as_strategy(), token)
    actions = {row["action"] for case in range(1, 8) for row in decisions.history(world.db, case)}
    assert actions <= {"decide", "undo"}


def _call_with_anything(strategy: Any, token: str) -> None:
    """Thirty requests made up from the schema; each answer has to be one that the schema promises."""

    @settings(max_examples=30, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
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
    assert lan.get("/pulse").status_code == 403
    assert minh.get("/pulse").json()["sources"]
