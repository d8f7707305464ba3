/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is left of a run in virtual time when its kernel panics, and the support
 * side with it: in a file that whoever started the process has mapped, too.
 */
#ifndef INTMGR_UML_REMAINS_H
#define INTMGR_UML_REMAINS_H

#include "kmod/uapi/intmgr.h"

#define REMAINS_NAME	"intmgr_remains"	/* of the memory: iomem=NAME,FILE */

struct remains {
	__u64 room;			/* for how many records; W: whoever made the file */
	__u64 run;			/* which of the runs against a driver it was, from 1; 0: no panic in one */
	__u64 records;			/* in record[], in the order of the shots */
	struct intmgr_stats stats;
	struct intmgr_record record[];
};

#endif
