#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The main job, the ABI, and what the kernel keeps of it all.
#
#	CPU 0: intmgr.ko ──window, IPIs──▶ CPU 1: e1000e (patched) ─▶ UDP socket
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"

t_fails 3 "no modules: a sentence, and it does not run" intmgr --target kernel
t_grep 'modprobe|insmod|load' "... which says what to load" intmgr --target kernel
t_grep "make uml" "... and neither does it in a process where no kernel for that is" intmgr
rig_load
nic=$(rig_interface 1)
t "the ABI keeps its promises" sh -c "ip link set $nic up && sleep 3 && abi"

t "the main job: every shot has an outcome" \
	rig_run --interval 38us --count 5000
t "... and the sums agree" rig_sums
t "... 5000 are sent" rig_is sent 5000

for size in 66 1500 8000 16000 16384; do
	t "frames of $size bytes arrive" rig_run --size $size --count 300
	t "... all of them" rig_is delivered 300
done
t "the README says that it is patched here" rig_readme_kernel patched e1000e
t_grep 'patched 16 KB' "... and takes as much" \
	rig_readme "frames up to" e1000e
t_fails 2 "a frame larger than the MTU asked for" rig_run --mtu 1500 --size 9000

# lines COUNT FILE: a header and a line a shot
logged()
{
	rig_run --count 1000 --log "$rig/log" &&
		[ "$(grep -vc '^#' "$rig/log")" = 1001 ] &&
		[ "$(cut -f 1 "$rig/log" | tail -n 1)" = 1000 ]
}
t "the log has a line a shot" logged
t_fails 1 "an expectation that fails" rig_run --count 10 --expect 'success>1'
t "an expectation that holds" rig_run --count 500 --expect 'sent==500'

swept()		# a row for each interval, under the header
{
	intmgr sweep --interval 20us..40us --points 3 --size 1500,8000 \
		--count 200 --no-floor --out "$rig/curve" 2> "$rig/said" &&
		[ "$(grep -vc '^#' "$rig/curve")" = 7 ] &&
		[ "$(grep -c 'first lossless interval' "$rig/said")" = 2 ]
}
t "a sweep has a row a point, and says from where on nothing is lost" swept

overload()	# one descriptor a NAPI budget is not enough at a microsecond
{
	rig_run --interval 1us --count 20k --ring 256 && rig_sums
}
t "overload: each loss has a cause" overload

pool()		# leaks in the window's pool, or anywhere, would show here
{
	for i in 1 2 3 4 5; do
		rig_run --count 200 --ring $((i * 512)) --size 8000 || return 1
	done
	rig_whole_run
}
t "rings and MTUs come and go" pool
t "status says what is there" intmgr status
t "status as JSON" intmgr status --json

leaves_nothing()
{
	unload && ! grep intmgr /proc/iomem /proc/interrupts &&
		! ls -d /sys/bus/pci/devices/*/net 2>/dev/null
}
t "unloaded, nothing is left" leaves_nothing
t_end
