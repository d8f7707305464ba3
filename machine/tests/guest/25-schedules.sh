#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A run of each schedule, gentle enough for all frames to arrive, and its due
# times as the log has them. Catching up keeps them whatever the host does.
#
#	--schedule ──▶ intmgr.ko: due times ──▶ e1000e (patched) ──▶ UDP socket
#	    ▲ times                 └──▶ log's due_ns ──▶ as they should be
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"

count=300

# scheduled WHEN OPTION...: every shot's frame reaches the socket
scheduled()
{
	intmgr --ring 4096 --json --late catch-up --count "$count" \
		--log "$rig/log" --schedule "$@" > "$rig/json" 2> "$rig/said" ||
		{ cat "$rig/said"; return 1; }
	tail -n +2 "$rig/log" | cut -f 2 > "$rig/due"
	rig_is sent "$count" received "$count" delivered "$count" \
		skipped 0 &&
		rig_sums && [ "$(wc -l < "$rig/due")" = "$count" ]
}

says()		# WHEN MEAN: in the result
{
	rig_is schedule "$1" interval_ns "$2"
}

rig_load

# ---- what is worked out ----

constant()
{
	awk '$1 != (NR - 1) * 100000 { exit 1 }' "$rig/due"
}
t "constant intervals" scheduled cbr --interval 100us --no-floor
t "... are constant" constant

poisson()	# SEED FILE: its due times
{
	scheduled poisson --interval 100us --seed "$1" --no-floor &&
		mv "$rig/due" "$2"
}

about_the_mean()	# three hundred gaps: by 6 %, as a standard deviation
{
	awk 'END { mean = $1 / (NR - 1); print mean
		exit (mean < 75000 || mean > 125000) }' "$rig/seven"
}
t "Poisson" poisson 7 "$rig/seven"
t "... is told" says poisson 100000
t "... has about the mean" about_the_mean
t "... and the same seed" poisson 7 "$rig/again"
t "... has the same due times" cmp "$rig/seven" "$rig/again"
t "... and another" poisson 8 "$rig/other"
t_fails 1 "... has others" cmp -s "$rig/seven" "$rig/other"

together()
{
	awk '$1 != int((NR - 1) / 8) * 800000 { exit 1 }' "$rig/due"
}
t "bursts" scheduled burst:8 --interval 100us --no-floor
t "... are told" says burst:8 100000
t "... are due together, then comes a pause" together

falling()
{
	awk 'NR == 2 && $1 != 150000 { bad = 1 }
		NR > 2 && $1 - last > gap { bad = 1 }
		{ gap = $1 - last; last = $1 }
		NR == 1 { gap = 150000 }
		END { print gap; exit (bad || gap != 50000) }' "$rig/due"
}
t "a ramp, beside its floors" scheduled ramp:150us..50us
t "... is told" says ramp:150us..50us 100000
t "... goes from its first interval to its last" falling
t "... and has floors" rig_more floor.ipi_ns 0

# ---- what is in a file ----

times=$rig/times

# traced COUNT FILE: its first times, all of them, are the due times
traced()
{
	count=$1
	scheduled "trace:$times" --no-floor && head -n "$1" "$2" > "$rig/wanted" &&
		cmp "$rig/wanted" "$rig/due"
}
sed 's/$/ns	# of seed 7/' "$rig/seven" > "$times"
t "a trace has the due times of its file" traced 300 "$rig/seven"
t "... is told" rig_is schedule "trace:$times"
t "... may be cut short" traced 50 "$rig/seven"
awk '{ print $1 + 7000001 }' "$rig/seven" > "$rig/later"
cp "$rig/later" "$times"
t "... may begin later" traced 300 "$rig/later"

skipped()	# most of it is due before the first shot was fired
{
	seq 0 299 > "$times"
	intmgr --json --late skip --no-floor --schedule "trace:$times" \
		> "$rig/json" && rig_sums && rig_more skipped 100 &&
		[ $(($(rig_field sent) + $(rig_field skipped))) = 300 ]
}
t "... may be skipped to its end" skipped

# ---- the rest ----

swept()
{
	intmgr sweep --schedule poisson --interval 50us..100us --points 2 \
		--size 1500 --count 200 --no-floor --out "$rig/curve" &&
		grep -q '^# .*schedule: poisson' "$rig/curve" &&
		[ "$(grep -vc '^#' "$rig/curve")" = 3 ]
}
t "a sweep of means" swept

flooded()
{
	intmgr --json --no-floor --ring 256 --count 20k --schedule burst:500 \
		--interval 1us > "$rig/json" && rig_sums && rig_is sent 20000
}
t "bursts larger than the ring: each loss has a cause" flooded
t "unloaded" unload
t_end
