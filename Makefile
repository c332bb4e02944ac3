# make run: read the page in input/ into output/.   make test: every check.   Both make their own environment first.
PYTHON ?= python3.11
BIN := .venv/bin

.PHONY: run test lint setup schemas requirements fuzz audit browser clean

run: $(BIN)/.runtime
	$(BIN)/zhengbao extract input -o output

test: lint browser
	$(BIN)/python -m pytest -n 2

lint: $(BIN)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

setup: $(BIN)/.development

schemas: $(BIN)/.runtime
	$(BIN)/python -m pipeline.schema

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(BIN)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/.development: requirements-dev.txt $(BIN)/.runtime
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

# The pinned versions anew, from the ranges in pyproject.toml.
COMPILE := $(BIN)/python -m piptools compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-find-links
requirements: $(BIN)/.development
	$(COMPILE) --extra build -o requirements.txt pyproject.toml
	$(COMPILE) --extra tables --extra cluster --extra build --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

# One target of the longer fuzzing (tests/fuzz/longer.py lists them), with the packages that only it needs.
TARGET ?= whole
SECONDS ?= 1800
fuzz: $(BIN)/.development
	$(BIN)/python -m pip install --quiet 'atheris>=3'
	$(BIN)/python -m tests.fuzz.longer $(TARGET) -max_total_time=$(SECONDS) -rss_limit_mb=4000

# Known holes of the pinned packages. It asks PyPI, so it is no part of the tests, which need no network. A package that the index
# has no data of fails it too, so that no data is never taken for no holes.
audit: $(BIN)/python
	$(BIN)/python -m pip install --quiet 'pip-audit>=2.7'
	$(BIN)/python -m pip_audit --require-hashes --disable-pip --strict -r requirements.txt

# The browser that the tests of the pages open; where it can't be installed they are passed over, but on CI they fail.
browser:
	@command -v chromium >/dev/null || { apt-get update --quiet --quiet && \
		apt-get install --yes --quiet --quiet --no-install-recommends chromium fonts-noto-cjk; } || \
		echo "no Chromium, and no right to install it: the tests of the pages are passed over"

clean:
	rm -rf .venv output dist .mypy_cache .ruff_cache .pytest_cache
