// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shots fired by this program at a User-Mode Linux process: the support side
 * (support/) without a kernel module.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "device.h"
#include "say.h"
#include "support/support.h"
#include "uml.h"

/* A copy of what a run is made of, NULL where there is none. */
static void *copy_of(u64 from, size_t len, int *err)
{
	void *copy = len ? malloc(len) : NULL;

	if (copy)
		memcpy(copy, (const void *)(uintptr_t)from, len);
	else if (len)
		*err = -ENOMEM;
	return copy;
}

/* A process that has ended stamps no more: its window says that it is gone. */
static void look_alive(const struct device *dev)
{
	if (uml_machine_ended(uml_machine(dev->uml), NULL))
		port_store(&dev->window->state, INTMGR_TARGET_GONE);
}

static int uml_attach(const struct device *dev)
{
	struct uml_support *s = uml_support(dev->uml);
	struct view *v = calloc(1, sizeof(*v));
	int err;

	if (!v)
		return -ENOMEM;
	*v = (struct view){
		.w = dev->window,
		.size = dev->size,
		.line = { .wake = uml_wake, .arg = dev->uml },
	};
	err = view_read(v);
	if (!err && !device_areas_fit(dev))
		err = -EPROTO;
	if (err) {
		free(v);
		return err;
	}
	s->view = v;
	return 0;
}

static int uml_query(const struct device *dev, struct intmgr_query *query)
{
	struct uml_support *s = uml_support(dev->uml);

	*query = (struct intmgr_query){ .abi = INTMGR_ABI_REVISION };
	look_alive(dev);
	if (s->view)
		summary_view(s->view, query);
	return 0;
}

/*
 * The window's pages are there when they are first written to, which takes longer
 * than a shot: so before the run, while the target sleeps, all that its driver has
 * mapped is written to, and stays as it is. MADV_POPULATE_WRITE does not do: under
 * a hypervisor without nested paging the first write is slow all the same.
 */
static void touch_mapped(const struct nic_region *r)
{
	u64 at;

	for (at = 0; r->extent && at < r->size; at += NIC_GRANULE)
		if (port_load(&r->extent[at / NIC_GRANULE]))
			port_fetch_or(r->va + at, 0);
}

/* The same of the slots that @shots of them use; the log is the target's to write. */
static void touch_window(const struct view *v, u64 shots)
{
	u32 i;

	touch_mapped(&v->nic.region[0]);
	for (i = 0; i <= min(shots, (u64)INTMGR_SLOTS - 1); i++)
		port_fetch_or(&v->slot[i].reason, 0);
	for (i = 0; i < INTMGR_ENTRIES; i++)
		port_load(&v->entry[i].tsc);
}

static int uml_run(const struct device *dev, struct intmgr_run *spec)
{
	struct uml_support *s = uml_support(dev->uml);
	void *frame, *trace;
	struct run *r;
	int err;

	spec->size = sizeof(*spec);
	spec->target_cpu = 0;	/* as the target counts */
	err = run_check(spec);
	if (err)
		return err;
	frame = copy_of(spec->frame, spec->frame_len, &err);
	trace = copy_of(spec->trace, spec->trace_len * sizeof(u64), &err);
	if (err) {
		free(frame);
		free(trace);
		return err;
	}
	touch_window(s->view, spec->warmup + spec->count);
	err = run_create(&r, s->view, spec, frame, trace);
	if (err)
		return err;
	pthread_mutex_lock(&s->lock);
	run_free(s->run);
	s->run = r;
	pthread_mutex_unlock(&s->lock);
	return run_execute(r);
}

static int uml_stats(const struct device *dev, struct intmgr_stats *stats)
{
	struct uml_support *s = uml_support(dev->uml);
	int err = 0;

	*stats = (struct intmgr_stats){ 0 };
	pthread_mutex_lock(&s->lock);
	if (s->run)
		summary_fill(s->run, stats);
	else
		err = -ENODATA;
	pthread_mutex_unlock(&s->lock);
	return err;
}

static int uml_records(const struct device *dev, struct intmgr_record *buffer,
		       __u32 capacity, __u32 *count)
{
	struct uml_support *s = uml_support(dev->uml);
	int err = 0;

	*count = 0;
	pthread_mutex_lock(&s->lock);
	if (!s->run)
		err = -ENODATA;
	while (!err && *count < capacity &&
	       records_next(s->run, &buffer[*count]))
		(*count)++;
	pthread_mutex_unlock(&s->lock);
	return err;
}

static int uml_wake_agent(const struct device *dev)
{
	return order_give(uml_support(dev->uml)->view, INTMGR_ORDER_AGENT, 0);
}

static void uml_standings(const struct device *dev, struct standings *s)
{
	*s = (struct standings){
		.known = true,
		.pacing = uml_thread_standing(),
		.target = uml_machine(dev->uml)->process.standing,
	};
}

static void uml_close(struct device *dev)
{
	uml_stop(dev->uml);
}

static bool uml_has_ended(const struct device *dev)
{
	return uml_machine_ended(uml_machine(dev->uml), NULL);
}

static int uml_say_end(const struct device *dev)
{
	char how[UML_HOW] = "it hangs";

	uml_machine_ended(uml_machine(dev->uml), how);
	uml_machine_show_console(uml_machine(dev->uml), stderr);
	return say_cannot("the target is not up: %s", how);
}

static const char *uml_advice(const struct device *dev, char text[64])
{
	uml_machine_show_console(uml_machine(dev->uml), stderr);
	return "its console shows how far it came";
}

const struct device_ops uml_ops = {
	.attach = uml_attach,
	.query = uml_query,
	.run = uml_run,
	.stats = uml_stats,
	.records = uml_records,
	.wake_agent = uml_wake_agent,
	.standings = uml_standings,
	.close = uml_close,
	.fires_here = true,
	.ended = uml_has_ended,
	.say_end = uml_say_end,
	.advice = uml_advice,
};
