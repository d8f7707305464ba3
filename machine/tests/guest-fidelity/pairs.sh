# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # variables of each other
# Two pairs of interfaces, each interface in a network namespace of its own and
# called as that is: qa and qb are QEMU's, oa and ob are ours.

ends='qa qb oa ob'

# iproute2's: busybox's sh would prefer its own, which has no namespaces
ip=/bin/ip

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
	ns_says "$1" "$2" "$2"
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

# TCP has no more under way than the rings have room for.
enter()		# END INTERFACE
{
	ns_add "$1" "$2"
	in_ns "$1" sysctl -q -w net.ipv4.tcp_rmem="4096 65536 65536"
	$ip -n "$1" link set lo up
	$ip -n "$1" link set "$2" name "$1"
	$ip -n "$1" addr add "$(address_of "$1")/24" dev "$1"
}

wait_carrier()	# END
{
	ns_carrier "$1" "$1"
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
	each '' ns_remove
}
