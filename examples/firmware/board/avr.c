/* The press on an ATmega328P at 16 MHz, the chip of an Arduino Uno or Nano, without Arduino. */
#include <avr/eeprom.h>
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <util/atomic.h>

#include "press.h"

static volatile uint32_t ticks;

ISR(TIMER0_COMPA_vect) { ticks++; }

static uint32_t millis(void) {
  uint32_t now;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { now = ticks; }
  return now;
}

static void put(uint8_t byte) {
  while ((UCSR0A & _BV(UDRE0)) == 0) {
  }
  UDR0 = byte;
}

/* One more at every start, which the EEPROM bears 100,000 times. */
static uint32_t next_session(void) {
  uint32_t *const kept = (uint32_t *)0;
  uint32_t session = eeprom_read_dword(kept) + 1;
  eeprom_update_dword(kept, session);
  return session;
}

int main(void) {
  static press p;
  UBRR0 = 16; /* 115,200 bits a second, 2 % fast */
  UCSR0A = _BV(U2X0);
  UCSR0B = _BV(TXEN0);
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  TCCR0A = _BV(WGM01);
  TCCR0B = _BV(CS01) | _BV(CS00);
  OCR0A = 249; /* 16 MHz / 64 / 250: a tick each millisecond */
  TIMSK0 = _BV(OCIE0A);
  sei();
  press_begin(&p, put, next_session());
  SMCR = _BV(SE); /* idle until the next tick */
  for (;;) {
    press_turn(&p, millis());
    sleep_cpu();
  }
}
