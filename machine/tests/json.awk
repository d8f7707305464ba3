# SPDX-License-Identifier: GPL-2.0-only
# Flatten the JSON object that intmgr prints: a line "path value" for each number, string or null.
{ text = text $0 }
END {
	depth = 0
	while (match(text, /"[^"]*"|[{}:,]|[^"{}:, \t]+/)) {
		token = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		if (token == "{") {
			path[++depth] = key
			is_value = 0
		} else if (token == "}")
			depth--
		else if (token == ":")
			is_value = 1
		else if (token != ",") {
			gsub(/"/, "", token)
			if (!is_value) {
				key = token
			} else {
				name = ""
				for (i = 2; i <= depth; i++)
					name = name path[i] "."
				print name key, token
				is_value = 0
			}
		}
	}
}
