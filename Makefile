# 两条命令：make site 建两个样站；make test 跑全部测试。看一看：make demo。
AS_OF := 2026-11-20
SITES := dalian lingyuan
VENV := .venv
SECONDS_EACH := 300
RUN := $(VENV)/bin

.PHONY: site test programs lint serve demo docs bench crash clean samples screens styleguide sbom vulnerabilities laws mutants fuzz worlds

site: $(VENV)/.run
	@for site in $(SITES); do \
	  $(RUN)/site-builder build --site content/$$site/site.yml --as-of $(AS_OF) --output output \
	    --allow as-of-in-the-future || exit $$?; \
	done
	@echo "两个样站在 output/ 里；看一看：make demo；接下来：docs/tutorial.md"

test: $(VENV)/.dev programs
	$(RUN)/python -m pytest -W error -n auto --maxprocesses 4 --dist loadfile

# Debian's packages the tests run on: installed where we may (root, or sudo that asks nothing), else told.
programs: $(VENV)/.run
	@$(RUN)/python .ci/programs.py

lint: $(VENV)/.dev
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy

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

# A thousand kills, and every single change to the disk refused: about half an hour.
crash: $(VENV)/.dev
	SITE_BUILDER_KILLS=1000 SITE_BUILDER_EVERY=1 $(RUN)/python -m pytest -W error tests/crash

bench: $(VENV)/.dev
	$(RUN)/python benchmarks/build.py

# What the program is made of, for whoever must account for it: CycloneDX, from the locked files alone.
sbom: $(VENV)/.tools
	@mkdir -p output
	$(RUN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --of JSON -o output/sbom.cdx.json \
	  requirements.lock

# Sixteen builds of 3,000 entries in sixteen surroundings: one digest.
worlds: $(VENV)/.dev
	SITE_BUILDER_WORLDS=3000 $(RUN)/python -m pytest -W error tests/sites/test_worlds.py

# Is every decision tested? Each line of the rules changed in turn; docs/mutants.md explains those no test notices.
mutants: $(VENV)/.tools
	rm -rf mutants
	nice $(RUN)/mutmut run
	$(RUN)/mutmut results

# Five minutes of arbitrary bytes for each reader.
fuzz: $(VENV)/.tools
	@for reader in csv jsonl xlsx descriptor; do PYTHONPATH=tests/given $(RUN)/python tests/fuzz/run.py $$reader $(SECONDS_EACH) || exit $$?; done

# Each law of the rules tried 10,000 times, two thousand histories of releases, and a hundred thousand texts that hold
# nobody's number.
laws: $(VENV)/.dev
	SITE_BUILDER_HARMLESS=100000 $(RUN)/python -m pytest -W error -k harmless tests/unit/rules/test_rules_numbers.py
	$(RUN)/python -m pytest -W error --hypothesis-profile=laws tests/property/test_laws.py \
	  tests/property/test_other_laws.py tests/property/test_number_laws.py \
	  tests/property/test_release_machine.py tests/property/test_pack_round_trip.py

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

$(VENV)/.tools: requirements-tools.lock $(VENV)/.dev
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.lock
	@touch $@
