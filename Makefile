# Everything that people and machines do with this repository. `make help` lists it.

PYTHON ?= python3
BIN := .venv/bin
WHEEL := .venv/wheel-under-test
LOWEST := .venv/lowest
RUNS := 1000000
# What goes through the command and reads the files that come with the package.
OF_COMMAND := $(addprefix tests/test_,cli.py docs.py golden.py newsletter_clients.py newsletter_command.py output.py \
  pipeline.py settings_reference.py templates.py validity_schemas.py)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTEST := $(BIN)/pytest --numprocesses 2
RESOLVE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
  --no-header --no-emit-index-url --no-emit-find-links --annotation-style=line

.DEFAULT_GOAL := test
.PHONY: help run test lint types unit wheel lowest golden docs picture soak soak-table lock format clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: .venv/run.stamp ## build the feeds and the newsletter of this repository's own content
	@$(BIN)/feeds build
	@$(BIN)/feeds newsletter
	@echo
	@echo 'open these:  public/subscribe.html'
	@ls -d outbox/*/issue.html | tail -n 1 | sed 's/^/             /'

test: lint types unit wheel ## lint, types, tests, and the command as the built wheel has it

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev.stamp
	$(BIN)/mypy

unit: .venv/dev.stamp
	$(PYTEST) --cov --cov-report=term

wheel: .venv/dev.stamp
	rm -rf dist $(WHEEL)
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .
	$(PIP) install --no-deps --target $(WHEEL) dist/feedwright-*.whl
	PYTHONPATH=$(CURDIR)/$(WHEEL) FEEDS_TEST_WHEEL=$(CURDIR)/$(WHEEL) $(PYTEST) -m "not browser" $(OF_COMMAND)

lowest: .venv/dev.stamp ## the tests with the oldest libraries that pyproject.toml allows
	rm -rf $(LOWEST)
	$(BIN)/uv venv --quiet --python $(BIN)/python $(LOWEST)
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir $(LOWEST) .
	$(BIN)/uv pip install --quiet --python $(LOWEST)/bin/python --resolution lowest-direct \
	  --requirement pyproject.toml --requirement requirements/dev.txt $(LOWEST)/feedwright-*.whl
	$(LOWEST)/bin/pytest --numprocesses 2 -m "not browser"

golden: .venv/dev.stamp ## write the expected trees of the tests anew; review them in the diff
	$(BIN)/pytest tests/test_golden.py --update-golden

docs: .venv/dev.stamp ## write the generated pages of docs/ and the schema anew
	$(BIN)/python docs/generate.py

picture: .venv/dev.stamp run ## take the README's picture with Debian's chromium
	$(BIN)/python docs/picture.py

soak: .venv/soak.stamp ## a million made-up inputs for each door of the package, or RUNS=…; see docs/soak.md
	$(BIN)/python tests/soak/drive.py --runs $(RUNS)

soak-table: .venv/dev.stamp ## put the result of the soak into docs/soak.md
	$(BIN)/python tests/soak/drive.py --table

format: .venv/dev.stamp ## let ruff lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/dev.stamp ## resolve the dependencies anew
	$(RESOLVE) requirements/build.in --output-file requirements/build.txt
	$(RESOLVE) pyproject.toml --constraint requirements/build.txt --output-file requirements/run.txt
	$(RESOLVE) requirements/dev.in --constraint requirements/build.txt --constraint requirements/run.txt \
	  --output-file requirements/dev.txt
	$(RESOLVE) requirements/soak.in --constraint requirements/dev.txt --output-file requirements/soak.txt

clean: ## remove everything that the other targets made
	rm -rf .venv .feeds public outbox dist .mypy_cache .ruff_cache .hypothesis .coverage*

# Debian's Python comes without ensurepip unless python3-venv is there; its pip can do the same.
.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	if $(PYTHON) -c 'from ensurepip import version' 2>/dev/null; then $(PYTHON) -m venv .venv; else \
	  $(PYTHON) -m venv --without-pip .venv && $(PYTHON) -m pip --python $(BIN)/python --quiet install \
	  --require-hashes --requirement requirements/build.txt; fi

# feedgen comes as source: it is built with the setuptools of build.txt, so that nothing unpinned is fetched.
.venv/run.stamp: requirements/build.txt requirements/run.txt pyproject.toml | .venv/bin/pip
	$(PIP) install --require-hashes --requirement requirements/build.txt
	$(PIP) install --require-hashes --no-build-isolation --requirement requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

.venv/soak.stamp: requirements/soak.txt .venv/dev.stamp
	$(PIP) install --require-hashes --requirement requirements/soak.txt
	@touch $@
