#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Faults during a run: the sums agree all the same, and the next run is whole.
#
#	CPU 0: intmgr.ko paces ──frames, IPIs──▶ CPU 1: e1000e (patched) ─▶ UDP
#	                                             ▲
#	     these tests pull, unload, kill, resize and misprogram here
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"

rig_load
nic=$(rig_interface 1)
t "nothing was done yet: a run takes every frame" rig_whole_run

# after NAME: what each fault must leave behind
after()
{
	t "$1: sent = delivered + each cause" rig_sums
	t "$1: the next run takes every frame" rig_whole_run
}

# ---- the interface ----

rig_during ip link set "$nic" down
t "set down: losses are rx_off" rig_more lost.rx_off 0
after "set down"

t "ring resized: done" rig_during ethtool -G "$nic" rx 512
after "ring resized"

t "MTU changed: done" rig_during ip link set "$nic" mtu 4000
after "MTU changed"

rig_during cable pull
t "cable pulled: losses are rx_off" rig_more lost.rx_off 0
t "cable pulled: sent = delivered + each cause" rig_sums
t_fails 3 "cable out: the run does not start" rig_run --count 10
cable plug
t "cable plugged in: the next run takes every frame" rig_whole_run

# ---- modules ----

t_fails 1 "intmgr.ko cannot be unloaded" rig_during rmmod intmgr
t "... and the run goes on" rig_is sent 10000
t_fails 1 "intmgr_target.ko cannot be unloaded" rig_during rmmod intmgr_target
t "... and the run goes on" rig_is sent 10000
t "driver unloaded: done" rig_during rmmod e1000e
t "driver unloaded: losses are rx_off" rig_more lost.rx_off 0
t "driver unloaded: sent = delivered + each cause" rig_sums
t_fails 3 "no driver: the run does not start" rig_run --count 10
modprobe e1000e
nic=$(rig_interface 1)
t "driver loaded again: the next run takes every frame" rig_whole_run

for order in "intmgr e1000e intmgr_target" "e1000e intmgr intmgr_target" \
	     "e1000e intmgr_target intmgr"; do
	# shellcheck disable=SC2086 # a list
	t "unloaded in the order $order" rig_unload $order
	t_fails 3 "... no module: the run does not start" rig_run --count 10
	t "... and loaded again" rig_load
	t "... the next run takes every frame" rig_whole_run
done
nic=$(rig_interface 1)

# ---- the program ----

killed()
{
	intmgr --interval 100us --count 1M --no-floor >/dev/null 2>&1 &
	sleep 0.5
	kill -9 $!
	wait $! || true
	rig_whole_run
}
t "killed by SIGKILL: the next run takes every frame" killed

interrupted()	# a slow run ends within a second, floors, drain and all
{
	rig_start --interval 5s --count 1k
	sleep 0.6
	began=$(rig_ms)
	kill -INT $!
	wait $!
	[ $? = 3 ] && [ $(($(rig_ms) - began)) -lt 1000 ]
}
t "SIGINT stops a run that waits five seconds" interrupted
t "... and the sums agree" rig_sums

# ---- CPUs ----

t_fails 2 "the same CPU for both sides" rig_run --cpu 1 --target-cpu 1
t_fails 2 "a CPU that does not exist" rig_run --target-cpu 99
echo 0 > /sys/devices/system/cpu/cpu1/online
t_fails 2 "a CPU that is offline" rig_run --target-cpu 1
echo 1 > /sys/devices/system/cpu/cpu1/online
t "back online: the next run takes every frame" rig_whole_run

online=/sys/devices/system/cpu/cpu1/online
rig_during sh -c "echo 0 > $online"
t "target CPU set offline: the sums agree" rig_sums
t_grep 'CPU is offline' "... and it is said" cat "$rig/said"
echo 1 > $online
t "... the next run takes every frame" rig_whole_run

rig_start --count 10k --warmup 0 --cpu 1 --target-cpu 0
running && usleep 300000
echo 0 > $online
wait $! || true
t "pacing CPU set offline: the sums agree" rig_sums
t_grep 'CPU is offline' "... and it is said" cat "$rig/said"
echo 1 > $online
t "... the next run takes every frame" rig_whole_run

# ---- a driver that writes nonsense into its registers ----

modprobe intmgr_poke
RDBAL=0x2800 RDBAH=0x2804 RDLEN=0x2808

# Either the run is refused, or each of its shots is and says so.
refused()	# REGISTER VALUE
{
	was=$(rig_peek "$1")
	rig_poke "$1" "$2"
	rig_run --count 100
	code=$?
	rig_poke "$1" "$was"
	[ $code = 3 ] || { rig_sums && rig_is lost.bad_descriptor 100; }
}
t "ring base at 0: not followed" refused $RDBAH 0
t "ring base in kernel addresses: not followed" refused $RDBAH 0xffff8880
t "ring base below the pool's end: not followed" refused $RDBAL 0xfffffff0
t "ring over the pool's end: not followed" refused $RDBAL 0x04fff000
t "ring in memory that is not mapped: not followed" refused $RDBAL 0x04f00000
t "ring of no length: not followed" refused $RDLEN 0
t "put right: the next run takes every frame" rig_whole_run

rig_during rig_poke $RDBAH 0x1234
t "ring base moved away: losses are bad_descriptor" rig_more lost.bad_descriptor 0
t "ring base moved away: sent = delivered + each cause" rig_sums
rig_down_up "$nic"
t "after a reset the next run takes every frame" rig_whole_run
rmmod intmgr_poke
t_end
