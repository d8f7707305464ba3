// SPDX-License-Identifier: GPL-2.0-only
#include "faults.h"

static const struct {
	const char *name, *text;
} kinds[FAULT_KINDS] = {
	[FAULT_NONE] = { "none", "nothing wrong" },
	[FAULT_ACCESS] = { "access", "a register was accessed with a width or alignment that it has not" },
	[FAULT_RING] = { "ring", "a ring lies outside mapped memory, or has no legal size" },
	[FAULT_TAIL] = { "tail", "a tail lies beyond its ring" },
	[FAULT_BUFFER] = { "buffer", "a descriptor names memory that is not mapped for it" },
	[FAULT_DESCRIPTOR] = { "descriptor", "a descriptor has no legal form" },
	[FAULT_EARLY] = { "early", "DMA was enabled before a reset was over" },
};

static u64 key_of(enum fault_kind kind, u32 reg)
{
	return (u64)kind << 32 | (u32)(reg + 1);
}

static void count(struct fault *fault)
{
	port_store(&fault->count, port_load(&fault->count) + 1);
}

void faults_note(struct faults *f, enum fault_kind kind, u32 reg, u64 value)
{
	u64 key = key_of(kind, reg);
	struct fault *fault;
	unsigned int i;

	if (!f)
		return;
	for (i = 0; i < FAULTS; i++) {
		fault = &f->fault[i];
		if (port_load(&fault->key) == key) {
			count(fault);
			return;
		}
		if (port_load(&fault->key) || !port_cas64(&fault->key, 0, key))
			continue;
		count(fault);
		port_store(&fault->value, value);
		/* the value before the word that says it is there */
		port_store_release(&fault->told, 1);
		return;
	}
	port_store(&f->beyond, port_load(&f->beyond) + 1);
}

bool faults_get(const struct faults *f, unsigned int i, struct fault_report *out)
{
	const struct fault *fault = &f->fault[i];
	u64 key;

	if (i >= FAULTS || !port_load_acquire(&fault->told))
		return false;
	key = port_load(&fault->key);
	if (!key || key >> 32 >= FAULT_KINDS)
		return false;
	*out = (struct fault_report) {
		.kind = (enum fault_kind)(key >> 32),
		.reg = (u32)key - 1,
		.value = port_load(&fault->value),
		.count = port_load(&fault->count),
	};
	return true;
}

void faults_clear(struct faults *f)
{
	memset(f, 0, sizeof(*f));
}

const char *fault_name(enum fault_kind kind)
{
	return kind < FAULT_KINDS ? kinds[kind].name : "unknown";
}

const char *fault_text(enum fault_kind kind)
{
	return kind < FAULT_KINDS ? kinds[kind].text : "unknown";
}
