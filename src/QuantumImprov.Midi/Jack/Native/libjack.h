/* What the callbacks call of libjack, handed in by the program that has loaded the library: this file needs no header and no link to it. */
#ifndef QI_LIBJACK_H
#define QI_LIBJACK_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t time;
    size_t size;
    uint8_t *data;
} qi_jack_event;

typedef struct {
    uint32_t (*last_frame_time)(const void *client);
    void *(*port_get_buffer)(void *port, uint32_t frames);
    uint32_t (*midi_get_event_count)(void *buffer);
    int (*midi_event_get)(qi_jack_event *event, void *buffer, uint32_t index);
    void (*midi_clear_buffer)(void *buffer);
    uint8_t *(*midi_event_reserve)(void *buffer, uint32_t time, size_t size);
    uint32_t (*midi_get_lost_event_count)(void *buffer);
} qi_libjack;

#endif
