# SPDX-License-Identifier: GPL-2.0-only
# intmgr: stress-tests a NIC driver without a NIC. "make help" names the rest.

# What the driver's patches are for (machine/lib.sh).
PATCHED := 6.1
# The test machine's: 6.1, 6.12 or 7.2.
KERNEL ?= $(PATCHED)
TARGET ?= uml
DRIVER ?= e1000e
ATTACH ?= $(if $(filter kernel-$(PATCHED)-e1000e node-$(PATCHED)-e1000e, \
	$(TARGET)-$(KERNEL)-$(DRIVER)),patched,stock)
RUNS ?= 1
CPUS ?= 2
PREFIX ?= /usr/local
# Of modules: without debug information, which takes a quarter of the time.
KCFLAGS ?= -Werror -g0
export KERNEL KCFLAGS
MAKEFLAGS += --no-print-directory
# One part is built after the other, each by as many as there are CPUs.
jobs := -j$(shell nproc)

# The kernel that modules are built for: the running one, unless told.
KDIR ?= /lib/modules/$(shell uname -r)/build
release = $(shell sed -n 's/.*UTS_RELEASE "\(.*\)"/\1/p' \
	$(KDIR)/include/generated/utsrelease.h 2>/dev/null)
tree = $(CURDIR)/build/$(release)
# Of the kernel of the test machine; known once it has been fetched.
where = $(shell KERNEL=$(KERNEL) machine/where $(1))
machine_kdir = $(call where,headers)
source = $(shell KERNEL=$(PATCHED) machine/where source)

all: intmgr
	@if [ -e $(KDIR)/Makefile ]; then \
		$(MAKE) modules; \
	else \
		echo "no modules: the running kernel's headers ($(KDIR)) are not installed"; \
	fi
	@$(MAKE) uml

intmgr: FORCE
	@$(MAKE) $(jobs) -C ap OUT=$(CURDIR)/build/ap
	@cmp -s build/ap/intmgr $@ || cp build/ap/intmgr $@

# kbuild writes beside its sources, so each kernel gets links to them.
modules: links
	@$(MAKE) $(jobs) -C $(KDIR) M=$(tree)/kmod \
		CONFIG_DEBUG_INFO_BTF_MODULES= modules
	@if [ -z "$(filter $(PATCHED).%,$(release))" ]; then \
		echo "no patched e1000e: the series is for $(PATCHED), not for $(release)"; \
	elif [ "$(source)" ]; then \
		patches/e1000e/build $(source) $(KDIR) $(tree)/e1000e kmod; \
	else \
		echo "no patched e1000e: needs linux-source-$(PATCHED) (machine/fetch kernel)"; \
	fi

# $(tree): for which of them.
links:
	@mkdir -p $(tree)/machine/tests $(tree)/bench
	@cp -rsf $(CURDIR)/kmod $(CURDIR)/injector $(CURDIR)/support $(tree)/
	@cp -rsf $(addprefix $(CURDIR)/machine/tests/,Kbuild poke crash nonsense) \
		$(tree)/machine/tests/
	@cp -rsf $(CURDIR)/bench/access $(tree)/bench/
	@find $(tree) -xtype l -delete

# ---- the test machine ----

packages:
	@machine/packages

kernel: packages
	@machine/fetch kernel

# ---- User-Mode Linux; SAN=1: with the sanitizers ----

san := $(if $(SAN),san)
uml_tree := $(CURDIR)/build/um$(san)
uml_home := $(CURDIR)/build/uml$(san)
uml_built = $(shell machine/where uml $(san))

uml: uml_packages
	@machine/uml $(san)
	@$(MAKE) uml_modules
	@$(if $(SAN),echo "run it with INTMGR_UML=build/umlsan ./intmgr --target uml or --deterministic")

uml_packages:
	@machine/packages uml

