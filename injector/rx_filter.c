// SPDX-License-Identifier: GPL-2.0-only
#include "rx_filter.h"

#include "csr.h"
#include "intel_regs.h"

#define ADDRESSES	16	/* RAL and RAH pairs */

enum rx_kind rx_kind(const u8 dst[6])
{
	if (!(dst[0] & 1))
		return RX_UNICAST;
	if ((dst[0] & dst[1] & dst[2] & dst[3] & dst[4] & dst[5]) == 0xff)
		return RX_BROADCAST;
	return RX_MULTICAST;
}

bool rx_filter_exact(const u32 *csr, u32 ral, u32 pairs, const u8 dst[6])
{
	u32 low = dst[0] | dst[1] << 8 | dst[2] << 16 | (u32)dst[3] << 24;
	u32 high = dst[4] | dst[5] << 8;
	u32 reg;

	for (reg = ral; reg < ral + 8 * pairs; reg += 8) {
		u32 rah = csr_get(csr, reg + 4);

		if (low == csr_get(csr, reg) && high == (rah & 0xffff) &&
		    (rah & INTEL_RAH_AV))
			return true;
	}
	return false;
}

static bool exact(const u32 *csr, const u8 dst[6])
{
	return rx_filter_exact(csr, INTEL_RAL(0), ADDRESSES, dst);
}

/* RCTL.MO says which 12 bits of the address select the bit in MTA, 10.2.5 */
static bool hashed(const u32 *csr, u32 rctl, const u8 dst[6])
{
	static const u8 shift[] = { 4, 3, 2, 0 };
	u32 high = dst[4] | dst[5] << 8;
	u32 bit = high >> shift[rctl >> INTEL_RCTL_MO_SHIFT & 3] & 0xfff;

	return csr_get(csr, INTEL_MTA + bit / 32 * 4) >> (bit % 32) & 1;
}

bool rx_filter(const u32 *csr, enum rx_kind kind, const u8 dst[6])
{
	u32 rctl = csr_get(csr, INTEL_RCTL);

	if (kind == RX_UNICAST)
		return (rctl & INTEL_RCTL_UPE) || exact(csr, dst);
	if (kind == RX_BROADCAST && (rctl & INTEL_RCTL_BAM))
		return true;
	return (rctl & INTEL_RCTL_MPE) || exact(csr, dst) ||
	       hashed(csr, rctl, dst);
}
