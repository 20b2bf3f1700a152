# Everything starts here: `make site` and `make test` need Python 3.11 or newer, and make.

VENV := .venv
BIN := $(VENV)/bin
SITE_READY := $(VENV)/.site-ready
TEST_READY := $(VENV)/.test-ready
SETUP := sh tests/setup/environment.sh
LOCKS := requirements/site.lock pyproject.toml
OWN := plugins tests docs bench
SIZES := 1000
ROUNDS := 3

# Material's notice about MkDocs 2 is for whoever runs mkdocs themselves.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help site test lint types docs package bench clean

help:
	@echo 'make site     build both sites into build/public and build/internal'
	@echo 'make test     run every check and every test'
	@echo 'make lint     check style and formatting'
	@echo 'make types    check types'
	@echo 'make docs     write docs/reference anew'
	@echo 'make package  build the wheel and the source archive into dist/'
	@echo 'make bench    measure speed and memory'
	@echo 'make clean    remove what was made, the environment too'

site: $(SITE_READY)
	$(BIN)/gatepost build
	@echo 'To type gatepost yourself: . $(BIN)/activate'

test: $(TEST_READY) lint types
	sh tests/setup/machine.sh
	sh tests/setup/checkers.sh
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(TEST_READY)
	$(BIN)/ruff check $(wildcard $(OWN))
	$(BIN)/ruff format --check $(wildcard $(OWN))

types: $(TEST_READY)
	$(BIN)/mypy

docs: $(TEST_READY)
	$(BIN)/python docs/reference.py

package: $(TEST_READY)
	rm -rf dist
	$(BIN)/python -m build --no-isolation

bench: $(TEST_READY) build/bench-blog/bin/mkdocs
	$(BIN)/python bench/run.py --sizes $(SIZES) --rounds $(ROUNDS) $(if $(CORPUS),--corpus $(CORPUS))

# What the benchmark compares with and the product has no need of. Without it a row is left out.
build/bench-blog/bin/mkdocs: bench/blog.lock
	-sh bench/blog.sh && touch $@

clean:
	rm -rf build dist $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .cache tests/setup/node_modules

$(SITE_READY): $(LOCKS)
	$(SETUP) $(VENV) requirements/site.lock
	@touch $@

$(TEST_READY): $(LOCKS) requirements/test.lock
	$(SETUP) $(VENV) requirements/test.lock
	@touch $(SITE_READY) $@
