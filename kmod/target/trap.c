// SPDX-License-Identifier: GPL-2.0-only
/*
 * Register accesses of drivers that know nothing of us. ioremap() of BAR 0
 * gives them an address that is no address: an access raises a general
 * protection fault (by way of rbp or rsp a stack fault), whose notifier decodes
 * the instruction, has the model serve it and goes on behind it. On any CPU, in
 * any context, with the side effects that reads have, and without RAM or a core
 * set aside. Of a function whose BAR is polled, ioremap() gives the window's
 * memory instead.
 *
 *	bits 63 to 56: 0x5a, canonical in no paging mode
 *	bits 55 to 48: the function's id
 *	bits 31 to 0: the offset in BAR 0
 *
 * An instruction that is not known is not guessed at. The function is taken off
 * the bus, and the instruction carried out by the CPU itself, a single step, at
 * the address that ioremap() had really made, where nothing answers: it finds
 * what an unplugged card leaves behind.
 */
#include <linux/kdebug.h>
#include <linux/kprobes.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <asm/debugreg.h>
#include <asm/ptrace.h>
#include <asm/trapnr.h>

#include "insn.h"
#include "target.h"

#define TRAP_BYTE	0x5aULL
#define TRAP_MAPPINGS	128
#define TRAP_CALLS	32	/* of ioremap() at a time */

/* ---- what was given instead of what ---- */

struct mapping {
	u64 given, real, size;	/* given 0: free */
};

static struct mapping mappings[TRAP_MAPPINGS];
static DEFINE_RAW_SPINLOCK(mappings_lock);

static u64 trap_address(const struct function *f, u64 offset)
{
	return TRAP_BYTE << 56 | (u64)f->id << 48 | offset;
}

static bool is_trap_address(u64 addr)
{
	return addr >> 56 == TRAP_BYTE;
}

/* NULL: the function went, and somebody still uses its registers. */
static struct function *trap_function(u64 addr)
{
	return functions_at(addr >> 48 & 0xff);
}

static bool mapping_add(u64 given, u64 real, u64 size)
{
	unsigned long flags;
	int i;

	raw_spin_lock_irqsave(&mappings_lock, flags);
	for (i = 0; i < TRAP_MAPPINGS && mappings[i].given; i++)
		;
	if (i < TRAP_MAPPINGS)
		mappings[i] = (struct mapping){ given, real, size };
	raw_spin_unlock_irqrestore(&mappings_lock, flags);
	return i < TRAP_MAPPINGS;
}

/* The mapping that @addr lies in; of those that start there if @start. */
static struct mapping *mapping_find(u64 addr, bool start)
{
	struct mapping *m;

	for (m = mappings; m < mappings + TRAP_MAPPINGS; m++)
		if (m->given && (start ? addr == m->given :
					 addr - m->given < m->size))
			return m;
	return NULL;
}

/* 0: @given was not given by us. */
static u64 mapping_drop(u64 given)
{
	struct mapping *m;
	unsigned long flags;
	u64 real = 0;

	raw_spin_lock_irqsave(&mappings_lock, flags);
	m = mapping_find(given, true);
	if (m) {
		real = m->real;
		m->given = 0;
	}
	raw_spin_unlock_irqrestore(&mappings_lock, flags);
	return real;
}

/* ---- ioremap() and iounmap() ---- */

struct call {
	u64 phys, size;
};

/* The function whose BAR 0 holds all of it, and that we serve the registers of. */
static struct function *function_at(u64 phys, u64 size)
{
	struct function *f;

	for_each_function(f) {
		u64 bar = f->nic.ops->identity.bar[0].size, at = phys - f->bar;

		if (at < bar && size <= bar - at)
			return f->attachment == INTMGR_ATTACH_PATCHED ? NULL : f;
	}
	return NULL;
}

static int ioremap_called(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct call *call = (struct call *)ri->data;

	call->phys = regs_get_kernel_argument(regs, 0);
	call->size = regs_get_kernel_argument(regs, 1);
	/* Only what is ours needs a look at the result. */
	return function_at(call->phys, call->size) ? 0 : 1;
}

static int ioremap_returns(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct call *call = (struct call *)ri->data;
	struct function *f = function_at(call->phys, call->size);
	u64 real = regs_return_value(regs), given;

	if (!f || !real)
		return 0;
	given = call->phys - f->bar;
	if (f->attachment == INTMGR_ATTACH_POLL)
		given += (u64)f->nic.state;
	else
		given = trap_address(f, given);
	if (mapping_add(given, real, call->size))
		regs_set_return_value(regs, given);
	return 0;
}

