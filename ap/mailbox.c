// SPDX-License-Identifier: GPL-2.0-only
#include "mailbox.h"

#include <ctype.h>

#include "say.h"

static_assert(sizeof(struct mailbox) <= INTMGR_AGENT_SIZE,
	      "the window has no room for the mailbox");

/* ---- the command's end ---- */

bool mailbox_is_ready(const struct mailbox *box)
{
	return port_load_acquire(&box->ready) == MAILBOX_READY;
}

u64 mailbox_post(struct mailbox_channel *channel,
		 const struct mailbox_request *request)
{
	u64 seq = port_load(&channel->request_seq) + 1;

	channel->request = *request;
	port_store_release(&channel->request_seq, seq);
	return seq;
}

/* Make a string of text[size] that a terminal can be shown. */
static void clean(char *text, size_t size)
{
	size_t i;

	text[size - 1] = '\0';
	for (i = 0; text[i]; i++)
		if (!isprint((unsigned char)text[i]) && text[i] != '\n')
			text[i] = '?';
}

static void clean_facts(struct site_facts *facts)
{
	clean(facts->kernel, sizeof(facts->kernel));
	clean(facts->cpu_model, sizeof(facts->cpu_model));
	clean(facts->interface, sizeof(facts->interface));
}

bool mailbox_collect(const struct mailbox_channel *channel, u64 seq, u32 kind,
		     struct mailbox_reply *reply)
{
	if (port_load_acquire(&channel->reply_seq) != seq)
		return false;
	*reply = channel->reply;
	clean(reply->said, sizeof(reply->said));
	if (reply->code < EXIT_DONE || reply->code > EXIT_CANNOT)
		reply->code = EXIT_CANNOT;
	if (kind == MAILBOX_PREPARE)
		clean_facts(&reply->facts);
	if (kind == MAILBOX_EXECUTE && reply->execute.len > MAILBOX_OUTPUT)
		reply->execute.len = MAILBOX_OUTPUT;
	return true;
}

int mailbox_pack(struct mailbox_request *request, char *const *argv)
{
	size_t used = 0, len;

	request->execute.count = 0;
	for (; *argv; argv++) {
		len = strlen(*argv) + 1;
		if (len > MAILBOX_ARGS - used)
			return -E2BIG;
		memcpy(request->execute.args + used, *argv, len);
		used += len;
		request->execute.count++;
	}
	return 0;
}

/* ---- the agent's end ---- */

void mailbox_open(struct mailbox *box)
{
	struct mailbox_channel *c;
	int i;

	for (i = 0; i < MAILBOX_CHANNELS; i++) {
		c = &box->channel[i];
		port_store(&c->reply_seq, port_load_acquire(&c->request_seq));
	}
	port_store_release(&box->ready, MAILBOX_READY);
}

bool mailbox_take(const struct mailbox_channel *channel,
		  struct mailbox_request *request, u64 *seq)
{
	*seq = port_load_acquire(&channel->request_seq);
	if (*seq == port_load(&channel->reply_seq))
		return false;
	*request = channel->request;
	/* its command may have been killed, and the next one be writing */
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	return port_load(&channel->request_seq) == *seq;
}

bool mailbox_given_up(const struct mailbox_channel *channel, u64 seq)
{
	return port_load(&channel->give_up) == seq ||
	       port_load(&channel->request_seq) != seq;
}

void mailbox_answer(struct mailbox_channel *channel, u64 seq,
		    const struct mailbox_reply *reply)
{
	channel->reply = *reply;
	port_store_release(&channel->reply_seq, seq);
}

int mailbox_unpack(struct mailbox_request *request, char **argv, u32 n)
{
	char *next = request->execute.args, *end = next + MAILBOX_ARGS;
	u32 i, count = request->execute.count;

	if (!count || count >= n)
		return -EINVAL;
	end[-1] = '\0';
	for (i = 0; i < count; i++) {
		if (next >= end)
			return -EINVAL;
		argv[i] = next;
		next += strlen(next) + 1;
	}
	argv[count] = NULL;
	return 0;
}
