#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Interrupts that must not fire, each beside one that must.
#
#	intmgr.ko ── cause ──▶ IMS? ── EIAC, IVAR ──▶ doorbell ──▶ e1000e's handler
#	                        ✗ masked     ✗ link down    ✗ zero
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"

rig_load
nic=$(rig_interface 1)
modprobe intmgr_poke
IMC=0xd8 IVAR=0xe4

rx_interrupts()	# as the kernel counts them
{
	awk -v name="$nic-rx-0" '$NF == name { sum = $2 + $3 }
		END { print sum + 0 }' /proc/interrupts
}

# The command rings nothing and no handler of the driver's is entered.
nothing_fires()
{
	before=$(rx_interrupts)
	"$@"
	[ "$(rx_interrupts)" = "$before" ] && rig_is interrupts.fired 0 &&
		rig_is interrupts.handled 0
}

fires()
{
	before=$(rx_interrupts)
	"$@"
	[ "$(rx_interrupts)" -gt "$before" ]
}

t "unmasked, link up: interrupts fire" fires rig_whole_run

rig_poke $IMC 0xffffffff
t "all causes masked: none fires" nothing_fires rig_run --count 100
t "... losses are masked" rig_is lost.masked 100
t "... the sums agree" rig_sums
rig_down_up "$nic"
t "reset: interrupts fire again" fires rig_whole_run

was=$(rig_peek $IVAR)
rig_poke $IVAR 0
t "no vector allocated in IVAR: none fires" nothing_fires rig_run --count 100
t "... losses are masked" rig_is lost.masked 100
rig_poke $IVAR "$was"
rig_down_up "$nic"
t "allocated: interrupts fire again" fires rig_whole_run

cable pull
rig_carrier "$nic" 0
t_fails 3 "link down: the run does not start" rig_run --count 100
cable plug
t "link up: interrupts fire again" fires rig_whole_run

# With the interface down its vector is freed: the doorbell is zero.
ip link set "$nic" down
before=$(rx_interrupts)
t_grep '^msix0 +- ' "interface down: status shows the doorbell empty" \
	intmgr status
t "interface up by the next run: interrupts fire" fires rig_whole_run
rmmod intmgr_poke
t_end
