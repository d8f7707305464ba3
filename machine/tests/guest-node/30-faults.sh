#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Starts that must fail: each says what to do, and leaves nothing half-started.
#
#	bad cores, images, sizes ──▶ intmgr target start ──▶ exit 2 or 3, a sentence
#	                                                     no node, memory free
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../nodes.sh"

bzimage=/boot/vmlinuz-$release
vmlinux=/boot/vmlinux-$release

# refused CODE PATTERN NAME OPTION...
refused()
{
	refused_code=$1
	refused_pattern=$2
	refused_name=$3
	shift 3
	t_fails "$refused_code" "$refused_name: does not start" node_start "$@"
	t_output_has "$refused_pattern" "$refused_name: it is said"
	t "$refused_name: nothing is left of it" node_nothing_runs
}

load-node

# ---- cores and memory ----

echo 1 > $online
refused 3 'online.*0 > /sys/devices/system/cpu/cpu1/online' \
	"a core that is online" --cores 1
echo 0 > $online
refused 3 '99' "a core that does not exist" --cores 99
refused 3 'boot' "the boot core" --cores 0
refused 2 'twice|same' "a core named twice" --cores 1,1
refused 3 '512 MiB reserved.*--memory' "more memory than is reserved" --memory 4G
refused 2 'memory' "memory too small for anything" --memory 1M
refused 2 'node' "a node that there cannot be" 99

# ---- images ----

head -c 4k /dev/urandom > /tmp/noise
head -c 3m "$bzimage" > /tmp/short-bzimage
head -c 20m "$vmlinux" > /tmp/short-vmlinux
# e_machine, at 18: 183 is AArch64
{ head -c 18 "$vmlinux"; printf '\267\000'; tail -c +21 "$vmlinux"; } \
	> /tmp/arm-vmlinux
# EI_CLASS, at 4: 1 is 32 bits
{ head -c 4 "$vmlinux"; printf '\001'; tail -c +6 "$vmlinux"; } \
	> /tmp/elf32

refused 3 'no such|not there|cannot' "an image that is not there" --kernel /tmp/none
refused 3 'kernel' "an image that is no kernel" --kernel /tmp/noise
refused 3 'kernel' "a program instead of a kernel" --kernel /bin/busybox
refused 3 'kernel|short|empty' "an empty image" --kernel /dev/null
refused 3 'short' "a bzImage cut short" --kernel /tmp/short-bzimage
refused 3 'short' "a vmlinux cut short" --kernel /tmp/short-vmlinux
refused 3 'x86|architecture' "an image of another architecture" --kernel /tmp/arm-vmlinux
refused 3 'x86|architecture|64' "an image of 32 bits" --kernel /tmp/elf32
rm -f /tmp/short-* /tmp/arm-vmlinux /tmp/elf32

head -c 200m /dev/zero > /tmp/large
refused 3 'memory' "an initramfs larger than the memory" --add /tmp/large
rm -f /tmp/large
refused 3 'none' "a file to add that is not there" --add /tmp/none
refused 3 'no-such-driver' "a driver that does not exist" --driver no-such-driver

# ---- a kernel that starts and does not come up ----

refused 3 'console|panic|answer' "a node whose kernel panics on its way up" \
	--wait 8s --append 'panic_on_warn=1 rdinit=/none init=/none'

# ---- words for nodes that are not there ----

t_fails 3 "stop: no node" intmgr target stop 5
t_fails 3 "exec: no node" intmgr target exec 5 -- busybox true
t_fails 3 "console: no node" intmgr target console 5
t_fails 3 "run: no node" rig_run --target node:5 --count 10
t_fails 2 "run: no such target" rig_run --target node:x --count 10

t "after all that a node starts" node_start
t "... and does the main job" node_takes_5000
t_fails 127 "exec: a program that is not there" intmgr target exec 1 -- /none
t "... the node goes on" rig_whole_run
intmgr target stop

# ---- lockdown; it cannot be undone ----

mount -t securityfs security /sys/kernel/security
echo integrity > /sys/kernel/security/lockdown
refused 3 'lock(ed )?down' "a kernel that is locked down"
t_end
