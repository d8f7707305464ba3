// SPDX-License-Identifier: GPL-2.0-only
/*
 * A PCI root bus in a domain of its own with one function, made from what the
 * NIC model says it is. Its configuration space is an array with a mask of
 * writable bits; its BARs lie in address space that nothing answers. Nobody
 * reads there what matters: a driver's register accesses go to the model, and
 * what the PCI core writes into the MSI-X table also goes to our irq domain.
 */
#include <linux/ioport.h>
#include <linux/pci.h>
#include <linux/sizes.h>
#include <asm/pci.h>

#include "target.h"

#define BUS_FIRST_DOMAIN	0x1000
#define BUS_LAST_DOMAIN		0xffff

#define CAP_PM		0x40
#define CAP_MSIX	0x50
#define CAP_EXP		0x60

static u8 config[PCI_CFG_SPACE_SIZE];
static u8 writable[PCI_CFG_SPACE_SIZE];

static struct pci_bus *bus;
static struct pci_sysdata sysdata;
static struct resource memory = { .name = "intmgr" };
static struct resource numbers = { .name = "intmgr", .flags = IORESOURCE_BUS };

/* Config accesses come one at a time, under pci_lock. */

static bool config_has(unsigned int devfn, int where, int size)
{
	return !devfn && where + size <= sizeof(config);
}

static int config_read(struct pci_bus *b, unsigned int devfn, int where,
		       int size, u32 *value)
{
	if (!config_has(devfn, where, size)) {
		*value = ~0;
		return PCIBIOS_DEVICE_NOT_FOUND;
	}
	*value = 0;
	memcpy(value, config + where, size);
	return PCIBIOS_SUCCESSFUL;
}

static int config_write(struct pci_bus *b, unsigned int devfn, int where,
			int size, u32 value)
{
	int i;

	if (!config_has(devfn, where, size))
		return PCIBIOS_DEVICE_NOT_FOUND;
	for (i = where; i < where + size; i++, value >>= 8)
		config[i] = (config[i] & ~writable[i]) | (value & writable[i]);
	return PCIBIOS_SUCCESSFUL;
}

static struct pci_ops bus_ops = {
	.read = config_read,
	.write = config_write,
};

/* PCI is little-endian, and so is the only machine with a vector domain. */
static void put(int where, int size, u32 value, u32 mask)
{
	memcpy(config + where, &value, size);
	memcpy(writable + where, &mask, size);
}

static void put_header(const struct nic_identity *id)
{
	put(PCI_VENDOR_ID, 2, id->vendor, 0);
	put(PCI_DEVICE_ID, 2, id->device, 0);
	put(PCI_COMMAND, 2, 0, PCI_COMMAND_IO | PCI_COMMAND_MEMORY |
	    PCI_COMMAND_MASTER | PCI_COMMAND_PARITY | PCI_COMMAND_SERR |
	    PCI_COMMAND_INTX_DISABLE);
	put(PCI_STATUS, 2, PCI_STATUS_CAP_LIST, 0);
	put(PCI_CLASS_REVISION, 4, id->class_code << 8 | id->revision, 0);
	put(PCI_CACHE_LINE_SIZE, 1, 0, 0xff);
	put(PCI_SUBSYSTEM_VENDOR_ID, 2, id->subvendor, 0);
	put(PCI_SUBSYSTEM_ID, 2, id->subdevice, 0);
	put(PCI_CAPABILITY_LIST, 1, CAP_PM, 0);
	put(PCI_INTERRUPT_LINE, 1, 0, 0xff);
}

static void put_capabilities(const struct nic_identity *id)
{
	put(CAP_PM, 2, PCI_CAP_ID_PM | CAP_MSIX << 8, 0);
	put(CAP_PM + PCI_PM_PMC, 2, 3, 0);
	put(CAP_PM + PCI_PM_CTRL, 2, PCI_PM_CTRL_NO_SOFT_RESET,
	    PCI_PM_CTRL_STATE_MASK);

	put(CAP_MSIX, 2, PCI_CAP_ID_MSIX | CAP_EXP << 8, 0);
	put(CAP_MSIX + PCI_MSIX_FLAGS, 2, id->vectors - 1,
	    PCI_MSIX_FLAGS_ENABLE | PCI_MSIX_FLAGS_MASKALL);
	put(CAP_MSIX + PCI_MSIX_TABLE, 4, id->msix_table | id->msix_bar, 0);
	put(CAP_MSIX + PCI_MSIX_PBA, 4, id->msix_pba | id->msix_bar, 0);

	put(CAP_EXP, 2, PCI_CAP_ID_EXP, 0);
	put(CAP_EXP + PCI_EXP_FLAGS, 2, PCI_EXP_TYPE_ENDPOINT << 4 | 2, 0);
	put(CAP_EXP + PCI_EXP_DEVCAP, 4, PCI_EXP_DEVCAP_RBER, 0);
	put(CAP_EXP + PCI_EXP_DEVCTL, 2, PCI_EXP_DEVCTL_READRQ_512B, 0x7fff);
	put(CAP_EXP + PCI_EXP_LNKCAP, 4, PCI_EXP_LNKCAP_SLS_2_5GB |
	    PCI_EXP_LNKSTA_NLW_X1, 0);
	put(CAP_EXP + PCI_EXP_LNKCTL, 2, 0, PCI_EXP_LNKCTL_CCC |
	    PCI_EXP_LNKCTL_ES);
	put(CAP_EXP + PCI_EXP_LNKSTA, 2, PCI_EXP_LNKSTA_CLS_2_5GB |
	    PCI_EXP_LNKSTA_NLW_X1, 0);
}

