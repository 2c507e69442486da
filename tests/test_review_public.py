"""What readers are told once a post was erased, of earlier verdicts, after a merge, and of what hides in a text."""

from desk_visit import World
from desk_world import CLAIM, add_post, add_score

from pipeline.store import cases
from pipeline.store.erasure import erase


def test_no_answer_says_where_or_when_an_erased_post_stood(world: World) -> None:
    lan, case = world.anybody("lan"), world.cases["children"]
    early = add_post(world.db, "dien-dan-ben-song", "som", f"Nghe nói {CLAIM}", published="2026-10-03T08:00:00.000Z")
    add_score(world.db, early, CLAIM, reasons=("CONTRADICTS_EVIDENCE",))
    cases.join_case(world.db, case, early)
    lan.decide(case, "false", "contradicted_by_record", "fact:an-phu-2024")
    erase(world.db, "https://dien-dan-ben-song.example/som", person="chi", reason="trên giấy")
    told = "".join(str(lan.get(f"/case/{case}/{path}").text) for path in ("brief", "brief.md", "claimreview.json"))
    assert ("erased:" in told, "3/10/2026" in told, "2026-10-03" in told) == (False, False, False)
    assert "https://song-huong.example/lo-gach" in told
