# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What the host-side scripts share: where things are, and how to speak.

# shellcheck disable=SC2034 # used by those who source this
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/intmgr
KERNEL=${KERNEL:-6.1}
# The kernel that the series in patches/ is written for.
patched=6.1

# Does KERNEL want the QEMU from backports? 7.2 patches its clock whenever that
# changes, and under emulation that was seen to end in "Oops: int3", with the
# newer one less often; why is not known.
wants_newer_qemu()
{
	[ "${KERNEL%%.*}" -ge 7 ]
}

say()
{
	echo "${0##*/}: $*" >&2
}

die()
{
	say "$@"
	exit 1
}

# The name of this Debian release.
codename()
{
	sed -n 's/^VERSION_CODENAME=//p' /etc/os-release
}

# newest DIR [PATTERN]: the newest complete version kept below DIR, of those whose
# name matches, or nothing. What is fetched or built is staged under a name with
# a dot and renamed when complete.
newest()
{
	local found

	found=$(find "$1" -mindepth 1 -maxdepth 1 -type d ! -name '.*' \
		-name "${2-*}" -printf '%f\n' 2>/dev/null | sort -V | tail -n 1)
	[ -n "$found" ] && echo "$1/$found"
}

# The version of the patched kernel's source, and the tarball: the system's, or
# one that was fetched. Nothing when there is none.
source_tarball()
{
	local file=usr/src/linux-source-$patched.tar.xz home

	if [ -f "/$file" ]; then
		echo "$(dpkg-query -W -f '${Version}' "linux-source-$patched" \
			2>/dev/null || stat -c %Y "/$file")" "/$file"
		return
	fi
	for home in {linux,source}-"$patched"; do
		home=$(newest "$cache/$home") || continue
		[ -f "$home/root/$file" ] || continue
		echo "${home##*/}" "$home/root/$file"
		return
	done
}

# What a User-Mode Linux is made of besides the source, in a word: the folders
# below the cache's uml are named VERSION-WORD.
uml_word()	# [san]
{
	{
		gcc --version
		cat "$top"/patches/um/{*.patch,source,config} \
			${1:+"$top/patches/um/config.$1"} "$top/machine/uml"
	} | sha256sum | cut -c -12
}
