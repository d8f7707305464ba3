#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# usage: ap/tests/usage.sh [INTMGR]
# What the built command says to bad input: the exit code, and one sentence that
# names the trouble instead of the whole usage. Runs where no module is loaded.
set -uo pipefail

intmgr=$(realpath "${1:-$(dirname "$0")/../../intmgr}")
said=$(mktemp)
shown=$(mktemp)
times=$(mktemp)
trap 'rm -f "$said" "$shown" "$times"' EXIT
passed=0
failed=0

report()	# OK NAME
{
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not ok: $2"
		sed 's/^/    /' "$said" "$shown"
	fi
}

# says CODE PATTERN ARGUMENT...: exits with CODE after one line on stderr that
# holds PATTERN, and nothing on stdout
says()
{
	local code=$1 pattern=$2 got=0 ok=1

	shift 2
	"$intmgr" "$@" > "$shown" 2> "$said" < /dev/null || got=$?
	if [ "$got" = "$code" ] && [ "$(wc -l < "$said")" = 1 ] &&
	   grep -q -- "^intmgr: " "$said" && grep -qF -- "$pattern" "$said" &&
	   [ ! -s "$shown" ]; then
		ok=0
	fi
	report $ok "intmgr $* (exit $got, wanted $code and '$pattern')"
}

# shows PATTERN ARGUMENT...: exits with 0 and shows PATTERN on stdout
shows()
{
	local pattern=$1 ok=1

	shift
	if "$intmgr" "$@" > "$shown" 2> "$said" < /dev/null &&
	   grep -qF -- "$pattern" "$shown" && [ ! -s "$said" ]; then
		ok=0
	fi
	report $ok "intmgr $* (wanted '$pattern')"
}

# times
says 2 "'0us' is zero" --interval 0us
says 2 "'-5us' is negative" --interval -5us
says 2 "'38' has no unit" --interval 38
says 2 "'' is empty" --interval ''
says 2 "unknown unit" --interval 38usec
says 2 "unknown unit" --interval '38us '
says 2 "is not a number" --interval fast
says 2 "the least is 100 ns" --interval 99ns
says 2 "the most is 10 s" --interval 11s
says 2 "is too large" --interval 99999999999999999999s
says 2 "finer than 1 ns" --interval 100.5ns
says 2 "--interval needs a value" --interval

# counts and sizes
says 2 "--count: '0' is zero" --count 0
says 2 "is negative" --count -1
says 2 "the most is 1000000000000" --count 1000001M
says 2 "is too large" --count 18446744073709551616
says 2 "only k or M" --count 5000x
says 2 "not a whole number" --count 1.5
says 2 "--size: '0' is zero" --size 0
says 2 "the least is 66" --size 65
says 2 "the most is 16384" --size 16385
says 2 "the most is 16384" --size 4294967796
says 2 "is negative" --size -1500
says 2 "--ring: '0' is zero" --ring 0
says 2 "after the number" --ring 4k
says 2 "the least is 68" --mtu 67
says 2 "does not fit --mtu 1485" --size 1500 --mtu 1485
says 2 "the most is 10000" --warmup 10001
says 2 "is too large" --seed 18446744073709551616

# choices
says 2 "choose one of shift, catch-up, skip" --late never
says 2 "choose one of driver, handler, memory, copy" --against nothing
says 2 "'xen' is none: choose one of kernel, node, uml, or node:N" --target xen
says 2 "the target kernel has no virtual time" --deterministic --target kernel
says 2 "--console is of a kernel that was started" --console x --target kernel
says 2 "the command line is too long" --deterministic --expect "sent>=$(printf '%017000d' 0)"
says 2 "drivers are as they are: stock" --target uml --attach poll
says 2 "a User-Mode Linux has one function of its own" --target uml --function 1
says 2 "'frames=1us' is none: write access=T, frame=T or interrupt=T" --cost frames=1us
says 2 "'1' has no unit" --cost frame=1
says 2 "'0' is zero" --target node:0
says 2 "the most is 8" --target node:9
says 2 "'' is empty" --target node:
says 2 "use it with --target node" --restart
says 2 "use it with --target node" sweep --restart --target kernel
says 2 "--cpu 9999: there is no such CPU" --target node --cpu 9999
says 2 "there is no 'ixgbe': choose one of e1000e, e1000, virtio_net, igb" --driver ixgbe
says 2 "there is no '': choose one of" --driver ''
says 2 "choose one of stock, patched, poll" --attach trapped
says 2 "igb cannot be attached like that: choose one of stock" --driver igb --attach patched
says 2 "choose one of stock" sweep --driver virtio_net --attach poll
says 2 "the largest frame of e1000e (stock) has 9226 bytes" --attach stock --size 9227
says 2 "the largest frame of e1000 (stock) has 16124 bytes" sweep --driver e1000 --size 66,16384
says 2 "--function: '0' is zero" --function 0
says 2 "the most is 8" --function 9
says 2 "is not a number" sweep --function first
says 2 "a node has one function of its own" --target node --function 1
says 2 "--queues: '0' is zero" --queues 0
says 2 "the most is 8" --driver igb --queues 9
says 2 "e1000e receives on at most 1" --queues 2
says 2 "--queues needs a value" --queues

