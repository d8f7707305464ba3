// SPDX-License-Identifier: GPL-2.0-only
/*
 * The agent: first process of a node, or of a User-Mode Linux. It loads the
 * target module, makes the function, and does what the support OS asks of it by
 * the mailbox in the window; or does its job, if it was given one. If it cannot, it says why on the node's console and ends, which the
 * kernel takes for a panic: the support OS sees that at once.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../say.h"
#include "boot.h"
#include "job.h"
#include "modules.h"
#include "serve.h"

/*
 * intmgr_target.ko gets the node page's address, or for a User-Mode Linux what
 * that has to be told, from the kernel's command line.
 */
static int load_target(void)
{
	char value[128], parameter[256];
	unsigned int access, frame, interrupt;

	if (boot_setting("intmgr_node", value, sizeof(value)))
		snprintf(parameter, sizeof(parameter), "node=%s", value);
	else if (boot_setting("intmgr_tsc_khz", value, sizeof(value)))
		snprintf(parameter, sizeof(parameter), "tsc_khz=%s", value);
	else if (boot_setting("intmgr_cost", value, sizeof(value)) &&
		 sscanf(value, "%u,%u,%u", &access, &frame, &interrupt) == 3)
		snprintf(parameter, sizeof(parameter),
			 "cost_access=%u cost_frame=%u cost_interrupt=%u",
			 access, frame, interrupt);
	else
		return say_cannot("the kernel's command line has no intmgr_node=, intmgr_tsc_khz= or intmgr_cost=: this program is for a kernel that intmgr started");
	return modules_load("intmgr_target", parameter);
}

/* Started in a kernel that is set up, and has the window, it only serves. */
int main(void)
{
	int code = EXIT_DONE;

	if (getpid() == 1) {
		boot_obey_signals();
		code = boot_mount();
		boot_let_frames_wait();
		if (!code)
			code = load_target();
	}
	if (!code && job_is_there())
		job_do();
	if (!code)
		code = serve();
	return code;
}
