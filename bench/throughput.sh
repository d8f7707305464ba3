#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# usage: bench/throughput.sh [RUNS [MS [MTUS [FRAMES]]]]
# TCP and UDP into the target and out of it, against this kernel's own stack over
# a veth pair at the same MTU, as TSV: MS ms a run, the two in turns, for each of
# these numbers of frames a doorbell and sizes of a buffer, which is the MTU. Both
# without offloads and with TCP buffers of the same sizes; TCP is written 64 KB at a
# time, a UDP datagram fills a frame; the driver's rings are as deep as it makes them.
# Mbit/s are of what arrived; a ratio is of medians.
cd "$(dirname "$0")/.." || exit 1
. bench/throughput/rig.sh
enter "bench/throughput.sh" "$@"
runs=${1:-5}
ms=${2:-500}
mtus=${3:-1500 4000 9000}
counts=${4:-1 4 16 64}
PATH=$PWD:$PATH
. bench/table.sh
set -o pipefail
trap 'rm -rf "$work"' EXIT

mbits()		# SERVER PROTOCOL DIRECTION MTU: of one run
{
	transfer "$@" "$ms" | awk '{ print $2 ? $1 * 8000 / $2 : 0 }'
}

pair()		# PROTOCOL DIRECTION MTU: the host's and the target's, one after the other
{
	local host target

	host=$(mbits $veth_server "$@") && target=$(mbits $target_server "$@") &&
		echo "$host $target" || exit 1
}

spread()	# COLUMN FILE: median, min, max
{
	cut -d ' ' -f "$1" "$2" | sort -g | awk '{ v[NR] = $1 }
		END { printf "%.0f\t%.0f\t%.0f\n", v[int((NR + 1) / 2)], v[1], v[NR] }'
}

rows()		# MTU FRAMES
{
	local protocol direction bound

	for protocol in tcp udp; do
		bound=-
		[ $protocol = udp ] || bound='>= 0.5'
		for direction in in out; do
			pair $protocol $direction "$1" > /dev/null	# cold: not counted
			repeat pair $protocol $direction "$1" > "$work/pairs"
			printf '%s\t%s\t%s\t%s\t%s\t%s\n' $protocol $direction "$1" "$2" \
				"$(spread 1 "$work/pairs")" "$(spread 2 "$work/pairs")" |
				awk -F '\t' -v OFS='\t' -v bound="$bound" '
				{ print $0, $5 ? sprintf("%.2f", $8 / $5) : "-", bound }'
		done
	done
}

title
printf '# %s ms a run; driver e1000e (stock), its own ring depth; in and out as the target sees it\n' "$ms"
printf 'protocol\tdirection\tmtu\tframes\thost\thost_min\thost_max\ttarget\ttarget_min\ttarget_max\tratio\tbound\n'
ip link set lo up
for mtu in $mtus; do
	veth_up "$mtu"
	for frames in $counts; do
		target_up e1000e "$mtu" "$frames"
		rows "$mtu" "$frames"
		target_down
	done
	veth_down
done
