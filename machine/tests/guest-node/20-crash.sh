#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The crash campaign: a node is brought down in traffic, in every way that a
# driver or a program has. The support OS keeps the records, says what happened,
# and starts the node again. That its own log stays clean, machine/run judges.
#
#	support OS: run ──shots──▶ node 1: e1000e, intmgr_crash.ko ── ✗
#	            outcomes, reason ◀── window, node page
#	            restart ─────────▶ 5000 of 5000
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../nodes.sh"

load-node
t "a node starts" node_start

# in_traffic COMMAND...: done by the node in a run, which that ends
in_traffic()
{
	node_in_traffic 1 "$@" || return 1
	rig_run --count 50k
}

# dies STATE REASON NAME COMMAND...: what it does, and all that must follow
dies()
{
	dies_state=$1
	dies_reason=$2
	dies_name=$3
	shift 3
	t_fails 3 "$dies_name: the run ends" in_traffic "$@"
	t "$dies_name: each shot has an outcome" rig_sums
	t "$dies_name: shots before it were delivered" rig_more delivered 0
	t "$dies_name: shots after it are target_dead" rig_more lost.target_dead 0
	t "$dies_name: the state is $dies_state" node_becomes 1 "$dies_state"
	t_grep "$dies_reason" "$dies_name: the list says why" intmgr target list
	[ "$dies_state" != panic ] ||
		t_grep 'Kernel panic - not syncing: ' \
			"$dies_name: its text is kept for a report" \
			intmgr target console
	t "$dies_name: the node starts again" intmgr target restart
	t "$dies_name: ... and takes 5000 of 5000" node_takes_5000
}

dies panic 'intmgr_crash: as asked' panic 'echo panic > now'
dies panic 'Fatal exception' "NULL dereference" 'echo null > now'
dies panic 'Fatal exception|stack' "stack overflow" 'echo stack > now'
dies hung 'heartbeat|hang|hung' "deadlock, interrupts off" 'echo deadlock > now'
dies hung 'heartbeat|hang|hung' "endless loop in an interrupt" 'echo loop > now'
dies panic 'memory' "no memory left" 'echo memory > now'
dies panic 'sysrq' "sysrq crash" 'echo c > /proc/sysrq-trigger'
dies reboot 'reboot|again' "reboot" busybox reboot
dies reboot 'reboot|again' "reboot -f" busybox reboot -f
dies halt 'halt' "halt" busybox halt -f
dies halt 'halt|off' "poweroff" busybox poweroff -f

# ---- what it shares, scribbled over: anything may become of it, but not of us ----

scribbled()	# NAME HOW
{
	in_traffic "echo $2 > now"
	t "$1: the run ends, sent = the sum of outcomes" rig_sums
	sleep 3
	t_grep '^1 ' "$1: status answers" intmgr status
	t "$1: list answers" intmgr target list
	t "$1: the console answers" sh -c 'intmgr target console > /dev/null'
	t "$1: the node starts again" intmgr target restart
	t "$1: ... and takes 5000 of 5000" node_takes_5000
}
scribbled "window scribbled over" scribble
scribbled "node page scribbled over" page

# ---- runs that go on over a death ----

# The log: one line a shot, numbered without a gap.
numbered()	# COUNT
{
	grep -v '^#' "$rig/log" | awk -v count="$1" '
		NR > 1 && $1 != NR - 1 { exit 1 }
		END { exit NR != count + 1 }'
}

restarted_run()
{
	starts=$(node_field 1 starts)
	node_in_traffic 1 'echo panic > now' || return 1
	rig_run --count 20k --restart --log "$rig/log"
}
t "run --restart: ends as if nothing had been" restarted_run
t "... the node was started once more" \
	[ "$(node_field 1 starts)" = $((starts + 1)) ]
t "... all are sent" rig_is sent 20000
t "... the sums agree" rig_sums
t "... shots were lost to its death" rig_more lost.target_dead 0
t "... and others delivered" rig_more delivered 10000
t "... the log counts on" numbered 20000

restarted_sweep()
{
	node_in_traffic 1 'echo panic > now' || return 1
	intmgr sweep --target node --restart --interval 50us..100us --points 2 \
		--size 1500 --count 10k --ring 4096 --no-floor \
		--out "$rig/curve" 2> "$rig/said" &&
		[ "$(grep -vc '^#' "$rig/curve")" = 3 ]
}
t "sweep --restart: has a row a point all the same" restarted_sweep
t "the node takes 5000 of 5000" node_takes_5000
t "and stops" intmgr target stop
t_end
