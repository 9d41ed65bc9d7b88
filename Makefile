# The words people type. `make demo` and `make test` do their own set-up.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Tests run beside each other, those of one file together; each process has a Neo4j server of its own.
BESIDE := --numprocesses auto --maxprocesses 4 --dist loadfile

.PHONY: help demo test install pages provide lint types rooms web-test fast tests golden measure laws bench bench-resolution bench-signals bench-api ask-contract shots audit docs wheel lock clean

help: ## Show these words
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

demo: install pages ## A fictional region, end to end: files in, risky counterparties with reasons out
	kith demo

test: install pages provide lint types rooms web-test tests ## Everything: both engines, a real browser; all that CI runs

$(VENV)/installed: requirements.lock pyproject.toml clients/python/pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("kith needs Python 3.11 or newer; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable clients/python
	@touch $@

install: $(VENV)/installed ## The environment, exactly as locked

web/dist/index.html: web/package-lock.json web/package.json web/budget.mjs $(shell find web/src web/public web/index.html web/vite.config.ts -type f 2>/dev/null)
	bash web/build.sh

pages: install web/dist/index.html ## Build the pages

provide: install ## Fetch what the tests need beside Python: the Neo4j server, a browser
	python -m tests.provide

lint: install ; ruff check . && ruff format --check .   ## Style
types: install ; mypy --strict ontology store resolution graph samples api kith clients/*.py hatch_build.py docs/*.py && mypy --strict -p kith_client   ## Types
rooms: install ; lint-imports   ## Who may import whom
web-test: pages ; cd web && bash npm.sh run --silent lint && bash npm.sh test --silent   ## The pages' own style and tests
fast: install ; pytest $(BESIDE) -m "not neo4j and not browser and not slow"   ## Under a minute: no server, no browser, no slow test (tests/measured.csv)
tests: install
	pytest --doctest-modules ontology store resolution graph samples api kith clients
	pytest $(BESIDE)
golden: install ; KITH_GOLDEN=write pytest -q   ## Renew golden files, then read the diff
measure: install ; pytest $(BESIDE) --measure   ## Renew tests/measured.csv; on an idle machine

laws: install ; KITH_HISTORIES=300 pytest tests/resolution/live/test_laws.py   ## Hundreds of random histories of single records; minutes

ask-contract: install ; python -m tests.api.campaign --examples 400   ## Hundreds of requests to each route of the API's document; half an hour

bench: install ; python -m bench   ## Speed and accuracy; an hour, not in CI
bench-resolution: install ; python -m bench resolution   ## Resolution beside plain Splink, RapidFuzz and logic-v2
bench-signals: install ; python -m bench signals && python -m bench ratings && python -m bench rings   ## Signals beside scipy, igraph, networkx and GDS
bench-api: install ; python -m bench api $(BENCH)   ## The API under 8 callers at a million records; BENCH="--keep FOLDER --records N"
shots: install pages ; python -m tests.browser.shots   ## Pictures of the pages for the docs

lock: install ## Renew requirements.lock from pyproject.toml
	pip install --quiet uv
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements-audit.in -o requirements-audit.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements-docs.in -o requirements-docs.lock

$(VENV)-audit/installed: requirements-audit.lock
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/pip install --quiet --require-hashes -r requirements-audit.lock
	@touch $@

audit: install $(VENV)-audit/installed ; python -m tests.audit $(VENV)-audit/bin/pip-audit   ## Known vulnerabilities of what is locked; 1 found, 3 not all could be asked

$(VENV)-docs/installed: requirements-docs.lock
	$(PYTHON) -m venv $(VENV)-docs
	$(VENV)-docs/bin/pip install --quiet --require-hashes -r requirements-docs.lock
	@touch $@

docs: install $(VENV)-docs/installed ## The docs as a site in build/site; a dead link is an error
	python -m docs.build_site build/docs
	NO_MKDOCS_2_WARNING=1 $(VENV)-docs/bin/mkdocs build --strict

wheel: install pages ## What is installed elsewhere: dist/kith-….whl
	pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean: ## Remove what was built
	rm -rf $(VENV) $(VENV)-audit $(VENV)-docs web/dist web/node_modules build dist
