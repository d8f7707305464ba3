# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Two links to measure, in namespaces that end with the script, and all in them:
#
#	198.18.1.2 veth0 ◀────────────▶ veth1 198.18.1.1	this kernel's own stack
#	198.18.0.2 near ◀─▶ far ◀──cable, window──▶ eth0 198.18.0.1	the target's
#
# Whoever sources this has called enter, and is at the top of the tree.
parts=$PWD/build/throughput
export INTMGR_UML=${INTMGR_UML:-$PWD/build/uml}
export target_server=198.18.0.1
export veth_server=198.18.1.1

# enter SCRIPT ARGUMENT...: run it once more, where it may do all this; what else the
# machine does is to have no part in it, if we may say so.
enter()
{
	local user=() first=(nice -n -15)

	[ -z "${INSIDE-}" ] || return 0
	[ "$(id -u)" = 0 ] || {
		user=(--user --map-root-user)
		first=()
	}
	unshare "${user[@]}" --net --mount true 2> /dev/null || {
		echo "$1 needs root, or a kernel that lets users have namespaces" >&2
		exit 3
	}
	INSIDE=1 exec "${first[@]}" unshare "${user[@]}" --net --pid --fork --kill-child \
		--mount-proc "$@"
}

plain()		# DEVICE ADDRESS COMMAND...: up with that, and no offloads
{
	local device=$1 address=$2

	shift 2
	"$@" ip addr add "$address/24" dev "$device"
	"$@" "$parts/traffic" off "$device"
	"$@" ip link set "$device" up
}

veth_up()	# MTU
{
	exec 3< <(exec unshare --net sh -c 'echo $$; exec sleep infinity')
	read -r veth_peer <&3
	ip link add veth0 mtu "$1" type veth peer name veth1 mtu "$1"
	ip link set veth1 netns "$veth_peer"
	plain veth0 198.18.1.2
	plain veth1 $veth_server nsenter -t "$veth_peer" -n
	nsenter -t "$veth_peer" -n "$parts/traffic" serve veth1 &
	veth_traffic=$!
}

veth_down()
{
	ip link del veth0
	kill "$veth_traffic" "$veth_peer"
	wait "$veth_traffic" 2> /dev/null || :
}

target_up()	# DRIVER MTU FRAMES
{
	ip link add near mtu "$2" type veth peer name far mtu "$2"
	"$parts/traffic" off far
	ip link set far arp off up
	plain near 198.18.0.2
	"$parts/cable" far "$1" "$2" "$3" "$parts/traffic" serve &
	cable=$!
}

target_down()
{
	kill "$cable"
	wait "$cable" 2> /dev/null
	ip link del near
}

# transfer SERVER PROTOCOL DIRECTION MTU MS [check]: bytes, nanoseconds, wrong reads
transfer()
{
	local server=$1 protocol=$2 direction=$3 size=65536

	[ "$protocol" = tcp ] || size=$(($4 - 28))
	shift 4
	timeout 60 "$parts/traffic" "$protocol" "$direction" "$server" $size "$@"
}
