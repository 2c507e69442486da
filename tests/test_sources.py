"""sources.toml is read strictly, and what ships is sound."""

import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from crawlers.sources import KINDS, POSTED, Source, SourcesError, entry, load, parse, put, shipped, turn, write
from crawlers.urls import host_of
from pipeline.home import Home
from pipeline.inforce import HomeError
from pipeline.operations.running import Running
from pipeline.records import SOURCE_KINDS
from pipeline.research.describe import tables
from pipeline.store import open_store
from review import names
from soi.operator import load_sources

GOOD = (
    '[[source]]\nid = "bao"\nname = "Báo"\nkind = "feed"\nurl = "https://bao.test/rss"\nuse = "watch"\nrole = "party"\n'
)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("kind = ", "knd = "), 'unknown key "knd"; did you mean "kind"?'),
        (('"feed"', '"feeds"'), 'did you mean "feed"?'),
        (('"feed"', '"blog"'), "it is one of feed, sitemap"),
        (('"watch"', '"wach"'), 'did you mean "watch"?'),
        (('"feed"', '"evidence"'), 'a source of kind "evidence" has use = "evidence"'),
        (('"party"', '"partie"'), 'did you mean "party"?'),
        (("[[source]]", "[[sources]]"), "unknown table [sources]"),
        (("[[source]]", "[source]"), "two brackets"),
        (('name = "Báo"\n', ""), '"name" is missing'),
        (("https://bao.test/rss", "ftp://bao.test/"), "must be an http(s) address"),
        (("https://bao.test/rss", "https://me:secret@bao.test/"), "without a login"),
        (('"bao"', '"Báo 1"'), "an id is small letters"),
        (('role = "party"', 'role = "party"\noff = "yes"'), '"off" is true or false'),
        (('role = "party"', 'role = "party"\ndelay = 1'), '"delay" may make us slower'),
        (('role = "party"', 'role = "party"\ndelay = "slow"'), '"delay" is a number'),
        (('role = "party"', 'role = "party"\nevery = 5'), '"every" is between 15 minutes and 24 hours'),
        (('role = "party"', 'role = "party"\nevery = "soon"'), '"every" is minutes'),
        (("id = ", "id "), "isn't valid TOML: a name has no = behind it (line 2); mend that line and try again."),
        (('role = "party"', 'role = "party"\nid = "b"'), "a key stands twice"),
    ],
)
def test_a_typo_is_one_sentence_with_the_nearest_name(change: tuple[str, str], words: str) -> None:
    with pytest.raises(SourcesError) as error:
        parse(GOOD.replace(*change))
    assert words in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("kind", "url", "taken"),
    [
        ("telegram", "https://t.me/kenhthu", True),
        ("telegram", "https://t.me/s/kenhthu/", True),
        ("telegram", "https://t.me/kenhthu/21", True),
        ("telegram", "https://t.me/+AbCdEf", False),
        ("telegram", "https://t.me/joinchat/AbCdEf", False),
        ("telegram", "https://t.me/c/1234/5", False),
        ("telegram", "https://t.me/", False),
        ("bluesky", "https://bsky.app/profile/bao.test", True),
        ("bluesky", "https://api.test/xrpc/app.bsky.feed.getAuthorFeed?actor=bao.test", True),
        ("bluesky", "https://mang.test/profile/bao.test", False),
    ],
)
def test_an_address_that_its_kind_never_reads_is_refused(kind: str, url: str, taken: bool) -> None:
    text = GOOD.replace('"feed"', f'"{kind}"').replace("https://bao.test/rss", url)
    if taken:
        assert parse(text)[0].url == url
    else:
        with pytest.raises(SourcesError, match=r'"url" of a (Telegram|Bluesky) source is https://'):
            parse(text)
        assert parse(f"{text}off = true\n")[0].url == url, "one that is off stops nothing"


