// SPDX-License-Identifier: GPL-2.0-only
/*
 * usage: cable plug|pull
 * Plugs or pulls the virtual NIC's cable (INTMGR_IOC_LINK).
 */
#include <err.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "intmgr.h"
#include "window.h"

static void attach(int device)
{
	int target = open(INTMGR_TARGET_DEVICE, O_RDWR | O_CLOEXEC);
	struct intmgr_attach attach = { .size = sizeof(attach) };
	struct intmgr_window *window;

	window = mmap(NULL, 4096, PROT_READ, MAP_SHARED, target, 0);
	if (window == MAP_FAILED)
		err(1, "%s", INTMGR_TARGET_DEVICE);
	attach.length = window->size;
	attach.addr = (unsigned long)mmap(NULL, attach.length,
					  PROT_READ | PROT_WRITE, MAP_SHARED,
					  target, 0);
	if (ioctl(device, INTMGR_IOC_ATTACH, &attach))
		err(1, "attach");
}

int main(int argc, char **argv)
{
	struct intmgr_link link = { .size = sizeof(link) };
	int device = open(INTMGR_DEVICE, O_RDWR | O_CLOEXEC);

	if (argc != 2 || (strcmp(argv[1], "plug") && strcmp(argv[1], "pull")))
		errx(2, "usage: cable plug|pull");
	attach(device);
	link.up = !strcmp(argv[1], "plug");
	if (ioctl(device, INTMGR_IOC_LINK, &link))
		err(1, "link");
	return 0;
}
