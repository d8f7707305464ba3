// SPDX-License-Identifier: GPL-2.0-only
/*
 * usage: pool FUNCTION guard|check|point ADDRESS
 * What a bad descriptor could do to memory that is not mapped for it: "guard"
 * fills the end of the window's pool, where nothing is mapped, with a pattern,
 * and prints its bus address; "check" says if the pattern is still whole.
 * "point" lets all RX descriptors of queue 0 name ADDRESS.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "function.h"
#include "injector/port.h"

#define GUARD_SIZE	(1 << 20)
#define DESCRIPTOR	16	/* bytes; the address stands first, in virtio's too */

static struct intmgr_window *window;

static u8 *guard(void)
{
	return (u8 *)window + window->pool.offset + window->pool.size - GUARD_SIZE;
}

static u8 pattern(int i)
{
	return i * 7 + (i >> 8);
}

static int put_guard(void)
{
	int i;

	for (i = 0; i < GUARD_SIZE; i++)
		guard()[i] = pattern(i);
	printf("%#llx\n", (unsigned long long)window->pool_bus +
	       window->pool.size - GUARD_SIZE);
	return 0;
}

static int check_guard(void)
{
	int i;

	for (i = 0; i < GUARD_SIZE; i++)
		if (guard()[i] != pattern(i))
			errx(1, "byte %d of the guard is %#x", i, guard()[i]);
	return 0;
}

static int point(const char *text)
{
	struct intmgr_query query = { .size = sizeof(query) };
	int device = open(INTMGR_DEVICE, O_RDWR | O_CLOEXEC);
	u64 address = strtoull(text, NULL, 0), at;
	u8 *ring;
	u32 i;

	if (function_attach(device, window) ||
	    ioctl(device, INTMGR_IOC_QUERY, &query))
		err(1, "query");
	at = query.rx_base - window->pool_bus;
	if (!query.rx_count || at >= window->pool.size)
		errx(1, "no ring");
	ring = (u8 *)window + window->pool.offset + at;
	/* virtio's may be full, and has one more place for that */
	if (!strcmp(query.model, "virtio_net"))
		query.rx_count--;
	for (i = 0; i < query.rx_count; i++)
		memcpy(ring + i * DESCRIPTOR, &address, sizeof(address));
	return 0;
}

int main(int argc, char **argv)
{
	int target;

	if (argc < 3)
		errx(2, "usage: pool FUNCTION guard|check|point ADDRESS");
	target = function_open(strtoul(argv[1], NULL, 0), O_RDWR);
	window = target < 0 ? NULL : function_map(target);
	if (!window)
		err(1, "window");
	if (!strcmp(argv[2], "guard"))
		return put_guard();
	if (!strcmp(argv[2], "check"))
		return check_guard();
	if (!strcmp(argv[2], "point") && argc > 3)
		return point(argv[3]);
	errx(2, "there is no %s", argv[2]);
}
