/* One event of a MIDI port as a short message: the native twin of InputDecoder. */
#ifndef QI_DECODER_H
#define QI_DECODER_H

#include <stdbool.h>
#include <stddef.h>

#include "player.h"

typedef struct {
    int64_t exclusives, malformed;
    int32_t in_exclusive, unused;
} qi_decoder;

/* 1, 2 or 3; 0 for a status that begins no short message. */
int32_t qi_message_length(uint8_t status);

int32_t qi_decode(qi_decoder *decoder, const uint8_t *bytes, size_t size, qi_message *message);

#endif
