#include "decoder.h"

#include "export.h"

QI_EXPORT int32_t qi_message_length(uint8_t status)
{
    if (status < 0x80) return 0;
    if (status < 0xF0) return (status & 0xF0) == 0xC0 || (status & 0xF0) == 0xD0 ? 2 : 3;
    if (status == 0xF1 || status == 0xF3) return 2;
    if (status == 0xF2) return 3;
    return status == 0xF6 || status >= 0xF8 ? 1 : 0;
}

static int32_t refuse(qi_decoder *decoder)
{
    qi_add(&decoder->malformed, 1);
    return 0;
}

QI_EXPORT int32_t qi_decode(qi_decoder *decoder, const uint8_t *bytes, size_t size, qi_message *message)
{
    if (size == 0) return refuse(decoder);
    uint8_t status = bytes[0], last = bytes[size - 1];

    /* Real-time bytes may stand between the chunks of a system exclusive message and do not end it. */
    if (status >= 0xF8) {
        if (size != 1) return refuse(decoder);
        *message = (qi_message){ status, 0, 0 };
        return 1;
    }

    if (decoder->in_exclusive && (status < 0x80 || status == 0xF7)) {
        decoder->in_exclusive = last != 0xF7;
        return 0;
    }

    decoder->in_exclusive = status == 0xF0 && last != 0xF7;
    if (status == 0xF0) {
        qi_add(&decoder->exclusives, 1);
        return 0;
    }

    if (status < 0x80) return refuse(decoder);
    qi_message found = { status, size > 1 ? bytes[1] : 0, size > 2 ? bytes[2] : 0 };
    if ((size_t)qi_message_length(status) != size || (found.data1 | found.data2) >= 0x80) return refuse(decoder);
    *message = found;
    return 1;
}
