PYTHON ?= python3
EXAMPLE ?= $(patsubst %/,%,$(firstword $(sort $(wildcard examples/*/))))
OUT ?= dossier

VENV := .venv
PY := $(VENV)/bin/python
# A new lock, new settings or a moved checkout make a new key, and so a fresh installation.
KEY := $(shell (pwd; cat requirements-dev.lock pyproject.toml) | cksum | cut -d' ' -f1)
READY := $(VENV)/ready-$(KEY)
# What builds the page's scripts; only those who change them need node.
NODE_READY := page/node_modules/ready-$(shell cat page/package-lock.json | cksum | cut -d' ' -f1)

.PHONY: help demo test fix lint reference page golden eval picture bench bare slow lock robustness offline sbom
help:
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 14

$(READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; pass PYTHON=...")'
	@echo "setting up $(VENV) (once)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet --require-hashes -r requirements-dev.lock
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(NODE_READY):
	@npm ci --prefix page --loglevel=error > /dev/null
	@touch $@

demo: $(READY) ## the main job on the example case
	@$(PY) -m consilience account $(EXAMPLE) --out $(OUT)
	@echo; echo "The dossier lies in $(abspath $(OUT)); open $(OUT)/index.html in a browser."

test: lint ## lint, types, import contracts, tests: what CI runs
	@$(PY) -m pytest -q

lint: $(READY) ## ruff, mypy --strict, import-linter, generated docs current; tsc where node is
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check --quiet || { echo "unformatted; run make fix"; exit 1; }
	@$(PY) -m mypy
	@out=$$($(VENV)/bin/lint-imports --no-cache) || { echo "$$out"; exit 1; }
	@$(PY) -m docs.build --check
	@if command -v npm > /dev/null; then \
		$(MAKE) --no-print-directory $(NODE_READY) && npm run --prefix page --silent check; \
	else echo "no npm here: page/src is not checked"; fi

page: $(NODE_READY) ## build the page's scripts from page/src into the package (needs node)
	@npm run --prefix page --silent build

reference: $(READY) ## write docs/reference and the output shown in docs anew
	@$(PY) -m docs.build --shown

fix: $(READY) ## format and apply safe fixes
	@$(PY) -m ruff check --fix --quiet || true
	@$(PY) -m ruff format

robustness: $(READY) ## every test of a threat, the slow ones too; writes docs/robustness.md
	@$(PY) -m pytest -q -m threat --write-robustness=docs/robustness.md

offline: $(READY) ## the suite where there is no network (Linux)
	@$(PY) -m tests.offline -q

sbom: $(READY) ## what the package is made of, as CycloneDX: dist/sbom.json
	@mkdir -p dist
	@$(PY) -m docs.build.sbom > dist/sbom.json

slow: $(READY) ## the tests that take longer
	@$(PY) -m pytest -q -m slow

golden: $(READY) ## rewrite golden dossiers after an intended change
	@$(PY) -m pytest -q tests/golden --rewrite-golden

eval: $(READY) ## score the gold sets; fails below floors.json
	@$(PY) -m evaluation

picture: $(READY) ## all pictures of README and docs, of the examples (needs chromium)
	@$(PY) -m bench.pictures

bench: $(READY) ## time and memory of five documents, reading part by part, growth of time
	@$(PY) -m bench.five
	@$(PY) -m bench.reading --articles 100
	@$(PY) -m bench.growth
	@$(PY) -m bench.many --no-browser 50 150

bare: $(READY) ## the wheel alone in a fresh environment, on the example
	@rm -rf dist $(VENV)/bare
	@$(PY) -m build --no-isolation --wheel --outdir dist . > /dev/null
	@$(PYTHON) -m venv $(VENV)/bare
	@$(VENV)/bare/bin/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(VENV)/bare/bin/python -m pip install --quiet --no-deps dist/*.whl
	@$(VENV)/bare/bin/consilience --help
	@$(VENV)/bare/bin/consilience account $(EXAMPLE) --out dist/dossier
	@$(VENV)/bare/bin/consilience verify dist/dossier/dossier.json --documents $(EXAMPLE)

lock: $(READY) ## pin the newest versions that fit
	@$(PY) -m uv pip compile -q --upgrade $(LOCK) pyproject.toml -o requirements.lock
	@$(PY) -m uv pip compile -q --upgrade $(LOCK) --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
