// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver's side of the NIC: register accesses become calls of the model's
 * table. They come from a patched driver's accessors or from the trap.
 */
#include "target.h"

static bool reachable(struct function *f)
{
	atomic64_inc(&f->accesses);
	return !READ_ONCE(f->nic.port->dead);
}

u64 registers_read(struct function *f, u32 reg, unsigned int size)
{
	if (!reachable(f))
		return f->nic.ops->identity.gone_is_0 ? 0 : ~0ULL;
	return f->nic.ops->read(&f->nic, reg, size);
}

void registers_write(struct function *f, u32 reg, unsigned int size, u64 value)
{
	u32 vectors = 0;

	if (reachable(f))
		vectors = f->nic.ops->write(&f->nic, reg, size, value);
	if (vectors)
		msi_ring(f, vectors);
}
