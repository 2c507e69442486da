"""The home folder: paths, settings, and errors that say what to do."""

import os
import time

import pytest
from filled import typed

from classifier.files import shipped
from crawlers.sources import SourcesError
from pipeline.home import Home
from pipeline.operations.doctor import examine
from pipeline.operations.running import Running
from pipeline.operations.state import LOOK
from pipeline.settings import DeskSettings, HomeError, explain_settings, load_settings
from soi.operator import load_sources


def test_a_missing_home_says_how_to_make_one(tmp_path):
    with pytest.raises(HomeError, match="soi init"):
        Home(tmp_path / "nowhere").require()


def test_defaults_hold_where_there_is_no_file(tmp_path):
    assert load_settings(tmp_path / "soi.toml").desk.host == "127.0.0.1"


@pytest.mark.parametrize(("text", "said"), [
    ("[desk]\nprot = 1", r"no setting desk.prot. Did you mean port\?"),
    ("[dekc]\nport = 1", r"no setting dekc"),
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


def test_a_list_of_sources_that_was_taken_away_gives_way_to_none_that_ships(tmp_path):
    home, away = Home(tmp_path), tmp_path / "aside.toml"
    for words in (("init",), ("status",)):
        assert typed(home, *words).exit_code == 0
    home.sources.rename(away)
    for words in (("crawl",), ("sources", "list"), ("sources", "check"), ("sources", "off", "vnexpress")):
        assert "sources.toml isn't there; put it back" in str(typed(home, *words).exception), words
    running = Running(home, pid=os.getpid())
    running._next_worker = time.monotonic() + 999
    running.tick()
    assert (running.sources, home.sources.exists()) == ([], False)
    assert "sources.toml isn't there" in running.state.jobs[LOOK].said
    told = next(check for check in examine(home) if check.what == "sources")
    assert (told.state, "bring it back" in told.advice) == ("bad", True)
    away.rename(home.sources)
    assert typed(home, "sources", "off", "vnexpress").exit_code == 0
