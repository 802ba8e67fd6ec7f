# Every target is a target of scripts/setup.py, which needs nothing but Python 3.11.
# `make` alone lists them; `make run ARGS="--port 9000"` passes words on.
PYTHON ?= python3

help:
	@$(PYTHON) scripts/setup.py

run test lint lock bench fuzz faults fresh gallery:
	@$(PYTHON) scripts/setup.py $@ $(ARGS)

.PHONY: help run test lint lock bench fuzz faults fresh gallery
