// SPDX-License-Identifier: GPL-2.0-only
#include "uml_home.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "say.h"

#define ROOM	(PATH_MAX - 128)

/* The folder that this command's file stands in. */
static bool command_folder(char folder[ROOM])
{
	ssize_t len = readlink("/proc/self/exe", folder, ROOM - 1);
	char *slash;

	if (len < 0)
		return false;
	folder[len] = '\0';
	slash = strrchr(folder, '/');
	if (slash)
		*slash = '\0';
	return slash;
}

static bool has_kernel(struct uml_home *home, const char *folder)
{
	snprintf(home->linux_path, PATH_MAX, "%.*s/linux", ROOM,
		 folder);
	return !access(home->linux_path, X_OK);
}

static bool find_folder(struct uml_home *home, char folder[PATH_MAX])
{
	static const char *const beside[] = {
		"build/uml", "../lib/intmgr/uml",
	};
	const char *named = getenv("INTMGR_UML");
	char here[ROOM];
	size_t i;

	if (named) {
		snprintf(folder, PATH_MAX, "%s", named);
		return has_kernel(home, folder);
	}
	for (i = 0; i < 2 && command_folder(here); i++) {
		snprintf(folder, PATH_MAX, "%s/%s", here, beside[i]);
		if (has_kernel(home, folder))
			return true;
	}
	return false;
}

/* The only release whose modules are there. */
static bool find_release(struct uml_home *home, const char *folder)
{
	struct dirent *entry;
	bool found = false;
	char path[PATH_MAX];
	DIR *dir;

	snprintf(path, sizeof(path), "%.*s/lib/modules", ROOM, folder);
	dir = opendir(path);
	while (dir && !found && (entry = readdir(dir))) {
		found = entry->d_name[0] != '.' && strlen(entry->d_name) < 65;
		if (found)
			strcpy(home->release, entry->d_name);
	}
	if (dir)
		closedir(dir);
	if (found)
		snprintf(home->modules, PATH_MAX, "%.*s/lib/modules/%s", ROOM,
			 folder, home->release);
	return found;
}

int uml_home_find(struct uml_home *home)
{
	char folder[PATH_MAX];

	if (!find_folder(home, folder))
		return say_cannot("there is no User-Mode Linux kernel here: make uml builds one (or INTMGR_UML names the folder of one)");
	if (!find_release(home, folder))
		return say_cannot("%s has no modules: make uml builds them",
				  folder);
	return EXIT_DONE;
}
