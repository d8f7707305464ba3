#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Faults during a run, and what must not fire.
#
#   CPU 0: intmgr.ko paces         CPU 1: e1000e (patched), stack, receiver
#   ┌─────────────┐    window      ┌────────────────────────────┐
#   │ intmgr run  ├───────────────▶│ virtual 82574L ─▶ $IF ─▶ UDP│
#   └─────────────┘  frames, IPIs  └────────────────────────────┘
#          the tests pull, unload, kill, resize and misprogram, here ^
#
# After each fault: the sums agree, and the next run takes every frame.
. "$(dirname "$0")/lib.sh"

POKE=/sys/module/intmgr_poke/parameters
IF=$(ls /sys/bus/pci/drivers/e1000e/*:*/net)
RUN="intmgr --interval 100us --no-floor --ring 4096 --json"

# field JSON NAME: a number of a run's JSON, nested names by a dot
field() {
	jshow "$1" "$2"
}

# sums FILE: sent = delivered + each loss
sums() {
	awk -v sent="$(field "$1" sent)" -v delivered="$(field "$1" delivered)" \
	    -v lost="$(field "$1" lost)" \
	    'BEGIN { exit !(sent > 0 && sent == delivered + lost) }'
}

# after_fault NAME: the run in $T/json ended with agreeing sums, and the next one is whole
after_fault() {
	t "$1: the sums agree" sums "$T/json"
	t "$1: the next run takes every frame" next_run
}

next_run() {
	$RUN --count 500 >"$T/next" && [ "$(field "$T/next" received)" = 500 ] &&
		[ "$(field "$T/next" delivered)" = 500 ]
}

# during COMMAND...: start a one-second run, do the command in its middle
during() {
	$RUN --count 10000 >"$T/json" 2>"$T/err" &
	run=$!
	sleep 0.4
	"$@" >"$T/during" 2>&1
	during=$?
	wait $run
	echo $? >"$T/exit"
	return $during
}

# more NAME N: a figure of the last run is larger than N
more() {
	[ "$(field "$T/json" "$1")" -gt "$2" ]
}

is() {
	[ "$(field "$T/json" "$1")" = "$2" ]
}

poke() {
	echo "$1 $2" >$POKE/write
}

# peek REGISTER: its value
peek() {
	echo "$1" >$POKE/read
	cat $POKE/read
}

# ---- the interface ----

during ip link set "$IF" down
t "set down during a run: losses are named rx_off" more lost.rx_off 0
after_fault "set down during a run"

during ethtool -G "$IF" rx 512
t "ring resized during a run: done" [ "$(cat "$T/during")" = "" ]
after_fault "ring resized during a run"

during ip link set "$IF" mtu 4000
after_fault "MTU changed during a run"

# ---- modules ----

t_fails 1 "intmgr.ko cannot go during a run" during rmmod intmgr
t "... and the run is whole" is received 10000
t_fails 1 "intmgr_target.ko cannot go during a run" during rmmod intmgr_target
t "... and the run is whole" is received 10000

during rmmod e1000e
t "driver unloaded during a run: losses are named rx_off" more lost.rx_off 0
t "driver unloaded during a run: the sums agree" sums "$T/json"
t_fails 3 "no driver: the run does not start" $RUN --count 10
t "driver loaded again" load_driver
t "... and the next run takes every frame" next_run

# ---- the program ----

killed() {
	$RUN --count 1M >/dev/null 2>&1 &
	run=$!
	sleep 0.4
	kill -9 $run
	wait $run
	next_run
}
t "killed by SIGKILL: the next run takes every frame" killed

interrupted() {
	$RUN --interval 5s --count 1k >"$T/json" 2>"$T/err" &
	run=$!
	sleep 0.4
	began=$(now_ms)
	kill -INT $run
	wait $run
	code=$?
	[ $code = 3 ] && [ $(($(now_ms) - began)) -lt 1000 ]
}
t "SIGINT stops a slow run" interrupted
t "... and its sums agree" sums "$T/json"

# ---- CPUs ----

t_fails 2 "the same CPU twice" $RUN --cpu 1 --target-cpu 1
t_fails 2 "a CPU that does not exist" $RUN --target-cpu 99
echo 0 >/sys/devices/system/cpu/cpu1/online
t_fails 2 "a CPU that is offline" $RUN --target-cpu 1
echo 1 >/sys/devices/system/cpu/cpu1/online
t "back online: the next run takes every frame" next_run

# ---- a driver that writes nonsense ----

insmod "$MODULES/intmgr_poke.ko"
RDBAL=0x2800 RDBAH=0x2804 RDLEN=0x2808 RDT=0x2818 IMC=0xd8 RCTL=0x100

# misprogram REGISTER VALUE: a run with it, then the right value again
misprogram() {
	old=$(peek "$1")
	poke "$1" "$2"
	$RUN --count 100 --no-floor >"$T/json" 2>"$T/err"
	code=$?
	poke "$1" "$old"
	return $code
}

refused() {
	misprogram "$@"
	[ $? = 3 ] || sums "$T/json"
}

t "ring base at 0: nothing is followed" refused $RDBAH 0
t "ring base in kernel space: nothing is followed" refused $RDBAH 0xffff8880
t "ring base just off the pool: nothing is followed" refused $RDBAL 0xfffffff0
t "ring longer than the pool: nothing is followed" refused $RDLEN 0xfff80
t "ring length 0: nothing is followed" refused $RDLEN 0
t "the next run takes every frame" next_run

during poke $RDBAH 0x1234
t "ring base moved away during a run: named bad_descriptor" more lost.bad_descriptor 0
t "... and the sums agree" sums "$T/json"
ip link set "$IF" down; ip link set "$IF" up
t "... and after a reset the next run takes every frame" next_run

# ---- interrupts that must not fire ----

# quiet: this run rang nothing, and no handler was entered
quiet() {
	is interrupts.fired 0 && is interrupts.handled 0
}

poke $IMC 0xffffffff
t "all causes masked: the run ends" sh -c "$RUN --count 100 >$T/json"
t "all causes masked: nothing fires" quiet
t "all causes masked: losses are named masked" is lost.masked 100
t "all causes masked: the sums agree" sums "$T/json"
ip link set "$IF" down; ip link set "$IF" up
t "unmasked by a reset: the next run takes every frame" next_run

during cable pull
t "cable pulled during a run: losses are named rx_off" more lost.rx_off 0
t "... and the sums agree" sums "$T/json"
t_fails 3 "cable out: the run does not start" $RUN --count 10
t "cable plugged in again" cable plug
t "... and the next run takes every frame" next_run

rmmod intmgr_poke

# ---- modules in any order ----

unload_reload() {
	for m in "$@"; do
		rmmod "$m" || return 1
	done
	load_all && next_run
}
t "unloaded support first" unload_reload intmgr e1000e intmgr_target
t "unloaded driver first" unload_reload e1000e intmgr intmgr_target
t "unloaded target before support" unload_reload e1000e intmgr_target intmgr

rmmod e1000e
t "target unloaded during a floor: the run ends" during_floor
done_testing
