#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A driver in a User-Mode Linux process, at native speed, with the support side in
# the command.
#
#	./intmgr ──window, raised bits, SIGIO──▶ linux: driver, stack, agent
. "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.." || exit 1
. machine/tests/uml_lib.sh

# Gently: what is lost at 38 us on a loaded machine says nothing of ours.
native()	# DRIVER OPTION...: the sums agree, and nothing is lost
{
	timeout 60 ./intmgr --target uml --driver "$@" --interval 100us \
		--count 2000 --json > "$T/json" || return
	cat "$T/json"
	[ "$(value sent "$T/json")" = 2000 ] &&
		[ "$(value delivered "$T/json")" = 2000 ]
}

# A copy of the command outside the tree, which an ordinary user may not enter.
as_nobody()
(
	install -m 755 intmgr "$T/intmgr"
	cp -rL build/uml "$T/uml"
	cd "$T" && INTMGR_UML=$T/uml setpriv --reuid 65534 --regid 65534 \
		--clear-groups --inh-caps=-all timeout 60 ./intmgr \
		--interval 38us --count 1000
)

names_itself()	# and that it has no priority
{
	as_nobody > "$T/said" || return
	cat "$T/said"
	grep -q 'against e1000e (stock)' "$T/said" &&
		grep -q 'Linux 6' "$T/said" && grep -q '(floor ' "$T/said" &&
		[ "$(grep -c '^scheduling: .*without priority.*without priority.*denied' \
			"$T/said")" = 1 ]
}

has_priority()	# root has; a long run's thread is not let spin before all others
{
	timeout 60 ./intmgr --target uml --no-floor --count 1000 --json > "$T/json" &&
		grep -A4 '"pacing"' "$T/json" | grep -q '"priority": "fifo"' &&
		grep -A4 '"target": {' "$T/json" | grep -q '"priority": "nice"' &&
		! grep '"refused"' "$T/json" | grep -v null || return
	timeout 60 ./intmgr --target uml --no-floor --count 20k > "$T/said" &&
		grep -q '^scheduling: pacing nice' "$T/said"
}

one_cpu()	# is too few for two, and enough in virtual time
(
	echo 0 > "$T/online"
	# shellcheck disable=SC2016 # the other shell's
	unshare -m sh -c 'mount --bind "$1" /sys/devices/system/cpu/online && exec sh -c "$2"' \
		sh "$T/online" '! ./intmgr --target uml --count 1 2> /dev/null &&
			./intmgr --target uml --count 1 2>&1 | grep -e --deterministic &&
			./intmgr --deterministic --no-floor --count 10 > /dev/null'
)

dies()		# SIGNAL PATTERN: the target does, and each shot has an outcome
{
	local code=0

	timeout 60 ./intmgr --target uml --no-floor --count 1M --interval 100us \
		--log "$T/log" > "$T/said" 2>&1 &
	in_its_run 3 && pkill "-$1" -f "^$INTMGR_UML/linux "
	wait $! || code=$?
	cat "$T/said"
	[ $code = 3 ] && grep -q "$2" "$T/said" && each_shot_told && nothing_left
}

killed()	# the command is, with its run going on
{
	./intmgr --target uml --no-floor --count 1M > /dev/null 2>&1 &
	in_its_run 2 || return
	kill -9 $!
	wait $! 2> /dev/null
	nothing_left
}

interrupted()	# by Ctrl-C: partial figures, exit 3
{
	local code=0

	timeout -s INT 5 ./intmgr --target uml --no-floor --count 1M \
		> "$T/said" 2>&1 || code=$?
	cat "$T/said"
	grep -q 'stopped early' "$T/said" && nothing_left
}

two_at_once()
{
	native e1000e > "$T/one" &
	timeout 60 ./intmgr --target uml --driver igb --interval 100us \
		--count 2000 --no-floor > "$T/two" && wait $! &&
		grep -q '^delivered  *2000 ' "$T/two"
}

no_folder()	# for temporary files
{
	TMPDIR=/nowhere timeout 60 ./intmgr --target uml --no-floor --count 100 &&
		[ ! -e ~/.uml ]
}

t "the process starts unprivileged, and says what it is" names_itself
for driver in $drivers; do
	t "$driver receives all at native speed" native "$driver"
done
t "root has priority, as long as that is safe" has_priority
t "one CPU is enough in virtual time only" one_cpu
t "16 KB frames" native e1000 --size 16000
t "four queues" native igb --queues 4
t "two targets at once" two_at_once
t "the target is killed" dies KILL 'died after .*signal 9'
t "the target is stopped" dies STOP 'died after .*hangs'
t "the command is killed: nothing is left" killed
t "Ctrl-C: nothing is left" interrupted
t "no temporary folder is needed" no_folder
t "nothing is left at the end" nothing_left
t_end
