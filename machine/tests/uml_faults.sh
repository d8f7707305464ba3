#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Faults around a User-Mode Linux: its kernel ends in a run, the command does, there
# is no room, or less than it takes. Each is said, each shot that was sent has an
# outcome, and nothing stays behind. Drivers that end their kernel are those of
# machine/tests/planted/.
. "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.." || exit 1
. machine/tests/uml_lib.sh
intmgr=$PWD/intmgr
shared=$(ls -A /dev/shm)
small=(--no-floor --interval 100us --count 100)

nothing_left()
{
	sleep 0.3
	[ "$(processes)" = 0 ] && [ "$(ls -A /dev/shm)" = "$shared" ]
}

ends()		# CODE PATTERN COMMAND...: it says that, and leaves nothing
{
	local code=0 want=$1 pattern=$2

	shift 2
	timeout 60 "$@" > "$T/said" 2>&1 || code=$?
	tail -n 20 "$T/said"
	[ $code = "$want" ] && grep -q -E -e "$pattern" "$T/said" && nothing_left
}

# ---- the target's kernel ends ----

dies_of()	# BUG PATTERN
{
	ends 3 "died after .*$2" ./intmgr --target uml --no-floor --warmup 0 --count 20k \
		--interval 100us --module "build/planted/$1/e1000e.ko" \
		--log "$T/log" && each_shot_told && grep -q target_dead "$T/log"
}

# With it goes the support side, which is in the same kernel.
dies_in_virtual_time()	# BUG PATTERN: and again, when its log is replayed
{
	ends 3 "^intmgr: the target's kernel: .*$2" ./intmgr --deterministic \
		"${small[@]}" --warmup 0 --count 5000 --interval 10us \
		--module "build/planted/$1/e1000e.ko" --log "$T/log" &&
		each_shot_told && grep -q target_dead "$T/log" &&
		./intmgr replay "$T/log"
}

# ---- the command ends ----

killed()	# with its run in virtual time going on
{
	./intmgr --deterministic --no-floor --count 1M > /dev/null 2>&1 &
	in_its_run 1 || return
	kill -9 $!
	wait $! 2> /dev/null
	nothing_left
}

# ---- no room ----

full_folder()	# which is the current one, and that of temporary files
{
	in_full=(env -C "$T/full" TMPDIR="$T/full")
	mkdir "$T/full" && mount -t tmpfs -o size=64k,noexec tmpfs "$T/full" &&
		! dd if=/dev/zero of="$T/full/dust" bs=4k
}

needs_no_room()	# OPTION...
{
	ends 0 '^delivered  *100 ' "${in_full[@]}" "$intmgr" "$@" "${small[@]}" &&
		[ "$(ls "$T/full")" = dust ]
}

has_no_room()	# OPTION...: for what it shall write
{
	ends 3 'log is not whole' "${in_full[@]}" "$intmgr" "$@" "${small[@]}" --log log &&
		ends 3 'all of the output: No space left' \
			"${in_full[@]}" sh -c '"$@" > out' sh "$intmgr" "$@" "${small[@]}" &&
		rm "$T/full"/{log,out}
}

limited()	# LIMIT PATTERN OPTION...
{
	local limit=$1 pattern=$2

	shift 2
	ends 3 "$pattern" sh -c 'ulimit '"$limit"' && exec "$@"' sh \
		./intmgr "$@" "${small[@]}"
}

# ---- nothing is started in vain ----

decoy()		# for a kernel, which only notes that it was started
{
	mkdir -p "$T/decoy" && cp -rL build/uml/lib "$T/decoy" &&
		printf '#!/bin/sh\necho > %s\n' "$T/started" > "$T/decoy/linux" &&
		chmod 755 "$T/decoy/linux"
}

starts()	# OPTION...: does the command start a kernel with these?
{
	rm -f "$T/started"
	INTMGR_UML=$T/decoy timeout 60 ./intmgr "$@" > "$T/said" 2>&1
	cat "$T/said"
	[ -e "$T/started" ]
}

backwards()	# OPTION: a trace that goes so
{
	printf '5us\n3us\n' > "$T/trace"
	starts "$@" "${small[@]}" && ! starts "$@" --schedule "trace:$T/trace" &&
		ends 2 'trace:2: goes backwards: 3 us after 5 us' \
			./intmgr "$@" --schedule "trace:$T/trace"
}

t "the target panics" dies_of panic 'panic: e1000e: as planted'
t "the target has no memory left" dies_of memory 'panic: System is deadlocked on memory'
t "the target panics in virtual time" dies_in_virtual_time panic 'panic.*as planted'
t "the target has no memory left in virtual time" \
	dies_in_virtual_time memory '(page allocation failure|oom-killer)'
t "the command is killed in virtual time: nothing is left" killed
t "a full folder, and not to execute from" full_folder
t "files above 20 MB are not permitted" \
	limited "-f 40000" 'file in memory: File too large' --target uml
t "nor in virtual time" limited "-f 40000" 'file in memory: File too large' --deterministic
t "there is no room for the window" \
	limited "-v 50000" 'cannot map the window' --target uml
t "nor for the kernel in virtual time" limited "-v 50000" 'errno = -12' --deterministic
decoy
for target in "--target uml" --deterministic; do
	read -r -a option <<< "$target"
	t "$target: needs no room for files" needs_no_room "${option[@]}"
	t "$target: says that there is no room" has_no_room "${option[@]}"
	t "$target: a trace that goes backwards starts nothing" \
		backwards "${option[@]}"
done
umount "$T/full"
t "nothing is left at the end" nothing_left
t_end
