# vitalcast: one Makefile, nothing is built outside $(BUILD). `make help` lists the targets.
# Settings: make NAME=value, or lines NAME = value in an untracked config.mk.

-include config.mk

ifeq ($(origin CC),default)
CC      := gcc
endif
BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
DEBUG   ?= 0
SBC     ?= 1000
WERROR  ?= 0
MOD     ?=
SKIP    ?=

VERSION := $(shell sed -n 's/^\#define VC_VERSION_STRING "\(.*\)"/\1/p' include/vitalcast/api.h)
SOVERSION := 0

# --- flags -------------------------------------------------------------------------------------

# -ffp-contract=off: a fused multiply-add would give other bits on other machines.
LANGUAGE := -std=c17 -D_GNU_SOURCE -ffp-contract=off

WARN := -Wall -Wextra
WARN += -Wpedantic            # ISO C only; what is GNU stands in attributes
WARN += -Wshadow              # an inner name must not hide an outer one
WARN += -Wconversion          # counts, indices and doubles meet here: no silent narrowing
WARN += -Wdouble-promotion    # a float in this program is a mistake
WARN += -Wstrict-prototypes   # f() says nothing about its arguments
WARN += -Wmissing-prototypes  # what is not in a header is static
WARN += -Wcast-qual           # a borrowed const object stays const
WARN += -Wwrite-strings       # literals are const
WARN += -Wformat=2            # texts of two languages are formats: each must be checked
WARN += -Wundef               # a misspelt macro in #if is not 0
ifeq ($(findstring clang,$(CC)),)
WARN += -Wvla-larger-than=1   # no array on the stack whose size an input decides (gcc only)
else
WARN += -Wno-double-promotion # to clang NAN is a float that is promoted; gcc watches here
WARN += -Wno-format-nonliteral # gcc lets va_list functions pass a format on, and watches the rest
endif
ifeq ($(WERROR),1)
WARN += -Werror
endif

ifeq ($(DEBUG),1)
OPT ?= -O0 -g3 -fno-omit-frame-pointer
else
OPT ?= -O3 -g
endif
SANITIZE ?=

# Third-party headers are system headers: our warnings are about our own code.
packages = $(shell pkg-config $(1) $(2) | sed 's/-I/-isystem /g')
PACKAGES := openblas lapacke hdf5-serial yaml-0.1 xlsxwriter
DEPS_CFLAGS := $(call packages,--cflags,$(PACKAGES))
# GSL's own BLAS calls go to OpenBLAS, which must therefore stand here and libgslcblas must not.
# HDF5's dimension scales live in its high-level library, which has no .pc file.
DEPS_LIBS := -lgsl -lhdf5_hl $(call packages,--libs,$(PACKAGES)) -lm
# What a test does takes little time, what it tests is compiled as it is shipped.
TEST_OPT := $(if $(filter 1,$(DEBUG)),,-O1)
CHECK_CFLAGS = $(call packages,--cflags,check)
CHECK_LIBS = $(call packages,--libs,check)

override CPPFLAGS += -Iinclude -Isrc
override CFLAGS += $(LANGUAGE) $(strip $(WARN)) $(OPT) $(SANITIZE) -fopenmp -fPIC -fvisibility=hidden
override LDFLAGS += $(SANITIZE) -fopenmp

# --- files -------------------------------------------------------------------------------------

