/* What the library promises beside the bytes of a frame. Ends with 1 at the first that is not so. */
#define VIGIE_FRAME_BYTES 48

#include <math.h>
#include <stdlib.h>

#include "frame_text.h"

enum { LEVEL, PARTS, STATE };

static const vigie_signal SIGNALS[] = {
    {VIGIE_GAUGE, -2, "level", "%"},
    {VIGIE_COUNTER, 0, "parts", ""},
    {VIGIE_STATE, 0, "state", ""},
};

static char said[8192];
static uint8_t frame[MOST_LINE];
static size_t frame_length;

/* Everything that goes on the line, as text: a frame a line. */
static void put(uint8_t byte) {
  char text[MOST_TEXT];
  if (byte != 0) {
    frame[frame_length++] = byte;
    return;
  }
  if (frame_length > 0) {
    strcat(said, frame_text(frame, frame_length, text) ? text : "damaged");
  }
  strcat(said, "\n");
  frame_length = 0;
}

static void expect(const char *what, const char *wanted) {
  if (strcmp(said, wanted) != 0) {
    fprintf(stderr, "%s:\nwanted\n%sfound\n%s", what, wanted, said);
    exit(1);
  }
  printf("%s\n", what);
  said[0] = 0;
}

static void must(bool so, const char *what) {
  if (!so) {
    fprintf(stderr, "not so: %s\n", what);
    exit(1);
  }
}

static vigie begun(void) {
  vigie v;
  vigie_begin(&v, put, "checks", SIGNALS, 3, 7);
  said[0] = 0;
  return v;
}

static void the_first_byte_ends_what_a_reset_cut_off(void) {
  vigie v;
  put('?');
  vigie_begin(&v, put, "checks", SIGNALS, 3, 7);
  vigie_tick(&v, 0);
  expect("the first byte ends what a reset cut off", "damaged\nhello 1 7 3 \"checks\"\n");
}

static void it_describes_itself_a_frame_a_turn_and_again_when_due(void) {
  vigie v = begun();
  for (uint32_t now = 0xFFFFFF00u; now != 0x00000A00u; now += 16) {
    vigie_tick(&v, now);
  }
  expect("it describes itself, a frame a turn",
         "hello 1 7 3 \"checks\"\ndescribed 0 gauge -2 \"level\" \"%\"\n"
         "described 1 counter 0 \"parts\" \"\"\ndescribed 2 state 0 \"state\" \"\"\n");
  vigie_tick(&v, 0xFFFFFF00u + VIGIE_DESCRIBE_MILLIS - 1);
  expect("it does not repeat itself too early", "");
  vigie_tick(&v, 0xFFFFFF00u + VIGIE_DESCRIBE_MILLIS);
  expect("it repeats itself, though the clock rolled over", "hello 1 7 3 \"checks\"\n");
}

static void a_turn_in_the_middle_of_samples_sends_them_first(void) {
  vigie v = begun();
  vigie_samples(&v, 5);
  vigie_whole(&v, PARTS, 1);
  vigie_tick(&v, 6);
  vigie_samples(&v, 7);
  vigie_log(&v, "hot");
  vigie_samples(&v, 8);
  vigie_samples(&v, 9);
  vigie_send(&v);
  vigie_send(&v);
  expect("a turn in the middle of samples sends them first",
         "samples 1 5 1=1\nhello 1 7 3 \"checks\"\nsamples 2 7\nlog \"hot\"\nsamples 3 8\n"
         "samples 4 9\n");
}

static void what_is_no_value_is_none(void) {
  vigie v = begun();
  vigie_samples(&v, 5);
  must(!vigie_real(&v, LEVEL, NAN), "NaN is refused");
  must(!vigie_real(&v, LEVEL, -INFINITY), "an infinity is refused");
  must(!vigie_text(&v, STATE, "a state of 34 bytes, one too many."), "it is refused");
  must(vigie_real(&v, LEVEL, 0.1f), "a number is not");
  vigie_send(&v);
  expect("what is no value is none", "samples 1 5 0=none 0=none 2=none 0=0.100000001r\n");
}

