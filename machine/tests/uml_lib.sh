# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What the suites of User-Mode Linux share: sourced in the project's folder.
T=$(mktemp -d)
chmod 755 "$T"
trap 'rm -rf "$T"' EXIT
export INTMGR_UML=$PWD/build/uml
# shellcheck disable=SC2034 # used by those who source this
drivers="e1000e e1000 igb virtio_net"

processes()	# of User-Mode Linux, that run
{
	pgrep -f "^$INTMGR_UML/linux " | wc -l
}

in_its_run()	# SECONDS after a target's process is there
{
	for _ in {1..100}; do
		[ "$(processes)" = 0 ] || { sleep "$1"; return; }
		sleep 0.2
	done
	echo "no process of a target in 20 s"
	return 1
}

nothing_left()
{
	sleep 0.3
	[ "$(processes)" = 0 ]
}

each_shot_told()	# in $T/log, as many as $T/said says were sent
{
	[ "$(sed -n 's/^sent  *\([0-9]*\).*/\1/p' "$T/said")" = \
		"$(grep -c '^[0-9]' "$T/log")" ]
}

value()		# KEY FILE: a number of a run's JSON
{
	awk -f machine/tests/json.awk "$2" | sed -n "s/^$1 //p"
}

# ---- drivers with a bug (machine/tests/planted/), in the folder $planted ----

# shellcheck disable=SC2154 # $planted
finds_bug()	# BUG PATTERN: in some seed; its command does it again
{
	local code=0

	timeout 300 ./intmgr explore --module "$planted/$1/e1000e.ko" --seeds 40 \
		--interval 200ns..60us > "$T/command" 2> "$T/said" || code=$?
	cat "$T/said" "$T/command"
	[ $code = 1 ] && grep -q -E "$2" "$T/said" || return
	bash "$T/command" > "$T/said" 2>&1 && return 1
	grep -q -E "$2" "$T/said"
}

slow_finds_nothing()	# BUG: no poll runs out of its budget
{
	timeout 60 ./intmgr --deterministic --no-floor --interval 40us \
		--count 1000 --module "$planted/$1/e1000e.ko"
}
