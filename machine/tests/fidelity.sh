#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Unmodified drivers on QEMU's own NICs and on ours, the same traffic on both in
# one boot: what they say and count is the same, or docs/fidelity.md says why not.
#
#	guest: facts.sh ──▶ T/DRIVER.qemu ─┐
#	                ──▶ T/DRIVER.ours ─┴─▶ compare.awk ◀── docs/fidelity.md
. "$(dirname "$0")/lib.sh"
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
here=$(cd "$(dirname "$0")/.." && pwd)
tables=$here/../docs/fidelity.md

# The driver, QEMU's NIC for it, and what that is plugged into.
nics=(
	"e1000e e1000e port"
	"e1000 e1000-82545em bus"
	"igb igb port"
	"virtio_net virtio-net-pci,disable-legacy=on,rx_queue_size=1024 bus"
)

# Both ends of a hub, with the addresses that our functions have.
qemu_pair()	# NUMBER DRIVER DEVICE port|bus
{
	local end id bus

	for end in 1 2; do
		id=$1$end
		bus=
		if [ "$4" = port ]; then
			echo "-device pcie-root-port,id=port$id,chassis=$id"
			bus=,bus=port$id
		fi
		echo "-netdev hubport,id=hub$id,hubid=$1"
		echo "-device $3,netdev=hub$id,mac=02:69:6e:74:6d:0$end,romfile=$bus"
	done
}

qemu_words()
{
	local i words

	for i in "${!nics[@]}"; do
		read -ra words <<< "${nics[i]}"
		qemu_pair $((i + 1)) "${words[@]}"
	done
}

# igb needs the QEMU that x2APIC needs.
facts()		# DRIVER...
{
	"$here/run" --no-load --apic x2apic --timeout 300 --out "$T" \
		--qemu "$(qemu_words | xargs)" -- \
		/machine/tests/guest-fidelity/facts.sh "$@"
}

compare()	# DRIVER [TOPIC]
{
	awk -v driver="$1" -v topic="${2-}" \
		-f "$here/tests/guest-fidelity/compare.awk" \
		"$tables" "$T/$1.qemu" "$T/$1.ours"
}

topics()	# DRIVER
{
	cut -f 1 "$T/$1.qemu" "$T/$1.ours" | sort -u
}

# counted DRIVER TOPIC NAME VALUE: on both
counted()
{
	[ "$(grep -c -x "$2	$3	$4" "$T/$1.qemu")" = 1 ] &&
		[ "$(grep -c -x "$2	$3	$4" "$T/$1.ours")" = 1 ]
}

# Of 1 + 2 + 4 + 8 frames, broadcast, to its group, to another, to another station
filters()	# DRIVER
{
	counted "$1" "datagrams" b.rx_packets 50 &&
		counted "$1" "strays" b.rx_packets 3 &&
		counted "$1" "strays, promisc" b.rx_packets 15 &&
		counted "$1" "strays, allmulticast" b.rx_packets 7
}

mapfile -t drivers < <(printf '%s\n' "${nics[@]}" | cut -d ' ' -f 1)
t "all drivers run on QEMU's NICs and on ours" facts "${drivers[@]}"
for driver in "${drivers[@]}"; do
	[ -e "$T/$driver.ours" ] || continue
	while read -r topic; do
		t "$driver: $topic: the same, or listed" compare "$driver" "$topic"
	done < <(topics "$driver")
	t "$driver: what was sent passed the filters that it should" filters "$driver"
	t "$driver: what is listed is so" compare "$driver"
done
t_end
