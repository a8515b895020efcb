# Two commands for a fresh machine: make run, make test. The others are for those who work on the console.

PYTHON ?= python3
VENV := .venv/bin/python
# uv makes the lock file and is needed for nothing else: it lives in a throw-away environment.
LOCKER := .cache/lock

.PHONY: run test bench soak reliability mutants shots lock i18n licences sbom audit

run:
	@$(PYTHON) packaging/setup.py run
	@$(VENV) main.py --sandbox $(ARGS)

test:
	@$(PYTHON) packaging/setup.py test
	@$(VENV) packaging/check.py $(ARGS)

bench:
	@$(PYTHON) packaging/setup.py test
	@$(VENV) packaging/bench.py $(ARGS)

soak:
	@$(PYTHON) packaging/setup.py test
	@$(VENV) packaging/soak.py $(ARGS)

reliability:
	@$(PYTHON) packaging/setup.py test
	@$(VENV) packaging/reliability.py $(ARGS)

mutants:
	@$(PYTHON) packaging/setup.py test
	@$(VENV) packaging/mutants.py $(ARGS)

shots:
	@$(PYTHON) packaging/setup.py run
	@QT_QPA_PLATFORM=offscreen $(VENV) packaging/shots.py --out shots $(ARGS)

lock:
	@$(PYTHON) -m venv $(LOCKER) && $(LOCKER)/bin/python -m pip install -q uv
	@UV_PYTHON_DOWNLOADS=never $(LOCKER)/bin/uv export --python $(PYTHON) --quiet --no-emit-project \
		--format requirements-txt --no-annotate --no-header -o requirements.lock
	@rm -f uv.lock

i18n:
	@$(PYTHON) packaging/setup.py run
	@$(VENV) packaging/translations.py --update

licences:
	@$(PYTHON) packaging/setup.py run
	@$(VENV) packaging/licences.py --update

sbom:
	@$(PYTHON) packaging/setup.py test
	@$(VENV) packaging/supply.py --update

# Asks an advisory service about the locked packages: needs network, so it is no part of make test.
audit:
	@$(PYTHON) packaging/setup.py test
	@$(VENV) packaging/supply.py --audit
