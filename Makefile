# Two commands are enough on a fresh machine: `make run` (the demo world and the desk) and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint bench lock clean gate
run: .venv/run.stamp
	$(BIN)/soi demo

test: .venv/dev.stamp
	$(BIN)/python -m pytest

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev.stamp
	$(BIN)/python -m benchmarks

gate: .venv/dev.stamp
	$(BIN)/soi evaluate --model default $(foreach d,gold datasets,$(if $(wildcard ../shared/$(d)),--on ../shared/$(d)))

# A lock names all there is to install, so nothing is resolved (--no-deps): pip 23.2 looks at the newest version of
# what a part asks for with an extra, and refuses it for having no hash.
.venv/run.stamp: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Soi needs Python 3.11 or newer; set PYTHON=python3.x" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -c 'import sqlite3, sys; sys.exit("Soi needs SQLite 3.43 or newer; this Python has " + sqlite3.sqlite_version if sqlite3.sqlite_version_info < (3, 43) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	touch $@

# Re-pin everything to the newest stable versions that pyproject.toml allows; the files name no host.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade
lock:
	$(LOCK) pyproject.toml --group build -o requirements.lock
	$(LOCK) pyproject.toml --all-extras --group build --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache
