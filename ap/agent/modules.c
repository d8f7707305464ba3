// SPDX-License-Identifier: GPL-2.0-only
#include "modules.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/module.h>

#include "../say.h"

#define LINE	512	/* bytes, of a list */

/* Kernels that ship compressed modules can read them. */
static int flags_for(const char *path)
{
	size_t len = strlen(path);

	return len >= 3 && !strcmp(path + len - 3, ".ko") ?
		       0 : MODULE_INIT_COMPRESSED_FILE;
}

static int insert(const char *path, const char *parameters)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), err = 0;

	if (fd < 0)
		return say_cannot("cannot open the module %s: %s", path,
				  strerror(errno));
	if (syscall(SYS_finit_module, fd, parameters, flags_for(path)) &&
	    errno != EEXIST)
		err = errno;
	close(fd);
	if (err)
		return say_cannot("cannot load the module %s: %s (see intmgr target console)",
				  path, strerror(err));
	return EXIT_DONE;
}

/* One line of a list; *@line is changed. */
static int load_line(char *line, const char *more)
{
	char both[2 * LINE];
	char *parameters;

	line[strcspn(line, "\n")] = '\0';
	parameters = line + strcspn(line, " ");
	if (*parameters)
		*parameters++ = '\0';
	snprintf(both, sizeof(both), "%s%s%s", parameters, *more ? " " : "",
		 more);
	return insert(line, both);
}

/* The next line that is not empty. */
static bool next_line(FILE *f, char line[LINE])
{
	while (fgets(line, LINE, f))
		if (line[0] != '\n')
			return true;
	return false;
}

int modules_load(const char *list, const char *parameters)
{
	char path[128], line[LINE], next[LINE];
	int code = EXIT_DONE;
	bool more;
	FILE *f;

	snprintf(path, sizeof(path), MODULES_FOLDER "/%s", list);
	f = strchr(list, '/') ? NULL : fopen(path, "re");
	if (!f)
		return say_cannot("there is no driver '%s' in this node: start it with --driver %s",
				  list, list);
	more = next_line(f, next);
	while (more && !code) {
		memcpy(line, next, LINE);
		more = next_line(f, next);
		code = load_line(line, more ? "" : parameters);
	}
	fclose(f);
	return code;
}
