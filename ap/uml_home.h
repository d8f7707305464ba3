/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the User-Mode Linux kernel and its modules are:
 *
 *	$INTMGR_UML, or beside this command build/uml, or ../lib/intmgr/uml
 *		linux			the kernel, a program
 *		lib/modules/RELEASE	its modules, and ours
 */
#ifndef AP_UML_HOME_H
#define AP_UML_HOME_H

#include <limits.h>

struct uml_home {
	char linux_path[PATH_MAX];
	char modules[PATH_MAX];	/* the folder of the release */
	char release[65];
};

/* Says what is missing; EXIT_DONE or EXIT_CANNOT. */
int uml_home_find(struct uml_home *home);

#endif
