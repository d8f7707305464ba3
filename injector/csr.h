/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Access to a register file in shared memory: plain storage, each register
 * read and written whole. @reg is a byte offset, as in the data sheets.
 */
#ifndef INTMGR_CSR_H
#define INTMGR_CSR_H

#include "port.h"

static inline u32 csr_get(const u32 *csr, u32 reg)
{
	return port_load(&csr[reg / 4]);
}

static inline void csr_set(u32 *csr, u32 reg, u32 value)
{
	port_store(&csr[reg / 4], value);
}

static inline u64 csr_get64(const u32 *csr, u32 low, u32 high)
{
	return (u64)csr_get(csr, high) << 32 | csr_get(csr, low);
}

#endif
