// SPDX-License-Identifier: GPL-2.0-only
#include "node_check.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cpus.h"
#include "file.h"
#include "kmod/uapi/intmgr.h"
#include "kmod/window.h"
#include "node_cmdline.h"
#include "node_device.h"
#include "node_errors.h"
#include "number.h"
#include "reserve.h"
#include "say.h"

#define BOOT_CPU	0
#define LOCKDOWN	"/sys/kernel/security/lockdown"

/* For the window's header, the NIC model's state and the ends of pages. */
#define WINDOW_REST	(1U << 20)

struct check {
	int fd;
	struct node_spec *spec;
	bool again;			/* it is to be stopped first */
	struct intmgr_node_query query;
	cpu_set_t present, online;
	u32 owner[CPU_SETSIZE];		/* the node that has the CPU, 0: none */
};

/* ---- what is loaded ---- */

static int check_support(struct check *c)
{
	if (!access(INTMGR_DEVICE, F_OK))
		return EXIT_DONE;
	return say_cannot("%s is not there, by which the node's agent is called: as root, insmod intmgr.ko",
			  INTMGR_DEVICE);
}

/* The file shows the choice in brackets: "[none] integrity confidentiality". */
static int check_lockdown(struct check *c)
{
	char text[128];

	if (file_read_text(LOCKDOWN, text, sizeof(text)) ||
	    strstr(text, "[none]"))
		return EXIT_DONE;
	return node_say_locked_down();
}

/* ---- the node ---- */

static int say_running(u32 id)
{
	return say_cannot("node %u is running already: intmgr target stop %u, or start another one",
			  id, id);
}

/* One that ended by itself is cleared away by the start. */
static int check_state(struct check *c)
{
	if (c->again)
		return EXIT_DONE;
	switch (c->query.state) {
	case INTMGR_NODE_STATE_BOOTING:
	case INTMGR_NODE_STATE_UP:
	case INTMGR_NODE_STATE_HUNG:
		return say_running(c->spec->id);
	}
	return EXIT_DONE;
}

/* ---- cores ---- */

static int say_core_online(u32 core)
{
	return say_cannot("core %u is online in this kernel: echo 0 > /sys/devices/system/cpu/cpu%u/online",
			  core, core);
}

static int say_no_core(u32 core)
{
	return say_cannot("there is no core %u: see /sys/devices/system/cpu/present",
			  core);
}

static int say_boot_core(u32 core)
{
	return say_cannot("core %u is the one this kernel boots on and needs: choose another by --cores",
			  core);
}

static int say_core_taken(u32 core, u32 owner)
{
	return say_cannot("core %u belongs to node %u: choose another by --cores, or intmgr target stop %u",
			  core, owner, owner);
}

static int check_core(const struct check *c, u32 core)
{
	if (core >= CPU_SETSIZE || !CPU_ISSET(core, &c->present))
		return say_no_core(core);
	if (core == BOOT_CPU)
		return say_boot_core(core);
	if (CPU_ISSET(core, &c->online))
		return say_core_online(core);
	if (c->owner[core] && c->owner[core] != c->spec->id)
		return say_core_taken(core, c->owner[core]);
	return EXIT_DONE;
}

static void find_owners(struct check *c)
{
	struct intmgr_node_query query;
	u32 id, i;

	for (id = 1; id <= INTMGR_NODES; id++) {
		if (node_query(c->fd, id, &query) ||
		    !node_has_cores(query.state))
			continue;
		for (i = 0; i < query.cores && i < INTMGR_NODE_CORES; i++)
			if (query.core[i] < CPU_SETSIZE)
				c->owner[query.core[i]] = id;
	}
}

static bool core_free(const struct check *c, int core)
{
	return core != BOOT_CPU && CPU_ISSET(core, &c->present) &&
	       !CPU_ISSET(core, &c->online) &&
	       (!c->owner[core] || c->owner[core] == c->spec->id);
}

static int choose_core(struct check *c)
{
	int core;

	for (core = 0; core < CPU_SETSIZE; core++) {
		if (!core_free(c, core))
			continue;
		c->spec->core[0] = core;
		c->spec->cores = 1;
		return EXIT_DONE;
	}
	core = cpus_highest_but(&c->online, BOOT_CPU);
	if (core < 0)
		return say_cannot("no core is free for a node: what there is beside the boot core belongs to nodes, see intmgr target list");
	return say_cannot("no core is free for a node: take one from this kernel by echo 0 > /sys/devices/system/cpu/cpu%d/online",
			  core);
}

