// SPDX-License-Identifier: GPL-2.0-only
/*
 * Decoding follows SDM 2.1 and 2.2: prefixes, REX, opcode, ModRM, SIB,
 * displacement, immediate. What is known is one table; what is not in it is
 * refused, and so is a prefix that gives a known opcode another meaning.
 */
#include "insn.h"

enum {
	RAX, RCX, RSP = 4, RBP, RSI, RDI
};

#define FLAG_CF		(1U << 0)
#define FLAG_PF		(1U << 2)
#define FLAG_AF		(1U << 4)
#define FLAG_ZF		(1U << 6)
#define FLAG_SF		(1U << 7)
#define FLAG_DF		(1U << 10)
#define FLAG_OF		(1U << 11)
#define FLAGS_INC	(FLAG_PF | FLAG_AF | FLAG_ZF | FLAG_SF | FLAG_OF)
#define FLAGS_STATUS	(FLAGS_INC | FLAG_CF)

#define REX		0x40
#define REX_W		0x08	/* 64-bit operands */
#define REX_R		0x04	/* the fourth bit of ModRM.reg */
#define REX_X		0x02	/* ... of SIB.index */
#define REX_B		0x01	/* ... of ModRM.rm and SIB.base */

/* ---- what is known ---- */

enum map {
	MAP_ONE,	/* one opcode byte */
	MAP_0F,
	MAP_0F38,
};

#define ANY		8	/* of rule.reg: ModRM.reg is an operand */

#define BYTE_OR_MORE	0x001	/* opcode bit 0 clear: operands of one byte */
#define IMM		0x002	/* immediate of the operand's size, or 4 bytes */
#define IMM8		0x004	/* immediate of one byte */
#define NO_MODRM	0x008	/* the register is rax */
#define MOFFS		0x010	/* the address stands in place of ModRM */
#define ALU_OPCODE	0x020	/* the operation is in bits 5:3 of the opcode */
#define ALU_REG		0x040	/* ... in ModRM.reg */
#define EXTEND		0x080	/* memory is of 1 or 2 bytes by opcode bit 0 */
#define SWAP		0x100	/* bytes in reverse order */
#define NEEDS_W		0x200	/* known with REX.W only */
#define NO_WORD		0x400	/* 66h makes it another instruction */
#define SIGN		0x800

struct rule {
	u8 map, opcode, mask;
	u8 reg;			/* what ModRM.reg must be */
	u8 kind, alu;
	u16 flags;
};

