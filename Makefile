# `make dashboard` and `make test` are all one needs; `make help` tells the rest.
# Kept to GNU make 3.81 (the one on macOS) and a POSIX shell.

VENV := .venv
PY   := $(VENV)/bin/python
PIP  := $(PY) -m pip -qq --disable-pip-version-check
MADE := $(VENV)/made-in
RUN  := $(VENV)/installed
DEV  := $(VENV)/installed-dev

SAMPLES := var/samples.db
INSTALL_PROJECT := $(PIP) install --no-deps --no-build-isolation --editable .

.PHONY: help dashboard test quick lint format format-data bench lock wheel clean

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

# The dashboard ends with exit code 0 on Ctrl-C; `exec` so that no shell stands between it and the terminal.
dashboard: $(RUN) ## show the sample articles on http://127.0.0.1:8050 (other port: ARGS="--port 9000")
	@$(PY) -m tracker add data/samples/*/ --db $(SAMPLES)
	@exec $(PY) -m dashboard --db $(SAMPLES) --sample $(ARGS)

# A test that hangs ends its process (pyproject.toml); started again, that would do the same test again.
test: lint ## set up and run all checks and tests, those in the browser included
	@.ci/browser.sh $(PY)
	@.ci/postgresql.sh
	$(PY) -m pytest -n 2 --dist loadfile --max-worker-restart 0 $(ARGS)

# All that needs no browser, no database server and no process, with fewer made-up examples.
quick: lint ## check in a minute: lint, and the tests that need nothing but Python
	$(PY) -m pytest -n 2 --dist loadfile --max-worker-restart 0 -m "not browser and not postgresql and not process" --hypothesis-profile quick $(ARGS)

lint: $(DEV) ## style, types and sizes
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	@$(PY) tests/support/sizes.py

format: $(DEV) ## put the code into its style
	$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .

format-data: $(DEV) ## sort and wrap the lists of words in data/
	@$(PY) .ci/format_languages.py data/languages data/conflicts.toml

bench: $(DEV) ## measure speed on this machine
	@for name in speed extraction timeline; do $(PY) benchmarks/$$name.py || exit; done

lock: $(DEV) ## pin the newest versions that pyproject.toml allows, with hashes
	$(PIP) install uv
	$(LOCK) --all-extras --output-file .ci/requirements-dev.txt
	$(LOCK) --constraint .ci/requirements-dev.txt --output-file .ci/requirements.txt
LOCK = $(PY) -m uv pip compile pyproject.toml --group build --universal --python-version 3.11 --fork-strategy fewest \
	--upgrade --generate-hashes --annotation-style line --no-emit-index-url --no-header --quiet

wheel: $(DEV) ## build dist/*.whl
	@rm -rf build
	$(PY) -m build --wheel --no-isolation
	@rm -rf build

clean: ## remove what make made, except your data in var/
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A virtual environment bears neither being moved nor losing its Python: then it is made anew.
ifneq ($(shell $(PY) -c 'print(open("$(MADE)").read())' 2>/dev/null),$(CURDIR))
.PHONY: $(MADE)
endif
$(MADE):
	@python=$$(.ci/python.sh) && echo "making $(VENV) with $$($$python --version)" && \
		rm -rf $(VENV) && $$python -m venv $(VENV) && printf %s "$(CURDIR)" > $@

$(RUN): .ci/requirements.txt pyproject.toml $(MADE)
	@echo "installing what the tracker needs (once; a minute or two)"
	@$(PIP) install --require-hashes --requirement $<
	@$(INSTALL_PROJECT)
	@touch $@

$(DEV): .ci/requirements-dev.txt pyproject.toml $(MADE)
	@echo "installing what the tracker and its tests need (once; a minute or two)"
	@$(PIP) install --require-hashes --requirement $<
	@$(INSTALL_PROJECT)
	@touch $@ $(RUN)
