// SPDX-License-Identifier: GPL-2.0-only
#include "device_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "say.h"

int device_file_open(const char *path, const char *what_to_do, int *fd)
{
	*fd = open(path, O_RDWR | O_CLOEXEC);
	if (*fd >= 0)
		return EXIT_DONE;
	if (errno == ENOENT || errno == ENODEV || errno == ENXIO)
		return say_cannot("%s is not there: %s", path, what_to_do);
	if (errno == EPERM || errno == EACCES)
		return say_cannot("no permission for %s: run intmgr as root",
				  path);
	if (errno == EBUSY)
		return say_cannot("%s is in use: end the other intmgr first",
				  path);
	return say_cannot("cannot open %s: %s", path, strerror(errno));
}
