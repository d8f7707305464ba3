// SPDX-License-Identifier: GPL-2.0-only
#include "node_label.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "number.h"

#define FIRST_LINE	"intmgr node 3"

/* ---- values ---- */

static int read_u64(const char *text, u64 *out)
{
	return number_parse(&number_plain, text, out) ? -EINVAL : 0;
}

static int read_u32(const char *text, u32 *out)
{
	u64 value;

	if (read_u64(text, &value) || value > UINT32_MAX)
		return -EINVAL;
	*out = value;
	return 0;
}

static int read_text(const char *text, char *out, size_t size)
{
	if (!*text || strlen(text) >= size)
		return -EINVAL;
	strcpy(out, text);
	return 0;
}

/* ---- settings: each has its name once here ---- */

static void write_id(const struct node_spec *spec, FILE *f)
{
	fprintf(f, "id %u\n", spec->id);
}

static int read_id(struct node_spec *spec, const char *text)
{
	if (read_u32(text, &spec->id) || !spec->id || spec->id > INTMGR_NODES)
		return -EINVAL;
	return 0;
}

static void write_cores(const struct node_spec *spec, FILE *f)
{
	u32 i;

	for (i = 0; i < spec->cores; i++)
		fprintf(f, "core %u\n", spec->core[i]);
}

static int read_core(struct node_spec *spec, const char *text)
{
	if (spec->cores == INTMGR_NODE_CORES)
		return -EINVAL;
	return read_u32(text, &spec->core[spec->cores++]);
}

static void write_memory(const struct node_spec *spec, FILE *f)
{
	fprintf(f, "memory %llu\n", (unsigned long long)spec->memory);
}

static int read_memory(struct node_spec *spec, const char *text)
{
	return read_u64(text, &spec->memory);
}

static void write_pool(const struct node_spec *spec, FILE *f)
{
	fprintf(f, "pool %llu\n", (unsigned long long)spec->pool);
}

static int read_pool(struct node_spec *spec, const char *text)
{
	return read_u64(text, &spec->pool);
}

static void write_wait(const struct node_spec *spec, FILE *f)
{
	fprintf(f, "wait %llu\n", (unsigned long long)spec->wait_ns);
}

static int read_wait(struct node_spec *spec, const char *text)
{
	return read_u64(text, &spec->wait_ns);
}

static void write_word(FILE *f, const char *name, const char *text)
{
	if (*text)
		fprintf(f, "%s %s\n", name, text);
}

static void write_kernel(const struct node_spec *spec, FILE *f)
{
	write_word(f, "kernel", spec->kernel);
}

static int read_kernel(struct node_spec *spec, const char *text)
{
	return read_text(text, spec->kernel, sizeof(spec->kernel));
}

static void write_driver(const struct node_spec *spec, FILE *f)
{
	write_word(f, "driver", spec->driver);
}

static int read_driver(struct node_spec *spec, const char *text)
{
	return read_text(text, spec->driver, sizeof(spec->driver));
}

static void write_attach(const struct node_spec *spec, FILE *f)
{
	fprintf(f, "attach %s\n", driver_attachment_name(spec->attachment));
}

static int read_attach(struct node_spec *spec, const char *text)
{
	for (spec->attachment = 0; spec->attachment < INTMGR_ATTACHMENTS;
	     spec->attachment++)
		if (!strcmp(text, driver_attachments[spec->attachment]))
			return 0;
	return -EINVAL;
}

static void write_append(const struct node_spec *spec, FILE *f)
{
	write_word(f, "append", spec->append);
}

static int read_append(struct node_spec *spec, const char *text)
{
	return read_text(text, spec->append, sizeof(spec->append));
}

static void write_files(const struct node_spec *spec, FILE *f)
{
	u32 i;

	for (i = 0; i < spec->files; i++)
		write_word(f, "add", spec->file[i]);
}

static int read_file(struct node_spec *spec, const char *text)
{
	if (spec->files == NODE_FILES)
		return -EINVAL;
	return read_text(text, spec->file[spec->files++],
			 sizeof(spec->file[0]));
}

static const struct {
	const char *name;
	void (*write)(const struct node_spec *spec, FILE *f);
	int (*read)(struct node_spec *spec, const char *text);
} settings[] = {
	{ "id", write_id, read_id },
	{ "core", write_cores, read_core },
	{ "memory", write_memory, read_memory },
	{ "pool", write_pool, read_pool },
	{ "wait", write_wait, read_wait },
	{ "kernel", write_kernel, read_kernel },
	{ "driver", write_driver, read_driver },
	{ "attach", write_attach, read_attach },
	{ "append", write_append, read_append },
	{ "add", write_files, read_file },
};

/* ---- the whole ---- */

int node_label_write(const struct node_spec *spec,
		     char label[INTMGR_NODE_LABEL])
{
	char *text = NULL;
	size_t len = 0, i;
	FILE *f;

	f = open_memstream(&text, &len);
	if (!f)
		return -ENOMEM;
	fprintf(f, FIRST_LINE "\n");
	for (i = 0; i < ARRAY_SIZE(settings); i++)
		settings[i].write(spec, f);
	fclose(f);
	if (text && len <= INTMGR_NODE_LABEL)
		memcpy(label, text, len);
	free(text);
	return len <= INTMGR_NODE_LABEL ? (int)len : -E2BIG;
}

static int read_line(struct node_spec *spec, char *line)
{
	char *value = strchr(line, ' ');
	size_t i;

	if (!value)
		return -EINVAL;
	*value++ = '\0';
	for (i = 0; i < ARRAY_SIZE(settings); i++)
		if (!strcmp(line, settings[i].name))
			return settings[i].read(spec, value);
	return -EINVAL;
}

int node_label_read(const char *label, size_t len, struct node_spec *spec)
{
	char text[INTMGR_NODE_LABEL + 1];
	char *line, *rest = text;

	*spec = (struct node_spec){ 0 };
	if (len > INTMGR_NODE_LABEL || memchr(label, '\0', len))
		return -EINVAL;
	memcpy(text, label, len);
	text[len] = '\0';
	line = strsep(&rest, "\n");
	if (strcmp(line, FIRST_LINE))
		return -EINVAL;
	while (rest && *rest) {
		line = strsep(&rest, "\n");
		if (!rest || read_line(spec, line))
			return -EINVAL;
	}
	return spec->id && spec->cores && spec->memory && spec->pool ? 0 :
								       -EINVAL;
}
