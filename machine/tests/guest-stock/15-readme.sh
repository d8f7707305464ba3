#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# usage: 15-readme.sh DRIVER
# for: e1000e e1000 virtio_net igb
# The driver's row in the README's table, cell by cell, on this kernel; what it
# says of MTUs, rings, resets and of traffic between two functions is in the files
# that test those.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../rig.sh"
. "$(dirname "$0")/../stock.sh"

stock_use "$1"
stock_fresh

# ---- attachments ----

# A cell is a dash, or kernels; a dash is a usage error, another kernel a refusal.
attached()	# ATTACH
{
	case $(rig_readme "$1" "$driver") in
	'') return 1 ;;
	-) want=2 ;;
	*) want=3; ! rig_readme_kernel "$1" "$driver" || want=0 ;;
	esac
	rig_words="--driver $driver --attach $1"
	code=0
	# shellcheck disable=SC2119 # no options are meant
	stock_whole_run || code=$?
	echo "exit code $code instead of $want"
	[ $code = $want ]
}

for one in stock patched poll; do
	t "$driver: README: --attach $one" attached $one
done
stock_use "$1"

# ---- what it is ----

t "$driver: a function to stay" stock_add
bdf=$(rig_function 1 function)

is_the_part()
{
	case $(rig_readme NIC "$driver") in
	"virtio 1.x")	# feature 32, VIRTIO_F_VERSION_1
		grep -E '^.{32}1' "/sys/bus/pci/devices/$bdf"/virtio*/features ;;
	*", INTx")
		[ "$(rig_function 1 model | tr l L)" = 82545gm ] &&
			[ ! -e "/sys/bus/pci/devices/$bdf/msi_irqs" ] ;;
	*)
		[ "$(rig_function 1 model | tr l L)" = \
			"$(rig_readme NIC "$driver")" ] ;;
	esac
}
t "$driver: README: the NIC" is_the_part

kb=$(rig_readme "frames up to" "$driver" | sed 's/ KB.*//')
t "$driver: README: frames of $kb KB" stock_whole_run --size "${kb}000"
t_fails 2 "$driver: ... and none of $((kb + 1)) KB" \
	rig_run --size $((kb + 1))000 --count 10

queues=$(rig_readme queues "$driver")
rig_ring=1024
t "$driver: README: $queues queues" stock_whole_run --queues "$queues"
t_fails 2 "$driver: ... and no more" \
	rig_run --queues $((queues + 1)) --count 10
t "$driver: unloads" stock_fresh
t_end
