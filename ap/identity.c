// SPDX-License-Identifier: GPL-2.0-only
#include "identity.h"

#include <string.h>

#include "file.h"

#define FNV_BASIS	0xcbf29ce484222325ULL
#define FNV_PRIME	0x100000001b3ULL

u64 identity_add(u64 identity, const void *data, size_t len)
{
	u64 hash = identity ^ FNV_BASIS, word;
	const u8 *at = data;

	for (; len >= sizeof(word); at += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		hash = (hash ^ word) * FNV_PRIME;
	}
	while (len--)
		hash = (hash ^ *at++) * FNV_PRIME;
	return hash;
}

int identity_add_file(u64 *identity, const char *path)
{
	size_t len;
	char *data;
	int err = file_map(path, &data, &len);

	if (err)
		return err;
	*identity = identity_add(*identity, data, len);
	file_unmap(data, len);
	return 0;
}