static struct kretprobe ioremap_probe = {
	.kp.symbol_name = "ioremap",
	.entry_handler = ioremap_called,
	.handler = ioremap_returns,
	.data_size = sizeof(struct call),
	.maxactive = TRAP_CALLS,
};

static int iounmap_called(struct kprobe *kp, struct pt_regs *regs)
{
	u64 real = mapping_drop(regs->di);

	if (real)
		regs->di = real;
	return 0;
}

static struct kprobe iounmap_probe = {
	.symbol_name = "iounmap",
	.pre_handler = iounmap_called,
};

/* ---- memory as the instruction sees it ---- */

static bool is_kernel_address(u64 addr, unsigned int size)
{
	return addr >= TASK_SIZE_MAX && addr + size > addr &&
	       !is_trap_address(addr) &&
	       (s64)(addr << (64 - __VIRTUAL_MASK_SHIFT - 1)) >>
		       (64 - __VIRTUAL_MASK_SHIFT - 1) == (s64)addr;
}

static int memory_read(void *unused, u64 addr, unsigned int size, u64 *value)
{
	struct function *f;

	*value = 0;
	if (is_trap_address(addr)) {
		f = trap_function(addr);
		if (f)
			atomic64_inc(&f->trapped);
		*value = f ? registers_read(f, (u32)addr, size) : ~0ULL;
		return 0;
	}
	if (!is_kernel_address(addr, size))
		return -EFAULT;
	memcpy(value, (void *)addr, size);
	return 0;
}

static int memory_write(void *unused, u64 addr, unsigned int size, u64 value)
{
	struct function *f;

	if (is_trap_address(addr)) {
		f = trap_function(addr);
		if (f) {
			atomic64_inc(&f->trapped);
			registers_write(f, (u32)addr, size, value);
		}
		return 0;
	}
	if (!is_kernel_address(addr, size))
		return -EFAULT;
	memcpy((void *)addr, &value, size);
	return 0;
}

static const struct insn_memory memory = {
	.read = memory_read,
	.write = memory_write,
};

/* ---- registers: struct pt_regs in the order of their encoding ---- */

static const u16 gpr_offset[16] = {
	offsetof(struct pt_regs, ax), offsetof(struct pt_regs, cx),
	offsetof(struct pt_regs, dx), offsetof(struct pt_regs, bx),
	offsetof(struct pt_regs, sp), offsetof(struct pt_regs, bp),
	offsetof(struct pt_regs, si), offsetof(struct pt_regs, di),
	offsetof(struct pt_regs, r8), offsetof(struct pt_regs, r9),
	offsetof(struct pt_regs, r10), offsetof(struct pt_regs, r11),
	offsetof(struct pt_regs, r12), offsetof(struct pt_regs, r13),
	offsetof(struct pt_regs, r14), offsetof(struct pt_regs, r15),
};

static unsigned long *gpr(struct pt_regs *regs, int i)
{
	return (void *)regs + gpr_offset[i];
}

static void regs_get(struct pt_regs *regs, struct insn_regs *out)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(gpr_offset); i++)
		out->gpr[i] = *gpr(regs, i);
	out->ip = regs->ip;
	out->flags = regs->flags;
}

static void regs_put(struct pt_regs *regs, const struct insn_regs *in)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(gpr_offset); i++)
		*gpr(regs, i) = in->gpr[i];
	regs->ip = in->ip;
	regs->flags = in->flags;
}

static bool holds_trap_address(struct pt_regs *regs)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(gpr_offset); i++)
		if (is_trap_address(*gpr(regs, i)))
			return true;
	return false;
}

/* ---- the step over what is not known ---- */

struct step {
	bool on, irqs;
	struct mapping by[ARRAY_SIZE(gpr_offset)];	/* given 0: unchanged */
};

static DEFINE_PER_CPU(struct step, step);

/* Let registers point to where nothing answers. False: none of them is ours. */
static bool step_lead(struct step *s, struct pt_regs *regs)
{
	struct mapping *m;
	unsigned long flags;
	bool found = false;
	int i;

	raw_spin_lock_irqsave(&mappings_lock, flags);
	for (i = 0; i < ARRAY_SIZE(gpr_offset); i++) {
		m = mapping_find(*gpr(regs, i), false);
		s->by[i] = m ? *m : (struct mapping){ 0 };
		if (!m)
			continue;
		*gpr(regs, i) += m->real - m->given;
		found = true;
	}
	raw_spin_unlock_irqrestore(&mappings_lock, flags);
	return found;
}

