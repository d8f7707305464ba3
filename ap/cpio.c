// SPDX-License-Identifier: GPL-2.0-only
#include "cpio.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define HEADER		110	/* bytes: the magic and 13 fields of 8 hex digits */
#define TRAILER		"TRAILER!!!"

struct entry {
	const char *path;
	u32 mode;
	u32 links;
	const void *data;
	size_t len;
	u32 major, minor;	/* of the device that it is */
};

static bool make_room(struct cpio *archive, size_t len)
{
	size_t room = archive->room ? archive->room : 65536;
	char *data;

	if (archive->failed)
		return false;
	while (room - archive->len < len)
		room *= 2;
	if (room == archive->room)
		return true;
	data = realloc(archive->data, room);
	if (!data) {
		archive->failed = true;
		return false;
	}
	archive->data = data;
	archive->room = room;
	return true;
}

/* Put @len bytes, and zeros up to a multiple of 4. */
static void put(struct cpio *archive, const void *data, size_t len)
{
	size_t end = archive->len + len;

	if (len)
		memcpy(archive->data + archive->len, data, len);
	archive->len = (end + 3) & ~(size_t)3;
	memset(archive->data + end, 0, archive->len - end);
}

static void add(struct cpio *archive, const struct entry *e)
{
	const char *name = e->path[0] == '/' ? e->path + 1 : e->path;
	size_t size = strlen(name) + 1;
	char head[HEADER + 1];

	/* The size is a field of 32 bits. */
	if (e->len > UINT32_MAX) {
		archive->failed = true;
		return;
	}
	if (!make_room(archive, HEADER + size + e->len + 8))
		return;
	/* ino mode uid gid nlink mtime filesize dev rdev namesize check */
	snprintf(head, sizeof(head),
		 "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x",
		 archive->inodes++, e->mode, 0, 0, e->links, 0, (u32)e->len, 0,
		 0, e->major, e->minor, (u32)size, 0);
	/* Header and name are padded as one. */
	memcpy(archive->data + archive->len, head, HEADER);
	archive->len += HEADER;
	put(archive, name, size);
	put(archive, e->data, e->len);
}

void cpio_dir(struct cpio *archive, const char *path)
{
	const struct entry dir = {
		.path = path,
		.mode = S_IFDIR | 0755,
		.links = 2,
	};

	add(archive, &dir);
}

void cpio_file(struct cpio *archive, const char *path, u32 mode,
	       const void *data, size_t len)
{
	const struct entry file = {
		.path = path,
		.mode = S_IFREG | (mode & 07777),
		.links = 1,
		.data = data,
		.len = len,
	};

	add(archive, &file);
}

void cpio_char_device(struct cpio *archive, const char *path, u32 mode,
		      u32 major, u32 minor)
{
	const struct entry device = {
		.path = path,
		.mode = S_IFCHR | (mode & 07777),
		.links = 1,
		.major = major,
		.minor = minor,
	};

	add(archive, &device);
}

int cpio_end(struct cpio *archive)
{
	const struct entry trailer = { .path = TRAILER, .links = 1 };

	archive->inodes = 0;
	add(archive, &trailer);
	return archive->failed ? -ENOMEM : 0;
}

void cpio_free(struct cpio *archive)
{
	free(archive->data);
	*archive = (struct cpio){ 0 };
}
