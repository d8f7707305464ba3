// SPDX-License-Identifier: GPL-2.0-only
/*
 * usage: cable plug|pull [FUNCTION]
 * Plugs or pulls the virtual NIC's cable (INTMGR_IOC_LINK); of function 1, where
 * none is named.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "function.h"

static void attach(int device, uint32_t id)
{
	int target = function_open(id, O_RDWR);
	struct intmgr_window *window;

	if (target < 0)
		err(1, "%s", INTMGR_TARGET_DEVICE);
	window = function_map(target);
	if (!window)
		err(1, "window");
	if (function_attach(device, window))
		err(1, "attach");
}

int main(int argc, char **argv)
{
	struct intmgr_link link = { .size = sizeof(link) };
	int device = open(INTMGR_DEVICE, O_RDWR | O_CLOEXEC);

	if (argc < 2 || argc > 3 ||
	    (strcmp(argv[1], "plug") && strcmp(argv[1], "pull")))
		errx(2, "usage: cable plug|pull [FUNCTION]");
	attach(device, argc > 2 ? strtoul(argv[2], NULL, 0) : 1);
	link.up = !strcmp(argv[1], "plug");
	if (ioctl(device, INTMGR_IOC_LINK, &link))
		err(1, "link");
	return 0;
}
