# Two commands matter: `make demo` and `make test`. Both set up whatever is missing, again and again if need be.
PYTHON ?= python3
TIER ?= fast
DB ?= sqlite

.DEFAULT_GOAL := help
.PHONY: help demo dev test check format bench pictures messages translations coverage-of-rules lock clean

help:
	@echo "make demo                a running Parvis with a demonstration agency, on this machine"
	@echo "make test                the fast tests; TIER=fast|full|long, DB=sqlite|postgres, ARGS='what pytest takes'"
	@echo "make check               format, lint, types, import order, templates, translations, migrations, audit"
	@echo "make format              put the code in the form that 'make check' asks for"
	@echo "make dev                 like demo, reloading when a file changes"
	@echo "make bench               measure, and print the table of docs/performance.md"
	@echo "make pictures            draw the pictures of the README anew, from the demonstration"
	@echo "make messages            gather translatable texts into locale/"
	@echo "make coverage-of-rules   which lines of docs/domain.md a test names (ARGS=--missing lists the others)"
	@echo "make lock                choose dependency versions anew and write requirements/*.txt"
	@echo "make clean               forget everything set up; 'data/' stays"

demo:
	@$(PYTHON) tools/setup.py demo
	@exec .venv/bin/python -m parvis up --demo --parent $$PPID $(ARGS)

dev:
	@$(PYTHON) tools/setup.py dev
	@exec .venv/bin/python -m parvis up --demo --reload --parent $$PPID $(ARGS)

test:
	@$(PYTHON) tools/setup.py test
	@.venv/bin/python -m tools.run_tests --tier=$(TIER) --db=$(DB) $(ARGS)

check:
	@$(PYTHON) tools/setup.py dev
	@.venv/bin/python -m tools.check $(ARGS)

format:
	@$(PYTHON) tools/setup.py dev
	@.venv/bin/ruff check --quiet --fix-only . && .venv/bin/ruff format --quiet .

bench:
	@$(PYTHON) tools/setup.py test
	@.venv/bin/python -m bench $(ARGS)

pictures:
	@$(PYTHON) tools/setup.py test
	@.venv/bin/python -m tools.pictures $(ARGS)

messages:
	@$(PYTHON) tools/setup.py dev
	@.venv/bin/python -m tools.messages gather

translations:
	@$(PYTHON) tools/setup.py demo

coverage-of-rules:
	@$(PYTHON) -m tools.coverage_of_rules $(ARGS)

lock:
	@$(PYTHON) tools/setup.py dev
	@.venv/bin/python -m tools.lock

clean:
	rm -rf .venv node_modules staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find locale parvis -name '*.mo' -delete
