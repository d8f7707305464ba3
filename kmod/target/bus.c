// SPDX-License-Identifier: GPL-2.0-only
/*
 * A PCI root bus in a domain of its own with one function, made from what the
 * NIC model says it is. Its configuration space is an array with a mask of
 * writable bits; its BARs lie in address space that nothing answers. Nobody
 * reads there what matters: a driver's register accesses go to the model, and
 * what the PCI core writes into the MSI-X table also goes to our irq domain.
 * A function without MSI-X has its INTx line on a doorbell, and no interrupt
 * pin in configuration space: firmware that routes pins knows nothing of it.
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
#define CAP_VENDOR	0xa0	/* behind PCI Express, which has 0x3c bytes */

static struct function *function_of(const struct pci_bus *b)
{
	return container_of(b->sysdata, struct function, sysdata);
}

/* Config accesses come one at a time, under pci_lock. */

static bool config_has(const struct function *f, unsigned int devfn, int where,
		       int size)
{
	return !devfn && where + size <= sizeof(f->config) &&
	       !READ_ONCE(f->nic.port->dead);
}

static int config_read(struct pci_bus *b, unsigned int devfn, int where,
		       int size, u32 *value)
{
	struct function *f = function_of(b);

	if (!config_has(f, devfn, where, size)) {
		*value = ~0;
		return PCIBIOS_DEVICE_NOT_FOUND;
	}
	*value = 0;
	memcpy(value, f->config + where, size);
	return PCIBIOS_SUCCESSFUL;
}

static int config_write(struct pci_bus *b, unsigned int devfn, int where,
			int size, u32 value)
{
	struct function *f = function_of(b);
	int i;

	if (!config_has(f, devfn, where, size))
		return PCIBIOS_DEVICE_NOT_FOUND;
	for (i = where; i < where + size; i++, value >>= 8)
		f->config[i] = (f->config[i] & ~f->writable[i]) |
			       (value & f->writable[i]);
	WRITE_ONCE(f->nic.port->master,
		   !!(f->config[PCI_COMMAND] & PCI_COMMAND_MASTER));
	return PCIBIOS_SUCCESSFUL;
}

static struct pci_ops bus_ops = {
	.read = config_read,
	.write = config_write,
};

/* PCI is little-endian, and so is the only machine with a vector domain. */
static void put(struct function *f, int where, int size, u32 value, u32 mask)
{
	memcpy(f->config + where, &value, size);
	memcpy(f->writable + where, &mask, size);
}

static void put_header(struct function *f)
{
	const struct nic_identity *id = &f->nic.ops->identity;

	put(f, PCI_VENDOR_ID, 2, id->vendor, 0);
	put(f, PCI_DEVICE_ID, 2, id->device, 0);
	put(f, PCI_COMMAND, 2, 0, PCI_COMMAND_IO | PCI_COMMAND_MEMORY |
	    PCI_COMMAND_MASTER | PCI_COMMAND_PARITY | PCI_COMMAND_SERR |
	    PCI_COMMAND_INTX_DISABLE);
	put(f, PCI_STATUS, 2, PCI_STATUS_CAP_LIST, 0);
	put(f, PCI_CLASS_REVISION, 4, id->class_code << 8 | id->revision, 0);
	put(f, PCI_CACHE_LINE_SIZE, 1, 0, 0xff);
	put(f, PCI_SUBSYSTEM_VENDOR_ID, 2, id->subvendor, 0);
	put(f, PCI_SUBSYSTEM_ID, 2, id->subdevice, 0);
	put(f, PCI_INTERRUPT_LINE, 1, 0, 0xff);
}

/* Append the capability at @where to the list, whose last link is *@link. */
static void chain(struct function *f, int *link, int where, u8 cap)
{
	f->config[*link] = where;
	put(f, where, 1, cap, 0);
	*link = where + PCI_CAP_LIST_NEXT;
}

static void put_pm(struct function *f, int *link)
{
	chain(f, link, CAP_PM, PCI_CAP_ID_PM);
	put(f, CAP_PM + PCI_PM_PMC, 2, 3, 0);
	put(f, CAP_PM + PCI_PM_CTRL, 2, PCI_PM_CTRL_NO_SOFT_RESET,
	    PCI_PM_CTRL_STATE_MASK);
}

