#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2016 # expressions are awk's
# usage (in the machine): first.sh [RUNS]
# The first figures, each beside its floor of the same run, as TSV: the send
# operation, the exactness of gaps, the closed loop, memory over many shots.
# Needs nothing of intmgr but its command line.
runs=${1:-5}
shots=$((2 * runs + 1))	# millions, for the look at memory: over 30 s at least
. "$(dirname "$0")/table.sh"

send()		# SIZE
{
	run --interval 38us --count 1000 --size "$1"
	figures send_ns.p50 floor.memcpy_ns floor.ipi_ns
}

gaps()
{
	run --interval 38us --count 5000
	figures gap_ns.p50 gap_ns.outside_2us floor.gap_outside_2us
}

closed_loop()
{
	run --against handler --closed-loop --count 100k
	figures elapsed_ns sent interrupts.handled
}

used_kb()	# by the kernel and all programs, buffers and caches apart
{
	awk '/^MemTotal/ { t = $2 } /^MemAvailable/ { a = $2 } END { print t - a }' \
		/proc/meminfo
}

# Looked at from the twentieth second on, when the socket's queue, too, is as full
# as it gets: memory that grows with the shots would show between thirds.
many_shots()
{
	intmgr --ring 4096 --interval 10us --count "${shots}M" --json --no-floor \
		> "$work/json" &
	sleep 20
	while kill -0 $! 2> /dev/null; do
		used_kb
		sleep 1
	done
	wait $! || exit 1
	awk -f /machine/tests/json.awk "$work/json" > "$work/figures"
}

title
head_row

repeat closed_loop > "$work/warm"	# the first runs are cold: not counted
for size in 1500 8000 16000; do
	repeat send $size > "$work/send"
	row send_ns "$size B" - '$1' < "$work/send"
	row floor_memcpy_ns "$size B" - '$2' < "$work/send"
	row floor_ipi_ns "$size B" - '$3' < "$work/send"
	row 'send/(memcpy+ipi)' "$size B" '<= 1.3' '$1 / ($2 + $3)' < "$work/send"
done

repeat gaps > "$work/gaps"
row gap_p50_ns '38us' '37800..38200' '$1' < "$work/gaps"
row gaps_outside_2us '38us' - '$2' < "$work/gaps"
row floor_gaps_outside_2us '38us' - '$3' < "$work/gaps"
row gaps_outside/floor '38us' '<= 2.5' '$2 / $3' < "$work/gaps"

repeat closed_loop > "$work/closed"
row closed_loop_ns_a_shot 'empty handler, 100k' '<= 3000' '$1 / $2' < "$work/closed"
row closed_loop_lost 'empty handler, 100k' 0 '$2 - $3' < "$work/closed"

many_shots > "$work/used"
row memory_used_kb "${shots}M shots at 10us" - '$1' < "$work/used"
third=$(($(wc -l < "$work/used") / 3))
{ head -n $third "$work/used" | sort -n | sed -n "$(((third + 1) / 2))p"
  tail -n $third "$work/used" | sort -n | sed -n "$(((third + 1) / 2))p"
} | tr '\n' ' ' | row memory_last/first_third "${shots}M shots at 10us" '<= 1.02' '$2 / $1'
figures sent received delivered lost.no_descriptor lost.socket |
	sed "s/^/# $shots M shots: sent, received, delivered, no descriptor, socket: /"
rm -r "$work"