static const struct rule rules[] = {
	/* loads and stores */
	{ MAP_ONE, 0x88, 0xfe, ANY, INSN_STORE, 0, BYTE_OR_MORE },
	{ MAP_ONE, 0x8a, 0xfe, ANY, INSN_LOAD, 0, BYTE_OR_MORE },
	{ MAP_ONE, 0xc6, 0xfe, 0, INSN_STORE, 0, BYTE_OR_MORE | IMM },
	{ MAP_ONE, 0xa0, 0xfe, ANY, INSN_LOAD, 0,
	  BYTE_OR_MORE | NO_MODRM | MOFFS },
	{ MAP_ONE, 0xa2, 0xfe, ANY, INSN_STORE, 0,
	  BYTE_OR_MORE | NO_MODRM | MOFFS },
	{ MAP_ONE, 0x63, 0xff, ANY, INSN_LOAD, 0, NEEDS_W | SIGN },
	{ MAP_0F, 0xb6, 0xfe, ANY, INSN_LOAD, 0, EXTEND },
	{ MAP_0F, 0xbe, 0xfe, ANY, INSN_LOAD, 0, EXTEND | SIGN },
	{ MAP_0F, 0xc3, 0xff, ANY, INSN_STORE, 0, NO_WORD },	/* movnti */
	{ MAP_0F38, 0xf0, 0xff, ANY, INSN_LOAD, 0, SWAP },
	{ MAP_0F38, 0xf1, 0xff, ANY, INSN_STORE, 0, SWAP },
	{ MAP_0F38, 0xf9, 0xff, ANY, INSN_STORE, 0, NO_WORD },	/* movdiri */
	{ MAP_ONE, 0x86, 0xfe, ANY, INSN_EXCHANGE, 0, BYTE_OR_MORE },

	/* strings */
	{ MAP_ONE, 0xa4, 0xfe, ANY, INSN_COPY, 0, BYTE_OR_MORE | NO_MODRM },
	{ MAP_ONE, 0xaa, 0xfe, ANY, INSN_FILL, 0, BYTE_OR_MORE | NO_MODRM },
	{ MAP_ONE, 0xac, 0xfe, ANY, INSN_FETCH, 0, BYTE_OR_MORE | NO_MODRM },

	/* arithmetic and logic */
	{ MAP_ONE, 0x00, 0xc6, ANY, INSN_MODIFY, 0, BYTE_OR_MORE | ALU_OPCODE },
	{ MAP_ONE, 0x02, 0xc6, ANY, INSN_COMBINE, 0,
	  BYTE_OR_MORE | ALU_OPCODE },
	{ MAP_ONE, 0x80, 0xfe, ANY, INSN_MODIFY, 0,
	  BYTE_OR_MORE | IMM | ALU_REG },
	{ MAP_ONE, 0x83, 0xff, ANY, INSN_MODIFY, 0, IMM8 | ALU_REG },
	{ MAP_ONE, 0x84, 0xfe, ANY, INSN_MODIFY, INSN_TEST, BYTE_OR_MORE },
	{ MAP_ONE, 0xf6, 0xfe, 0, INSN_MODIFY, INSN_TEST, BYTE_OR_MORE | IMM },
	{ MAP_ONE, 0xf6, 0xfe, 2, INSN_MODIFY, INSN_NOT, BYTE_OR_MORE },
	{ MAP_ONE, 0xf6, 0xfe, 3, INSN_MODIFY, INSN_NEG, BYTE_OR_MORE },
	{ MAP_ONE, 0xfe, 0xfe, 0, INSN_MODIFY, INSN_INC, BYTE_OR_MORE },
	{ MAP_ONE, 0xfe, 0xfe, 1, INSN_MODIFY, INSN_DEC, BYTE_OR_MORE },

	/* bits */
	{ MAP_0F, 0xa3, 0xff, ANY, INSN_MODIFY, INSN_BT, 0 },
	{ MAP_0F, 0xab, 0xff, ANY, INSN_MODIFY, INSN_BTS, 0 },
	{ MAP_0F, 0xb3, 0xff, ANY, INSN_MODIFY, INSN_BTR, 0 },
	{ MAP_0F, 0xbb, 0xff, ANY, INSN_MODIFY, INSN_BTC, 0 },
	{ MAP_0F, 0xba, 0xff, 4, INSN_MODIFY, INSN_BT, IMM8 },
	{ MAP_0F, 0xba, 0xff, 5, INSN_MODIFY, INSN_BTS, IMM8 },
	{ MAP_0F, 0xba, 0xff, 6, INSN_MODIFY, INSN_BTR, IMM8 },
	{ MAP_0F, 0xba, 0xff, 7, INSN_MODIFY, INSN_BTC, IMM8 },
};

/* ---- values ---- */

static u64 truncate(u64 value, unsigned int size)
{
	return size == 8 ? value : value & ((1ULL << size * 8) - 1);
}

static u64 sign_extend(u64 value, unsigned int size)
{
	u64 sign = 1ULL << (size * 8 - 1);

	return (truncate(value, size) ^ sign) - sign;
}

static bool is_minus(u64 value, unsigned int size)
{
	return value >> (size * 8 - 1) & 1;
}

static u64 swap_bytes(u64 value, unsigned int size)
{
	u64 swapped = 0;

	for (; size; size--, value >>= 8)
		swapped = swapped << 8 | (value & 0xff);
	return swapped;
}

/* Writing 4 bytes clears the upper half, writing 1 or 2 keeps the rest. */
static void gpr_set(u64 *gpr, unsigned int size, u64 value)
{
	u64 kept = size < 4 ? *gpr - truncate(*gpr, size) : 0;

	*gpr = kept | truncate(value, size);
}

/* ---- decoding ---- */

struct decoder {
	const u8 *bytes;
	unsigned int len, at;
	bool cut;		/* the bytes ended too early */
	bool refused;
	bool word;		/* 66h */
	bool address32;		/* 67h */
	bool lock, rep;
	u8 rex;
	u8 map, opcode;
	u8 reg;			/* ModRM.reg, three bits */
	bool ip_relative;
	u64 address;
};

/* The next bytes as a little-endian number; 0 where they are not there. */
static u64 take(struct decoder *d, unsigned int bytes)
{
	u64 value = 0;
	unsigned int k;

	if (bytes > d->len - d->at) {
		d->cut = true;
		return 0;
	}
	for (k = 0; k < bytes; k++)
		value |= (u64)d->bytes[d->at + k] << 8 * k;
	d->at += bytes;
	return value;
}

