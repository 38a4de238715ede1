# `make run` starts Zhitong, `make test` checks everything. See README.md.
PORT ?= 8000
DATA ?= ./data
PYTHON ?= python3

.PHONY: run test setup locks messages reference format clean

run: setup
	@ZHITONG_PORT="$(PORT)" ZHITONG_DATA="$(DATA)" ZHITONG_DEMO="$${ZHITONG_DEMO-1}" exec .venv/bin/zhitong serve

test:
	@$(MAKE) --no-print-directory setup FOR=test
	@.venv/bin/python -m tools.check

# Environment and built assets; what both commands share. Does nothing when nothing changed.
setup:
	@command -v $(PYTHON) >/dev/null || { echo "zhitong: python3 is missing; install it: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "zhitong: Python 3.11 or newer is needed, not $$($(PYTHON) -V)" >&2; exit 1; }
	@$(PYTHON) -m tools.setup $(FOR)

# Write requirements/*.lock anew; UPGRADE=--upgrade takes the newest versions.
locks:
	@.venv/bin/python -m tools.locks $(UPGRADE)

messages:
	@.venv/bin/python -m tools.messages check

# Write docs/map.md and docs/privacy.md anew from the code.
reference:
	@.venv/bin/python -m tools.reference write

format:
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

clean:
	rm -rf .venv .cache build *.egg-info
