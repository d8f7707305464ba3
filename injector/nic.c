// SPDX-License-Identifier: GPL-2.0-only
#include "82574l.h"
#include "nic.h"

const struct nic_ops *const nic_models[] = {
	&i82574l_ops,
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

void *nic_map(const struct nic *nic, u64 bus, u64 len)
{
	unsigned int i;

	for (i = 0; i < nic->regions; i++) {
		const struct nic_region *r = &nic->region[i];
		u64 at = bus - r->bus;	/* wraps above size if bus is below */

		if (at < r->size && len <= r->size - at)
			return (u8 *)r->va + at;
	}
	return NULL;
}
