// SPDX-License-Identifier: GPL-2.0
/*
 * What a board has on its pins, for an agent that cannot tell: a GPIO chip whose inputs a script
 * moves, with exact trains of pulses, and an I2C bus whose slaves are files of registers.
 *
 * /sys/kernel/debug/vigie-board/
 *   level     "LINE 0|1" moves an input
 *   pulses    "LINE COUNT PERIOD_NS HIGH_NS [BOUNCES BOUNCE_NS]" starts a train; each edge is led
 *             by BOUNCES short returns. Reading tells "left edges-made", 0 left when it is over.
 *   i2c-48    ads1115: 256 registers of 16 bits, big endian; channels beside it
 *   channels  "MUX VALUE [SWING]": what the ads1115 converts when its configuration says MUX (0 to
 *             7): VALUE, or a square wave of 50 Hz that is SWING above and below it
 *   i2c-53    adxl345, i2c-68 mpu6050, i2c-76 bme280: 256 registers of 8 bits. The last has the
 *             constants and the measurement of the example in Bosch's data sheet
 *   deaf      an address such as 0x76 whose slave does not answer; 0 for none
 */
#include <linux/bitmap.h>
#include <linux/debugfs.h>
#include <linux/gpio/driver.h>
#include <linux/hrtimer.h>
#include <linux/i2c.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#define LINES 58
#define LATE_NS 20000

static char *label = "pinctrl-bcm2711";
module_param(label, charp, 0444);

static struct dentry *folder;
static struct platform_device *device;

/* -- GPIO ---------------------------------------------------------------------------------- */

static DECLARE_BITMAP(high, LINES);
static DECLARE_BITMAP(listening, LINES);
static unsigned int sense[LINES];
static char names_text[LINES][8];
static const char *names[LINES];

static int get_direction(struct gpio_chip *chip, unsigned int line)
{
	return GPIO_LINE_DIRECTION_IN;
}

static int direction_input(struct gpio_chip *chip, unsigned int line)
{
	return 0;
}

static int get(struct gpio_chip *chip, unsigned int line)
{
	return test_bit(line, high);
}

/* Bias and debounce: the pins have none, and say that all is well. */
static int set_config(struct gpio_chip *chip, unsigned int line, unsigned long config)
{
	return 0;
}

static struct gpio_chip chip = {
	.owner = THIS_MODULE,
	.base = -1,
	.ngpio = LINES,
	.get_direction = get_direction,
	.direction_input = direction_input,
	.get = get,
	.set_config = set_config,
	.names = names,
};

static void mask(struct irq_data *data)
{
	clear_bit(irqd_to_hwirq(data), listening);
	gpiochip_disable_irq(&chip, irqd_to_hwirq(data));
}

static void unmask(struct irq_data *data)
{
	gpiochip_enable_irq(&chip, irqd_to_hwirq(data));
	set_bit(irqd_to_hwirq(data), listening);
}

static int set_type(struct irq_data *data, unsigned int type)
{
	sense[irqd_to_hwirq(data)] = type;
	return 0;
}

static const struct irq_chip irq_lines = {
	.name = "vigie-board",
	.irq_mask = mask,
	.irq_unmask = unmask,
	.irq_set_type = set_type,
	.flags = IRQCHIP_IMMUTABLE,
	GPIOCHIP_IRQ_RESOURCE_HELPERS,
};

/* Moves a line, and interrupts whoever listens to that edge; interrupts are off. */
static void move(unsigned int line, bool up)
{
	unsigned int edge = up ? IRQ_TYPE_EDGE_RISING : IRQ_TYPE_EDGE_FALLING;

	if (test_bit(line, high) == up)
		return;
	assign_bit(line, high, up);
	if (test_bit(line, listening) && (sense[line] & edge))
		generic_handle_domain_irq_safe(chip.irq.domain, line);
}

static struct train {
	struct hrtimer timer;
	ktime_t start;
	u64 period, width, spacing;
	unsigned int line, count, bounces;
	unsigned int pulse, toggle;
	u64 edges;
} train;

/* When the toggle after the present one is due: bounces first, then the edge that stays. */
static u64 due(void)
{
	unsigned int half = 2 * train.bounces + 1;
	bool falling = train.toggle >= half;
	u64 within = (falling ? train.width : 0) + (train.toggle % half) * train.spacing;

	return train.pulse * train.period + within;
}

