/*
 * A Modbus slave to read from, on libmodbus (Debian: libmodbus-dev, pkg-config, gcc).
 *
 *   cc -O2 -o slave slave.c $(pkg-config --cflags --libs libmodbus)
 *   ./slave rtu /dev/ttyUSB0 9600 1      one unit on a serial line, 8N1
 *   ./slave tcp 1502                     any unit on a port of the loopback
 *
 * Input register i holds i, but from 20000 on there is 230.2 as a float in all four orders. Holding
 * register i holds i + n modulo 10, n counting the questions from address 0. Coil and discrete input
 * i are set when i is divisible by 3. Addresses above 20007 and 2000 are refused.
 */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BITS = 2000, REGISTERS = 20008, FLOATS = 20000 };

static int answer(modbus_t *modbus, modbus_mapping_t *tables) {
  static unsigned questions;
  uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
  int length = modbus_receive(modbus, query);
  if (length <= 0) {
    return length; /* 0: a question to another unit */
  }
  int head = modbus_get_header_length(modbus);
  if (query[head + 1] == 0 && query[head + 2] == 0) {
    questions++;
    for (int i = 0; i < REGISTERS; i++) {
      tables->tab_registers[i] = (uint16_t)(i + questions % 10);
    }
  }
  return modbus_reply(modbus, query, length, tables);
}

static void fill(modbus_mapping_t *tables) {
  for (int i = 0; i < BITS; i++) {
    tables->tab_bits[i] = tables->tab_input_bits[i] = i % 3 == 0;
  }
  for (int i = 0; i < FLOATS; i++) {
    tables->tab_input_registers[i] = (uint16_t)i;
  }
  /* By hand: what libmodbus 3.1.6 calls abcd is another order than in later versions. */
  static const uint16_t orders[] = {0x4366, 0x3334, 0x3334, 0x4366,
                                    0x6643, 0x3433, 0x3433, 0x6643};
  memcpy(tables->tab_input_registers + FLOATS, orders, sizeof orders);
}

int main(int count, char **words) {
  int rtu = count == 5 && !strcmp(words[1], "rtu");
  if (!rtu && !(count == 3 && !strcmp(words[1], "tcp"))) {
    fprintf(stderr, "usage: slave rtu DEVICE BAUD UNIT | slave tcp PORT\n");
    return 64;
  }
  modbus_mapping_t *tables = modbus_mapping_new(BITS, BITS, REGISTERS, REGISTERS);
  modbus_t *modbus = rtu ? modbus_new_rtu(words[2], atoi(words[3]), 'N', 8, 1)
                         : modbus_new_tcp("127.0.0.1", atoi(words[2]));
  if (!tables || !modbus || (rtu && modbus_set_slave(modbus, atoi(words[4])))) {
    fprintf(stderr, "slave: %s\n", modbus_strerror(errno));
    return 1;
  }
  /* After a question to another unit libmodbus takes the next one for that unit's answer. */
  modbus_set_error_recovery(modbus, MODBUS_ERROR_RECOVERY_PROTOCOL);
  fill(tables);
  int listening = rtu ? modbus_connect(modbus) : modbus_tcp_listen(modbus, 4);
  if (listening < 0) {
    fprintf(stderr, "slave: %s\n", modbus_strerror(errno));
    return 1;
  }
  printf("ready\n");
  fflush(stdout);
  if (rtu) {
    while (answer(modbus, tables) >= 0 || errno != EIO) {
    }
    return 0;
  }
  while (modbus_tcp_accept(modbus, &listening) >= 0) {
    while (answer(modbus, tables) >= 0) {
    }
    modbus_close(modbus);
  }
  return 0;
}
