# The commands of the site. `make` alone lists them.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
TEMPLATES := templates

.DEFAULT_GOAL := help
.PHONY: help run admin test lint format messages e2e e2e-browser guide

help:  ## List the commands
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

run: .venv/installed .env  ## Serve the site with its content at http://127.0.0.1:8000 (PORT=… for another port)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py set_up_roles --verbosity 0
	@$(BIN)/python manage.py load_content
	@$(BIN)/python manage.py rebuild_search --if-empty
	@$(BIN)/python manage.py ensure_admin
	@SITE_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

admin: .venv/installed .env  ## Make one more administrator, with a password of your own
	@$(BIN)/python manage.py createsuperuser

test: .venv/installed-dev  ## Run the tests on SQLite, or on the PostgreSQL of DATABASE_URL
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: .venv/installed-dev  ## Check style and likely mistakes in Python and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djhtml --check $(TEMPLATES)
	$(BIN)/djlint --lint --quiet $(TEMPLATES)

format: .venv/installed-dev  ## Set Python and templates in the house style
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/djhtml $(TEMPLATES)

messages: .venv/installed-dev .env  ## Bring locale/ in step with the packages and compile it
	$(BIN)/python scripts/messages.py

e2e: .venv/installed-dev  ## Run the tests in a browser (first: make e2e-browser)
	$(BIN)/python -m pytest tests/e2e

e2e-browser:  ## Install Chromium where there is none (Debian, Ubuntu)
	@command -v chromium || { \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$sudo apt-get update && $$sudo apt-get install --yes --no-install-recommends chromium; \
	}

guide: .venv/installed-dev  ## Take the pictures of the editors' guide again (first: make e2e-browser)
	$(BIN)/python scripts/guide_screenshots.py

# --- What the commands above need ---------------------------------------------------------------------------------

.venv/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("The site needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv .venv
	@echo "Installing what the site runs on (once, a minute or so) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

.env:
	@$(PYTHON) -c 'import secrets; print("# Written by `make run` for this machine alone. Every switch: .env.example\nSECRET_KEY=" + secrets.token_urlsafe(48) + "\nDEBUG=True\nHTTPS=False")' > $@
