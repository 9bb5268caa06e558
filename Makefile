# Every target is one line that a person could type; what needs more lives in scripts/.

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint reports check-reports validation bench clean

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

setup: ## Install what is missing; says exactly what it does.
	@scripts/setup

demo: setup ## Build the program and compare the strategies of the example.
	@scripts/demo

test: setup ## Run every test; a warning is an error.
	swift test -Xswiftc -warnings-as-errors

lint: ## Check the format of the sources and the scripts.
	@scripts/check-format

reports: setup ## Write all committed reports anew.
	@scripts/reports Reports

check-reports: setup ## Compare all committed reports with new ones, byte for byte.
	@scripts/check-reports

validation: setup ## Check the model and write its report anew; takes some minutes.
	@scripts/validation Reports

bench: setup ## Measure everything that is promised about speed, in about ten minutes.
	@Benchmarks/run >/dev/null

clean: ## Remove what was built; stores and reports stay.
	rm -rf .build .build-* Benchmarks/.build