static void put_msix(struct function *f, int *link)
{
	const struct nic_identity *id = &f->nic.ops->identity;

	if (!id->vectors)
		return;
	chain(f, link, CAP_MSIX, PCI_CAP_ID_MSIX);
	put(f, CAP_MSIX + PCI_MSIX_FLAGS, 2, id->vectors - 1,
	    PCI_MSIX_FLAGS_ENABLE | PCI_MSIX_FLAGS_MASKALL);
	put(f, CAP_MSIX + PCI_MSIX_TABLE, 4, id->msix_table | id->msix_bar, 0);
	put(f, CAP_MSIX + PCI_MSIX_PBA, 4, id->msix_pba | id->msix_bar, 0);
}

/* Parts of before PCI Express have no MSI-X either. */
static void put_express(struct function *f, int *link)
{
	if (!f->nic.ops->identity.vectors)
		return;
	chain(f, link, CAP_EXP, PCI_CAP_ID_EXP);
	put(f, CAP_EXP + PCI_EXP_FLAGS, 2, PCI_EXP_TYPE_ENDPOINT << 4 | 2, 0);
	put(f, CAP_EXP + PCI_EXP_DEVCAP, 4, PCI_EXP_DEVCAP_RBER, 0);
	put(f, CAP_EXP + PCI_EXP_DEVCTL, 2, PCI_EXP_DEVCTL_READRQ_512B, 0x7fff);
	put(f, CAP_EXP + PCI_EXP_LNKCAP, 4, PCI_EXP_LNKCAP_SLS_2_5GB |
	    PCI_EXP_LNKSTA_NLW_X1, 0);
	put(f, CAP_EXP + PCI_EXP_LNKCTL, 2, 0, PCI_EXP_LNKCTL_CCC |
	    PCI_EXP_LNKCTL_ES);
	put(f, CAP_EXP + PCI_EXP_LNKSTA, 2, PCI_EXP_LNKSTA_CLS_2_5GB |
	    PCI_EXP_LNKSTA_NLW_X1, 0);
}

static int put_vendor(struct function *f, int *link)
{
	const struct nic_capability *c = f->nic.ops->identity.capability;
	int where = CAP_VENDOR;

	for (; c && c->bytes; c++) {
		if (where + c->size > sizeof(f->config))
			return -ENOSPC;
		memcpy(f->config + where, c->bytes, c->size);
		chain(f, link, where, PCI_CAP_ID_VNDR);
		where += ALIGN(c->size, 4);
	}
	return 0;
}

static int put_capabilities(struct function *f)
{
	int link = PCI_CAPABILITY_LIST;

	put_pm(f, &link);
	put_msix(f, &link);
	put_express(f, &link);
	return put_vendor(f, &link);
}

/*
 * The next memory BAR at or after @i, NIC_BARS if there is none. All are made
 * 64 bits wide, because free address space is only sure to be found above
 * 4 GiB; a BAR takes two places then, and what the model has in the second is
 * left out, as are I/O BARs: for Intel's parts the flash and the I/O port.
 */
static int bar_at(const struct nic_identity *id, int i)
{
	while (i < NIC_BARS && (id->bar[i].io || !id->bar[i].size))
		i++;
	return i < NIC_BARS - 1 ? i : NIC_BARS;
}

#define for_each_bar(i, id) \
	for (i = bar_at(id, 0); i < NIC_BARS; i = bar_at(id, i + 2))

static struct resource *bars_from(void)
{
#ifdef CONFIG_UML
	return &iomem_bars;
#else
	return &iomem_resource;
#endif
}

/*
 * What this kernel does not know of may still be there: beside a node lies the
 * memory of other kernels. There the BARs get only the space that is theirs.
 */
static int memory_create(struct function *f)
{
	const struct nic_identity *id = &f->nic.ops->identity;
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
	f->memory = (struct resource){
		.name = "intmgr", .flags = IORESOURCE_MEM | IORESOURCE_MEM_64,
	};
	return allocate_resource(bars_from(), &f->memory,
				 ALIGN(size, align), min, max, align, NULL,
				 NULL);
}

