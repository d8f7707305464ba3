#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Virtual time: support side and driver in one User-Mode Linux process, the same
# each time; its log repeated, and many seeds explored.
#
#	./intmgr --deterministic ──job──▶ linux: support side, driver, stack
. "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.." || exit 1
. machine/tests/uml_lib.sh
planted=build/planted

repeats()	# DRIVER: five times the same, whatever else the machine does
{
	local load

	for _ in 1 2; do
		timeout 120 sh -c 'while :; do :; done' &
		load="$load $!"
	done
	for _ in 1 2 3 4 5; do
		timeout 60 ./intmgr --deterministic --driver "$1" --interval 2us \
			--ring 256 --count 2000 --seed 7 --log "$T/log" \
			--console "$T/console" --json > "$T/json"
		cat "$T/log" "$T/console" "$T/json" | sha256sum
		[ -s "$T/log" ] && [ -s "$T/console" ] && [ -s "$T/json" ] || echo empty
	done > "$T/sums"
	# shellcheck disable=SC2086 # words
	kill $load
	cat "$T/sums"
	[ "$(sort -u "$T/sums" | wc -l)" = 1 ] && ! grep -q empty "$T/sums"
}

exact()		# each shot at its very nanosecond
{
	timeout 60 ./intmgr --deterministic --no-floor --warmup 0 --count 1000 \
		--interval 1us --log "$T/log" --quiet &&
		awk -F '\t' '/^[0-9]/ && ($2 != $3 || $2 != 1000 * (n++)) { exit 1 }
			END { exit n != 1000 }' "$T/log"
}

shots()		# LOG: without its command line
{
	grep -v '^#' "$1"
}

seeds_differ()
{
	local seed

	for seed in 1 2; do
		timeout 60 ./intmgr --deterministic --no-floor --count 500 \
			--schedule poisson --seed $seed --log "$T/log$seed" --quiet || return
	done
	! cmp -s <(shots "$T/log1") <(shots "$T/log2")
}

received()	# FRAME_COST: of 2000 at 1 us, in a ring of 256
{
	timeout 60 ./intmgr --deterministic --no-floor --warmup 0 --count 2000 \
		--interval 1us --ring 256 --cost "access=100ns,frame=$1" --json > "$T/json"
	value received "$T/json"
}

overload()	# is there where frames cost more than the interval, and only there
{
	[ "$(received 500ns)" = 2000 ] && [ "$(received 2us)" -lt 1500 ]
}

curve()		# FILE: success over intervals, about the cost of a frame
{
	timeout 100 ./intmgr sweep --deterministic --no-floor --ring 256 --count 2000 \
		--interval 1us..4us --points 4 --size 1500,8000 --out "$1"
}

curves()	# twice alike: all but the shortest intervals lose nothing
{
	curve "$T/curve1" && curve "$T/curve2" && cat "$T/curve1" &&
		cmp "$T/curve1" "$T/curve2" &&
		awk -F '\t' '/^[0-9]/ { n++
			if (($2 > 2500) != ($6 == 1)) exit 1 } END { exit n != 8 }' "$T/curve1"
}

probes()	# tell a queue that takes nothing more
{
	local code=0

	timeout 60 ./intmgr --deterministic --no-floor --warmup 0 --count 10 --ring 64 \
		--probe 200 --cost "frame=$1" > "$T/said" 2>&1 || code=$?
	cat "$T/said"
	return $code
}

traced()	# the times of a file are those of the log
{
	printf '1us\n5us\n5us # two\n30us\n' > "$T/times"
	timeout 60 ./intmgr --deterministic --no-floor --warmup 0 --late catch-up \
		--schedule "trace:$T/times" --log "$T/log" --quiet &&
		[ "$(shots "$T/log" | cut -f 2 | tr '\n' ' ')" = "due_ns 1000 5000 5000 30000 " ]
}