# schedules
says 2 "there is no 'often': choose one of cbr, poisson, burst:N, ramp:FROM..TO, trace:FILE" --schedule often
says 2 "'burst' is not all: write it as burst:8" sweep --schedule burst
says 2 "'0' is zero" --schedule burst:0
says 2 "nothing follows poisson" --schedule poisson:5
says 2 "'1' has no unit" --schedule ramp:60us..1
says 2 "leave out --schedule poisson" --closed-loop --schedule poisson
says 2 "use it with --against driver" --against memory --schedule burst:8
says 2 "has intervals of its own" --schedule ramp:60us..1us --interval 5us
says 2 "take cbr, poisson or burst:N" sweep --schedule ramp:60us..1us
says 2 "a ramp has at most 1000000000 shots" --schedule ramp:60us..1us --count 2000M
says 2 "the file's name is empty" --schedule trace:
says 3 "cannot read /nonexistent: No such file" --schedule trace:/nonexistent
says 3 "cannot read /: Is a directory" --schedule trace:/
says 2 "/dev/null: there is no time in it" --schedule trace:/dev/null
says 2 "/dev/zero:1: this is no text" --schedule trace:/dev/zero
says 2 "$intmgr:1: this is no text" --schedule "trace:$intmgr"
printf '# when\n10us\n40us\n30us\n' > "$times"
says 2 "$times:4: goes backwards: 30 us after 40 us" --schedule "trace:$times"
printf '0\n10us\n10us\n' > "$times"
says 2 "$times has 3 times, which is the most" --schedule "trace:$times" --count 4

# CPUs
says 2 "--cpu 9999: there is no such CPU" --cpu 9999
says 2 "--target-cpu 9999: there is no such CPU" --target-cpu 9999
says 2 "is negative" --cpu -1
says 2 "are both 0" --cpu 0 --target-cpu 0

# expectations
says 2 "'sucess' is no figure" --expect 'sucess>=1'
says 2 "has no comparison" --expect success
says 2 "compares with no number" --expect 'success>=most'
says 2 "'floor.ipi_ns' is no figure" --no-floor --expect 'floor.ipi_ns<1'
says 2 "'kernel' is no figure" --expect 'kernel>=6'

# things that do not go together, and things that are not there
says 2 "both want stdout" --log - --json
says 2 "use it with --against driver" --log file --against copy
says 2 "--closed-loop waits for a handler" --closed-loop --against memory
says 2 "the file's name is empty" --log ''
says 2 "unknown option '--frequency'" --frequency 5
says 2 "unknown option '-x'" -x
says 2 "'5000' is out of place" --count 5 5000
says 2 "there is no verb 'walk'" walk
says 2 "--json takes no value" --json=yes
says 2 "unknown option '--out'" run --out file

# sweep and status
says 2 "is no range" sweep --interval 5us
says 2 "'5' has no unit" sweep --interval 5..9us
says 2 "does not rise" sweep --interval 9us..5us
says 2 "is empty" sweep --size 1500,
says 2 "the least is 2" sweep --points 1
says 2 "give one of them" sweep --points 5 --step 1us
says 2 "more than 1000 steps" sweep --step 1ns
says 2 "does not fit --mtu 9000" sweep --target kernel --mtu 9000
says 2 "unknown option '--json'" sweep --json
says 2 "unknown option '--count'" status --count 5

# function
says 2 "say what to do" function
says 2 "there is no 'function walk'" function walk
says 2 "whose function? --driver is one of e1000e, e1000, virtio_net, igb" function add
says 2 "there is no 'ixgbe'" function add --driver ixgbe
says 2 "choose one of stock, patched, poll" function add --driver igb --attach trap
says 2 "choose one of stock" function add --driver igb --attach poll
says 2 "is no sink: choose one of drop, count, echo, answer, peer:M" function add --driver igb --sink hole
says 2 "names no function after peer:" function add --driver igb --sink peer:
says 2 "--pool: '0' is zero" function add --driver igb --pool 0
says 2 "the most is 4096" function add --driver igb --pool 4097
says 2 "after the number" function add --driver igb --pool 64M
says 2 "--no-load takes no value" function add --driver igb --no-load=yes
says 2 "'1' is out of place" function add --driver igb 1
says 2 "unknown option '--json'" function add --json
says 2 "say which: intmgr function remove N|all" function remove
says 2 "function '0' is zero" function remove 0
says 2 "function '9' is too large: the most is 8" function remove 9
says 2 "function 'every' is not a number" function remove every
says 2 "'2' is out of place" function remove 1 2
says 2 "'1' is out of place" function list 1
says 2 "unknown option '--driver'" function list --driver igb
says 2 "say which: intmgr function sink" function sink 1
says 2 "function 'drop' is not a number" function sink drop 1
says 2 "'hole' is no sink" function sink 1 hole
says 2 "names no function after peer:" function sink 1 peer:9
says 2 "'peer:x' names no function" function sink 1 peer:x
says 2 "function 2 is no peer of itself" function sink 2 peer:2
says 2 "'now' is out of place" function sink 1 drop now
if [ ! -e /dev/intmgr_target ]; then
	says 3 "insmod intmgr_target.ko" function add --driver igb
	says 3 "insmod intmgr_target.ko" function remove all
	says 3 "insmod intmgr_target.ko" function list --json
	says 3 "insmod intmgr_target.ko" function sink 1 drop
