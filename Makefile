# Smelt: the commands people and machines call. `make help` explains them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
UV := .uv/bin/uv
export RASA_TELEMETRY_ENABLED := false
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test train evaluate simulate bench lint demo-token staff lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(UV):
	@echo "fetching uv into .uv ..."
	@python3 -m venv .uv && .uv/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/.runtime: requirements.lock | $(UV)
	@echo "installing the runtime ..."
	@test -x $(PYTHON) || $(UV) venv --quiet --python 3.11 .venv
	@if ! cmp -s requirements-dev.lock .venv/.dev-lock; then $(UV) pip sync --quiet --require-hashes --compile-bytecode requirements.lock; fi
	@touch $@

.venv/.dev: requirements-dev.lock | $(UV)
	@echo "installing the runtime and the tools for tests ..."
	@test -x $(PYTHON) || $(UV) venv --quiet --python 3.11 .venv
	@$(UV) pip sync --quiet --require-hashes --compile-bytecode requirements-dev.lock
	@cp requirements-dev.lock .venv/.dev-lock && touch .venv/.runtime $@

run: .venv/.runtime ## start everything and print the address (WEB_PORT, ENGINE_PORT, ACTIONS_PORT)
	@exec $(PYTHON) -m bot.run

train: .venv/.runtime ## train the model unless one fits the data
	@$(PYTHON) -m bot.train

test: .venv/.dev ## run all tests; uses PostgreSQL, Redis and Chromium where they are
	@$(PYTHON) -m bot.widget.build && $(PYTHON) -m bot.train
	@$(PYTHON) -m pytest tests/unit tests/conversations -n 2 $(ARGS)
	@$(PYTHON) -m pytest tests/simulation $(ARGS)
	@$(PYTHON) -m pytest tests/integration -n 2 --dist loadfile $(ARGS)
	@$(PYTHON) -m pytest tests/browser -n 2 --dist loadfile $(ARGS)

evaluate: .venv/.dev train ## accuracy on sentences no training file holds; EVAL=<folder> adds sentences of an outside folder
	@EVAL="$(EVAL)" $(PYTHON) -m tests.evaluation.run $(ARGS)

# LANG counts only when it is given to make: every shell has one of its own.
simulate: .venv/.dev train ## play customers made from personas against the assistant: make simulate [N=2000] [SEED=1] [LANG=nb] [WORKERS=6]
	@$(PYTHON) -m tests.simulation.run -n $(or $(N),2000) --seed $(or $(SEED),1) --workers $(or $(WORKERS),6) --language "$(if $(filter command,$(firstword $(origin LANG))),$(LANG))"

bench: .venv/.dev train ## time whole turns beside a stock assistant in the same run
	@$(PYTHON) -m tests.load.bench $(ARGS)

lint: .venv/.dev ## ruff, mypy and tsc
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports --no-cache && $(PYTHON) -m bot.widget.build --check

demo-token: .venv/.runtime ## print a sign-in token: make demo-token CONTACT=demo-kari
	@$(PYTHON) -m bot.web.demo_token "$(CONTACT)"

staff: .venv/.runtime ## make an account of the sales desk: make staff EMAIL=.. NAME=".." [ROLE=admin]; asks for the password
	@$(PYTHON) -m bot.store.staff.staff add "$(EMAIL)" "$(NAME)" --role "$(or $(ROLE),agent)"

lock: $(UV) ## compile the lock files anew from pyproject.toml
	@$(UV) pip compile pyproject.toml --python-version 3.11 --python-platform x86_64-manylinux_2_28 --generate-hashes --no-annotate --no-header -q -o requirements.lock
	@$(UV) pip compile pyproject.toml --group dev --python-version 3.11 --python-platform x86_64-manylinux_2_28 --generate-hashes --no-annotate --no-header -q -o requirements-dev.lock

clean: ## remove databases, models and build output
	@rm -rf var models bot/web/static/dist
