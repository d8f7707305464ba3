#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The User-Mode Linux with sanitizers (make uml SAN=1): what they say of our modules
# and of the drivers, which is nothing, and of planted bugs, which they find.
#
#	KASAN, UBSAN, lockdep, kmemleak ──console──▶ ./intmgr: exit code 3
. "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.." || exit 1
. machine/tests/uml_lib.sh
export INTMGR_UML=$PWD/build/umlsan
planted=build/plantedsan

native()	# DRIVER
{
	timeout 60 ./intmgr --target uml --driver "$1" --no-floor \
		--interval 100us --count 2000 --json > "$T/json" &&
		[ "$(value delivered "$T/json")" = 2000 ]
}

leaks_were_looked_for()	# as the clock of the console shows
{
	timeout 60 ./intmgr --deterministic --no-floor --count 100 \
		--console "$T/console" > "$T/said" &&
		tail -n 1 "$T/console" | grep -E '^\[ +[6-9]\.'
}

repeats()	# three times the same
{
	for _ in 1 2 3; do
		timeout 60 ./intmgr --deterministic --interval 1us --ring 256 \
			--count 1000 --log "$T/log" --console "$T/console" > "$T/said" ||
			return
		cat "$T/log" "$T/console" "$T/said" | sha256sum
	done > "$T/sums"
	[ "$(sort -u "$T/sums" | wc -l)" = 1 ]
}

finds_nothing()	# DRIVER OPTION...
{
	timeout 300 ./intmgr explore --driver "$@" --interval 200ns..60us \
		--count 1000 --seeds 2 > "$T/said" && [ ! -s "$T/said" ]
}

for driver in $drivers; do
	t "$driver, at native speed" native "$driver"
	t "$driver, in virtual time" finds_nothing "$driver"
done
t "four queues, in virtual time" finds_nothing igb --queues 4
t "leaks are looked for" leaks_were_looked_for
t "three times the same" repeats
t "a use after free in teardown is found" finds_bug teardown 'KASAN: use-after-free'
t "and only where it is reached" slow_finds_nothing teardown
t "a leak is found" finds_bug leak 'kmemleak: 1 new'
t "nothing is left at the end" nothing_left
t_end
