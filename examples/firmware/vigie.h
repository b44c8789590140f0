/*
 * Vigie firmware frames, protocol 1: what a microcontroller says over a serial line to the agent's
 * driver "firmware". C99 and C++, no dynamic memory, no library but the compiler's own headers.
 * The bytes are those of docs/reference/firmware-frames.md.
 *
 *   static vigie line;
 *   vigie_begin(&line, put_a_byte, "press 1.0", signals, 3, session);   once, at the start
 *   vigie_tick(&line, milliseconds);                                    in every turn of the loop
 *   vigie_samples(&line, milliseconds);                                 when something was read:
 *   vigie_whole(&line, PARTS, 42);                                      its values,
 *   vigie_send(&line);                                                  and off they go
 *
 * A value that cannot be sent as it is, because it is no number or too long, is sent as "no value
 * now"; nothing is ever sent that is not so. Call everything from one thread, never from an
 * interrupt.
 *
 * Copyright the authors of Vigie. Apache License 2.0.
 */
#ifndef VIGIE_H
#define VIGIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest frame, which is what one `vigie` takes of memory, and some 30 bytes. */
#ifndef VIGIE_FRAME_BYTES
#define VIGIE_FRAME_BYTES 128
#endif
#if VIGIE_FRAME_BYTES < 48 || VIGIE_FRAME_BYTES > 512
#error "VIGIE_FRAME_BYTES is 48 to 512"
#endif

/* How often the device describes itself, so that an agent that starts later understands it. */
#ifndef VIGIE_DESCRIBE_MILLIS
#define VIGIE_DESCRIBE_MILLIS 3000
#endif

#define VIGIE_PROTOCOL 1
#define VIGIE_MOST_SIGNALS 64

enum { VIGIE_GAUGE, VIGIE_COUNTER, VIGIE_STATE, VIGIE_EVENT };

/* One signal. Its place in the table is the id by which its values are sent. */
typedef struct {
  uint8_t kind;     /* VIGIE_GAUGE, VIGIE_COUNTER, VIGIE_STATE or VIGIE_EVENT */
  int8_t exponent;  /* whole numbers count units of 10 to this power, -9 to 9 */
  const char *name; /* name and unit together are at most VIGIE_FRAME_BYTES - 10 bytes */
  const char *unit; /* UCUM, such as "Cel" or "A"; "" for none */
} vigie_signal;

/* A line to the agent. Its fields are for this file only. */
typedef struct {
  void (*put)(uint8_t byte);
  const char *firmware;
  const vigie_signal *signals;
  uint32_t session;
  uint32_t sequence;
  uint32_t described_at;
  uint16_t length;      /* bytes of the open frame; 0: none is open */
  uint8_t count;        /* of the signals */
  uint8_t to_describe;  /* 0: hello is due, n: signal n - 1 is due, above count: all was said */
  uint8_t frame[VIGIE_FRAME_BYTES];
} vigie;

enum {
  VIGIE_HELLO_ = 1,
  VIGIE_DESCRIBED_ = 2,
  VIGIE_SAMPLES_ = 3,
  VIGIE_LOG_ = 4,
  VIGIE_WHOLE_ = 0,
  VIGIE_REAL_ = 1,
  VIGIE_TEXT_ = 2,
  VIGIE_NONE_ = 3,
  VIGIE_CHECK_BYTES_ = 4,
  VIGIE_SAMPLES_HEAD_ = 9,
  VIGIE_ROOM_ = VIGIE_FRAME_BYTES - VIGIE_CHECK_BYTES_
};

/* The usual CRC-32 without a table, which would cost an 8-bit device more than its time. */
static inline uint32_t vigie_crc_(const uint8_t *bytes, uint16_t count) {
  uint32_t crc = 0xFFFFFFFFu;
  for (uint16_t i = 0; i < count; i++) {
    crc ^= bytes[i];
    for (uint8_t bit = 0; bit < 8; bit++) {
      crc = crc & 1u ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
    }
  }
  return ~crc;
}

static inline void vigie_u8_(vigie *v, unsigned value) {
  v->frame[v->length++] = (uint8_t)(value & 0xFFu);
}

