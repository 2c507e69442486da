"""A small home for trying the desk: our own sentences about invented people, put in through the store's functions."""

from pathlib import Path

from sqlite_utils import Database

from pipeline.home import Home
from pipeline.records import EvidenceRow, FactCheckRow, NewPost, PassageRow, ScoreRow
from pipeline.store import cases, evidence, factchecks, open_store, posts, scores
from pipeline.store.posts import post_by

SOURCES = (
    ("song-huong", "Báo Sông Hương", "feed", "independent"),
    ("tin-mien-bien", "Tin Miền Biển", "feed", "independent"),
    ("dien-dan-ben-song", "Diễn đàn Bến Sông", "forum", "independent"),
    ("kenh-gio-nui", "Kênh Gió Núi", "telegram", "independent"),
    ("so-lao-dong-an-phu", "Sở Lao động An Phú", "feed", "party"),
)

PASSAGES = (
    PassageRow(
        "law:tre-em-11", "Người sử dụng lao động không được nhận trẻ em chưa đủ 13 tuổi làm việc, trừ công việc nghệ"
        " thuật và thể thao có sự đồng ý của cha mẹ và cơ quan tỉnh.", "Luật Lao động An Phú, Điều 11", "primary",
        kind="law", date="2019-11-20", valid_from="2021-01-01",
    ),
    PassageRow(
        "fact:an-phu-2024", "Theo báo cáo thường niên của tổ chức Mái Hiên, trong năm 2024 tỉnh An Phú ghi nhận 12 trẻ"
        " em phải nghỉ học để đi làm ở xưởng gạch.", "Tổ chức Mái Hiên", "independent", date="2025-02-14",
        url="https://mai-hien.example/bao-cao-2024",
    ),
    PassageRow(
        "news:so-an-phu", "Sở Lao động An Phú khẳng định không có trẻ em nào làm việc trong các xưởng gạch ở đây.",
        "Sở Lao động An Phú", "party", kind="news", date="2025-03-02",
    ),
    PassageRow(
        "fact:cong-uoc", "Công ước về quyền của người khuyết tật được phê chuẩn ngày 5 tháng 2 năm 2015.",
        "Kho lưu trữ điều ước", "primary", date="2015-02-05", url="https://luu-tru.example/crpd",
    ),
    PassageRow(
        "fact:tam-giu", "Thời hạn tạm giữ là 3 ngày, và được gia hạn không quá 2 lần, mỗi lần 3 ngày.",
        "Bộ luật Tố tụng An Phú, Điều 118", "primary", kind="law", date="2015-11-27",
    ),
    PassageRow(
        "news:luat-su-hanh", "Luật sư Trần Thị Hạnh cho biết thân chủ của bà được gặp gia đình sau 4 ngày.",
        "Tin Miền Biển", "independent", kind="news", date="2025-04-11", url="https://mien-bien.example/hanh",
    ),
)  # fmt: skip

CLAIM = "Năm 2024 có 1.200 trẻ em ở tỉnh An Phú phải nghỉ học để đi làm ở xưởng gạch."
BEFORE = "Chiều qua, ông Lê Văn Sạn kể chuyện làng gạch bên sông. "
AFTER = " Nhiều người đọc xong đã bàn tán cả buổi tối. Chính quyền xã nói sẽ kiểm tra từng lò."


def slot(kind: str, claim: str, ours: str, passage: str, theirs: str) -> dict[str, object]:
    """A slot that differs, with both spans."""
    at, there = claim.find(ours), passage.find(theirs)
    return {
        "kind": kind, "claim_text": ours, "evidence_text": theirs,
        "claim": [at, at + len(ours)], "evidence": [there, there + len(theirs)],
    }  # fmt: skip


def _text(eid: str) -> str:
    return next(p.text for p in PASSAGES if p.eid == eid)


def against(eid: str, claim: str, kind: str, ours: str, theirs: str, p: float = 0.93) -> EvidenceRow:
    """A passage that says otherwise about one slot."""
    role = next(p.role for p in PASSAGES if p.eid == eid)
    return EvidenceRow(
        eid, "contradicts", p, role=role, slot=kind, slots=(slot(kind, claim, ours, _text(eid), theirs),)
    )


