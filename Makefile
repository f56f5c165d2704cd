# Two commands for a newcomer on Debian (or a derivative) with Swift 6.2 or newer: `make demo` and `make test`.
# Each says what it is about to do, and installs only the Debian packages that are missing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

LIBRARIES := libncurses-dev libpq-dev libpg-query-dev libprotobuf-c-dev libssl-dev pkg-config postgresql
TEST_TOOLS := tmux procps binutils pgbouncer openssl git python3 valgrind
SAMPLE ?= helix

# Only this package's own code is checked; strict about imports, so that the table in Package.swift is the truth.
BUILD_FLAGS := --explicit-target-dependency-import-check error

.PHONY: help demo build test fuzz chaos sanitize bench instructions lint screenshots install packages packages-for-tests clean

help:
	@echo 'make demo      install what is missing, build, open the console on a private PostgreSQL (SAMPLE=helix)'
	@echo 'make test      install what is missing, check the format, build, run every test'
	@echo 'make fuzz      feed the SQL reader what no one would write, for FUZZ_SECONDS (60; an hour by hand)'
	@echo 'make bench     measure Signalbox beside its peers, and write docs/performance.md (Benchmarks/README.md)'
	@echo 'make instructions  count the instructions of five key paths; RECORD=1 takes them as the recorded ones'
	@echo 'make screenshots  draw every screen of the console into docs/screens, in three sizes and themes'
	@echo 'make chaos     kill, cut and crash rollouts CHAOS_RUNS times a kind (500; at most CHAOS_SECONDS; CHAOS_SEED)'
	@echo 'make sanitize  the suites under AddressSanitizer and ThreadSanitizer, each in a build of its own (.build/address, .build/thread)'
	@echo 'make build     build .build/release/signalbox'
	@echo 'make install   copy the program, its themes and samples to PREFIX (default /usr/local)'
	@echo 'make clean     remove what was built'

demo: packages build
	@echo '── Opening the console on the sample "$(SAMPLE)", on a private PostgreSQL that is removed when you quit'
	@.build/release/signalbox demo $(SAMPLE)

build: packages
	@echo '── Building Signalbox (swift build -c release)'
	@swift build -c release --product signalbox

test: packages-for-tests lint
	@echo '── Building with warnings as errors, and running every test'
	@swift build --build-tests $(BUILD_FLAGS)
	@echo '── Building the release binary, which the tests of the program run'
	@swift build -c release --product signalbox
	@$(call run-tests,--skip signalboxTests --skip PredictionTests --skip ChaosTests)
	@echo '── Comparing what statements are said to do with what a server does'
	@$(call run-tests,--filter PredictionTests)
	@echo '── Running the program as an operator does: commands, and the console in a terminal'
	@export SIGNALBOX_PROGRAM="$$PWD/.build/release/signalbox"; $(call run-tests,--filter signalboxTests)
	@echo '── Killing, cutting and crashing a few rollouts (make chaos does more of it)'
	@$(call run-tests,--filter ChaosTests)
	@echo '── Counting the instructions of key paths (make instructions)'
	@Benchmarks/instructions/check

FUZZ_SECONDS ?= 60
fuzz: packages-for-tests
	@echo '── Fuzzing the splitter and the reader of effects for $(FUZZ_SECONDS) seconds'
	@swift build --build-tests $(BUILD_FLAGS)
	@SIGNALBOX_FUZZ_SECONDS=$(FUZZ_SECONDS) SIGNALBOX_FUZZ_LAST=.build/fuzz-last.sql \
	  swift test --skip-build --disable-xctest --filter TimedFuzzTests

BENCH ?=
bench: build
	@echo '── Installing the peers into .build-bench/ (PyPI and Debian)'
	@Benchmarks/install-peers .build-bench
	@echo '── Running ours and theirs in turn; docs/performance.md takes the figures'
	@cd Benchmarks && PYTHONDONTWRITEBYTECODE=1 python3 -m bench $(BENCH)

