#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A machine that was not made ready for OS nodes: what is missing is said in the
# words to add to its command line.
#
#	no memmap= ──▶ intmgr target start ──▶ "add memmap=512M$0x20000000 ..."
. "$(dirname "$0")/../lib.sh"

modprobe intmgr_node
modprobe intmgr
online=/sys/devices/system/cpu/cpu1/online
echo 0 > $online
t_fails 3 "no memory reserved: a node does not start" intmgr target start
# shellcheck disable=SC2016 # a dollar it is
t_output_has 'memmap=[0-9]+M\$0x[0-9a-f]+ memmap=[0-9]+K\$0x[0-9a-f]+' \
	"... the words to add are said"
t "list has nothing to say" intmgr target list
echo 1 > $online
t "unloaded" rmmod intmgr intmgr_node
t_end
