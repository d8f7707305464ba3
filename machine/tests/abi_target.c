// SPDX-License-Identifier: GPL-2.0-only
/*
 * The promises of kmod/uapi/intmgr_target.h, asked of the loaded module: sizes,
 * reserved fields, flags, errnos, and whose a function is. Runs in the machine,
 * with intmgr_target.ko and intmgr.ko loaded, no function there, and no driver
 * loaded for those that it makes; it loads one itself.
 */
#include <errno.h>
#include <linux/capability.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <cmocka.h>

#include "function.h"
#include "injector/port.h"

#define MODEL	"82574l"
#define POOL_MB	1

static int fd = -1;	/* for no function */

static int call_on(int file, unsigned long cmd, void *arg)
{
	return ioctl(file, cmd, arg) ? -errno : 0;
}

static int call(unsigned long cmd, void *arg)
{
	return call_on(fd, cmd, arg);
}

static int open_target(int flags)
{
	int file = open(INTMGR_TARGET_DEVICE, flags | O_CLOEXEC);

	assert_true(file >= 0);
	return file;
}

static int remove_function(uint32_t id)
{
	struct intmgr_remove remove = { .size = sizeof(remove), .id = id };

	return call(INTMGR_TARGET_IOC_REMOVE, &remove);
}

static int open_device(void **state)
{
	(void)state;
	fd = open(INTMGR_TARGET_DEVICE, O_RDWR | O_CLOEXEC);
	return fd < 0;
}

static int close_device(void **state)
{
	(void)state;
	return close(fd);
}

/* What a test that failed has left. */
static int remove_all(void **state)
{
	uint32_t id;

	(void)state;
	for (id = 1; id <= INTMGR_FUNCTIONS; id++)
		remove_function(id);
	return 0;
}

/* ---- sizes, on every ioctl ---- */

struct abi {
	unsigned long cmd;
	size_t size;
};

#define ABI(NAME, type) { INTMGR_TARGET_IOC_##NAME, sizeof(struct type) }

static const struct abi abi[] = {
	ABI(CREATE, intmgr_create),
	ABI(BIND, intmgr_bind),
	ABI(REMOVE, intmgr_remove),
	ABI(FUNCTION, intmgr_function),
	ABI(SINK, intmgr_set_sink),
};

/* @size in the struct's first field, @tail in the first byte beyond it. */
static int call_sized(const struct abi *a, uint32_t size, char tail)
{
	_Alignas(8) char arg[8192] = { 0 };

	memcpy(arg, &size, sizeof(size));
	arg[a->size] = tail;
	return call(a->cmd, arg);
}

static void sizes_too_short(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(abi); i++) {
		assert_int_equal(call_sized(&abi[i], 0, 0), -EINVAL);
		assert_int_equal(call_sized(&abi[i], 4, 0), -EINVAL);
		assert_int_equal(call_sized(&abi[i], abi[i].size - 1, 0), -EINVAL);
	}
}

static void sizes_too_long(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(abi); i++) {
		const struct abi *a = &abi[i];

		assert_int_equal(call_sized(a, a->size + 8, 1), -E2BIG);
		assert_int_equal(call_sized(a, 4097, 0), -E2BIG);
		assert_int_equal(call_sized(a, UINT32_MAX, 0), -E2BIG);
		/* a zero tail is what a newer program sends: as if it were not there */
		assert_int_equal(call_sized(a, a->size + 8, 0), -ENOENT);
		assert_int_equal(call_sized(a, a->size, 0), -ENOENT);
	}
}

static void bad_pointers(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(abi); i++) {
		assert_int_equal(call(abi[i].cmd, NULL), -EFAULT);
		assert_int_equal(call(abi[i].cmd, (void *)-4096L), -EFAULT);
	}
}

static void unknown_ioctls(void **state)
{
	struct intmgr_bind bind = { .size = sizeof(bind) };

	(void)state;
	assert_int_equal(call(_IO(INTMGR_TARGET_IOC_MAGIC, 5), &bind), -ENOTTY);
	assert_int_equal(call(_IO(INTMGR_TARGET_IOC_MAGIC, 255), &bind), -ENOTTY);
	assert_int_equal(call(INTMGR_IOC_QUERY, &bind), -ENOTTY);
	assert_int_equal(call(_IOW(INTMGR_TARGET_IOC_MAGIC, 1, int), &bind), -ENOTTY);
}

/* ---- fields ---- */

