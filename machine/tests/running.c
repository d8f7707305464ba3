// SPDX-License-Identifier: GPL-2.0-only
/*
 * usage: running
 * Waits until a run goes on, for ten seconds at most.
 */
#include <err.h>

#include "function.h"

int main(void)
{
	struct intmgr_query query = { .size = sizeof(query) };
	int device = open(INTMGR_DEVICE, O_RDWR | O_CLOEXEC), i;

	for (i = 0; i < 10000; i++) {
		if (ioctl(device, INTMGR_IOC_QUERY, &query))
			err(1, "query");
		if (query.running)
			return 0;
		usleep(1000);
	}
	errx(1, "no run");
}
