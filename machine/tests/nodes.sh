# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# The rig with second kernels: OS nodes that are started, asked and crashed.
# Sourced after lib.sh and rig.sh.

# shellcheck disable=SC2034 # rig.sh's runs use it
rig_target=node
release=$(uname -r)
crash=/lib/modules/$release/updates/intmgr_crash.ko
online=/sys/devices/system/cpu/cpu1/online

# node_start OPTION...: with what the tests run there
node_start()
{
	intmgr target start --add /bin/busybox --add "$crash" "$@"
}

# node_exec ID COMMAND...: busybox over there
node_exec()
{
	node_id=$1
	shift
	intmgr target exec "$node_id" -- busybox "$@"
}

# node_field ID NAME: what the list says of a node
node_field()
{
	intmgr target list --json | rig_listed "$1" "$2"
}

node_is()	# ID STATE
{
	[ "$(node_field "$1" state)" = "$2" ]
}

# node_becomes ID STATE: within five seconds
node_becomes()
{
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		! node_is "$1" "$2" || return 0
		sleep 0.5
	done
	return 1
}

# The job that a node has to do after whatever happened.
node_takes_5000()	# [ID]
{
	rig_run --target "node:${1:-1}" --count 5000 &&
		rig_is sent 5000 received 5000 && rig_sums
}

# node_later ID WHEN COMMAND...: over there, WHEN that command of its shell's has
# ended; this call has come back before. A run leaves this kernel's only CPU no
# time for another command, so what is to happen in a run is asked for before.
node_later()
{
	node_id=$1
	node_when=$2
	shift 2
	node_exec "$node_id" sh -c "
		cd /sys/module/intmgr_crash/parameters || exit 1
		{ $node_when; $*; } < /dev/null > /dev/null 2>&1 &"
}

node_load_crash()	# ID
{
	node_exec "$1" sh -c "
		[ -d /sys/module/intmgr_crash ] || busybox insmod $crash \
			\$(busybox tr ' ' '\n' < /proc/cmdline |
				busybox sed -n s/^intmgr_node=/node=/p)"
}

# node_in_traffic ID COMMAND...: when it has taken 2000 more interrupts
node_in_traffic()
{
	node_id=$1
	shift
	# shellcheck disable=SC2016 # the node's shell expands it
	node_load_crash "$node_id" && node_later "$node_id" '
		read from < entries
		until read now < entries; [ $((now - from)) -ge 2000 ]; do
			busybox usleep 20000
		done' "$@"
}

# Nothing of a start that failed is left: no node, and its memory is free.
node_nothing_runs()
{
	! intmgr target list --json | grep -q -E '"state": *"(up|booting|hung)"' &&
		! grep -q 'intmgr' /proc/iomem
}
