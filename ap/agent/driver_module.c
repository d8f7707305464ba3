// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver's modules where the agent has them: in its lists, which name those
 * that the attachment needs.
 */
#include "../driver_module.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../say.h"
#include "leaks.h"
#include "modules.h"

int driver_module_check(const struct driver *driver, u32 attachment)
{
	return EXIT_DONE;
}

int driver_module_load(const struct driver *driver, u32 attachment,
		       bool *loaded)
{
	int code = modules_load(driver->name, "");

	*loaded = !code;
	return code;
}

/* Leaks are looked for while the names in their traces are still known. */
void driver_module_unload(const struct driver *driver)
{
	leaks_look();
	if (syscall(SYS_delete_module, driver->name, O_NONBLOCK))
		say_note("cannot unload the module %s: %m", driver->name);
}
