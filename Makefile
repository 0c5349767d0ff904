# Every target installs what it needs; a second run finds it there and goes straight on.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Where the runtimes' images are: codebox's own default, unless said otherwise. Demo, tests and
# benchmark borrow the images and keep all else in scratch folders of their own.
XDG_DATA_HOME ?= $(HOME)/.local/share
DATA_DIR ?= $(if $(filter 0,$(shell id -u)),/var/lib,$(XDG_DATA_HOME))/codebox
RELEASE := $(CURDIR)/.build/release/codebox
DEBUG := $(CURDIR)/.build/debug/codebox
SWIFT_RELEASE := swift build -c release --static-swift-stdlib
# The Swift of the benchmarks, without what they build.
BENCHMARKS := Benchmarks/Package.swift Benchmarks/Benchmarks
# More arguments for the scripts: make bench BENCH=--quick, make soak SOAK='--jobs 20000',
# make profile PROFILE='--language node', make cpython-tests MODULES='test_os test_s*'.
BENCH ?=
SOAK ?=
HOSTILE ?=
PROFILE ?=
MODULES ?=
ATTACKS ?=
FUZZ_SECONDS ?= 600
FUZZ_SEED ?=

export CODEBOX_DATA_DIR := $(DATA_DIR)

.PHONY: run
run: build ## Build, start a server, send it Python, Node and bash jobs, show the answers
	@scripts/runtimes $(RELEASE)
	@scripts/demo $(RELEASE)

.PHONY: test
test: ## Run every test: unit, end to end, cgroup v2 guest, leftovers
	@scripts/test

.PHONY: test-all
test-all: ## The same, with attacks in a guest, longer fuzzers, and 40 starts of Node's zygote
	@scripts/test all

.PHONY: attacks
attacks: ## The hostile programs of Tests/Attacks; ATTACKS='--only "kernel/*" --verbose' for some
	@swift build --build-tests
	@scripts/runtimes $(DEBUG)
	@Tests/Attacks/run --codebox $(DEBUG) --data-dir $(DATA_DIR) $(ATTACKS)

.PHONY: fuzz
fuzz: ## The fuzzers, FUZZ_SECONDS=600 each; FUZZ_SEED=n repeats a run
	@swift build --build-tests
	@scripts/runtimes $(DEBUG)
	@CODEBOX_FUZZ_SECONDS=$(FUZZ_SECONDS) CODEBOX_FUZZ_SEED=$(FUZZ_SEED) \
	    swift test --skip-build --disable-xctest --filter FuzzTests
	@CODEBOX_FUZZ_SECONDS=$(FUZZ_SECONDS) CODEBOX_FUZZ_SEED=$(FUZZ_SEED) \
	    Tests/Fuzz/run --codebox $(DEBUG) --data-dir $(DATA_DIR)

# One call for each product: a call without one would also build the tests' helper programs.
# Planning costs seconds each time; see docs/performance.md, Building.
.PHONY: build
build: setup ## Release build: .build/release/codebox, and what it needs beside it
	@$(SWIFT_RELEASE) --product codebox
	@$(SWIFT_RELEASE) --product codebox-warden
	@$(SWIFT_RELEASE) --product codebox-init
	@$(SWIFT_RELEASE) --product codebox-zygote-python
	@$(SWIFT_RELEASE) --product codebox-zygote-node
	@$(SWIFT_RELEASE) --product codebox-interfaces
	@scripts/lint/switch $(dir $(RELEASE))

.PHONY: runtimes
runtimes: build ## Build the images that are missing, of every folder in runtimes/
	@scripts/runtimes $(RELEASE)

.PHONY: bench
bench: setup-bench build ## Times and costs beside bare interpreters and other sandboxes
	@scripts/runtimes $(RELEASE) python node
	@python3 Benchmarks/startup.py --codebox $(RELEASE) --output .build/bench/results.md $(BENCH)

.PHONY: profile
profile: setup-bench build ## Where a job's CPU time goes; a flame graph in .build/bench
	@scripts/runtimes $(RELEASE) python node
	@mkdir -p .build/bench
	@python3 Benchmarks/cpu_profile.py --codebox $(RELEASE) --flame .build/bench/flame.svg $(PROFILE)

.PHONY: bench-micro
bench-micro: build ## The parts of the hot path, one by one
	@scripts/runtimes $(RELEASE) python node
	@CODEBOX_BIN=$(RELEASE) swift package --package-path Benchmarks benchmark $(BENCH)

.PHONY: soak
soak: build ## 200,000 jobs of every sort; fails if anything grows, slows down or goes wrong
	@scripts/runtimes $(RELEASE)
	@python3 Benchmarks/soak.py --codebox $(RELEASE) $(SOAK)

.PHONY: hostile
hostile: build ## What 2,000 hostile connections do to an honest client; fails if it is too much
	@scripts/runtimes $(RELEASE) bash
	@python3 Benchmarks/hostile.py --codebox $(RELEASE) $(HOSTILE)

# The patterns are the script's to expand, not the shell's.
.PHONY: cpython-tests
cpython-tests: build ## CPython's own tests in CodeBox and bare; MODULES='test_os test_s*' for some
	@$(SWIFT_RELEASE) --product bare-interpreter
	@set -f; scripts/cpython-tests $(RELEASE) $(dir $(RELEASE))bare-interpreter $(MODULES)

.PHONY: doctor
doctor: build ## Say whether this machine can run jobs safely, and what to do if not
	@$(RELEASE) doctor

.PHONY: format
format: ## Rewrite the Swift code as .swift-format says
	@swift format --in-place --parallel --recursive Package.swift Sources Tests $(BENCHMARKS)

.PHONY: lint
lint: setup-lint ## Check Swift, C, Python, shell, Markdown and SPECIFICATION.md
	@scripts/lint/run

.PHONY: sbom
sbom: setup ## List what CodeBox and its images are made of: .build/sbom.json (CycloneDX)
	@scripts/sbom --data-dir $(DATA_DIR) --output .build/sbom.json
	@echo .build/sbom.json

.PHONY: setup setup-bench setup-lint
setup: ## Install the packages that building and running need (Debian and its kin)
	@scripts/setup build run

setup-bench:
	@scripts/setup build run bench

setup-lint:
	@scripts/setup lint

.PHONY: clean
clean: ## Remove what was built; the images stay in the data directory
	rm -rf .build

.PHONY: help
help: ## Say what there is
	@echo "make TARGET, where TARGET is one of"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
