/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Values of --driver and --attach. EXIT_DONE, or EXIT_USAGE after saying what is
 * wrong.
 */
#ifndef AP_OPTION_DRIVER_H
#define AP_OPTION_DRIVER_H

#include "driver.h"

int option_driver(const char *name, const char *text,
		  const struct driver **driver);
int option_attachment(const char *name, const char *text, u32 *attachment);

/* Can @driver be attached as @attachment? */
int option_check_attachment(const struct driver *driver, u32 attachment);

#endif