static struct intmgr_create good_create(void)
{
	return (struct intmgr_create) {
		.size = sizeof(struct intmgr_create), .model = MODEL,
		.attachment = INTMGR_ATTACH_STOCK, .pool_mb = POOL_MB,
	};
}

#define REFUSED(field, to, error) do {					\
		struct intmgr_create create_ = good_create();		\
		create_.field = (to);					\
		assert_int_equal(call(INTMGR_TARGET_IOC_CREATE, &create_), -(error)); \
	} while (0)

static void create_refuses(void **state)
{
	struct intmgr_create create = good_create();

	(void)state;
	REFUSED(flags, 2, EOPNOTSUPP);
	REFUSED(flags, 1U << 31 | INTMGR_CREATE_TEMPORARY, EOPNOTSUPP);
	REFUSED(attachment, INTMGR_ATTACHMENTS, EOPNOTSUPP);
	REFUSED(attachment, UINT32_MAX, EOPNOTSUPP);
	REFUSED(pool_mb, INTMGR_POOL_MB_MAX + 1, EINVAL);
	REFUSED(pool_mb, UINT32_MAX, EINVAL);
	/* more than the machine has */
	REFUSED(pool_mb, INTMGR_POOL_MB_MAX, ENOMEM);
	REFUSED(sink, INTMGR_SINK_PEER, EINVAL);
	REFUSED(sink, INTMGR_SINKS, EINVAL);
	REFUSED(sink, UINT32_MAX, EINVAL);
	REFUSED(reserved[0], 1, EINVAL);
	REFUSED(reserved[3], 1, EINVAL);
	REFUSED(model[0], '\0', ENOENT);
	REFUSED(model[0], '9', ENOENT);
	memset(create.model, 'x', sizeof(create.model));
	assert_int_equal(call(INTMGR_TARGET_IOC_CREATE, &create), -EINVAL);
	create = good_create();
	strcpy(create.model, "virtio_net");
	create.attachment = INTMGR_ATTACH_POLL;
	assert_int_equal(call(INTMGR_TARGET_IOC_CREATE, &create), -EOPNOTSUPP);
}

static void reserved_fields(void **state)
{
	struct intmgr_bind bind = { .size = sizeof(bind), .reserved = 1 };
	struct intmgr_remove remove = { .size = sizeof(remove), .reserved = 1 };
	struct intmgr_function function = { .size = sizeof(function) };
	struct intmgr_set_sink sink = { .size = sizeof(sink), .reserved = 1 };

	(void)state;
	function.reserved[3] = 1;
	assert_int_equal(call(INTMGR_TARGET_IOC_BIND, &bind), -EINVAL);
	assert_int_equal(call(INTMGR_TARGET_IOC_REMOVE, &remove), -EINVAL);
	assert_int_equal(call(INTMGR_TARGET_IOC_FUNCTION, &function), -EINVAL);
	assert_int_equal(call(INTMGR_TARGET_IOC_SINK, &sink), -EINVAL);
}

static void reserved_flags(void **state)
{
	struct intmgr_bind bind = { .size = sizeof(bind), .flags = 1 };
	struct intmgr_remove remove = { .size = sizeof(remove), .flags = 1 };
	struct intmgr_function function = { .size = sizeof(function), .flags = 1 };
	struct intmgr_set_sink sink = { .size = sizeof(sink), .flags = 1 };

	(void)state;
	assert_int_equal(call(INTMGR_TARGET_IOC_BIND, &bind), -EINVAL);
	assert_int_equal(call(INTMGR_TARGET_IOC_REMOVE, &remove), -EINVAL);
	assert_int_equal(call(INTMGR_TARGET_IOC_FUNCTION, &function), -EINVAL);
	assert_int_equal(call(INTMGR_TARGET_IOC_SINK, &sink), -EINVAL);
}

/* ---- where there is no function ---- */

static int bind_to(int file, uint32_t id)
{
	struct intmgr_bind bind = { .size = sizeof(bind), .id = id };

	return call_on(file, INTMGR_TARGET_IOC_BIND, &bind);
}

static int get_function(uint32_t id, struct intmgr_function *f)
{
	*f = (struct intmgr_function){ .size = sizeof(*f), .id = id };
	return call(INTMGR_TARGET_IOC_FUNCTION, f);
}

