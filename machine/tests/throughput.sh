#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Traffic between this kernel's stack and a target's (bench/throughput/): each
# byte arrives where it was sent to, and all that was there for it goes.
#
#	traffic ── veth pair ── traffic
#	traffic ── veth pair ── cable ══window══ driver, stack, traffic
cd "$(dirname "$0")/../.." || exit 1
. bench/throughput/rig.sh
enter "machine/tests/throughput.sh" "$@"
. machine/tests/lib.sh
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
programs="^($parts/(cable|traffic)|$INTMGR_UML/linux) "

arrives()	# SERVER PROTOCOL DIRECTION MTU: some bytes, and all of them right
{
	local bytes wrong

	read -r bytes _ wrong < <(transfer "$@" 300 check)
	echo "$bytes bytes, $wrong wrong reads"
	[ "${bytes:-0}" -gt 100000 ] && [ "$wrong" = 0 ]
}

traffic()	# NAME SERVER MTU
{
	local protocol direction

	for protocol in tcp udp; do
		for direction in in out; do
			t "$1, MTU $3: $protocol $direction" \
				arrives "$2" $protocol $direction "$3"
		done
	done
}

# Nothing listens there, so nothing may arrive, and nobody may wait for it.
unanswered()
{
	[ -z "$(timeout 10 "$parts/traffic" tcp in 198.18.0.9 1000 100)" ]
}

left()		# COUNT: programs of ours
{
	pgrep -af "$programs"
	[ "$(pgrep -f "$programs" | wc -l)" = "$1" ]
}

# The script, in namespaces in these, is killed in the middle of it.
killed()
{
	env -u INSIDE TMPDIR="$T" machine/tests/throughput.sh hang > /dev/null 2>&1 &
	for _ in $(seq 100); do
		[ "$(pgrep -f "$programs" | wc -l)" -lt 4 ] || break
		sleep 0.1
	done
	kill -9 $!
	wait $! 2> /dev/null
	sleep 0.5
	left 0
}

# Two rows of each protocol, one a direction; in each, both stacks were as fast as
# anything is that works.
benchmark()
{
	env -u INSIDE timeout 60 bench/throughput.sh 1 100 9000 16 > "$T/table" ||
		return
	cat "$T/table"
	[ "$(awk -F '\t' '$5 + 0 > 1 && $8 + 0 > 1 { print $1, $2 }' "$T/table")" = \
		$'tcp in\ntcp out\nudp in\nudp out' ]
}

ip link set lo up
if [ "${1-}" = hang ]; then
	veth_up 1500
	target_up e1000e 1500 16
	sleep 60
fi
veth_up 1500
traffic "veth pair" $veth_server 1500
veth_down
for mtu in 1500 9000; do
	target_up e1000e $mtu 16
	traffic e1000e $target_server $mtu
	t "MTU $mtu: nothing comes from where nobody is" unanswered
	target_down
	t "MTU $mtu: nothing is left of the target" left 0
done
t "the benchmark of one setting" benchmark
t "the script is killed: nothing is left" killed
t_end
