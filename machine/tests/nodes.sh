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
	intmgr target list --json | awk -f /machine/tests/json.awk |
		awk -v id="$1" -v name="$2" '
			$1 ~ /^[0-9]+\.id$/ { here = $2 == id }
			here && $1 ~ "^[0-9]+[.]" name "$" {
				sub(/^[^ ]* /, "")
				print
			}'
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
		rig_is sent 5000 && rig_is received 5000 && rig_sums
}

# node_crash ID HOW: asked for; it happens a moment later
node_crash()
{
	node_exec "$1" sh -c "
		[ -d /sys/module/intmgr_crash ] || busybox insmod $crash \
			\$(busybox tr ' ' '\n' < /proc/cmdline |
				busybox sed -n s/^intmgr_node=/node=/p)
		echo $2 > /sys/module/intmgr_crash/parameters/now"
}

# node_soon ID COMMAND...: over there, when this call has come back
node_soon()
{
	node_id=$1
	shift
	node_exec "$node_id" sh -c "
		(busybox sleep 0.2; $*) < /dev/null > /dev/null 2>&1 &"
}

# Nothing of a start that failed is left: no node, and its memory is free.
node_nothing_runs()
{
	! intmgr target list --json | grep -q -E '"state": *"(up|booting|hung)"' &&
		! grep -q 'intmgr' /proc/iomem
}