# The command finds kernel and modules in one folder, as below / (ap/uml_home.h).
uml_modules:
	@$(MAKE) links tree=$(uml_tree)
	@$(MAKE) $(jobs) -C $(uml_built)/build ARCH=um \
		M=$(uml_tree)/kmod modules
	@rm -rf $(uml_home) && mkdir -p $(uml_home)
	@cp -rl $(uml_built)/linux $(uml_built)/root/lib $(uml_home)/ 2>/dev/null || \
		cp -r $(uml_built)/linux $(uml_built)/root/lib $(uml_home)/
	@for modules in $(uml_home)/lib/modules/*; do \
		install -D -m 0644 -t $$modules/updates/intmgr $(uml_tree)/kmod/*.ko && \
		depmod -b $(uml_home) $${modules##*/} || exit 1; \
	done

# What only tests use: drivers with a bug, for the same.
planted := $(if $(SAN),teardown leak,stale panic memory)

planted: uml
	@machine/tests/planted/build $(source) $(uml_built)/build build/planted$(san) \
		$(planted)

machine: kernel
	@$(MAKE) intmgr
	@$(MAKE) modules KDIR=$(machine_kdir)

demos := $(foreach driver,e1000e e1000 virtio_net igb,uml-$(driver)-stock) \
	kernel-e1000e-stock kernel-e1000e-poll kernel-e1000-stock \
	kernel-virtio_net-stock kernel-igb-stock
ifeq ($(KERNEL),$(PATCHED))
demos += kernel-e1000e-patched node-e1000e-patched
endif
demo_ring := $(if $(filter virtio_net,$(DRIVER)),1024,4096)
demo_job := --interval 38us --count 5000 --ring $(demo_ring)
demo_run = machine/run --timeout $$((60 + 30 * $(RUNS)))

demo: $(if $(filter $(TARGET)-$(DRIVER)-$(ATTACH),$(demos)),,demo_unknown)
	@$(MAKE) demo_$(TARGET) DRIVER=$(DRIVER) ATTACH=$(ATTACH)

# The driver in a process of its own; then the same twice in virtual time.
demo_uml: uml_packages
	@$(MAKE) intmgr uml
	./intmgr --target uml --driver $(DRIVER) $(demo_job)
	./intmgr --deterministic --driver $(DRIVER) $(demo_job) --seed 1 --log build/demo-1.tsv
	./intmgr --deterministic --driver $(DRIVER) $(demo_job) --seed 1 --log build/demo-2.tsv --quiet
	cmp build/demo-1.tsv build/demo-2.tsv

demo_kernel: machine
	@$(demo_run) -- demo $(RUNS) intmgr --driver $(DRIVER) --attach $(ATTACH) \
		$(demo_job)

demo_node: machine
	@$(demo_run) --node -- demo-node $(RUNS) intmgr $(demo_job) --target node

demo_unknown:
	@echo "demo: TARGET=$(TARGET) DRIVER=$(DRIVER) ATTACH=$(ATTACH) is not there" \
		"on KERNEL=$(KERNEL); TARGET-DRIVER-ATTACH is one of: $(demos)" >&2; exit 2

# What only tests use: drivers that misbehave or crash, and the ABI's examiner.
test_parts: machine
	@$(MAKE) $(jobs) -C $(machine_kdir) \
		CONFIG_DEBUG_INFO_BTF_MODULES= \
		M=$(CURDIR)/build/$(call where,release)/machine/tests modules
	@$(MAKE) $(jobs) -C machine/tests OUT=$(CURDIR)/build/guest

test: packages planted throughput_parts
	@$(MAKE) planted SAN=1
	@machine/fetch qemu
	@$(MAKE) test_parts
	@machine/test

# checkpatch is in the source of the one that is patched.
check: machine
	@KERNEL=$(PATCHED) machine/fetch kernel
	@machine/check

curve: machine
	@machine/run --timeout 1200 --out out -- \
		intmgr sweep --ring 256 --out /out/curve.tsv
	@gnuplot -e "datafile='out/curve.tsv'; outfile='out/curve.png'" plots/curve.gp
	@echo out/curve.png

# BENCH_RUNS: of each row.
BENCH_RUNS ?= 5
bench: machine bench_parts
	@machine/run --timeout 1200 --out out -- bench /bench/first.sh bench $(BENCH_RUNS)
	@machine/run --timeout 1800 --out out -- bench /bench/stock.sh stock $(BENCH_RUNS)
	@$(MAKE) bench_uml

bench_uml: uml_packages
	@$(MAKE) intmgr uml
	@mkdir -p out
	@bash -o pipefail -c 'bench/uml.sh $(BENCH_RUNS) | tee out/uml.tsv'