static enum hrtimer_restart tick(struct hrtimer *timer)
{
	unsigned int half = 2 * train.bounces + 1;
	bool falling = train.toggle >= half;
	s64 late = ktime_to_ns(ktime_sub(ktime_get(), hrtimer_get_expires(timer)));

	/* On a host that is held up the train is late as a whole, rather than its edges crowded. */
	if (late > LATE_NS)
		train.start = ktime_add_ns(train.start, late);
	/* Within a half, toggles alternate and the last one leaves the line where it is to stay. */
	move(train.line, falling ? train.toggle % half % 2 : !(train.toggle % half % 2));
	train.edges++;
	if (++train.toggle == 2 * half) {
		train.toggle = 0;
		train.pulse++;
	}
	if (train.pulse == train.count)
		return HRTIMER_NORESTART;
	hrtimer_set_expires(timer, ktime_add_ns(train.start, due()));
	return HRTIMER_RESTART;
}

static ssize_t pulses_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	char text[96];
	unsigned int line, count, bounces = 0;
	u64 period, width, spacing = 0;

	if (size >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, size))
		return -EFAULT;
	text[size] = 0;
	if (sscanf(text, "%u %u %llu %llu %u %llu", &line, &count, &period, &width, &bounces,
		   &spacing) < 4 || line >= LINES || !count || !width || width >= period)
		return -EINVAL;
	hrtimer_cancel(&train.timer);
	train = (struct train){ .timer = train.timer, .line = line, .count = count,
		.period = period, .width = width, .bounces = bounces, .spacing = spacing };
	train.start = ktime_add_ns(ktime_get(), 1000000);
	hrtimer_start(&train.timer, train.start, HRTIMER_MODE_ABS_HARD);
	return size;
}

static ssize_t pulses_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	char text[48];
	int length = scnprintf(text, sizeof(text), "%u %llu\n", train.count - train.pulse,
			       train.edges);

	return simple_read_from_buffer(to, size, at, text, length);
}

static ssize_t level_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	char text[32];
	unsigned int line, up;
	unsigned long flags;

	if (size >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, size))
		return -EFAULT;
	text[size] = 0;
	if (sscanf(text, "%u %u", &line, &up) != 2 || line >= LINES)
		return -EINVAL;
	local_irq_save(flags);
	move(line, up);
	local_irq_restore(flags);
	return size;
}

static const struct file_operations pulses_file = {
	.owner = THIS_MODULE, .write = pulses_write, .read = pulses_read,
};
static const struct file_operations level_file = { .owner = THIS_MODULE, .write = level_write };

static int lay_lines(void)
{
	int line;

	for (line = 0; line < LINES; line++) {
		snprintf(names_text[line], sizeof(names_text[line]), "GPIO%d", line);
		names[line] = names_text[line];
	}
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	hrtimer_setup(&train.timer, tick, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_HARD);
#else
	hrtimer_init(&train.timer, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_HARD);
	train.timer.function = tick;
#endif
	chip.label = label;
	chip.parent = &device->dev;
	gpio_irq_chip_set_chip(&chip.irq, &irq_lines);
	chip.irq.handler = handle_simple_irq;
	chip.irq.default_type = IRQ_TYPE_NONE;
	debugfs_create_file("level", 0200, folder, NULL, &level_file);
	debugfs_create_file("pulses", 0600, folder, NULL, &pulses_file);
	return gpiochip_add_data(&chip, NULL);
}

/* -- I2C ----------------------------------------------------------------------------------- */

static struct slave {
	u8 address;
	u8 width;
	u8 at;
	u8 registers[512];
} slaves[] = {
	{ .address = 0x48, .width = 2, .registers = { 0, 0, 0x85, 0x83, 0x80, 0x00, 0x7f, 0xff } },
	{ .address = 0x53, .width = 1, .registers = { [0x00] = 0xe5 } },
	{ .address = 0x68, .width = 1, .registers = { [0x75] = 0x68, [0x6b] = 0x40 } },
	{ .address = 0x76, .width = 1, .registers = {
		[0x88] = 0x70, 0x6b, 0x43, 0x67, 0x18, 0xfc, 0x7d, 0x8e, 0x43, 0xd6, 0xd0, 0x0b, 0x27,
			 0x0b, 0x8c, 0x00, 0xf9, 0xff, 0x8c, 0x3c, 0xf8, 0xc6, 0x70, 0x17, 0x00, 0x4b,
		[0xd0] = 0x60,
		[0xe1] = 0x6a, 0x01, 0x00, 0x14, 0x0d, 0x00, 0x1e,
		[0xf7] = 0x65, 0x5a, 0xc0, 0x7e, 0xed, 0x00, 0x61, 0xa8 } },
};
static struct channel {
	int value, swing;
} channels[8];
static u32 deaf;
static DEFINE_MUTEX(bus);

