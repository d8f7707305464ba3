# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# What the guest has from the host.

setting()	# NAME: the value of NAME=... on the kernel's command line
{
	tr ' ' '\n' < /proc/cmdline | sed -n "s/^$1=//p"
}

port()		# NAME: the device of a virtio port
{
	local entry

	for entry in /sys/class/virtio-ports/*; do
		[ "$(cat "$entry/name")" = "$1" ] && echo "/dev/${entry##*/}"
	done
}
