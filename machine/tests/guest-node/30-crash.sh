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

# in_traffic COMMAND...: in a run of two seconds, which it ends
in_traffic()
{
	rig_start --count 20k
	sleep 0.6
	"$@"
	wait $!
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
	t "$dies_name: the node starts again" intmgr target restart
	t "$dies_name: ... and takes 5000 of 5000" node_takes_5000
}

dies panic 'intmgr_crash: as asked' panic node_crash 1 panic
t_grep 'as asked' "panic: its text is kept for a report" intmgr target console
dies panic 'Fatal exception' "NULL dereference" node_crash 1 null
dies panic 'Fatal exception|stack' "stack overflow" node_crash 1 stack
dies hung 'heartbeat|hang|hung' "deadlock, interrupts off" node_crash 1 deadlock
dies hung 'heartbeat|hang|hung' "endless loop in an interrupt" node_crash 1 loop
dies panic 'memory' "no memory left" node_crash 1 memory
dies panic 'sysrq' "sysrq crash" node_soon 1 'echo c > /proc/sysrq-trigger'
dies reboot 'reboot|again' "reboot" node_soon 1 busybox reboot
dies reboot 'reboot|again' "reboot -f" node_soon 1 busybox reboot -f
dies halt 'halt' "halt" node_soon 1 busybox halt -f
dies halt 'halt|off' "poweroff" node_soon 1 busybox poweroff -f

# ---- what it shares, scribbled over: anything may become of it, but not of us ----

scribbled()	# NAME HOW
{
	in_traffic node_crash 1 "$2"
	t "$1: the run ends, sent = the sum of outcomes" rig_sums
	sleep 3
	t "$1: status answers" intmgr status
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
	rig_start --count 20k --restart --log "$rig/log"
	sleep 0.6
	node_crash 1 panic
	wait $!
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
	intmgr sweep --target node --restart --interval 50us..100us --points 2 \
		--size 1500 --count 10k --ring 4096 --no-floor \
		--out "$rig/curve" 2> "$rig/said" &
	sleep 0.8
	node_crash 1 panic
	wait $! && [ "$(grep -vc '^#' "$rig/curve")" = 3 ]
}
t "sweep --restart: has a row a point all the same" restarted_sweep
t "the node takes 5000 of 5000" node_takes_5000
t_end