fi

# target
says 2 "say what to do" target
says 2 "there is no 'target walk'" target walk
says 2 "node '0' is zero" target start 0
says 2 "node '9' is too large: the most is 8" target stop 9
says 2 "node 'all' is not a number" target restart all
says 2 "'2' is out of place" target start 1 2
says 2 "'1' is out of place" target list 1
says 2 "--cores: '' is empty" target start --cores ''
says 2 "--cores: '1-3' has something after the number" target start --cores 1-3
says 2 "--cores: 1 is named twice" target start --cores 1,2,1
says 2 "'255M' is not a multiple of 2M" target start --memory 255M
says 2 "use K, M or G" target start --memory 256MB
says 2 "the most is 4 GiB" target start --memory 8G
says 2 "the least is 1 MiB" target start --pool 4K
says 2 "is no name of a module" target start --driver ../e1000e
says 2 "the file's name is empty" target start --add ''
says 2 "choose one of stock, patched, poll" target start --attach trap
says 2 "e1000 cannot be attached like that" target start --driver e1000 --attach patched
mapfile -t many < <(for _ in {1..17}; do printf -- '--add\n/a\n'; done)
says 2 "more than 16 of them" target start "${many[@]}"
says 2 "there is a newline in it" target start --append $'quiet\nid 2'
says 2 "--append needs a value" target start --append
says 2 "unknown option '--follow'" target start --follow
says 2 "unknown option '--json'" target stop --json
says 2 "no program is named" target exec 1
says 2 "no program is named" target exec 1 --
says 2 "'uname' is out of place" target exec 1 uname -- -a
says 2 "has no unit" target exec --timeout 5 -- /bin/true
if [ ! -e /dev/intmgr_node ]; then
	for sub in start stop restart list console; do
		says 3 "insmod intmgr_node.ko" target $sub
	done
fi

# no module: what to load, and nothing is left behind
if [ ! -e /dev/intmgr ]; then
	export INTMGR_UML=/nowhere
	says 3 "insmod intmgr_target.ko" --json --target kernel
	says 3 "insmod intmgr_target.ko" run --target kernel --log "$shown.log" --quiet
	says 3 "make uml builds one" run --log "$shown.log" --quiet
	says 3 "make uml builds one" run --deterministic --log "$shown.log" --quiet
	says 3 "insmod intmgr_target.ko" sweep --target kernel --out "$shown.tsv"
	says 3 "make uml builds one" sweep --out "$shown.tsv"
	unset INTMGR_UML
	[ ! -e "$shown.log" ] && [ ! -e "$shown.tsv" ]
	report $? "no file is made where nothing runs"
	"$intmgr" status > "$shown" 2> "$said"
	[ $? = 3 ] && grep -q 'intmgr missing.*intmgr_node missing' "$shown"
	report $? "status without modules: exit 3"
fi

# help names every option that the verb takes
for option in interval count size ring mtu target restart driver attach function queues schedule seed \
	deterministic cost console module probe late cpu target-cpu against closed-loop warmup no-floor expect log json \
	quiet help; do
	shows "--$option " run --help
done
for option in deterministic cost console module interval points step size count ring mtu driver attach function \
	queues out plot expect; do
	shows "--$option " sweep --help
done
for option in interval seeds seed jobs count size ring mtu cost driver module queues probe \
	expect json quiet help; do
	shows "--$option " explore --help
done
shows "Usage: intmgr replay LOG" replay --help
for option in cores memory pool kernel driver attach append add wait help; do
	shows "--$option " target start --help
done
for option in driver attach sink pool no-load help; do
	shows "--$option" function add --help
done
for sub in add remove list sink; do
	shows "intmgr function $sub" function --help
	shows "Usage: intmgr function $sub" function $sub --help
done
shows "--json" function list --help
for sub in start stop restart list console exec; do
	shows "intmgr target $sub" target --help
	shows "Usage: intmgr target $sub" target $sub --help
done
shows "--follow" target console --help
shows "--timeout T" target exec --help
shows "--json" status --help
shows "Usage: intmgr [run]" --help
shows "intmgr 0." --version

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
