// SPDX-License-Identifier: GPL-2.0-only
/*
 * libnl can look up the names of hosts and protocols; nothing here asks it to.
 * These take the place of the C library's, which a static program could only
 * use beside shared libraries of the same version.
 */
#include <netdb.h>
#include <stddef.h>

int getaddrinfo(const char *node, const char *service,
		const struct addrinfo *hints, struct addrinfo **result)
{
	return EAI_FAIL;
}

void freeaddrinfo(struct addrinfo *result)
{
}

struct protoent *getprotobyname(const char *name)
{
	return NULL;
}

struct protoent *getprotobynumber(int protocol)
{
	return NULL;
}
