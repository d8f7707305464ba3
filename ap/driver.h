/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The drivers under test: which NIC each drives, how it may be attached to it,
 * and what it can do. One line of a table for each.
 */
#ifndef AP_DRIVER_H
#define AP_DRIVER_H

#include "injector/port.h"
#include "kmod/uapi/intmgr_target.h"

struct driver {
	const char *name;	/* as --driver takes it, and its module's */
	const char *pci;	/* as the PCI bus calls who is bound */
	const char *needs;	/* a module to load before its own; NULL: none */
	const char *model;	/* the NIC's */
	u32 largest[INTMGR_ATTACHMENTS];	/* frame, bytes without FCS; 0: not attached so */
	u32 ring;		/* RX descriptors at most */
	u32 queues;		/* RX queues at most */
	bool intx;		/* its interrupt is a line */
};

#define DRIVER_USUAL	"e1000e"	/* where nobody says which */

/* NULL: there is none. */
const struct driver *driver_find(const char *name);
const struct driver *driver_of_model(const char *model);

/* Can it be attached like that? */
bool driver_takes(const struct driver *driver, u32 attachment);

/* How it is attached where nobody says. */
u32 driver_attachment(const struct driver *driver);

/* "e1000e, e1000, ...": of all, and how @driver may be attached. */
const char *driver_list(char text[128]);
const char *driver_attachment_list(const struct driver *driver, char text[64]);

/* "stock", "patched", "poll"; an index as option_one_of() wants them. */
extern const char *const driver_attachments[INTMGR_ATTACHMENTS];
const char *driver_attachment_name(u32 attachment);

#endif
