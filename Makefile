# Every command sets up what it needs, from nothing, in .venv; what is there already is left as it is.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: help run test lint bench

help:
	@echo "make run     open the playground in the browser"
	@echo "make test    check everything: style, types, imports, and the tests, some of them in a browser"
	@echo "make lint    the same without the tests"
	@echo "make bench   measure speed beside scikit-learn"

run: .venv/runtime
	$(BIN)/streamlit run app.py

test: lint
	.ci/browser
	$(BIN)/pytest

lint: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# One BLAS thread, so that the figures compare code and not core counts.
bench: .venv/dev
	.ci/browser
	@for script in bench/*.py; do PYTHONPATH=. OPENBLAS_NUM_THREADS=1 $(BIN)/python $$script || exit 1; done

# The files below mark what is installed. Each is touched last, so an interrupted installation is taken up again.

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "dnn needs Python 3.11 or newer as '$(PYTHON)'. Name another one like this: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { \
	  echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

.venv/runtime: requirements.txt .venv/made
	@echo "Installing what the playground needs (once) ..."
	@$(PIP) -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/runtime
	@echo "Installing what the tests need (once) ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@
