# make run    the bot where TELEGRAM_BOT_TOKEN is set, else the conversation in this terminal
# make test   everything: the checks and the tests
# make check  format, lint, types

PYTHON ?= python3
VENV := .venv
PIP := $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: run test check clean

run: $(VENV)/run.stamp
	@$(VENV)/bin/quotewire

test: check
	@$(VENV)/bin/pytest

check: $(VENV)/dev.stamp
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

clean:
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

# What set-up says goes to stderr, so that `make run` prints answers and nothing else on stdout.

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || \
		{ echo "Quotewire needs Python 3.11 or newer; name one like: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >&2 || \
		{ rm -rf $(VENV); echo "Python's venv module does not work; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }

$(VENV)/run.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Quotewire into $(VENV); the first time takes a few minutes ..." >&2
	@$(PIP) -e . >&2
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	@echo "Installing the tools for tests ..." >&2
	@$(PIP) -e ".[dev]" >&2
	@touch $@
