# The commands of this repository. 'make' lists them.
.DEFAULT_GOAL := help
.PHONY: help setup system neo4j demo test check format docs bench lock build clean
SHELL := /bin/bash
BIN := .venv/bin
PYTEST_ARGS ?=

help: ## list these commands
	@sed -n 's/^\([a-z0-9]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## install kg and its pinned dependencies into .venv
	@scripts/setup

system: ## install Java, Maven and Chromium where that is allowed, else say what is missing
	@scripts/setup-system

neo4j: setup system ## fetch the Neo4j server that the tests start
	@scripts/setup-neo4j

demo: setup ## run the worked case of examples/ into the folder demo/
	@scripts/demo

test: setup system neo4j check ## check, then run all tests (PYTEST_ARGS='-k path' for some)
	$(BIN)/pytest $(PYTEST_ARGS)

check: setup ## lint, types, and whether the generated docs are current
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python scripts/docs.py --check

format: setup ## let ruff mend what it can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: setup ## write docs/cli.md and docs/model.md anew
	$(BIN)/python scripts/docs.py

bench: setup ## measure; results go to bench/results
	$(BIN)/python bench/run.py

lock: setup ## resolve the dependencies anew into requirements/
	@scripts/lock

build: setup ## build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

clean: ## remove what was built, measured or shown (not .venv)
	rm -rf build dist demo bench/results .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find kg tests scripts bench -name __pycache__ -type d -prune -exec rm -rf {} +
