#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2016 # expressions are awk's
# usage (in the machine, booted with --node): node.sh [RUNS [ROUNDS]]
# What a second kernel costs: its start and restart, its memory, and the send
# operation and the IPI into it against another core of the same kernel, in
# turns in one boot:
#
#	kernel   CPU 0: paces ──▶ CPU 1 of the same kernel
#	node     CPU 0: paces ──▶ CPU 1, a kernel of its own
runs=${1:-5}
rounds=${2:-3}
. "$(dirname "$0")/table.sh"

image=$(uname -r)

ms_up()
{
	awk '{ print int($1 * 1000) }' /proc/uptime
}

# timed COMMAND...: how long it takes, ms
timed()
{
	before=$(ms_up)
	"$@" >&2 || exit 1
	echo $(($(ms_up) - before))
}

# ---- life ----

started()	# FILE
{
	timed intmgr target start 1 --kernel "/boot/$1-$image"
	intmgr target stop 1 >&2 || exit 1
}

restarted()
{
	timed intmgr target restart 1
}

small()		# a run in a node of 192 MB
{
	intmgr target start 1 --memory 192M >&2 || exit 1
	run --target node --interval 38us --count 5000 --no-floor
	figures received
	intmgr target stop 1 >&2 || exit 1
}

life()
{
	repeat started vmlinux > "$work/ms"
	row start_ms 'vmlinux, to driver bound' '<= 3000' '$1' < "$work/ms"
	repeat started vmlinuz > "$work/ms"
	row start_ms 'bzImage, to driver bound' '<= 6000' '$1' < "$work/ms"
	intmgr target start 1 >&2 || exit 1
	repeat restarted > "$work/ms"
	row restart_ms vmlinux '<= 3000' '$1' < "$work/ms"
	intmgr target stop 1 >&2 || exit 1
	repeat small > "$work/received"
	row received '192 MB, 5000 at 38us' 5000 '$1' < "$work/received"
}

# ---- send operation and IPI ----

send()		# TARGET SIZE
{
	run --interval 38us --count 1000 --target "$1" --size "$2"
	figures send_ns.p50 floor.ipi_ns latency_ns.p50
}

# medians < LINES: of each column, on one line
medians()
{
	awk '{ for (i = 1; i <= NF; i++) print i, $i }' | sort -k 1n,1 -k 2g,2 |
		awk '
		{ v[$1, ++n[$1]] = $2 }
		END { for (i = 1; i in n; i++) printf "%s ", v[i, int((n[i] + 1) / 2)] }'
}

# sends TARGET: all sizes, each as a line of medians of runs after a cold one
sends()
{
	for size in 1500 8000 16000; do
		send "$1" $size > "$work/cold"
		repeat send "$1" $size > "$work/lines"
		medians < "$work/lines" > "$work/$1.$size"
	done
}

one_kernel()
{
	rmmod intmgr intmgr_node 2> /dev/null
	echo 1 > /sys/devices/system/cpu/cpu1/online
	load || exit 1
	sends kernel
	unload || exit 1
}

two_kernels()
{
	load-node || exit 1
	intmgr target start 1 >&2 || exit 1
	sends node
	intmgr target stop 1 >&2 || exit 1
}

compare()	# one after the other, so that the host's mood is the same
{
	one_kernel
	two_kernels
	for size in 1500 8000 16000; do
		echo "$(cat "$work/kernel.$size") $(cat "$work/node.$size")" \
			>> "$work/pairs.$size"
	done
}

send_rows()	# SIZE, from lines of kernel's and node's send, IPI, latency
{
	row send_ns "kernel, $1 B" - '$1' < "$work/pairs.$1"
	row send_ns "node, $1 B" - '$4' < "$work/pairs.$1"
	row send_node/kernel "$1 B" '<= 1.10' '$4 / $1' < "$work/pairs.$1"
}

ipi_rows()
{
	cat "$work"/pairs.* > "$work/pairs"
	row floor_ipi_ns kernel - '$2' < "$work/pairs"
	row floor_ipi_ns node - '$5' < "$work/pairs"
	row ipi_node/kernel - '<= 1.20' '$5 / $2' < "$work/pairs"
	row latency_p50_ns kernel - '$3' < "$work/pairs"
	row latency_p50_ns node - '$6' < "$work/pairs"
}

title
printf '# send and IPI: medians of as many runs, in %s rounds\n' "$rounds"
head_row
life
for _ in $(seq "$rounds"); do
	compare
done
for size in 1500 8000 16000; do
	send_rows $size
done
ipi_rows
rm -r "$work"
