// SPDX-License-Identifier: GPL-2.0-only
#include "node.h"

#include <unistd.h>

#include "console.h"
#include "ending.h"
#include "node_device.h"
#include "node_errors.h"
#include "number.h"
#include "say.h"

#define REPORT_LINES	25

int node_open(u32 id, int *fd)
{
	int code = node_device_need(fd), err;

	if (code)
		return code;
	err = node_select(*fd, id);
	if (!err)
		return EXIT_DONE;
	close(*fd);
	*fd = -1;
	return node_say_error(id, err);
}

int node_stop(u32 id)
{
	int fd, code = node_device_need(&fd), err;

	if (code)
		return code;
	err = node_ioc_stop(fd, id);
	close(fd);
	return err ? node_say_error(id, err) : EXIT_DONE;
}

static void say_end(FILE *out, const struct intmgr_node_query *query)
{
	char how[ENDING_TEXT], time[32];

	ending_text(query, how);
	fprintf(out, "node %u after %s: %s\n", query->id,
		number_show_time(query->uptime_ns, time), how);
}

void node_report_end(FILE *out, u32 id)
{
	struct intmgr_node_query query;
	int fd = node_device();

	if (fd < 0)
		return;
	if (!node_query(fd, id, &query)) {
		say_end(out, &query);
		if (!query.console_len)
			fprintf(out, "  its console is empty: it did not come as far as intmgr_target.ko, whose console this is; look at --kernel and --append\n");
	}
	if (!node_select(fd, id))
		console_end(out, fd, REPORT_LINES);
	close(fd);
}
