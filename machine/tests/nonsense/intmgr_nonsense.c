// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver of the worst kind, for the tests: it maps BAR 0 of a virtual function
 * as drivers do, behind the back of the one that is bound, and accesses it in
 * every way that a compiler or a person could come up with.
 *
 *	modprobe intmgr_nonsense bdf=1000:00:00.0
 *	echo strings > /sys/module/intmgr_nonsense/parameters/now
 *
 * The write fails with EIO where something was not as it should be, and the
 * kernel log says what. Registers are those of Intel's gigabit parts, which are
 * 32 bits wide.
 */
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/vmalloc.h>
#include <asm/fpu/api.h>

#define STATUS		0x8	/* reads neither 0 nor ~0 */
#define PLAIN		0x5200	/* the multicast table: it only stores */
#define WORDS		128
#define GONE		0xffffffffU

#define PATTERN		0x12345678U
#define OTHER		0x9abcdef0U

static char *bdf;
module_param(bdf, charp, 0400);
MODULE_PARM_DESC(bdf, "PCI address of the function");

static unsigned int plain_at = PLAIN;
module_param_named(plain, plain_at, uint, 0400);
MODULE_PARM_DESC(plain, "offset of registers that only store");

static unsigned int counter = 0x4074;	/* GPRC: reading clears it */
module_param(counter, uint, 0600);
MODULE_PARM_DESC(counter, "register that 'hammer' sums up");

static unsigned long sum;
module_param(sum, ulong, 0400);
MODULE_PARM_DESC(sum, "what 'hammer' has read from it");

static unsigned int hammer_ms = 300;
module_param(hammer_ms, uint, 0600);
MODULE_PARM_DESC(hammer_ms, "how long 'hammer' goes on");

static unsigned int gone = GONE;
module_param(gone, uint, 0600);
MODULE_PARM_DESC(gone, "what registers of the function read when it is gone");

static struct pci_dev *pdev;
static u8 __iomem *bar;
static unsigned int wrong;

static void expect(const char *what, u64 got, u64 want)
{
	if (got == want)
		return;
	wrong++;
	pr_notice("intmgr_nonsense: %s: %#llx instead of %#llx\n", what, got,
		  want);
}

static u8 __iomem *plain(unsigned int word)
{
	return bar + plain_at + 4 * word;
}

/* ---- widths and alignments that the part has not ---- */

static void odd_reads(void)
{
	expect("readb", readb(bar + STATUS), 0);
	expect("readb + 1", readb(bar + STATUS + 1), 0);
	expect("readw", readw(bar + STATUS), 0);
	expect("readw + 1", readw(bar + STATUS + 1), 0);
	expect("readq", readq(bar + STATUS), 0);
	expect("readl + 1", readl(bar + STATUS + 1), 0);
	expect("readl + 2", readl(bar + STATUS + 2), 0);
	expect("readl + 3", readl(bar + STATUS + 3), 0);
	expect("readl beyond the last register",
	       readl(bar + pci_resource_len(pdev, 0) - 2), 0);
}

static void odd_writes(void)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		writel(PATTERN + i, plain(i));
	writeb(0xff, plain(0));
	writeb(0xff, plain(0) + 3);
	writew(0xffff, plain(1));
	writew(0xffff, plain(1) + 1);
	writeq(~0ULL, plain(2));
	writel(~0U, plain(3) + 1);
	writel(~0U, plain(2) + 2);
	for (i = 0; i < 4; i++)
		expect("after writes of no legal width", readl(plain(i)),
		       PATTERN + i);
}

static void do_widths(void)
{
	odd_reads();
	odd_writes();
}

/* ---- many at once ---- */

static u32 words[2][WORDS];

static void fill_words(u32 first)
{
	unsigned int i;

	for (i = 0; i < WORDS; i++)
		words[0][i] = first + i;
	memset(words[1], 0, sizeof(words[1]));
}

static void expect_words(const char *what)
{
	unsigned int i;

	memcpy_fromio(words[1], plain(0), sizeof(words[1]));
	expect(what, memcmp(words[0], words[1], sizeof(words[0])), 0);
	for (i = 0; i < WORDS; i += WORDS / 4)
		expect(what, readl(plain(i)), words[0][i]);
}