static inline void vigie_u32_(vigie *v, uint32_t value) {
  for (uint8_t i = 0; i < 4; i++) {
    vigie_u8_(v, (unsigned)(value & 0xFFu));
    value >>= 8;
  }
}

/* Bytes of a text, as many as there is room for, cut between two letters of UTF-8. */
static inline uint8_t vigie_fitting_(const char *text, uint16_t room) {
  uint16_t length = 0;
  uint16_t most = room < 255 ? room : 255;
  while (length < most && text[length] != 0) {
    length++;
  }
  if (text[length] != 0) {
    while (length > 0 && ((unsigned char)text[length] & 0xC0u) == 0x80u) {
      length--;
    }
  }
  return (uint8_t)length;
}

static inline void vigie_string_(vigie *v, const char *text, uint8_t length) {
  vigie_u8_(v, length);
  for (uint8_t i = 0; i < length; i++) {
    vigie_u8_(v, (unsigned char)text[i]);
  }
}

/* What is left of the frame for the bytes of a text. */
static inline uint16_t vigie_left_(const vigie *v) {
  return (uint16_t)(VIGIE_ROOM_ - 1u - v->length);
}

/*
 * Sends the open frame: its check behind it, then stuffed (COBS), so that the zero at the end is
 * the only one. A block is a byte that tells where the next zero is, and what stands before it.
 */
static inline void vigie_send(vigie *v) {
  if (v->length == 0) {
    return;
  }
  vigie_u32_(v, vigie_crc_(v->frame, v->length));
  uint16_t from = 0;
  uint8_t run;
  do {
    run = 0;
    while (run < 254 && from + run < v->length && v->frame[from + run] != 0) {
      run++;
    }
    v->put((uint8_t)(run + 1u));
    for (uint8_t i = 0; i < run; i++) {
      v->put(v->frame[from++]);
    }
    if (run < 254) {
      from++; /* over the zero; over the end when there is none */
    }
  } while (from < v->length || (from == v->length && run < 254));
  v->put(0);
  v->length = 0;
}

/*
 * Starts to speak. `session` has to differ from that of the last start: count it up in an EEPROM,
 * or draw it. `signals` and `firmware` stay the caller's, and must stay where they are. The zero
 * ends what the device was saying when it was reset.
 */
static inline void vigie_begin(vigie *v, void (*put)(uint8_t byte), const char *firmware,
                               const vigie_signal *signals, uint8_t count, uint32_t session) {
  v->put = put;
  v->firmware = firmware;
  v->signals = signals;
  v->session = session;
  v->sequence = 0;
  v->described_at = 0;
  v->length = 0;
  v->count = count < VIGIE_MOST_SIGNALS ? count : VIGIE_MOST_SIGNALS;
  v->to_describe = 0;
  put(0);
}

static inline void vigie_hello_(vigie *v) {
  vigie_u8_(v, VIGIE_HELLO_);
  vigie_u8_(v, VIGIE_PROTOCOL);
  vigie_u32_(v, v->session);
  vigie_u8_(v, v->count);
  vigie_string_(v, v->firmware, vigie_fitting_(v->firmware, vigie_left_(v)));
  vigie_send(v);
}

/* Names that are too long are sent empty: half a name might be another's. */
static inline void vigie_describe_(vigie *v, uint8_t id) {
  const vigie_signal *signal = &v->signals[id];
  vigie_u8_(v, VIGIE_DESCRIBED_);
  vigie_u8_(v, id);
  vigie_u8_(v, signal->kind);
  vigie_u8_(v, (uint8_t)signal->exponent);
  uint16_t room = (uint16_t)(vigie_left_(v) - 1u);
  uint8_t name = vigie_fitting_(signal->name, room);
  uint8_t unit = vigie_fitting_(signal->unit, (uint16_t)(room - name));
  bool whole = signal->name[name] == 0 && signal->unit[unit] == 0;
  vigie_string_(v, signal->name, whole ? name : 0);
  vigie_string_(v, signal->unit, whole ? unit : 0);
  vigie_send(v);
}

/*
 * Says who speaks and what the signals are, when that is due: one frame a call, so that it never
 * takes long. Call it in every turn of the loop.
 */
