// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_file.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "file.h"
#include "injector/port.h"
#include "say.h"

/* The setup header of a bzImage (Documentation/arch/x86/boot.rst). */
#define SETUP_MAGIC	0x202	/* "HdrS" */
#define SETUP_VERSION	0x20e	/* u16: 0x200 less than where the version's text is */

#define BANNER		"Linux version "

/* Take the word at the front of text[len], if it can be a release. */
static bool take_release(const char *text, size_t len, char release[65])
{
	size_t i;

	for (i = 0; i < len && i < 64 && (isalnum((unsigned char)text[i]) ||
					  strchr("._+-~", text[i] ? text[i] : ' '));
	     i++)
		release[i] = text[i];
	release[i] = '\0';
	return isdigit((unsigned char)release[0]) && i < len && text[i] == ' ';
}

static bool release_of_bzimage(const char *data, size_t len, char release[65])
{
	size_t at;

	if (len < SETUP_VERSION + 2 || memcmp(data + SETUP_MAGIC, "HdrS", 4))
		return false;
	at = 0x200 + ((u8)data[SETUP_VERSION] |
		      (size_t)(u8)data[SETUP_VERSION + 1] << 8);
	return at < len && take_release(data + at, len - at, release);
}

/* An uncompressed kernel greets with its release; formats of it stand there, too. */
static bool release_of_elf(const char *data, size_t len, char release[65])
{
	const char *end = data + len, *at = data;

	if (len < 4 || memcmp(data, "\177ELF", 4))
		return false;
	while ((at = memmem(at, end - at, BANNER, strlen(BANNER)))) {
		at += strlen(BANNER);
		if (take_release(at, end - at, release))
			return true;
	}
	return false;
}

bool kernel_file_release(const char *data, size_t len, char release[65])
{
	return release_of_bzimage(data, len, release) ||
	       release_of_elf(data, len, release);
}

static void cache_path(const char *release, char *path, size_t size)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (cache && cache[0] == '/')
		snprintf(path, size, "%s/intmgr/vmlinux-%s", cache, release);
	else
		snprintf(path, size, "%s/.cache/intmgr/vmlinux-%s",
			 home && strcmp(home, "/") ? home : "", release);
}

/* Uncompressed first: it starts in half the time. */
static int find_installed(const char *release, char path[256])
{
	char cached[256];

	snprintf(path, 256, "/boot/vmlinux-%s", release);
	if (!access(path, F_OK))
		return EXIT_DONE;
	cache_path(release, cached, sizeof(cached));
	strcpy(path, cached);
	if (!access(path, F_OK))
		return EXIT_DONE;
	snprintf(path, 256, "/boot/vmlinuz-%s", release);
	if (!access(path, F_OK))
		return EXIT_DONE;
	return say_cannot("no kernel is found as /boot/vmlinux-%s, %s or %s: name one by --kernel",
			  release, cached, path);
}

static int set_path(struct kernel_file *kernel, const char *path,
		    const char *running)
{
	if (!*path)
		return find_installed(running, kernel->path);
	if (strlen(path) >= sizeof(kernel->path))
		return say_cannot("--kernel: the file's name is longer than %zu bytes",
				  sizeof(kernel->path) - 1);
	strcpy(kernel->path, path);
	return EXIT_DONE;
}

int kernel_file_read(struct kernel_file *kernel, const char *path)
{
	struct utsname running;
	int code, err;

	*kernel = (struct kernel_file){ 0 };
	uname(&running);
	code = set_path(kernel, path, running.release);
	if (code)
		return code;
	err = file_map(kernel->path, &kernel->data, &kernel->len);
	if (err)
		return say_cannot("cannot read the kernel %s: %s", kernel->path,
				  err == -EINVAL ? "it is no file" :
						   strerror(-err));
	if (!kernel_file_release(kernel->data, kernel->len, kernel->release))
		snprintf(kernel->release, sizeof(kernel->release), "%s",
			 running.release);
	return EXIT_DONE;
}

void kernel_file_free(struct kernel_file *kernel)
{
	file_unmap(kernel->data, kernel->len);
	kernel->data = NULL;
}
