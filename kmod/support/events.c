// SPDX-License-Identifier: GPL-2.0-only
/*
 * Generic netlink: run started, progress, run finished, to whoever listens.
 * Nothing depends on an event arriving: the figures come by ioctl.
 */
#include <net/genetlink.h>

#include "support/module.h"

static const struct genl_multicast_group event_groups[] = {
	{ .name = INTMGR_GENL_GROUP },
};

static struct genl_family event_family = {
	.name = INTMGR_GENL_NAME,
	.version = INTMGR_GENL_VERSION,
	.maxattr = INTMGR_ATTR_END - 1,
	.module = THIS_MODULE,
	.mcgrps = event_groups,
	.n_mcgrps = ARRAY_SIZE(event_groups),
};

static int event_put_counts(struct sk_buff *skb, const struct run *r)
{
	u64 sent = READ_ONCE(r->sent);

	sent = run_counts(r, sent) ? sent - r->spec.warmup : 0;
	return nla_put_u64_64bit(skb, INTMGR_ATTR_RUN, r->spec.run,
				 INTMGR_ATTR_PAD) ?:
	       nla_put_u64_64bit(skb, INTMGR_ATTR_COUNT, r->spec.count,
				 INTMGR_ATTR_PAD) ?:
	       nla_put_u64_64bit(skb, INTMGR_ATTR_SENT, sent,
				 INTMGR_ATTR_PAD) ?:
	       nla_put_u64_64bit(skb, INTMGR_ATTR_RECEIVED,
				 READ_ONCE(r->received), INTMGR_ATTR_PAD) ?:
	       nla_put_u32(skb, INTMGR_ATTR_AGAINST, r->spec.against);
}

static void event_send(const struct run *r, enum intmgr_genl_cmd cmd,
		       int result)
{
	struct sk_buff *skb = genlmsg_new(NLMSG_GOODSIZE, GFP_KERNEL);
	void *header;

	if (!skb)
		return;
	header = genlmsg_put(skb, 0, 0, &event_family, 0, cmd);
	if (!header || event_put_counts(skb, r) ||
	    (cmd == INTMGR_CMD_FINISHED &&
	     nla_put_s32(skb, INTMGR_ATTR_RESULT, result))) {
		nlmsg_free(skb);
		return;
	}
	genlmsg_end(skb, header);
	genlmsg_multicast(&event_family, skb, 0, 0, GFP_KERNEL);
}

void events_started(const struct run *r)
{
	event_send(r, INTMGR_CMD_STARTED, 0);
}

void events_progress(const struct run *r)
{
	event_send(r, INTMGR_CMD_PROGRESS, 0);
}

void events_finished(const struct run *r, int result)
{
	event_send(r, INTMGR_CMD_FINISHED, result);
}

int events_register(void)
{
	return genl_register_family(&event_family);
}

void events_unregister(void)
{
	genl_unregister_family(&event_family);
}
