#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# usage: 60-nonsense.sh DRIVER
# for: e1000e e1000 igb virtio_net
# A driver that does what none should: register accesses of all kinds and by
# instructions that nobody knows, rings and descriptors that point anywhere. Each
# is told once, nothing outside its buffers is written, and a reset heals.
#
#	intmgr_nonsense.ko ──mov, movs, or, movq──▶ trap ─▶ model ─▶ faults
#	intmgr_poke.ko ──────rings───────────────▶            │
#	pool ────────────────descriptors─────────▶ window ────┘ ✗ guards
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../stock.sh"

stock_use "$1"
stock_fresh
# what of the BAR only stores, and what a card reads that is dead: virtio's
# driver would wait for ever for the end of its reset
plain=0x5200 dead=0xffffffff
[ "$intel" ] || plain=0x20 dead=0

load_nonsense()
{
	bdf=$(rig_function 1 function)
	stock_unload intmgr_nonsense
	modprobe intmgr_nonsense bdf="$bdf" plain=$plain gone=$dead
}

nonsense()	# WHAT
{
	echo "$1" > /sys/module/intmgr_nonsense/parameters/now ||
		{ dmesg | grep intmgr_nonsense: | tail; return 1; }
}

removed()	# then, all registers read ~0
{
	intmgr function remove 1 || return 1
	echo 0xffffffff > /sys/module/intmgr_nonsense/parameters/gone
	nonsense gone
}

parameter()	# NAME
{
	cat "/sys/module/intmgr_nonsense/parameters/$1"
}

told()		# how often the log says that an instruction is not known
{
	dmesg | grep -c 'intmgr: function 1 .* is not known'
}

RDLEN=0x2808 RDBAH=0x2804 RDT=0x2818 CTRL=0 RCTL=0x100
TDBAL=0x3800 TDBAH=0x3804 TDLEN=0x3808 TDT=0x3818 TXDCTL=0x3828 TCTL=0x400
if [ "$driver" = igb ]; then
	RDLEN=0xc008 RDBAH=0xc004 RDT=0xc018
	TDBAL=0xe000 TDBAH=0xe004 TDLEN=0xe008 TDT=0xe018 TXDCTL=0xe028
fi

# ---- no driver is bound ----

# With one, it would complain of what is not sent.
bad_transmit()
{
	rig_poke $TDBAL 0xdead0000
	rig_poke $TDBAH 0x1234
	rig_poke $TDLEN 0x1000
	rig_poke $TXDCTL 0x02000000
	rig_poke $TCTL 2
	rig_poke $TDT 5
	stock_fault ring 'TDBAL=0x1234dead0000'
}

if [ "$intel" ]; then
	t "$driver: a function that nobody drives" stock_add --no-load
	modprobe intmgr_poke bdf="$(rig_function 1 function)"
	t "$driver: TX ring outside memory: not followed, and told" bad_transmit
	rmmod intmgr_poke
	load_nonsense
	for what in widths strings whole forms pages many hammer; do
		t "$driver: unbound: $what" nonsense $what
	done
	t_grep '^driver faults: access: ' "$driver: accesses are told" \
		intmgr status
	t "$driver: ... each register once" [ -z "$(intmgr function list |
		sed -n 's/^driver faults: \(.*\)=.*/\1/p' | sort | uniq -d)" ]
	rmmod intmgr_nonsense
	t "$driver: is removed" intmgr function remove 1
fi

# A function with its driver, its interface up.
begin()
{
	t "$driver: a function" stock_add --sink answer
	t "$driver: ... with a carrier" stock_up 1 10.1.0.1/24
	nic=$stock_nic
	# in the queue that is looked at below
	t "$driver: ... takes every frame" stock_whole_run --queues 1
	load_nonsense
}

# ---- behind the driver's back ----

begin
if [ "$intel" ]; then
	for what in strings forms hammer; do
		t "$driver: bound: $what" nonsense $what
	done
	rig_down_up "$nic"
	t "$driver: the next run takes every frame" stock_whole_run
fi

counted()	# by the driver
{
	ethtool -S "$nic" | awk '$1 == "rx_packets:" { print $2 }'
}

# Frames come while two CPUs and the driver read the counter: none is counted twice.
each_counted()
{
	echo 1000 > /sys/module/intmgr_nonsense/parameters/hammer_ms
	from=$(counted)
	given=$(rig_function 1 returned)
	ping -A -q -c 200 -w 5 10.1.0.2 > "$rig/ping" &
	nonsense hammer || return 1
	wait $!
	given=$(($(rig_function 1 returned) - given))
	both=$(($(counted) - from + $(parameter sum)))
	echo "$given frames, $both counted, $(parameter sum) by others"
	[ $given -gt 100 ] && [ $given = $both ] && [ "$(parameter sum)" -gt 0 ]
}
[ ! "$intel" ] ||
	t "$driver: a counter that three read is exact" each_counted

