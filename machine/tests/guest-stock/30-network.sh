#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# usage: 30-network.sh DRIVER
# for: e1000e e1000 virtio_net igb
# Interfaces as the rest of a system uses them: frames that they send go to a
# sink, or to each other.
#
#	ping, arping ─▶ function 1 ──▶ sink: answer, echo, count, drop
#
#	netns a: ping, nc ─▶ function 1 ◀──cable──▶ function 2 ◀─ ping, nc: netns b
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../stock.sh"
. "$(dirname "$0")/../ns.sh"

stock_use "$1"
stock_fresh
sysctl -q -w net.ipv6.conf.default.disable_ipv6=1	# sends unasked

# grows N FIELD ID COMMAND...: by so much, or by at least one if N is +
grows()
{
	grows_by=$1
	grows_field=$2
	grows_id=$3
	grows_from=$(rig_function "$grows_id" "$grows_field")
	shift 3
	"$@"
	grows_now=$(($(rig_function "$grows_id" "$grows_field") - grows_from))
	echo "$grows_field grew by $grows_now"
	[ "$grows_now" = "$grows_by" ] ||
		{ [ "$grows_by" = + ] && [ "$grows_now" -gt 0 ]; }
}

# ---- sinks ----

t "$driver: a function whose frames are answered" stock_add --sink answer
t "$driver: ... has a carrier" stock_up 1 10.1.0.1/24
nic=$stock_nic
peer=10.1.0.2
t "$driver: ping" stock_pings 20 $peer
t "$driver: ping with full packets" stock_pings 20 $peer -s 1472
t "$driver: arping" arping -c 2 -f -w 5 -I "$nic" 10.1.0.3
t "$driver: sent is counted" grows + sent 1 stock_pings 5 $peer
t "$driver: so is returned" grows + returned 1 stock_pings 5 $peer
largest=${mtus##* }
ip link set "$nic" mtu "$largest"
rig_carrier "$nic" 1
t "$driver: ping with full packets at MTU $largest" \
	stock_pings 10 $peer -s $((largest - 28))
ip link set "$nic" mtu 1500
rig_carrier "$nic" 1

# A frame to nobody, so that nothing but it is sent; it is lost, which is no fault.
ip neigh replace 10.1.0.9 lladdr 02:00:00:00:00:09 dev "$nic"
send()
{
	datagrams send 10.1.0.9 1 100
}
t "$driver: echo" intmgr function sink 1 echo
t "$driver: ... returns what is sent" grows + returned 1 send
t "$driver: count" intmgr function sink 1 count
t "$driver: ... counts it" grows + sent 1 send
t "$driver: ... and returns nothing" grows 0 returned 1 send
t "$driver: drop" intmgr function sink 1 drop
t "$driver: ... does not count it" grows 0 sent 1 send
t "$driver: ... the interface does" \
	[ "$(cat "/sys/class/net/$nic/statistics/tx_packets")" -gt 50 ]

# ---- two functions, one cable ----

ns_up()		# NAMESPACE INTERFACE ADDRESS
{
	ns_add "$1" "$2" &&
		ip -n "$1" addr add "$3" dev "$2" &&
		ip -n "$1" link set "$2" up && ns_carrier "$1" "$2"
}

t "$driver: a second function, at the other end of the cable" \
	stock_add --sink peer:1
other=$(rig_interface 2)
t "$driver: one in a namespace" ns_up a "$nic" 10.2.0.1/24
t "$driver: the other in another" ns_up b "$other" 10.2.0.2/24
t "$driver: ping one way" in_ns a ping -A -q -c 20 -w 10 10.2.0.2
t "$driver: ping the other way" in_ns b ping -A -q -c 20 -w 10 -s 1472 10.2.0.1

# The listener's input stays open: at its end it would say goodbye.
mkfifo "$rig/open"
exec 3<> "$rig/open"

listens()	# NAMESPACE
{
	for _ in $(seq 50); do
		in_ns "$1" cat /proc/net/tcp /proc/net/tcp6 |
			grep -q ':1388 .* 0A ' && return
		usleep 50000
	done
	return 1
}

tcp()		# FROM TO ADDRESS MB
{
	head -c "$4m" "$rig/random" > "$rig/sent"
	in_ns "$2" timeout 60 nc -l -p 5000 <&3 > "$rig/got" &
	tcp_listener=$!
	listens "$2" && in_ns "$1" timeout 60 nc "$3" 5000 < "$rig/sent" &&
		wait $tcp_listener && cmp "$rig/sent" "$rig/got"
}

offloads()	# on|off: of who sends
{
	in_ns a ethtool -k "$nic" > "$rig/features"
	grep "^tx-checksumming: $1" "$rig/features" &&
		grep "^tcp-segmentation-offload: $1" "$rig/features"
}

offloads_off()	# as far as the drivers let them be changed
{
	features="tx off sg off tso off gso off gro off rx off"
	# shellcheck disable=SC2086 # words are meant
	{
		in_ns a ethtool -K "$nic" $features
		in_ns b ethtool -K "$other" $features
	}
	offloads off
}

head -c 8m /dev/urandom > "$rig/random"
t "$driver: offloads on" offloads on
t "$driver: TCP, 8 MB one way" tcp a b 10.2.0.2 8
t "$driver: TCP, 8 MB the other way" tcp b a 10.2.0.1 8
t "$driver: offloads off" offloads_off
t "$driver: TCP, 3 MB one way" tcp a b 10.2.0.2 3
t "$driver: TCP, 3 MB the other way" tcp b a 10.2.0.1 3

dumped()
{
	in_ns b timeout 10 tcpdump -Z root -n -i "$other" -c 5 icmp \
		> "$rig/dump" 2>&1 &
	sleep 1
	in_ns a ping -q -c 5 -A 10.2.0.2
	wait $! && grep 'ICMP echo request' "$rig/dump"
}
t "$driver: tcpdump sees the frames" dumped
t "$driver: ... all that as the README says" \
	[ "$(rig_readme "\`ping\`" "$driver")" = yes ]

# ---- filters ----

# One frame to that MAC, and none to ask who has it; whether the other end takes
# it, its NIC says.
knows()		# NAMESPACE INTERFACE ADDRESS MAC
{
	ip -n "$1" neigh replace "$3" lladdr "$4" dev "$2"
}
knows a "$nic" 10.2.0.2 "$(ns_says address b "$other")"
knows b "$other" 10.2.0.1 "$(ns_says address a "$nic")"
knows a "$nic" 10.2.0.7 02:00:00:00:00:77
knows a "$nic" 10.2.0.8 01:00:5e:01:02:03
send_to()	# ADDRESS
{
	in_ns a datagrams send "$1" 1 100
}
t "$driver: another's frames are not taken" grows 1 refused 1 send_to 10.2.0.7
ip -n b link set "$other" promisc on
t "$driver: ... promiscuous, they are" grows 1 returned 1 send_to 10.2.0.7
ip -n b link set "$other" promisc off
t "$driver: ... and not after it" grows 1 refused 1 send_to 10.2.0.7
t "$driver: nor those of a group" grows 1 refused 1 send_to 10.2.0.8
ip -n b maddr add 01:00:5e:01:02:03 dev "$other"
t "$driver: ... as its member, they are" grows 1 returned 1 send_to 10.2.0.8
ip -n b maddr del 01:00:5e:01:02:03 dev "$other"
ip -n b link set "$other" allmulticast on
t "$driver: ... with allmulticast, they are" grows 1 returned 1 send_to 10.2.0.8

# ---- one end goes ----

t "$driver: one end is removed" intmgr function remove 2
t "$driver: ... the other's cable is loose" \
	[ "$(rig_function 1 sink)" = drop ]
send_to 10.2.0.2
t "$driver: ... and it is removed, too" intmgr function remove 1
ns_remove a
ns_remove b
exec 3<&-
t "$driver: unloads" rmmod "$driver"
t_end