static void rep_movs(void *to, const void *from, unsigned long n, bool back)
{
	if (back)
		asm volatile("std; rep movsl; cld"
			     : "+D"(to), "+S"(from), "+c"(n) : : "memory");
	else
		asm volatile("rep movsl"
			     : "+D"(to), "+S"(from), "+c"(n) : : "memory");
	expect("what rep movs leaves in rcx", n, 0);
}

static void do_copies(void)
{
	void *at = (void __force *)plain(0);

	fill_words(1000);
	memcpy_toio(plain(0), words[0], sizeof(words[0]));
	expect_words("memcpy_toio");
	fill_words(2000);
	rep_movs(at, words[0], WORDS, false);
	rep_movs(words[1], at, WORDS, false);
	expect("rep movsl there and back",
	       memcmp(words[0], words[1], sizeof(words[0])), 0);
	/* from one half of the table to the other, from its end on */
	rep_movs(at + 4 * WORDS - 4, at + 2 * WORDS - 4, WORDS / 2, true);
	memcpy(words[0] + WORDS / 2, words[0], 2 * WORDS);
	expect_words("rep movsl backwards, in the table");
	/* a tail that is no word, which the part does not take */
	memcpy_toio(plain(0), "abcdefg", 7);
	expect("memcpy_toio of 7 bytes, the last 3", readl(plain(1)),
	       words[0][1]);
}

static void do_fills(void)
{
	unsigned long n = WORDS;
	void *at = (void __force *)plain(0);
	unsigned int i;
	u32 last;

	asm volatile("rep stosl" : "+D"(at), "+c"(n) : "a"(PATTERN) : "memory");
	for (i = 0; i < WORDS; i++)
		words[0][i] = PATTERN;
	expect_words("rep stosl");
	at = (void __force *)plain(0);
	n = WORDS;
	asm volatile("rep lodsl" : "=a"(last), "+S"(at), "+c"(n) : : "memory");
	expect("rep lodsl", last, PATTERN);
	/* in what widths the kernel does that is its own affair */
	memset_io(plain(0), 0x5a, sizeof(words[0]));
	for (i = 0; i < WORDS; i++) {
		u32 now = readl(plain(i));

		expect("memset_io", now == PATTERN || now == 0x5a5a5a5a, true);
	}
}

static void do_strings(void)
{
	do_copies();
	do_fills();
}

/* Every register there is, and more of them than a trap serves at a time. */
static void do_whole(void)
{
	size_t size = pci_resource_len(pdev, 0);
	void *all = vmalloc(size);

	if (!all)
		return;
	memcpy_fromio(all, bar, size);
	expect("STATUS among all registers", *(u32 *)(all + STATUS),
	       readl(bar + STATUS));
	vfree(all);
}

/* ---- forms of instructions ---- */

/* "what" reads OTHER from a register; %0 is where to, %1 the register's address. */
#define LOADS(what, value)						\
	do {								\
		u64 got_ = 0;						\
									\
		writel(OTHER, plain(0));				\
		asm volatile(what : "+a"(got_) : "d"(plain(0)) : "memory", "cc"); \
		expect(what, got_, value);				\
	} while (0)

/* "what" makes @value of PATTERN; %0 is the register's address, %1 is OTHER. */
#define STORES(what, value)						\
	do {								\
		u64 other_ = OTHER;					\
									\
		writel(PATTERN, plain(0));				\
		asm volatile(what : "+a"(other_) : "d"(plain(0)) : "memory", "cc"); \
		expect(what, readl(plain(0)), value);			\
	} while (0)

