/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The agent's program, as data of this command: it becomes /init of a node.
 */
#ifndef AP_AGENT_IMAGE_H
#define AP_AGENT_IMAGE_H

#include <stddef.h>

extern const char agent_image[];
extern const size_t agent_image_size;

#endif