# Clocks stand still while they are drawn, so that only what has changed in the screens changes the pictures.
screenshots: packages build
	@echo '── Drawing the screens of the sample Helix into docs/screens'
	@rm -f docs/screens/*.svg
	@SOURCE_DATE_EPOCH=1794571469 TZ=UTC XDG_CONFIG_HOME=/nonexistent .build/release/signalbox demo helix \
	  --script docs/screens/tour.txt --picture docs/screens

CHAOS_RUNS ?= 500
CHAOS_SECONDS ?= 3600
CHAOS_SEED ?= $(shell date +%s)
chaos: packages-for-tests
	@echo '── Injecting $(CHAOS_RUNS) faults of each kind into rollouts of 200 migrations, $(CHAOS_SECONDS) seconds a kind at most'
	@swift build --build-tests
	@SIGNALBOX_CHAOS_RUNS=$(CHAOS_RUNS) SIGNALBOX_CHAOS_SECONDS=$(CHAOS_SECONDS) SIGNALBOX_CHAOS_SEED=$(CHAOS_SEED) \
	  swift test --skip-build --disable-xctest --filter ChaosTests.CampaignTests

# A sanitizer must leave the signals alone by which tests crash the program, and a build of its own is kept for each.
# AccessFollowerTests compare every cell of large matrices again and again: an hour there, and nothing in them is shared.
# DeepParsingTests nest deeper than ThreadSanitizer's own stack of calls holds (65,536).
sanitize: packages-for-tests
	@echo '── Building and running the suites under AddressSanitizer'
	@swift build --build-tests --sanitize=address --scratch-path .build/address
	@ASAN_OPTIONS=detect_leaks=0:handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_abort=0 \
	  swift test --skip-build --sanitize=address --scratch-path .build/address --disable-xctest --no-parallel \
	  --skip signalboxTests --skip PredictionTests --skip AccessFollowerTests
	@echo '── Building and running the suites under ThreadSanitizer'
	@swift build --build-tests --sanitize=thread --scratch-path .build/thread
	@TSAN_OPTIONS=handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_abort=0 \
	  swift test --skip-build --sanitize=thread --scratch-path .build/thread --disable-xctest --no-parallel \
	  --skip signalboxTests --skip PredictionTests --skip AccessFollowerTests --skip DeepParsingTests

# Counts hang on neither the clock nor who else uses the machine.
instructions: build
	@echo '── Counting the instructions of key paths'
	@Benchmarks/instructions/check $(if $(RECORD),--record)

lint:
	@echo '── Checking the format (swift format lint --strict)'
	@swift format lint --strict --recursive Sources Tests Package.swift

PREFIX ?= /usr/local
install: build
	@echo '── Installing to $(DESTDIR)$(PREFIX)'
	@install -D -s -m 755 .build/release/signalbox '$(DESTDIR)$(PREFIX)/bin/signalbox'
	@mkdir -p '$(DESTDIR)$(PREFIX)/share/signalbox'
	@cp -R themes migrations '$(DESTDIR)$(PREFIX)/share/signalbox/'

clean:
	@rm -rf .build

# $(call run-tests,ARGUMENTS): runs tests; where some fail, what failed is said again at the end, thousands of lines after it.
define run-tests
	swift test --skip-build --disable-xctest $(1) 2>&1 | tee .build/tests.log || { \
	  echo '── What failed (whole in .build/tests.log):'; \
	  grep -E '^.{0,4}Test .* recorded an issue|^↳|Fatal error|error: ' .build/tests.log | cut -c 1-700 || true; \
	  exit 1; \
	}
endef

# $(call install-packages,LIST): installs what is missing of LIST, with sudo unless we are root already.
define install-packages
	missing=''; \
	for package in $(1); do \
	  dpkg-query -W -f '$${Status}' "$$package" 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
	  echo "Signalbox needs these packages, and this is no Debian: install them under the names used here:$$missing" >&2; \
	  exit 1; \
	fi; \
	sudo=''; [ "$$(id -u)" = 0 ] || sudo='sudo'; \
	echo "── Installing with $${sudo:+sudo }apt-get:$$missing"; \
	$$sudo apt-get update -qq; \
	DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null
endef

packages:
	@command -v swift >/dev/null || { echo 'Signalbox is built with Swift 6.2 or newer: https://www.swift.org/install/linux/' >&2; exit 1; }
	@$(call install-packages,$(LIBRARIES))

packages-for-tests: packages
	@$(call install-packages,$(TEST_TOOLS))
