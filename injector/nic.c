// SPDX-License-Identifier: GPL-2.0-only
#include "82545gm.h"
#include "82574l.h"
#include "82576.h"
#include "nic.h"
#include "virtio_net.h"

/*
 * How long a driver's reset waits for a giver that is inside, and a giver for
 * another: loads of one word, some 0.1 ms, or fifty times what one takes.
 * After that the other side is taken for dead or stopped.
 */
#define QUIET_SPINS	100000

const struct nic_ops *const nic_models[] = {
	&i82574l_ops,
	&i82545gm_ops,
	&i82576_ops,
	&virtio_net_ops,
	NULL
};

const struct nic_ops *nic_model(const char *name)
{
	unsigned int i;

	for (i = 0; nic_models[i]; i++)
		if (!strcmp(nic_models[i]->name, name))
			return nic_models[i];
	return NULL;
}

/* ---- memory ---- */

/* Do @len bytes at @at of the region lie in one mapping? */
static bool is_mapped(const struct nic_region *r, u64 at, u64 len, bool write)
{
	u64 extent;

	if (!r->extent)
		return true;
	extent = port_load(&r->extent[at / NIC_GRANULE]);
	if (write && (extent & NIC_EXTENT_READONLY))
		return false;
	return at + len <= (extent & NIC_EXTENT_END);
}

static void *map(const struct nic *nic, u64 bus, u64 len, bool write)
{
	unsigned int i;

	for (i = 0; i < nic->regions; i++) {
		const struct nic_region *r = &nic->region[i];
		u64 at = bus - r->bus;	/* wraps above size if bus is below */

		if (at < r->size && len <= r->size - at)
			return is_mapped(r, at, len, write) ?
			       (u8 *)r->va + at : NULL;
	}
	return NULL;
}

void *nic_map(const struct nic *nic, u64 bus, u64 len)
{
	return map(nic, bus, len, true);
}

const void *nic_map_read(const struct nic *nic, u64 bus, u64 len)
{
	return map(nic, bus, len, false);
}

/* ---- giving ---- */

bool nic_still_giving(const struct nic *nic, u64 gives)
{
	return (gives & 1) && port_load_acquire(&nic->port->gives) == gives;
}

void nic_wait_quiet(struct nic *nic)
{
	unsigned int i;
	u64 gives;

	port_mb();
	gives = port_load(&nic->port->gives);
	for (i = 0; i < QUIET_SPINS; i++)
		if (!nic_still_giving(nic, gives))
			return;
	nic->port->unquiet++;
}

/*
 * Be the one who gives: the count turns odd, before any register is looked at
 * (see nic_wait_quiet()). One that stays odd is of a giver
 * that died inside, and is passed over; one that never stays the same is a
 * kernel gone mad, and is not waited for. Returns the odd count.
 */
static u64 enter(struct nic_port *port)
{
	u64 gives = 0, inside = 1;
	unsigned int i;

	for (i = 0; i < 2 * QUIET_SPINS; i++) {
		gives = port_load(&port->gives);
		if ((gives & 1) && i < QUIET_SPINS)
			continue;
		inside = (gives + 1) | 1;
		if (port_cas64(&port->gives, gives, inside))
			break;
	}
	return inside;
}

/* Not if somebody took this one for dead and entered meanwhile. */
static void leave(struct nic_port *port, u64 inside)
{
	port_cas64(&port->gives, inside, inside + 1);
}

void nic_give(struct nic *nic, const struct nic_frame *frame,
	      struct nic_gift *gift)
{
	struct nic_port *port = nic->port;
	u64 inside = enter(port);

	memset(gift, 0, sizeof(*gift));
	if (port_load(&port->master) && !port_load(&port->dead))
		nic->ops->give(nic, frame, gift);
	else
		gift->outcome = OUTCOME_RX_OFF;
	leave(port, inside);
}
