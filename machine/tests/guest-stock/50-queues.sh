#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Shots spread over the RX queues of a driver, each with a vector of its own.
#
#	intmgr.ko ──▶ queue 0 ── IPI ──▶ igb's handler of queue 0 ─┐
#	          ──▶ queue 1 ── IPI ──▶ ...                       ├─▶ UDP socket
#	          ──▶ queue 3 ── IPI ──▶ igb's handler of queue 3 ─┘
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../stock.sh"

stock_use igb
stock_fresh
rig_ring=1024	# of which the pool has room for eight
t "a function to stay" stock_add
nic=$(rig_interface)

# Each queue has the same share of 400, sent and received.
shared()	# QUEUES
{
	rig_run --interval 200us --count 400 --warmup 0 --queues "$1" ||
		return 1
	rig_is delivered 400 && grep '^queues' "$rig/fields" | tee "$rig/queues" &&
		awk -v queues="$1" '
			$2 != 400 / queues { exit wrong = 1 }
			END { exit wrong || NR != 2 * queues }' "$rig/queues"
}

for queues in 1 2 4 8; do
	t "$queues queues: each gets its share" shared $queues
	t "$queues queues: the driver has as many" \
		rig_is settings.queues $queues
done

# "NAME COUNT" of the interface's vectors that take frames
vectors()
{
	awk -v nic="$nic" '$NF ~ "^" nic "-.*[Rr]x-" {
		for (i = 2; i <= NF && $i ~ /^[0-9]+$/; i++) sum += $i
		print $NF, sum
		sum = 0 }' /proc/interrupts
}

each_fired()
{
	shared 4 || return 1
	vectors > "$rig/before"
	shared 4 || return 1
	vectors > "$rig/after"
	cat "$rig/before" "$rig/after"
	sort -k 1,1 -k 2,2n "$rig/before" "$rig/after" | awk '
		$1 == name && $2 - count >= 50 { fired++ }
		{ name = $1; count = $2 }
		END { exit fired != 4 }'
}
t "each queue's vector fires" each_fired
t_grep 'msix' "status shows the doorbells" intmgr status

# ---- more than there are ----

t_fails 2 "nine queues" rig_run --count 10 --queues 9
t_output_has . "... is said"
intmgr function remove 1
for one in e1000e e1000; do
	stock_use $one
	t_fails 2 "$one: two queues" rig_run --count 10 --queues 2
	t_grep 'at most 1' "$one: ... is said" cat "$rig/said"
done
stock_fresh
t_end
