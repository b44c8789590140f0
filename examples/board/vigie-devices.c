// SPDX-License-Identifier: GPL-2.0
/*
 * What hangs on a board beside its pins and its I2C bus: a PT100 on SPI, a thermometer on 1-Wire and
 * a barcode scanner that types. In the folder of vigie-board.c:
 *   spi-0     max31865 at /dev/spidev0.0: 8 registers, as at 107.5 ohms on one of 430
 *   w1-28     ds18b20 28-0316a2794dff: the 8 bytes of its scratchpad, whose CRC is always right
 *   w1-away   1: the thermometer does not answer
 *   scanner   what is written is typed at /dev/input/event0, on a keyboard with American letters
 */
#include <linux/ctype.h>
#include <linux/debugfs.h>
#include <linux/input.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/spi/spi.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include <linux/w1.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 5, 0)
#define spi_alloc_host spi_alloc_master
#endif

static struct dentry *folder;
static struct platform_device *device;

/* A file of a few bytes. */
struct bytes {
	u8 *at;
	size_t size;
};

static ssize_t bytes_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	struct bytes *bytes = file->private_data;

	return simple_read_from_buffer(to, size, at, bytes->at, bytes->size);
}

static ssize_t bytes_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	struct bytes *bytes = file->private_data;

	return simple_write_to_buffer(bytes->at, bytes->size, at, from, size);
}

static const struct file_operations bytes_file = {
	.owner = THIS_MODULE, .open = simple_open, .read = bytes_read, .write = bytes_write,
	.llseek = default_llseek,
};

/* -- SPI ----------------------------------------------------------------------------------- */

#define FOR_WRITE 0x80
#define CLEAR_FAULT 0x02

static u8 converter[8] = { 0, 0x40, 0x00, 0xff, 0xff, 0, 0, 0 };
static struct bytes converter_bytes = { converter, sizeof(converter) };

static void set(u8 at, u8 value)
{
	if (at == 0 && (value & CLEAR_FAULT))
		converter[7] = 0;
	if (at == 0)
		converter[0] = value & ~CLEAR_FAULT;
	else if (at >= 3 && at <= 6)
		converter[at] = value;
}

/* The first byte of a message names a register; each of the others moves on to the next. */
static int message(struct spi_controller *controller, struct spi_message *message)
{
	struct spi_transfer *transfer;
	unsigned int i, count = 0;
	u8 at = 0;

	list_for_each_entry(transfer, &message->transfers, transfer_list) {
		const u8 *out = transfer->tx_buf;
		u8 *in = transfer->rx_buf;

		for (i = 0; i < transfer->len; i++, count++) {
			u8 sent = out ? out[i] : 0;
			u8 answer = 0xff;

			if (count == 0)
				at = sent;
			else if (at & FOR_WRITE)
				set((at++ & 7), sent);
			else
				answer = converter[at++ & 7];
			if (in)
				in[i] = answer;
		}
		message->actual_length += transfer->len;
	}
	message->status = 0;
	spi_finalize_current_message(controller);
	return 0;
}

static int lay_spi(void)
{
	/* No chip's own name is one that spidev takes; this is one that it does. */
	struct spi_board_info chip = {
		.modalias = "dh2228fv", .max_speed_hz = 5000000, .mode = SPI_MODE_1,
	};
	struct spi_controller *controller = spi_alloc_host(&device->dev, 0);
	int result;

	if (!controller)
		return -ENOMEM;
	controller->bus_num = 0;
	controller->num_chipselect = 1;
	controller->mode_bits = SPI_MODE_X_MASK;
	controller->transfer_one_message = message;
	result = spi_register_controller(controller);
	if (result)
		return result;
	debugfs_create_file("spi-0", 0600, folder, &converter_bytes, &bytes_file);
	return spi_new_device(controller, &chip) ? 0 : -ENODEV;
}

/* -- 1-Wire -------------------------------------------------------------------------------- */

static u8 rom[8] = { 0x28, 0xff, 0x4d, 0x79, 0xa2, 0x16, 0x03 };
static u8 scratchpad[9] = { 0x72, 0x01, 0x4b, 0x46, 0x7f, 0xff, 0x0e, 0x10 };
static struct bytes scratchpad_bytes = { scratchpad, 8 };
static u32 away;

/* What the thermometer takes the next bit on the bus for. */
static enum { NOTHING, WHOM, SEARCH, MATCH, WHAT, GIVE, TAKE } awaits;
static unsigned int count;
static u8 word;

static u8 reset(void *data)
{
	awaits = away ? NOTHING : WHOM;
	count = 0;
	return away;
}

