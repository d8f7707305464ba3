// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <errno.h>
#include <string.h>

#include "standing.h"

static void what_was_had_is_told(void **state)
{
	const struct standing s = { .cpu = 3, .priority = STANDING_FIFO };
	char text[STANDING_TEXT];

	assert_string_equal(standing_text(&s, "pacing", text),
			    "pacing SCHED_FIFO, on CPU 3");
	assert_string_equal(standing_priority_name(&s), "fifo");
	assert_null(standing_why(&s));
}

static void so_is_what_was_refused(void **state)
{
	const struct standing none = { .error = EACCES };
	const struct standing astray = { .cpu = 1, .pin_error = EINVAL,
					 .priority = STANDING_NICE };
	char text[STANDING_TEXT];

	assert_string_equal(standing_text(&none, "pacing", text),
			    "pacing without priority, on CPU 0 (Permission denied)");
	assert_null(standing_priority_name(&none));
	assert_string_equal(standing_text(&astray, "it", text),
			    "it nice -20, not kept on CPU 1 (Invalid argument)");
	assert_string_equal(standing_why(&astray), strerror(EINVAL));
}

/* Whatever the kernel here allows: what nobody knows is too long. */
static void nobody_spins_for_ever(void **state)
{
	assert_false(standing_may_spin(~0ULL));
	assert_false(standing_may_spin(10000000000ULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_had_is_told),
		cmocka_unit_test(so_is_what_was_refused),
		cmocka_unit_test(nobody_spins_for_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
