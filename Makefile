# make site 建两个样站；make test 跑全部测试，make long 跑足；看一看：make demo。
AS_OF := 2026-11-20
SITES := dalian lingyuan
VENV := .venv
SECONDS_EACH := 300
RUN := $(VENV)/bin

.PHONY: site test long programs lint clients serve demo docs bench crash clean samples screens styleguide sbom vulnerabilities laws mutants fuzz worlds

site: $(VENV)/.run
	@for site in $(SITES); do \
	  $(RUN)/site-builder build --site content/$$site/site.yml --as-of $(AS_OF) --output output \
	    --allow as-of-in-the-future || exit $$?; \
	done
	@echo "两个样站在 output/ 里；看一看：make demo；接下来：docs/tutorial.md"

# Every check at its small size; begun in the order of tests/conftest.py, a file to each process.
PYTEST := $(RUN)/python -m pytest -W error
# What takes hours has no limit (pyproject.toml: faulthandler_timeout).
HOURS := -o faulthandler_timeout=0
EVERYTHING := $(PYTEST) -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --max-worker-restart 2

test: $(VENV)/.dev programs
	$(EVERYTHING)

# The same tests at full size (tests/given/sizes.py), then arbitrary bytes for the readers and changed lines of the rules: hours.
long: $(VENV)/.dev programs
	SITE_BUILDER_LONG=1 $(EVERYTHING) $(HOURS)
	$(MAKE) fuzz mutants

# Parts of make long, each alone: a thousand kills and every change to the disk refused; each law tried 10,000 times and
# two thousand histories; sixteen builds of 3,000 entries in sixteen surroundings.
crash: TESTS = tests/crash
laws: TESTS = tests/property tests/unit/rules/test_rules_numbers.py
worlds: TESTS = tests/sites/test_worlds.py
crash laws worlds: $(VENV)/.dev
	SITE_BUILDER_LONG=1 $(PYTEST) $(HOURS) $(TESTS)

# Debian's packages the tests run on: installed where we may (root, or sudo that asks nothing), else told.
programs: $(VENV)/.run
	@$(RUN)/python .ci/programs.py

lint: $(VENV)/.dev
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy

# Re-users' programs that have to be compiled (PyICU: libicu-dev, pkg-config, g++, python3-dev), so no part of make test.
clients: $(VENV)/.clients
	$(PYTEST) -m needs_followthemoney

serve: $(VENV)/.run
	$(RUN)/site-builder serve --site content/$(firstword $(SITES))/site.yml --as-of $(AS_OF)

# Both sample sites side by side, on 127.0.0.1.
demo: site
	@$(RUN)/python data/demo.py

# The pages made from the code, and the browsable site of all of docs/ in output/docs/.
docs: $(VENV)/.dev
	$(RUN)/python docs/make.py
	$(RUN)/mkdocs build --strict

samples: $(VENV)/.run
	$(RUN)/python data/make_samples.py

screens: $(VENV)/.dev
	PYTHONPATH=tests/given $(RUN)/python tests/browser/screens.py output/screens

styleguide: $(VENV)/.run
	$(RUN)/python -m site_builder.render.styleguide site_builder/themes dalian output/styleguide

bench: $(VENV)/.dev
	$(RUN)/python benchmarks/build.py

# What the program is made of, for whoever must account for it: CycloneDX, from the locked files alone.
sbom: $(VENV)/.tools
	@mkdir -p output
	$(RUN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --of JSON -o output/sbom.cdx.json \
	  requirements.lock

# Is every decision tested? Each line of the rules changed in turn; docs/mutants.md explains those no test notices.
mutants: $(VENV)/.tools
	rm -rf mutants
	nice $(RUN)/mutmut run
	$(RUN)/mutmut results

# Five minutes of arbitrary bytes for each reader.
fuzz: $(VENV)/.tools
	@for reader in csv jsonl xlsx descriptor; do PYTHONPATH=tests/given $(RUN)/python tests/fuzz/run.py $$reader $(SECONDS_EACH) || exit $$?; done

vulnerabilities: $(VENV)/.tools
	$(RUN)/python .ci/known_vulnerabilities.py

clean:
	rm -rf $(VENV) output .mypy_cache .ruff_cache .hypothesis *.egg-info

# The environment is made from the locked files alone; every package is checked against its hash.
$(VENV)/.run: requirements.lock pyproject.toml
	python3 -m venv $(VENV)
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(RUN)/pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.clients: requirements-clients.lock $(VENV)/.dev
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-clients.lock
	@touch $@

$(VENV)/.tools: requirements-tools.lock $(VENV)/.dev
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.lock
	@touch $@
