// SPDX-License-Identifier: GPL-2.0-only
#include "sink.h"

#include <stdio.h>

#include "kmod/uapi/intmgr_target.h"
#include "number.h"

#define PEER	"peer:"

static const char *const names[INTMGR_SINKS] = {
	[INTMGR_SINK_DROP] = "drop",
	[INTMGR_SINK_COUNT] = "count",
	[INTMGR_SINK_ECHO] = "echo",
	[INTMGR_SINK_ANSWER] = "answer",
	[INTMGR_SINK_WINDOW] = "window",
};

static const char *parse_peer(const char *text, u32 *peer)
{
	char why[96];
	u64 id;

	if (number_parse_in(&number_plain, text, 1, INTMGR_FUNCTIONS, &id, why))
		return "names no function after peer: as peer:2 does";
	*peer = id;
	return NULL;
}

const char *sink_parse(const char *text, u32 *sink, u32 *peer)
{
	u32 i;

	*peer = 0;
	for (i = 0; i < INTMGR_SINKS; i++) {
		if (names[i] && !strcmp(text, names[i])) {
			*sink = i;
			return NULL;
		}
	}
	if (strncmp(text, PEER, strlen(PEER)))
		return "is no sink: choose one of drop, count, echo, answer, peer:M";
	*sink = INTMGR_SINK_PEER;
	return parse_peer(text + strlen(PEER), peer);
}

const char *sink_text(u32 sink, u32 peer, char text[16])
{
	if (sink == INTMGR_SINK_PEER)
		snprintf(text, 16, PEER "%u", peer);
	else
		snprintf(text, 16, "%s",
			 sink < INTMGR_SINKS ? names[sink] : "unknown");
	return text;
}
