// SPDX-License-Identifier: GPL-2.0-only
/*
 * A node's life. All that can be wrong with a request is looked for before
 * anything changes; from then on a start that fails leaves a stopped node.
 */
#include <linux/cc_platform.h>
#include <linux/err.h>
#include <linux/iopoll.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/panic_notifier.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <asm/apic.h>
#include <asm/cpufeature.h>
#include <asm/tsc.h>

#include "node/internal.h"

#define LIFE_POLL_US	200
#define LIFE_AGAIN_US	100000		/* from SIPI to the first instructions, */
#define LIFE_START_US	2000000		/* and from the second one */
#define LIFE_COPY	SZ_16M		/* at a time */

DEFINE_MUTEX(life_lock);
DEFINE_MUTEX(node_lock);

static struct os_node nodes[INTMGR_NODES];
static bool going_down;			/* this kernel reboots; under life_lock */

struct os_node *node_find(u32 id)
{
	return id && id <= INTMGR_NODES ? &nodes[id - 1] : NULL;
}

/* ---- memory that is held ---- */

void life_hold(struct os_node *n)
{
	n->holders++;
}

static void life_give(struct os_node *n)
{
	if (n->holders || node_runs(n) || !n->memory.size)
		return;
	console_keep(n);
	memory_give(&n->memory);
}

void life_drop(struct os_node *n)
{
	n->holders--;
	life_give(n);
}

/* ---- the end ---- */

/* Under node_lock, of a node that owns cores. */
static void life_end(struct os_node *n, const char *reason)
{
	watch_look(n);
	if (!n->ended_ns)
		watch_ended(n, n->state, reason);
	/* Before anyone touches its memory. */
	cores_stop(&n->cores);
	cores_settle();
	watch_end(n);
	cores_release(&n->cores);
	n->state = INTMGR_NODE_STATE_STOPPED;
	module_put(THIS_MODULE);
}

int life_stop(u32 id)
{
	struct os_node *n = node_find(id);
	int err = 0;

	if (!n)
		return -EINVAL;
	mutex_lock(&life_lock);
	mutex_lock(&node_lock);
	if (n->state == INTMGR_NODE_STATE_NONE)
		err = -ENOENT;
	else if (!node_runs(n))
		err = -ESRCH;
	else
		life_end(n, "stopped");
	life_give(n);
	mutex_unlock(&node_lock);
	mutex_unlock(&life_lock);
	return err;
}

/* ---- the start ---- */

struct start {
	const struct intmgr_node_start *spec;
	struct os_node *node;
	struct image image;
	void *label;
	u64 initrd;			/* where it is put */
	char user[INTMGR_NODE_CMDLINE];
	char cmdline[INTMGR_NODE_CMDLINE];
};

static int start_check(const struct intmgr_node_start *spec)
{
	if (spec->flags || !node_find(spec->id) || !spec->cores ||
	    spec->cores > INTMGR_NODE_CORES || !spec->memory ||
	    !IS_ALIGNED(spec->memory, MEMORY_ALIGN) || !spec->window ||
	    !IS_ALIGNED(spec->window, PAGE_SIZE) ||
	    !spec->initrd != !spec->initrd_len ||
	    !spec->label != !spec->label_len ||
	    spec->label_len > INTMGR_NODE_LABEL ||
	    memchr_inv(spec->reserved, 0, sizeof(spec->reserved)))
		return -EINVAL;
	if (security_locked_down(LOCKDOWN_KEXEC))
		return -EPERM;
	/* The page tables and the trampoline know nothing of encrypted memory. */
	if (!boot_cpu_has(X86_FEATURE_APIC) || !tsc_khz ||
	    cc_platform_has(CC_ATTR_MEM_ENCRYPT))
		return -EOPNOTSUPP;
	return 0;
}

/* Kernel and initramfs in the RAM of a node laid out like this? */
static int start_fits(const struct start *s)
{
	struct node_memory m;
	u64 room, initrd = s->spec->initrd_len;
	int err;

	err = memory_layout(&m, 0, s->spec->memory, s->spec->window);
	if (err)
		return err;
	room = memory_ram(&m);
	if (s->image.need > room)
		return -EFBIG;
	room -= s->image.need;
	return room >= initrd && room - initrd >= PAGE_SIZE ? 0 : -EFBIG;
}