def beside(eid: str, relation: str = "related", p: float = 0.4) -> EvidenceRow:
    """A passage on the same matter."""
    return EvidenceRow(eid, relation, p, role=next(p.role for p in PASSAGES if p.eid == eid))


def add_post(db: Database, source: str, url: str, text: str, *, title: str = "", published: str = "") -> int:
    """A post as the intake would write it; returns its number."""
    url = f"https://{source}.example/{url}"
    posts.take_post(db, NewPost(source, url, text, title=title, published=published or "2026-11-20T08:00:00.000Z"))
    found = post_by(db, url)
    assert found is not None
    return found.post_id


def add_score(
    db: Database, post_id: int, claim: str, *, reasons: tuple[str, ...], rights: tuple[str, ...] = ("CRC",),
    p: float = 0.9, kind: str = "claim", found: tuple[EvidenceRow, ...] = (), model: str = "2026.1",
    detail: dict[str, object] | None = None,
) -> int:  # fmt: skip
    """The score of a post's present text."""
    version = post_by(db, str(post_id))
    assert version is not None
    start = max(0, version.reading.find(claim))
    row = ScoreRow(
        version.id,
        model,
        kind,
        rights,
        p,
        bool(reasons),
        reasons,
        claim,
        start,
        start + len(claim),
        0.8,
        detail or {},
        evidence=found,
    )
    number = scores.add_score(db, row, outcome="flagged")
    assert number is not None
    return number


def open_with(db: Database, post_id: int, score_id: int, claim: str) -> int:
    """A case of one post."""
    return cases.open_case(db, post_id, claim=claim, score_id=score_id)


def seed(db: Database) -> dict[str, int]:
    """Fill a store; returns the cases by a short name."""
    for id_, name, kind, role in SOURCES:
        db["sources"].insert(
            {"id": id_, "name": name, "kind": kind, "url": f"https://{id_}.example/", "use": "watch", "role": role}
        )
    evidence.put_passages(db, PASSAGES)
    factchecks.take(
        db,
        FactCheckRow(
            "tin-mien-bien", "https://mien-bien.example/kiem-chung/1", "Nước uống ở An Phú làm trẻ em mất trí nhớ.",
            "Sai", "false", publisher="Tin Miền Biển", published="2025-06-01",
        ),
    )  # fmt: skip
    return {
        "children": _children(db), "detention": _detention(db), "treaty": _treaty(db), "party": _only_party(db),
        "spreading": _spreading(db), "testimony": _testimony(db), "audit": _audit(db),
    }  # fmt: skip


def _children(db: Database) -> int:
    """Repeated in four sources; one post edited, one gone."""
    found = (
        against("fact:an-phu-2024", CLAIM, "number", "1.200", "12"),
        beside("law:tre-em-11"),
        EvidenceRow("news:so-an-phu", "contradicts", 0.7, role="party"),
    )
    first = add_post(db, "song-huong", "lo-gach", BEFORE + CLAIM + AFTER, title="Chuyện làng gạch bên sông")
    case = open_with(db, first, add_score(db, first, CLAIM, reasons=("CONTRADICTS_EVIDENCE",), found=found), CLAIM)
    for i, source in enumerate(("dien-dan-ben-song", "kenh-gio-nui", "tin-mien-bien")):
        post = add_post(
            db, source, f"lo-gach-{i}", f"Nghe nói {CLAIM[0].lower()}{CLAIM[1:]} Thương quá.", title="Lò gạch An Phú"
        )
        add_score(db, post, CLAIM, reasons=("CONTRADICTS_EVIDENCE",), found=found, p=0.88)
        cases.set_bands(db, post, [11, 12, 13 + i])
        cases.join_case(db, case, post)
    cases.set_bands(db, first, [11, 12])
    add_post(
        db,
        "song-huong",
        "lo-gach",
        BEFORE + CLAIM.replace("1.200", "gần 1.200") + AFTER,
        title="Chuyện làng gạch bên sông",
    )
    posts.mark_gone(db, "https://kenh-gio-nui.example/lo-gach-1")
    cases.refresh(db, case)
    return case