static int set_sink(uint32_t id, uint32_t sink, uint32_t peer)
{
	struct intmgr_set_sink set = {
		.size = sizeof(set), .id = id, .sink = sink, .peer = peer,
	};

	return call(INTMGR_TARGET_IOC_SINK, &set);
}

static void nobody(void **state)
{
	static const uint32_t ids[] = {
		0, 1, INTMGR_FUNCTIONS, INTMGR_FUNCTIONS + 1, 256, UINT32_MAX,
	};
	struct intmgr_function f;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
		assert_int_equal(bind_to(fd, ids[i]), -ENOENT);
		assert_int_equal(remove_function(ids[i]), -ENOENT);
		assert_int_equal(get_function(ids[i], &f), -ENOENT);
		assert_int_equal(set_sink(ids[i], INTMGR_SINK_COUNT, 0), -ENOENT);
		assert_int_equal(set_sink(ids[i], INTMGR_SINK_PEER, 2), -ENOENT);
	}
}

static int try_map(int file, size_t length, int flags)
{
	void *at = mmap(NULL, length, PROT_READ, flags, file, 0);

	if (at == MAP_FAILED)
		return -errno;
	munmap(at, length);
	return 0;
}

static int64_t read_orders(int file)
{
	uint64_t count;
	ssize_t got = read(file, &count, sizeof(count));

	return got < 0 ? -errno : (int64_t)count;
}

static int poll_now(int file)
{
	struct pollfd p = { .fd = file, .events = POLLIN };

	assert_true(poll(&p, 1, 0) >= 0);
	return p.revents;
}

static void a_file_for_no_function(void **state)
{
	(void)state;
	assert_int_equal(try_map(fd, 4096, MAP_SHARED), -ENOTCONN);
	assert_int_equal(read_orders(fd), -ENOTCONN);
	assert_true(poll_now(fd) & POLLERR);
}

