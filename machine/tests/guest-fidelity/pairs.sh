# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # variables of each other
# Two pairs of interfaces, each interface in a network namespace of its own and
# called as that is: qa and qb are QEMU's, oa and ob are ours.

ends='qa qb oa ob'
sysfs=/run/fidelity	# one for each namespace below

# iproute2's: busybox's sh would prefer its own, which has no namespaces
ip=/bin/ip

# in_ns NAMESPACE COMMAND...: with far less to do than ip netns exec has
in_ns()
{
	in_ns_name=$1
	shift
	nsenter -n"/run/netns/$in_ns_name" "$@"
}

# each WHICH COMMAND...: with each end (or each a, or each b) as its last word
each()
{
	each_which=$1
	shift
	for each_end in $ends; do
		case $each_end in
		*"$each_which") "$@" "$each_end" ;;
		esac
	done
}

# reset WHICH COMMAND...: the same, where the driver may take the link down for it
reset()
{
	each "$@"
	each '' wait_carrier
}

other_end()	# END
{
	case $1 in
	*a) echo "${1%a}b" ;;
	*b) echo "${1%b}a" ;;
	esac
}

address_of()	# END [VLAN]
{
	case $1 in
	*a) echo "10.${2:-1}.0.1" ;;
	*b) echo "10.${2:-1}.0.2" ;;
	esac
}

# says FILE END: what sysfs has of the interface
says()
{
	cat "$sysfs/$2/class/net/$2/$1"
}

# The driver's interfaces on QEMU's NICs, in the order of their slots
qemu_interfaces()
{
	for interface in /sys/class/net/*; do
		[ "$(basename "$(readlink "$interface/device/driver")")" = \
			"$driver" ] || continue
		case $(readlink -f "$interface/device") in
		*/pci0000:*) basename "$interface" ;;
		esac
	done
}

# No frame leaves that nobody asked for: ARP only where it is meant, no IPv6. And
# TCP has no more under way than the rings have room for.
enter()		# END INTERFACE
{
	$ip netns add "$1"
	$ip link set "$2" netns "$1"
	mkdir -p "$sysfs/$1"
	in_ns "$1" mount -t sysfs "sysfs-$1" "$sysfs/$1"
	in_ns "$1" sysctl -q -w net.ipv6.conf.all.disable_ipv6=1 \
		net.ipv6.conf.default.disable_ipv6=1 \
		net.ipv4.tcp_rmem="4096 65536 65536"
	$ip -n "$1" link set lo up
	$ip -n "$1" link set "$2" name "$1"
	$ip -n "$1" addr add "$(address_of "$1")/24" dev "$1"
}

leave()		# END
{
	umount "$sysfs/$1"
	$ip netns del "$1"
}

wait_carrier()	# END
{
	for _ in $(seq 200); do
		read -r carrier < "$sysfs/$1/class/net/$1/carrier"
		[ "$carrier" != 1 ] || return 0
		usleep 50000
	done
	return 1
}

up()		# END
{
	$ip -n "$1" link set "$1" up
}

# know END ADDRESS MAC [INTERFACE]: without asking
know()
{
	$ip -n "$1" neigh replace "$2" lladdr "$3" dev "${4:-$1}"
}

know_other()	# END [VLAN]
{
	know_end=$(other_end "$1")
	know "$1" "$(address_of "$know_end" "${2-}")" \
		"$(says address "$know_end")" ${2:+"v$2"}
}

make_pairs()
{
	stock_fresh
	echo "fidelity: $driver" > /dev/kmsg
	stock_add
	stock_add --sink peer:1
	# shellcheck disable=SC2046 # two words
	set -- $(qemu_interfaces)
	enter qa "$1"
	enter qb "$2"
	enter oa "$(rig_interface 1)"
	enter ob "$(rig_interface 2)"
	reset '' up
}

remove_pairs()
{
	intmgr function remove all
	rmmod "$driver"
	each '' leave
}
