# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# The rig of the guest's tests: runs whose JSON is kept and looked at.

rig=$(mktemp -d)
rig_target=kernel	# what runs go to
rig_ring=4096
rig_words=		# more options of all runs
rig_long=10000		# shots of a run in which something is done

# rig_listed ID NAME: what a list in JSON says of the one with that id
rig_listed()
{
	awk -f /machine/tests/json.awk | while read -r field_name field_value; do
		case $field_name in
		*.*.*) ;;
		*.id) listed_id=$field_value ;;
		*."$2") [ "$listed_id" != "$1" ] || echo "$field_value" ;;
		esac
	done
}

# rig_function ID NAME: what the list says of a function
rig_function()
{
	intmgr function list --json | rig_listed "$1" "$2"
}

# The modules, and the patched driver on function 1, which stays.
rig_load()
{
	load || return 1
	[ "$(rig_function 1 driver)" ] ||
		intmgr function add --driver e1000e --attach patched
}

rig_interface()	# [ID]
{
	rig_function "${1:-1}" interface
}

# rig_run OPTION...: a short run; its JSON and what it says are kept
rig_run()
{
	# shellcheck disable=SC2086 # options are meant
	intmgr --target "$rig_target" --interval 100us --ring "$rig_ring" \
		--no-floor --json $rig_words "$@" \
		> "$rig/json" 2> "$rig/said" && return
	rig_code=$?
	cat "$rig/said"
	return $rig_code
}

# rig_start OPTION...: the same, and does not wait; $! is the command itself
rig_start()
{
	# shellcheck disable=SC2086 # options are meant
	intmgr --target "$rig_target" --interval 100us --ring "$rig_ring" \
		--no-floor --json $rig_words "$@" \
		> "$rig/json" 2> "$rig/said" &
}

# The last run's JSON as lines "NAME VALUE", nested names by a dot. What looks at
# them are loops of the shell: a process costs more than all of that.
rig_fields()
{
	# shellcheck disable=SC3013 # busybox's has it
	[ "$rig/fields" -nt "$rig/json" ] ||
		awk -f /machine/tests/json.awk "$rig/json" > "$rig/fields"
}

rig_field()	# NAME
{
	rig_fields
	while read -r field_name field_value; do
		[ "$field_name" != "$1" ] || echo "$field_value"
	done < "$rig/fields"
}

# rig_is NAME VALUE [NAME VALUE]...
rig_is()
{
	rig_fields
	is_left=$#
	while read -r field_name field_value; do
		case " $* " in
		*" $field_name $field_value "*) is_left=$((is_left - 2)) ;;
		*" $field_name "*) echo "$field_name is $field_value" ;;
		esac
	done < "$rig/fields"
	[ $is_left = 0 ] || rig_counts
	[ $is_left = 0 ]
}

rig_more()	# NAME VALUE
{
	rig_counts
	[ "$(rig_field "$1")" -gt "$2" ]
}

# What a run counted, for who reads why a test failed.
rig_counts()
{
	rig_fields
	while read -r field_name field_value; do
		case $field_name in
		sent | received | delivered | lost*)
			echo "$field_name $field_value" ;;
		esac
	done < "$rig/fields"
}

# sent = delivered + each cause
rig_sums()
{
	sums_sent=0
	sums_sum=0
	rig_counts > "$rig/counts"
	while read -r field_name field_value; do
		case $field_name in
		sent) sums_sent=$field_value ;;
		delivered | lost.*) sums_sum=$((sums_sum + field_value)) ;;
		esac
	done < "$rig/counts"
	echo "sent $sums_sent, sum $sums_sum"
	[ "$sums_sent" -gt 0 ] && [ "$sums_sent" = "$sums_sum" ]
}

# Every frame of a run reaches the socket.
rig_whole_run()
{
	rig_run --count 500 && rig_is delivered 500 received 500 && rig_sums
}

# rig_during COMMAND...: does it in the middle of a run
rig_during()
{
	rig_run --count $rig_long --warmup 0 &
	running && usleep 200000
	rig_done=0
	"$@" || rig_done=$?
	wait $! || true
	return $rig_done
}

# rig_readme COLUMN DRIVER: what the README's table of drivers says there
rig_readme()
{
	awk -F ' *[|] *' -v column="$1" -v driver="\`$2\`" '
		$2 == "driver" {
			for (i = 2; i <= NF; i++)
				if (index($i, column) == 1)
					at = i
		}
		at && $2 == driver { print $at }' /machine/README.md
}

# rig_readme_kernel COLUMN DRIVER: this kernel is among those that stand there
rig_readme_kernel()
{
	rig_readme "$1" "$2" | tr -d , | tr ' ' '\n' |
		grep -x -F "$(uname -r | cut -d . -f 1-2)"
}

rig_unload()	# MODULE...
{
	for module; do
		rmmod "$module" || return 1
	done
}

rig_down_up()	# INTERFACE
{
	ip link set "$1" down
	ip link set "$1" up
}

# rig_carrier INTERFACE 0|1: wait until the driver has seen the cable
rig_carrier()
{
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ "$(cat "/sys/class/net/$1/carrier")" = "$2" ] && return
		sleep 0.5
	done
	return 1
}

rig_poke()	# REGISTER VALUE
{
	echo "$1 $2" > /sys/module/intmgr_poke/parameters/write
}

rig_peek()	# REGISTER
{
	echo "$1" > /sys/module/intmgr_poke/parameters/read
	cat /sys/module/intmgr_poke/parameters/read
}

rig_ms()
{
	awk '{ print int($1 * 1000) }' /proc/uptime
}
