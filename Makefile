# Everything one does with Assessor. `make help` lists it.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# The first Python on this machine that is new enough; name another with PYTHON=…
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := .venv/bin
WORKERS ?= 2
PYTEST_FLAGS ?=
DEMO_FLAGS ?=
SERVE_FLAGS ?=

# Stamps: each is younger than the pins it was installed from.
RUNS := .venv/.ready-to-run
TESTS := .venv/.ready-to-test

.PHONY: help install system pango demo serve test check lint types contracts check-migrations \
	format docs translations pictures pins bench wheel clean

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "; print "make …\n"} \
		/^[a-z-]+:.*## / {printf "  %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- setting up

install: $(TESTS) system ## Install everything to run and to test into .venv

system: pango ## Install Chromium for the browser tests and Pango for PDF, or say how
	@.ci/install-chromium

pango: $(RUNS) ## Install Pango, which draws printed questionnaires, or say how
	@.ci/install-pango

.venv/pyvenv.cfg:
	@test -n "$(PYTHON)" || { \
		echo "Assessor needs Python 3.11 or newer; none is on the PATH. Install it, or name it:" \
		     "make install PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "$(PYTHON) cannot make an environment. On Debian and Ubuntu: apt-get install python3-venv"; \
		exit 1; }

# An old pip picks broken builds of some packages, so pip itself comes first.
$(RUNS): .venv/pyvenv.cfg requirements.txt pyproject.toml
	@echo "Installing what Assessor runs on into .venv; the first time takes a minute or two …"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(BIN)/python -m pip install --quiet --upgrade pip
	@$(BIN)/python -m pip install --quiet --requirement requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

$(TESTS): $(RUNS) requirements-dev.txt
	@echo "Installing what the tests and checks need …"
	@$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	@touch $@

# --- running

demo: $(RUNS) pango ## Set up, fill and serve the Riverbend demonstration (DEMO_FLAGS=…)
	$(BIN)/assessor site demo $(DEMO_FLAGS)

serve: $(RUNS) ## Serve the site (SERVE_FLAGS=…)
	$(BIN)/assessor site serve $(SERVE_FLAGS)

# --- checking

test: $(TESTS) system ## Run all tests, with a coverage report (WORKERS=2 PYTEST_FLAGS=…)
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup --cov --cov-report=term $(PYTEST_FLAGS)

check: lint types contracts check-migrations test ## Everything that must hold before a change goes in

lint: $(TESTS) ## Look for mistakes and for formatting (ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TESTS) ## Check all types (mypy --strict)
	$(BIN)/mypy --strict

contracts: $(TESTS) ## Check that imports go down only (import-linter)
	$(BIN)/lint-imports --no-logo

check-migrations: $(RUNS) ## Compare the models with the migrations
	$(BIN)/assessor site check-migrations

# --- keeping

format: $(TESTS) ## Format the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(TESTS) ## Write the pages that are made from the program
	$(BIN)/python -m assessor.cli.reference > docs/commands.md.new
	@mv docs/commands.md.new docs/commands.md
	$(BIN)/python -m assessor.cli.settings_reference > docs/settings.md.new
	@mv docs/settings.md.new docs/settings.md
	$(BIN)/python -m assessor.formats.schemas

translations: $(RUNS) ## Bring the catalogues of translated texts up to date, and compile them
	$(BIN)/python -m assessor.web.catalogues

pictures: $(TESTS) system ## Take the pictures of the README from a demonstration of their own
	$(BIN)/python docs/pictures/take.py $(PICTURES_FLAGS)

# `uv pip compile` writes neither index nor addresses, so the pins hold wherever one installs from.
PIN := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header \
	--no-emit-index-url --no-emit-find-links pyproject.toml
pins: $(TESTS) ## Pin all packages anew (PIN_FLAGS=--upgrade takes the newest)
	$(PIN) $(PIN_FLAGS) --output-file requirements.txt
	$(PIN) $(PIN_FLAGS) --extra test --constraint requirements.txt --output-file requirements-dev.txt

bench: $(RUNS) ## Run every benchmark
	@set -e; for bench in benchmarks/*.py; do \
		test -e "$$bench" || { echo "benchmarks/ holds no benchmark."; break; }; \
		echo "== $$bench"; $(BIN)/python "$$bench"; done

wheel: $(TESTS) ## Build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

clean: ## Remove what tools left behind; keeps .venv and instance/
	rm -rf build dist htmlcov test-results .coverage .coverage.* coverage.xml \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
