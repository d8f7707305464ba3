#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Two nodes at once, then one of two cores.
#
#	support OS, CPU 0 ──▶ node 1, CPU 1
#	                  ──▶ node 2, CPU 2      one crashes, the other takes its shots
#	support OS, CPU 0 ──▶ node 1, CPUs 1 and 2
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../nodes.sh"

load-node

t "node 1 starts" node_start 1 --cores 1
t "node 2 starts beside it" node_start 2 --cores 2
t "both are up" eval 'node_is 1 up && node_is 2 up'
t_fails 3 "a third has no core" node_start 3 --cores 2
t_output_has 'node 2|another node|belongs' "... and it is said"
t "node 1 does its job" node_takes_5000 1
t "node 2 does its job" node_takes_5000 2

beside()	# node 2 crashes while node 1 has traffic
{
	node_load_crash 2 &&
		node_later 2 'busybox sleep 2' "echo $1 > now" &&
		rig_run --target node:1 --count 50k
}
for how in panic deadlock; do
	t "node 2 crashes ($how) while node 1 runs" beside $how
	t "... every shot of node 1 is received" rig_is received 50000
	t "... node 1 is up" node_is 1 up
	t "... node 2 is not" eval '! node_is 2 up'
	t "... and starts again" intmgr target restart 2
	t "... both do their job" eval 'node_takes_5000 1 && node_takes_5000 2'
done

t "node 1 stops" intmgr target stop 1
t "... node 2 goes on" node_takes_5000 2
t "node 2 stops" intmgr target stop 2

# ---- a node of two cores ----

panics()
{
	node_load_crash 1 && node_later 1 : 'echo panic > now' &&
		node_becomes 1 panic
}
t "a node of two cores starts" node_start --cores 1,2
t_grep '^2$' "... and has both" node_exec 1 nproc
t "... does the job" node_takes_5000 1
t "... on its other core, too" rig_run --target-cpu 1 --count 500
t "... all of it" rig_is received 500
t "panics" panics
t "... starts again" intmgr target restart
t "... does the job" node_takes_5000 1
t "stops" intmgr target stop

all_back()
{
	unload-node || return 1
	for cpu in 1 2; do
		echo 1 > /sys/devices/system/cpu/cpu$cpu/online || return 1
	done
	[ "$(nproc)" = 3 ]
}
t "unloaded, both cores can be set online" all_back
t_end
