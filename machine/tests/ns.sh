# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Network namespaces, each for one interface, and with a sysfs of its own. Sourced.

ns_sysfs=/run/ns

# in_ns NAMESPACE COMMAND...: with far less to do than ip netns exec has
in_ns()
{
	in_ns_name=$1
	shift
	nsenter -n"/run/netns/$in_ns_name" "$@"
}

# The interface moves there; nothing leaves it that nobody asked for.
ns_add()	# NAMESPACE INTERFACE
{
	mkdir -p "$ns_sysfs/$1" &&
		/bin/ip netns add "$1" &&
		/bin/ip link set "$2" netns "$1" &&
		in_ns "$1" mount -t sysfs "sysfs-$1" "$ns_sysfs/$1" &&
		in_ns "$1" sysctl -q -w net.ipv6.conf.all.disable_ipv6=1 \
			net.ipv6.conf.default.disable_ipv6=1
}

ns_remove()	# NAMESPACE
{
	umount "$ns_sysfs/$1"
	/bin/ip netns del "$1"
}

# ns_says FILE NAMESPACE INTERFACE: what sysfs has of the interface
ns_says()
{
	cat "$ns_sysfs/$2/class/net/$3/$1"
}

ns_carrier()	# NAMESPACE INTERFACE: waits until it has one
{
	for _ in $(seq 200); do
		read -r carrier < "$ns_sysfs/$1/class/net/$2/carrier"
		[ "$carrier" != 1 ] || return 0
		usleep 50000
	done
	return 1
}
