#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# usage (in the guest): facts.sh DRIVER...
# What an unmodified driver says and counts on QEMU's own NICs and on ours, with
# the same traffic on both, one fact a line:
#
#	netns qa: QEMU's NIC ◀──hub──▶ QEMU's NIC :netns qb	/out/DRIVER.qemu
#	netns oa: function 1 ◀─cable─▶ function 2 :netns ob	/out/DRIVER.ours
#
#	TOPIC<tab>NAME<tab>VALUE
here=$(dirname "$0")
. /machine/tests/rig.sh
. /machine/tests/stock.sh
. /machine/tests/ns.sh
. "$here/pairs.sh"
. "$here/about.sh"
. "$here/counts.sh"
. "$here/traffic.sh"

# facts NAME PAIR PATTERN: the pattern is that of its lines in the log
facts()
{
	{
		cat "$counts/about.$2"
		[ ! "$intel" ] || cat "$counts/registers.$2"
		counted "$2"
		about_log "$3"
	} | sort > "/out/$driver.$1"
}

ended()
{
	[ $? -eq 0 ] || tail -n 20 "$counts"/said.*
}

trap ended EXIT
set -e
modprobe 8021q
for driver; do
	stock_use "$driver"
	make_pairs
	traffic
	remove_pairs
	facts qemu q '\<0000:|\<q[ab]\>'
	facts ours o '\<100[0-9]:|\<o[ab]\>'
done
