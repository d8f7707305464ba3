/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef AP_VERSION_H
#define AP_VERSION_H

#define INTMGR_VERSION	"0.1"

/* The commit that this command was built from; "unknown" outside git. */
const char *version_commit(void);

#endif
