// SPDX-License-Identifier: GPL-2.0-only
#include "virtio_net.h"

#define OFFERED	(VIRTIO_F_VERSION_1 | VIRTIO_F_ACCESS_PLATFORM | \
		 VIRTIO_F_INDIRECT_DESC | VIRTIO_F_EVENT_IDX | \
		 VIRTIO_F_RING_RESET | VIRTIO_NET_F_CSUM | \
		 VIRTIO_NET_F_GUEST_CSUM | VIRTIO_NET_F_HOST_TSO4 | \
		 VIRTIO_NET_F_HOST_TSO6 | VIRTIO_NET_F_MAC | \
		 VIRTIO_NET_F_STATUS | VIRTIO_NET_F_MRG_RXBUF | \
		 VIRTIO_NET_F_CTRL_VQ | VIRTIO_NET_F_CTRL_RX | \
		 VIRTIO_NET_F_CTRL_VLAN | VIRTIO_NET_F_CTRL_MAC_ADDR)

/*
 * Without these the device does not operate, which 6.1 and 6.2 leave to it:
 * there is no legacy interface, and bus addresses are no physical ones.
 */
#define NEEDED	(VIRTIO_F_VERSION_1 | VIRTIO_F_ACCESS_PLATFORM)

/* Status bits that are the driver's to set */
#define STATUS	(VIRTIO_S_ACKNOWLEDGE | VIRTIO_S_DRIVER | VIRTIO_S_DRIVER_OK | \
		 VIRTIO_S_FEATURES_OK | VIRTIO_S_FAILED)

/* ---- shared by the files of the model ---- */

bool virtio_net_runs(const struct virtio_net *s)
{
	u8 status = port_load_acquire(&s->status);

	return (status & (VIRTIO_S_DRIVER_OK | VIRTIO_S_FAILED)) ==
	       VIRTIO_S_DRIVER_OK;
}

bool virtio_net_is_master(const struct nic *nic)
{
	return port_load(&nic->port->master) && !port_load(&nic->port->dead);
}

u32 virtio_net_vector(u16 vector)
{
	return vector < VIRTIO_NET_VECTORS ? BIT(vector) : 0;
}

static u32 doorbell(u32 queue)
{
	return VIRTIO_NOTIFY + VIRTIO_NOTIFY_STEP * queue;
}

int virtio_net_open(struct nic *nic, u32 index, struct virtq_ring *r)
{
	struct virtio_net *s = nic->state;

	r->nic = nic;
	r->doorbell = doorbell(index);
	return virtq_open(r, &s->queue[index], port_load(&s->features));
}

/* ---- interrupts ---- */

static void set_isr(struct virtio_net *s, u64 bits)
{
	u64 isr;

	do {
		isr = port_load(&s->isr);
	} while (!port_cas64(&s->isr, isr, isr | bits));
}

static u64 read_isr(struct virtio_net *s)
{
	u64 isr;

	do {
		isr = port_load(&s->isr);
	} while (!port_cas64(&s->isr, isr, 0));
	return isr & (VIRTIO_ISR_QUEUE | VIRTIO_ISR_CONFIG);
}

/* 4.1.5.3: a message, or a bit in ISR status for who has no messages. */
u32 virtio_net_notify(struct virtio_net *s, const struct virtq *q)
{
	u32 vectors = virtio_net_vector(port_load(&q->vector));

	if (!vectors)
		set_isr(s, VIRTIO_ISR_QUEUE);
	return vectors;
}

static u32 set_link(struct nic *nic, bool up)
{
	struct virtio_net *s = nic->state;

	if (!!port_load(&s->plugged) == up)
		return 0;
	port_store(&s->plugged, up);
	port_store_release(&s->link_changes, port_load(&s->link_changes) + 1);
	if (!virtio_net_runs(s))
		return 0;
	set_isr(s, VIRTIO_ISR_CONFIG);	/* before the message, 4.1.4.5.1 */
	return virtio_net_vector(port_load(&s->config_vector));
}

/* ---- reset, power on ---- */

static u16 queue_max(u32 queue)
{
	return queue == VIRTIO_NET_CTRL ? VIRTIO_NET_CTRL_RING :
					  VIRTIO_NET_RING;
}

static void set_defaults(struct virtio_net *s)
{
	u32 i;

	s->device_feature_select = 0;
	s->driver_feature_select = 0;
	port_store(&s->features, 0);
	s->queue_select = 0;
	port_store(&s->config_vector, VIRTIO_NO_VECTOR);
	for (i = 0; i < VIRTIO_NET_QUEUES; i++)
		virtq_reset(&s->queue[i], queue_max(i));
	virtio_net_filter_reset(&s->filter, s->factory_mac);
	read_isr(s);
}

