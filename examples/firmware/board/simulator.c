/*
 * An ATmega328P that is not there: simavr runs the program PROGRAM in real time, with its serial
 * port on a pseudo-terminal that PORT leads to.
 *
 *   simulator PROGRAM PORT [SEED]
 *
 * Standard output is every byte the chip said, as it said it. Words on standard input, a line each,
 * do to it what happens to boards; the end of input ends the program.
 *
 *   reset      pulls the reset pin in the middle of the next frame of samples
 *   hold       holds the reset pin down for good: the chip is silent, its port stays
 *   lose N     lets the next N frames vanish on the way
 *   noise N    flips a bit of about one byte in N on the way; 0: of none
 */
#define _XOPEN_SOURCE 600
#include <errno.h>
#include <fcntl.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { FREQUENCY = 16000000, MILLISECOND = FREQUENCY / 1000, MIDDLE = 6, SAMPLES = 3 };

static int terminal;
static FILE *heard;
static long to_lose;
static long noise;
static bool held;
static bool reset_wanted;
static bool reset_now;
static uint64_t dice = 1;

static void fail(const char *what) {
  fprintf(stderr, "simulator: %s: %s\n", what, strerror(errno));
  exit(1);
}

/* xorshift64: the same seed, the same noise. */
static uint64_t roll(void) {
  dice ^= dice << 13;
  dice ^= dice >> 7;
  dice ^= dice << 17;
  return dice;
}

/* A wire does not wait for its reader: what finds no room is lost. */
static void carry(uint8_t byte) {
  if (noise > 0 && roll() % (uint64_t)noise == 0) {
    byte ^= (uint8_t)(1u << roll() % 8);
  }
  if (write(terminal, &byte, 1) < 0 && errno != EAGAIN) {
    fail("write");
  }
}

static void hear(struct avr_irq_t *irq, uint32_t value, void *unused) {
  static int at;
  static bool losing;
  static bool samples;
  uint8_t byte = (uint8_t)value;
  (void)irq;
  (void)unused;
  if (at == 0) {
    losing = to_lose > 0;
    to_lose -= losing;
  }
  fputc(byte, heard);
  if (!losing) {
    carry(byte);
  }
  at++;
  samples = at == 2 ? byte == SAMPLES : samples;
  if (reset_wanted && samples && at == MIDDLE) {
    reset_wanted = false;
    reset_now = true;
    at = 0;
  }
  if (byte == 0) {
    at = 0;
    fflush(heard);
  }
}

static void obey(const char *words) {
  long count = 0;
  if (strcmp(words, "reset") == 0) {
    reset_wanted = true;
  } else if (strcmp(words, "hold") == 0) {
    held = true;
  } else if (sscanf(words, "lose %ld", &count) == 1) {
    to_lose = count;
  } else if (sscanf(words, "noise %ld", &count) == 1) {
    noise = count;
  } else {
    fprintf(stderr, "simulator: wanted reset, hold, lose N or noise N, found '%s'\n", words);
  }
}

/* False at the end of the input. */
static bool obey_what_came(void) {
  static char words[64];
  static size_t length;
  char next;
  ssize_t count;
  while ((count = read(STDIN_FILENO, &next, 1)) == 1) {
    if (next == '\n') {
      words[length] = 0;
      length = 0;
      obey(words);
    } else if (length < sizeof words - 1) {
      words[length++] = next;
    }
  }
  return count < 0;
}

/* Its reader's end stays open here too, so that nothing hangs up while no agent reads. */
static void open_terminal(const char *port) {
  struct termios raw;
  terminal = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0) {
    fail("a pseudo-terminal");
  }
  const char *name = ptsname(terminal);
  int end = open(name, O_RDWR | O_NOCTTY);
  if (end < 0 || tcgetattr(end, &raw) != 0) {
    fail(name);
  }
  raw.c_iflag = 0;
  raw.c_oflag = 0;
  raw.c_lflag = 0;
  if (tcsetattr(end, TCSANOW, &raw) != 0) {
    fail(name);
  }
  if ((unlink(port) != 0 && errno != ENOENT) || symlink(name, port) != 0) {
    fail(port);
  }
}

static avr_t *make_chip(const char *program) {
  elf_firmware_t firmware;
  uint32_t flags = 0;
  memset(&firmware, 0, sizeof firmware);
  avr_t *avr = avr_make_mcu_by_name("atmega328p");
  if (avr == NULL || elf_read_firmware(program, &firmware) != 0) {
    fprintf(stderr, "simulator: %s is no program for an ATmega328P\n", program);
    exit(1);
  }
  avr_init(avr);
  firmware.frequency = FREQUENCY;
  avr_load_firmware(avr, &firmware);
  avr_ioctl(avr, AVR_IOCTL_UART_GET_FLAGS('0'), &flags);
  flags &= ~(uint32_t)AVR_UART_FLAG_STDIO;
  avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), hear,
                          NULL);
  return avr;
}

static void no_sleep(avr_t *avr, avr_cycle_count_t cycles) {
  (void)avr;
  (void)cycles;
}

static void run_a_millisecond(avr_t *avr) {
  avr_cycle_count_t end = avr->cycle + MILLISECOND;
  while (!held && !reset_now && avr->cycle < end) {
    int state = avr_run(avr);
    if (state == cpu_Done || state == cpu_Crashed) {
      fprintf(stderr, "simulator: the program ended\n");
      exit(1);
    }
  }
  if (reset_now) {
    reset_now = false;
    avr_reset(avr);
  }
}

/* A machine that was late lets the chip catch up, as its clock does not wait either. */
static void pass_a_millisecond(struct timespec *now) {
  now->tv_nsec += 1000000;
  if (now->tv_nsec >= 1000000000) {
    now->tv_nsec -= 1000000000;
    now->tv_sec++;
  }
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, now, NULL);
}

int main(int count, char **words) {
  if (count < 3) {
    fprintf(stderr, "usage: simulator PROGRAM PORT [SEED]\n");
    return 64;
  }
  dice = count > 3 ? strtoull(words[3], NULL, 10) | 1 : 1;
  heard = fdopen(dup(STDOUT_FILENO), "w");
  if (heard == NULL || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) { /* simavr prints there too */
    fail("standard output");
  }
  open_terminal(words[2]);
  if (fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK) != 0) {
    fail("standard input");
  }
  avr_t *avr = make_chip(words[1]);
  avr->sleep = no_sleep;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  while (obey_what_came()) {
    run_a_millisecond(avr);
    pass_a_millisecond(&now);
  }
  unlink(words[2]);
  return 0;
}
