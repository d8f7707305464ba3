# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# What the tables have in common: the first lines, and runs of intmgr whose
# figures become rows. A script that sources this has set $runs.
: "${runs:?}"
work=$(mktemp -d)
flat=${flat:-/machine/tests/json.awk}

title()
{
	printf '# kernel %s, %s, %s\n' "$(uname -r)" \
		"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
		"$(intmgr --version)"
	printf '# command line: %s\n' "$(sed 's/machine_[^ ]*//g' /proc/cmdline)"
	printf '# %s runs a row\n' "$runs"
}

run()	# OPTION...: keep a run's figures, flattened
{
	intmgr --ring 4096 --json "$@" > "$work/json" || exit 1
	awk -f "$flat" "$work/json" > "$work/figures"
}

# figures NAME...: of the last run, on one line
figures()
{
	for name; do
		awk -v n="$name" '$1 == n { printf "%s ", $2 }' "$work/figures"
	done
	echo
}

repeat()	# COMMAND...: so often as there are runs
{
	for _ in $(seq "$runs"); do
		"$@"
	done
}

# row FIGURE SETTING BOUND EXPRESSION: a line of the table, from the lines of
# figures on standard input, EXPRESSION awk's for one of them
row()
{
	awk "{ print $4 }" | sort -g | awk -v OFS='\t' -v figure="$1" \
		-v setting="$2" -v bound="$3" '
		{ v[NR] = $1 }
		END { print figure, setting, v[int((NR + 1) / 2)], v[1], v[NR], bound }'
}

head_row()	# the names of row's columns
{
	printf 'figure\tsetting\tmedian\tmin\tmax\tbound\n'
}
