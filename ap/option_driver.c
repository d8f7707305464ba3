// SPDX-License-Identifier: GPL-2.0-only
#include "option_driver.h"

#include "option_value.h"
#include "say.h"

int option_driver(const char *name, const char *text,
		  const struct driver **driver)
{
	char list[128];

	*driver = driver_find(text);
	if (*driver)
		return EXIT_DONE;
	return say_usage("--%s: there is no '%s': choose one of %s", name, text,
			 driver_list(list));
}

int option_attachment(const char *name, const char *text, u32 *attachment)
{
	return option_one_of(name, text, driver_attachments,
			     INTMGR_ATTACHMENTS, attachment);
}

int option_check_attachment(const struct driver *driver, u32 attachment)
{
	char list[64];

	if (driver_takes(driver, attachment))
		return EXIT_DONE;
	return say_usage("--attach %s: %s cannot be attached like that: choose one of %s",
			 driver_attachment_name(attachment), driver->name,
			 driver_attachment_list(driver, list));
}