static inline void vigie_tick(vigie *v, uint32_t millis) {
  if (v->to_describe > v->count &&
      (uint32_t)(millis - v->described_at) >= (uint32_t)VIGIE_DESCRIBE_MILLIS) {
    v->to_describe = 0;
  }
  if (v->to_describe > v->count) {
    return;
  }
  vigie_send(v);
  if (v->to_describe == 0) {
    v->described_at = millis;
    vigie_hello_(v);
  } else {
    vigie_describe_(v, (uint8_t)(v->to_describe - 1));
  }
  v->to_describe++;
}

/* Opens a frame for what was read at one moment, by the device's own clock, which may roll over. */
static inline void vigie_samples(vigie *v, uint32_t millis) {
  vigie_send(v);
  v->sequence++;
  vigie_u8_(v, VIGIE_SAMPLES_);
  vigie_u32_(v, v->sequence);
  vigie_u32_(v, millis);
}

/* Makes room for one value. A full frame is sent, and another opened for the same moment. */
static inline bool vigie_entry_(vigie *v, uint8_t type, uint8_t id, uint16_t bytes) {
  if (v->length == 0 || id >= v->count || 1 + bytes > VIGIE_ROOM_ - VIGIE_SAMPLES_HEAD_) {
    return false;
  }
  if (v->length + 1 + bytes > VIGIE_ROOM_) {
    const uint8_t *at = &v->frame[5];
    vigie_samples(v, (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
                         (uint32_t)at[3] << 24);
  }
  vigie_u8_(v, (unsigned)type << 6 | id);
  return true;
}

/* The device has no value for the signal now. False when no frame is open or the id is unknown. */
static inline bool vigie_none(vigie *v, uint8_t id) {
  return vigie_entry_(v, VIGIE_NONE_, id, 0);
}

/* A number of a gauge or counter, in units of the signal's exponent. False as for vigie_none. */
static inline bool vigie_whole(vigie *v, uint8_t id, int64_t value) {
  uint64_t left = value < 0 ? ~((uint64_t)value << 1) : (uint64_t)value << 1;
  uint8_t bytes = 1;
  for (uint64_t more = left >> 7; more != 0; more >>= 7) {
    bytes++;
  }
  if (!vigie_entry_(v, VIGIE_WHOLE_, id, bytes)) {
    return false;
  }
  for (; bytes > 1; bytes--) {
    vigie_u8_(v, (unsigned)(left & 0x7Fu) | 0x80u);
    left >>= 7;
  }
  vigie_u8_(v, (unsigned)left);
  return true;
}

/* A number of a gauge or counter, in its unit. NaN and infinities are "no value now", and false. */
static inline bool vigie_real(vigie *v, uint8_t id, float value) {
  uint32_t bits = 0;
  uint8_t *to = (uint8_t *)&bits;
  const uint8_t *from = (const uint8_t *)&value;
  for (uint8_t i = 0; i < sizeof bits; i++) {
    to[i] = from[i];
  }
  if ((bits & 0x7F800000u) == 0x7F800000u) {
    (void)vigie_none(v, id);
    return false;
  }
  if (!vigie_entry_(v, VIGIE_REAL_, id, 4)) {
    return false;
  }
  vigie_u32_(v, bits);
  return true;
}

/* A text of a state or event, in UTF-8. One too long for a frame is "no value now", and false. */
static inline bool vigie_text(vigie *v, uint8_t id, const char *text) {
  uint8_t length = vigie_fitting_(text, 255);
  if (text[length] != 0 || !vigie_entry_(v, VIGIE_TEXT_, id, (uint16_t)(1 + length))) {
    (void)vigie_none(v, id);
    return false;
  }
  vigie_string_(v, text, length);
  return true;
}

/* A word to whoever looks after the device; its end is cut off when it is too long for a frame. */
static inline void vigie_log(vigie *v, const char *text) {
  vigie_send(v);
  vigie_u8_(v, VIGIE_LOG_);
  vigie_string_(v, text, vigie_fitting_(text, vigie_left_(v)));
  vigie_send(v);
}

/* Floats are those of the frames: IEEE 754 singles. */
typedef char vigie_float_is_single_[sizeof(float) == 4 ? 1 : -1];

#endif
