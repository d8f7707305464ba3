#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2016 # expressions are awk's
# usage: bench/uml.sh [RUNS]
# A driver in a User-Mode Linux process, on this machine, as TSV: each figure
# beside its floor of the same run. Needs nothing of intmgr but its command line.
#
#	shot		frame and descriptor, beside a bare copy into the same buffers
#	gaps		off by more than 2 us, beside a target that only polls memory
#	closed loop	the next shot when the last one was taken
#	virtual time	beside the time that it stands for
#	explore		on all CPUs beside one; so do commands that share nothing
#	memory		PSS of all processes, the window that they share counted once
#	start		from the command's first steps until the driver is bound
cd "$(dirname "$0")/.." || exit 1
runs=${1:-5}
flat=machine/tests/json.awk
PATH=$PWD:$PATH
. bench/table.sh
trap 'rm -r "$work"' EXIT
native="--target uml --quiet"

shot()		# SIZE DRIVER
{
	run $native --driver "$2" --size "$1" --interval 100us --count 2000
	figures copy_ns.p50 floor.memcpy_ns
}

gaps()
{
	run $native --interval 38us --count 5000
	figures gap_ns.p50 gap_ns.outside_2us floor.gap_outside_2us open_ns
}

closed_loop()	# COUNT OPTION...
{
	local count=$1

	shift
	run $native --closed-loop --no-floor --count "$count" "$@"
	figures elapsed_ns sent gap_ns.p50
}

seconds()	# COMMAND...: how long it takes
{
	local begin=$EPOCHREALTIME

	"$@" > "$work/out" || exit 1
	awk -v from="$begin" -v to="$EPOCHREALTIME" 'BEGIN { print to - from }'
}

virtual()	# seconds of one shot, which is the start, and of 100000
{
	local one all

	one=$(seconds intmgr --deterministic --no-floor --interval 38us --count 1) || exit 1
	all=$(seconds intmgr --deterministic --no-floor --interval 38us --count 100k) || exit 1
	echo "$one $all"
}

separately()	# SEEDS PROCESSES: as many seeds, shared out to commands of one job
{
	local i each=$(($1 / $2))

	for i in $(seq "$2"); do
		intmgr explore --seeds $each --seed $((1 + (i - 1) * each)) --jobs 1 --quiet &
	done
	wait
}

# Seconds of 16 seeds on one CPU, on all, and by commands that share nothing.
explores()
{
	local cpus one all apart

	cpus=$(nproc)
	one=$(seconds intmgr explore --seeds 16 --jobs 1 --quiet) || exit 1
	all=$(seconds intmgr explore --seeds 16 --jobs "$cpus" --quiet) || exit 1
	apart=$(seconds separately 16 "$cpus")
	echo "$one $all $apart"
}

pss_kb()	# PID...: what they take, shared pages by halves
{
	for pid; do
		cat "/proc/$pid/smaps_rollup"
	done | awk '/^Pss:/ { sum += $2 } END { print sum }'
}

# Looked at when all buffers of the ring were used many times.
memory()
{
	local command target

	# shellcheck disable=SC2086 # words
	intmgr $native --ring 4096 --no-floor --interval 38us --count 200k > "$work/out" &
	command=$!
	sleep 4
	target=$(pgrep -P $command) || exit 1
	# shellcheck disable=SC2046 # words: the kernel, and its programs
	pss_kb $command $(pgrep -s "$target")
	wait $command || exit 1
}

title
head_row

while read -r size driver; do
	repeat shot "$size" "$driver" > "$work/shot"
	row copy_ns "$driver, $size B" - '$1' < "$work/shot"
	row floor_memcpy_ns "$driver, $size B" - '$2' < "$work/shot"
	row copy/memcpy "$driver, $size B" '<= 1.2' '$1 / $2' < "$work/shot"
done <<-SIZES
	1500 e1000e
	8000 e1000e
	16000 e1000
SIZES

repeat gaps > "$work/gaps"
row gap_p50_ns 38us - '$1' < "$work/gaps"
row gaps_outside_2us 38us - '$2' < "$work/gaps"
row floor_gaps_outside_2us 38us - '$3' < "$work/gaps"
row gaps_outside/floor 38us '<= 2' '$2 / $3' < "$work/gaps"
row start_s 'e1000e bound' '<= 0.6' '$4 / 1e9' < "$work/gaps"

repeat closed_loop 100k --against handler > "$work/closed"
row closed_loop_ns_a_shot 'empty handler' '<= 1000' '$1 / $2' < "$work/closed"
repeat closed_loop 10k > "$work/closed"
row closed_loop_ns_a_shot e1000e '<= 3000' '$1 / $2' < "$work/closed"
row closed_loop_p50_ns e1000e - '$3' < "$work/closed"

repeat virtual > "$work/virtual"
row virtual_start_s '1 shot' - '$1' < "$work/virtual"
row 'real/virtual' '38us x 100k' '>= 3' '3.8 / $2' < "$work/virtual"
row 'real/virtual, without start' '38us x 100k' '>= 3' '3.8 / ($2 - $1)' < "$work/virtual"

repeat explores > "$work/explores"
row explore_seeds_a_s "all CPUs" - '16 / $2' < "$work/explores"
row explore_speedup "all CPUs" - '$1 / $2' < "$work/explores"
row floor_speedup "all CPUs" - '$1 / $3' < "$work/explores"
row explore/floor_speedup "all CPUs" '>= 0.9' '$3 / $2' < "$work/explores"

repeat memory > "$work/memory"
row memory_mb 'ring 4096' '<= 96' '$1 / 1024' < "$work/memory"