def _detention(db: Database) -> int:
    claim = "Anh Phạm Minh Kha bị tạm giữ 40 ngày mà không được gặp gia đình."
    found = (
        against("news:luat-su-hanh", claim, "number", "40 ngày", "4 ngày", p=0.81),
        beside("fact:tam-giu", "related", 0.5),
    )
    post = add_post(
        db, "dien-dan-ben-song", "tam-giu", f"Tin từ quán nước: {claim} Ai biết thêm thì viết tiếp.", title="Vụ anh Kha"
    )
    return open_with(
        db,
        post,
        add_score(db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), rights=("CCPR", "CAT"), p=0.74, found=found),
        claim,
    )


def _treaty(db: Database) -> int:
    claim = "Công ước về quyền của người khuyết tật được phê chuẩn năm 2020."
    found = (against("fact:cong-uoc", claim, "date", "năm 2020", "năm 2015", p=0.97),)
    post = add_post(
        db,
        "tin-mien-bien",
        "cong-uoc",
        f"{claim} Bà Đỗ Thị Ngân, 61 tuổi, nói đã chờ ngày ấy từ lâu.",
        title="Mười năm một công ước",
    )
    return open_with(
        db,
        post,
        add_score(db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), rights=("CRPD",), p=0.96, found=found),
        claim,
    )


def _only_party(db: Database) -> int:
    claim = "Hai xưởng gạch ở xã Gò Nổi đang thuê trẻ em mười tuổi."
    found = (EvidenceRow("news:so-an-phu", "contradicts", 0.66, role="party"),)
    post = add_post(db, "kenh-gio-nui", "go-noi", f"{claim} Chúng tôi có ảnh.", title="Gò Nổi")
    return open_with(
        db, post, add_score(db, post, claim, reasons=("CONTRADICTS_EVIDENCE",), p=0.55, found=found), claim
    )


def _spreading(db: Database) -> int:
    claim = "Từ tháng sau, công nhân nữ ở khu Bãi Dâu mang thai sẽ bị cắt hợp đồng."
    case = 0
    for i, source in enumerate(("song-huong", "dien-dan-ben-song", "kenh-gio-nui")):
        post = add_post(db, source, f"bai-dau-{i}", f"Tin nhắn lan khắp xóm trọ: {claim}", title="Bãi Dâu")
        score = add_score(db, post, claim, reasons=("UNSUPPORTED_SPREADING",), rights=("CEDAW", "CESCR"), p=0.2)
        if i:
            cases.join_case(db, case, post)
        else:
            case = open_with(db, post, score, claim)
    return case


def _testimony(db: Database) -> int:
    claim = "Tôi bị giữ ở đồn ba ngày và không ai cho tôi gọi về cho mẹ."
    post = add_post(db, "dien-dan-ben-song", "ke-lai", f"{claim} Giờ nghĩ lại tôi vẫn run.", title="Kể lại")
    return open_with(db, post, add_score(db, post, claim, reasons=(), rights=("CCPR",), p=0.1, kind="testimony"), claim)


def _audit(db: Database) -> int:
    claim = "Thư viện xã Gò Nổi mở thêm phòng đọc chữ nổi cho người khiếm thị."
    post = add_post(db, "song-huong", "thu-vien", f"{claim} Phòng có 40 cuốn sách.", title="Phòng đọc mới")
    return open_with(db, post, add_score(db, post, claim, reasons=("AUDIT",), rights=("CRPD",), p=0.05), claim)


def make_home(root: Path, *, settings: str = "") -> tuple[Home, dict[str, int]]:
    """A home with a seeded database and a soi.toml."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "soi.toml").write_text(settings or "[desk]\nsecond_reader_share = 0.0\n", encoding="utf-8")
    home = Home(root)
    db = open_store(home.database)
    found = seed(db)
    db.close()
    return home, found
