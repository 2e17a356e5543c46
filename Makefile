# Two commands on a fresh machine with Python 3.11+ and git: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Packages as locked, with hashes; the project itself is installed on top, in place.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test lint clean

$(VENV)/run.stamp: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	touch $@

run: $(VENV)/run.stamp  ## train from the labels, predict every quotation of the seeds, evaluate
	$(BIN)/python -m classifier.train
	$(BIN)/python -m classifier.predict --article --indirect seeds/*.txt
	$(BIN)/python -m eval

test: $(VENV)/run.stamp  ## run the tests
	$(BIN)/python -m pytest

lint: $(VENV)/run.stamp  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) models/local eval/reports