static int check_cores(struct check *c)
{
	int code;
	u32 i;

	if (cpus_present(&c->present) || cpus_online(&c->online))
		return say_cannot("cannot read /sys/devices/system/cpu: is /sys mounted?");
	find_owners(c);
	if (!c->spec->cores)
		return choose_core(c);
	for (i = 0; i < c->spec->cores; i++) {
		code = check_core(c, c->spec->core[i]);
		if (code)
			return code;
	}
	return EXIT_DONE;
}

/*
 * A message to "all but myself" reaches the node's cores, too, and this
 * kernel sends such ones as soon as two of its CPUs are online.
 */
static int check_broadcast(struct check *c)
{
	char line[INTMGR_NODE_CMDLINE];

	if (CPU_COUNT(&c->online) < 2 ||
	    file_read_text("/proc/cmdline", line, sizeof(line)) ||
	    node_cmdline_has(line, "no_ipi_broadcast=1"))
		return EXIT_DONE;
	return say_cannot("%d CPUs of this kernel stay online, and their messages to all would reach the node: boot with no_ipi_broadcast=1",
			  CPU_COUNT(&c->online));
}

/* ---- memory ---- */

/* What is reserved for other nodes, and what this one wants. */
static u64 wanted(const struct check *c)
{
	return c->query.reserved_total - c->query.reserved_free +
	       c->spec->memory;
}

static int check_window(struct check *c)
{
	u64 window = node_window_size(c->spec->pool);
	char need[32], memory[32];

	if (window < c->spec->memory)
		return EXIT_DONE;
	return say_cannot("--memory %s holds no kernel beside the window of %s: give it more, or less by --pool",
			  number_show_size(c->spec->memory, memory),
			  number_show_size(window, need));
}

static int say_no_piece(const struct check *c)
{
	char need[32], largest[32], total[32], why[200];

	snprintf(why, sizeof(why),
		 "node %u wants %s in one piece, and the largest free one of the %s reserved is %s",
		 c->spec->id, number_show_size(c->spec->memory, need),
		 number_show_size(c->query.reserved_total, total),
		 number_show_size(c->query.reserved_largest, largest));
	return reserve_say(why, wanted(c));
}

static int check_reserved(struct check *c)
{
	if (!c->query.reserved_total)
		return reserve_say("no memory is reserved for nodes",
				   wanted(c));
	if (!c->query.low_total)
		return reserve_say("no memory below 1 MiB is reserved, where cores start",
				   wanted(c));
	if (node_has_cores(c->query.state) ||
	    c->query.reserved_largest >= c->spec->memory)
		return EXIT_DONE;
	/* it was stopped, and a run that is to go on still has its window mapped */
	if (c->query.memory == c->spec->memory)
		return EXIT_DONE;
	return say_no_piece(c);
}

/* ---- all of it ---- */

static int (*const checks[])(struct check *c) = {
	check_support, check_lockdown,	check_state,	check_cores,
	check_window,  check_reserved,	check_broadcast,
};

int node_check(int fd, struct node_spec *spec, bool again)
{
	struct check c = { .fd = fd, .spec = spec, .again = again };
	int code = EXIT_DONE, err;
	size_t i;

	err = node_query(fd, spec->id, &c.query);
	if (err)
		return node_say_error(spec->id, err);
	for (i = 0; i < ARRAY_SIZE(checks) && !code; i++)
		code = checks[i](&c);
	return code;
}

u64 node_window_size(u64 pool)
{
	u64 size = pool + WINDOW_REST + INTMGR_AGENT_SIZE +
		   INTMGR_SLOTS * sizeof(struct intmgr_slot) +
		   INTMGR_ENTRIES * sizeof(struct intmgr_entry);
	u64 page = sysconf(_SC_PAGESIZE);

	return (size + page - 1) / page * page;
}

int node_check_fit(const struct node_spec *spec, u64 kernel, u64 initramfs)
{
	u64 window = node_window_size(spec->pool);

	if (window + kernel + initramfs < spec->memory)
		return EXIT_DONE;
	return say_cannot("node %u: a window of %.1f MiB, a kernel of %.1f MiB and an initramfs of %.1f MiB do not fit %.1f MiB: give it more by --memory",
			  spec->id, window / 1048576.0, kernel / 1048576.0,
			  initramfs / 1048576.0, spec->memory / 1048576.0);
}