/* Root by name, but without its powers. */
static void who_may_open(void **state)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct none[2] = { 0 };
	int status;
	pid_t child = fork();

	(void)state;
	if (!child) {
		if (syscall(SYS_capset, &header, none))
			_exit(1);
		_exit(open(INTMGR_TARGET_DEVICE, O_RDWR) >= 0 || errno != EPERM);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/* ---- functions ---- */

/* A new one, and the file that it was made by. */
static int create(uint32_t flags, uint32_t *id)
{
	struct intmgr_create c = good_create();
	int file = open_target(O_RDWR);

	c.flags = flags;
	assert_int_equal(call_on(file, INTMGR_TARGET_IOC_CREATE, &c), 0);
	assert_in_range(c.id, 1, INTMGR_FUNCTIONS);
	*id = c.id;
	return file;
}

static bool is_there(uint32_t id)
{
	struct intmgr_function f;
	int err = get_function(id, &f);

	assert_true(!err || err == -ENOENT);
	return !err;
}

static bool in_sysfs(const char *bdf, const char *what)
{
	char path[256];

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/%s", bdf, what);
	return !access(path, F_OK);
}

static void a_function(void **state)
{
	struct intmgr_create c = good_create();
	struct intmgr_function f;
	int file = open_target(O_RDWR);

	(void)state;
	c.sink = INTMGR_SINK_ANSWER;
	/* what the caller had in the fields that the kernel fills is gone */
	c.id = UINT32_MAX;
	memset(c.bdf, 0xff, sizeof(c.bdf));
	assert_int_equal(call_on(file, INTMGR_TARGET_IOC_CREATE, &c), 0);
	assert_true(in_sysfs(c.bdf, "config"));
	assert_false(in_sysfs(c.bdf, "driver"));
	memset(&f, 0xff, sizeof(f));
	f.size = sizeof(f);
	f.flags = 0;
	f.id = c.id;
	memset(f.reserved, 0, sizeof(f.reserved));
	assert_int_equal(call(INTMGR_TARGET_IOC_FUNCTION, &f), 0);
	assert_int_equal(f.id, c.id);
	assert_string_equal(f.model, MODEL);
	assert_string_equal(f.bdf, c.bdf);
	assert_int_equal(f.attachment, INTMGR_ATTACH_STOCK);
	assert_int_equal(f.sink, INTMGR_SINK_ANSWER);
	assert_int_equal(f.pool_size, POOL_MB << 20);
	assert_in_range(f.cpu, 0, 1);
	f.cpu = 0;
	assert_int_equal(f.queues, 1);
	assert_int_equal(f.peer | f.dead | f.temporary | f.pool_used, 0);
	assert_int_equal(f.accesses | f.trapped | f.sent | f.sent_bytes, 0);
	assert_int_equal(f.returned | f.refused | f.bounced | f.faults, 0);
	/* it is no file's: it stays */
	close(file);
	assert_true(is_there(c.id));
	assert_int_equal(remove_function(c.id), 0);
	assert_false(is_there(c.id));
	assert_false(in_sysfs(c.bdf, "config"));
	assert_int_equal(remove_function(c.id), -ENOENT);
}

static void one_file_one_function(void **state)
{
	struct intmgr_create c = good_create();
	uint32_t id, other;
	int file = create(0, &id), second = create(0, &other);

	(void)state;
	assert_int_not_equal(id, other);
	assert_int_equal(call_on(file, INTMGR_TARGET_IOC_CREATE, &c), -EBUSY);
	assert_int_equal(bind_to(file, id), -EBUSY);
	assert_int_equal(bind_to(file, other), -EBUSY);
	close(second);
	second = function_open(id, O_RDWR);
	assert_true(second >= 0);
	assert_int_equal(call_on(second, INTMGR_TARGET_IOC_CREATE, &c), -EBUSY);
	/* nor when it is gone */
	assert_int_equal(remove_function(id), 0);
	assert_int_equal(call_on(file, INTMGR_TARGET_IOC_CREATE, &c), -EBUSY);
	assert_int_equal(bind_to(second, other), -EBUSY);
	assert_int_equal(remove_function(other), 0);
	close(second);
	close(file);
}

static void eight_and_no_more(void **state)
{
	uint32_t id[INTMGR_FUNCTIONS], seen = 0, again;

	(void)state;
	for (int i = 0; i < INTMGR_FUNCTIONS; i++) {
		close(create(0, &id[i]));
		assert_false(seen & 1 << id[i]);
		seen |= 1 << id[i];
	}
	REFUSED(flags, 0, ENOSPC);
	assert_int_equal(remove_function(id[3]), 0);
	close(create(0, &again));
	assert_int_equal(again, id[3]);
	REFUSED(flags, INTMGR_CREATE_TEMPORARY, ENOSPC);
	for (int i = 0; i < INTMGR_FUNCTIONS; i++)
		assert_int_equal(remove_function(id[i]), 0);
}

/* ---- windows ---- */

static void the_window(void **state)
{
	uint32_t id;
	int file = create(0, &id), reader = function_open(id, O_RDONLY);
	struct intmgr_window *w = function_map(file);
	size_t size = w->size;

	(void)state;
	assert_int_equal(w->magic, INTMGR_WINDOW_MAGIC);
	assert_int_equal(w->revision, INTMGR_WINDOW_REVISION);
	assert_int_equal(w->state, INTMGR_TARGET_UP);
	assert_string_equal(w->model, MODEL);
	assert_int_equal(try_map(file, size, MAP_SHARED), 0);
	assert_int_equal(try_map(file, 4096, MAP_SHARED), 0);
	assert_int_equal(try_map(reader, 4096, MAP_SHARED), 0);
	assert_int_equal(try_map(file, 4096, MAP_PRIVATE), -EINVAL);
	assert_true(try_map(file, size + 4096, MAP_SHARED) < 0);
	assert_ptr_equal(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED,
			      reader, 0), MAP_FAILED);
	munmap(w, size);
	close(reader);
	close(file);
	assert_int_equal(remove_function(id), 0);
}

/* Two files are for one window, and neither keeps the other. */
static void two_files(void **state)
{
	uint32_t id;
	int a = create(0, &id), b = function_open(id, O_RDWR);
	struct intmgr_window *seen_a = function_map(a), *seen_b = function_map(b);
	size_t size = seen_a->size;

	(void)state;
	seen_a->ping = 0x12345;
	assert_int_equal(seen_b->ping, 0x12345);
	munmap(seen_a, size);
	close(a);
	assert_true(is_there(id));
	assert_int_equal(seen_b->state, INTMGR_TARGET_UP);
	assert_int_equal(poll_now(b), 0);
	munmap(seen_b, size);
	close(b);
	assert_true(is_there(id));
	assert_int_equal(remove_function(id), 0);
}

