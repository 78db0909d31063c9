# Every command sets up what it needs, from nothing, in .venv; what is there already is left as it is.

PYTHON ?= python3
TORCH ?= 2.13.0
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
PINNED := $(addprefix -c ,$(wildcard requirements.lock))
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"

# Where it is set, each of the many processes that the tests start compiles the whole project anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run serve quick test test-all lint lint-js bench picture lock

help:
	@echo "make run       open the playground in the browser"
	@echo "make serve     open the playground to a class: everybody in this machine's network"
	@echo "make quick     style, types, imports, and the tests that need no browser"
	@echo "make test      check everything: the same and all tests, some of them in a browser"
	@echo "make test-all  the same with PyTorch, which generated code is run with"
	@echo "make lint      style, types and imports alone, and the tests of the scripts"
	@echo "make bench     measure speed beside scikit-learn"
	@echo "make picture   take the picture of the page for README.md again"
	@echo "make lock      take the newest versions of all packages into requirements.lock"

run: .venv/runtime
	$(BIN)/streamlit run app.py

serve: .venv/runtime
	$(BIN)/python -m dnn serve

quick: lint
	$(BIN)/pytest -n 2 --dist worksteal --ignore=tests/e2e -m "not slow" --hypothesis-profile=quick

# The tests in the browser come last and by themselves: a page that plays keeps a core busy. One that fails is tried
# once more, alone: what fails both times fails.
test: lint
	.ci/browser
	.ci/services
	$(BIN)/pytest -n 2 --dist worksteal --ignore=tests/e2e
	$(BIN)/pytest -n 2 --dist worksteal tests/e2e || $(BIN)/pytest --last-failed tests/e2e

test-all: lint .venv/torch
	.ci/browser
	.ci/services
	PYTHONPATH=.venv/torch $(BIN)/pytest -n 2 --dist worksteal --ignore=tests/e2e
	PYTHONPATH=.venv/torch $(BIN)/pytest -n 2 --dist worksteal tests/e2e || PYTHONPATH=.venv/torch $(BIN)/pytest --last-failed tests/e2e

lint: .venv/dev lint-js
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# Node comes with a Python package, the checkers from npm: what they check runs in browsers.
lint-js: node_modules/.made
	$(NODE) node_modules/.bin/biome ci
	$(NODE) node_modules/.bin/tsc
	$(NODE) npm test --silent

# One BLAS thread, so that the figures compare code and not core counts.
bench: .venv/dev
	.ci/browser
	@for script in bench/*.py; do PYTHONPATH=. OPENBLAS_NUM_THREADS=1 $(BIN)/python $$script || exit 1; done

picture: .venv/dev
	.ci/browser
	PICTURE=assets/playground.png $(BIN)/pytest tests/e2e/test_sizes.py -k test_the_picture_of_the_readme

lock: .venv/made
	@$(PIP) "uv>=0.9"
	@{ echo "# One version of every package, for all systems and Pythons; \`make lock\` takes the newest."; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links requirements-dev.txt; } > requirements.new
	@mv requirements.new requirements.lock

# The files below mark what is installed. Each is touched last, so an interrupted installation is taken up again.

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "dnn needs Python 3.11 or newer as '$(PYTHON)'. Name another one like this: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { \
	  echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

.venv/runtime: requirements.txt $(wildcard requirements.lock) .venv/made
	@echo "Installing what the playground needs (once) ..."
	@$(PIP) -r requirements.txt $(PINNED)
	@touch $@

.venv/dev: requirements-dev.txt .venv/runtime
	@echo "Installing what the tests need (once) ..."
	@$(PIP) -r requirements-dev.txt $(PINNED)
	@touch $@

node_modules/.made: package.json package-lock.json .npmrc .venv/dev
	@echo "Installing what the scripts are checked with (once) ..."
	@$(NODE) npm ci --ignore-scripts --silent
	@touch $@

# In a folder of its own, so that `make test` is the same before and after. The small build for processors is taken
# where pip finds it (it has an index of its own, for PIP_EXTRA_INDEX_URL), else what there is.
.venv/torch: .venv/dev
	@echo "Installing PyTorch (once) ..."
	@rm -rf $@
	@$(PIP) $(PINNED) --target $@ "torch==$(TORCH)+cpu" || $(PIP) $(PINNED) --target $@ torch
	@touch $@
