#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A BAR that is memory, which the device's side polls: the driver's accesses
# cost it nothing.
#
#	e1000e (stock) ──loads, stores──▶ window ◀──looks── who paces, or a timer
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../stock.sh"

stock_use e1000e poll
stock_fresh
t "a run of 2000" rig_run --count 2000
t "... 2000 are sent" rig_is sent 2000
t "... the sums agree" rig_sums
t "... the attachment is poll" rig_is attach poll
t "a slow run takes every frame" stock_whole_run
t "nothing is left" [ "$(ls /sys/class/net)" = lo ]

t "a function to stay" stock_add
nic=$(rig_interface)
t "... takes every frame" stock_whole_run
t "... and none of its accesses is a trap" \
	[ "$(rig_function 1 trapped)" = 0 ]
t "MTU 4000" stock_whole_run --mtu 4000 --size 4014
t "MTU 1500" stock_whole_run --mtu 1500 --size 1514
t "a ring of 256" stock_whole_run --ring 256
rig_down_up "$nic"
t "after a reset it takes every frame" stock_whole_run
t "in traffic: a reset" rig_during rig_down_up "$nic"
t "... sent = delivered + each cause" rig_sums
t "the next run takes every frame" stock_whole_run
t "the module unloads in traffic" rig_during rmmod e1000e
t "... sent = delivered + each cause" rig_sums
stock_load
t "loaded again, it takes every frame" stock_whole_run
t "is removed" intmgr function remove 1
t_fails 2 "virtio_net cannot be polled" \
	intmgr function add --driver virtio_net --attach poll
t "unloads" rmmod e1000e
t_end
