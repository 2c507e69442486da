"""The home folder: paths, settings, and errors that say what to do."""

import os
import time

import pytest
from filled import filled_home, typed

from classifier.files import shipped
from crawlers.sources import SourcesError, load
from crawlers.sources import shipped as shipped_list
from pipeline.home import Home
from pipeline.inforce import HomeError, explain_settings, load_settings
from pipeline.operations.backup import make_backup, restore
from pipeline.operations.doctor import examine
from pipeline.operations.running import Running
from pipeline.operations.state import LOOK, JobState
from pipeline.settings import DeskSettings
from soi.operator import load_sources


def test_a_missing_home_says_how_to_make_one(tmp_path):
    with pytest.raises(HomeError, match="soi init"):
        Home(tmp_path / "nowhere").require()


def test_defaults_hold_where_there_is_no_file(tmp_path):
    assert load_settings(tmp_path / "soi.toml").desk.host == "127.0.0.1"


@pytest.mark.parametrize(("text", "said"), [
    ("[desk]\nprot = 1", r"no setting desk.prot. Did you mean port\?"),
    ("[dekc]\nport = 1", r"no table \[dekc\]"),
    ("[desk]\nport = 'x'", r"desk.port"),
    ("[desk\n", r"isn't valid TOML"),
])  # fmt: skip
def test_a_typo_is_an_error_in_one_sentence(tmp_path, text, said):
    path = tmp_path / "soi.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(HomeError, match=said) as caught:
        load_settings(path)
    assert "\n" not in str(caught.value)


def test_the_environment_outranks_the_file_and_both_are_named(tmp_path, monkeypatch):
    path = tmp_path / "soi.toml"
    path.write_text("[desk]\nport = 9000\nhost = '127.0.0.2'\n", encoding="utf-8")
    monkeypatch.setenv("SOI_DESK__PORT", "9001")
    told = {name: (value, origin) for name, value, origin, _ in explain_settings(path)}
    assert told["desk.port"] == ("9001", "SOI_DESK__PORT")
    assert told["desk.host"] == ("127.0.0.2", "soi.toml")
    assert told["desk.hold_minutes"] == ("10", "default")


@pytest.mark.parametrize(("host", "begins"), [
    ("127.0.0.1", "http://127.0.0.1:8765"), ("::1", "http://[::1]:8765"), ("0.0.0.0", "http://127.0.0.1:8765"),
    ("::", "http://[::1]:8765"), ("desk.example", "http://desk.example:8765"),
])  # fmt: skip
def test_a_login_link_begins_with_an_address_that_opens(host, begins):
    assert DeskSettings(host=host).base_url == begins


def test_every_setting_has_a_sentence(tmp_path):
    assert all(sentence for _, _, _, sentence in explain_settings(tmp_path / "soi.toml"))


@pytest.mark.parametrize("parts", [("data", "facts.toml"), ("data", "lexicon.toml")])
def test_what_ships_is_found(parts):
    assert shipped(*parts).is_file()


def test_a_list_of_sources_whose_link_leads_nowhere_is_not_taken_for_none(tmp_path):
    home = Home(tmp_path)
    assert load_sources(home), "the list that ships"
    home.sources.symlink_to(tmp_path / "mounted" / "sources.toml")
    with pytest.raises(SourcesError, match=r"^sources\.toml is a link to .* mount its disk, or mend the link"):
        load_sources(home)
    assert {check.what: check.state for check in examine(home)}["sources"] == "bad"


def looking(home):
    """A `soi run` that starts nothing, after one look."""
    running = Running(home, pid=os.getpid())
    running._next_worker, running._start = time.monotonic() + 999, lambda *_, **__: None
    running.tick()
    return running


@pytest.mark.parametrize("settings", [True, False])
def test_a_list_of_sources_that_was_taken_away_gives_way_to_none_that_ships(tmp_path, settings):
    home, away = Home(tmp_path), tmp_path / "aside.toml"
    assert typed(home, "init").exit_code == 0
    home.sources.rename(away)
    if not settings:  # a home may be set by variables alone
        home.settings_file.unlink()
    for words in (("crawl",), ("sources", "list"), ("sources", "check"), ("sources", "off", "vnexpress")):
        assert "sources.toml isn't there; put it back" in str(typed(home, *words).exception), words
    running = looking(home)
    assert (running.sources, home.sources.exists()) == ([], False)
    assert "sources.toml isn't there" in running.state.jobs[LOOK].said
    told = next(check for check in examine(home) if check.what == "sources")
    assert (told.state, "bring it back" in told.advice) == ("bad", True)
    away.rename(home.sources)
    assert typed(home, "sources", "off", "vnexpress").exit_code == 0


def test_a_list_of_sources_written_by_hand_is_missed_once_it_was_looked_at_and_by_what_a_backup_brings_back(tmp_path):
    home, there = filled_home(tmp_path / "home"), Home(tmp_path / "there")
    home.settings_file.unlink()
    home.sources.write_text("")
    assert [looking(home).sources, load_sources(home)] == [[], []]
    home.sources.unlink()
    assert looking(home).sources == []
    restore(there, make_backup(home).path)
    for one in (home, there):
        with pytest.raises(SourcesError, match=r"sources\.toml isn't there; put it back"):
            load_sources(one)


def test_a_home_that_never_had_a_list_of_its_own_keeps_to_the_one_that_ships_whatever_its_settings(tmp_path):
    home = filled_home(tmp_path)
    home.settings_file.unlink()
    running, ours = looking(home), load(shipped_list())
    home.settings_file.write_text('[crawl]\ncontact = "a@b.c"\n')
    running.tick()
    assert running.state.jobs.get(LOOK, JobState()).said == ""
    assert [running.sources, looking(home).sources, load_sources(home)] == [ours] * 3


def test_soi_run_and_soi_init_say_of_a_list_of_sources_whose_link_leads_nowhere_to_mount_its_disk(tmp_path):
    home = filled_home(tmp_path)
    home.sources.symlink_to(tmp_path / "mounted" / "sources.toml")
    assert "mount its disk, or mend the link" in looking(home).state.jobs[LOOK].said
    assert "mount its disk, or mend the link" in typed(home, "init").stdout
    assert home.sources.is_symlink()
