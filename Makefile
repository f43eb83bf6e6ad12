# Every target says what it does and how long each step took. `make` alone lists them.

SHELL := /bin/bash
STEP := tools/step.sh
BIN := .venv/bin

# Two workers fit the smallest machine we support. Add to it: make test TESTS="tests/core -k rounding"
WORKERS ?= 2
TESTS ?=

# Where `make demo` serves the product.
PORT ?= 8000

# Tests run on Spark too, where there is Java for it; a build machine must have it.
LOCK ?= dev
test campaign: LOCK = $(if $(or $(CI),$(JAVA_HOME),$(shell command -v java)),spark,dev)

# Tests of states, races, jobs, posting and the audit trail run on both databases every time;
# `make campaign` runs all of the product's on PostgreSQL.
ON_POSTGRESQL := $(addprefix tests/apps/,audit flow jobs statements/test_posting.py runs/test_publishing.py \
  $(addprefix records/test_,store.py store_allowances.py clock.py versions.py))

# How many orders `make bench` measures on; it takes a tenth of that as well.
ROWS ?= 1000000
ROUNDS ?= 3

.DEFAULT_GOAL := help
.PHONY: help setup demo test check docs campaign bench format lock

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make .venv with everything that development needs
	@$(STEP) "Set up for development" tools/setup.sh $(LOCK)
	@$(STEP) "Charts, editor, icons, font" tools/assets.sh
	@$(STEP) "Both languages" $(BIN)/python tools/messages.py compile

demo: ## Make the sample company, calculate and publish it, and serve it on PORT
	@$(STEP) "Set up" tools/setup.sh web
	@$(STEP) "Charts, editor, icons, font" tools/assets.sh
	@$(STEP) "Both languages" $(BIN)/python tools/messages.py compile
	@$(STEP) "Sample company" $(BIN)/python -m attain.demo --out demo --workbook
	@$(STEP) "Accounts, data, plans, results" $(BIN)/python -m attain.config.demo --data demo
	@$(STEP) "Serve" $(BIN)/attain serve --data demo --port $(PORT)

test: check ## Check, then run every test, those of the product on PostgreSQL as well
	@$(STEP) "Chromium and PostgreSQL" tools/programs.sh
	@$(STEP) "What stands on the database, on PostgreSQL" tools/postgres.sh $(BIN)/python -m pytest --numprocesses $(WORKERS) $(ON_POSTGRESQL)
	@$(STEP) "Tests" $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup $(TESTS)

campaign: setup ## Search ten thousand random cases for each property (minutes)
	@$(STEP) "Wide search" env HYPOTHESIS_PROFILE=campaign $(BIN)/python -m pytest -m hypothesis --numprocesses $(WORKERS) $(TESTS)
	@$(STEP) "The product on PostgreSQL" tools/postgres.sh $(BIN)/python -m pytest --numprocesses $(WORKERS) tests/apps
	@$(STEP) "Twenty thousand strange requests as each of three roles" env ATTAIN_REQUESTS=20000 $(BIN)/python -m pytest tests/security/test_api_fuzz.py --numprocesses $(WORKERS)
	@$(STEP) "Every published case on Spark" env ATTAIN_SPARK_SHARE=1 $(BIN)/python -m pytest tests/golden/test_golden_on_spark.py --numprocesses $(WORKERS) --dist load
	@$(STEP) "What happens two hundred times to companies and to random plans, with reuse and without" env ATTAIN_CHANGES=200 $(BIN)/python -m pytest tests/engine/reuse --numprocesses $(WORKERS)
	@$(STEP) "Ten thousand random plans on both engines" env ATTAIN_TRIALS=10000 $(BIN)/python -m pytest tests/engine/differential --numprocesses $(WORKERS)

bench: ## Measure the engine against hand-written SQL, Polars, pandas and a loop, ROWS=1000000 (minutes)
	@$(STEP) "Set up with Polars and pandas" tools/setup.sh bench
	@$(STEP) "Comparison" $(BIN)/python -m bench.compare --rows $(ROWS) --rounds $(ROUNDS)

check: setup ## Lint, layout, types, and the arrows between the parts
	@$(STEP) "Lint" $(BIN)/ruff check
	@$(STEP) "Layout" $(BIN)/ruff format --check
	@$(STEP) "Types" $(BIN)/mypy
	@$(STEP) "Arrows between the parts" $(BIN)/lint-imports --no-logo

docs: setup ## Write the reference pages and the schema anew from the code
	@$(STEP) "Reference pages" $(BIN)/python tools/reference_pages.py

format: setup ## Lay out the code and mend what can be mended by itself
	@$(STEP) "Layout" $(BIN)/ruff format
	@$(STEP) "Lint" $(BIN)/ruff check --fix

lock: setup ## Write the lock files anew from pyproject.toml
	@$(STEP) "Lock files" tools/lock.sh
