# SPDX-License-Identifier: GPL-2.0-only
# intmgr: stress-tests a NIC driver without a NIC. "make help" names the rest.

TARGET ?= kernel
DRIVER ?= e1000e
ATTACH ?= patched
RUNS ?= 1
CPUS ?= 2
KERNEL ?= 6.1
PREFIX ?= /usr/local
DEMO := intmgr --interval 38us --count 5000 --ring 4096
export KERNEL

# The kernel that modules are built for: the running one, unless told.
KDIR ?= /lib/modules/$(shell uname -r)/build
release = $(shell sed -n 's/.*UTS_RELEASE "\(.*\)"/\1/p' \
	$(KDIR)/include/generated/utsrelease.h 2>/dev/null)
tree = $(CURDIR)/build/$(release)
# The kernel of the test machine; known once it has been fetched.
machine_kdir = $(shell machine/where headers)
source = $(firstword $(wildcard $(shell machine/where source) \
	/usr/src/linux-source-$(KERNEL).tar.xz))

all: intmgr
	@if [ -e $(KDIR)/Makefile ]; then \
		$(MAKE) --no-print-directory modules; \
	else \
		echo "no modules: the running kernel's headers ($(KDIR)) are not installed"; \
	fi

intmgr: FORCE
	@$(MAKE) --no-print-directory -C ap OUT=$(CURDIR)/build/ap
	@cmp -s build/ap/intmgr $@ || cp build/ap/intmgr $@

# kbuild writes beside its sources, so each kernel gets links to them.
modules: links
	@$(MAKE) --no-print-directory -C $(KDIR) M=$(tree)/kmod \
		KCFLAGS=-Werror CONFIG_DEBUG_INFO_BTF_MODULES= modules
	@if [ "$(source)" ]; then \
		patches/e1000e/build $(source) $(KDIR) $(tree)/e1000e kmod; \
	else \
		echo "no e1000e: needs linux-source-$(KERNEL) (machine/fetch kernel)"; \
	fi

links:
	@mkdir -p $(tree)/machine/tests
	@cp -rsf $(CURDIR)/kmod $(CURDIR)/injector $(tree)/
	@cp -rsf $(addprefix $(CURDIR)/machine/tests/,Kbuild poke crash) \
		$(tree)/machine/tests/
	@find $(tree) -xtype l -delete

# ---- the test machine ----

packages:
	@machine/packages

kernel: packages
	@machine/fetch kernel

machine: kernel
	@$(MAKE) --no-print-directory intmgr
	@$(MAKE) --no-print-directory modules KDIR=$(machine_kdir)

demo_options := $(TARGET) $(DRIVER) $(ATTACH)
demo_run = machine/run --timeout $$((60 + 30 * $(RUNS)))

demo: $(if $(filter-out kernel node e1000e patched,$(demo_options)),demo_unknown) machine
ifeq ($(TARGET),node)
	@$(demo_run) --node -- demo-node $(RUNS) $(DEMO) --target node
else
	@$(demo_run) -- demo $(RUNS) $(DEMO)
endif

demo_unknown:
	@echo "demo: TARGET=$(TARGET) DRIVER=$(DRIVER) ATTACH=$(ATTACH) is not there;" \
		"there is TARGET=kernel or node, DRIVER=e1000e, ATTACH=patched" >&2; exit 2

# What only tests use: drivers that misbehave or crash, and the ABI's examiner.
test_parts: machine
	@$(MAKE) --no-print-directory -C $(machine_kdir) \
		KCFLAGS=-Werror CONFIG_DEBUG_INFO_BTF_MODULES= \
		M=$(CURDIR)/build/$(shell machine/where release)/machine/tests modules
	@$(MAKE) --no-print-directory -C machine/tests OUT=$(CURDIR)/build/guest

test: packages
	@machine/fetch qemu
	@$(MAKE) --no-print-directory test_parts
	@machine/test

check: machine
	@machine/check

curve: machine
	@machine/run --timeout 1200 --out out -- \
		intmgr sweep --ring 256 --out /out/curve.tsv
	@gnuplot -e "datafile='out/curve.tsv'; outfile='out/curve.png'" plots/curve.gp
	@echo out/curve.png

bench: machine
	@machine/run --timeout 1200 --out out -- bench /bench/first.sh

# CPUS=3: a second node is what loads.
isolation: machine
	@$(MAKE) --no-print-directory -C bench OUT=$(CURDIR)/build/bench
	@machine/run --node --cpus $(CPUS) --timeout 1800 --out out -- \
		bench /bench/isolation.sh isolation
	@gnuplot -e "datafile='out/isolation.tsv'; outfile='out/isolation.png'" plots/isolation.gp
	@echo out/isolation.png

bench_node: machine
	@machine/run --node --timeout 1800 --out out -- bench /bench/node.sh node

# ---- the rest ----

install: all
	install -D -m 0755 intmgr $(DESTDIR)$(PREFIX)/bin/intmgr
	install -D -m 0644 ap/intmgr.1 $(DESTDIR)$(PREFIX)/share/man/man1/intmgr.1
	for module in $(wildcard $(tree)/kmod/*.ko $(tree)/e1000e/*.ko); do \
		install -D -m 0644 -t $(DESTDIR)/lib/modules/$(release)/updates/intmgr $$module && \
		strip --strip-debug $(DESTDIR)/lib/modules/$(release)/updates/intmgr/$${module##*/} || exit 1; \
	done
	[ -z "$(DESTDIR)$(release)" ] || [ "$(DESTDIR)" ] || depmod $(release)

clean:
	rm -rf build out intmgr

help:
	@echo "make            the command ./intmgr; modules for the running kernel"
	@echo "make demo       5000 timed interrupts in the test machine (RUNS=10: ten times)"
	@echo "make demo TARGET=node   the same across two kernels, one of which panics"
	@echo "make test       all tests; installs and fetches what is missing"
	@echo "make check      checkpatch, sparse, clang-format, headers, shellcheck"
	@echo "make curve      success rate against interval, out/curve.png"
	@echo "make bench      speed and memory, out/bench.tsv"
	@echo "make isolation  what one kernel's load costs another, out/isolation.png (CPUS=3: or a third)"
	@echo "make bench_node what an OS node costs, out/node.tsv"
	@echo "make install    DESTDIR=, PREFIX=$(PREFIX)"
	@echo "make clean      takes away build/, out/ and ./intmgr"

FORCE:
.PHONY: all modules links packages kernel machine demo demo_unknown test_parts \
	test check curve bench isolation bench_node install clean help FORCE
