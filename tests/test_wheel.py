"""The wheel has everything in it: installed elsewhere, away from the checkout, Soi works from an empty folder."""

import os
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from pipeline.home import Home
from pipeline.operations.state import read_state

ROOT = Path(__file__).parents[1]
ROOMS = ("soi", "crawlers", "classifier", "pipeline", "review")
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("SOI_", "PYTHON"))}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built from a checkout that is a home with a model of its own."""
    dist, checkout = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("checkout")
    (checkout / "models" / "mine").mkdir(parents=True)
    (checkout / "models" / "mine" / "card.json").touch()
    ours = ("pyproject.toml", "README.md", "LICENSE", "data", "models/default", "models/floors.json")
    for name in (*ours, *ROOMS):
        (checkout / name).symlink_to(ROOT / name)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist)]
    made = subprocess.run(build, cwd=checkout, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    (path,) = dist.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def bin_(wheel, tmp_path_factory) -> Path:
    """A fresh environment with the wheel in it; its dependencies are lent from the one the tests run in."""
    place = tmp_path_factory.mktemp("venv")
    venv.create(place, with_pip=False)
    (site,) = place.glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")  # its own .pth files aren't followed
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    done = subprocess.run(pip, env=CLEAN, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return place / "bin"


def soi(bin_: Path, folder: Path, *words: str) -> str:
    done = subprocess.run([bin_ / "soi", *words], cwd=folder, env=CLEAN, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


SHIPPED = (
    "soi/shipped/data/facts.toml", "soi/shipped/data/lexicon.toml", "soi/shipped/models/default/card.json",
    "crawlers/sources.toml", "soi/example.toml", "soi/demo.toml", "review/templates/queue.html",
)  # fmt: skip


def test_the_wheel_holds_what_ships_and_nothing_of_a_home(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert set(SHIPPED) <= set(names)
    assert not [name for name in names if name.endswith((".db", ".log", "-wal"))]
    assert {name.split("/")[3] for name in names if "shipped/models/" in name} == {"default", "floors.json"}
    assert {name.partition("/")[0].partition("-")[0] for name in names} == set(ROOMS)
    assert wheel.stat().st_size < 20_000_000


def test_the_wheel_holds_every_file_of_data_that_the_code_reads(wheel):
    code = "".join(path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    made = {"soi.db", "exports.jsonl", "erased.txt"}  # by a home: a checkout may be one
    read = [path for path in (ROOT / "data").iterdir() if path.name not in made and f'"{path.name}"' in code]
    files = [file for path in read for file in (path.iterdir() if path.is_dir() else [path]) if file.is_file()]
    assert {"contrasts.jsonl", "protected.jsonl"} <= {file.name for file in files}
    inside = zipfile.ZipFile(wheel)
    shipped = {name: inside.read(name) for name in inside.namelist() if name.startswith("soi/shipped/data/")}
    whole = {f"soi/shipped/{file.relative_to(ROOT)}": file.read_bytes() for file in files}
    assert shipped.keys() == whole.keys()
    assert [name for name in whole if shipped[name] != whole[name]] == []  # to tell how bytes differ takes minutes


def test_the_code_that_runs_is_the_wheels(bin_, tmp_path):
    program = "import soi, classifier, pipeline, review; print(*(m.__file__ for m in (soi, pipeline, review)))"
    command = [bin_ / "python", "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=CLEAN, capture_output=True, text=True, check=True)
    assert str(ROOT / "soi") not in done.stdout
    assert str(bin_.parent) in done.stdout


def test_it_makes_a_home_and_runs_the_demo_in_an_empty_folder(bin_, tmp_path):
    assert "doctor" in soi(bin_, tmp_path, "--help")
    assert "new facts" in soi(bin_, tmp_path, "init")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "soi.toml", "sources.toml"]
    assert "crawl.contact" in soi(bin_, tmp_path, "settings")
    said = soi(bin_, tmp_path, "demo", "--once")
    assert "flagged" in said


def test_it_runs_by_itself_in_an_empty_folder(bin_, tmp_path):
    soi(bin_, tmp_path, "init")
    (tmp_path / "sources.toml").write_text("")
    process = subprocess.Popen([bin_ / "soi", "run", "--port", "0"], cwd=tmp_path, env=CLEAN, stderr=subprocess.DEVNULL)
    try:
        limit = time.monotonic() + 120
        while not (desk := read_state(Home(tmp_path)).desk) and time.monotonic() < limit:
            time.sleep(0.1)
        for path, said in (("/readyz", "ready\n"), ("/static/desk.css", "")):
            with urllib.request.urlopen(desk + path, timeout=60) as answer:
                assert answer.status == 200
                assert said in answer.read().decode()
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
