# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # variables of each other
# Facts that need no traffic: what the system says of an interface.

# "Name: value" lines become facts. Names of a ring or of channels come twice, in
# groups; what is no such line goes on with the value before.
about_lines()	# TOPIC
{
	awk -v OFS='\t' -v topic="$1" '
	function flush() {
		if (value != "")
			print topic, group name, value
		value = ""
	}
	/ (for|of) [qo]a:$/ { next }
	/:$/ { flush(); group = $0 " "; next }
	{ gsub(/[ \t]+/, " "); sub(/^ /, ""); sub(/ $/, "") }
	/:$/ || /^$/ { flush(); next }
	/^[^:]*: / {
		flush()
		name = $0
		sub(/: .*/, "", name)
		value = $0
		sub(/^[^:]*: /, "", value)
		next
	}
	value != "" { value = value " " $0 }
	END { flush() }'
}

# Nothing, where the driver cannot say it. Which clock and which address it is
# depends on the order alone.
about_ethtool()	# END TOPIC [OPTION]
{
	in_ns "$1" ethtool ${3:+"$3"} "$1" | about_lines "$2" |
		sed '/\tbus-info\t/d; s/\(Hardware Clock\t\)[0-9]*$/\1yes/'
}

about_pci()	# END
{
	about_device=$(readlink -f "$ns_sysfs/$1/class/net/$1/device")
	for about_name in vendor device subsystem_vendor subsystem_device \
			revision class; do
		printf 'pci\t%s\t%s\n' $about_name \
			"$(cat "${about_device%/virtio*}/$about_name")"
	done
}

# 0x00000: CTRL (Device control register)  0x40000241
about_registers()	# PAIR
{
	[ ! "$intel" ] || in_ns "$1a" ethtool -d "$1a" | sed -n \
		's/^0x[0-9A-Fa-f]*: \([^ ]*\).* \(0x[0-9A-F]*\)$/register\t\1\t\2/p' \
		> "$counts/registers.$1"
}

about()		# PAIR
{
	{
		about_pci "$1a"
		about_ethtool "$1a" driver -i
		about_ethtool "$1a" feature -k
		about_ethtool "$1a" ring -g
		about_ethtool "$1a" channels -l
		about_ethtool "$1a" coalesce -c
		about_ethtool "$1a" pause -a
		about_ethtool "$1a" timestamp -T
		about_ethtool "$1a" link
	} > "$counts/about.$1"
}

# What the log says of a pair's interfaces, without what names one of them; not
# how often: drivers look at the link from time to time.
about_log()	# PATTERN
{
	dmesg | sed "1,/fidelity: $driver\$/d; s/^\[[^]]*\] //; /^pci/d; /^PCI/d" |
		grep -E "$1" | sed -E '
			s/[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-9]/BDF/g
			s/([0-9a-f]{2}:){5}[0-9a-f]{2}/MAC/g
			s/\b(eth[0-9]+|[qo][ab])\b/NIC/g
			s/\bvirtio[0-9]+\b/virtioN/g' |
		sort -u | sed 's/.*/log\t&\tsaid/'
}