static bool step_begin(struct pt_regs *regs)
{
	struct step *s;
	bool found;

	preempt_disable();
	s = this_cpu_ptr(&step);
	found = step_lead(s, regs);
	if (found) {
		s->irqs = regs->flags & X86_EFLAGS_IF;
		regs->flags &= ~X86_EFLAGS_IF;	/* nobody else meanwhile */
		regs->flags |= X86_EFLAGS_TF;
		local_irq_disable();
		s->on = true;
	}
	preempt_enable();
	return found;
}

static int step_end(struct pt_regs *regs)
{
	struct step *s = this_cpu_ptr(&step);
	struct mapping *m;
	int i;

	if (!s->on)
		return NOTIFY_DONE;
	s->on = false;
	regs->flags &= ~X86_EFLAGS_TF;
	if (s->irqs)
		regs->flags |= X86_EFLAGS_IF;
	for (i = 0; i < ARRAY_SIZE(gpr_offset); i++) {
		m = &s->by[i];
		if (m->given && *gpr(regs, i) - m->real <= m->size)
			*gpr(regs, i) += m->given - m->real;
	}
	return NOTIFY_STOP;
}

/* ---- the fault ---- */

static unsigned int fetch(const struct pt_regs *regs, u8 bytes[INSN_MAX])
{
	unsigned int len = INSN_MAX;

	/* Not beyond its page, if the next one is not there. */
	if (!copy_from_kernel_nofault(bytes, (void *)regs->ip, len))
		return len;
	len = PAGE_SIZE - offset_in_page(regs->ip);
	if (len < INSN_MAX &&
	    !copy_from_kernel_nofault(bytes, (void *)regs->ip, len))
		return len;
	return 0;
}

static void kill_functions(struct pt_regs *regs, const u8 *bytes,
			   unsigned int len)
{
	struct function *f;
	int i;

	for (i = 0; i < ARRAY_SIZE(gpr_offset); i++) {
		if (!is_trap_address(*gpr(regs, i)))
			continue;
		f = trap_function(*gpr(regs, i));
		if (!f)
			continue;
		if (!READ_ONCE(f->nic.port->dead))
			pr_err("intmgr: function %u (%s): the instruction %*ph at %pS accesses register %#x in a way that is not known: the function is taken off the bus\n",
			       f->id, f->window->bdf, len, bytes,
			       (void *)regs->ip, (u32)*gpr(regs, i));
		bus_kill(f);
	}
}

static int fault(struct pt_regs *regs)
{
	struct insn_regs state;
	u8 bytes[INSN_MAX];
	struct insn_access insn;
	unsigned int len;

	if (user_mode(regs) || !holds_trap_address(regs))
		return NOTIFY_DONE;
	len = fetch(regs, bytes);
	regs_get(regs, &state);
	if (insn_access_decode(&insn, bytes, len, &state)) {
		kill_functions(regs, bytes, len);
		return step_begin(regs) ? NOTIFY_STOP : NOTIFY_DONE;
	}
	if (!is_trap_address(insn.address) && !is_trap_address(insn.source))
		return NOTIFY_DONE;
	if (insn_access_execute(&insn, &state, &memory, NULL))
		return NOTIFY_DONE;
	regs_put(regs, &state);
	return NOTIFY_STOP;
}

static int trap_die(struct notifier_block *nb, unsigned long event, void *data)
{
	struct die_args *args = data;

	switch (event) {
	case DIE_GPF:
		return fault(args->regs);
	case DIE_TRAP:
		return args->trapnr == X86_TRAP_SS ? fault(args->regs) :
						     NOTIFY_DONE;
	case DIE_DEBUG:
		return step_end(args->regs);
	default:
		return NOTIFY_DONE;
	}
}

static struct notifier_block die_notifier = {
	.notifier_call = trap_die,
	.priority = INT_MAX,
};

int trap_create(void)
{
	int err = register_die_notifier(&die_notifier);

	if (err)
		return err;
	err = register_kprobe(&iounmap_probe);
	if (err)
		goto unregister_notifier;
	err = register_kretprobe(&ioremap_probe);
	if (err)
		goto unregister_iounmap;
	return 0;

unregister_iounmap:
	unregister_kprobe(&iounmap_probe);
unregister_notifier:
	unregister_die_notifier(&die_notifier);
	return err;
}

void trap_destroy(void)
{
	unregister_kretprobe(&ioremap_probe);
	unregister_kprobe(&iounmap_probe);
	unregister_die_notifier(&die_notifier);
}
