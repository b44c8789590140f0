/*
 * Frames between their bytes and their meaning, line by line from standard input:
 *
 *   frames encode   meanings to hexadecimal bytes, by the library
 *   frames decode   hexadecimal bytes to meanings, "damaged" for what is no frame
 *   frames golden   a file of golden vectors, checked in both directions
 *   frames listen   the bytes of a line, as they come, to meanings
 *
 * The forms are those of frame_text.h.
 */
#define VIGIE_FRAME_BYTES 512

#include <stdlib.h>

#include "frame_text.h"

static uint8_t line[4096];
static size_t line_length;

static void put(uint8_t byte) {
  if (line_length < sizeof line) {
    line[line_length++] = byte;
  }
}

static void fail(const char *why, const char *where) {
  fprintf(stderr, "frames: %s: %s\n", why, where);
  exit(1);
}

static int64_t number(char **at) { return (int64_t)strtoll(*at, at, 10); }

/* Reads a quoted text in place. */
static char *quoted(char **at) {
  char *from = strchr(*at, '"');
  if (from == NULL) {
    fail("no text", *at);
  }
  char *text = ++from;
  char *to = text;
  while (*from != '"') {
    if (*from == 0) {
      fail("a text without end", *at);
    }
    if (*from == '\\') {
      char digits[3] = {from[1], from[1] ? from[2] : '\0', 0};
      *to++ = (char)strtol(digits, NULL, 16);
      from += 3;
    } else {
      *to++ = *from++;
    }
  }
  *at = from + 1;
  *to = 0;
  return text;
}

static bool entry(vigie *v, char **at) {
  uint8_t id = (uint8_t)number(at);
  char *value = ++*at;
  if (*value == '"') {
    return vigie_text(v, id, quoted(at));
  }
  if (strncmp(value, "none", 4) == 0) {
    *at += 4;
    return vigie_none(v, id);
  }
  *at += strcspn(value, " ");
  return (*at)[-1] == 'r' ? vigie_real(v, id, strtof(value, NULL))
                          : vigie_whole(v, id, strtoll(value, NULL, 10));
}

/* Lets the library say what `meaning` means; `line` then holds it, without the zero at its end. */
static void encode(char *meaning) {
  static vigie_signal signals[VIGIE_MOST_SIGNALS];
  vigie v;
  char *at = strchr(meaning, ' ');
  if (at == NULL) {
    fail("no frame", meaning);
  }
  vigie_begin(&v, put, "", signals, VIGIE_MOST_SIGNALS, 0);
  line_length = 0;
  if (strncmp(meaning, "hello ", 6) == 0) {
    if (number(&at) != VIGIE_PROTOCOL) {
      fail("another protocol", meaning);
    }
    uint32_t session = (uint32_t)number(&at);
    uint8_t count = (uint8_t)number(&at);
    vigie_begin(&v, put, quoted(&at), signals, count, session);
    line_length = 0;
    vigie_tick(&v, 0);
  } else if (strncmp(meaning, "described ", 10) == 0) {
    uint8_t id = (uint8_t)number(&at);
    vigie_signal *signal = &signals[id];
    at++;
    for (signal->kind = 0; strncmp(at, KINDS[signal->kind], strlen(KINDS[signal->kind])) != 0;) {
      if (++signal->kind > VIGIE_EVENT) {
        fail("an unknown kind", at);
      }
    }
    at += strcspn(at, " ");
    signal->exponent = (int8_t)number(&at);
    signal->name = quoted(&at);
    signal->unit = quoted(&at);
    v.to_describe = (uint8_t)(id + 1);
    vigie_tick(&v, 0);
  } else if (strncmp(meaning, "samples ", 8) == 0) {
    v.sequence = (uint32_t)number(&at) - 1;
    vigie_samples(&v, (uint32_t)number(&at));
    while (*at != 0) {
      if (!entry(&v, &at)) {
        fail("a value that cannot be sent", meaning);
      }
    }
    vigie_send(&v);
  } else {
    vigie_log(&v, quoted(&at));
  }
  if (line_length == 0 || line[--line_length] != 0 || memchr(line, 0, line_length) != NULL) {
    fail("not one zero, at the end", meaning);
  }
}

static void to_hex(char *hex) {
  for (size_t i = 0; i < line_length; i++) {
    snprintf(hex + 2 * i, 3, "%02x", line[i]);
  }
  strcpy(hex + 2 * line_length, "00");
}

/* Reads bytes up to the zero that ends them. */
static void from_hex(const char *hex) {
  unsigned byte = 0;
  for (line_length = 0; sscanf(hex, "%2x", &byte) == 1 && byte != 0; hex += 2) {
    put((uint8_t)byte);
  }
}

static void golden(char *vector) {
  char hex[2 * sizeof line + 3];
  char text[MOST_TEXT];
  char *bytes = strchr(vector, ' ');
  char *meaning = bytes == NULL ? NULL : strchr(bytes + 1, ' ');
  if (meaning == NULL) {
    fail("no vector", vector);
  }
  *bytes++ = 0;
  *meaning++ = 0;
  from_hex(bytes);
  if (!frame_text(line, line_length, text) || strcmp(text, meaning) != 0) {
    fail("decoded otherwise", vector);
  }
  encode(meaning);
  to_hex(hex);
  if (strcmp(hex, bytes) != 0) {
    fail("encoded otherwise", vector);
  }
  printf("%s\n", vector);
}

static void listen_to(FILE *in) {
  char text[MOST_TEXT];
  int byte;
  line_length = 0;
  while ((byte = fgetc(in)) != EOF) {
    if (byte != 0) {
      put((uint8_t)byte);
    } else if (line_length > 0) {
      puts(frame_text(line, line_length, text) ? text : "damaged");
      fflush(stdout);
      line_length = 0;
    }
  }
}

int main(int count, char **words) {
  static char in[16384];
  const char *job = count == 2 ? words[1] : "";
  if (strcmp(job, "listen") == 0) {
    listen_to(stdin);
    return 0;
  }
  while (fgets(in, sizeof in, stdin) != NULL) {
    char hex[2 * sizeof line + 3];
    char text[MOST_TEXT];
    in[strcspn(in, "\n")] = 0;
    if (strcmp(job, "encode") == 0) {
      encode(in);
      to_hex(hex);
      puts(hex);
    } else if (strcmp(job, "decode") == 0) {
      from_hex(in);
      puts(frame_text(line, line_length, text) ? text : "damaged");
    } else if (strcmp(job, "golden") == 0) {
      golden(in);
    } else {
      fail("wanted encode, decode, golden or listen", job);
    }
  }
  return 0;
}
