/* What JACK's real-time thread runs once a period: the native twin of Period, PeriodSink, MidiOutput and PlayerSeat. */
#ifndef QI_PERIOD_H
#define QI_PERIOD_H

#include <semaphore.h>

#include "decoder.h"
#include "frames.h"
#include "libjack.h"
#include "player.h"

typedef struct {
    int64_t periods, longest, allocated, faults, missed_turns, lost_input;
    int64_t xruns, last_xrun; /* how many, and the instant of the last */
} qi_counts;

typedef struct {
    int64_t written, delayed;
    int32_t has_next;
    qi_message next; /* taken from the waiting ring and not written yet */
} qi_output;

enum { QI_SEAT_FREE = 0, QI_SEAT_NATIVE = 2 }; /* 1: the program's own thread */

typedef struct {
    int32_t taken, unused;
    int64_t until; /* the instant up to which the player has played */
} qi_seat;

/*
 * Sound is made outside: what the player sends goes, with the position it belongs to, into the feed, and what was rendered of it is played `latency` frames
 * later. Positions count the frames of the periods that sounded. Frames that were not rendered in time are silent and counted; MIDI does not care.
 */
typedef struct {
    int64_t fed;      /* every message before this position is in the feed. The callback writes */
    int64_t start;    /* what lies before this position belongs to an earlier synth. The callback writes */
    int64_t late;     /* frames that were silent for want of rendering. The callback writes */
    int64_t rendered; /* every frame before this position is in the ring. The rendering thread writes */
    int32_t latency;  /* frames; whole periods of at least 10 ms together. The callback writes */
    int32_t rate;     /* the synth's; 0 = there is none. The owner writes */
} qi_audio;

typedef struct {
    qi_libjack jack;
    void *client, *in, *out, *left, *right;
    qi_tracker *tracker;
    qi_scales *scales;
    qi_counts *counts;
    qi_decoder *decoder;
    qi_output *output;
    qi_seat *seat;
    qi_audio *audio;
    float *sound_left, *sound_right; /* rings of sound_frames frames, a power of two */
    int64_t sound_frames;
    sem_t *wake, *begun, *render;
    qi_ring input, waiting, feed;
    qi_player player;
} qi_parts;

enum { QI_HEARD = 1024 };

typedef struct {
    qi_parts parts;

    /* From here on the callback's own, for one period. */
    qi_scale scale;
    void *midi;
    float *left, *right;
    int64_t first;
    int32_t frames, offset, sounds, sounded;
    int32_t heard_count, heard_lost;
    qi_timed heard[QI_HEARD];
} qi_period;

int32_t qi_period_size(void);
int qi_process(uint32_t frames, void *period);
int qi_xrun(void *period);

#endif