static void values_without_a_frame_or_signal_go_nowhere(void) {
  vigie v = begun();
  must(!vigie_whole(&v, PARTS, 1), "no frame is open");
  vigie_samples(&v, 5);
  must(!vigie_whole(&v, 3, 1), "3 is no signal");
  must(!vigie_whole(&v, 65, 1), "65 is no signal");
  must(!vigie_none(&v, 255), "255 is no signal");
  must(!vigie_text(&v, 66, "RUN"), "66 is no signal");
  must(!vigie_real(&v, 64, 1), "64 is no signal");
  vigie_send(&v);
  must(!vigie_none(&v, PARTS), "the frame is sent");
  expect("values without a frame or signal go nowhere", "samples 1 5\n");
}

static void what_does_not_fit_goes_into_a_frame_of_the_same_moment(void) {
  vigie v = begun();
  vigie_samples(&v, 0xFEDCBA98u);
  for (int i = 0; i < 5; i++) {
    must(vigie_whole(&v, PARTS, INT64_MAX), "there is room");
  }
  must(vigie_text(&v, STATE, "a state of 33 bytes, which fits.."), "there is room");
  vigie_send(&v);
  expect("what does not fit goes into a frame of the same moment",
         "samples 1 4275878552 1=9223372036854775807 1=9223372036854775807 "
         "1=9223372036854775807\n"
         "samples 2 4275878552 1=9223372036854775807 1=9223372036854775807\n"
         "samples 3 4275878552 2=\"a state of 33 bytes, which fits..\"\n");
}

static void words_for_people_are_cut_between_two_letters(void) {
  vigie v = begun();
  vigie_log(&v, "a word of exactly 42 bytes is sent whole..");
  vigie_log(&v, "a word that ends in a letter of two bytes\303\251");
  vigie_begin(&v, put, "a firmware whose room is 36 bytes..\303\251", SIGNALS, 0, 7);
  vigie_tick(&v, 0);
  expect("words for people are cut between two letters",
         "log \"a word of exactly 42 bytes is sent whole..\"\n"
         "log \"a word that ends in a letter of two bytes\"\n\n"
         "hello 1 7 0 \"a firmware whose room is 36 bytes..\"\n");
}

static void half_a_name_is_never_sent(void) {
  static const vigie_signal long_ones[] = {
      {VIGIE_GAUGE, 0, "a name of 32 bytes, and its unit", "mm/min"},
      {VIGIE_GAUGE, 0, "a name of 33 bytes, and its unit.", "mm/min"},
  };
  vigie v;
  vigie_begin(&v, put, "", long_ones, 2, 7);
  said[0] = 0;
  vigie_tick(&v, 0);
  vigie_tick(&v, 0);
  vigie_tick(&v, 0);
  expect("half a name is never sent",
         "hello 1 7 2 \"\"\ndescribed 0 gauge 0 \"a name of 32 bytes, and its unit\" \"mm/min\"\n"
         "described 1 gauge 0 \"\" \"\"\n");
}

static void a_table_that_is_too_long_is_cut_at_64_signals(void) {
  static vigie_signal many[70];
  for (int i = 0; i < 70; i++) {
    many[i].name = many[i].unit = "";
  }
  vigie v;
  vigie_begin(&v, put, "", many, 70, 7);
  said[0] = 0;
  vigie_tick(&v, 0);
  expect("a table that is too long is cut at 64 signals", "hello 1 7 64 \"\"\n");
  for (int i = 0; i < 100; i++) {
    vigie_tick(&v, 0);
  }
  must(strstr(said, "described 63 ") != NULL, "63 is described");
  must(strstr(said, "described 64 ") == NULL, "64 is not");
}

int main(void) {
  the_first_byte_ends_what_a_reset_cut_off();
  it_describes_itself_a_frame_a_turn_and_again_when_due();
  a_turn_in_the_middle_of_samples_sends_them_first();
  what_is_no_value_is_none();
  values_without_a_frame_or_signal_go_nowhere();
  what_does_not_fit_goes_into_a_frame_of_the_same_moment();
  words_for_people_are_cut_between_two_letters();
  half_a_name_is_never_sent();
  a_table_that_is_too_long_is_cut_at_64_signals();
  return 0;
}
