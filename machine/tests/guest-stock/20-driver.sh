#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# usage: 20-driver.sh DRIVER
# for: e1000e e1000 virtio_net igb
# What is done to an interface and its driver, idle and in traffic; the next run
# takes every frame.
#
#	CPU 0: intmgr.ko paces ──frames, IPIs──▶ CPU 1: DRIVER (stock) ─▶ UDP
#	                                             ▲
#	     these tests resize, reset, pull, unbind, unload, remove here
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../stock.sh"

stock_use "$1"
stock_fresh
t "$driver: a function to stay" stock_add
nic=$(rig_interface)
bdf=$(rig_function 1 function)

# after NAME: what each must leave behind
after()
{
	t "$driver: $1: the next run takes every frame" stock_whole_run
}

# in_traffic NAME COMMAND...: done in a run, whose sums agree all the same
in_traffic()
{
	traffic_name=$1
	shift
	t "$driver: $traffic_name: done" rig_during "$@"
	t "$driver: $traffic_name: sent = delivered + each cause" rig_sums
}

# ---- sizes ----

for mtu in $mtus; do
	t "$driver: MTU $mtu: the largest frames arrive" \
		stock_whole_run --mtu "$mtu" --size $((mtu + 14))
	t "$driver: MTU $mtu: so do the smallest" stock_whole_run --size 66
done
t "$driver: ... as the README says" [ "$(rig_readme MTU "$driver")" = yes ]
t "$driver: back to MTU 1500" stock_whole_run --mtu 1500 --size 1514
for ring in 256 512 "$rig_ring"; do
	t "$driver: a ring of $ring" stock_whole_run --ring "$ring"
	t_grep "^RX:[^0-9]*$ring\$" "... which ethtool sees" ethtool -g "$nic"
done
in_traffic "MTU changed" ip link set "$nic" mtu 4000
in_traffic "ring resized" ethtool -G "$nic" rx 256
in_traffic "set down" ip link set "$nic" down
# virtio's device is not told
[ ! "$intel" ] || t "$driver: set down: losses are rx_off" rig_more lost.rx_off 0
after "all that"

# ---- resets and the cable ----

rig_down_up "$nic"
after "down and up"
if [ "$intel" ]; then
	t "$driver: restarts its negotiation" ethtool -r "$nic"
	after "negotiated"
fi
t "$driver: cable pulled" cable pull
t "$driver: ... the driver sees it" rig_carrier "$nic" 0
t "$driver: cable plugged" cable plug
t "$driver: ... the driver sees it" rig_carrier "$nic" 1
after "plugged"
rig_during cable pull
t "$driver: pulled in traffic: sent = delivered + each cause" rig_sums
cable plug

# ---- what ethtool asks ----

t_grep "^driver: $driver" "$driver: ethtool -i" ethtool -i "$nic"
t_output_has "^bus-info: .*$bdf|^bus-info: virtio" "... names the function"
t "$driver: ethtool -S" ethtool -S "$nic"
t "$driver: ethtool -k" ethtool -k "$nic"
if [ "$intel" ]; then
	t "$driver: ethtool -d" ethtool -d "$nic"
	t "$driver: ethtool -e" ethtool -e "$nic" length 128
fi

rx_packets()
{
	cat "/sys/class/net/$nic/statistics/rx_packets"
}

# The driver takes its figures from the NIC, some only every two seconds.
counts()
{
	ethtool -S "$nic" > /dev/null
	before=$(rx_packets)
	rig_run --count 300 --warmup 0 || return 1
	for _ in $(seq 12); do
		[ "$(($(rx_packets) - before))" = "$(rig_field received)" ] &&
			return
		sleep 0.5
	done
	echo "$(($(rx_packets) - before)) packets instead of $(rig_field received)"
	return 1
}
t "$driver: rx_packets grows by the frames received" counts
if [ "$intel" ]; then
	for state in off on; do
		t "$driver: RX checksums $state" ethtool -K "$nic" rx $state
		after "RX checksums $state"
	done
fi

# ---- unbound and bound ----

unbind()
{
	echo "$bdf" > "/sys/bus/pci/drivers/$pci_driver/unbind"
}

bind()
{
	echo "$bdf" > "/sys/bus/pci/drivers/$pci_driver/bind"
}

t "$driver: unbound" unbind
t_fails 3 "$driver: ... a run does not start" rig_run --count 10
t "$driver: bound" bind
after "bound"
in_traffic "unbound in traffic" unbind
bind
after "bound again"

# ---- modules and functions ----

in_traffic "unloaded in traffic" rmmod "$driver"
t_fails 3 "$driver: ... a run does not start" rig_run --count 10
t "$driver: loaded again" stock_load
after "loaded again"
t_fails 1 "$driver: intmgr_target.ko does not unload in traffic" \
	rig_during rmmod intmgr_target
t "$driver: ... and the run goes on" rig_is sent $rig_long

t "$driver: removed in traffic" rig_during intmgr function remove 1
t "$driver: ... sent = delivered + each cause" rig_sums
t_grep 'removed|gone|left' "... and it is said" cat "$rig/said"
t "$driver: ... is gone" [ ! -e "/sys/bus/pci/devices/$bdf" ]
t "$driver: another one" stock_add
after "another one"
echo 1 > "/sys/bus/pci/devices/$(rig_function 1 function)/remove"
t "$driver: removed by sysfs, then by us" intmgr function remove 1
t "$driver: another one" stock_add
after "another one"
stock_unload intmgr
t "$driver: intmgr_target.ko unloads under its driver" rmmod intmgr_target
t "$driver: ... which is left with nothing" \
	[ "$(ls /sys/class/net)" = lo ]
t "$driver: ... and unloads" rmmod "$driver"
t_end
