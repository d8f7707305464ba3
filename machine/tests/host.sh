#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The machine tells the truth: what a guest does comes back, and what a guest
# must not get away with fails the run.
#
#	host.sh ──machine/run──▶ QEMU ──▶ guest: one small command
#	   ◀── exit code, output, files, kernel log ──┘
. "$(dirname "$0")/lib.sh"
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
here=$(cd "$(dirname "$0")/.." && pwd)

guest()
{
	"$here/run" --no-load "$@"
}

# A command that does a little of everything
answers()
{
	guest --out "$T/out" --log "$T/log" 'echo seen
		mkdir /out/a; echo kept > /out/a/b
		echo marker > /dev/kmsg
		exit 7'
}

# shellcheck disable=SC2016 # the guest gets it as it is
words()
{
	[ "$(guest -- printf '%s|' 'a b' "c'd" '$e')" = "a b|c'd|\$e|" ]
}

# A splat that comes after the command has said 0 still counts.
late_splat()
{
	guest '(sleep 0.2; echo "BUG: late" > /dev/kmsg) & sleep 1'
}

# shellcheck disable=SC2016 # the guest expands it
forged()
{
	guest 'for p in /dev/vport*; do echo "0 0" > $p; done; poweroff -f'
}

# shellcheck disable=SC2016 # the guest expands it
# What nodes need is there, and only where it is asked for.
node_ready()
{
	local memory='grep "^20000000-3fffffff : Reserved" /proc/iomem'
	local images='ls /boot/vmlinux-$(uname -r) /boot/vmlinuz-$(uname -r)'

	guest --node "$memory && $images" && guest "! $memory && ! $images"
}

unpacked()	# all of it: that it starts, the tests of nodes show
{
	"$here/vmlinux" "$("$here/where" image)" > "$T/vmlinux" &&
		head -c 4 "$T/vmlinux" | grep -q ELF
}

# By name and by path, as the distribution made them, whatever is in updates/.
# shellcheck disable=SC2016 # the guest expands it
stock_drivers()
{
	guest 'set -e
		cd /lib/modules/$(uname -r)/kernel/drivers/net
		insmod ethernet/intel/e1000e/e1000e.ko
		modprobe -a e1000 igb virtio_net
		for driver in e1000e e1000 igb virtio_net; do
			! grep -q O /sys/module/$driver/taint || exit 1
		done'
}

t_fails 7 "a command's exit code comes back" answers
t_output_has '^seen$' "so does its output"
t "... files written to /out" grep -q kept "$T/out/a/b"
t "... the kernel log" grep -q marker "$T/log"
t "words of a command stay apart" words
t_fails 125 "a splat fails a run that says 0" \
	guest 'echo "BUG: not a real one" > /dev/kmsg'
t_fails 125 "a splat while the command runs fails the run" late_splat
t_fails 125 "a panic fails the run" guest 'echo c > /proc/sysrq-trigger'
t_fails 125 "a guest that hangs is ended" guest --timeout 10 'sleep 60'
t_fails 125 "a guest that goes without a word fails the run" guest 'poweroff -f'
t_fails 125 "a forged report fails the run" forged
t_fails 125 "a guest killed by its own QEMU fails the run" \
	guest --memory 64M 'exit 0'
t "a machine ready for nodes has what they need, and no other" node_ready
t "the kernel image is unpacked" unpacked
t_fails 1 "... what is no kernel image is not" "$here/vmlinux" /bin/sh
t "the image boots as Debian packs it, too" guest --packed true
t "the distribution's drivers load" stock_drivers
t "what was fetched is used without a network" \
	unshare --map-root-user --net "$here/fetch" kernel
t_end