/*
 * The next memory BAR at or after @i, NIC_BARS if there is none. All are made
 * 64 bits wide, because free address space is only sure to be found above
 * 4 GiB; a BAR takes two places then, and what the model has in the second is
 * left out, as are I/O BARs: for the 82574L the flash and the I/O port.
 */
static int bar_at(const struct nic_identity *id, int i)
{
	while (i < NIC_BARS && (id->bar[i].io || !id->bar[i].size))
		i++;
	return i < NIC_BARS - 1 ? i : NIC_BARS;
}

#define for_each_bar(i, id) \
	for (i = bar_at(id, 0); i < NIC_BARS; i = bar_at(id, i + 2))

/*
 * What this kernel does not know of may still be there: beside a node lies the
 * memory of other kernels. There the BARs get only the space that is theirs.
 */
static int memory_create(const struct nic_identity *id)
{
	resource_size_t size = 0, align = PAGE_SIZE, min = SZ_4G, max = -1;
	int i;

	if (node_page) {
		min = node_bar.start;
		max = node_bar.start + node_bar.size - 1;
	}

	for_each_bar(i, id) {
		size = ALIGN(size, id->bar[i].size) + id->bar[i].size;
		align = max_t(resource_size_t, align, id->bar[i].size);
	}
	memory.flags = IORESOURCE_MEM | IORESOURCE_MEM_64;
	return allocate_resource(&iomem_resource, &memory, ALIGN(size, align),
				 min, max, align, NULL, NULL);
}

/* Place the BARs as firmware would: the core only has to claim them. */
static void put_bars(const struct nic_identity *id)
{
	u64 addr = memory.start;
	int i, where;

	for_each_bar(i, id) {
		u64 mask = ~(u64)(id->bar[i].size - 1);

		where = PCI_BASE_ADDRESS_0 + 4 * i;
		addr = ALIGN(addr, id->bar[i].size);
		put(where, 4, lower_32_bits(addr) |
		    PCI_BASE_ADDRESS_MEM_TYPE_64, lower_32_bits(mask));
		put(where + 4, 4, upper_32_bits(addr), upper_32_bits(mask));
		addr += id->bar[i].size;
	}
}

static int domain_find(void)
{
	int domain;

	for (domain = BUS_FIRST_DOMAIN; domain <= BUS_LAST_DOMAIN; domain++)
		if (!pci_find_bus(domain, 0))
			return domain;
	return -ENOSPC;
}

static int bus_scan(void)
{
	struct pci_dev *pdev;

	dev_set_msi_domain(&bus->dev, msi_domain());
	pci_scan_child_bus(bus);
	pci_bus_claim_resources(bus);
	pdev = pci_get_slot(bus, 0);
	if (!pdev)
		return -ENODEV;
	strscpy(window->bdf, pci_name(pdev), sizeof(window->bdf));
	pci_dev_put(pdev);
	return 0;
}

static int bus_build(void)
{
	LIST_HEAD(resources);
	int err = domain_find();

	if (err < 0)
		return err;
	sysdata = (struct pci_sysdata){ .domain = err, .node = NUMA_NO_NODE };
	pci_add_resource(&resources, &numbers);
	pci_add_resource(&resources, &memory);
	bus = pci_create_root_bus(NULL, 0, &bus_ops, &sysdata, &resources);
	if (!bus) {
		pci_free_resource_list(&resources);
		return -ENOMEM;
	}
	err = bus_scan();
	if (err) {
		pci_remove_root_bus(bus);
		bus = NULL;
	}
	return err;
}

int bus_create(const struct nic_identity *id)
{
	int err = memory_create(id);

	if (err)
		return err;
	put_header(id);
	put_bars(id);
	put_capabilities(id);

	pci_lock_rescan_remove();
	err = bus_build();
	pci_unlock_rescan_remove();
	if (err)
		release_resource(&memory);
	return err;
}

void bus_enable(void)
{
	pci_lock_rescan_remove();
	pci_bus_add_devices(bus);
	pci_unlock_rescan_remove();
}

void bus_destroy(void)
{
	pci_lock_rescan_remove();
	pci_stop_root_bus(bus);
	pci_remove_root_bus(bus);
	bus = NULL;
	pci_unlock_rescan_remove();
	release_resource(&memory);
}

bool bus_has(struct pci_dev *pdev)
{
	return pdev->bus->ops == &bus_ops;
}