/* Place the BARs as firmware would: the core only has to claim them. */
static void put_bars(struct function *f)
{
	const struct nic_identity *id = &f->nic.ops->identity;
	u64 addr = f->memory.start;
	int i, where;

	f->bar = addr;
	for_each_bar(i, id) {
		u64 mask = ~(u64)(id->bar[i].size - 1);

		where = PCI_BASE_ADDRESS_0 + 4 * i;
		addr = ALIGN(addr, id->bar[i].size);
		put(f, where, 4, lower_32_bits(addr) |
		    PCI_BASE_ADDRESS_MEM_TYPE_64, lower_32_bits(mask));
		put(f, where + 4, 4, upper_32_bits(addr), upper_32_bits(mask));
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

static int bus_scan(struct function *f)
{
	struct pci_dev *pdev;

	dev_set_msi_domain(&f->bus->dev, msi_domain());
	pci_scan_child_bus(f->bus);
	pci_bus_claim_resources(f->bus);
	pdev = pci_get_slot(f->bus, 0);
	if (!pdev)
		return -ENODEV;
	dma_adopt(f, &pdev->dev);
	if (msi_intx(f))
		pdev->irq = msi_intx(f);
	strscpy(f->window->bdf, pci_name(pdev), sizeof(f->window->bdf));
	pci_dev_put(pdev);
	return 0;
}

static int bus_build(struct function *f)
{
	LIST_HEAD(resources);
	int err = domain_find();

	if (err < 0)
		return err;
	f->sysdata = (struct pci_sysdata){ .domain = err, .node = NUMA_NO_NODE };
	f->numbers = (struct resource){
		.name = "intmgr", .flags = IORESOURCE_BUS,
	};
	pci_add_resource(&resources, &f->numbers);
	pci_add_resource(&resources, &f->memory);
	f->bus = pci_create_root_bus(NULL, 0, &bus_ops, &f->sysdata,
				     &resources);
	if (!f->bus) {
		pci_free_resource_list(&resources);
		return -ENOMEM;
	}
	err = bus_scan(f);
	if (err) {
		pci_remove_root_bus(f->bus);
		f->bus = NULL;
	}
	return err;
}

static void bus_unplug(struct work_struct *work)
{
	struct function *f = container_of(work, struct function, unplug);
	struct pci_dev *pdev;

	pci_lock_rescan_remove();
	pdev = f->bus ? pci_get_slot(f->bus, 0) : NULL;
	if (pdev) {
		pci_stop_and_remove_bus_device(pdev);
		pci_dev_put(pdev);
	}
	pci_unlock_rescan_remove();
}

int bus_create(struct function *f)
{
	int err = memory_create(f);

	if (err)
		return err;
	INIT_WORK(&f->unplug, bus_unplug);
	put_header(f);
	put_bars(f);
	err = put_capabilities(f);
	if (err)
		goto release;

	pci_lock_rescan_remove();
	err = bus_build(f);
	pci_unlock_rescan_remove();
	if (!err)
		return 0;
release:
	release_resource(&f->memory);
	return err;
}

void bus_enable(struct function *f)
{
	pci_lock_rescan_remove();
	pci_bus_add_devices(f->bus);
	pci_unlock_rescan_remove();
}

void bus_disable(struct function *f)
{
	pci_lock_rescan_remove();
	if (f->bus) {
		pci_stop_root_bus(f->bus);
		pci_remove_root_bus(f->bus);
	}
	f->bus = NULL;
	pci_unlock_rescan_remove();
}

void bus_destroy(struct function *f)
{
	bus_disable(f);
	cancel_work_sync(&f->unplug);	/* which finds no bus any more */
	release_resource(&f->memory);
}

void bus_kill(struct function *f)
{
	if (!cmpxchg(&f->nic.port->dead, 0, 1))
		schedule_work(&f->unplug);
}

struct function *bus_function(const struct pci_dev *pdev)
{
	return pdev->bus->ops == &bus_ops ? function_of(pdev->bus) : NULL;
}