def test_an_address_that_its_kind_never_reads_is_not_switched_on(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(
        text := GOOD.replace('"feed"', '"telegram"').replace("https://bao.test/rss", "https://t.me/+Ab")
        + "off = true\n"
    )
    with pytest.raises(SourcesError, match="of a public channel"):
        turn(path, "bao", off=False)
    assert path.read_text() == text


@pytest.mark.parametrize("kind", POSTED)
def test_a_kind_that_holds_what_people_post_is_no_evidence(kind: str, tmp_path: Path) -> None:
    url = {"telegram": "https://t.me/kenhthu", "bluesky": "https://bsky.app/profile/bao.test"}.get(
        kind, "https://a.test/"
    )
    text = GOOD.replace('"feed"', f'"{kind}"').replace("https://bao.test/rss", url)
    assert parse(text)[0].use == "watch"
    asked = text.replace('"watch"', '"evidence"')
    for private in ("", "allow_private = true\n"):
        with pytest.raises(SourcesError, match=rf'kind "{kind}" brings posts and no evidence; set use = "watch"'):
            parse(asked + private)
    path = tmp_path / "sources.toml"
    path.write_text(f"{asked}off = true\n")
    assert load(path)[0].use == "evidence", "one that is off stops nothing"
    with pytest.raises(SourcesError, match='set use = "watch"'):
        turn(path, "bao", off=False)


def test_every_kind_is_where_kinds_are_told() -> None:
    page = (Path(__file__).parents[1] / "docs" / "sources.md").read_text(encoding="utf-8")
    table = page.partition("\n## Kinds\n")[2].partition("\n\n")[0]
    assert tuple(re.findall(r"^\| (\w+) \| (?!`url` is)", table, flags=re.M)) == KINDS, "the table of kinds"
    assert f"| `kind` | {', '.join(f'`{kind}`' for kind in KINDS)} |" in page, "the table of an entry's keys"
    *others, last = (f"`{kind}`" for kind in POSTED)
    assert f"A {', '.join(others)} or {last} brings posts" in page, "what is no evidence"
    assert tables()["sources"][1]["kind"] == ", ".join(KINDS), "data/schema.toml"
    assert (*KINDS[:-2], "other") == SOURCE_KINDS, "pipeline/records.py"
    assert tuple(names.KINDS) == SOURCE_KINDS, "review/names.py"


def test_the_same_id_twice_in_one_file_is_an_error() -> None:
    with pytest.raises(SourcesError, match="there twice"):
        parse(GOOD + GOOD)


def test_every_is_minutes_or_a_word() -> None:
    for text, minutes in (("30", 30), ('"30m"', 30), ('"2h"', 120), ('"1d"', 1440)):
        assert parse(f"{GOOD}every = {text}\n")[0].every == minutes


def test_a_rhythm_that_no_entry_names_is_that_of_the_settings(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.sources.write_text(f"{GOOD}\n{GOOD.replace('bao', 'hai')}every = 90\n")
    assert [source.every for source in load_sources(home)] == [60, 90]
    home.settings_file.write_text('[crawl]\nevery = "4h"\n')
    assert [source.every for source in load_sources(home)] == [240, 90]
    running = Running(home, pid=0)
    with closing(open_store(home.database)) as db:
        running._read_sources(db)
    assert [source.every for source in running.sources] == [240, 90]
    home.settings_file.write_text('[crawl]\nevery = "5m"\n')
    with pytest.raises(HomeError, match=r"crawl\.every.*between 15 minutes"):
        home.settings()


def test_a_later_file_replaces_an_entry_by_its_id(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD)
    (tmp_path / "b.toml").write_text(GOOD.replace("rss", "moi.rss") + "off = true\n")
    assert [(s.url, s.off) for s in load(tmp_path / "a.toml", tmp_path / "b.toml")] == [
        ("https://bao.test/moi.rss", True)
    ]


def test_a_file_is_read_as_windows_saves_it_and_in_another_charset_told(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(f"\ufeff{GOOD}", encoding="utf-8")
    turn(path, "bao", off=True)
    assert [source.off for source in load(path)] == [True]
    path.write_text(GOOD, encoding="utf-16")
    with pytest.raises(SourcesError, match="isn't UTF-8; save it as UTF-8"):
        load(path)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="can't be read"):
        load(tmp_path / "none.toml")


def test_an_entry_that_is_written_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    odd = Source('a"b\\c'.replace('"', "").replace("\\", ""), 'Tên "lạ" \\ \n', "forum", "https://a.test/f", every=90.0)
    write(path, odd)
    write(path, Source("hai", "Hai", "feed", "http://127.0.0.1/", allow_private=True, delay=0.0, off=True, note="x"))
    first, second = load(path)
    assert (first.id, first.name.strip(), first.every) == (odd.id, 'Tên "lạ" \\', 90.0)
    assert (second.delay, second.off, second.allow_private) == (0.0, True, True)
    with pytest.raises(SourcesError, match="already has"):
        write(path, odd)


def test_nothing_is_written_where_the_disk_of_the_list_is_away(tmp_path: Path) -> None:
    link, there = tmp_path / "sources.toml", tmp_path / "mounted.toml"
    link.symlink_to(there)
    with pytest.raises(SourcesError, match="is a link to"):
        write(link, parse(GOOD)[0])
    assert not there.exists()


def test_switching_off_and_on_leaves_every_other_line(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    text = f"# my sources\n\n{GOOD}\n# the second\n{GOOD.replace('bao', 'hai')}"
    path.write_text(text)
    turn(path, "bao", off=True)
    assert [source.off for source in load(path)] == [True, False]
    assert "# my sources" in path.read_text()
    assert "# the second" in path.read_text()
    turn(path, "bao", off=False)
    assert path.read_text() == text
    with pytest.raises(SourcesError, match='did you mean "bao"'):
        turn(path, "baoo", off=True)


ENTRY = GOOD.removeprefix("[[source]]\n")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f"[[ source ]]\n{ENTRY}", f"[[ source ]]\n{ENTRY}off = true\n"),
        (f"  [[source]]\n{ENTRY}  off = false\n", f"  [[source]]\n{ENTRY}off = true\n"),
        (f"{GOOD}\n# --- Forums ---\n", f"{GOOD}off = true\n\n# --- Forums ---\n"),
        (f"{GOOD.rstrip()}  # itself", f"{GOOD.rstrip()}  # itself\noff = true"),
    ],
)
def test_an_entry_is_switched_off_however_it_is_set(tmp_path: Path, text: str, after: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(text)
    turn(path, "bao", off=True)
    assert path.read_text() == after
    assert load(path)[0].off
    turn(path, "bao", off=False)
    assert not load(path)[0].off


@pytest.mark.parametrize(
    "text",
    [
        "source = [{" + ENTRY.strip().replace("\n", ", ") + "}]\n",
        f'{GOOD}note = """\noff = false\n"""\n',
        f'{GOOD}"off" = false\n',
        f'{GOOD}note = """\n[[source]]\n"""\n',
    ],
)
def test_a_layout_that_cannot_be_switched_is_left_to_the_operator(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(text)
    with pytest.raises(SourcesError, match="set its off to true by hand"):
        turn(path, "bao", off=True)
    assert path.read_text() == text


def test_a_list_of_sources_is_not_for_everybody_to_read_unless_its_owner_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    put(path, GOOD)
    assert path.stat().st_mode & 0o007 == 0
    path.chmod(0o644)
    turn(path, "bao", off=True)
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_list_of_sources_that_cannot_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    path, link = tmp_path / "sources.toml", tmp_path / "link.toml"
    path.write_text(GOOD)
    path.chmod(0o640)
    link.symlink_to(path)
    with pytest.raises(UnicodeEncodeError):
        put(path, f"{GOOD}# \ud800")
    assert (path.read_text(), sorted(tmp_path.iterdir())) == (GOOD, [link, path])
    turn(link, "bao", off=True)
    assert link.is_symlink()
    assert (load(path)[0].off, path.stat().st_mode & 0o777) == (True, 0o640)


def test_an_entry_leaves_out_what_is_as_by_default() -> None:
    assert entry(parse(GOOD)[0]) == GOOD
    whole = replace(parse(GOOD)[0], allow_private=True, delay=0, every=120)  # whole numbers, as a program may give them
    assert parse(entry(whole)) == [whole]


def test_what_ships_names_the_outlets_and_keeps_the_polite_pace() -> None:
    sources = load(shipped())
    ids = {source.id for source in sources}
    assert {"vnexpress", "tuoitre", "thanhnien", "dantri", "vietnamnet", "laodong", "laodongthudo"} <= ids
    assert {"bbc-vi", "voa-vi", "rfa-vi", "rfi-vi", "dw-vi", "tingia"} <= ids
    assert all(source.delay >= 5 and not source.allow_private for source in sources)
    assert all(source.off for source in sources if source.kind in POSTED)
    assert {source.kind for source in sources} == set(KINDS) - {"sitemap"}
    assert next(source for source in sources if source.id == "tingia").role == "party"
    assert all(
        source.role == "party" for source in sources if host_of(source.url).endswith(".gov.vn") and source.id != "vbpl"
    )
    assert "could be reached" in shipped().read_text(encoding="utf-8")
