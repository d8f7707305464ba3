#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Functions of all drivers at once.
#
#	intmgr.ko ──▶ 1: e1000e   2: e1000   3: virtio_net   4: igb
#	               each takes a run; they go in another order than they came
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../stock.sh"

stock_fresh
for driver in e1000e e1000 virtio_net igb; do
	stock_use $driver
	t "$driver: is added" stock_add
done
intmgr status > "$rig/status"
for driver in e1000e e1000 virtio_net igb; do
	t_grep "^driver +$driver\$" "$driver: status shows it" cat "$rig/status"
done
t "each has an interface" [ "$(find /sys/class/net/* | wc -l)" = 5 ]

# run_on ID: all frames of a run for function ID
run_on()
{
	stock_use "$(rig_function "$1" driver)"
	rig_words="--function $1"
	stock_whole_run --count 500 && rig_is settings.function_id "$1" &&
		rig_is driver "$driver"
}

for id in 1 2 3 4; do
	t "function $id takes a run" run_on $id
done

# Another interface is busy meanwhile, on the same CPUs.
beside()
{
	intmgr function sink 2 answer
	stock_up 2 10.1.0.1/24 || return 1
	ping -i 0.01 -q 10.1.0.2 > "$rig/ping" &
	pinger=$!
	run_on 3
	beside_code=$?
	kill -INT $pinger
	wait $pinger
	cat "$rig/ping"
	# the last one may still have been on its way
	awk '/packets transmitted/ { exit !($4 > 10 && $1 - $4 <= 1) }' \
		"$rig/ping" && return $beside_code
}
t "function 3 takes a run while function 2 is pinged through" beside

left='1 2 3 4'
for gone in 3 1 4; do
	t "function $gone is removed" intmgr function remove $gone
	left=$(echo "$left" | tr ' ' '\n' | grep -v $gone | xargs)
	for id in $left; do
		t "... function $id takes a run" run_on "$id"
	done
done
stock_use igb
t "a new one takes a free place" stock_add
t "... and a run" run_on "$(intmgr function list | awk '$2 == "igb" { print $1 }')"
t "all are removed" intmgr function remove all
t "nothing is left" [ "$(ls /sys/class/net)" = lo ]
t "drivers unload" rmmod e1000e e1000 virtio_net igb
t_end
