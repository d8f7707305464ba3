/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The two device files: /dev/intmgr, which runs, and /dev/intmgr_target,
 * whose memory is the window.
 */
#ifndef AP_DEVICE_H
#define AP_DEVICE_H

#include "injector/port.h"
#include "kmod/uapi/intmgr.h"
#include "kmod/window.h"

struct device {
	int fd;
	struct intmgr_window *window;
	size_t size;			/* of the window, bytes */
};

/*
 * Open both files and map the window. Says why not; EXIT_DONE or EXIT_CANNOT.
 * device_close() is safe on a device that was zeroed or failed to open.
 */
int device_open(struct device *dev);
void device_close(struct device *dev);

/* These return 0 or the kernel's -errno (kmod/uapi/intmgr.h). */
int device_attach(const struct device *dev);
int device_query(const struct device *dev, struct intmgr_query *query);
int device_run(const struct device *dev, struct intmgr_run *run);
int device_stats(const struct device *dev, struct intmgr_stats *stats);
int device_records(const struct device *dev, struct intmgr_record *buffer,
		   __u32 capacity, __u32 *count);

/* What an errno of ATTACH or RUN means and what to do about it. */
const char *device_error_text(int err);

struct intmgr_slot *device_slots(const struct device *dev);

#endif