# There is room for so many faults, and that was more.
stock_unload intmgr_nonsense
t "$driver: is removed" intmgr function remove 1
begin

# ---- rings ----

# Either the run is refused, or each of its shots is. RDT is what makes a NIC look.
refused()	# REGISTER VALUE
{
	was=$(rig_peek "$1")
	tail=$(rig_peek $RDT)
	rig_poke "$1" "$2"
	[ "$1" = $RDT ] || rig_poke $RDT "$tail"
	rig_run --count 100 --warmup 0
	code=$?
	rig_poke "$1" "$was"
	rig_poke $RDT "$tail"
	[ $code = 3 ] || { rig_sums && rig_is lost.bad_descriptor 100; }
}

safe()		# nobody wrote where nothing was declared
{
	[ "$(parameter guard_intact)" = 1 ] && pool 1 check
}

pool_guard=$(pool 1 guard)
if [ "$intel" ]; then
	modprobe intmgr_poke bdf="$bdf"
	t "$driver: ring base outside memory: not followed" refused $RDBAH 0
	t "... is told" stock_fault ring 'RDBAL=0x[0-9a-f]*'
	t "$driver: ring of no length: not followed" refused $RDLEN 0
	t "... is told" stock_fault ring 'RDLEN=0'
	t "$driver: huge ring: not followed" refused $RDLEN 0xfff80
	t "... that register was told already" stock_fault ring 'RDLEN=0'
	t "$driver: tail beyond the ring: not followed" refused $RDT 0xffff
	t "... is told" stock_fault tail 'RDT=0xffff'
	t "$driver: nothing else was written" safe
	rig_down_up "$nic"
	t "$driver: after a reset the next run takes every frame" stock_whole_run
fi

# ---- descriptors ----

pointed()	# ADDRESS
{
	pool 1 point "$1"
	rig_run --count 100 --warmup 0
	rig_sums && rig_is lost.bad_descriptor 100 && safe
}

heal()
{
	if [ "$intel" ]; then
		rig_down_up "$nic"
	else
		echo "$bdf" > /sys/bus/pci/drivers/virtio-pci/unbind
		echo "$bdf" > /sys/bus/pci/drivers/virtio-pci/bind
		stock_up 1 10.1.0.1/24
	fi
}

stock_up 1 10.1.0.1/24
for address in "$(parameter guard)" "$(parameter guard_virtual)" \
	"$pool_guard" 0 0xffffffffffffff00; do
	t "$driver: descriptors point at $address: not followed" \
		pointed "$address"
	heal
done
t "... is told once" [ "$(intmgr function list |
	grep -c '^driver faults: buffer: ')" = 1 ]
t "$driver: after a reset the next run takes every frame" stock_whole_run

# ---- what comes too early ----

early()		# the interface is down: its driver looks at nothing meanwhile
{
	ip link set "$nic" down
	rig_poke $CTRL $(($(rig_peek $CTRL) | 0x04000000))
	rig_poke $RCTL 2
	[ $(($(rig_peek $RCTL) & 2)) = 0 ] && stock_fault early 'RCTL=0x2'
}

if [ "$intel" ]; then
	t "$driver: RX enabled in a reset: is not, and told" early
	t "$driver: the next run takes every frame" stock_whole_run
	rmmod intmgr_poke
fi

# ---- instructions that are not known ----

is_dead()
{
	[ "$(rig_function 1 dead)" = true ]
}

unplugged()
{
	for _ in $(seq 50); do
		[ -e "/sys/bus/pci/devices/$bdf" ] || return 0
		usleep 100000
	done
	return 1
}

for what in sse cmpxchg; do
	before=$(told)
	t "$driver: $what: the kernel lives, registers are dead" nonsense $what
	t "$driver: $what: the log says it once" \
		[ "$(told)" = $((before + 1)) ]
	t "$driver: $what: the function is dead" is_dead
	t "$driver: $what: its driver is unplugged" unplugged
	unplugged || { t_end; exit 1; }		# all that follows would wait for it
	t "$driver: $what: again" nonsense gone
	t_fails 3 "$driver: $what: a run does not start" \
		rig_run --function 1 --count 10
	t_grep 'not known' "$driver: $what: ... and it is said" cat "$rig/said"
	t "$driver: $what: it is removed, its registers read ~0" removed
	rmmod intmgr_nonsense
	t "$driver: $what: another one" stock_add
	t "$driver: $what: ... takes every frame" stock_whole_run
	load_nonsense
done

# In traffic: the run ends, or loses what is left.
rig_during sh -c "echo sse > /sys/module/intmgr_nonsense/parameters/now"
t "$driver: in traffic: the sums agree" rig_sums
t "$driver: in traffic: its driver is unplugged" unplugged
t "$driver: removed under the one who uses it, registers read ~0" removed
rmmod intmgr_nonsense
t "$driver: unloads" rmmod "$driver"
t_end
