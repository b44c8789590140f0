/*
 * The press on a PC. `pc PORT` speaks into a serial port that is set up already; without one it
 * makes a pseudo-terminal, and prints the path that an agent reads it by.
 */
#define _XOPEN_SOURCE 600
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "press.h"

static int port;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static uint32_t millis(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint32_t)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

/* Like a device, it does not wait for a reader: what finds no room is lost, and its frame with it. */
static void put(uint8_t byte) {
  if (write(port, &byte, 1) < 0) {
    return;
  }
}

/* Its other end stays open here too, so that nothing hangs up while no agent reads. */
static int new_terminal(void) {
  int terminal = posix_openpt(O_RDWR | O_NOCTTY);
  if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0) {
    fail("a pseudo-terminal");
  }
  struct termios raw;
  int end = open(ptsname(terminal), O_RDWR | O_NOCTTY);
  if (end < 0 || tcgetattr(end, &raw) != 0) {
    fail(ptsname(terminal));
  }
  raw.c_iflag = 0;
  raw.c_oflag = 0;
  raw.c_lflag = 0;
  if (tcsetattr(end, TCSANOW, &raw) != 0 || fcntl(terminal, F_SETFL, O_NONBLOCK) != 0) {
    fail(ptsname(terminal));
  }
  printf("%s\n", ptsname(terminal));
  fflush(stdout);
  return terminal;
}

int main(int count, char **words) {
  static press p;
  const struct timespec turn = {0, 1000000};
  port = count > 1 ? open(words[1], O_WRONLY | O_NOCTTY | O_NONBLOCK) : new_terminal();
  if (port < 0) {
    fail(words[1]);
  }
  uint32_t start = millis();
  press_begin(&p, put, (uint32_t)time(NULL));
  for (;;) {
    press_turn(&p, millis() - start);
    nanosleep(&turn, NULL);
  }
}
