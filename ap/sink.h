/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the frames of a driver go, as people write it: drop, count, echo,
 * answer, peer:M.
 */
#ifndef AP_SINK_H
#define AP_SINK_H

#include "injector/port.h"

/*
 * Read @text; *peer is 0 for all but peer:M. NULL, or what is wrong with it, to
 * follow the text in a sentence.
 */
const char *sink_parse(const char *text, u32 *sink, u32 *peer);

const char *sink_text(u32 sink, u32 peer, char text[16]);

#endif
