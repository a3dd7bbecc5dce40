# Every target sets up what it needs; `make` alone lists them.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
WORKERS ?= 4
PARALLEL := -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# Some machines forbid Python to keep what it compiled; every process of a run would compile everything anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup demo test coverage soak bench lint types imports compiled style screenshots browser constraints clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

setup: $(READY) browser  ## the virtual environment, and Chromium where it can be had

demo: $(READY)  ## Saleslog against a local Slack workspace in the browser: nothing to register
	@$(BIN)/saleslog demo

test: $(READY)  ## everything that must hold, in a few minutes
	@$(MAKE) --no-print-directory --jobs 2 types compiled imports style browser
	@$(BIN)/pytest $(PARALLEL) -m "not soak"

coverage: lint browser  ## the same, and which lines and branches no test reaches
	@$(BIN)/pytest $(PARALLEL) -m "not soak" --cov --cov-report=term-missing:skip-covered --cov-fail-under=95

soak: $(READY) browser  ## the long runs, one after the other; each prints what it counted
	@SALESLOG_SOAK=1 $(BIN)/pytest -m soak -rA -o timeout=14400

bench: $(READY)  ## medians beside their floors (BENCH="search import" picks some)
	@$(BIN)/python tests/bench/run.py $(BENCH)

lint: $(READY)  ## style, types, direction of imports
	@$(MAKE) --no-print-directory --jobs 2 types imports style

types: $(READY)
	@$(BIN)/mypy

imports: $(READY)
	@$(BIN)/lint-imports --no-logo

compiled: $(READY)
	@$(BIN)/pytest --collect-only -qq > /dev/null || true  # what is wrong is told by the tests themselves

style: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

screenshots: $(READY) browser  ## the pictures of the README, made anew
	@$(BIN)/python tests/journeys/screenshots.py

browser:
	@.ci/chromium

constraints: $(READY)  ## pin what is installed now
	@$(BIN)/pip list --format=freeze --exclude saleslog --exclude pip --exclude setuptools > constraints.txt

clean:  ## forget the virtual environment and every cache
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*

$(READY): pyproject.toml constraints.txt
	@PYTHON="$(PYTHON)" .ci/environment
	@touch $@
