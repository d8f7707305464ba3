// SPDX-License-Identifier: GPL-2.0-only
#include <linux/moduleparam.h>

#include "cycles.h"

unsigned int uml_tsc_khz = 1000000;
module_param_named(tsc_khz, uml_tsc_khz, uint, 0444);
MODULE_PARM_DESC(tsc_khz, "of the host's TSC");
