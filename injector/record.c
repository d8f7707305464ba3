// SPDX-License-Identifier: GPL-2.0-only
/*
 * The words for what can become of a shot, and the judge of it.
 */
#include "record.h"

static const char *const names[OUTCOMES] = {
	[OUTCOME_DELIVERED] = "delivered",
	[OUTCOME_NO_DESCRIPTOR] = "no_descriptor",
	[OUTCOME_RX_OFF] = "rx_off",
	[OUTCOME_FILTERED] = "filtered",
	[OUTCOME_BAD_DESCRIPTOR] = "bad_descriptor",
	[OUTCOME_MASKED] = "masked",
	[OUTCOME_DRIVER] = "driver",
	[OUTCOME_STACK] = "stack",
	[OUTCOME_SOCKET] = "socket",
	[OUTCOME_TARGET_DEAD] = "target_dead",
};

static const char *const texts[OUTCOMES] = {
	[OUTCOME_DELIVERED] = "read from the socket",
	[OUTCOME_NO_DESCRIPTOR] =
		"no free RX descriptor: the ring is short or refilled slowly",
	[OUTCOME_RX_OFF] = "receiver off or link down: is the interface up?",
	[OUTCOME_FILTERED] =
		"refused by the address filters: is the MAC address right?",
	[OUTCOME_BAD_DESCRIPTOR] =
		"the driver's ring or buffer is outside its memory or too small",
	[OUTCOME_MASKED] =
		"left in the ring: the interrupt stayed masked or unserved",
	[OUTCOME_DRIVER] =
		"dropped by the driver: see the interface's counters",
	[OUTCOME_STACK] = "dropped by the network stack: see the drop reasons",
	[OUTCOME_SOCKET] =
		"no room in the socket or nobody read it: a larger SO_RCVBUF?",
	[OUTCOME_TARGET_DEAD] =
		"the target left, hung or took no more interrupts: see its log",
};

const char *outcome_name(enum outcome o)
{
	return (u32)o < OUTCOMES ? names[o] : "unknown";
}

const char *outcome_text(enum outcome o)
{
	return (u32)o < OUTCOMES ? texts[o] : "not an outcome";
}

/* From the socket back to the ring: the farthest trace of the frame decides. */
enum outcome shot_judge(const struct shot_trace *t,
			const struct shot_context *c)
{
	if (t->socket)
		return OUTCOME_DELIVERED;
	if (t->dropped)
		return t->dropped_by_socket ? OUTCOME_SOCKET : OUTCOME_STACK;
	if (t->delivered)
		return c->dead ? OUTCOME_TARGET_DEAD : OUTCOME_SOCKET;
	if (c->silent)
		return OUTCOME_TARGET_DEAD;
	if (c->in_ring)
		return c->dead ? OUTCOME_TARGET_DEAD : OUTCOME_MASKED;
	return OUTCOME_DRIVER;
}

enum outcome shot_judge_refused(enum outcome at_once,
				const struct shot_context *c)
{
	return c->dead && c->silent ? OUTCOME_TARGET_DEAD : at_once;
}
