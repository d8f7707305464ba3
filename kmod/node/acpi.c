// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ACPI tables that a node's kernel finds: the key to two kernels on one
 * machine. They say "reduced hardware" (ACPI 6.0, 4.1): no PIC, no PIT, no
 * RTC, no PM timer, so it leaves those alone; and only its own cores are
 * there. Its IOAPIC is a page of RAM: without any it would go by the
 * machine's MP table, and set up the support OS's.
 */
#include <linux/acpi.h>
#include <linux/string.h>
#include <asm/apicdef.h>

#include "node/internal.h"

#define ACPI_X2APIC_FIRST	255	/* ids that the older MADT entry does not hold */

/* Where the next table goes. */
struct acpi_place {
	u64 address;
	void *va;
};

static u8 acpi_checksum(const void *table, size_t length)
{
	const u8 *byte = table;
	u8 sum = 0;

	while (length--)
		sum += *byte++;
	return -sum;
}

/* Begin a table at @place, zeroed memory. */
static void *acpi_begin(const struct acpi_place *place, const char *signature,
			u8 revision, size_t length)
{
	struct acpi_table_header *h = place->va;

	memcpy(h->signature, signature, ACPI_NAMESEG_SIZE);
	h->length = length;
	h->revision = revision;
	memcpy(h->oem_id, "INTMGR", ACPI_OEM_ID_SIZE);
	memcpy(h->oem_table_id, "NODE    ", ACPI_OEM_TABLE_ID_SIZE);
	memcpy(h->asl_compiler_id, "INTM", ACPI_NAMESEG_SIZE);
	return h;
}

/* End it, go on behind it, and return its address. */
static u64 acpi_end(struct acpi_place *place)
{
	struct acpi_table_header *h = place->va;
	u64 address = place->address;
	size_t length = ALIGN(h->length, 16);

	h->checksum = acpi_checksum(h, h->length);
	place->address += length;
	place->va += length;
	return address;
}

/* Nothing but a header: no devices. */
static u64 acpi_dsdt(struct acpi_place *place)
{
	acpi_begin(place, ACPI_SIG_DSDT, 2, sizeof(struct acpi_table_header));
	return acpi_end(place);
}

/*
 * No "MSI not supported" among the boot flags: it would take MSI-X from our
 * own function. No 8042 flag either: it is the support OS's.
 */
static u64 acpi_fadt(struct acpi_place *place, u64 dsdt, u64 reset)
{
	struct acpi_table_fadt *f = acpi_begin(place, ACPI_SIG_FADT, 6, sizeof(*f));

	f->Xdsdt = dsdt;
	f->boot_flags = ACPI_FADT_NO_VGA | ACPI_FADT_NO_ASPM |
			ACPI_FADT_NO_CMOS_RTC;
	f->flags = ACPI_FADT_HW_REDUCED | ACPI_FADT_APIC_PHYSICAL |
		   ACPI_FADT_RESET_REGISTER | ACPI_FADT_HEADLESS;
	f->reset_register.space_id = ACPI_ADR_SPACE_SYSTEM_MEMORY;
	f->reset_register.bit_width = 8;
	f->reset_register.access_width = 1;
	f->reset_register.address = reset;
	f->reset_value = 1;
	return acpi_end(place);
}

static size_t acpi_madt_core(void *to, u32 uid, u32 apic_id)
{
	struct acpi_madt_local_apic *old = to;
	struct acpi_madt_local_x2apic *new = to;

	if (apic_id < ACPI_X2APIC_FIRST) {
		*old = (struct acpi_madt_local_apic){
			.header = { ACPI_MADT_TYPE_LOCAL_APIC, sizeof(*old) },
			.processor_id = uid,
			.id = apic_id,
			.lapic_flags = ACPI_MADT_ENABLED,
		};
		return sizeof(*old);
	}
	*new = (struct acpi_madt_local_x2apic){
		.header = { ACPI_MADT_TYPE_LOCAL_X2APIC, sizeof(*new) },
		.local_apic_id = apic_id,
		.lapic_flags = ACPI_MADT_ENABLED,
		.uid = uid,
	};
	return sizeof(*new);
}

static size_t acpi_madt_ioapic(void *to, u32 address)
{
	struct acpi_madt_io_apic *io = to;

	*io = (struct acpi_madt_io_apic){
		.header = { ACPI_MADT_TYPE_IO_APIC, sizeof(*io) },
		.address = address,
	};
	return sizeof(*io);
}

static u64 acpi_madt(struct acpi_place *place, const struct os_node *n)
{
	struct acpi_table_madt *m = acpi_begin(place, ACPI_SIG_MADT, 4, 0);
	void *to = m + 1;
	u32 i;

	m->address = APIC_DEFAULT_PHYS_BASE;
	for (i = 0; i < n->cores.count; i++)
		to += acpi_madt_core(to, i, n->cores.apic_id[i]);
	to += acpi_madt_ioapic(to, n->memory.low + ACPI_IOAPIC);
	m->header.length = to - (void *)m;
	return acpi_end(place);
}

static u64 acpi_xsdt(struct acpi_place *place, u64 fadt, u64 madt)
{
	const u64 tables[] = { fadt, madt };
	struct acpi_table_header *h;

	h = acpi_begin(place, ACPI_SIG_XSDT, 1, sizeof(*h) + sizeof(tables));
	memcpy(h + 1, tables, sizeof(tables));
	return acpi_end(place);
}

u64 acpi_tables_write(const struct os_node *n, u64 address, void *va)
{
	struct acpi_table_rsdp *r = va;
	const u64 room = ALIGN(sizeof(*r), 16);
	struct acpi_place place = { address + room, va + room };
	u64 dsdt = acpi_dsdt(&place);
	u64 reset = n->memory.page + offsetof(struct intmgr_node_page, reset);
	u64 fadt = acpi_fadt(&place, dsdt, reset);
	u64 madt = acpi_madt(&place, n);

	memcpy(r->signature, ACPI_SIG_RSDP, sizeof(r->signature));
	memcpy(r->oem_id, "INTMGR", ACPI_OEM_ID_SIZE);
	r->revision = 2;
	r->length = sizeof(*r);
	r->xsdt_physical_address = acpi_xsdt(&place, fadt, madt);
	r->checksum = acpi_checksum(r, ACPI_RSDP_CHECKSUM_LENGTH);
	r->extended_checksum = acpi_checksum(r, sizeof(*r));
	return address;
}