static void reset(struct nic *nic)
{
	struct virtio_net *s = nic->state;

	port_store(&s->status, 0);
	nic_wait_quiet(nic);
	set_defaults(s);
	s->unread = 1;
}

static void power_on(struct nic *nic, const u8 mac[6])
{
	struct virtio_net *s = nic->state;

	memset(s, 0, sizeof(*s));
	s->factory_mac = virtio_net_address(mac);
	s->plugged = 1;
	set_defaults(s);
}

/* ---- status and features ---- */

/* 5.1.3.1 */
static bool acceptable(u64 features)
{
	u64 on_ctrl = VIRTIO_NET_F_CTRL_RX | VIRTIO_NET_F_CTRL_VLAN |
		      VIRTIO_NET_F_CTRL_MAC_ADDR;
	u64 on_csum = VIRTIO_NET_F_HOST_TSO4 | VIRTIO_NET_F_HOST_TSO6;

	if ((features & ~OFFERED) || (features & NEEDED) != NEEDED)
		return false;
	if ((features & on_ctrl) && !(features & VIRTIO_NET_F_CTRL_VQ))
		return false;
	return !(features & on_csum) || (features & VIRTIO_NET_F_CSUM);
}

static u8 accept_features(struct virtio_net *s, u8 value)
{
	if (!acceptable(s->features))
		return value & ~VIRTIO_S_FEATURES_OK;
	virtio_net_filter_start(&s->filter, s->features);
	return value;
}

/* 3.1.1: features are settled, and found to be so, before DRIVER_OK. */
static void write_status(struct nic *nic, u8 value)
{
	struct virtio_net *s = nic->state;
	u8 was = s->status, news = value & STATUS & ~was;

	if (!value) {
		reset(nic);
		return;
	}
	if (s->unread)
		nic_fault(nic, FAULT_EARLY, VIRTIO_STATUS, value);
	if ((news & VIRTIO_S_DRIVER_OK) && !(was & VIRTIO_S_FEATURES_OK)) {
		nic_fault(nic, FAULT_EARLY, VIRTIO_STATUS, value);
		news &= ~VIRTIO_S_DRIVER_OK;
	}
	if (news & VIRTIO_S_FEATURES_OK)
		news = accept_features(s, news);
	/* Bits go by a reset only; queues are set up before DRIVER_OK is seen. */
	port_store_release(&s->status, was | news);
}

static u8 read_status(struct virtio_net *s)
{
	s->unread = 0;
	return s->status;
}

static u32 feature_word(u64 features, u32 select)
{
	return select < 2 ? (u32)(features >> (32 * select)) : 0;
}

static void write_features(struct nic *nic, u32 value)
{
	struct virtio_net *s = nic->state;
	u32 select = s->driver_feature_select;
	u64 mask;

	if (select > 1)
		return;
	if (s->status & VIRTIO_S_FEATURES_OK) {
		nic_fault(nic, FAULT_EARLY, VIRTIO_DRIVER_FEATURE, value);
		return;
	}
	mask = 0xffffffffULL << (32 * select);
	port_store(&s->features,
		   (s->features & ~mask) | (u64)value << (32 * select));
}

/* ---- queues ---- */

static struct virtq *selected(struct virtio_net *s)
{
	u16 select = port_load(&s->queue_select);

	return select < VIRTIO_NET_QUEUES ? &s->queue[select] : NULL;
}

/* 4.1.4.3.2: queues are enabled when their other fields stand, by 1 only. */
static void enable_queue(struct nic *nic, struct virtq *q, u32 value)
{
	struct virtio_net *s = nic->state;
	struct virtq_ring r = { .nic = nic };

	if (value != 1 || !(s->status & VIRTIO_S_FEATURES_OK)) {
		nic_fault(nic, FAULT_EARLY, VIRTIO_QUEUE_ENABLE, value);
		return;
	}
	if (q->enabled || virtq_map(&r, q, s->features))
		return;
	port_store_release(&q->enabled, 1);
}

/* 2.6.1: done when the write is. */
static void reset_queue(struct nic *nic, struct virtq *q, u32 value)
{
	struct virtio_net *s = nic->state;

	if (value != 1 || !(s->features & VIRTIO_F_RING_RESET) || !q->enabled) {
		nic_fault(nic, FAULT_EARLY, VIRTIO_QUEUE_RESET, value);
		return;
	}
	port_store(&q->enabled, 0);
	nic_wait_quiet(nic);
	virtq_reset(q, queue_max(q - s->queue));
}

