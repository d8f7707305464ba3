#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The guest is what the other tests think it is.
#
#	guest: 2 CPUs, clock: tsc, no NIC on the machine's own PCI bus (domain 0)
. "$(dirname "$0")/../lib.sh"

nics()
{
	grep -l '^0x02' /sys/bus/pci/devices/0000:*/class
}

apic()
{
	! grep -q intel_iommu=on /proc/cmdline ||
		dmesg | grep -q 'Switched APIC routing to .*x2apic'
}

t_grep '^2$' "two CPUs are online" nproc
t_grep '^tsc$' "the clock is the TSC" \
	cat /sys/devices/system/clocksource/clocksource0/current_clocksource
t_fails 1 "the machine has no NIC of its own" nics
t "x2APIC is in use where asked for" apic
t_end
