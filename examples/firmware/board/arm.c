/*
 * The press on a Cortex-M3 (Stellaris LM3S6965, which QEMU has too), without any library: the
 * vectors, the start, a clock of milliseconds and the serial port.
 */
#include "press.h"

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define UART0_DATA REGISTER(0x4000C000u)
#define UART0_FLAGS REGISTER(0x4000C018u)
#define UART0_IS_FULL 0x20u
#define SYSTICK_CONTROL REGISTER(0xE000E010u)
#define SYSTICK_RELOAD REGISTER(0xE000E014u)

extern uint32_t data_begin, data_end, data_load, bss_begin, bss_end, stack_top;

/* Where no start-up code clears it: a reset leaves it, so that it counts on. */
static uint32_t session __attribute__((section(".kept")));
static volatile uint32_t ticks;

static void tick(void) { ticks++; }

static void put(uint8_t byte) {
  while ((UART0_FLAGS & UART0_IS_FULL) != 0) {
  }
  UART0_DATA = byte;
}

void reset(void) {
  static press p;
  const uint32_t *from = &data_load;
  for (uint32_t *to = &data_begin; to < &data_end;) {
    *to++ = *from++;
  }
  for (uint32_t *to = &bss_begin; to < &bss_end;) {
    *to++ = 0;
  }
  SYSTICK_RELOAD = 12500 - 1; /* 12.5 MHz after a reset: a tick each millisecond */
  SYSTICK_CONTROL = 7;
  press_begin(&p, put, ++session);
  for (;;) {
    press_turn(&p, ticks);
    __asm__ volatile("wfi");
  }
}

static void fault(void) {
  for (;;) {
  }
}

__attribute__((section(".vectors"), used)) static const struct {
  const void *stack;
  void (*handlers[15])(void);
} vectors = {&stack_top,
             {reset, fault, fault, fault, fault, fault, 0, 0, 0, 0, fault, fault, 0, fault, tick}};
