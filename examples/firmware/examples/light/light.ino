// Tells Vigie how light it is on pin A0, once a second, and how often the button on pin 2 was
// pressed. For an Arduino Uno or Nano, or any board with an EEPROM.
#include <EEPROM.h>
#include <vigie.h>

enum { LIGHT, PRESSES, SIGNALS };

static const vigie_signal signals[SIGNALS] = {
    {VIGIE_GAUGE, 0, "light", "%"},
    {VIGIE_COUNTER, 0, "presses", ""},
};

static vigie line;
static uint32_t due;
static uint32_t presses;
static bool down;

static void put(uint8_t byte) { Serial.write(byte); }

void setup() {
  uint32_t session;
  EEPROM.get(0, session);
  EEPROM.put(0, ++session);  // another one at every start
  pinMode(2, INPUT_PULLUP);
  Serial.begin(115200);
  vigie_begin(&line, put, "light 1.0", signals, SIGNALS, session);
}

void loop() {
  vigie_tick(&line, millis());

  bool now = digitalRead(2) == LOW;
  presses += now && !down;
  down = now;

  if (millis() - due >= 1000) {
    due += 1000;
    vigie_samples(&line, millis());
    vigie_real(&line, LIGHT, analogRead(A0) * 100.0f / 1023);
    vigie_whole(&line, PRESSES, presses);
    vigie_send(&line);
  }
}
