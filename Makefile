# make demo | make test | make check | make serve: each sets up what it needs, from an empty clone.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALLED := .venv/installed

.PHONY: demo test check serve screenshots lock clean

## Crawl the built-in newspaper twice into archive/, and say what was found.
demo: $(INSTALLED)
	$(BIN)/newsarchive demo

## Browse the archive at http://127.0.0.1:8001/
serve: $(INSTALLED)
	$(BIN)/newsarchive serve

## Take the pictures in docs/screenshots anew.
screenshots: $(INSTALLED)
	$(BIN)/python docs/screenshots/take.py

## Run the tests, side by side; those of one file share what they set up.
test: $(INSTALLED)
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

## Everything that CI checks: style, types, import rules, known holes in libraries, tests.
check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	.ci/audit
	$(MAKE) test

$(INSTALLED): requirements-dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $(INSTALLED)

## Pin every package anew, by hash, without naming where it comes from. The lock names all that is installed, so nothing else
## is: not misaka, which Isso names but loads only if asked to, and which wants a C compiler.
lock: $(INSTALLED)
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --allow-unsafe --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --unsafe-package misaka --unsafe-package playwright --unsafe-package pyee --unsafe-package greenlet --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
