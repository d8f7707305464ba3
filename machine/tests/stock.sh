# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# The rig with the distribution's drivers on functions without hardware. Sourced
# after lib.sh and rig.sh.

# stock_use DRIVER [ATTACH]: what it is called, and what it can do; runs are for it
# shellcheck disable=SC2034 # the tests use them
stock_use()
{
	driver=$1
	pci_driver=$1
	rig_ring=4096
	intel=1
	case $1 in
	e1000e)	mtus='4000 9000' ;;
	e1000)	mtus='4000 9000 16000' ;;
	igb)	mtus='4000 9000' ;;
	virtio_net)
		mtus='4000 9000 16000'
		pci_driver=virtio-pci
		rig_ring=1024
		intel=
		;;
	esac
	attach=${2:-stock}
	rig_words="--driver $driver --attach $attach"
}

# The shell would rather take its own, which knows no namespaces.
ip()
{
	/bin/ip "$@"
}

stock_unload()	# MODULE...: those that are there
{
	for module; do
		[ ! -d "/sys/module/$module" ] || rmmod "$module" || return 1
	done
}

# Whatever was before: two modules, no function, no driver.
stock_fresh()
{
	stock_unload intmgr_poke intmgr_nonsense
	[ ! -e /dev/intmgr_target ] || intmgr function remove all
	stock_unload e1000e e1000 igb virtio_net intmgr intmgr_target
	modprobe intmgr_target
	modprobe intmgr
}

# stock_add OPTION...: one more function, with the driver bound
stock_add()
{
	intmgr function add --driver "$driver" --attach "$attach" "$@"
}

# The distribution's module, though another of its name may go first.
stock_load()
{
	insmod "$(find "/lib/modules/$(uname -r)/kernel" -name "$driver.ko")"
}

# Slow enough for a busy host: every frame is delivered.
stock_whole_run()	# OPTION...
{
	rig_run --interval 200us --count 500 --warmup 0 "$@" &&
		rig_is delivered 500 received 500 && rig_sums
}

# stock_up ID ADDRESS: its interface gets the address, and has a carrier
stock_up()
{
	stock_nic=$(rig_interface "$1")
	ip addr replace "$2" dev "$stock_nic" &&
		ip link set "$stock_nic" up && rig_carrier "$stock_nic" 1
}

stock_pings()	# COUNT ADDRESS OPTION...
{
	ping_count=$1
	ping_address=$2
	shift 2
	ping -A -q -c "$ping_count" -w 10 "$@" "$ping_address"
}

# stock_fault KIND REGISTER=VALUE: it is told
stock_fault()
{
	faults_told=$(intmgr function list | grep "^driver faults")
	echo "$faults_told"
	echo "$faults_told" | grep -q "^driver faults: $1: $2, [0-9]* time"
}