/* Read what @spec points at: 0, and start_free() must follow, or -errno. */
static int start_read(struct start *s)
{
	const struct intmgr_node_start *spec = s->spec;
	long len;

	len = strncpy_from_user(s->user, u64_to_user_ptr(spec->cmdline),
				sizeof(s->user));
	if (len < 0)
		return len;
	if (len == sizeof(s->user) ||
	    boot_cmdline(&s->node->memory, s->cmdline, s->user))
		return -EINVAL;
	if (spec->label_len) {
		s->label = memdup_user(u64_to_user_ptr(spec->label),
				       spec->label_len);
		if (IS_ERR(s->label))
			return PTR_ERR(s->label);
	}
	len = image_open(&s->image, spec->kernel, spec->kernel_len);
	if (len)
		kfree(s->label);
	return len;
}

static void start_free(struct start *s)
{
	image_close(&s->image);
	kfree(s->label);
}

static bool start_same_memory(const struct start *s)
{
	const struct node_memory *m = &s->node->memory;

	return m->size == s->spec->memory && m->window_size == s->spec->window;
}

/* Could the node be started now? Under node_lock. */
static int start_possible(const struct start *s)
{
	struct os_node *n = s->node;

	watch_look(n);
	if (n->state == INTMGR_NODE_STATE_BOOTING ||
	    n->state == INTMGR_NODE_STATE_UP)
		return -EBUSY;
	if (n->holders && !start_same_memory(s))
		return -EBUSY;
	return cores_check(&n->cores, s->spec->cores, s->spec->core);
}

/*
 * End the last life, take memory and cores. The memory is held from here on:
 * life_drop() must follow.
 */
static int start_take(struct start *s)
{
	const struct intmgr_node_start *spec = s->spec;
	struct os_node *n = s->node;
	int err;

	err = start_possible(s);
	if (err)
		return err;
	if (node_runs(n))
		life_end(n, "stopped");
	if (!start_same_memory(s))
		life_give(n);
	err = console_create(n);
	if (!err && !n->memory.size)
		err = memory_take(&n->memory, spec->memory, spec->window);
	if (err)
		return err;
	err = cores_claim(&n->cores, spec->cores, spec->core);
	if (err)
		life_give(n);
	else
		life_hold(n);
	return err;
}

static int start_copy(void *to, u64 from, u64 len)
{
	u64 part;

	for (; len; len -= part, from += part, to += part) {
		part = min_t(u64, len, LIFE_COPY);
		if (copy_from_user(to, u64_to_user_ptr(from), part))
			return -EFAULT;
		cond_resched();
	}
	return 0;
}

/* Kernel at the first byte of RAM, initramfs at the end. */
static int start_load(struct start *s)
{
	const struct intmgr_node_start *spec = s->spec;
	const struct node_memory *m = &s->node->memory;
	int err;

	if (s->image.below_4g && m->base + s->image.need > SZ_4G)
		return -ELIBBAD;
	err = image_load(&s->image, m->va);
	if (err)
		return err;
	s->initrd = spec->initrd_len ?
			    ALIGN_DOWN(m->guard - spec->initrd_len, PAGE_SIZE) : 0;
	err = start_copy(memory_at(m, s->initrd ?: m->base), spec->initrd,
			 spec->initrd_len);
	if (err)
		return err;
	boot_cmdline(m, s->cmdline, s->user);
	boot_write(s->node, &s->image, s->cmdline, s->initrd, spec->initrd_len);
	return 0;
}

/* From now on it is a node that runs, to be ended by life_end(). */
static void start_begin(struct start *s)
{
	struct os_node *n = s->node;

	__module_get(THIS_MODULE);
	n->state = INTMGR_NODE_STATE_BOOTING;
	n->starts++;
	n->started_ns = ktime_get_ns();
	n->ended_ns = 0;
	n->reason[0] = '\0';
	swap(n->label, s->label);
	n->label_len = s->spec->label_len;
	guard_set(n);
	watch_begin(n);
}

