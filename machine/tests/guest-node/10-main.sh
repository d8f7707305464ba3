#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The main job across two kernels, and a node's life around it.
#
#	support OS, CPU 0                      node 1, CPU 1
#	intmgr, intmgr.ko ──window, IPIs──▶ e1000e (patched) ─▶ agent's UDP socket
#	intmgr_node.ko ─────INIT, SIPI────▶ the same stock kernel, started again
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../nodes.sh"

free_kb()
{
	echo 3 > /proc/sys/vm/drop_caches
	awk '$1 == "MemFree:" { print $2 }' /proc/meminfo
}

iomem=$(cat /proc/iomem)
t_fails 3 "no modules: a node does not start" node_start
t_grep 'modprobe|insmod|load' "... and it is said what to load" node_start
t "the support side's modules load" load-node
t "a node starts from vmlinux" node_start
t "... is up" node_is 1 up
t_grep "^Linux .*$release" "... runs a kernel of its own" node_exec 1 uname -a
t_fails 7 "... its programs' exit codes come back" node_exec 1 sh -c 'exit 7'
t_fails 7 "... though a child of it writes on" \
	node_exec 1 sh -c 'busybox timeout 2 busybox yes & exit 7'
t_fails 3 "... a program that takes too long is ended" \
	intmgr target exec 1 --timeout 1s -- busybox sleep 60
t_grep 'Linux version' "... its console is kept from the first line on" \
	intmgr target console 1

# ---- the main job ----

t "the main job: every shot has an outcome" \
	rig_run --interval 38us --count 5000
t "... and the sums agree" rig_sums
t "... 5000 are sent" rig_is sent 5000
t "... to a node" rig_is target node
for size in 66 1500 8000 16000 16384; do
	t "frames of $size bytes arrive" rig_run --size $size --count 300
	t "... all of them" rig_is delivered 300
done

logged()
{
	rig_run --count 1000 --log "$rig/log" &&
		[ "$(grep -vc '^#' "$rig/log")" = 1001 ] &&
		[ "$(cut -f 1 "$rig/log" | tail -n 1)" = 1000 ]
}
t "the log has a line a shot" logged
t "due times that are drawn" rig_run --schedule poisson --count 1000
t "... and the sums agree" rig_sums

kernels()	# of both sides, in the summary for people
{
	intmgr --target node --count 200 --no-floor > "$rig/summary" 2>&1 &&
		[ "$(grep -o "$release" "$rig/summary" | wc -l)" -ge 2 ]
}
t "the summary names both kernels" kernels

swept()
{
	intmgr sweep --target node --interval 20us..40us --points 3 \
		--size 1500,8000 --count 200 --no-floor --out "$rig/curve" \
		2> "$rig/said" &&
		[ "$(grep -vc '^#' "$rig/curve")" = 7 ]
}
t "a sweep has a row a point" swept
t "a run with its floors" intmgr --target node --count 500 --interval 50us

# ---- nothing happens when nothing should ----

node_interrupts()	# "UPTIME COUNT": of its RX vector, as the node's kernel counts them
{
	node_exec 1 cat /proc/uptime /proc/interrupts |
		awk 'NR == 1 { up = $1 }
			/ eth0-rx/ { for (i = 2; i < NF && $i ~ /^[0-9]+$/; i++) sum += $i }
			END { print up, sum + 0 }'
}

# The driver asks for one itself every two seconds (e1000_watchdog_task()), by
# the node's clock; one more may fall between the two looks.
idle()		# SECONDS
{
	before=$(node_interrupts)
	sleep "$1"
	echo "$before $(node_interrupts)" | awk '{
		print $4 - $2, "interrupts in", $3 - $1, "s"
		exit !($2 > 0 && $4 - $2 <= ($3 - $1) / 2 + 1) }'
}
t "idle, interface up: no RX interrupt but what the driver asks for" idle 6

link_down()	# its vectors are freed: what fires now is nobody's
{
	node_exec 1 ip link set eth0 down || return 1
	intmgr target console > "$rig/before"
	sleep 2
	intmgr target console > "$rig/after"
	cmp "$rig/before" "$rig/after"
}
t "idle, interface down: nothing is heard of the node" link_down
t "... the next run takes every frame" rig_whole_run

# ---- who owns what ----

t_fails 1 "the node's core cannot be set online" sh -c "echo 1 > $online"
t_fails 1 "intmgr_node.ko cannot be unloaded" rmmod intmgr_node
t_fails 3 "the node is not started twice" node_start
t_grep 'running|stop|restart' "... and it is said" node_start
t "... and goes on" rig_whole_run
t "status says what is there" intmgr status
t_grep '"up"' "status as JSON" intmgr status --json
t "list says what is there" intmgr target list

# ---- stop, start, restart ----

t "the node stops" intmgr target stop
t "... and says so" node_is 1 stopped
t_fails 3 "a run does not start" rig_run --count 10
t_grep 'target (start|restart)' "... and it is said what to do" cat "$rig/said"
t "its core can be set online" sh -c "echo 1 > $online"
t_grep '^2$' "... and is" nproc
t_fails 3 "a node does not start on an online core" node_start --cores 1
echo 0 > $online

ten_starts()
{
	for i in 1 2 3 4 5 6 7 8 9 10; do
		echo "start $i"
		node_start --cores 1 || return 1
		rig_whole_run || return 1
		intmgr target stop || return 1
	done
}
t "ten starts in one boot, each takes a run" ten_starts
t "a stopped node is started again as it was" intmgr target restart
t "... with the files it had" node_exec 1 true
t "... and does the main job" node_takes_5000
starts=$(node_field 1 starts)
t "a running node is restarted" intmgr target restart
t "... and counted" [ "$(node_field 1 starts)" = $((starts + 1)) ]
t "... and does the main job" node_takes_5000
t "the ABI keeps its promises to a node" abi node
intmgr target stop

t "a node in 192 MB" node_start --memory 192M
t "... does the main job" node_takes_5000
intmgr target stop
t "a start from the bzImage" node_start --kernel "/boot/vmlinuz-$release"
t "... does the main job" node_takes_5000

# ---- the end ----

before=$(free_kb)
unloaded()
{
	intmgr target stop && unload-node && [ "$(cat /proc/iomem)" = "$iomem" ]
}
t "stopped and unloaded, /proc/iomem is as it was" unloaded
t "... and no memory is missing" [ $(($(free_kb) + 1024)) -gt "$before" ]
t "... and the core can be set online" sh -c "echo 1 > $online"
t_end
