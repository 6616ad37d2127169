# Copydesk. `make help` lists what there is to make; the first `make html` sets everything up.

PYTHON ?= python3
OUTPUT ?= output
PORT ?= 8000
SERVER ?= 0.0.0.0
DEBUG ?= 0
RELATIVE ?= 0
CLEAN ?= 0
DATA ?=
N ?= 1000
SECONDS ?= 60
TIMES ?= 200
VECTORS ?=
LEANINGS ?= balanced
WORST ?= 0
PYTHONS ?=
TAGGERS ?=
EVERY ?=

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
READY_DEV := $(VENV)/ready-dev
PEERS := .venv-peers
READY_PEERS := $(PEERS)/ready
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# A virtual environment knows its folder and its Python: it is made anew where one was moved or the other is gone.
define MOVED
test -e "$(READY)" && { ! test -x "$(BIN)/python" || { grep -q "^command = " "$(VENV)/pyvenv.cfg" && \
	! grep -q -F -- "$(CURDIR)/$(VENV)" "$(VENV)/pyvenv.cfg"; }; } && echo moved
endef
ifeq ($(shell $(MOVED)),moved)
$(shell rm -rf "$(VENV)" "$(PEERS)")
endif

PELICAN := $(BIN)/copydesk build -s pelican.conf.py -o "$(OUTPUT)"
ifeq ($(DEBUG),1)
PELICAN += -D
endif
ifeq ($(RELATIVE),1)
PELICAN += --relative-urls
endif

.DEFAULT_GOAL := help
.PHONY: help html clean regenerate serve serve-global devserver devserver-global publish github \
	adopt explain learn test lint bench score score-html quality hostile fuzz kill identity audit train lock setup reset

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-17s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "  DEBUG=1, RELATIVE=1, CLEAN=1, PORT=8000, SERVER=0.0.0.0, OUTPUT=output"

$(READY): requirements.txt pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "Copydesk needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 html" >&2; exit 2; }
	@test -x "$(BIN)/python" || "$(PYTHON)" -m venv "$(VENV)"
	@echo "Installing what requirements.txt names into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_DEV): $(READY) requirements-dev.txt
	@echo "Installing what requirements-dev.txt names into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

$(READY_PEERS): requirements-peers.txt
	@test -x "$(PEERS)/bin/python" || "$(PYTHON)" -m venv "$(PEERS)"
	@echo "Installing what requirements-peers.txt names into $(PEERS) ..."
	@"$(PEERS)/bin/python" -m pip --quiet --disable-pip-version-check install --require-hashes --no-deps \
		-r requirements-peers.txt
	@touch $@

setup: $(READY) ## Make the virtual environment (every other target does it by itself)

reset:
ifeq ($(CLEAN),1)
	@rm -rf .copydesk
endif

html: $(READY) reset ## Build the site into output/
	@$(PELICAN)

clean: ## Remove the built site and Copydesk's own records
	@rm -rf "$(OUTPUT)" "$(dir $(OUTPUT)).$(notdir $(OUTPUT)).spare" .copydesk

regenerate: $(READY) ## Build again whenever a seed, an article, the theme or the configuration changes
	@$(PELICAN) -r

serve: $(READY) ## Show the built site at http://localhost:8000
	@$(PELICAN) -l -p "$(PORT)"

serve-global: $(READY) ## The same, for other machines as well (SERVER=0.0.0.0)
	@$(PELICAN) -l -p "$(PORT)" -b "$(SERVER)"

devserver: $(READY) ## Show the site and rebuild it whenever something changes
	@$(PELICAN) -lr -p "$(PORT)"

devserver-global: $(READY) ## The same, for other machines as well
	@$(PELICAN) -lr -p "$(PORT)" -b "$(SERVER)"

publish: $(READY) ## Build for the web: make publish SITEURL=https://example.org/news
	@test -n "$(SITEURL)" || { echo "Say where the site will stand: make publish SITEURL=https://example.org" >&2; exit 2; }
	@SITEURL="$(SITEURL)" $(PELICAN)

github: publish ## Publish, then push the site to the branch gh-pages of origin
	@$(BIN)/ghp-import --no-jekyll --push --branch gh-pages --message "Publish the site" "$(OUTPUT)"

explain: $(READY) ## Tell why each line of a seed is kept or dropped: make explain FILE=seeds/a.txt
	@test -n "$(FILE)" || { echo "Name a seed: make explain FILE=seeds/a.txt" >&2; exit 2; }
	@$(BIN)/copydesk explain "$(FILE)"