/* Whatever stands in a window: the function's own side does not follow it. */
static void a_garbled_window(void **state)
{
	struct intmgr_function f;
	uint32_t id;
	int file = create(0, &id);
	struct intmgr_window *w = function_map(file);
	size_t size = w->size, port = w->port.offset, port_size = w->port.size;

	(void)state;
	for (int byte = 0xff; byte >= 0; byte -= 0x33) {
		memset((char *)w + port, byte, port_size);
		memset(w, byte, sizeof(*w));
		assert_int_equal(get_function(id, &f), 0);
		assert_in_range(f.faults, 0, INTMGR_FAULTS);
		assert_int_equal(f.pool_size, POOL_MB << 20);
	}
	munmap(w, size);
	close(file);
	assert_int_equal(remove_function(id), 0);
}

static void a_window_stays(void **state)
{
	struct intmgr_function f;
	struct intmgr_attach attach = { .size = sizeof(attach) };
	int support = open(INTMGR_DEVICE, O_RDWR | O_CLOEXEC);
	uint32_t id, next;
	int file = create(0, &id), later;
	struct intmgr_window *w = function_map(file);
	size_t size = w->size;

	(void)state;
	assert_true(support >= 0);
	assert_int_equal(remove_function(id), 0);
	assert_int_equal(w->magic, INTMGR_WINDOW_MAGIC);
	assert_int_equal(w->state, INTMGR_TARGET_GONE);
	for (int i = 0; i < INTMGR_DOORBELLS; i++)
		assert_int_equal(w->doorbell[i], 0);
	/* the next one with this id is another one */
	later = create(0, &next);
	assert_int_equal(next, id);
	assert_int_equal(w->state, INTMGR_TARGET_GONE);
	assert_int_equal(try_map(file, 4096, MAP_SHARED), -ENODEV);
	assert_int_equal(read_orders(file), -ENODEV);
	assert_true(poll_now(file) & POLLHUP);
	attach.addr = (uintptr_t)w;
	attach.length = size;
	assert_int_equal(call_on(support, INTMGR_IOC_ATTACH, &attach), -ENODEV);
	((volatile char *)w)[size - 1] = 1;
	munmap(w, size);
	close(file);
	assert_int_equal(get_function(next, &f), 0);
	assert_int_equal(poll_now(later), 0);
	close(later);
	assert_int_equal(remove_function(next), 0);
	close(support);
}

/* ---- functions that go with their file ---- */

static void a_temporary_one(void **state)
{
	struct intmgr_function f;
	struct intmgr_window *w;
	uint32_t id;
	int file = create(INTMGR_CREATE_TEMPORARY, &id);
	size_t size;

	(void)state;
	assert_int_equal(get_function(id, &f), 0);
	assert_int_equal(f.temporary, 1);
	close(file);
	assert_false(is_there(id));

	/* a mapping keeps its file open */
	file = create(INTMGR_CREATE_TEMPORARY, &id);
	w = function_map(file);
	size = w->size;
	close(file);
	assert_true(is_there(id));
	munmap(w, size);
	assert_false(is_there(id));

	/* removed before: nothing is left to do, whoever has the id now */
	file = create(INTMGR_CREATE_TEMPORARY, &id);
	assert_int_equal(remove_function(id), 0);
	close(create(0, &id));
	close(file);
	assert_true(is_there(id));
	assert_int_equal(remove_function(id), 0);
}

static void *read_blocking(void *file)
{
	return (void *)(intptr_t)read_orders(*(int *)file);
}

/* A child makes one and waits; *id is the function's. */
static pid_t start_owner(uint32_t *id)
{
	int ends[2];
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (!child) {
		int file = create(INTMGR_CREATE_TEMPORARY, id);

		if (file < 0 || write(ends[1], id, sizeof(*id)) != sizeof(*id))
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(ends[0], id, sizeof(*id)), sizeof(*id));
	close(ends[0]);
	close(ends[1]);
	return child;
}

/* Another program is bound to it, has it mapped and waits for orders. */
static void its_owner_is_killed(void **state)
{
	struct intmgr_window *w;
	pthread_t thread;
	void *result;
	uint32_t id;
	size_t size;
	pid_t owner = start_owner(&id);
	int file = function_open(id, O_RDWR);

	(void)state;
	assert_true(file >= 0);
	w = function_map(file);
	size = w->size;
	assert_int_equal(w->state, INTMGR_TARGET_UP);
	assert_int_equal(pthread_create(&thread, NULL, read_blocking, &file), 0);
	usleep(100000);
	kill(owner, SIGKILL);
	assert_int_equal(waitpid(owner, NULL, 0), owner);
	assert_int_equal(pthread_join(thread, &result), 0);
	assert_int_equal((intptr_t)result, -ENODEV);
	assert_false(is_there(id));
	assert_int_equal(w->state, INTMGR_TARGET_GONE);
	assert_true(poll_now(file) & POLLHUP);
	assert_int_equal(read_orders(file), -ENODEV);
	assert_int_equal(try_map(file, size, MAP_SHARED), -ENODEV);
	assert_int_equal(bind_to(fd, id), -ENOENT);
	munmap(w, size);
	close(file);
}