static struct slave *find(u16 address)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(slaves); i++)
		if (slaves[i].address == address && address != deaf)
			return &slaves[i];
	return NULL;
}

/* The converter is always done: its result is that of the channel that its configuration names. */
static void convert(struct slave *slave)
{
	struct channel *channel = &channels[(slave->registers[2] >> 4) & 7];
	bool above = ktime_to_ms(ktime_get()) / 10 % 2;
	s16 value = channel->value + (above ? channel->swing : -channel->swing);

	slave->registers[0] = value >> 8;
	slave->registers[1] = value;
	slave->registers[2] |= 0x80;
}

static u8 *reach(struct slave *slave, int byte)
{
	if (slave->width == 2)
		return &slave->registers[2 * slave->at + byte % 2];
	return &slave->registers[(slave->at + byte) & 0xff];
}

static int transfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int count)
{
	int i, byte, result = count;

	mutex_lock(&bus);
	for (i = 0; i < count && result == count; i++) {
		struct i2c_msg *message = &messages[i];
		struct slave *slave = find(message->addr);

		if (!slave) {
			result = -ENXIO;
		} else if (message->flags & I2C_M_RD) {
			if (slave->width == 2 && slave->at == 0)
				convert(slave);
			for (byte = 0; byte < message->len; byte++)
				message->buf[byte] = *reach(slave, byte);
		} else if (message->len) {
			slave->at = message->buf[0];
			for (byte = 1; byte < message->len; byte++)
				*reach(slave, byte - 1) = message->buf[byte];
			if (slave->width == 2 && slave->at == 1)
				convert(slave);
		}
	}
	mutex_unlock(&bus);
	return result;
}

static u32 functionality(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm algorithm = {
	.master_xfer = transfer, .functionality = functionality,
};
static struct i2c_adapter adapter = {
	.owner = THIS_MODULE, .name = "vigie-board", .algo = &algorithm, .nr = 1,
};

static ssize_t registers_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	struct slave *slave = file->private_data;

	return simple_read_from_buffer(to, size, at, slave->registers, 256 * slave->width);
}

static ssize_t registers_write(struct file *file, const char __user *from, size_t size,
			       loff_t *at)
{
	struct slave *slave = file->private_data;
	ssize_t written;

	mutex_lock(&bus);
	written = simple_write_to_buffer(slave->registers, 256 * slave->width, at, from, size);
	mutex_unlock(&bus);
	return written;
}

static ssize_t channels_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	char text[32];
	int channel, value, swing = 0;

	if (size >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, size))
		return -EFAULT;
	text[size] = 0;
	if (sscanf(text, "%d %d %d", &channel, &value, &swing) < 2 || channel < 0 || channel > 7)
		return -EINVAL;
	mutex_lock(&bus);
	channels[channel] = (struct channel){ value, swing };
	convert(&slaves[0]);
	mutex_unlock(&bus);
	return size;
}

static const struct file_operations registers_file = {
	.owner = THIS_MODULE, .open = simple_open, .read = registers_read,
	.write = registers_write, .llseek = default_llseek,
};
static const struct file_operations channels_file = {
	.owner = THIS_MODULE, .write = channels_write,
};

static int lay_bus(void)
{
	char name[8];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(slaves); i++) {
		snprintf(name, sizeof(name), "i2c-%02x", slaves[i].address);
		debugfs_create_file(name, 0600, folder, &slaves[i], &registers_file);
	}
	debugfs_create_file("channels", 0200, folder, NULL, &channels_file);
	debugfs_create_x32("deaf", 0600, folder, &deaf);
	return i2c_add_numbered_adapter(&adapter);
}

static int __init lay(void)
{
	int result;

	device = platform_device_register_simple("vigie-board", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	folder = debugfs_create_dir("vigie-board", NULL);
	result = lay_lines();
	return result ? result : lay_bus();
}

/* A board is switched off; it is never taken out of the kernel. */
module_init(lay);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("GPIO lines and I2C slaves that scripts move");
