/* Frames in 64 bits and nanoseconds: the native twins of FrameTracker and FrameScale. */
#ifndef QI_FRAMES_H
#define QI_FRAMES_H

#include <stdint.h>

typedef struct {
    int64_t rate;      /* frames a second */
    int64_t frame;     /* first frame of the last period; -1 before the first */
    int64_t length;    /* frames of the last period */
    int64_t shift;     /* what was added to the server's counter where it jumped */
    int64_t timestamp; /* of the last period's start */
    int64_t ticks_per_second;
    int32_t lost, unused;
} qi_tracker;

typedef struct {
    int64_t rate, origin_frame, origin;
} qi_scale;

enum { QI_SCALES = 4 };

/* The scale in force is slot `current`, none while it is -1; a new one is written into the next slot before it is pointed at. */
typedef struct {
    qi_scale slots[QI_SCALES];
    int32_t current, unused;
} qi_scales;

int64_t qi_advance(qi_tracker *tracker, uint32_t counter, uint32_t frames, int64_t timestamp);
int64_t qi_to_host(const qi_scale *scale, int64_t frame);
int64_t qi_to_frame(const qi_scale *scale, int64_t at);

#endif
