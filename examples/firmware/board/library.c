/* The library with none of it inlined or left out, to tell its size. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#define static
#define inline
#include "vigie.h"