static void forms_of_mov(void)
{
	LOADS("movl (%1), %k0", OTHER);
	LOADS("movl 0(%1), %k0", OTHER);
	LOADS("movslq (%1), %0", (s64)(s32)OTHER);
	LOADS("mov $-4, %0; movl 4(%1,%0), %k0", OTHER);
	LOADS("mov $2, %0; movl -8(%1,%0,4), %k0", OTHER);
	LOADS("mov %1, %0; movl (%0), %k0", OTHER);
	LOADS("movl -0x5200(%1), %k0; movl (%1), %k0", OTHER);
	STORES("movl %k0, (%1)", OTHER);
	STORES("movl $0x1020304, (%1)", 0x1020304);
	STORES("movnti %k0, (%1)", OTHER);
}

/* Of these the part has not the width: they read 0 and write nothing. */
static void forms_of_no_width(void)
{
	LOADS("movzbl (%1), %k0", 0);
	LOADS("movzwl 2(%1), %k0", 0);
	LOADS("movsbl (%1), %k0", 0);
	LOADS("movswq (%1), %0", 0);
	LOADS("movq (%1), %0", 0);
	STORES("movb $1, (%1)", PATTERN);
	STORES("movb %b0, 1(%1)", PATTERN);
	STORES("movw %w0, (%1)", PATTERN);
	STORES("movw $7, 2(%1)", PATTERN);
	STORES("movq %0, (%1)", PATTERN);
	STORES("orb $0x80, (%1)", PATTERN);
}

static void forms_of_arithmetic(void)
{
	STORES("orl $0xf000000f, (%1)", PATTERN | 0xf000000f);
	STORES("orl %k0, (%1)", PATTERN | OTHER);
	STORES("andl $0xff, (%1)", PATTERN & 0xff);
	STORES("xorl %k0, (%1)", PATTERN ^ OTHER);
	STORES("addl $1, (%1)", PATTERN + 1);
	STORES("subl %k0, (%1)", PATTERN - OTHER);
	STORES("notl (%1)", ~PATTERN);
	STORES("incl (%1)", PATTERN + 1);
	STORES("btsl $0, (%1)", PATTERN | 1);
	STORES("btrl $3, (%1)", PATTERN & ~8U);
	STORES("xchgl %k0, (%1)", OTHER);
	LOADS("mov $0, %0; xchgl %k0, (%1)", OTHER);
	LOADS("mov $1, %0; orl (%1), %k0", OTHER | 1);
	LOADS("testl $0x10, (%1); setnz %b0; movzbl %b0, %k0", 1);
	LOADS("cmpl $0x9abcdef0, (%1); sete %b0; movzbl %b0, %k0", 1);
	LOADS("btl $4, (%1); setc %b0; movzbl %b0, %k0", 1);
}

/* By way of rbp and rsp it is the stack that faults (#SS). */
static void forms_of_stack(void)
{
	LOADS("push %%rbp; mov %1, %%rbp; movl (%%rbp), %k0; pop %%rbp", OTHER);
	LOADS("push %%rbp; mov %1, %%rbp; movl 4(%%rbp), %k0; movl (%%rbp), %k0; pop %%rbp",
	      OTHER);
	LOADS("mov %1, %0; sub %%rsp, %0; movl (%%rsp,%0), %k0", OTHER);
	STORES("push %%rbp; mov %1, %%rbp; movl %k0, (%%rbp); pop %%rbp", OTHER);
}

static void forms_of_registers(void)
{
	u32 got;

#define BY(reg)								\
	do {								\
		asm volatile("mov %1, %%" reg "; movl (%%" reg "), %0"	\
			     : "=r"(got) : "r"(plain(0)) : reg, "memory"); \
		expect("by way of " reg, got, OTHER);			\
	} while (0)

	writel(OTHER, plain(0));
	BY("rax");
	BY("rbx");
	BY("rcx");
	BY("rdx");
	BY("rsi");
	BY("rdi");
	BY("r8");
	BY("r9");
	BY("r10");
	BY("r11");
	BY("r12");
	BY("r13");
	BY("r14");
	BY("r15");
#undef BY
}

static void do_forms(void)
{
	forms_of_mov();
	forms_of_no_width();
	forms_of_arithmetic();
	forms_of_stack();
	forms_of_registers();
}

/* ---- mappings ---- */

