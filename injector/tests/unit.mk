# SPDX-License-Identifier: GPL-2.0-only
#
# What all folders of unit tests have in common: each test_*.c is a program, linked
# with the very files that are shipped, under the address and undefined-behaviour
# sanitizers. Before it includes this, a folder's Makefile says
#
#	top	where the project is
#	OUT	where its tests are built
#	PARTS	objects to link with; $(SHARED)/DIR/FILE.o is made of DIR/FILE.c, once
#		for all that link with it
#	LIBS	libraries to link with
#	MORE	flags of the compiler

SHARED = $(top)/build/tests/shared
CFLAGS ?= -O1 -g
# An operation or a test need not use every parameter that its table gives it.
FLAGS := -std=gnu11 -Wall -Wextra -Wno-unused-parameter -Werror \
	-fsanitize=address,undefined -fno-sanitize-recover=all -MMD -MP \
	-D_GNU_SOURCE -pthread $(MORE) -I$(top) -I$(top)/kmod -I$(top)/injector \
	-I$(top)/injector/tests
TESTS := $(patsubst %.c,$(OUT)/%,$(wildcard test_*.c))

all: $(TESTS)

# Every test runs, so that one failure does not hide another.
check: $(TESTS)
	@failed=; \
	for t in $(TESTS); do \
		echo "== $${t##*/}"; \
		$$t || failed="$$failed $${t##*/}"; \
	done; \
	if [ -n "$$failed" ]; then echo "FAILED:$$failed"; exit 1; fi

define compile
@mkdir -p $(@D)
@echo "  CC      $<"
@$(CC) $(FLAGS) $(CFLAGS) -c -o $@ $<
endef

$(SHARED)/%.o: $(top)/%.c
	$(compile)

$(OUT)/%.o: %.c
	$(compile)

$(TESTS): %: %.o $(PARTS)
	@echo "  LD      $(@F)"
	@$(CC) $(FLAGS) $(CFLAGS) -o $@ $^ $(LIBS)

clean:
	$(RM) -r $(OUT) $(SHARED)

.PHONY: all check clean
.SECONDARY:
-include $(PARTS:.o=.d) $(TESTS:=.d)
