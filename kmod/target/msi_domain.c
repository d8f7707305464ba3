// SPDX-License-Identifier: GPL-2.0-only
#include "msi_domain.h"

#include <linux/irq.h>
#include <linux/msi.h>
#include <linux/pci.h>

#include "vectors.h"

/* As the core does it, and then to where the last order wanted them. */
static int entry_init(struct irq_domain *d, struct msi_domain_info *info,
		      unsigned int irq, irq_hw_number_t hwirq,
		      msi_alloc_info_t *arg)
{
	irq_domain_set_hwirq_and_chip(d, irq, hwirq, info->chip,
				      info->chip_data);
	msi_settle(irq);
	return 0;
}

#if COMPAT_MSI_PARENT

#include <linux/irqchip/irq-msi-lib.h>

static bool init_device(struct device *dev, struct irq_domain *d,
			struct irq_domain *parent, struct msi_domain_info *info)
{
	if (!msi_lib_init_dev_msi_info(dev, d, parent, info))
		return false;
	info->ops->msi_init = entry_init;
	return true;
}

/* Masks and messages are the parent's: it has the doorbells. */
static const struct msi_parent_ops parent_ops = {
	.supported_flags = MSI_GENERIC_FLAGS_MASK | MSI_FLAG_PCI_MSIX |
			   MSI_FLAG_PCI_MSIX_ALLOC_DYN,
	.required_flags = MSI_FLAG_USE_DEF_DOM_OPS |
			  MSI_FLAG_USE_DEF_CHIP_OPS |
			  MSI_FLAG_PCI_MSI_MASK_PARENT,
	.chip_flags = MSI_CHIP_FLAG_SET_ACK,
	.bus_select_token = DOMAIN_BUS_ANY,
	.prefix = "intmgr-",
	.init_dev_msi_info = init_device,
};

struct irq_domain *msi_domain_doorbells(struct fwnode_handle *fwnode,
					const struct irq_domain_ops *ops)
{
	struct irq_domain_info info = {
		.fwnode = fwnode,
		.ops = ops,
		.parent = vectors_domain(),
		.bus_token = DOMAIN_BUS_ANY,
	};

	return msi_create_parent_irq_domain(&info, &parent_ops);
}

struct irq_domain *msi_domain_functions(struct irq_domain *doorbells)
{
	return doorbells;
}

void msi_domain_functions_remove(struct irq_domain *functions,
				 struct irq_domain *doorbells)
{
}

#else

static void no_message(struct irq_data *d, struct msi_msg *msg)
{
}

static struct irq_chip chip = {
	.name = "intmgr-MSI-X",
	.irq_ack = irq_chip_ack_parent,
	.irq_mask = irq_chip_mask_parent,
	.irq_unmask = irq_chip_unmask_parent,
	.irq_retrigger = irq_chip_retrigger_hierarchy,
	.irq_write_msi_msg = no_message,
	.flags = IRQCHIP_SKIP_SET_WAKE | IRQCHIP_AFFINITY_PRE_STARTUP,
};

static struct msi_domain_ops ops = {
	.msi_init = entry_init,
#ifndef CONFIG_UML
	.msi_prepare = pci_msi_prepare,
#endif
};

static struct msi_domain_info info = {
	.flags = MSI_FLAG_USE_DEF_DOM_OPS | MSI_FLAG_USE_DEF_CHIP_OPS |
		 MSI_FLAG_PCI_MSIX,
	.ops = &ops,
	.chip = &chip,
};

struct irq_domain *msi_domain_doorbells(struct fwnode_handle *fwnode,
					const struct irq_domain_ops *ops)
{
	return irq_domain_create_hierarchy(vectors_domain(), 0, 0, fwnode,
					   ops, NULL);
}

struct irq_domain *msi_domain_functions(struct irq_domain *doorbells)
{
	struct fwnode_handle *fwnode;
	struct irq_domain *d;

	fwnode = irq_domain_alloc_named_fwnode("intmgr-msi");
	if (!fwnode)
		return NULL;
	d = pci_msi_create_irq_domain(fwnode, &info, doorbells);
	if (!d) {
		irq_domain_free_fwnode(fwnode);
		return NULL;
	}
	/* A plain PCI/MSI domain loses its devices to interrupt remapping. */
	irq_domain_update_bus_token(d, DOMAIN_BUS_VMD_MSI);
	return d;
}

void msi_domain_functions_remove(struct irq_domain *functions,
				 struct irq_domain *doorbells)
{
	struct fwnode_handle *fwnode = functions->fwnode;

	irq_domain_remove(functions);
	irq_domain_free_fwnode(fwnode);
}

#endif