static void do_pages(void)
{
	resource_size_t start = pci_resource_start(pdev, 0);
	u8 __iomem *page = ioremap(start + 0x5000, PAGE_SIZE);
	u8 __iomem *middle = ioremap(start + PLAIN, 16);	/* as plain(0) */

	writel(PATTERN, plain(0));
	expect("a page of the BAR", readl(page + 0x200), PATTERN);
	expect("a register of the BAR", readl(middle), PATTERN);
	writel(OTHER, middle);
	expect("written there", readl(plain(0)), OTHER);
	iounmap(page);
	/* it is over, and nothing depends on what is read */
	readl(page + 0x200);
	writel(~0U, page + 0xffc);
	expect("one mapping after another's end", readl(middle), OTHER);
	iounmap(middle);
	readl(middle);
}

/* More of them than anybody counts on; when they are gone, it works again. */
static void do_many(void)
{
	static u8 __iomem *many[300];
	resource_size_t start = pci_resource_start(pdev, 0);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(many); i++)
		many[i] = ioremap(start, PAGE_SIZE);
	expect("the first of many", readl(many[0] + STATUS),
	       readl(bar + STATUS));
	for (i = 0; i < ARRAY_SIZE(many); i++)
		if (many[i])
			iounmap(many[i]);
	many[0] = ioremap(start, PAGE_SIZE);
	expect("one after many", readl(many[0] + STATUS), readl(bar + STATUS));
	iounmap(many[0]);
}

/* ---- two CPUs, one page ---- */

struct hammer {
	struct task_struct *task;
	struct completion done;
	unsigned int cpu;
	unsigned long end, sum, rounds, wrong;
};

/* Its own register holds what it wrote; what it reads from a counter is its own. */
static int hammer(void *arg)
{
	struct hammer *h = arg;
	u32 value = h->cpu << 24;

	while (time_before(jiffies, h->end)) {
		writel(++value, plain(h->cpu));
		h->wrong += readl(plain(h->cpu)) != value;
		h->sum += readl(bar + counter);
		h->rounds++;
		cond_resched();
	}
	complete(&h->done);
	return 0;
}

static void hammer_start(struct hammer *h, unsigned int cpu)
{
	*h = (struct hammer){
		.cpu = cpu, .end = jiffies + msecs_to_jiffies(hammer_ms),
	};
	init_completion(&h->done);
	h->task = kthread_create(hammer, h, "nonsense/%u", cpu);
	if (IS_ERR(h->task))
		return;
	kthread_bind(h->task, cpu);
	wake_up_process(h->task);
}

static void hammer_end(struct hammer *h)
{
	expect("a thread", IS_ERR(h->task), false);
	if (IS_ERR(h->task))
		return;
	wait_for_completion(&h->done);
	expect("registers that another CPU changed", h->wrong, 0);
	expect("rounds", h->rounds > 100, true);
	sum += h->sum;
}

static void do_hammer(void)
{
	static struct hammer hammers[4];
	unsigned int cpu;

	sum = 0;
	for_each_online_cpu(cpu)
		if (cpu < ARRAY_SIZE(hammers))
			hammer_start(&hammers[cpu], cpu);
	for_each_online_cpu(cpu)
		if (cpu < ARRAY_SIZE(hammers))
			hammer_end(&hammers[cpu]);
}

/* ---- what is not known, and what must be left of the function ---- */

static void do_gone(void)
{
	u32 config = 0;

	expect("STATUS of what is gone", readl(bar + STATUS), gone);
	writel(PATTERN, plain(0));
	expect("written to what is gone", readl(plain(0)), gone);
	rep_movs(words[1], (void __force *)plain(0), WORDS, false);
	expect("copied from what is gone", words[1][WORDS - 1], gone);
	/* its bus goes when it is removed */
	if (pci_find_bus(pci_domain_nr(pdev->bus), 0) == pdev->bus) {
		pci_read_config_dword(pdev, PCI_VENDOR_ID, &config);
		expect("its config space", config, GONE);
	}
}

