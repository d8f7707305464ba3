# SPDX-License-Identifier: GPL-2.0-only
# What grew from one step to the next, from the notes of a pair's two ends: the
# end is the last letter of the file's name. With TCP, how much is a matter of
# time; that one end receives what the other sends, without errors, is not.

function fact(name, grew)
{
	if (topic[i] !~ /^tcp/ || name ~ /error|drop|fail|missed/)
		print topic[i], name, grew
	else
		tcp[name] += grew
}

function arrived(from, to, what)
{
	print "tcp", from ".tx_" what " - " to ".rx_" what,
		tcp[from ".tx_" what] - tcp[to ".rx_" what]
}

BEGIN { OFS = "\t" }
FNR == 1 { end = substr(FILENAME, length(FILENAME)); step = 0 }
/^= / { topic[++step] = substr($0, 3); next }
/:[0-9]+$/ || /: [0-9]+$/ {
	value = $0
	sub(/.*:/, "", value)
	name = (/^ / ? "driver." : "") $0
	sub(/: *[0-9]*$/, "", name)
	sub(/.*\//, "", name)
	gsub(/ /, "", name)
	# which queue a flow is sent on depends on the CPU
	sub(/tx_queue_[0-9]+/, "tx_queue_N", name)
	name = end "." name
	names[name]
	count[step, name] += value
}
END {
	for (i = 2; i <= step; i++)
		for (name in names)
			if (count[i, name] != count[i - 1, name])
				fact(name, count[i, name] - count[i - 1, name])
	arrived("a", "b", "packets")
	arrived("b", "a", "packets")
	arrived("a", "b", "bytes")
	arrived("b", "a", "bytes")
}
