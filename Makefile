# Every target says what it does and how long each step took. `make` alone lists them.

SHELL := /bin/bash
STEP := tools/step.sh
BIN := .venv/bin
ATTAIN := $(BIN)/python -m attain.cli
SEPTEMBER := demo/runs/collection-commission/2026-09

# Two workers fit the smallest machine we support. Add to it: make test TESTS="tests/core -k rounding"
WORKERS ?= 2
TESTS ?=

# Tests run on Spark too, where there is Java for it; a build machine must have it.
LOCK ?= dev
test: LOCK = $(if $(or $(CI),$(JAVA_HOME),$(shell command -v java)),spark,dev)

# How many orders `make bench` measures on; it takes a tenth of that as well.
ROWS ?= 1000000
ROUNDS ?= 3

.DEFAULT_GOAL := help
.PHONY: help setup demo test check docs campaign bench format lock

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make .venv with everything that development needs
	@$(STEP) "Set up for development" tools/setup.sh $(LOCK)

demo: ## Make the sample company, import it, calculate it, and ask a number why
	@$(STEP) "Set up" tools/setup.sh core
	@$(STEP) "Sample company" $(BIN)/python -m attain.demo
	@$(STEP) "Import its files" $(ATTAIN) import demo/inbox/*.csv --workspace demo --yes
	@$(STEP) "Check and test its plans" $(ATTAIN) test --workspace demo
	@$(STEP) "Calculate the quarter" $(ATTAIN) run quarterly-sales-appraisal --period 2026-Q3 --workspace demo
	@$(STEP) "Calculate September" $(ATTAIN) run collection-commission --period 2026-09 --workspace demo
	@$(STEP) "结算单" $(ATTAIN) explain $(SEPTEMBER) --subject E-1001 --lang zh
	@$(STEP) "为什么" $(ATTAIN) explain $(SEPTEMBER) --subject E-1001 --component commission --lang zh
	@$(STEP) "Statement" $(ATTAIN) explain $(SEPTEMBER) --subject E-1001 --lang en
	@$(STEP) "Why" $(ATTAIN) explain $(SEPTEMBER) --subject E-1001 --component commission --lang en

test: check ## Check, then run every test
	@$(STEP) "Tests" $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup $(TESTS)

campaign: setup ## Search ten thousand random cases for each property (minutes)
	@$(STEP) "Wide search" env HYPOTHESIS_PROFILE=campaign $(BIN)/python -m pytest -m hypothesis --numprocesses $(WORKERS) $(TESTS)
	@$(STEP) "Ten thousand random plans on both engines" env ATTAIN_TRIALS=10000 $(BIN)/python -m pytest tests/engine/differential --numprocesses $(WORKERS)

bench: ## Measure the engine against hand-written SQL, Polars and a loop, ROWS=1000000 (minutes)
	@$(STEP) "Set up with Polars" tools/setup.sh bench
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