static u64 take_signed(struct decoder *d, unsigned int bytes)
{
	return sign_extend(take(d, bytes), bytes);
}

/* False: @byte is no prefix. REX counts only right before the opcode. */
static bool take_prefix(struct decoder *d, u8 byte)
{
	u8 rex = 0;

	switch (byte) {
	case 0x26: case 0x2e: case 0x36: case 0x3e:
		break;		/* es, cs, ss, ds: ignored in 64-bit mode */
	case 0x64: case 0x65:	/* fs, gs: their base is not at hand */
	case 0xf2:		/* repne, and a part of other opcodes */
		d->refused = true;
		break;
	case 0x66:
		d->word = true;
		break;
	case 0x67:
		d->address32 = true;
		break;
	case 0xf0:
		d->lock = true;
		break;
	case 0xf3:
		d->rep = true;
		break;
	case REX ... REX | 0xf:
		rex = byte;
		break;
	default:
		return false;
	}
	d->rex = rex;
	return true;
}

static void take_opcode(struct decoder *d)
{
	do {
		d->opcode = take(d, 1);
	} while (!d->cut && take_prefix(d, d->opcode));
	if (d->opcode != 0x0f)
		return;
	d->map = MAP_0F;
	d->opcode = take(d, 1);
	if (d->opcode != 0x38)
		return;
	d->map = MAP_0F38;
	d->opcode = take(d, 1);
}

/* SDM table 2-3: base, index and displacement. */
static void take_sib(struct decoder *d, u8 mod, const struct insn_regs *regs)
{
	u8 sib = take(d, 1);
	u8 index = (sib >> 3 & 7) | (d->rex & REX_X ? 8 : 0);
	u8 base = sib & 7;

	if (index != RSP)
		d->address += regs->gpr[index] << (sib >> 6);
	if (base == RBP && mod == 0)
		d->address += take_signed(d, 4);
	else
		d->address += regs->gpr[base | (d->rex & REX_B ? 8 : 0)];
}

/* SDM table 2-2, and 2.2.1.6 for what is relative to ip. */
static void take_modrm(struct decoder *d, const struct insn_regs *regs)
{
	u8 modrm = take(d, 1);
	u8 mod = modrm >> 6, rm = modrm & 7;

	d->reg = modrm >> 3 & 7;
	if (mod == 3) {
		d->refused = true;	/* no operand in memory */
		return;
	}
	if (rm == RSP)
		take_sib(d, mod, regs);
	else if (rm == RBP && mod == 0)
		d->ip_relative = true;
	else
		d->address = regs->gpr[rm | (d->rex & REX_B ? 8 : 0)];
	if (mod == 1)
		d->address += take_signed(d, 1);
	else if (mod == 2 || d->ip_relative)
		d->address += take_signed(d, 4);
}

/* Prefixes that a rule does not allow for would be another instruction. */
static bool prefixes_fit(const struct decoder *d, const struct rule *rule)
{
	bool string = rule->kind == INSN_COPY || rule->kind == INSN_FILL ||
		      rule->kind == INSN_FETCH;

	return !(d->rep && !string) &&
	       !(d->word && rule->flags & NO_WORD) &&
	       !(!(d->rex & REX_W) && rule->flags & NEEDS_W);
}

static const struct rule *find_rule(struct decoder *d)
{
	const struct rule *rule;

	for (rule = rules; rule < rules + ARRAY_SIZE(rules); rule++) {
		if (d->map != rule->map ||
		    (d->opcode & rule->mask) != rule->opcode)
			continue;
		if (rule->reg == ANY)
			return rule;
		if (d->at == d->len) {
			d->cut = true;
			return NULL;
		}
		if ((d->bytes[d->at] >> 3 & 7) == rule->reg)
			return rule;
	}
	return NULL;
}

static u8 operand_size(const struct decoder *d, const struct rule *rule)
{
	if (rule->flags & BYTE_OR_MORE && !(d->opcode & 1))
		return 1;
	if (d->rex & REX_W)
		return 8;
	return d->word ? 2 : 4;
}

static void set_sizes(struct insn_access *i, const struct decoder *d,
		      const struct rule *rule)
{
	i->width = operand_size(d, rule);
	i->size = i->width;
	i->address_size = d->address32 ? 4 : 8;
	if (rule->flags & EXTEND)
		i->size = d->opcode & 1 ? 2 : 1;
	else if (rule->flags & NEEDS_W)
		i->size = 4;
}