adopt: $(READY) ## Write a seed's article as Markdown, to go on by hand: make adopt SEED=world/a.txt
	@test -n "$(SEED)" || { echo "Name a seed: make adopt SEED=world/a.txt" >&2; exit 2; }
	@$(BIN)/copydesk adopt "seeds/$(SEED:seeds/%=%)"

learn: $(READY) ## Write what the sources of the seeds repeat as rules: content/rules/learned.toml
	@$(BIN)/copydesk learn seeds

test: $(READY_DEV) ## Run the tests
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

lint: $(READY_DEV) ## Check style, types and workflows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/zizmor --offline --quiet .github

bench: $(READY_DEV) ## Measure against peers: make bench N=1000, or DATA=folder with text dumps
	@$(BIN)/python tests/benchmarks/cleaning.py --documents "$(N)" $(if $(DATA),--data "$(DATA)")
	@$(BIN)/python tests/benchmarks/building.py --documents "$(N)"

score: $(READY_DEV) ## Measure the cleaning of labelled dumps, cross-validated: make score DATA=folder [LEANINGS=...] [WORST=20]
	@test -n "$(DATA)" || { echo "Name the labelled pages: make score DATA=folder" >&2; exit 2; }
	@$(BIN)/python tests/benchmarks/scoring.py "$(DATA)" --leanings "$(LEANINGS)" --worst "$(WORST)"

quality: $(READY_DEV) ## Measure the cleaning of the project's own stories, and raise the floors of the tests
	@$(BIN)/python tests/quality/measure.py

score-html: $(READY_DEV) $(READY_PEERS) ## Score saved pages beside other extractors: make score-html DATA=folder [TAGGERS=folder] [EVERY=N]
	@test -n "$(DATA)" || { echo "Name the labelled pages: make score-html DATA=folder" >&2; exit 2; }
	@$(BIN)/python tests/benchmarks/extraction.py "$(DATA)" --peers "$(PEERS)/bin/python" \
		$(if $(TAGGERS),--taggers "$(TAGGERS)") $(if $(EVERY),--every "$(EVERY)")

hostile: $(READY_DEV) ## Build the hostile corpus and open every page: make hostile [VECTORS=file.json]
	@$(BIN)/python tests/campaigns/hostile.py --browser $(if $(VECTORS),--vectors "$(VECTORS)")

fuzz: $(READY_DEV) ## Mutate seeds, rules, overrides for SECONDS each, and look for what breaks
	@$(BIN)/python tests/campaigns/fuzz.py --seconds "$(SECONDS)" --keep .copydesk/fuzz

kill: $(READY_DEV) ## Kill TIMES builds at random moments, and look at what they leave
	@$(BIN)/python tests/campaigns/kill.py --times "$(TIMES)"

identity: $(READY) ## Compare the bytes of builds: make identity PYTHONS="python3.11 python3.13"
	@$(BIN)/python tests/campaigns/identity.py $(PYTHONS)

audit: $(READY_DEV) ## Look for known faults in the dependencies, and write their list (SBOM) to .copydesk/sbom.json
	@mkdir -p .copydesk
	@$(BIN)/cyclonedx-py requirements --output-reproducible --output-file .copydesk/sbom.json requirements.txt
	@$(BIN)/pip-audit --require-hashes --disable-pip --requirement requirements.txt

train: $(READY) ## Train the taggers anew: make train DATA=folder [EXTRA=folder]; see docs/cleaning.md
	@test -n "$(DATA)" || { echo "Name the labelled pages: make train DATA=folder" >&2; exit 2; }
	@$(PIP) install --require-hashes -r requirements-train.txt
	@mkdir -p .copydesk/folds
	@$(BIN)/python -m copydesk.training.train "$(DATA)" $(if $(EXTRA),--extra "$(EXTRA)") \
		--weights plugins/copydesk/cleaning/tagger/weights.npz --fold-weights .copydesk/folds
	@$(BIN)/python -m copydesk.training.roles "$(DATA)" .copydesk/folds $(if $(EXTRA),--extra "$(EXTRA)") \
		--weights plugins/copydesk/cleaning/tagger/roles.npz
	@$(BIN)/python -m copydesk.training.pagetagger "$(DATA)" .copydesk/folds --fold-weights .copydesk/folds \
		--weights plugins/copydesk/cleaning/tagger/pages.npz

LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml

lock: $(READY_DEV) ## Resolve the dependencies anew into the two lock files
	@$(LOCK) --extra setup --output-file requirements.txt
	@$(LOCK) --extra setup --extra dev --constraints requirements.txt --output-file requirements-dev.txt
	@$(LOCK) --extra train --constraints requirements.txt --output-file requirements-train.txt
	@$(LOCK:pyproject.toml=) --group peers --output-file requirements-peers.txt
