# Warmhand. `make run` and `make test` need git, make and Python >= 3.11, nothing else.
PYTHON ?= python3
PORT ?= 8000
export PORT
BIN = .venv/bin

.PHONY: help install install-test run test lint format docs lock clean

help:
	@echo "make run      set up, then serve with the example workspace at http://127.0.0.1:$(PORT)"
	@echo "make test     set up, then every check and every test"
	@echo "make install  set up only; leaves $(BIN)/warmhand"
	@echo "make lint     style, types, layers"
	@echo "make format   lay the code out anew"
	@echo "make docs     build the documentation into docs/_build"
	@echo "make lock     newest allowed versions into requirements/"
	@echo "make clean    remove what the set-up made (never the data in var/)"

install:
	@$(PYTHON) tools/setup.py

install-test:
	@$(PYTHON) tools/setup.py --test --browser

run: install
	@exec $(BIN)/warmhand serve --example

test: install-test
	@$(BIN)/python tools/check.py all

lint: install-test
	@$(BIN)/python tools/check.py lint

docs: install-test
	@$(BIN)/python tools/check.py docs

format: install-test
	@$(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format .

lock: install-test
	@$(PYTHON) tools/lock.py

clean:
	rm -rf .venv .tools docs/_build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