/* ---- drivers ---- */

/* One of the distribution's that is there in no other form. */
#define DRIVER		"e1000"
#define DRIVER_MODEL	"82545gm"

static void wait_for(const char *bdf, const char *what)
{
	for (int i = 0; i < 500 && !in_sysfs(bdf, what); i++)
		usleep(10000);
	assert_true(in_sysfs(bdf, what));
}

/* Its interface is up when it goes. */
static void removed_under_its_driver(void **state)
{
	struct intmgr_create c = good_create();
	struct intmgr_window *w;
	char up[256];
	size_t size;
	int file = open_target(O_RDWR);

	(void)state;
	assert_int_equal(system("modprobe " DRIVER), 0);
	strcpy(c.model, DRIVER_MODEL);
	c.pool_mb = 0;
	assert_int_equal(call_on(file, INTMGR_TARGET_IOC_CREATE, &c), 0);
	wait_for(c.bdf, "net");
	snprintf(up, sizeof(up),
		 "ip link set $(ls /sys/bus/pci/devices/%s/net) up", c.bdf);
	assert_int_equal(system(up), 0);
	w = function_map(file);
	size = w->size;
	assert_true(w->doorbell[INTMGR_DOORBELL_MSIX(0)] != 0);
	assert_int_equal(remove_function(c.id), 0);
	assert_false(in_sysfs(c.bdf, ""));
	assert_int_equal(w->state, INTMGR_TARGET_GONE);
	for (int i = 0; i < INTMGR_DOORBELLS; i++)
		assert_int_equal(w->doorbell[i], 0);
	munmap(w, size);
	close(file);
	assert_int_equal(system("rmmod " DRIVER), 0);
}

/* ---- sinks ---- */

static void assert_sink(uint32_t id, uint32_t sink, uint32_t peer)
{
	struct intmgr_function f;

	assert_int_equal(get_function(id, &f), 0);
	assert_int_equal(f.sink, sink);
	assert_int_equal(f.peer, peer);
}

static void sinks(void **state)
{
	uint32_t id;

	(void)state;
	close(create(0, &id));
	assert_sink(id, INTMGR_SINK_DROP, 0);
	for (uint32_t sink = 0; sink < INTMGR_SINK_PEER; sink++) {
		assert_int_equal(set_sink(id, sink, 0), 0);
		assert_sink(id, sink, 0);
		assert_int_equal(set_sink(id, sink, 1), -EINVAL);
	}
	assert_int_equal(set_sink(id, INTMGR_SINKS, 0), -EINVAL);
	assert_int_equal(set_sink(id, UINT32_MAX, 0), -EINVAL);
	assert_int_equal(set_sink(id, INTMGR_SINK_PEER, id), -EINVAL);
	assert_int_equal(set_sink(id, INTMGR_SINK_PEER, 0), -ENOENT);
	assert_int_equal(set_sink(id, INTMGR_SINK_PEER, 7), -ENOENT);
	assert_int_equal(set_sink(id, INTMGR_SINK_PEER, UINT32_MAX), -ENOENT);
	/* what was refused changed nothing */
	assert_sink(id, INTMGR_SINK_ANSWER, 0);
	assert_int_equal(remove_function(id), 0);
}

