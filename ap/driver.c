// SPDX-License-Identifier: GPL-2.0-only
#include "driver.h"

#include <stdio.h>

#include "injector/frame.h"

/*
 * The largest frames are the drivers' own: max_mtu and an Ethernet header. The
 * patched e1000e and virtio_net would take more than a frame can be.
 */
static const struct driver drivers[] = {
	{
		.name = "e1000e",
		.pci = "e1000e",
		.model = "82574l",
		.largest = {
			[INTMGR_ATTACH_STOCK] = 9226,
			[INTMGR_ATTACH_PATCHED] = FRAME_MAX_SIZE,
			[INTMGR_ATTACH_POLL] = 9226,
		},
		.ring = 4096,
		.queues = 1,
	},
	{
		.name = "e1000",
		.pci = "e1000",
		.model = "82545gm",
		.largest = { [INTMGR_ATTACH_STOCK] = 16124 },
		.ring = 4096,
		.queues = 1,
		.intx = true,
	},
	{
		.name = "virtio_net",
		.pci = "virtio-pci",
		.needs = "virtio_pci",
		.model = "virtio_net",
		.largest = { [INTMGR_ATTACH_STOCK] = FRAME_MAX_SIZE },
		.ring = 1024,
		.queues = 1,
	},
	{
		.name = "igb",
		.pci = "igb",
		.model = "82576",
		.largest = { [INTMGR_ATTACH_STOCK] = 9230 },
		.ring = 4096,
		.queues = 8,
	},
};

const char *const driver_attachments[INTMGR_ATTACHMENTS] = {
	[INTMGR_ATTACH_STOCK] = "stock",
	[INTMGR_ATTACH_PATCHED] = "patched",
	[INTMGR_ATTACH_POLL] = "poll",
};

const struct driver *driver_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(drivers); i++)
		if (!strcmp(drivers[i].name, name))
			return &drivers[i];
	return NULL;
}

const struct driver *driver_of_model(const char *model)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(drivers); i++)
		if (!strcmp(drivers[i].model, model))
			return &drivers[i];
	return NULL;
}

bool driver_takes(const struct driver *driver, u32 attachment)
{
	return attachment < INTMGR_ATTACHMENTS && driver->largest[attachment];
}

u32 driver_attachment(const struct driver *driver)
{
	return driver_takes(driver, INTMGR_ATTACH_PATCHED) ?
		       INTMGR_ATTACH_PATCHED : INTMGR_ATTACH_STOCK;
}

static void append(char *text, size_t size, const char *word)
{
	size_t used = strlen(text);

	snprintf(text + used, size - used, "%s%s", used ? ", " : "", word);
}

const char *driver_list(char text[128])
{
	size_t i;

	text[0] = '\0';
	for (i = 0; i < ARRAY_SIZE(drivers); i++)
		append(text, 128, drivers[i].name);
	return text;
}

const char *driver_attachment_list(const struct driver *driver, char text[64])
{
	u32 i;

	text[0] = '\0';
	for (i = 0; i < INTMGR_ATTACHMENTS; i++)
		if (driver_takes(driver, i))
			append(text, 64, driver_attachments[i]);
	return text;
}

const char *driver_attachment_name(u32 attachment)
{
	return attachment < INTMGR_ATTACHMENTS ?
		       driver_attachments[attachment] : "unknown";
}
