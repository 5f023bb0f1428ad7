# `make demo` and `make test` each do all of their own set-up, in .venv; deleting the folder removes everything.
PYTHON ?= python3
INSTALLED := .venv/installed
READY := .venv/ready
BENCH := .venv/bench

.PHONY: demo test quick lint browser fuzz stopping mutants bench docs golden wheel clean

demo: $(INSTALLED)
	.venv/bin/mba assess profiles/riverside.yaml

test: $(READY)
	.venv/bin/python -m pytest -n auto --dist worksteal

# The engine, the loader and the reports, with fewer examples of each law: no process starts, in half a minute on two processors.
quick: $(READY)
	.venv/bin/python -m pytest -n auto --dist worksteal -m "not process and not slow" --hypothesis-profile=quick

lint: $(READY)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/python tests/plain_code.py

# What drives a browser, for tests/test_browser.py, which is skipped without it; a chromium must be installed too.
browser: $(READY)
	PIP_CONSTRAINT=constraints.txt .venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[browser]'

# Names, figures and paths as people write them; then files of every kind, spoilt, and every command on them: so many
# minutes each, `make fuzz MINUTES=10`.
MINUTES ?= 2
fuzz: $(READY)
	.venv/bin/python tests/fuzz.py --minutes $(MINUTES)
	.venv/bin/python tests/fuzz_program.py --minutes $(MINUTES)

# Signals at random moments of every command that writes.
stopping: $(READY)
	.venv/bin/python tests/stopping.py --moments 200

# Whether the tests would notice small changes of the program, one at a time: `make mutants MINUTES=30 SEED=2`.
SEED ?= 1
mutants: $(READY)
	.venv/bin/python tests/mutants.py --minutes $(MINUTES) --seed $(SEED)

bench: $(BENCH)
	.venv/bin/python benchmarks/startup.py
	.venv/bin/python benchmarks/choose.py
	.venv/bin/python benchmarks/stress.py
	.venv/bin/python benchmarks/diff.py

# What is generated from the code: docs/rules.md, docs/catalogue.md and the golden files. Read the difference before you commit it.
docs: $(READY)
	.venv/bin/mba rules --format markdown -o docs/rules.md --force
	.venv/bin/mba catalogue --format markdown -o docs/catalogue.md --force

golden: docs
	.venv/bin/python -m pytest tests/test_golden.py tests/test_faulty.py --renew -q

clean:
	rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

# What a user needs; then what tests need.
$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv --clear .venv
	PIP_CONSTRAINT=constraints.txt .venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[office]'
	.venv/bin/python -m compileall -q src
	touch $(INSTALLED)

$(READY): $(INSTALLED)
	PIP_CONSTRAINT=constraints.txt .venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[office,dev]'
	touch $(READY)

# A file to install elsewhere, in dist/.
wheel: $(INSTALLED)
	.venv/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

$(BENCH): $(READY)
	PIP_CONSTRAINT=constraints.txt .venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	touch $(BENCH)
