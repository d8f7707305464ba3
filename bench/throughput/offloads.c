// SPDX-License-Identifier: GPL-2.0-only
#include "offloads.h"

#include <errno.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/sockios.h>

static bool set_off(int sock, const char *name, unsigned int what)
{
	struct ethtool_value value = { .cmd = what };
	struct ifreq request = { .ifr_data = (void *)&value };

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	return !ioctl(sock, SIOCETHTOOL, &request) || errno == EOPNOTSUPP;
}

bool offloads_off(const char *name)
{
	static const unsigned int all[] = {
		ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_SGRO,
		ETHTOOL_STXCSUM, ETHTOOL_SRXCSUM, 0,
	};
	int sock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool off = sock >= 0;
	const unsigned int *what;

	for (what = all; off && *what; what++)
		off = set_off(sock, name, *what);
	if (sock >= 0)
		close(sock);
	return off;
}
