/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A User-Mode Linux process with a driver under test: the target "uml". The
 * process and the command share a window, which is a file without a name, and
 * nothing of it is left when either of them is gone.
 */
#ifndef AP_UML_H
#define AP_UML_H

#include <pthread.h>

#include "device.h"
#include "driver.h"
#include "uml_machine.h"

/* How it is started. */
struct uml_spec {
	const struct driver *driver;	/* whose modules it has */
	u32 attachment;
	const char *module;		/* file of the driver's, NULL: the one that is there */
	u32 sink;			/* enum intmgr_sink */
	const char *file;		/* for its initramfs; NULL: none */
	int cpu;			/* of the host, to stay on; -1: any */
};

struct uml;

/*
 * Start one, wait until its agent answers and its driver has bound, and open
 * @dev to it. Says why not; EXIT_DONE or EXIT_CANNOT.
 */
int uml_open(struct device *dev, const struct uml_spec *spec);

/* End it, and forget it. */
void uml_stop(struct uml *uml);

/* uml_device.c */
extern const struct device_ops uml_ops;

/* Make it look at what was raised. */
void uml_wake(void *uml);

struct uml_machine *uml_machine(struct uml *uml);

/* uml_thread.c: what the thread that paced last had. */
struct standing uml_thread_standing(void);

struct view;
struct run;

struct uml_support {
	struct view *view;	/* NULL: not attached */
	pthread_mutex_t lock;	/* of @run: other threads ask for its records and figures */
	struct run *run;	/* the last one, or NULL */
};

struct uml_support *uml_support(struct uml *uml);

#endif
