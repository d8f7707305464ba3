#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2086 # commands and their options in one word are meant
# usage (in the machine, booted with --node): isolation.sh [RUNS [SLICE_MS]]
# What the load of one kernel costs the work, and the interrupts, of another:
#
#	plain    one kernel      CPU 0: work      CPU 1: work
#	support  A               CPU 0: work      CPU 1: offline
#	node 1   A beside B      CPU 0: work      CPU 1: work
#	gap      A beside B      CPU 0: paces ──▶ CPU 1: takes the interrupts
#	                         CPU 2: loads, where there is one; else CPU 0, at
#	                         low priority beside the pacing, does
#
# Each work is what "KVM on Mint" (section 5.4.2) timed: CPU, memory, I/O. The
# file of the I/O is on tmpfs in every kernel: reads of the page cache, no
# disk's. A ratio is of minima over all runs, to plain Linux alone on the CPU.
# A gap's floor is an empty handler's, in the same load.
runs=${1:-5}
slice_ms=${2:-200}
. "$(dirname "$0")/table.sh"

node="intmgr target exec 1 --timeout 60s -- /bin/work"
start="intmgr target start --add /bin/work"
count=5000

cpus()
{
	find /sys/devices/system/cpu -maxdepth 1 -name 'cpu[0-9]*' | wc -l
}

cpu_online()	# CPU 0|1
{
	echo "$2" > "/sys/devices/system/cpu/cpu$1/online"
}

# ---- work ----

# work_on COMMAND: do all works, from the moment $begin on
work_on()
{
	$1 --from $begin --slice $slice
}

# A second is enough for a program to start in the other kernel.
soon()
{
	begin=$(($(work --clock | cut -d ' ' -f 1) + hz))
}

# keep WHERE BESIDE < ROWS: of work, for the table
keep()
{
	sed "/^work/d; s/^/$1\t$2\t/" >> "$work/rows"
}

alone()		# WHERE COMMAND
{
	soon
	work_on "$2" > "$work/here" || exit 1
	keep "$1" nothing < "$work/here"
}

# together WHERE COMMAND WHERE COMMAND: the same work in the same cycles
together()
{
	soon
	work_on "$2" > "$work/here" &
	work_on "$4" > "$work/there" || exit 1
	wait $! || exit 1
	keep "$1" "the same in $3" < "$work/here"
	keep "$3" "the same in $1" < "$work/there"
}

plain_linux()
{
	alone 'plain CPU 0' 'work --cpu 0'
	alone 'plain CPU 1' 'work --cpu 1'
	together 'plain CPU 0' 'work --cpu 0' 'plain CPU 1' 'work --cpu 1'
}

support_alone()
{
	alone support 'work --cpu 0'
}

nodes()
{
	alone 'node 1' "$node"
	together support 'work --cpu 0' 'node 1' "$node"
}

# Lines of a work, place and company together: their least minimum, the medians
# of their medians and 99th percentiles, in ns; the ratio to plain Linux.
work_table()
{
	awk -F '\t' -v OFS='\t' -v hz="$hz" '
	function ns(cycles) { return sprintf("%.0f", cycles * 1e9 / hz) }
	function median(list,  v, n, i, j, t) {
		n = split(list, v, " ")
		for (i = 2; i <= n; i++)
			for (j = i; j > 1 && v[j - 1] + 0 > v[j] + 0; j--) {
				t = v[j]; v[j] = v[j - 1]; v[j - 1] = t
			}
		return v[int((n + 1) / 2)]
	}
	{
		key = $3 OFS ($4 == "-" ? "-" : $4 " KB") OFS $1 OFS $2
		if (!(key in runs)) {
			order[++keys] = key
			what[key] = $3 OFS $4
			where[key] = $1
			kind[key] = $3
			least[key] = $6
		}
		runs[key]++
		if ($6 < least[key])
			least[key] = $6
		p50[key] = p50[key] " " $7
		p99[key] = p99[key] " " $8
		if ($2 == "nothing")
			alone[$1, $3, $4] = least[key]
	}
	END {
		cpu["support"] = "plain CPU 0"
		cpu["node 1"] = "plain CPU 1"
		for (i = 1; i <= keys; i++) {
			key = order[i]
			split(what[key], w, OFS)
			base = where[key] in cpu ? cpu[where[key]] : where[key]
			bound = where[key] in cpu && kind[key] != "io" ? "<= 1.05" : "-"
			print key, runs[key], ns(least[key]), ns(median(p50[key])),
				ns(median(p99[key])), "-", "-",
				sprintf("%.3f", least[key] / alone[base, w[1], w[2]]), bound
		}
	}' "$work/rows"
}

# ---- interrupts ----

gaps()
{
	run --target node --interval 38us --count $count
	figures gap_ns.min gap_ns.p50 gap_ns.p99 gap_ns.outside_2us \
		floor.gap_outside_2us
}

gaps_floor()
{
	run --target node --interval 38us --count $count --against handler
	figures gap_ns.min gap_ns.p50 gap_ns.p99 gap_ns.outside_2us
}

# gap_row NAME BESIDE: medians of the lines of gaps on standard input
gap_row()
{
	awk '{ for (i = 1; i <= NF; i++) print i, $i }' | sort -k 1n,1 -k 2g,2 |
		awk -v OFS='\t' -v name="$1" -v beside="$2" '
		{ v[$1, ++n[$1]] = $2 }
		function median(i) { return i in n ? v[i, int((n[i] + 1) / 2)] : "-" }
		END {
			print name, "1500 B", "node 1", beside, n[1], v[1, 1],
				median(2), median(3), median(4), median(5), "-", "-"
		}'
}

gap_rows()	# BESIDE
{
	repeat gaps > "$work/gaps"
	repeat gaps_floor > "$work/floor"
	gap_row gap "$1" < "$work/gaps"
	gap_row gap_floor "$1" < "$work/floor"
}

# loaded WHERE WORK: gaps while work is done there
loaded()
{
	for kind in cpu memory io; do
		$2 --detach /load --load $kind || exit 1
		gap_rows "$kind in $1"
		$2 --stop /load || exit 1
	done
}

# ---- the table ----

rmmod intmgr intmgr_node 2> /dev/null
cpu_online 1 1
read -r _ hz <<END
$(work --clock)
END
slice=$((hz * slice_ms / 1000))

title
printf '# slices of %s ms, %s CPUs; times are minima, medians and 99th percentiles\n' \
	"$slice_ms" "$(cpus)"
printf 'what\tsize\twhere\tbeside\truns\tmin_ns\tp50_ns\tp99_ns\toutside_2us\tfloor_outside_2us\tratio\tbound\n'

repeat plain_linux
load-node || exit 1
repeat support_alone
$start 1 >&2 || exit 1
repeat nodes
work_table

run --target node --interval 38us --count $count	# cold: not counted
gap_rows idle
if [ "$(cpus)" -gt 2 ]; then
	$start 2 >&2 || exit 1
	loaded 'node 2' 'intmgr target exec 2 -- /bin/work'
	intmgr target stop 2 >&2 || exit 1
fi
loaded 'support (nice 19)' 'work --nice 19'
loaded 'node 1' "$node"
intmgr target stop 1 >&2 || exit 1
rm -r "$work"