static void next(int state)
{
	awaits = state;
	count = 0;
}

static void command(u8 command)
{
	switch (command) {
	case 0xf0:
		next(awaits == WHOM ? SEARCH : NOTHING);
		break;
	case 0x55:
		next(awaits == WHOM ? MATCH : NOTHING);
		break;
	case 0xcc:
		next(awaits == WHOM ? WHAT : NOTHING);
		break;
	case 0xbe:
		scratchpad[8] = w1_calc_crc8(scratchpad, 8);
		next(awaits == WHAT ? GIVE : NOTHING);
		break;
	case 0x4e:
		next(awaits == WHAT ? TAKE : NOTHING);
		break;
	default:
		/* It has measured at once, and has a supply of its own: 1 to whoever asks. */
		next(NOTHING);
	}
}

static bool bit_of(const u8 *bytes, unsigned int bit)
{
	return bytes[bit / 8] >> bit % 8 & 1;
}

/* One time slot: the master sends a bit, and reads what the bus then is; 0 is the stronger. */
static u8 touch(void *data, u8 sent)
{
	bool bit = sent & 1;
	unsigned int at = count++;

	switch (awaits) {
	case WHOM:
	case WHAT:
		word = (at ? word : 0) | bit << at;
		if (at == 7)
			command(word);
		return bit;
	case SEARCH: /* its bit, the opposite, and then the one with which the search goes on */
		if (at % 3 == 2 && bit != bit_of(rom, at / 3))
			next(NOTHING);
		else if (at == 3 * 64 - 1)
			next(WHAT);
		return at % 3 == 2 ? bit : bit & (bit_of(rom, at / 3) ^ (at % 3 == 1));
	case MATCH:
		if (bit != bit_of(rom, at))
			next(NOTHING);
		else if (at == 63)
			next(WHAT);
		return bit;
	case GIVE:
		return bit & (at < 72 ? bit_of(scratchpad, at) : 1);
	case TAKE:
		if (at < 24) {
			u8 *byte = &scratchpad[2 + at / 8];

			*byte = (*byte & ~(1 << at % 8)) | bit << at % 8;
		}
		return bit;
	default:
		return bit;
	}
}

static struct w1_bus_master wire = { .touch_bit = touch, .reset_bus = reset };

static int lay_wire(void)
{
	rom[7] = w1_calc_crc8(rom, 7);
	debugfs_create_file("w1-28", 0600, folder, &scratchpad_bytes, &bytes_file);
	debugfs_create_u32("w1-away", 0600, folder, &away);
	return w1_add_master_device(&wire);
}

/* -- Keyboard ------------------------------------------------------------------------------ */

/* Each character at its key's number. */
static const char plain[] = "\0\0331234567890-=\b\tqwertyuiop[]\n\0asdfghjkl;'`\0\\zxcvbnm,./\0\0\0 ";
static struct input_dev *keyboard;

static void key(unsigned int code, bool down)
{
	input_report_key(keyboard, code, down);
	input_sync(keyboard);
}

static ssize_t scanner_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	char text[128];
	size_t i;

	if (size > sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, size))
		return -EFAULT;
	for (i = 0; i < size; i++) {
		const char *found = memchr(plain + 1, tolower(text[i]), sizeof(plain) - 2);

		if (!text[i] || !found)
			return -EINVAL;
		if (isupper(text[i]))
			key(KEY_LEFTSHIFT, true);
		key(found - plain, true);
		key(found - plain, false);
		if (isupper(text[i]))
			key(KEY_LEFTSHIFT, false);
	}
	return size;
}

static const struct file_operations scanner_file = {
	.owner = THIS_MODULE, .write = scanner_write,
};

static int lay_keyboard(void)
{
	unsigned int code;

	keyboard = input_allocate_device();
	if (!keyboard)
		return -ENOMEM;
	keyboard->name = "vigie-board scanner";
	for (code = KEY_ESC; code <= KEY_SPACE; code++)
		input_set_capability(keyboard, EV_KEY, code);
	debugfs_create_file("scanner", 0200, folder, NULL, &scanner_file);
	return input_register_device(keyboard);
}

static int __init lay(void)
{
	int result;

	device = platform_device_register_simple("vigie-devices", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	folder = debugfs_lookup("vigie-board", NULL);
	result = lay_spi();
	if (!result)
		result = lay_wire();
	return result ? result : lay_keyboard();
}

/* A board is switched off; it is never taken out of the kernel. */
module_init(lay);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A chip on SPI, one on 1-Wire and a keyboard, for scripts");
