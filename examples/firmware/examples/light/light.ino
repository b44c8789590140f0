// Tells Vigie how light it is on pin A0, once a second.
#include <EEPROM.h>
#include <vigie.h>

static const vigie_signal signals[] = {{VIGIE_GAUGE, 0, "light", "%"}};
static vigie line;
static uint32_t due;

static void put(uint8_t byte) { Serial.write(byte); }

void setup() {
  uint32_t session;
  EEPROM.get(0, session);
  EEPROM.put(0, ++session);  // another one at every start
  Serial.begin(115200);
  vigie_begin(&line, put, "light 1.0", signals, 1, session);
}

void loop() {
  vigie_tick(&line, millis());
  if (millis() - due >= 1000) {
    due += 1000;
    vigie_samples(&line, millis());
    vigie_real(&line, 0, analogRead(A0) * 100.0f / 1023);
    vigie_send(&line);
  }
}