bench_parts: machine
	@$(MAKE) $(jobs) -C $(machine_kdir) \
		CONFIG_DEBUG_INFO_BTF_MODULES= \
		M=$(CURDIR)/build/$(shell machine/where release)/bench/access modules

# CPUS=3: a second node is what loads.
isolation: machine
	@$(MAKE) $(jobs) -C bench OUT=$(CURDIR)/build/bench
	@machine/run --node --cpus $(CPUS) --timeout 1800 --out out -- \
		bench /bench/isolation.sh isolation
	@gnuplot -e "datafile='out/isolation.tsv'; outfile='out/isolation.png'" plots/isolation.gp
	@echo out/isolation.png

# The target's stack against this kernel's own; needs no machine.
throughput: throughput_parts
	@mkdir -p out
	@bench/throughput.sh $(BENCH_RUNS) > out/throughput.tsv
	@gnuplot -e "datafile='out/throughput.tsv'; outfile='out/throughput.png'" plots/throughput.gp
	@echo out/throughput.png

throughput_parts: uml_packages
	@$(MAKE) intmgr uml
	@$(MAKE) $(jobs) -C bench/throughput OUT=$(CURDIR)/build/throughput \
		AP=$(CURDIR)/build/ap

bench_node: machine
	@machine/run --node --timeout 1800 --out out -- bench /bench/node.sh node

# ---- the rest ----

install: all
	install -D -m 0755 intmgr $(DESTDIR)$(PREFIX)/bin/intmgr
	install -D -m 0644 ap/intmgr.1 $(DESTDIR)$(PREFIX)/share/man/man1/intmgr.1
	rm -rf $(DESTDIR)$(PREFIX)/lib/intmgr/uml
	install -d $(DESTDIR)$(PREFIX)/lib/intmgr
	cp -r --no-preserve=ownership build/uml $(DESTDIR)$(PREFIX)/lib/intmgr/
	for module in $(wildcard $(tree)/kmod/*.ko $(tree)/e1000e/*.ko); do \
		install -D -m 0644 -t $(DESTDIR)/lib/modules/$(release)/updates/intmgr $$module && \
		strip --strip-debug $(DESTDIR)/lib/modules/$(release)/updates/intmgr/$${module##*/} || exit 1; \
	done
	[ -z "$(DESTDIR)$(release)" ] || [ "$(DESTDIR)" ] || depmod $(release)

clean:
	rm -rf build out intmgr

help:
	@echo "make            the command ./intmgr, a User-Mode Linux to run drivers in, and"
	@echo "                modules for the running kernel"
	@echo "make demo       5000 timed interrupts at a driver in a process; again in virtual time"
	@echo "make demo TARGET=kernel in the test machine (RUNS=10: ten times)"
	@echo "make demo DRIVER=e1000   (or e1000e, virtio_net, igb)"
	@echo "make demo TARGET=node   across two kernels, one of which panics"
	@echo "make test       all tests; installs and fetches what is missing"
	@echo "                KERNEL=6.12 or 7.2: the test machine's, here and above (6.1)"
	@echo "make check      checkpatch, sparse, clang-format, headers, shellcheck"
	@echo "make curve      success rate against interval, out/curve.png"
	@echo "make bench      speed and memory, out/bench.tsv"
	@echo "make bench_uml  what a driver in a process costs, out/uml.tsv"
	@echo "make isolation  what one kernel's load costs another, out/isolation.png (CPUS=3: or a third)"
	@echo "make bench_node what an OS node costs, out/node.tsv"
	@echo "make throughput TCP and UDP of a target in a process, out/throughput.png"
	@echo "make uml        a User-Mode Linux that runs drivers; SAN=1: with sanitizers"
	@echo "make install    DESTDIR=, PREFIX=$(PREFIX)"
	@echo "make clean      takes away build/, out/ and ./intmgr"

FORCE:
.PHONY: all modules links packages kernel uml uml_packages uml_modules machine \
	demo demo_uml demo_kernel demo_node demo_unknown test_parts \
	planted test check curve bench bench_parts bench_uml isolation bench_node \
	throughput throughput_parts install clean help FORCE