own_module()	# of the driver, from any file
{
	cp build/uml/lib/modules/*/kernel/drivers/net/ethernet/intel/igb/igb.ko "$T/mine.ko"
	timeout 60 ./intmgr --deterministic --driver igb --module "$T/mine.ko" \
		--no-floor --count 100 | grep "against igb ($T/mine.ko)"
}

# ---- a log once more ----

record()	# at an interval that is too short, whose losses are repeated, too
{
	timeout 60 ./intmgr --deterministic --interval 1us --ring 256 --count 1000 \
		--schedule poisson --seed 5 --log "$T/log" --quiet &&
		shots "$T/log" | grep -q no_descriptor
}

replay_says()	# PATTERN: of $T/altered, and exits with 1
{
	local code=0

	timeout 60 ./intmgr replay "$T/altered" > "$T/said" 2>&1 || code=$?
	cat "$T/said"
	[ $code = 1 ] && grep -q "$1" "$T/said"
}

altered()
{
	sed '500s/delivered\|no_descriptor/driver/' "$T/log" > "$T/altered"
	! cmp -s "$T/log" "$T/altered" &&
		replay_says 'altered:500: the first difference' &&
		grep -q 'the log was altered' "$T/said"
}

cut_short()
{
	head -n 500 "$T/log" > "$T/altered"
	replay_says 'altered:501: the log was cut short' || return
	head -c 20000 "$T/log" > "$T/altered"
	replay_says 'cut short in this line'
}

too_long()
{
	{ cat "$T/log" && tail -n 1 "$T/log"; } > "$T/altered"
	replay_says 'this line is one too many'
}

other_seed()
{
	sed '1s/--seed 5/--seed 6/' "$T/log" > "$T/altered"
	replay_says 'the first difference'
}

other_binaries()
{
	sed '2s/binaries .*/binaries 0123456789abcdef/' "$T/log" > "$T/altered"
	timeout 60 ./intmgr replay "$T/altered" | grep 'with other binaries' || return
	sed -i '500s/delivered\|no_descriptor/driver/' "$T/altered"
	replay_says 'written with other binaries'
}

no_log()	# PATTERN: what is no log is no run
{
	local code=0

	timeout 60 ./intmgr replay "$T/altered" > "$T/said" 2>&1 || code=$?
	cat "$T/said"
	[ $code = 2 ] && grep -q "$1" "$T/said"
}

no_command()
{
	sed 1d "$T/log" > "$T/altered" && no_log 'altered:1:' &&
		sed 2d "$T/log" > "$T/altered" && no_log 'altered:2:' &&
		sed '1s/--count/--cuont/' "$T/log" > "$T/altered" &&
		no_log 'altered:1:' && : > "$T/altered" && no_log 'altered:1:'
}

# ---- many seeds ----

finds_nothing()	# DRIVER: there is nothing to find
{
	timeout 300 ./intmgr explore --driver "$1" --interval 300ns..60us \
		--seeds 6 > "$T/said" && [ ! -s "$T/said" ]
}

# What goes wrong here is the cost of a frame, which is more than some intervals.
finds()		# JOBS: the command of the first seed that loses a frame
{
	local code=0

	timeout 300 ./intmgr explore --interval 1us..4us --seeds 30 --jobs "$1" \
		--expect 'success>=1' > "$T/command$1" || code=$?
	[ $code = 1 ]
}

reproduces()	# it does, each time; and the seeds before it do not
{
	local code seed

	finds 1 && finds 2 && cat "$T/command1" &&
		cmp "$T/command1" "$T/command2" || return
	for _ in 1 2; do
		code=0
		timeout 60 bash "$T/command1" > "$T/said" 2>&1 || code=$?
		[ $code = 1 ] && grep -q 'expectation failed: success>=1' "$T/said" || return
	done
	seed=$(sed 's/.*--seed \([0-9]*\) .*/\1/' "$T/command1")
	[ "$seed" = 1 ] || timeout 300 ./intmgr explore --interval 1us..4us \
		--seeds $((seed - 1)) --expect 'success>=1'
}

explore_stops()	# by Ctrl-C, and nothing goes on
{
	local code=0

	timeout -s INT 3 ./intmgr explore --seeds 1000000 > "$T/said" 2>&1 || code=$?
	cat "$T/said"
	[ $code = 124 ] && nothing_left
}

for driver in $drivers; do
	t "$driver: five times the same under load" repeats "$driver"
done
t "each shot is fired at its nanosecond" exact
t "another seed is another run" seeds_differ
t "overload is where the costs say" overload
t "probes arrive where there is room" probes 100us
t_fails 1 "probes that do not are told" probes 20ms
t_output_has 'A QUEUE HANGS: [0-9]+ of 200 probes' "... in the summary"
t "a trace's times are kept" traced
t "the curve is the same each time" curves
t "a driver's module may be any file" own_module
t "a run is recorded" record
t_grep 'no difference: 1003 lines, with the same' \
	"replay: no difference, the same binaries" ./intmgr replay "$T/log"
t "replay: an altered line is found" altered
t "replay: a log cut short is told" cut_short
t "replay: a line too many is told" too_long
t "replay: another seed is another run" other_seed
t "replay: other binaries are told" other_binaries
t "replay: without a command line there is no run" no_command
for driver in $drivers; do
	t "$driver: explore finds nothing where there is nothing" finds_nothing "$driver"
done
t "explore finds the first seed, and its command does it again" reproduces
t "a stale buffer is found" finds_bug stale \
	'(bad_descriptor|fault_kinds|SUMS DISAGREE|lost.driver)'
t "and only where it is reached" slow_finds_nothing stale
t "explore: Ctrl-C, nothing is left" explore_stops
t "nothing is left at the end" nothing_left
t_end
