#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The support OS reboots or goes off while a node runs: the node's core is put
# back into INIT before. QEMU's own record of CPU resets tells.
#
#	guest: target start ──INIT──▶ CPU 1 ──▶ reboot ──INIT──▶ CPU 1
#	QEMU:                 "CPU Reset (CPU 1)"        "CPU Reset (CPU 1)"
. "$(dirname "$0")/lib.sh"
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
here=$(cd "$(dirname "$0")/.." && pwd)

# resets COMMAND: how often CPU 1 was reset until the machine had ended
resets()
{
	"$here/run" --node --log "$T/log" --qemu "-d cpu_reset -D $T/resets" \
		-- "$1" > "$T/said" 2>&1 || {
		cat "$T/said" >&2
		return 1
	}
	grep -c '^CPU Reset (CPU 1)' "$T/resets"
}

# in_order COMMAND MESSAGE: as many as where the node is stopped by hand
in_order()
{
	[ "$(resets "intmgr target start && report 0 && $1")" = "$stopped" ] &&
		grep -q "$2" "$T/log"
}

never=$(resets true)
stopped=$(resets 'intmgr target start && intmgr target stop')
t "starting and stopping a node resets its core" [ "$stopped" -gt "$never" ]
t "reboot: the node is stopped before" in_order 'reboot -f' 'Restarting system'
t "poweroff: the node is stopped before" in_order 'poweroff -f' 'Power down'
t_end