static void set_size(struct nic *nic, struct virtq *q, u32 value)
{
	struct virtio_net *s = nic->state;
	bool legal = virtq_legal_size(value) &&
		     value <= queue_max(q - s->queue);

	if (!legal)
		nic_fault(nic, FAULT_RING, VIRTIO_QUEUE_SIZE, value);
	port_store(&q->size, legal ? value : 0);
}

/* An address's half, which half @reg says. */
static void set_half(u64 *address, u32 reg, u32 value)
{
	int shift = reg & 4 ? 32 : 0;
	u64 kept = port_load(address) & ~(0xffffffffULL << shift);

	port_store(address, kept | (u64)value << shift);
}

static u64 *address_of(struct virtq *q, u32 reg)
{
	switch (reg & ~7) {
	case VIRTIO_QUEUE_DESC:
		return &q->desc;
	case VIRTIO_QUEUE_DRIVER:
		return &q->driver;
	default:
		return &q->device;
	}
}

/* What has to stand before a queue is enabled, and not change after. */
static void set_up_queue(struct nic *nic, struct virtq *q, u32 reg, u32 value)
{
	if (q->enabled)
		nic_fault(nic, FAULT_EARLY, reg, value);
	else if (reg == VIRTIO_QUEUE_SIZE)
		set_size(nic, q, value);
	else
		set_half(address_of(q, reg), reg, value);
}

/* 4.1.5.1.2.1: an entry that is not there reads back as none. */
static u16 legal_vector(u32 value)
{
	return value < VIRTIO_NET_VECTORS ? value : VIRTIO_NO_VECTOR;
}

static void write_queue(struct nic *nic, u32 reg, u32 value)
{
	struct virtq *q = selected(nic->state);

	if (!q)
		return;
	switch (reg) {
	case VIRTIO_QUEUE_VECTOR:
		port_store(&q->vector, legal_vector(value));
		break;
	case VIRTIO_QUEUE_ENABLE:
		enable_queue(nic, q, value);
		break;
	case VIRTIO_QUEUE_RESET:
		reset_queue(nic, q, value);
		break;
	default:
		set_up_queue(nic, q, reg, value);
		break;
	}
}

static u32 read_queue(struct virtio_net *s, u32 reg)
{
	struct virtq *q = selected(s);

	if (!q)
		return 0;
	switch (reg) {
	case VIRTIO_QUEUE_SIZE:
		return q->size;
	case VIRTIO_QUEUE_VECTOR:
		return q->vector;
	case VIRTIO_QUEUE_ENABLE:
		return q->enabled;
	case VIRTIO_QUEUE_NOTIFY_OFF:
		return q - s->queue;
	case VIRTIO_QUEUE_RESET:
		return 0;
	default:
		return (u32)(*address_of(q, reg) >> (reg & 4 ? 32 : 0));
	}
}

/* ---- the common configuration structure ---- */

/* 4.1.3.1: each field has its width, and 64 bits are accessed in halves. */
static const u8 width[VIRTIO_COMMON_LEN] = {
	[VIRTIO_DEVICE_FEATURE_SELECT] = 4,
	[VIRTIO_DEVICE_FEATURE] = 4,
	[VIRTIO_DRIVER_FEATURE_SELECT] = 4,
	[VIRTIO_DRIVER_FEATURE] = 4,
	[VIRTIO_CONFIG_VECTOR] = 2,
	[VIRTIO_NUM_QUEUES] = 2,
	[VIRTIO_STATUS] = 1,
	[VIRTIO_GENERATION] = 1,
	[VIRTIO_QUEUE_SELECT] = 2,
	[VIRTIO_QUEUE_SIZE] = 2,
	[VIRTIO_QUEUE_VECTOR] = 2,
	[VIRTIO_QUEUE_ENABLE] = 2,
	[VIRTIO_QUEUE_NOTIFY_OFF] = 2,
	[VIRTIO_QUEUE_DESC] = 4,
	[VIRTIO_QUEUE_DESC + 4] = 4,
	[VIRTIO_QUEUE_DRIVER] = 4,
	[VIRTIO_QUEUE_DRIVER + 4] = 4,
	[VIRTIO_QUEUE_DEVICE] = 4,
	[VIRTIO_QUEUE_DEVICE + 4] = 4,
	[VIRTIO_QUEUE_RESET] = 2,
};

static bool is_read_only(u32 reg)
{
	return reg == VIRTIO_DEVICE_FEATURE || reg == VIRTIO_NUM_QUEUES ||
	       reg == VIRTIO_GENERATION || reg == VIRTIO_QUEUE_NOTIFY_OFF;
}

