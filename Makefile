# make demo       see it work: a graph, a table, a page
# make test       lint, types and all tests
# make system     what tests need of Debian: a browser, fonts, the server Virtuoso
# make gold       how well it extracts, by hand-made gold facts
# make agreement  how far the two annotators of corpus/ agree
# make quality    how well it reads: the corpus, FactRuEval, the gold facts; corpus/QUALITY.md
# make speed      how fast it reads, beside what natasha runs; corpus/SPEED.md
# make bench-query  how fast queries are, beside rdflib; benchmarks/QUERY.md
# make bench-page   what a page weighs and costs, beside plain pyvis; benchmarks/PAGE.md
# make calibrate  measure every rule again, and what rule and model are worth (see corpus/README.md)
# make train      train the model again: hours; from corpus/ alone where ../shared has no NEREL
# make trainer    what training and its tests need: PyTorch, ONNX and the encoder to start from
# make notebooks  run the notebooks again and keep what they show
# make ontology   write ontology/README.md again
# make fmt clean

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
DEMO := build/demo
NEWS := $(wildcard examples/news/*)
NEREL := ../shared/data/nerel
LEARN := --data kg=corpus/train --data kg=corpus/once --dev kg=corpus/dev
ifneq ($(wildcard $(NEREL)/train),)
LEARN := --data nerel=$(NEREL)/train $(LEARN) --dev nerel=$(NEREL)/dev
LESS := --repeat nerel=0.6
LEAST := --repeat nerel=0.4
endif
CODE := $(shell find kg ontology -type f -not -name '*.pyc' -not -name README.md)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# The newest of these that runs: a name may stand for a version manager's empty stub.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c 'import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	2>/dev/null && echo $$name && break; done)

.DELETE_ON_ERROR:
.PHONY: demo test system gold agreement quality speed bench-query bench-page scripts calibrate train trainer notebooks ontology fmt clean

demo: $(DEMO)/graph.html
	@echo
	@cat examples/connections.rq
	@echo
	@$(BIN)/kg query $(DEMO)/graph.ttl -f examples/connections.rq
	@echo
	@$(BIN)/kg facts $(DEMO)/graph.ttl --about Хэйлунцзян | sed -n '1,20p'
	@echo
	@echo 'The graph is $(DEMO)/graph.ttl; open $(DEMO)/graph.html in a browser to see it.'

$(DEMO)/graph.html: $(DEMO)/graph.ttl
	$(BIN)/kg draw $< -o $@

$(DEMO)/graph.ttl: $(NEWS) $(CODE) $(VENV)/user
	@mkdir -p $(@D)
	$(BIN)/kg build examples/news -o $@

test: $(VENV)/developer scripts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

# A linter and axe for the pages' scripts, where there is npm; the tests skip without them.
scripts:
	@if ! command -v npm >/dev/null; then echo 'No npm here: the pages are not linted.'; \
	elif [ ! -e node_modules/.package-lock.json ] || \
		[ package-lock.json -nt node_modules/.package-lock.json ]; then \
		npm ci --silent || echo 'npm ci failed: the pages are not linted.'; fi

gold: $(VENV)/user
	$(BIN)/python tests/gold/score.py

agreement: $(VENV)/user
	$(BIN)/kg evaluate corpus/annotators/first --system corpus/annotators/second \
		--texts corpus/train --texts corpus/dev --texts corpus/test

quality: $(VENV)/developer
	$(BIN)/python corpus/quality.py

speed: $(VENV)/user
	$(BIN)/python corpus/speed.py

bench-query: $(VENV)/user
	$(BIN)/python benchmarks/query.py

bench-page: $(VENV)/developer scripts
	$(BIN)/python benchmarks/page.py

calibrate: $(VENV)/developer
	$(BIN)/python corpus/calibrate.py

# First with the general news to the fore, then with our own, then twice with names exchanged. The
# shipped pack's last step ran in two parts, by hand (corpus/README.md).
train: trainer
	$(BIN)/kg train $(LEARN) --repeat kg=2 --epochs 8 -o build/train/general
	$(BIN)/kg train $(LEARN) --repeat kg=2 $(LESS) --rate 1e-4 --epochs 7 \
		--init build/train/general -o build/train/own
	$(BIN)/kg train $(LEARN) --repeat kg=2 $(LESS) --rate 1e-4 --epochs 5 --swaps 2 --keep 0.5 \
		--init build/train/own -o build/train/swapped
	$(BIN)/kg train $(LEARN) --repeat kg=2 $(LEAST) --rate 1e-4 --epochs 5 --swaps 2 --keep 0.6 \
		--init build/train/swapped -o build/train/base

trainer: $(VENV)/trainer

notebooks: $(VENV)/developer
	$(BIN)/python notebooks/execute.py

ontology: $(VENV)/user
	$(BIN)/kg ontology --markdown > ontology/.README.md
	mv ontology/.README.md ontology/README.md

fmt: $(VENV)/developer
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

system:
	$(SUDO) apt-get update -qq || echo 'apt-get update failed; going on with the lists that are here.'
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends \
		chromium fonts-noto-cjk fonts-dejavu
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends \
		virtuoso-opensource-7-bin || echo 'No Virtuoso to be had: its tests will be skipped.'

clean:
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@[ -n '$(PYTHON)' ] || { echo 'No Python 3.11 to 3.13 with venv here; install one, or say make PYTHON=…'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/user: pyproject.toml | $(BIN)/python
	$(PIP) install -e .
	touch $@

$(VENV)/developer: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[dev]'
	touch $@ $(VENV)/user

$(VENV)/trainer: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[dev,train]'
	touch $@ $(VENV)/user $(VENV)/developer