static u8 operation(const struct decoder *d, const struct rule *rule)
{
	if (rule->flags & ALU_OPCODE)
		return d->opcode >> 3 & 7;
	if (rule->flags & ALU_REG)
		return d->reg;
	return rule->alu;
}

/* ah ... bh stand where spl ... dil do with REX (SDM table 3-1 of volume 1). */
static void set_register(struct insn_access *i, const struct decoder *d,
			 const struct rule *rule)
{
	if (rule->flags & (NO_MODRM | ALU_REG) || rule->reg != ANY)
		return;
	i->reg = d->reg | (d->rex & REX_R ? 8 : 0);
	i->high = i->width == 1 && !d->rex && i->reg >= 4;
	if (i->high)
		i->reg -= 4;
}

static void take_immediate(struct insn_access *i, struct decoder *d,
			   const struct rule *rule)
{
	i->immediate = rule->flags & (IMM | IMM8);
	if (rule->flags & IMM)
		i->value = take_signed(d, i->size > 4 ? 4 : i->size);
	else if (rule->flags & IMM8)
		i->value = take_signed(d, 1);
}

static bool is_bit_operation(u8 alu)
{
	return alu >= INSN_BT;
}

/*
 * A bit's number in a register reaches beyond the operand, in both directions:
 * whole operands of it belong to the address (SDM, BT).
 */
static void settle_bit(struct insn_access *i, const struct insn_regs *regs)
{
	u64 bits = i->size * 8, number = i->value;

	if (!i->immediate) {
		number = sign_extend(regs->gpr[i->reg], i->size);
		i->address += (s64)(number & -bits) / 8;
	}
	i->immediate = true;
	i->value = number & (bits - 1);
}

static void settle_address(struct insn_access *i, const struct decoder *d,
			   const struct insn_regs *regs)
{
	i->address = d->address;
	if (d->ip_relative)
		i->address += regs->ip + i->length;
	if (i->kind == INSN_MODIFY && is_bit_operation(i->alu))
		settle_bit(i, regs);
	if (i->kind == INSN_COPY || i->kind == INSN_FILL)
		i->address = regs->gpr[RDI];
	else if (i->kind == INSN_FETCH)
		i->address = regs->gpr[RSI];
	i->address = truncate(i->address, i->address_size);
	i->source = i->address;
	if (i->kind == INSN_COPY)
		i->source = truncate(regs->gpr[RSI], i->address_size);
}

static bool alu_writes(u8 alu)
{
	return alu != INSN_CMP && alu != INSN_TEST && alu != INSN_BT;
}

/*
 * lock is legal where memory is read and written (SDM, LOCK). To a device it
 * means nothing: its registers are reached by single reads and writes, and PCI
 * Express endpoints do not take part in locked transactions. So a read and
 * then a write is what a card would see too.
 */
static bool lock_fits(const struct insn_access *i)
{
	return i->kind == INSN_EXCHANGE ||
	       (i->kind == INSN_MODIFY && alu_writes(i->alu));
}

static void take_operands(struct insn_access *i, struct decoder *d,
			  const struct rule *rule, const struct insn_regs *regs)
{
	if (rule->flags & MOFFS)
		d->address = take(d, d->address32 ? 4 : 8);
	else if (!(rule->flags & NO_MODRM))
		take_modrm(d, regs);
	*i = (struct insn_access){
		.kind = rule->kind,
		.alu = operation(d, rule),
		.sign = rule->flags & SIGN,
		.swap = rule->flags & SWAP,
		.rep = d->rep,
	};
	set_sizes(i, d, rule);
	set_register(i, d, rule);
	take_immediate(i, d, rule);
	i->length = d->at;
	settle_address(i, d, regs);
	if (d->lock && !lock_fits(i))
		d->refused = true;
}

int insn_access_decode(struct insn_access *i, const u8 *bytes, unsigned int len,
		       const struct insn_regs *regs)
{
	struct decoder d = {
		.bytes = bytes,
		.len = len < INSN_MAX ? len : INSN_MAX,
	};
	const struct rule *rule = NULL;

	take_opcode(&d);
	if (!d.cut && !d.refused)
		rule = find_rule(&d);
	if (rule && prefixes_fit(&d, rule))
		take_operands(i, &d, rule, regs);
	else
		d.refused |= !d.cut;
	if (d.refused || (d.cut && d.len == INSN_MAX))
		return -EOPNOTSUPP;
	return d.cut ? -ENODATA : 0;
}