static u32 read_common(struct virtio_net *s, u32 reg)
{
	switch (reg) {
	case VIRTIO_DEVICE_FEATURE_SELECT:
		return s->device_feature_select;
	case VIRTIO_DEVICE_FEATURE:
		return feature_word(OFFERED, s->device_feature_select);
	case VIRTIO_DRIVER_FEATURE_SELECT:
		return s->driver_feature_select;
	case VIRTIO_DRIVER_FEATURE:
		return feature_word(s->features, s->driver_feature_select);
	case VIRTIO_CONFIG_VECTOR:
		return s->config_vector;
	case VIRTIO_NUM_QUEUES:
		return VIRTIO_NET_QUEUES;
	case VIRTIO_STATUS:
		return read_status(s);
	case VIRTIO_GENERATION:
		return s->generation;
	case VIRTIO_QUEUE_SELECT:
		return s->queue_select;
	default:
		return read_queue(s, reg);
	}
}

static void write_common(struct nic *nic, u32 reg, u32 value)
{
	struct virtio_net *s = nic->state;

	switch (reg) {
	case VIRTIO_DEVICE_FEATURE_SELECT:
		s->device_feature_select = value;
		break;
	case VIRTIO_DRIVER_FEATURE_SELECT:
		s->driver_feature_select = value;
		break;
	case VIRTIO_DRIVER_FEATURE:
		write_features(nic, value);
		break;
	case VIRTIO_CONFIG_VECTOR:
		port_store(&s->config_vector, legal_vector(value));
		break;
	case VIRTIO_STATUS:
		write_status(nic, value);
		break;
	case VIRTIO_QUEUE_SELECT:
		port_store(&s->queue_select, value);
		break;
	default:
		write_queue(nic, reg, value);
		break;
	}
}

/* ---- the device configuration ---- */

/*
 * 4.1.4.3.1: the generation changes where a read may find what no earlier one
 * found; counting the changes themselves might come round to the same byte.
 */
static void update_generation(struct virtio_net *s)
{
	u64 changes = port_load_acquire(&s->link_changes) + s->mac_changes;

	if (changes == s->seen)
		return;
	s->seen = changes;
	s->generation++;
}

static u32 read_device(struct virtio_net *s, u32 reg)
{
	update_generation(s);
	if (reg == VIRTIO_NET_STATUS)
		return port_load(&s->plugged) ? VIRTIO_NET_S_LINK_UP : 0;
	return (u8)(s->filter.mac >> (8 * (reg - VIRTIO_NET_MAC)));
}

/* ---- register accesses ---- */

/* The width of what lies at @reg; 0: nothing does. */
static unsigned int width_at(u32 reg)
{
	if (reg - VIRTIO_COMMON < VIRTIO_COMMON_LEN)
		return width[reg - VIRTIO_COMMON];
	if (reg == VIRTIO_ISR || reg - VIRTIO_NET_MAC < 6)
		return 1;
	if (reg == VIRTIO_NET_STATUS || reg == doorbell(VIRTIO_NET_RX) ||
	    reg == doorbell(VIRTIO_NET_TX) || reg == doorbell(VIRTIO_NET_CTRL))
		return 2;
	return 0;
}

static bool is_legal(const struct nic *nic, u32 reg, unsigned int size,
		     bool write)
{
	bool legal = size && width_at(reg) == size;

	if (write)
		legal &= reg < VIRTIO_COMMON + VIRTIO_COMMON_LEN ?
			 !is_read_only(reg) : reg >= VIRTIO_NOTIFY;
	else
		legal &= reg < VIRTIO_NOTIFY;
	if (!legal)
		nic_fault(nic, FAULT_ACCESS, reg, size);
	return legal;
}

static u64 read(struct nic *nic, u32 reg, unsigned int size)
{
	struct virtio_net *s = nic->state;

	if (!is_legal(nic, reg, size, false))
		return 0;
	if (reg == VIRTIO_ISR)
		return read_isr(s);
	if (reg >= VIRTIO_DEVICE)
		return read_device(s, reg);
	return read_common(s, reg);
}

/* 3.1.1: no doorbell before DRIVER_OK. The value is the queue's number. */
static u32 ring_doorbell(struct nic *nic, u32 reg, u32 value)
{
	struct virtio_net *s = nic->state;
	u32 queue = (reg - VIRTIO_NOTIFY) / VIRTIO_NOTIFY_STEP;

	if (!virtio_net_runs(s) || !port_load(&s->queue[queue].enabled)) {
		nic_fault(nic, FAULT_EARLY, reg, value);
		return 0;
	}
	if (!virtio_net_is_master(nic))
		return 0;
	if (queue == VIRTIO_NET_TX)
		return virtio_net_transmit(nic);
	if (queue == VIRTIO_NET_CTRL)
		return virtio_net_control(nic);
	return 0;
}

