#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The README's commands for people, as they stand there.
#
#	make demo, curve, bench, check, install ──▶ what each promises
. "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.." || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

installed()	# the modules, too: those of the test machine's kernel
{
	make install DESTDIR="$scratch" PREFIX=/usr \
		KDIR="$(machine/where headers)" &&
		[ -x "$scratch/usr/bin/intmgr" ] &&
		[ -e "$scratch/usr/share/man/man1/intmgr.1" ] &&
		"$scratch/usr/bin/intmgr" --target uml --no-floor --count 100 &&
		[ "$(find "$scratch"/lib/modules/*/updates/intmgr -name '*.ko' |
			wc -l)" = 4 ]
}

curve()		# three curves, each with an interval from which on nothing is lost
{
	make curve > "$scratch/curve" 2>&1 &&
		[ "$(grep -c 'first lossless interval' "$scratch/curve")" = 3 ] &&
		[ -s out/curve.png ] &&
		[ "$(grep -vc '^#' out/curve.tsv)" = 73 ]
}

bench()		# every row is there; what they say is for people to read
{
	make bench BENCH_RUNS=1 > "$scratch/bench" 2>&1 &&
		[ "$(grep -vc '^#' out/bench.tsv)" = 21 ] &&
		[ "$(grep -vc '^#' out/stock.tsv)" = 61 ]
}

uml_demo()	# in time, once all is built
{
	began=$SECONDS
	make demo > "$scratch/demo" 2>&1 &&
		[ $((SECONDS - began)) -lt 60 ] &&
		[ "$(grep -c '^sent  *5000 ' "$scratch/demo")" = 2 ] &&
		[ "$(grep -c 'against e1000e (stock)' "$scratch/demo")" = 2 ]
}

stock_demo()	# DRIVER: the distribution's module takes 5000 shots
{
	make demo TARGET=kernel ATTACH=stock "DRIVER=$1" > "$scratch/demo" 2>&1 &&
		grep -q '^sent  *5000 ' "$scratch/demo" &&
		grep -q "against $1 (stock)" "$scratch/demo"
}

node_demo()	# in time: two jobs, two kernels, one panic between
{
	began=$SECONDS
	make demo TARGET=node > "$scratch/demo" 2>&1 &&
		[ $((SECONDS - began)) -lt 90 ] &&
		[ "$(grep -c '^sent  *5000 ' "$scratch/demo")" = 2 ] &&
		[ "$(grep -c '^Linux 6' "$scratch/demo")" = 2 ] &&
		grep -q 'Kernel panic' "$scratch/demo"
}

t "make demo sends 5000 shots, then 5000 twice alike" uml_demo
t_grep '^sent +5000 ' "make demo TARGET=kernel sends 5000 shots" \
	make demo TARGET=kernel
t_fails 2 "make demo says what it has not got" make demo TARGET=xen
t "make demo TARGET=node sends across two kernels, over a panic" node_demo
t "make check is clean" make check
t "make install puts command, page and modules in place" installed
if [ "${ALL-}" ]; then
	t_grep '^in [0-2] of 2 runs' "make demo RUNS=2 counts the whole ones" \
		make demo TARGET=kernel RUNS=2
	for driver in e1000e e1000 virtio_net igb; do
		t "make demo TARGET=kernel DRIVER=$driver" stock_demo $driver
	done
	t "make curve draws three curves that rise to 100 %" curve
	t "make bench fills its tables" bench
fi
t_end
