/* A press for boards that have none: what the programs of this folder say, twenty times a second. */
#ifndef PRESS_H
#define PRESS_H

#include "vigie.h"

enum { CURRENT, PARTS, STATE, PRESS_SIGNALS };

static const vigie_signal press_signals[PRESS_SIGNALS] = {
    {VIGIE_GAUGE, -2, "current", "A"},
    {VIGIE_COUNTER, 0, "parts", ""},
    {VIGIE_STATE, 0, "state", ""},
};

typedef struct {
  vigie line;
  uint32_t due;
  uint32_t parts;
} press;

static inline void press_begin(press *p, void (*put)(uint8_t byte), uint32_t session) {
  vigie_begin(&p->line, put, "press-example 1.0", press_signals, PRESS_SIGNALS, session);
  p->due = 0;
  p->parts = 0;
}

/* One turn of the loop. */
static inline void press_turn(press *p, uint32_t millis) {
  vigie_tick(&p->line, millis);
  if ((int32_t)(millis - p->due) < 0) {
    return;
  }
  p->due += 50;
  p->parts++;
  vigie_samples(&p->line, millis);
  vigie_whole(&p->line, CURRENT, 180 + p->parts % 700);
  vigie_whole(&p->line, PARTS, p->parts);
  vigie_text(&p->line, STATE, p->parts / 20 % 4 == 3 ? "WAIT" : "RUN");
  vigie_send(&p->line);
}

#endif
