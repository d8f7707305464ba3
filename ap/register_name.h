/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef AP_REGISTER_NAME_H
#define AP_REGISTER_NAME_H

#include "injector/port.h"

/*
 * What the data sheet of NIC @model calls the register at byte @offset of BAR 0,
 * "RDT", of queues beyond the first "RDT[2]"; else its offset, "0x1234".
 */
const char *register_name(const char *model, u32 offset, char text[32]);

#endif
