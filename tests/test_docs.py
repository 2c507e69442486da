"""Docs that fail: a command, setting, outcome word, table or column that is nowhere explained."""

import re
from pathlib import Path

import pytest
import tomli
import typer
from typer.testing import CliRunner

from classifier.errors import install
from crawlers.items import Outcome
from pipeline.records import REASONS, RIGHTS, Flag, StepOutcome, Verdict
from pipeline.research.describe import renewed, tables
from pipeline.settings import Section, Settings
from pipeline.store import open_store, report
from review import answer
from review.names import DESK_ROLES, FLAGS, STATES, VERDICTS
from review.names import REASONS as REASONS_SHOWN
from review.words import words
from soi.front import app

ROOT = Path(__file__).resolve().parents[1]
DOCS = {path.name: path.read_text(encoding="utf-8") for path in [*ROOT.glob("docs/*.md"), *ROOT.glob("*.md")]}
WHOLE = "\n".join(text for name, text in DOCS.items() if name == "README.md" or not (ROOT / name).exists())
SHADOWS = re.compile(r"_fts_(data|idx|docsize|config|content)$|^sqlite_")


def schema(tmp_path) -> dict[str, list[str]]:
    db = open_store(tmp_path / "soi.db")
    names = [row[0] for row in db.conn.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    kept = [name for name in names if not SHADOWS.search(name)]
    return {name: [row[1] for row in db.conn.execute(f"PRAGMA table_xinfo({name})")] for name in kept}


def test_every_table_and_column_is_described_and_nothing_else_is(tmp_path):
    real, told = schema(tmp_path), tables()
    assert set(told) == set(real)
    for name, columns in real.items():
        if not name.endswith("_fts"):
            assert list(told[name][1]) == columns, name
    assert all(len(words) > 1 for _, columns in told.values() for words in columns.values())


def test_every_column_of_an_exported_file_is_described_and_nothing_else_is():
    columns = {"cases": report.OF_A_CASE, "reasons": report.OF_A_REASON, "decisions": report.OF_A_DECISION}
    columns["case"] = answer.CASE_COLUMNS
    told = {name: list(columns) for name, (_, columns) in tables("exports.toml").items()}
    assert told == {f"export {name}": list(names) for name, names in columns.items()}


def test_the_page_holds_the_descriptions_as_they_are():
    page = DOCS["tables.md"]
    assert renewed(page) == page, "run `python -m pipeline.research.describe`"


def commands(whole: typer.Typer, prefix: str = "soi") -> list[str]:
    found = [f"{prefix} {info.name or info.callback.__name__.rstrip('_')}" for info in whole.registered_commands]
    for group in whole.registered_groups:
        found += commands(group.typer_instance, f"{prefix} {group.name}")
    return found


def explained(command: str) -> bool:
    """Named in full, without its `soi`, or as `soi group one`, `two`, `three` in one line."""
    _, _, short = command.partition(" ")
    *group, name = command.split()
    whole = re.escape(" ".join(group))
    named = rf"`{re.escape(short)}[` ]|{re.escape(command)}\b"
    return bool(re.search(rf"{named}|{whole} [^\n|]*`{name}`", WHOLE))


@pytest.mark.parametrize("command", sorted(set(commands(app()))))
def test_every_command_is_in_the_docs(command):
    assert explained(command), f"{command} is in no page of docs/ nor in README.md"


@pytest.mark.parametrize(
    "word", [*map(str, Outcome), *map(str, StepOutcome), *map(str, Flag), *map(str, Verdict), *RIGHTS]
)
def test_every_word_of_the_vocabularies_is_in_the_docs(word):
    assert f"`{word}`" in WHOLE


def test_every_reason_of_a_verdict_is_in_the_docs():
    missing = [reason for reasons in REASONS.values() for reason in reasons if f"`{reason}`" not in WHOLE]
    assert missing == []


def test_every_section_of_the_settings_is_shown_in_the_example():
    text = (ROOT / "soi" / "example.toml").read_text(encoding="utf-8")
    sections = [name for name, field in Settings.model_fields.items() if isinstance(field.default, Section)]
    assert [name for name in sections if f"[{name}]" not in text] == []


@pytest.mark.parametrize("page", sorted(DOCS))
def test_every_link_between_pages_leads_somewhere(page):
    base = ROOT if (ROOT / page).exists() else ROOT / "docs"
    links = re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", DOCS[page])
    assert [name for name, _ in links if name and not (base / name).exists()] == []
    astray = [(name, part) for name, part in links if part and part not in headings(DOCS[Path(name or page).name])]
    assert astray == []


def headings(text: str) -> set[str]:
    """What links call the parts of a page: small letters, hyphens for blanks, no marks."""
    heads = re.findall(r"^#+ (.+)$", text, flags=re.M)
    return {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}


@pytest.mark.parametrize(("page", "language"), [("moderator.md", "en"), ("moderator.vi.md", "vi")])
def test_a_moderator_finds_the_words_of_the_desk_in_the_guide(page, language):
    names = [*VERDICTS.values(), *REASONS_SHOWN.values(), *FLAGS.values()]
    names += ["Very likely false", "Likely false", "May be false"]
    names += [*STATES.values(), *DESK_ROLES.values()]
    shown = [words(language).gettext(name).lower() for name in names]
    said = " ".join(DOCS[page].lower().split())
    assert [name for name in shown if name not in said] == []


def test_every_argument_and_option_is_explained():
    whole, bare = [("soi", typer.main.get_command(app()))], []
    for name, command in whole:
        whole += [(f"{name} {part}", below) for part, below in getattr(command, "commands", {}).items()]
        bare += [f"{name} {each.name}" for each in command.params if not getattr(each, "help", "")]
    assert (len(whole) > 50, bare) == (True, [])


def test_help_loses_no_words_in_brackets():
    for typed in (["--help"], ["probe", "--help"]):
        said = CliRunner().invoke(app(), typed, env={"COLUMNS": "200"}).output
        assert "for [parts] of soi.toml" in said


def test_nobody_is_told_to_ask_a_registry_for_soi():
    rooms = [
        path
        for room in ("soi", "crawlers", "classifier", "pipeline", "review")
        for path in ROOT.glob(f"{room}/**/*.py")
    ]
    told = [path.name for path in rooms if re.search(r"pip install|\bsoi\[", path.read_text(encoding="utf-8"))]
    assert told == ["errors.py"]
    assert install("age").startswith("`pip install '.[age]'`")
    assert [found for found in re.findall(r"pip install [^`\n]*soi\b[^`\n]*", WHOLE) if "/opt/soi" not in found] == []


def test_no_page_says_soi_has_a_command_it_has_not():
    known = {command.split()[1] for command in commands(app())}
    said = set(re.findall(r"`soi ([a-z]+)", WHOLE))
    assert said - known == set()


def test_every_library_has_its_reason():
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = {**project["project"]["optional-dependencies"], **project["dependency-groups"]}
    named = project["project"]["dependencies"] + [one for extra in extras.values() for one in extra]
    libraries = {re.split("[<>=]", one)[0] for one in named}
    reasons = {one.lower() for one in re.findall(r"[\w-]+", DOCS["choices.md"].partition("\n## Parts\n")[2])}
    assert len(libraries) > 50
    assert libraries - reasons == set()
