/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The mailbox in the window's agent area: requests of commands in the support
 * OS, and the agent's replies. "W:" names the only side that writes a field.
 *
 *	command                          agent
 *	request, request_seq (release) ─▶ woken by INTMGR_IOC_AGENT
 *	reply_seq (acquire)            ◀─ reply, reply_seq (release)
 *
 * The agent's kernel may have gone mad: what the command takes from here is
 * copied once and checked before it is used.
 */
#ifndef AP_MAILBOX_H
#define AP_MAILBOX_H

#include "injector/port.h"
#include "kmod/window.h"
#include "receiver.h"
#include "site.h"

#define MAILBOX_READY	0x0278626d746e69ULL	/* "intmbx", and the revision */
#define MAILBOX_ARGS	4096		/* bytes of a program's arguments */
#define MAILBOX_OUTPUT	98304		/* bytes of a program's output */
#define MAILBOX_SAID	1024		/* bytes of sentences */

enum mailbox_kind {
	MAILBOX_NOTHING,
	MAILBOX_LOAD,
	MAILBOX_PREPARE,
	MAILBOX_RECEIVE,
	MAILBOX_FINISH,
	MAILBOX_RELEASE,
	MAILBOX_EXECUTE,
};

struct mailbox_request {
	u32 kind;			/* enum mailbox_kind */
	u32 timeout_ms;			/* LOAD, EXECUTE */
	union {
		char driver[32];	/* LOAD */
		struct site_want want;	/* PREPARE */
		struct {
			struct receiver_load load;
			u64 run;
			s32 cpu;
		} receive;		/* RECEIVE */
		struct {
			u32 count;
			char args[MAILBOX_ARGS];	/* one string after the other */
		} execute;		/* EXECUTE */
	};
};

struct mailbox_reply {
	s32 code;			/* enum exit_code */
	char said[MAILBOX_SAID];	/* a line each */
	union {
		struct site_facts facts;	/* PREPARE */
		u16 port;			/* RECEIVE */
		struct receiver_counts counts;	/* FINISH */
		struct {
			s32 code;		/* exit code, 128 + signal; -1: ended for the time */
			u32 len;		/* bytes in mailbox.output */
		} execute;			/* EXECUTE */
	};
};

/* One request is under way at a time in each. */
struct mailbox_channel {
	/* W: command; @request_seq: store-release after @request */
	u64 request_seq __aligned(64);
	u64 give_up;			/* end the request of this number early */
	struct mailbox_request request;

	/* W: agent; @reply_seq: store-release after @reply */
	u64 reply_seq __aligned(64);
	struct mailbox_reply reply;
};

enum mailbox_channels {
	MAILBOX_SITE,		/* all but EXECUTE */
	MAILBOX_PROGRAM,	/* EXECUTE, which may take as long as a run */
	MAILBOX_CHANNELS
};

struct mailbox {
	u64 ready;			/* W: agent: MAILBOX_READY, with release */
	struct receiver_counts counts __aligned(64);	/* W: agent: of the reader at work */
	struct mailbox_channel channel[MAILBOX_CHANNELS];
	char output[MAILBOX_OUTPUT];	/* W: agent, before the reply */
};

/* The command's end. */

bool mailbox_is_ready(const struct mailbox *box);

/* Write @request; its number. Only with no other request under way. */
u64 mailbox_post(struct mailbox_channel *channel,
		 const struct mailbox_request *request);

/*
 * Take the reply to request @seq; false: it is not there yet. Strings then end,
 * and codes are what they may be.
 */
bool mailbox_collect(const struct mailbox_channel *channel, u64 seq, u32 kind,
		     struct mailbox_reply *reply);

/* Put argv[] into @request. 0 or -E2BIG. */
int mailbox_pack(struct mailbox_request *request, char *const *argv);

/* The agent's end. */

/* Forget what was asked before, and say that requests are taken. */
void mailbox_open(struct mailbox *box);

/* Copy a request that waits, and its number; false: there is none. */
bool mailbox_take(const struct mailbox_channel *channel,
		  struct mailbox_request *request, u64 *seq);

/* Does nobody wait for the reply to request @seq any more? */
bool mailbox_given_up(const struct mailbox_channel *channel, u64 seq);

void mailbox_answer(struct mailbox_channel *channel, u64 seq,
		    const struct mailbox_reply *reply);

/* Fill argv[n] from @request, NULL at the end. 0, or -EINVAL: it is none. */
int mailbox_unpack(struct mailbox_request *request, char **argv, u32 n);

#endif