static u32 write(struct nic *nic, u32 reg, unsigned int size, u64 value)
{
	if (!is_legal(nic, reg, size, true))
		return 0;
	if (size < 4)
		value &= BIT(8 * size) - 1;
	if (reg >= VIRTIO_NOTIFY)
		return ring_doorbell(nic, reg, value);
	write_common(nic, reg, value);
	return 0;
}

/* ---- what is left of struct nic_ops ---- */

static u32 steer(struct nic *nic, const void *frame, u32 len)
{
	return 0;
}

static u32 rx_queues(struct nic *nic)
{
	return 1;
}

static int rx_vector(struct nic *nic, u32 queue)
{
	const struct virtio_net *s = nic->state;
	u16 vector = port_load(&s->queue[VIRTIO_NET_RX].vector);

	return virtio_net_vector(vector) ? vector : -1;
}

/* Bytes of struct virtio_pci_cap, 4.1.4; all lie in BAR 0. */
enum {
	CAP_LEN = 2,
	CAP_TYPE = 3,
	CAP_OFFSET = 8,
	CAP_LENGTH = 12,
	CAP_MORE = 16
};

static const u8 cap_common[CAP_MORE] = {
	[CAP_LEN] = CAP_MORE,
	[CAP_TYPE] = VIRTIO_CAP_COMMON,
	[CAP_OFFSET + 1] = VIRTIO_COMMON >> 8,
	[CAP_LENGTH] = VIRTIO_COMMON_LEN,
};

static const u8 cap_isr[CAP_MORE] = {
	[CAP_LEN] = CAP_MORE,
	[CAP_TYPE] = VIRTIO_CAP_ISR,
	[CAP_OFFSET + 1] = VIRTIO_ISR >> 8,
	[CAP_LENGTH] = 1,
};

static const u8 cap_device[CAP_MORE] = {
	[CAP_LEN] = CAP_MORE,
	[CAP_TYPE] = VIRTIO_CAP_DEVICE,
	[CAP_OFFSET + 1] = VIRTIO_DEVICE >> 8,
	[CAP_LENGTH] = VIRTIO_DEVICE_LEN,
};

static const u8 cap_notify[CAP_MORE + 4] = {
	[CAP_LEN] = CAP_MORE + 4,
	[CAP_TYPE] = VIRTIO_CAP_NOTIFY,
	[CAP_OFFSET + 1] = VIRTIO_NOTIFY >> 8,
	[CAP_LENGTH] = VIRTIO_NOTIFY_STEP * VIRTIO_NET_QUEUES,
	[CAP_MORE] = VIRTIO_NOTIFY_STEP,
};

/* A window that the driver would set and access: here it stays 0. */
static const u8 cap_pci[CAP_MORE + 4] = {
	[CAP_LEN] = CAP_MORE + 4,
	[CAP_TYPE] = VIRTIO_CAP_PCI,
};

/* 4.1.4: of one kind the device's first choice comes first. */
static const struct nic_capability capabilities[] = {
	{ cap_common, sizeof(cap_common) },
	{ cap_isr, sizeof(cap_isr) },
	{ cap_device, sizeof(cap_device) },
	{ cap_notify, sizeof(cap_notify) },
	{ cap_pci, sizeof(cap_pci) },
	{ NULL, 0 },
};

const struct nic_ops virtio_net_ops = {
	.name = "virtio_net",
	.identity = {
		.vendor = 0x1af4,
		.device = 0x1041,
		.subvendor = 0x1af4,
		.subdevice = 0x1100,
		.class_code = 0x020000,
		.revision = 1,
		.bar = {
			[0] = { .size = VIRTIO_BAR_SIZE },
			[2] = { .size = 0x4000 },
		},
		.vectors = VIRTIO_NET_VECTORS,
		.msix_bar = 2,
		.msix_table = 0,
		.msix_pba = 0x2000,
		.capability = capabilities,
		.gone_is_0 = true,	/* device status: the reset is over */
	},
	.state_size = sizeof(struct virtio_net),
	.queues = 1,
	.power_on = power_on,
	.read = read,
	.write = write,
	.give = virtio_net_give,
	.set_link = set_link,
	.steer = steer,
	.rx_queues = rx_queues,
	.rx_vector = rx_vector,
	.longest = virtio_net_longest,
	.peek = virtio_net_peek,
	.fetch_ahead = virtio_net_fetch_ahead,
	.waiting = virtio_net_waiting,
	.rx_ring = virtio_net_rx_ring,
};
