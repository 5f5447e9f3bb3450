# `make build` and `make test` need only Python 3.11 or later; they fetch everything else.
.DEFAULT_GOAL := help

BIN := .venv/bin
READY := .venv/.ready
GALLERY := .venv/.gallery
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
NODE_IS_OLD = $(shell node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 1 : 0)' 2>/dev/null; \
	[ $$? -eq 1 ] || echo ,node)

# Where Python may keep nothing of what it compiles, each command compiles all of the tool again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help build test test-fast fuzz soak prove kits check format bench clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "deckwright needs Python 3.11 or later: install it, then run make again"; exit 3; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable ".[course,dev$(NODE_IS_OLD)]"
	@touch $@

$(GALLERY): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable ".[gallery]"
	@touch $@

build: $(READY) ## install what is missing and build all decks
	$(BIN)/deckwright build

test: $(GALLERY) ## run everything: static checks, unit and integration tests
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n auto

test-fast: $(READY) ## the inner loop: no real processes, Marp or browser
	$(BIN)/python -m pytest -m "not integration"

fuzz: $(READY) ## try new random input: make fuzz SECONDS=600 TESTS=tests/unit/compose
	$(BIN)/python tests/fuzz.py $(or $(SECONDS),60) $(TESTS)

soak: $(READY) ## serve a small course for a long day: make soak SECONDS=600
	PYTHONPATH=tools:tests $(BIN)/python -m soak $(or $(SECONDS),600)

prove: $(READY) ## prove every slide of the course, and that every script runs alone
	$(BIN)/deckwright check --standalone

kits: $(READY) ## run all that students receive: make kits KITS="--new 02-"
	$(BIN)/python tests/kits.py $(KITS)

check: $(READY) ## format, lint, types and architecture
	$(BIN)/ruff format --check tools tests
	$(BIN)/ruff check
	$(BIN)/mypy
	PYTHONPATH=tools $(BIN)/lint-imports

format: $(READY) ## format the code
	$(BIN)/ruff format tools tests
	$(BIN)/ruff check --fix

bench: $(READY) ## time the same work with Deckwright and with its peers
	$(BIN)/python tests/bench/bench.py

clean: ## remove what builds made (the environment stays)
	rm -rf build
