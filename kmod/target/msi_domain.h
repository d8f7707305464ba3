/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How PCI functions get the interrupts of their MSI-X entries from a domain of
 * ours: by a PCI/MSI domain below it, or (COMPAT_MSI_PARENT) by one that the
 * core makes for each device. What the core would write into the MSI-X table
 * has no meaning here: the message is in the doorbell by then.
 */
#ifndef INTMGR_MSI_DOMAIN_H
#define INTMGR_MSI_DOMAIN_H

#include <linux/irqdomain.h>

#include "compat.h"

/* The domain of all doorbells, on the CPUs' vector domain. NULL: no memory. */
struct irq_domain *msi_domain_doorbells(struct fwnode_handle *fwnode,
					const struct irq_domain_ops *ops);

/* What functions' devices are given; may be @doorbells itself. */
struct irq_domain *msi_domain_functions(struct irq_domain *doorbells);
void msi_domain_functions_remove(struct irq_domain *functions,
				 struct irq_domain *doorbells);

/* msi.c: @irq was set up; move it to the CPU that takes its function's. */
void msi_settle(unsigned int irq);

#endif
