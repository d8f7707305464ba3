// SPDX-License-Identifier: GPL-2.0-only
#include "version.h"

#ifndef INTMGR_COMMIT
#define INTMGR_COMMIT "unknown"
#endif

const char *version_commit(void)
{
	return INTMGR_COMMIT;
}