/* A cable has two ends, a function one cable. */
static void peers(void **state)
{
	uint32_t a, b, c;

	(void)state;
	close(create(0, &a));
	close(create(0, &b));
	close(create(0, &c));
	assert_int_equal(set_sink(a, INTMGR_SINK_PEER, b), 0);
	assert_sink(a, INTMGR_SINK_PEER, b);
	assert_sink(b, INTMGR_SINK_PEER, a);
	assert_int_equal(set_sink(b, INTMGR_SINK_PEER, a), 0);
	assert_sink(a, INTMGR_SINK_PEER, b);
	assert_sink(b, INTMGR_SINK_PEER, a);
	assert_int_equal(set_sink(c, INTMGR_SINK_PEER, b), 0);
	assert_sink(a, INTMGR_SINK_DROP, 0);
	assert_sink(b, INTMGR_SINK_PEER, c);
	assert_sink(c, INTMGR_SINK_PEER, b);
	assert_int_equal(set_sink(b, INTMGR_SINK_ECHO, 0), 0);
	assert_sink(b, INTMGR_SINK_ECHO, 0);
	assert_sink(c, INTMGR_SINK_DROP, 0);
	/* one end is unplugged with its function */
	assert_int_equal(set_sink(a, INTMGR_SINK_PEER, c), 0);
	assert_int_equal(remove_function(c), 0);
	assert_sink(a, INTMGR_SINK_DROP, 0);
	assert_int_equal(set_sink(a, INTMGR_SINK_PEER, c), -ENOENT);
	assert_sink(a, INTMGR_SINK_DROP, 0);
	assert_int_equal(remove_function(b), 0);
	assert_int_equal(remove_function(a), 0);
}

/* ---- all at once ---- */

#define ROUNDS	15

/* 0, or what ended it. */
static void *make_and_remove(void *unused)
{
	(void)unused;
	for (int i = 0; i < ROUNDS; i++) {
		struct intmgr_create c = good_create();
		int file = open(INTMGR_TARGET_DEVICE, O_RDWR), err;

		c.flags = i & 1 ? INTMGR_CREATE_TEMPORARY : 0;
		err = call_on(file, INTMGR_TARGET_IOC_CREATE, &c);
		if (!err && !c.flags)
			err = remove_function(c.id);
		close(file);
		if (err)
			return (void *)(intptr_t)err;
	}
	return NULL;
}

/* Whoever is there: be bound to it, look at it, plug it. */
static void *meddle(void *stop)
{
	while (!__atomic_load_n((int *)stop, __ATOMIC_ACQUIRE)) {
		for (uint32_t id = 1; id <= 2; id++) {
			struct intmgr_function f;
			int file = function_open(id, O_RDWR);

			get_function(id, &f);
			set_sink(id, INTMGR_SINK_PEER, 3 - id);
			if (file < 0)
				continue;
			try_map(file, 4096, MAP_SHARED);
			poll_now(file);
			close(file);
		}
	}
	return NULL;
}

static void makers_and_meddlers(void **state)
{
	pthread_t maker[2], meddler;
	void *result;
	int stop = 0;

	(void)state;
	assert_int_equal(pthread_create(&meddler, NULL, meddle, &stop), 0);
	for (size_t i = 0; i < ARRAY_SIZE(maker); i++)
		assert_int_equal(pthread_create(&maker[i], NULL,
						make_and_remove, NULL), 0);
	for (size_t i = 0; i < ARRAY_SIZE(maker); i++) {
		assert_int_equal(pthread_join(maker[i], &result), 0);
		assert_ptr_equal(result, NULL);
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELEASE);
	assert_int_equal(pthread_join(meddler, NULL), 0);
	for (uint32_t id = 1; id <= INTMGR_FUNCTIONS; id++)
		assert_false(is_there(id));
}

#define TEST(name)	cmocka_unit_test_teardown(name, remove_all)

int main(void)
{
	const struct CMUnitTest bare[] = {
		cmocka_unit_test(sizes_too_short),
		cmocka_unit_test(sizes_too_long),
		cmocka_unit_test(bad_pointers),
		cmocka_unit_test(unknown_ioctls),
		cmocka_unit_test(create_refuses),
		cmocka_unit_test(reserved_fields),
		cmocka_unit_test(reserved_flags),
		cmocka_unit_test(nobody),
		cmocka_unit_test(a_file_for_no_function),
		cmocka_unit_test(who_may_open),
	};
	const struct CMUnitTest functions[] = {
		TEST(a_function),
		TEST(one_file_one_function),
		TEST(eight_and_no_more),
		TEST(the_window),
		TEST(two_files),
		TEST(a_garbled_window),
		TEST(a_window_stays),
		TEST(a_temporary_one),
		TEST(its_owner_is_killed),
		TEST(sinks),
		TEST(peers),
		TEST(makers_and_meddlers),
		TEST(removed_under_its_driver),
	};

	return cmocka_run_group_tests_name("target, no function", bare,
					   open_device, close_device) +
	       cmocka_run_group_tests_name("target, functions", functions,
					   open_device, close_device);
}
