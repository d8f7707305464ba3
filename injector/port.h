/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The engine's whole view of the world outside the C language: integer types,
 * byte order, memory copies, and the ordering and atomicity that two CPUs on
 * one piece of memory need. Nothing else in injector/ includes a system header.
 */
#ifndef INTMGR_PORT_H
#define INTMGR_PORT_H

/*
 * *p will be written: have its cache line here, and nowhere else, by then. The
 * compiler's own, as <linux/prefetch.h> brings <asm/current.h> and its names.
 */
#define port_prefetch(p)		__builtin_prefetch(p, 1)

#ifdef __KERNEL__

#include <linux/atomic.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>

/*
 * The other side may be on another CPU where this kernel has but one: a User-Mode
 * Linux is compiled for that, and smp_mb() and cmpxchg() then are for itself only.
 * Who pairs with whom is said where these are used.
 */
#define port_load_acquire(p)		virt_load_acquire(p) /* the caller's */
#define port_store_release(p, v)	virt_store_release(p, v) /* the caller's */
#define port_load(p)			READ_ONCE(*(p))
#define port_store(p, v)		WRITE_ONCE(*(p), v)
#define port_mb()			virt_mb() /* the caller's */
#define port_rmb()			virt_rmb() /* the caller's */
#define port_wmb()			virt_wmb() /* the caller's */

/* Compare and swap, a full barrier; true when *p held @old and now holds @new. */
static inline bool port_cas64(u64 *p, u64 old, u64 new)
{
	return sync_cmpxchg(p, old, new) == old;
}

/* Set @bits in *p; what it held before. */
static inline u32 port_fetch_or(u32 *p, u32 bits)
{
	u32 old;

	do {
		old = READ_ONCE(*p);
	} while (sync_cmpxchg(p, old, old | bits) != old);
	return old;
}

#else /* userspace: the command, the tests */

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <endian.h>
#include <assert.h>
#include <linux/types.h>	/* __le16 ...: the uapi headers bring the same ones */

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t s32;
typedef int64_t s64;

#define cpu_to_le16(v)	htole16(v)
#define cpu_to_le32(v)	htole32(v)
#define cpu_to_le64(v)	htole64(v)
#define le16_to_cpu(v)	le16toh(v)
#define le32_to_cpu(v)	le32toh(v)
#define le64_to_cpu(v)	le64toh(v)
#define cpu_to_be16(v)	htobe16(v)
#define cpu_to_be32(v)	htobe32(v)
#define be16_to_cpu(v)	be16toh(v)
#define be32_to_cpu(v)	be32toh(v)

#define BIT(n)			(1UL << (n))
#define ARRAY_SIZE(a)		(sizeof(a) / sizeof((a)[0]))
#define __packed		__attribute__((packed))
#define __aligned(n)		__attribute__((aligned(n)))
#define min(a, b)		((a) < (b) ? (a) : (b))
#define max(a, b)		((a) > (b) ? (a) : (b))

#define port_load_acquire(p)		__atomic_load_n(p, __ATOMIC_ACQUIRE)
#define port_store_release(p, v)	__atomic_store_n(p, v, __ATOMIC_RELEASE)
#define port_load(p)			__atomic_load_n(p, __ATOMIC_RELAXED)
#define port_store(p, v)		__atomic_store_n(p, v, __ATOMIC_RELAXED)
#define port_mb()			__atomic_thread_fence(__ATOMIC_SEQ_CST)
#define port_rmb()			__atomic_thread_fence(__ATOMIC_ACQUIRE)
#define port_wmb()			__atomic_thread_fence(__ATOMIC_RELEASE)

static inline bool port_cas64(u64 *p, u64 old, u64 new)
{
	return __atomic_compare_exchange_n(p, &old, new, false,
					   __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

static inline u32 port_fetch_or(u32 *p, u32 bits)
{
	return __atomic_fetch_or(p, bits, __ATOMIC_SEQ_CST);
}

#endif
#endif
