#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The ABI of functions: what kmod/uapi/intmgr_target.h promises.
#
#	abi_target ──ioctl, mmap, read──▶ /dev/intmgr_target: functions 1 ... 8
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../stock.sh"

stock_fresh
before=$(cat /proc/iomem; ls /sys/bus/pci/devices)
t "the ABI of functions keeps its promises" abi_target
t "nothing is left of them" \
	[ "$(cat /proc/iomem; ls /sys/bus/pci/devices)" = "$before" ]
t "both modules unload" rmmod intmgr intmgr_target
t_end
