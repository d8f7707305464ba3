/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * /dev/intmgr_target: the virtual functions of this kernel.
 */
#ifndef AP_TARGET_DEVICE_H
#define AP_TARGET_DEVICE_H

#include "injector/port.h"
#include "kmod/uapi/intmgr_target.h"

/* Says what to load where it is not there. EXIT_DONE or EXIT_CANNOT. */
int target_open(int *fd);

/*
 * These return 0 or the kernel's -errno (kmod/uapi/intmgr_target.h). Strings
 * that come back end.
 */
int target_create(int fd, struct intmgr_create *create);
int target_bind(int fd, u32 id);
int target_remove(int fd, u32 id);
int target_set_sink(int fd, u32 id, u32 sink, u32 peer);
int target_function(int fd, u32 id, struct intmgr_function *function);

/* What errno of a call on function @id means, and what to do. EXIT_CANNOT. */
int target_say_error(u32 id, int err);
int target_say_sink_error(int fd, u32 id, u32 peer, int err);
int target_say_create_error(const struct intmgr_create *create, int err);

#endif
