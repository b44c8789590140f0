/*
 * One frame from the line as one line of text, the form of core's golden vectors:
 *
 *   hello 1 3735928559 3 "press-companion 1.2"
 *   described 0 gauge -1 "current" "A"
 *   samples 1 123456 0=125 1=-1.5r 2="RUN" 3=none
 *   log "sensor 2 does not answer"
 *
 * In a text, a backslash and two hexadecimal digits stand for a quote, a backslash and a control.
 */
#ifndef FRAME_TEXT_H
#define FRAME_TEXT_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "vigie.h"

enum { MOST_FRAME = 512, MOST_LINE = 520, MOST_TEXT = 4096 };

typedef struct {
  const uint8_t *bytes;
  size_t left;
  bool broken;
  char *out;
  size_t length;
} frame_reader;

static void say(frame_reader *r, const char *text) {
  size_t count = strlen(text);
  if (r->length + count + 1 > MOST_TEXT) {
    r->broken = true;
    return;
  }
  memcpy(r->out + r->length, text, count + 1);
  r->length += count;
}

static void say_number(frame_reader *r, const char *before, int64_t number) {
  char digits[32];
  snprintf(digits, sizeof digits, "%s%" PRId64, before, number);
  say(r, digits);
}

static uint8_t take(frame_reader *r) {
  if (r->left == 0) {
    r->broken = true;
    return 0;
  }
  r->left--;
  return *r->bytes++;
}

static uint32_t take_u32(frame_reader *r) {
  uint32_t value = 0;
  for (int shift = 0; shift < 32; shift += 8) {
    value |= (uint32_t)take(r) << shift;
  }
  return value;
}

static int64_t take_zigzag(frame_reader *r) {
  uint64_t value = 0;
  uint8_t byte = 0x80;
  for (int shift = 0; byte & 0x80; shift += 7) {
    if (shift > 63) {
      r->broken = true;
      return 0;
    }
    byte = take(r);
    value |= (uint64_t)(byte & 0x7F) << shift;
  }
  uint64_t half = value >> 1;
  return value & 1 ? -(int64_t)half - 1 : (int64_t)half;
}

static void take_text(frame_reader *r) {
  say(r, "\"");
  for (uint8_t count = take(r); count > 0 && !r->broken; count--) {
    uint8_t byte = take(r);
    char shown[4] = {(char)byte, 0, 0, 0};
    if (byte < 0x20 || byte == 0x7F || byte == '"' || byte == '\\') {
      snprintf(shown, sizeof shown, "\\%02x", byte);
    }
    say(r, shown);
  }
  say(r, "\"");
}

static void take_entry(frame_reader *r) {
  uint8_t head = take(r);
  say_number(r, " ", head & 0x3F);
  switch (head >> 6) {
    case VIGIE_WHOLE_:
      say_number(r, "=", take_zigzag(r));
      break;
    case VIGIE_REAL_: {
      uint32_t bits = take_u32(r);
      float value;
      char digits[32];
      memcpy(&value, &bits, sizeof value);
      r->broken |= (bits & 0x7F800000u) == 0x7F800000u;
      snprintf(digits, sizeof digits, "=%.9gr", (double)value);
      say(r, digits);
      break;
    }
    case VIGIE_TEXT_:
      say(r, "=");
      take_text(r);
      break;
    default:
      say(r, "=none");
  }
}

static const char *const KINDS[] = {"gauge", "counter", "state", "event"};

static void take_frame(frame_reader *r) {
  switch (take(r)) {
    case VIGIE_HELLO_:
      say_number(r, "hello ", take(r));
      say_number(r, " ", take_u32(r));
      say_number(r, " ", take(r));
      say(r, " ");
      take_text(r);
      break;
    case VIGIE_DESCRIBED_: {
      say_number(r, "described ", take(r));
      uint8_t kind = take(r);
      r->broken |= kind > VIGIE_EVENT;
      say(r, " ");
      say(r, KINDS[kind & 3]);
      say_number(r, " ", (int8_t)take(r));
      say(r, " ");
      take_text(r);
      say(r, " ");
      take_text(r);
      break;
    }
    case VIGIE_SAMPLES_:
      say_number(r, "samples ", take_u32(r));
      say_number(r, " ", take_u32(r));
      while (r->left > 0 && !r->broken) {
        take_entry(r);
      }
      break;
    case VIGIE_LOG_:
      say(r, "log ");
      take_text(r);
      break;
    default:
      r->broken = true;
  }
}

/* Takes the stuffing out of `count` bytes without zero; -1 when they were not stuffed. */
static int unstuff(const uint8_t *stuffed, size_t count, uint8_t *plain) {
  size_t from = 0;
  int to = 0;
  while (from < count) {
    uint8_t code = stuffed[from];
    if (code == 0 || from + code > count) {
      return -1;
    }
    for (uint8_t i = 1; i < code; i++) {
      plain[to++] = stuffed[from + i];
    }
    from += code;
    if (code < 255 && from < count) {
      plain[to++] = 0;
    }
  }
  return to;
}

/*
 * The meaning of what stood between two zeros, into `text`, which holds MOST_TEXT bytes. False when
 * it was no frame.
 */
static bool frame_text(const uint8_t *stuffed, size_t count, char *text) {
  uint8_t plain[MOST_LINE];
  int length = count > MOST_LINE ? -1 : unstuff(stuffed, count, plain);
  if (length <= VIGIE_CHECK_BYTES_ || length > MOST_FRAME) {
    return false;
  }
  size_t content = (size_t)length - VIGIE_CHECK_BYTES_;
  frame_reader check = {plain + content, VIGIE_CHECK_BYTES_, false, text, 0};
  if (take_u32(&check) != vigie_crc_(plain, (uint16_t)content)) {
    return false;
  }
  frame_reader reader = {plain, content, false, text, 0};
  take_frame(&reader);
  return !reader.broken && reader.left == 0;
}

#endif