/* ---- arithmetic and flags ---- */

static u32 parity_flag(u64 result)
{
	result ^= result >> 4;
	result ^= result >> 2;
	result ^= result >> 1;
	return result & 1 ? 0 : FLAG_PF;
}

static u32 result_flags(u64 result, unsigned int size)
{
	return (result ? 0 : FLAG_ZF) | parity_flag(result) |
	       (is_minus(result, size) ? FLAG_SF : 0);
}

static u64 add(u64 a, u64 b, bool carry, unsigned int size, u32 *flags)
{
	u64 sum = truncate(a + b + carry, size);

	*flags = result_flags(sum, size) | ((a ^ b ^ sum) & FLAG_AF);
	if (carry ? sum <= a : sum < a)
		*flags |= FLAG_CF;
	if (is_minus((a ^ sum) & (b ^ sum), size))
		*flags |= FLAG_OF;
	return sum;
}

static u64 subtract(u64 a, u64 b, bool borrow, unsigned int size, u32 *flags)
{
	u64 rest = truncate(a - b - borrow, size);

	*flags = result_flags(rest, size) | ((a ^ b ^ rest) & FLAG_AF);
	if (borrow ? a <= b : a < b)
		*flags |= FLAG_CF;
	if (is_minus((a ^ b) & (a ^ rest), size))
		*flags |= FLAG_OF;
	return rest;
}

static u64 logic(u64 result, unsigned int size, u32 *flags)
{
	*flags = result_flags(result, size);
	return result;
}

static u64 changed_bit(u8 alu, u64 a, u64 number)
{
	u64 bit = 1ULL << number;

	switch (alu) {
	case INSN_BTS:
		return a | bit;
	case INSN_BTR:
		return a & ~bit;
	case INSN_BTC:
		return a ^ bit;
	default:
		return a;
	}
}

/* Which flags an operation sets. Of a bit's, only CF is defined. */
static u32 flags_set_by(u8 alu)
{
	if (alu == INSN_NOT)
		return 0;
	if (alu == INSN_INC || alu == INSN_DEC)
		return FLAGS_INC;
	return is_bit_operation(alu) ? FLAG_CF : FLAGS_STATUS;
}

/* AF after logic is not defined; it is cleared, as CPUs do. */
static u64 compute(u8 alu, u64 a, u64 b, bool carry, unsigned int size,
		   u32 *flags)
{
	switch (alu) {
	case INSN_ADD:
		return add(a, b, false, size, flags);
	case INSN_ADC:
		return add(a, b, carry, size, flags);
	case INSN_INC:
		return add(a, 1, false, size, flags);
	case INSN_SUB:
	case INSN_CMP:
		return subtract(a, b, false, size, flags);
	case INSN_SBB:
		return subtract(a, b, carry, size, flags);
	case INSN_DEC:
		return subtract(a, 1, false, size, flags);
	case INSN_NEG:
		return subtract(0, a, false, size, flags);
	case INSN_OR:
		return logic(a | b, size, flags);
	case INSN_AND:
	case INSN_TEST:
		return logic(a & b, size, flags);
	case INSN_XOR:
		return logic(a ^ b, size, flags);
	case INSN_NOT:
		return truncate(~a, size);
	default:
		*flags = a >> b & 1 ? FLAG_CF : 0;
		return changed_bit(alu, a, b);
	}
}

/* ---- executing ---- */

struct execution {
	const struct insn_access *i;
	struct insn_regs *regs;
	const struct insn_memory *memory;
	void *arg;
};

static int load(const struct execution *x, u64 addr, u64 *value)
{
	int err = x->memory->read(x->arg, addr, x->i->size, value);

	*value = truncate(*value, x->i->size);
	return err;
}

static int store(const struct execution *x, u64 addr, u64 value)
{
	return x->memory->write(x->arg, addr, x->i->size,
				truncate(value, x->i->size));
}

static u64 operand(const struct execution *x)
{
	const struct insn_access *i = x->i;
	u64 value = x->regs->gpr[i->reg] >> (i->high ? 8 : 0);

	return truncate(i->immediate ? i->value : value, i->size);
}

