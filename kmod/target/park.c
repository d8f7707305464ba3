// SPDX-License-Identifier: GPL-2.0-only
/*
 * The end of a node's kernel: it says what happened, takes its doorbells back
 * and parks. It never resets, which would take the support OS with it. Two nets
 * below this one catch what passes by: the reset register of the node's FADT is
 * a byte that the support OS watches, and the heartbeat stops.
 */
#include <linux/atomic.h>
#include <linux/kdebug.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/notifier.h>
#include <linux/panic_notifier.h>
#include <linux/reboot.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <asm/irqflags.h>
#include <asm/ptrace.h>

#include "target.h"

static atomic_t ended;
static bool probed;

/* The first reason is the reason: a panic may well end in a restart. */
static void end(enum intmgr_node_progress progress, const char *reason)
{
	struct function *f;

	if (atomic_xchg(&ended, 1))
		return;
	strscpy(node_page->reason, reason, sizeof(node_page->reason));
	node_tell(progress);
	/* Who sees the target gone finds the reason. */
	for_each_function(f)
		window_abandon(f);
}

/* Until the support OS sends an INIT to each of this node's CPUs. */
static void __noreturn park(void)
{
	local_irq_disable();
	smp_send_stop();
	for (;;)
		native_halt();
}

/* Of the last oops: the panic that follows it says no more than "fatal". */
static char oops[128];

static int park_oops(struct notifier_block *nb, unsigned long event, void *data)
{
	const struct die_args *args = data;

	if (event == DIE_OOPS)
		scnprintf(oops, sizeof(oops), ": %s at %pS", args->str,
			  (void *)instruction_pointer(args->regs));
	return NOTIFY_DONE;
}

static struct notifier_block oops_notifier = { .notifier_call = park_oops };

/* It goes on, to print what it has to. */
static int park_panic(struct notifier_block *nb, unsigned long unused,
		      void *text)
{
	static char reason[sizeof(node_page->reason)];

	scnprintf(reason, sizeof(reason), "%s%s", (const char *)text,
		  strstarts(text, "Fatal exception") ? oops : "");
	end(INTMGR_NODE_PANIC, reason);
	return NOTIFY_DONE;
}

static struct notifier_block panic_notifier = {
	.notifier_call = park_panic,
	.priority = INT_MAX,
};

/* Before anything is shut down: most of it is the machine's, not this node's. */
static int park_reboot(struct notifier_block *nb, unsigned long action,
		       void *text)
{
	if (action == SYS_RESTART)
		end(INTMGR_NODE_REBOOT, text ?: "");
	else
		end(INTMGR_NODE_HALT, action == SYS_HALT ? "" : "power off");
	park();
}

static struct notifier_block reboot_notifier = {
	.notifier_call = park_reboot,
	.priority = INT_MAX,
};

static int park_restart(struct kprobe *kp, struct pt_regs *regs)
{
	end(INTMGR_NODE_REBOOT, "emergency restart");
	park();
}

/*
 * All ways to a reset come through here, those without notifiers too: sysrq,
 * a panic with a timeout (arch/x86/kernel/reboot.c).
 */
static struct kprobe restart_probe = {
	.symbol_name = "native_machine_emergency_restart",
	.pre_handler = park_restart,
};

int park_create(void)
{
	int err;

	if (!node_page)
		return 0;
	err = register_reboot_notifier(&reboot_notifier);
	if (err)
		return err;
	err = atomic_notifier_chain_register(&panic_notifier_list,
					     &panic_notifier);
	if (err)
		goto unregister_reboot;
	err = register_die_notifier(&oops_notifier);
	if (err)
		goto unregister_panic;
	/* Without it, the reset register is what is left. */
	probed = !register_kprobe(&restart_probe);
	return 0;

unregister_panic:
	atomic_notifier_chain_unregister(&panic_notifier_list, &panic_notifier);
unregister_reboot:
	unregister_reboot_notifier(&reboot_notifier);
	return err;
}

void park_destroy(void)
{
	if (!node_page)
		return;
	if (probed)
		unregister_kprobe(&restart_probe);
	unregister_die_notifier(&oops_notifier);
	atomic_notifier_chain_unregister(&panic_notifier_list, &panic_notifier);
	unregister_reboot_notifier(&reboot_notifier);
}
