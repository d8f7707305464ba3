# SPDX-License-Identifier: GPL-2.0-only
# usage (on the host): compare.awk -v driver=D [-v topic=T] TABLES QEMU OURS
# Facts of QEMU's NIC against ours, those of one topic, if it is named. Prints
# those that differ and that no row of TABLES says of this driver; without a
# topic, the rows as well that say what is not so.
#
#	| drivers | `topic: name` | QEMU's value | ours | why |
#
# In names, * is any text. As a value, - is that there is no such fact, <0 and >0
# are signs, and * is that it may be any, the same as ours, too.

function pattern(glob)
{
	gsub(/[].+?^$(){}|[\\]/, "\\\\&", glob)
	gsub(/[*]/, ".*", glob)
	return "^" glob "$"
}

function cell(text)
{
	gsub(/^ *`?|`? *$/, "", text)
	return text
}

function fits(want, value)
{
	if (want == "<0")
		return value < 0
	if (want == ">0")
		return value > 0
	return value ~ pattern(want)
}

function value_of(facts, key)
{
	return key in facts ? facts[key] : "-"
}

# Whether a row says so; each that does is there.
function said(key, q, o,	i, is)
{
	for (i = 1; i <= rows; i++)
		if (key ~ name[i] && fits(theirs[i], q) && fits(ours[i], o))
			is = there[i] = 1
	return is
}

function look(key, q, o)
{
	if (topic != "" && index(key, topic ": ") != 1)
		return
	if (q "" == o "" || said(key, q, o))
		return
	print key ": QEMU " q ", ours " o
	bad = 1
}

BEGIN { FS = "\t" }
FNR == 1 { file++ }
file == 1 && /^\| [^|]*\| `/ {
	split($0, column, "|")
	if (index(", " cell(column[2]) ", ", ", " driver ", ")) {
		row[++rows] = cell(column[3])
		name[rows] = pattern(row[rows])
		theirs[rows] = cell(column[4])
		ours[rows] = cell(column[5])
	}
}
file == 2 { qemu_fact[$1 ": " $2] = $3 }
file == 3 { our_fact[$1 ": " $2] = $3 }
END {
	for (key in qemu_fact)
		look(key, qemu_fact[key], value_of(our_fact, key))
	for (key in our_fact)
		if (!(key in qemu_fact))
			look(key, "-", our_fact[key])
	for (i = 1; i <= rows && topic == ""; i++)
		if (!there[i] && theirs[i] != "*") {
			print "not so: " row[i] ": " theirs[i] ", " ours[i]
			bad = 1
		}
	exit bad
}
