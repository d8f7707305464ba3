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

nothing_left()
{
	sleep 0.3
	[ "$(processes)" = 0 ]
}

value()		# KEY FILE: a number of a run's JSON
{
	awk -f machine/tests/json.awk "$2" | sed -n "s/^$1 //p"
}
