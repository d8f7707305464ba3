# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # variables of each other
# What goes through a pair, P being q or o, from its end a to its end b. It is the
# same in each run, but for TCP, whose acknowledgements depend on the time.

member=01:00:5e:01:02:03

one_arp()	# P
{
	in_ns "$1a" arping -q -c 1 -w 5 -I "$1a" 10.1.0.2
}

# pings ADDRESS "SIZE..." P: each is answered
pings()
{
	for size in $2; do
		in_ns "$3a" ping -A -q -c 10 -w 10 -s "$size" "$1"
	done
}

# unanswered ADDRESS COUNT SIZE P: nobody has that address
unanswered()
{
	receivers_ready
	in_ns "$4a" datagrams send "$1" "$2" "$3"
}

# QEMU's e1000 takes no frame for a second once its receiver is set up anew.
receivers_ready()
{
	[ "$driver" != e1000 ] || usleep 1100000
}

# What is counted of 1, 2, 4 and 8 frames tells which passed the filter.
strays()	# P
{
	receivers_ready
	for count in 1 2 4 8; do
		in_ns "$1a" datagrams send 10.1.0.1$count $count 100
	done
}

know_strays()	# END
{
	know "$1" 10.1.0.11 ff:ff:ff:ff:ff:ff
	know "$1" 10.1.0.12 $member
	know "$1" 10.1.0.14 01:00:5e:7f:00:05	# another group's
	know "$1" 10.1.0.18 02:00:00:00:00:77	# another station's
	know "$1" 10.1.0.10 "$(says address "$(other_end "$1")")"
}

datagrams()	# P
{
	in_ns "$1a" datagrams ask 10.1.0.2 50 1000
}

listens()	# END
{
	for _ in $(seq 50); do
		! in_ns "$1" cat /proc/net/tcp /proc/net/tcp6 |
			grep -q ':1388 .* 0A ' || return 0
		usleep 50000
	done
	return 1
}

# The listener's input stays open: at its end it would say goodbye.
tcp()		# P
{
	in_ns "$1b" timeout 30 nc -l -p 5000 < "$counts/open" > "$counts/$1.got" &
	tcp_listener=$!
	listens "$1b"
	in_ns "$1a" timeout 30 nc 10.1.0.2 5000 < "$counts/sent"
	wait $tcp_listener
	cmp "$counts/sent" "$counts/$1.got"
}

# ---- what is done to an end ----

join()		# GROUP END
{
	$ip -n "$2" maddr add "$1" dev "$2"
}

takes()		# promisc|allmulticast on|off END
{
	$ip -n "$3" link set "$3" "$1" "$2"
}

mtu()		# MTU END
{
	$ip -n "$2" link set "$2" mtu "$1"
}

resize()	# END
{
	in_ns "$1" ethtool -G "$1" rx 128 tx 128
}

# As far as the driver lets them be changed
no_offload()	# END
{
	in_ns "$1" ethtool -K "$1" tx off sg off tso off gso off gro off \
		rx off > "$counts/said" 2>&1 || true
}

vlan()		# ID END
{
	$ip -n "$2" link add link "$2" name "v$1" type vlan id "$1"
	$ip -n "$2" link set "v$1" up
	$ip -n "$2" addr add "$(address_of "$2" "$1")/24" dev "v$1"
	know_other "$2" "$1"
}

answer()	# END
{
	in_ns "$1" datagrams answer 10.1.0.2 &
	answering="$answering $!"
}

# ---- all of it ----

begin()
{
	[ -p "$counts/open" ] || mkfifo "$counts/open"
	exec 3<> "$counts/open"
	head -c 1m /dev/urandom > "$counts/sent"
	answering=
	each b answer
	with_each note begin
	with_each about_registers
}

filters()
{
	each b join $member
	each '' know_strays
	step "strays" strays
	each b takes promisc on
	step "strays, promisc" strays
	each b takes promisc off
	each b takes allmulticast on
	step "strays, allmulticast" strays
	each b takes allmulticast off
}

sizes()
{
	step "short frames" pings 10.1.0.2 0
	step "pings" pings 10.1.0.2 "18 100 200 470 1000 1472 4000"
	reset '' mtu 9000
	step "jumbo" pings 10.1.0.2 "1472 1973 8972"
	reset b mtu 1500
	step "too long" unanswered 10.1.0.10 5 4972
	reset a mtu 1500
}

vlans()
{
	each '' vlan 5
	each a vlan 6
	step "vlan" pings 10.5.0.2 "18 1472"
	step "other vlan" unanswered 10.6.0.2 5 100
}

traffic()
{
	begin
	step "arp" one_arp
	each '' know_other
	step "datagrams" datagrams
	filters
	sizes
	vlans
	step "tcp" tcp
	reset '' resize
	step "ring" pings 10.1.0.2 1472
	with_each about
	reset '' no_offload
	step "tcp, no offloads" tcp
	# shellcheck disable=SC2086 # words are meant
	kill $answering
	exec 3<&-
}
