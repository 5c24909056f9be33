#include "frames.h"

#include "export.h"
#include "ring.h"

#define SECOND INT64_C(1000000000)

static int64_t floor_divide(int64_t a, int64_t b, int64_t *quotient)
{
    *quotient = a / b;
    int64_t rest = a - *quotient * b;
    if (rest >= 0) return rest;
    --*quotient;
    return rest + b;
}

QI_EXPORT int64_t qi_to_host(const qi_scale *scale, int64_t frame)
{
    int64_t seconds, rest = floor_divide(frame - scale->origin_frame, scale->rate, &seconds);
    return scale->origin + seconds * SECOND + (rest * SECOND + scale->rate / 2) / scale->rate;
}

QI_EXPORT int64_t qi_to_frame(const qi_scale *scale, int64_t at)
{
    int64_t seconds, rest = floor_divide(at - scale->origin, SECOND, &seconds);
    return scale->origin_frame + seconds * scale->rate + (rest * scale->rate + SECOND / 2) / SECOND;
}

static int64_t extend(int64_t near, uint32_t frame) { return near + (int32_t)(frame - (uint32_t)near); }

QI_EXPORT int64_t qi_advance(qi_tracker *tracker, uint32_t counter, uint32_t frames, int64_t timestamp)
{
    int64_t last = tracker->frame;
    int64_t frame = last < 0 ? (int64_t)counter : extend(last, counter + (uint32_t)tracker->shift);
    if (last >= 0) {
        int64_t rate = qi_load(&tracker->rate);
        int64_t gap = frame - last - tracker->length;
        int64_t passed = (timestamp - tracker->timestamp) * rate / tracker->ticks_per_second;
        if (frame < last || gap > passed + rate) {
            frame = last + (tracker->length > passed ? tracker->length : passed);
            qi_store(&tracker->shift, frame - (int64_t)counter);
        }
    }

    tracker->length = frames;
    qi_store(&tracker->timestamp, timestamp);
    qi_store(&tracker->frame, frame);
    return frame;
}
