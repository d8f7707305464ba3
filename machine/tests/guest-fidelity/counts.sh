# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # variables of each other
# What interfaces count: ethtool -S, and the counters of ip -s link, which sysfs
# has one by one.

counts=$(mktemp -d)

# The driver's first: it may read the hardware only then.
note_end()	# STEP END
{
	{
		echo "= $1"
		in_ns "$2" ethtool -S "$2"
		grep "" "$ns_sysfs/$2/class/net/$2/statistics"/*
	} >> "$counts/$2"
}

note()		# STEP PAIR
{
	note_end "$1" "$2a"
	note_end "$1" "$2b"
}

# with_each COMMAND...: with each pair as its last word, both at once
with_each()
{
	("$@" q) > "$counts/said.q" 2>&1 &
	with_each_q=$!
	("$@" o) > "$counts/said.o" 2>&1
	wait $with_each_q
}

# step NAME COMMAND...: what is counted while COMMAND is done with each pair
step()
{
	step_name=$1
	shift
	with_each "$@"
	usleep 100000	# interrupts that are held back, and what they tell
	with_each note "$step_name"
}

# What was counted in each step
counted()	# PAIR
{
	awk -f "$here/counts.awk" "$counts/$1a" "$counts/$1b"
	rm "$counts/$1a" "$counts/$1b"
}
