/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel modules, loaded from the list that came with the initramfs: one line a
 * module in the order of loading, its path and then its parameters.
 */
#ifndef AP_AGENT_MODULES_H
#define AP_AGENT_MODULES_H

#define MODULES_FOLDER	"/drivers"

/*
 * Load those of MODULES_FOLDER/@list that are not there yet; the last one gets
 * @parameters beside its own. EXIT_DONE, or EXIT_CANNOT after saying why.
 */
int modules_load(const char *list, const char *parameters);

#endif
