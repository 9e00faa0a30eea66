# make run    set up, load the demo county, play one case, stay up on 127.0.0.1:8000
# make tour   the same story at full speed, and exit
# make test   everything, part by part; PART="store actions" takes only those; make check takes the quick ones
# make bench | fuzz | faults | long   what takes longer
# make web    build the pages' scripts and style sheets, if web/ has changed; make run does it too
# make pictures  the pictures of docs/manual, made by walking its first case in a browser
# make lock   write the locks anew from pyproject.toml (UPGRADE=--upgrade moves the pins)

PY := .venv/bin/python
RUN := .venv/run.stamp
DEV := .venv/dev.stamp

.PHONY: run tour setup web pictures test check bench fuzz faults long lock

run: $(RUN)
	@$(PY) -m tools.build_web --or-warn
	@exec .venv/bin/oneseal demo $(ARGS)

tour: $(RUN)
	@exec .venv/bin/oneseal tour $(ARGS)

setup: $(DEV)
	@$(PY) -m tools.build_web --or-warn

web: $(RUN)
	@exec $(PY) -m tools.build_web

pictures: $(DEV)
	@exec $(PY) -m docs.manual.pictures

test: $(DEV)
	@exec $(PY) -m tools.run_tests $(PART)

check: $(DEV)
	@exec $(PY) -m tools.run_tests --quick $(PART)

bench: $(DEV)
	@exec $(PY) -m tools.run_bench $(ARGS)

fuzz faults long: $(DEV)
	@exec $(PY) -m tools.run_tests --marked $@ $(ARGS)

lock: $(DEV)
	@tools/lock.sh $(UPGRADE)

$(RUN): requirements.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh run

$(DEV): requirements-dev.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh dev
