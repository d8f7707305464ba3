#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# usage: 10-main.sh DRIVER
# for: e1000e e1000 virtio_net igb
# The main path of an unmodified driver: one command makes the function, loads
# the distribution's module, runs, and takes both away.
#
#	CPU 0: intmgr.ko ──window, IPIs──▶ CPU 1: DRIVER (stock) ─▶ UDP socket
#	                                     └─▶ registers: trap ─▶ model
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../stock.sh"

stock_use "$1"
stock_fresh

state()		# what a run could leave behind
{
	cut -d ' ' -f 1 /proc/modules | sort
	ls /sys/bus/pci/devices /sys/class/net
	cat /proc/iomem
	awk '{ print $1, $NF }' /proc/interrupts
	intmgr function list
}

state > "$rig/before"
t "$driver: a run of 2000" rig_run --count 2000
t "$driver: 2000 are sent" rig_is sent 2000
t "$driver: the sums agree" rig_sums
t "$driver: a slow run takes every frame" stock_whole_run
# A driver of virtio_net need not ring while the device has buffers left.
[ "$driver" = virtio_net ] ||
	t "$driver: its register accesses are counted" rig_more accesses 0
state > "$rig/after"
t "$driver: nothing is left" diff "$rig/before" "$rig/after"

# ---- while a run goes on ----

rig_start --interval 1ms --count 1M
runner=$!
for _ in $(seq 100); do
	intmgr status 2>&1 | grep -q '^run *going on' && break
	usleep 100000
done
t "$driver: the module is the distribution's" \
	[ "$(cat "/sys/module/$driver/taint")" = "" ]
t "$driver: the function is the command's" \
	[ "$(rig_function 1 temporary)" = true ]
t_grep "^driver +$driver" "$driver: status shows it" intmgr status
kill -INT $runner
wait $runner
t "$driver: interrupted, the sums agree" rig_sums
state > "$rig/after"
t "$driver: ... and nothing is left" diff "$rig/before" "$rig/after"
t_end
