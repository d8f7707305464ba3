# SPDX-License-Identifier: GPL-2.0-only
# Flatten the JSON that intmgr prints: a line "path value" for each number, string or null. Arrays count from 0.
{ text = text $0 }

# Before a value: in an array, where the next one stands.
function place()
{
	if (array[depth])
		key = at[depth]++
}

function open(is_array)
{
	place()
	path[++depth] = key
	array[depth] = is_array
	at[depth] = 0
	is_value = is_array
}

function value(token,  i, name)
{
	place()
	name = ""
	for (i = 2; i <= depth; i++)
		name = name path[i] "."
	print name key, token
}

END {
	depth = 0
	while (match(text, /"([^"\\]|\\.)*"|[][{}:,]|[^][" {}:,\t]+/)) {
		token = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		if (token == "{" || token == "[") {
			open(token == "[")
		} else if (token == "}" || token == "]") {
			depth--
		} else if (token == ":") {
			is_value = 1
		} else if (token == ",") {
			is_value = array[depth]
		} else {
			gsub(/"/, "", token)
			if (is_value)
				value(token)
			else
				key = token
		}
	}
}
