// SPDX-License-Identifier: GPL-2.0-only
#include "node_errors.h"

#include <errno.h>
#include <string.h>

#include "reserve.h"
#include "say.h"

int node_say_error(u32 id, int err)
{
	switch (-err) {
	case ENOENT:
		return say_cannot("node %u was never started: intmgr target start %u",
				  id, id);
	case ESRCH:
		return say_cannot("node %u is not running: intmgr target start %u",
				  id, id);
	case EINVAL:
	case E2BIG:
	case ENOTTY:
		return say_cannot("intmgr_node.ko does not take this command's request: load modules and command of one build");
	default:
		return say_cannot("node %u: %s", id, strerror(-err));
	}
}

int node_say_locked_down(void)
{
	return say_cannot("this kernel is locked down and lets nobody start another: boot it without lockdown=, and with Secure Boot off");
}

int node_say_start_error(const struct node_spec *spec, const char *path,
			 int err)
{
	switch (-err) {
	case EPERM:
		return node_say_locked_down();
	case EBUSY:
		return say_cannot("node %u is running, or a command still uses its memory: stop the node and end the command",
				  spec->id);
	case ENXIO:
		return reserve_say("no memory is reserved for nodes",
				   spec->memory);
	case ENOSPC:
		return reserve_say("not as much reserved memory is left in one piece",
				   spec->memory);
	case EADDRNOTAVAIL:
		return reserve_say("no memory below 1 MiB is reserved, or none is left, where cores start",
				   spec->memory);
	case EISCONN:
		return say_cannot("one of the node's cores is online in this kernel: take it offline by /sys/devices/system/cpu/cpuN/online");
	case ENODEV:
		return say_cannot("one of the node's cores does not exist: see /sys/devices/system/cpu/present");
	case EDEADLK:
		return say_cannot("one of the node's cores is the one this kernel boots on: choose another by --cores");
	case EADDRINUSE:
		return say_cannot("one of the node's cores belongs to another node: see intmgr target list");
	case ENOEXEC:
		return say_cannot("%s is no Linux kernel: --kernel takes a bzImage (vmlinuz) or an ELF vmlinux",
				  path);
	case ENODATA:
		return say_cannot("the kernel %s is cut short: copy it again",
				  path);
	case ELIBBAD:
		return say_cannot("the kernel %s is not for this machine's architecture, or cannot be relocated: --kernel takes an x86-64 one with CONFIG_RELOCATABLE",
				  path);
	case EFBIG:
		return say_cannot("kernel and initramfs do not fit %llu MiB: give the node more by --memory",
				  (unsigned long long)spec->memory >> 20);
	case EOPNOTSUPP:
		return say_cannot("this machine cannot start nodes: it has no local APIC, no TSC to go by, or encrypted memory");
	case ETIMEDOUT:
		return say_cannot("the core of node %u did not start in time: try again, or take another by --cores",
				  spec->id);
	case ESHUTDOWN:
		return say_cannot("this kernel is going down: no node is started any more");
	case ENOMEM:
		return say_cannot("this kernel has no memory left to start a node with");
	default:
		return node_say_error(spec->id, err);
	}
}