LIB_SOURCES  := $(filter-out src/cli/%,$(wildcard src/*/*.c))
CLI_SOURCES  := $(wildcard src/cli/*.c)
LIB_OBJECTS  := $(LIB_SOURCES:%.c=$(BUILD)/%.o)
CLI_OBJECTS  := $(CLI_SOURCES:%.c=$(BUILD)/%.o)
STATIC       := $(BUILD)/libvitalcast.a
SHARED       := $(BUILD)/libvitalcast.so.$(VERSION)
PROGRAM      := $(if $(CLI_SOURCES),$(BUILD)/vitalcast)

SUPPORT      := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
tests_in      = $(patsubst %.c,$(BUILD)/%,$(wildcard $(1:%=tests/%/test_*.c)))
scripts_in    = $(wildcard $(1:%=tests/%/test_*.sh))
UNIT_TESTS   := $(call tests_in,unit/*)
KNOWN_TESTS  := $(call tests_in,known)
SBC_TEST     := $(call tests_in,sbc)
QUICK_TESTS  := $(UNIT_TESTS) $(call tests_in,api property) $(KNOWN_TESTS) $(SBC_TEST)
LONG_TESTS   := $(call tests_in,statistical)
BENCHES      := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/bench_*.c))
UNPROTECTED  := $(BUILD)/tests/long/unprotected
SCRIPTS      := $(call scripts_in,api cli)
LONG_SCRIPTS := $(call scripts_in,notebooks long)
ALL_TESTS    := $(QUICK_TESTS) $(LONG_TESTS)

C_FILES      := $(LIB_SOURCES) $(CLI_SOURCES) $(wildcard tools/*.c tests/*/*.c tests/unit/*/*.c)
H_FILES      := $(wildcard include/vitalcast/*.h src/*/*.h tests/support/*.h tests/unit/*/*.h)
SH_FILES     := quickstart tests/run $(wildcard tools/*) $(wildcard tests/*/*.sh)
SH_FILES     := $(filter-out %.c %.R %.awk %.md,$(SH_FILES))

# `make V=1` shows every command whole.
V ?= 0
say = $(if $(filter 0,$(V)),@echo "  $@" && )

.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help all lib tests demo pictures datasets notebooks deps-notebook test test-known test-long sanitize once sbc sbc-plants bench accuracy \
	lint lint-source lint-gcc lint-clang syntax format install install-generated check-clean clean FORCE
.DEFAULT_GOAL := all

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile
	@echo "  Settings: CC=clang DEBUG=1 WERROR=1 V=1 BUILD=folder PREFIX=/usr/local DESTDIR="

all: lib $(PROGRAM) ## the program build/vitalcast and the library build/libvitalcast
lib: $(STATIC) $(SHARED) $(BUILD)/libvitalcast.so $(BUILD)/vitalcast.pc
tests: $(ALL_TESTS) $(BENCHES)

# --- building ----------------------------------------------------------------------------------

# A change of compiler or flags is a change of every object.
FLAGS_NOW = $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(DEPS_CFLAGS) $(DEPS_LIBS)
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(FLAGS_NOW)' | cmp -s - $@ || echo '$(FLAGS_NOW)' >$@

$(BUILD)/src/%.o: src/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(say)$(CC) $(CPPFLAGS) $(CFLAGS) $(DEPS_CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/tests/%.o: tests/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(say)$(CC) $(CPPFLAGS) -Itests $(CFLAGS) $(TEST_OPT) $(DEPS_CFLAGS) $(CHECK_CFLAGS) -MMD -MP -c $< -o $@

# Made anew each time: an object whose source is gone must not stay inside.
$(STATIC): $(LIB_OBJECTS)
	@mkdir -p $(@D)
	@rm -f $@
	$(say)$(AR) rcs $@ $(LIB_OBJECTS)

$(SHARED): $(LIB_OBJECTS) vitalcast.map
	@mkdir -p $(@D)
	$(say)$(CC) -shared -Wl,-soname,libvitalcast.so.$(SOVERSION) \
		-Wl,--version-script=vitalcast.map $(LDFLAGS) $(LIB_OBJECTS) \
		$(DEPS_LIBS) -o $@

$(BUILD)/libvitalcast.so: $(SHARED)
	@ln -sf $(notdir $(SHARED)) $(BUILD)/libvitalcast.so.$(SOVERSION)
	@ln -sf libvitalcast.so.$(SOVERSION) $@

$(BUILD)/vitalcast: $(CLI_OBJECTS) $(STATIC)
	$(say)$(CC) $(LDFLAGS) $(CLI_OBJECTS) $(STATIC) $(DEPS_LIBS) -o $@

$(ALL_TESTS) $(BENCHES): %: %.o $(SUPPORT) $(STATIC)
	$(say)$(CC) $(LDFLAGS) $< $(SUPPORT) $(STATIC) $(DEPS_LIBS) $(CHECK_LIBS) $(LDLIBS) -o $@

$(BUILD)/tests/bench/bench_assess: private override LDFLAGS += -Wl,--wrap=vci_simulation_block

$(UNPROTECTED): %: %.o $(CLI_OBJECTS) $(STATIC)
	$(say)$(CC) $(LDFLAGS) -Wl,--wrap=vc_suppression_find $< $(CLI_OBJECTS) $(STATIC) $(DEPS_LIBS) -o $@

# Written each time: PREFIX may be another one.
$(BUILD)/vitalcast.pc: vitalcast.pc.in FORCE
	@mkdir -p $(@D)
	@sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|; s|@LIBS@|$(strip $(DEPS_LIBS))|' $< >$@

-include $(LIB_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(SUPPORT:.o=.d) $(ALL_TESTS:=.d) $(BENCHES:=.d) $(UNPROTECTED).d

# --- tests -------------------------------------------------------------------------------------

TEST_ENV = VCT_SOURCE='$(CURDIR)' VCT_BUILD='$(abspath $(BUILD))' CC='$(CC)' MAKE='$(MAKE)' \
	VITALCAST='$(abspath $(BUILD))/vitalcast'

# SKIP=test_kill leaves tests of that name out, programs and scripts; test_kill.sh scripts only.
skipped = $(SKIP:%=\%/%) $(SKIP:%=\%/%.sh)

ifeq ($(MOD),)
test: all $(filter-out $(skipped),$(QUICK_TESTS)) ## all quick tests; MOD=fit: those of one module
	@$(TEST_ENV) tests/run $(filter-out $(skipped),$(QUICK_TESTS) $(SCRIPTS))
else
MOD_TESTS := $(filter $(BUILD)/tests/unit/$(MOD)/%,$(UNIT_TESTS)) \
	$(filter tests/$(MOD)/%,$(SCRIPTS))
test: all $(filter $(BUILD)/%,$(MOD_TESTS))
	@$(TEST_ENV) tests/run $(MOD_TESTS)
endif

test-known: all $(KNOWN_TESTS) ## the published and exact answers of tests/known
	@$(TEST_ENV) tests/run $(KNOWN_TESTS)

test-long: all $(ALL_TESTS) $(UNPROTECTED) ## everything, long runs too; a skipped test is a failure
	@STRICT=1 VCT_KILLS=$${VCT_KILLS:-200} VC_TEST_MULTIPLIER=$${VC_TEST_MULTIPLIER:-10} VCT_TIMEOUT_FACTOR=10 $(TEST_ENV) \
		tests/run $(ALL_TESTS) $(SCRIPTS) $(LONG_SCRIPTS)

sbc: $(SBC_TEST) ## simulation-based calibration of every family, SBC=1000 worlds each
	@VCT_SIMULATIONS=$(SBC) $(SBC_TEST) all

sbc-plants: ## that calibration finds ten faults planted in a copy of src/
	@CC='$(CC)' MAKE='$(MAKE)' tests/sbc/plants.sh

accuracy: all ## back-tests on the shared real data against their bars, about an hour; VCT_KEEP=folder keeps runs
	@STRICT=1 VCT_TIMEOUT_FACTOR=100 VCT_JOBS=1 $(TEST_ENV) tests/run $(wildcard tests/accuracy/test_*.sh)

bench: all $(BENCHES) ## speed of the fits, beside glmmTMB where R has it; not part of any test
	@$(TEST_ENV) tests/bench/run.sh

# Leaks are looked for in our own programs only; compiler and gnuplot run without. What is left
# out runs the same code as other tests for minutes, or none of it; make sanitize REPEATED= leaves nothing out.
REPEATED := test_backtest test_track test_cases test_sbc test_kill test_interrupt test_examples test_taiwan test_fit test_project \
	test_open_elsewhere test_readme.sh test_report.sh test_what_if.sh test_bases.sh test_generate.sh test_headers.sh test_house.sh test_methods.sh \
	test_library.sh test_warnings.sh test_units_through_time.sh test_windows.sh test_indicators.sh test_lists.sh test_grade.sh \
	test_ranks.sh test_plot.sh test_rebuilt_county.sh
sanitize: ## the quick suite under the address and undefined-behaviour sanitizers
	@UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 VCT_TIMEOUT_FACTOR=5 VCT_SANITIZE=1 \
	ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1 \
	$(MAKE) --no-print-directory BUILD=$(BUILD)/sanitize OPT='-O1 -g -fno-omit-frame-pointer' \
		SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' \
		SKIP='$(REPEATED)' test

# Beside sanitize, for who waits: each program has then run once, and each script by the real thing.
ONCE := $(sort $(filter $(REPEATED:%=\%/%),$(QUICK_TESTS)) $(KNOWN_TESTS))
once: all $(ONCE) ## of the quick suite what sanitize leaves out, published answers, and all scripts
	@$(TEST_ENV) tests/run $(ONCE) $(SCRIPTS)

check-clean: ## tests left nothing behind in the source tree
	@left=$$(git status --porcelain --untracked-files=all); \
	[ -z "$$left" ] || { echo "not clean:"; echo "$$left"; exit 1; }

# --- style -------------------------------------------------------------------------------------

lint: lint-source lint-gcc lint-clang ## layers, library rules, format, cppcheck, shellcheck, -Werror builds

# ctuuninitvar takes a struct that the called function fills for one that it reads.
lint-source:
	@echo "  layers, library rules, clang-format, cppcheck, shellcheck"
	@tools/check-layers src
	@tools/check-library src
	@tools/check-notebooks $(wildcard notebooks/*.ipynb)
	@clang-format --dry-run -Werror $(C_FILES) $(H_FILES)
	@cppcheck --quiet --error-exitcode=1 --std=c11 --inline-suppr --enable=warning,performance \
		--suppress=missingIncludeSystem --suppress=ctuuninitvar -Iinclude -Isrc \
		$(LIB_SOURCES) $(CLI_SOURCES) $(wildcard tools/*.c)
	@shellcheck $(SH_FILES)

lint-gcc:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/lint-gcc CC=gcc WERROR=1 all tests

# Its warnings come before it makes code: no objects are built.
lint-clang:
	@$(MAKE) --no-print-directory CC=clang WERROR=1 syntax

syntax:
	@echo "  warnings of $(CC)"
	@printf '%s\n' $(C_FILES) | xargs -P "$$(nproc)" -n 8 $(CC) $(CPPFLAGS) -Itests $(CFLAGS) \
		$(DEPS_CFLAGS) $(CHECK_CFLAGS) -fsyntax-only

format: ## puts C files into the house format
	@clang-format -i $(C_FILES) $(H_FILES)

# --- data, demo, installation ------------------------------------------------------------------

$(BUILD)/tools/%: tools/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(say)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP $< $(LDFLAGS) -lm -o $@

demo: all ## projects the three datasets in build/demo and draws them
	@tools/demo '$(BUILD)'

notebooks: all ## executes notebooks/ on runs of the example county, in build/notebooks
	@tools/run-notebooks '$(BUILD)'

deps-notebook: ## installs what they need (apt-get, as root or through sudo)
	@./quickstart deps-notebook

PICTURES := fan-2013-12-sex-ratio-12-county-990101 funnel-sex_ratio_at_birth-level1 \
	trend-2013-12-birth-rate-12-county-990101
pictures: demo ## the pictures of the README, as the demo draws them
	@for language in en zh; do \
		mkdir -p docs/pictures/$$language; \
		for name in $(PICTURES); do \
			cp "$(BUILD)/demo/pictures/$$language/$$name.png" docs/pictures/$$language || exit 1; \
		done; \
	done

datasets: $(BUILD)/tools/make_example_county ## writes the synthetic example county anew
	$(BUILD)/tools/make_example_county datasets/example-county

INSTALL = install
share = $(DESTDIR)$(PREFIX)/share/vitalcast

install: all ## into DESTDIR and PREFIX
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig \
		$(DESTDIR)$(PREFIX)/include/vitalcast $(share)/models
	$(INSTALL) -m 755 $(BUILD)/vitalcast $(DESTDIR)$(PREFIX)/bin
	$(INSTALL) -m 644 $(STATIC) $(DESTDIR)$(PREFIX)/lib
	$(INSTALL) -m 755 $(SHARED) $(DESTDIR)$(PREFIX)/lib
	ln -sf $(notdir $(SHARED)) $(DESTDIR)$(PREFIX)/lib/libvitalcast.so.$(SOVERSION)
	ln -sf libvitalcast.so.$(SOVERSION) $(DESTDIR)$(PREFIX)/lib/libvitalcast.so
	$(INSTALL) -m 644 $(BUILD)/vitalcast.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig
	$(INSTALL) -m 644 include/vitalcast/*.h $(DESTDIR)$(PREFIX)/include/vitalcast
	$(INSTALL) -m 644 models/* $(share)/models
	find plots datasets -type f | while read -r file; do \
		$(INSTALL) -D -m 644 "$$file" "$(share)/$$file" || exit 1; \
	done

# The manual page and the completions are made from the program's own help.
man = $(DESTDIR)$(PREFIX)/share/man
completions = $(DESTDIR)$(PREFIX)/share

install: install-generated
install-generated: all
	$(INSTALL) -d $(completions)/bash-completion/completions \
		$(completions)/zsh/site-functions $(completions)/fish/vendor_completions.d
	$(BUILD)/vitalcast generate bash >$(completions)/bash-completion/completions/vitalcast
	$(BUILD)/vitalcast generate zsh >$(completions)/zsh/site-functions/_vitalcast
	$(BUILD)/vitalcast generate fish >$(completions)/fish/vendor_completions.d/vitalcast.fish
	$(INSTALL) -d $(man)/man1 $(man)/zh_CN/man1
	$(BUILD)/vitalcast generate man --lang en | scdoc >$(man)/man1/vitalcast.1
	$(BUILD)/vitalcast generate man --lang zh | scdoc >$(man)/zh_CN/man1/vitalcast.1

clean: ## removes build/
	rm -rf '$(BUILD)'