/* Wait for the trampoline's word: 0 or -ETIMEDOUT. */
static int start_wait(const struct os_node *n, unsigned int us)
{
	const u32 *progress = &memory_page(&n->memory)->progress;
	u32 seen;

	return read_poll_timeout(READ_ONCE, seen, seen, LIFE_POLL_US, us, false,
				 *progress);
}

static int start_first_core(const struct os_node *n)
{
	void *va;
	u64 page = memory_trampoline(&va);
	int err;

	cores_stop(&n->cores);
	cores_settle();
	cores_start(&n->cores, page);
	err = start_wait(n, LIFE_AGAIN_US);
	if (!err)
		return 0;
	/* Some want two; a core that runs does not take it. */
	cores_start(&n->cores, page);
	return start_wait(n, LIFE_START_US);
}

/* With memory and cores taken. */
static int start_go(struct start *s)
{
	struct os_node *n = s->node;
	int err;

	err = start_load(s);
	mutex_lock(&node_lock);
	if (err)
		cores_release(&n->cores);
	else
		start_begin(s);
	mutex_unlock(&node_lock);
	if (err)
		return err;
	err = start_first_core(n);
	if (!err)
		return 0;
	mutex_lock(&node_lock);
	life_end(n, "its first core did not start");
	mutex_unlock(&node_lock);
	return err;
}

static int start_locked(struct start *s)
{
	int err;

	err = start_read(s);
	if (err)
		return err;
	err = start_fits(s);
	if (err)
		goto free;
	mutex_lock(&node_lock);
	err = start_take(s);
	mutex_unlock(&node_lock);
	if (err)
		goto free;
	err = start_go(s);
	mutex_lock(&node_lock);
	life_drop(s->node);
	mutex_unlock(&node_lock);
free:
	start_free(s);
	return err;
}

int life_start(const struct intmgr_node_start *spec)
{
	struct start *s;
	int err;

	err = start_check(spec);
	if (err)
		return err;
	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	s->spec = spec;
	s->node = node_find(spec->id);
	mutex_lock(&life_lock);
	err = going_down ? -ESHUTDOWN : start_locked(s);
	mutex_unlock(&life_lock);
	kfree(s);
	return err;
}

/* ---- this kernel goes down: nodes go first, their cores would run on ---- */

static void life_stop_all(void)
{
	struct os_node *n;

	for (n = nodes; n < nodes + INTMGR_NODES; n++)
		if (node_runs(n))
			cores_stop(&n->cores);
}

/* A start under way comes to its end first, and none begins after it. */
static int life_reboots(struct notifier_block *nb, unsigned long action,
			void *data)
{
	mutex_lock(&life_lock);
	going_down = true;
	life_stop_all();
	mutex_unlock(&life_lock);
	return NOTIFY_DONE;
}

static int life_panics(struct notifier_block *nb, unsigned long action,
		       void *data)
{
	life_stop_all();
	return NOTIFY_DONE;
}

static struct notifier_block life_reboot = { .notifier_call = life_reboots };
static struct notifier_block life_panic = { .notifier_call = life_panics };

int life_init(void)
{
	u32 i;
	int err;

	for (i = 0; i < INTMGR_NODES; i++)
		nodes[i].id = i + 1;
	err = register_reboot_notifier(&life_reboot);
	if (err)
		return err;
	err = atomic_notifier_chain_register(&panic_notifier_list, &life_panic);
	if (err)
		unregister_reboot_notifier(&life_reboot);
	return err;
}

/* No node runs and no file is open: each would hold the module. */
void life_exit(void)
{
	struct os_node *n;

	atomic_notifier_chain_unregister(&panic_notifier_list, &life_panic);
	unregister_reboot_notifier(&life_reboot);
	for (n = nodes; n < nodes + INTMGR_NODES; n++) {
		console_destroy(n);
		kfree(n->label);
	}
}
