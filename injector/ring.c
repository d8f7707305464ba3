// SPDX-License-Identifier: GPL-2.0-only
#include "csr.h"
#include "ring.h"

#define RING_BYTES	128	/* RDLEN and TDLEN count in these */

void ring_load(struct ring *r, const u32 *csr, u32 reg)
{
	r->reg = reg;
	/* descriptors that the tail covers were written before it */
	r->tail = port_load_acquire(&csr[(reg + RING_TAIL) / 4]);
	r->head = csr_get(csr, reg + RING_HEAD);
	r->base = csr_get64(csr, reg, reg + RING_HIGH) & ~15ULL;
	r->bytes = csr_get(csr, reg + RING_LENGTH);
	r->at = NULL;
}

void ring_blame(struct ring *r, enum fault_kind kind, u32 distance, u64 value)
{
	r->at = NULL;
	r->fault = kind;
	r->fault_reg = r->reg + distance;
	r->fault_value = value;
}

static void find_fault(struct ring *r, const struct nic *nic)
{
	u32 units = r->bytes / RING_UNIT;

	r->fault = FAULT_NONE;
	if (!r->bytes || r->bytes % RING_BYTES)
		ring_blame(r, FAULT_RING, RING_LENGTH, r->bytes);
	else if (!r->at && !nic_map(nic, r->base, RING_UNIT))
		ring_blame(r, FAULT_RING, 0, r->base);
	else if (!r->at)
		ring_blame(r, FAULT_RING, RING_LENGTH, r->bytes);
	else if (r->head >= units)
		ring_blame(r, FAULT_RING, RING_HEAD, r->head);
	else if (r->tail >= units)
		ring_blame(r, FAULT_TAIL, RING_TAIL, r->tail);
}

enum ring_state ring_check(struct ring *r, const struct nic *nic)
{
	r->at = NULL;
	if (r->bytes)
		r->at = nic_map(nic, r->base, r->bytes);
	find_fault(r, nic);
	if (r->head == r->tail)
		return RING_EMPTY;
	return r->fault == FAULT_NONE ? RING_READY : RING_BAD;
}

void ring_note(const struct ring *r, const struct nic *nic)
{
	nic_fault(nic, r->fault, r->fault_reg, r->fault_value);
}
