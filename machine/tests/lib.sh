# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Counting tests, for the guest's sh and the host's bash alike. A file of tests
# sources this, calls t, t_fails and t_grep, and ends with t_end.

t_passed=0
t_failed=0
t_output=$(mktemp)

# t_judge GOOD NAME COMMAND...: GOOD is 0 if what COMMAND did is as it should
t_judge()
{
	if [ "$1" = 0 ]; then
		t_passed=$((t_passed + 1))
		echo "ok: $2"
		return
	fi
	t_failed=$((t_failed + 1))
	echo "not ok: $2"
	shift 2
	echo "  + $*"
	echo "  exit code $t_code"
	tail -n 30 "$t_output" | sed 's/^/  | /'
}

t_run()
{
	t_code=0
	"$@" > "$t_output" 2>&1 || t_code=$?
}

# t NAME COMMAND...: the command succeeds
t()
{
	t_name=$1
	shift
	t_run "$@"
	t_judge "$t_code" "$t_name" "$@"
}

# t_fails CODE NAME COMMAND...: the command ends with this exit code
t_fails()
{
	t_want=$1
	t_name=$2
	shift 2
	t_run "$@"
	[ "$t_code" -eq "$t_want" ]
	t_judge $? "$t_name" "$@"
}

# t_grep PATTERN NAME COMMAND...: the output has the pattern, whatever the code
t_grep()
{
	t_want=$1
	t_name=$2
	shift 2
	t_run "$@"
	grep -q -E -e "$t_want" "$t_output"
	t_judge $? "$t_name" "$@"
}

# t_output_has PATTERN NAME: so has that of the command before this one
t_output_has()
{
	grep -q -E -e "$1" "$t_output"
	t_judge $? "$2" grep -E -e "$1"
}

# The file's last command: the sum, and exit 1 if anything failed.
t_end()
{
	rm -f "$t_output"
	echo "$t_passed passed, $t_failed failed"
	[ "$t_failed" -eq 0 ]
}
