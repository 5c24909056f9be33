/*
 * The native twin of Player's turn (src/QuantumImprov.Engine/Playing): the same memory, the same messages, bit for bit. Whoever changes one changes the other; a
 * test compares them.
 */
#ifndef QI_PLAYER_H
#define QI_PLAYER_H

#include "ring.h"

enum { QI_PENDING = 4096, QI_SOUNDING = 256, QI_ENDINGS = 64, QI_VOICES = 8, QI_FIRST_THROUGH = 4, QI_PLANNED = -1, QI_NO_KEY = -1 };

/* In a rule's channel: no channel of its own, and everything else of the channel passes as well. */
enum { QI_AS_IT_CAME = 0x10, QI_WHOLE = 0x80 };

#define QI_NEVER INT64_MAX
#define QI_ENDINGS_AGE INT64_C(2000000000)

typedef struct { uint8_t status, data1, data2; } qi_message;

typedef struct {
    int64_t at; /* nanoseconds on the session's clock, as everywhere below */
    qi_message message;
} qi_timed;

typedef struct {
    int64_t on, off;
    uint8_t channel, pitch, velocity;
    int32_t epoch;
} qi_note;

typedef struct {
    int64_t off;
    int32_t epoch, held_by;
    uint8_t channel, pitch;
} qi_sounding;

typedef struct {
    uint16_t channels;
    uint8_t channel, voice;
    int32_t loudness; /* in 256ths */
    int8_t keys[128];
} qi_rule;

typedef struct {
    int32_t pending_count, sounding_count;
    int32_t epoch, turn_epoch;
    int32_t panic_asked, panic_done;
    int32_t repeat_asked, repeat_done;
    int32_t release_asked, release_done;
    int32_t ending_count, pedals;
    int64_t late, refused;
} qi_player_state;

typedef struct {
    qi_player_state *state;
    qi_note *pending;
    qi_sounding *sounding;
    qi_timed *endings;
    qi_rule *rules;
    qi_ring handed, emitted, new_rules, signals;
} qi_player;

/* Where messages go; times never decrease within a turn. again: for other devices only, being sent once more, for a receiver that may have lost it, or no music. */
typedef void (*qi_emit)(void *sink, int64_t at, qi_message message, int32_t again);

/* Plays from `from` up to but not including `until`. */
void qi_turn(const qi_player *player, int64_t from, int64_t until, const qi_timed *heard, int32_t heard_count, qi_emit emit, void *sink);

#endif