static void do_sse(void)
{
	unsigned int i;

	expect("STATUS", readl(bar + STATUS) != GONE, true);
	for (i = 0; i < 3; i++) {
		kernel_fpu_begin();
		asm volatile("movq %%xmm0, (%0)" : : "r"(plain(0)) : "memory");
		asm volatile("movdqu (%0), %%xmm0" : : "r"(plain(0)) : "memory");
		kernel_fpu_end();
	}
	do_gone();
}

static void do_cmpxchg(void)
{
	u32 old = 0;

	expect("STATUS", readl(bar + STATUS) != GONE, true);
	asm volatile("lock cmpxchgl %2, (%1)"
		     : "+a"(old) : "r"(plain(0)), "r"(PATTERN) : "memory", "cc");
	asm volatile("lock xaddl %0, (%1)"
		     : "+r"(old) : "r"(plain(0)) : "memory", "cc");
	do_gone();
}

/* ---- what to do ---- */

static const struct nonsense {
	const char *name;
	void (*call)(void);
} all[] = {
	{ "widths", do_widths },
	{ "strings", do_strings },
	{ "whole", do_whole },
	{ "forms", do_forms },
	{ "pages", do_pages },
	{ "many", do_many },
	{ "hammer", do_hammer },
	{ "sse", do_sse },
	{ "cmpxchg", do_cmpxchg },
	{ "gone", do_gone },
};

static int set_now(const char *text, const struct kernel_param *kp)
{
	unsigned int i;

	for (i = 0; bar && i < ARRAY_SIZE(all); i++) {
		if (!sysfs_streq(text, all[i].name))
			continue;
		wrong = 0;
		all[i].call();
		return wrong ? -EIO : 0;
	}
	return -EINVAL;
}

static const struct kernel_param_ops now_ops = { .set = set_now };

module_param_cb(now, &now_ops, NULL, 0200);
MODULE_PARM_DESC(now, "widths, strings, whole, forms, pages, many, hammer, sse, cmpxchg, gone");

/* ---- a page of the kernel's own, for descriptors to point at ---- */

static u8 *guard;

static int get_guard(char *text, const struct kernel_param *kp)
{
	return sysfs_emit(text, "%#llx\n", (u64)virt_to_phys(guard));
}

static const struct kernel_param_ops guard_ops = { .get = get_guard };

module_param_cb(guard, &guard_ops, NULL, 0400);
MODULE_PARM_DESC(guard, "physical address of a page that nobody writes");

static int get_virtual(char *text, const struct kernel_param *kp)
{
	return sysfs_emit(text, "%#llx\n", (u64)guard);
}

static const struct kernel_param_ops virtual_ops = { .get = get_virtual };

module_param_cb(guard_virtual, &virtual_ops, NULL, 0400);
MODULE_PARM_DESC(guard_virtual, "its address in the kernel");

static int get_intact(char *text, const struct kernel_param *kp)
{
	return sysfs_emit(text, "%d\n",
			  !memchr_inv(guard, 0xc3, PAGE_SIZE));
}

static const struct kernel_param_ops intact_ops = { .get = get_intact };

module_param_cb(guard_intact, &intact_ops, NULL, 0400);
MODULE_PARM_DESC(guard_intact, "1: nobody has");

/* ---- life ---- */

static struct pci_dev *find(void)
{
	struct pci_dev *dev = NULL;

	for_each_pci_dev(dev)
		if (bdf && !strcmp(bdf, pci_name(dev)))
			break;
	return dev;
}

static int __init nonsense_init(void)
{
	guard = (u8 *)__get_free_page(GFP_KERNEL);
	if (!guard)
		return -ENOMEM;
	memset(guard, 0xc3, PAGE_SIZE);
	pdev = find();
	if (pdev)
		bar = ioremap(pci_resource_start(pdev, 0),
			      pci_resource_len(pdev, 0));
	if (bar)
		return 0;
	pci_dev_put(pdev);
	free_page((unsigned long)guard);
	return -ENODEV;
}

static void __exit nonsense_exit(void)
{
	iounmap(bar);
	pci_dev_put(pdev);
	free_page((unsigned long)guard);
}

module_init(nonsense_init);
module_exit(nonsense_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Talks nonsense to intmgr's virtual NIC");
