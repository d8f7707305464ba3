#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2016 # expressions are awk's
# usage (in the machine): stock.sh [RUNS]
# What it costs to leave a driver as it is, per driver and attachment, all in
# one boot: one register access beside one of memory, accesses a received
# frame, the shortest interval at which nothing is lost, and how many runs of the
# main job lose nothing.
runs=${1:-5}
jobs=$((2 * runs))	# main jobs of each
. "$(dirname "$0")/table.sh"

# DRIVER ATTACH RING REGISTER: all there are; the register is plain storage,
# of virtio_net the queue selector. The patched driver accesses none: it calls.
subjects()
{
	echo e1000e patched 4096 -
	echo e1000e stock 4096 0x38
	echo e1000e poll 4096 0x38
	echo e1000 stock 4096 0x38
	echo igb stock 4096 0x38
	echo virtio_net stock 1024 0x8
}

# ---- one access ----

access_costs()	# BDF REGISTER
{
	modprobe intmgr_access "function=$1" "register=$2" || exit 1
	cat /sys/module/intmgr_access/parameters/ns
	rmmod intmgr_access
}

accesses()	# DRIVER ATTACH REGISTER: with no driver bound
{
	intmgr function add --driver "$1" --attach "$2" --no-load > "$work/added" || exit 1
	bdf=$(grep -o '[0-9a-f]\{4\}:[0-9a-f]\{2\}:[0-9a-f]\{2\}\.[0-7]' "$work/added")
	repeat access_costs "$bdf" "$3" > "$work/access"
	intmgr function remove all > "$work/removed"
	row read_ns "$1 $2" - '$1' < "$work/access"
	row write_ns "$1 $2" - '$2' < "$work/access"
	row floor_read_memory_ns "$1 $2" - '$3' < "$work/access"
	row 'read/memory' "$1 $2" - '$1 / $3' < "$work/access"
	row 'write/memory' "$1 $2" - '$2 / $4' < "$work/access"
}

# ---- runs ----

main_job()	# DRIVER ATTACH RING
{
	intmgr --driver "$1" --attach "$2" --ring "$3" --interval 38us \
		--count 5000 --json > "$work/json" || exit 1
	awk -f /machine/tests/json.awk "$work/json" > "$work/figures"
	figures received accesses_per_frame gap_ns.p50 gap_ns.outside_2us \
		floor.gap_outside_2us
}

# The knee at the driver's own depth, from a sweep upwards.
knee()		# DRIVER ATTACH
{
	intmgr sweep --driver "$1" --attach "$2" --ring 256 --size 1500 \
		--interval 2us..60us --points 16 --count 3000 --no-floor \
		--out "$work/curve" 2> "$work/said" || exit 1
	sed -n 's/.*first lossless interval \([0-9.]*\) us.*/\1/p' "$work/said"
}

title
head_row
subjects > "$work/subjects"
while read -r driver attach ring register <&3; do
	[ "$register" = - ] || accesses "$driver" "$attach" "$register"
	for _ in $(seq $jobs); do
		main_job "$driver" "$attach" "$ring"
	done > "$work/jobs"
	awk '{ whole += $1 == 5000 } END { print whole + 0 }' "$work/jobs" |
		row "whole_runs_of_$jobs" "$driver $attach, 5000 at 38us" \
			">= $((jobs * 9 / 10))" '$1'
	[ "$attach" = poll ] ||		# nobody counts what is memory
		row accesses_a_frame "$driver $attach" - '$2' < "$work/jobs"
	row gap_p50_ns "$driver $attach, 38us" - '$3' < "$work/jobs"
	row gaps_outside/floor "$driver $attach, 38us" - '$4 / $5' < "$work/jobs"
	repeat knee "$driver" "$attach" > "$work/knee"
	row first_lossless_us "$driver $attach, ring 256" - '$1' < "$work/knee"
	[ -e "$work/patched" ] || sort -g "$work/knee" |
		sed -n "$(((runs + 1) / 2))p" > "$work/patched"
	row first_lossless/patched "$driver $attach, ring 256" - \
		"\$1 / $(cat "$work/patched")" < "$work/knee"
done 3< "$work/subjects"
rm -r "$work"