static void set_operand(const struct execution *x, u64 value)
{
	const struct insn_access *i = x->i;
	u64 *gpr = &x->regs->gpr[i->reg];

	if (i->high)
		*gpr = (*gpr & ~0xff00ULL) | value << 8;
	else
		gpr_set(gpr, i->width, value);
}

static int execute_load(const struct execution *x)
{
	const struct insn_access *i = x->i;
	u64 value = 0;
	int err = load(x, i->address, &value);

	if (err)
		return err;
	if (i->swap)
		value = swap_bytes(value, i->size);
	if (i->sign)
		value = sign_extend(value, i->size);
	set_operand(x, value);
	return 0;
}

static int execute_store(const struct execution *x)
{
	u64 value = operand(x);

	if (x->i->swap)
		value = swap_bytes(value, x->i->size);
	return store(x, x->i->address, value);
}

static int execute_exchange(const struct execution *x)
{
	u64 value = 0;
	int err = load(x, x->i->address, &value);

	if (!err)
		err = store(x, x->i->address, operand(x));
	if (!err)
		set_operand(x, value);
	return err;
}

/* Memory first, in either direction: read, then compute, then written. */
static int execute_alu(const struct execution *x)
{
	const struct insn_access *i = x->i;
	bool carry = x->regs->flags & FLAG_CF;
	u32 mask = flags_set_by(i->alu), flags = 0;
	u64 memory = 0, result;
	int err = load(x, i->address, &memory);

	if (err)
		return err;
	if (i->kind == INSN_COMBINE)
		result = compute(i->alu, operand(x), memory, carry, i->size,
				 &flags);
	else
		result = compute(i->alu, memory, operand(x), carry, i->size,
				 &flags);
	if (alu_writes(i->alu) && i->kind == INSN_MODIFY)
		err = store(x, i->address, result);
	else if (alu_writes(i->alu))
		set_operand(x, result);
	if (!err)
		x->regs->flags = (x->regs->flags & ~(u64)mask) | (flags & mask);
	return err;
}

static u64 address_in(const struct execution *x, unsigned int reg)
{
	return truncate(x->regs->gpr[reg], x->i->address_size);
}

static void advance(const struct execution *x, unsigned int reg)
{
	u64 *gpr = &x->regs->gpr[reg];
	u64 step = x->i->size;

	if (x->regs->flags & FLAG_DF)
		step = -step;
	gpr_set(gpr, x->i->address_size, *gpr + step);
}

static int copy_element(const struct execution *x)
{
	u64 value = 0;
	int err = load(x, address_in(x, RSI), &value);

	if (!err)
		err = store(x, address_in(x, RDI), value);
	if (err)
		return err;
	advance(x, RSI);
	advance(x, RDI);
	return 0;
}

static int fill_element(const struct execution *x)
{
	int err = store(x, address_in(x, RDI), operand(x));

	if (!err)
		advance(x, RDI);
	return err;
}

static int fetch_element(const struct execution *x)
{
	u64 value = 0;
	int err = load(x, address_in(x, RSI), &value);

	if (err)
		return err;
	set_operand(x, value);
	advance(x, RSI);
	return 0;
}

static int execute_element(const struct execution *x)
{
	switch (x->i->kind) {
	case INSN_COPY:
		return copy_element(x);
	case INSN_FILL:
		return fill_element(x);
	default:
		return fetch_element(x);
	}
}

/* Returns 1 where elements are left. */
static int execute_rep(const struct execution *x)
{
	unsigned int done;
	int err;

	for (done = 0; address_in(x, RCX); done++) {
		if (done == INSN_BURST)
			return 1;
		err = execute_element(x);
		if (err)
			return err;
		gpr_set(&x->regs->gpr[RCX], x->i->address_size,
			x->regs->gpr[RCX] - 1);
	}
	return 0;
}

static int execute_once(const struct execution *x)
{
	switch (x->i->kind) {
	case INSN_LOAD:
		return execute_load(x);
	case INSN_STORE:
		return execute_store(x);
	case INSN_EXCHANGE:
		return execute_exchange(x);
	case INSN_MODIFY:
	case INSN_COMBINE:
		return execute_alu(x);
	default:
		return x->i->rep ? execute_rep(x) : execute_element(x);
	}
}

int insn_access_execute(const struct insn_access *i, struct insn_regs *regs,
			const struct insn_memory *memory, void *arg)
{
	const struct execution x = { i, regs, memory, arg };
	int left = execute_once(&x);

	if (left)
		return left < 0 ? left : 0;
	regs->ip += i->length;
	return 0;
}
