// SPDX-License-Identifier: GPL-2.0-only
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* As many of @len bytes as there are. */
static ssize_t read_all(int fd, char *data, size_t len)
{
	size_t have = 0;
	ssize_t n;

	while (have < len) {
		n = read(fd, data + have, len - have);
		if (n < 0)
			return -errno;
		if (!n)
			break;
		have += n;
	}
	return have;
}

static int read_open(int fd, char **data, size_t *len)
{
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st))
		return -errno;
	if (S_ISDIR(st.st_mode))
		return -EISDIR;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	*data = malloc(st.st_size + 1);
	if (!*data)
		return -ENOMEM;
	n = read_all(fd, *data, st.st_size);
	if (n < 0) {
		free(*data);
		*data = NULL;
		return n;
	}
	(*data)[n] = '\0';
	*len = n;
	return 0;
}

int file_read(const char *path, char **data, size_t *len)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), err;

	*data = NULL;
	*len = 0;
	if (fd < 0)
		return -errno;
	err = read_open(fd, data, len);
	close(fd);
	return err;
}

int file_read_text(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	text[0] = '\0';
	if (fd < 0)
		return -errno;
	n = read_all(fd, text, size - 1);
	close(fd);
	if (n < 0)
		return n;
	if (n && text[n - 1] == '\n')
		n--;
	text[n] = '\0';
	return 0;
}
