#include "period.h"

#include <time.h>

#include "export.h"

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

/* MIDI out. What finds no room in the period's buffer waits and goes out first thing in the next one, in order: a note-off that was dropped would be a stuck note. */

static bool try_write(qi_period *p, uint32_t offset, qi_message message)
{
    int32_t length = qi_message_length(message.status);
    uint8_t *bytes = p->parts.jack.midi_event_reserve(p->midi, offset, (size_t)length);
    if (bytes == NULL) return false;
    bytes[0] = message.status;
    if (length > 1) bytes[1] = message.data1;
    if (length > 2) bytes[2] = message.data2;
    qi_add(&p->parts.output->written, 1);
    return true;
}

static void write_waiting(qi_period *p)
{
    qi_output *out = p->parts.output;
    while (out->has_next || qi_ring_read(&p->parts.waiting, &out->next, sizeof out->next)) {
        out->has_next = !try_write(p, 0, out->next);
        if (out->has_next) return;
    }
}

static void write(qi_period *p, uint32_t offset, qi_message message)
{
    qi_output *out = p->parts.output;
    if (qi_message_length(message.status) == 0) return;
    if (!out->has_next && qi_ring_count(&p->parts.waiting) == 0 && try_write(p, offset, message)) return;
    qi_ring_write(&p->parts.waiting, &message, sizeof message);
    qi_add(&out->delayed, 1);
}

/* JACK refuses offsets that decrease; an instant in the last half frame of the period belongs to its last frame. */
static void emit(void *sink, int64_t at, qi_message message, int32_t again)
{
    qi_period *p = sink;
    int64_t offset = qi_to_frame(&p->scale, at) - p->first;
    if (offset > p->frames - 1) offset = p->frames - 1;
    if (offset > p->offset) p->offset = (int32_t)offset;
    write(p, (uint32_t)p->offset, message);

    /* The synth has lost nothing: what is said again is not for it, nor is what is no music, but for the choice of a sound. */
    if (!p->sounds || (again && (message.status & 0xF0) != 0xC0)) return;
    qi_timed fed = { .at = p->parts.audio->fed + p->offset, .message = message };
    qi_ring_write(&p->parts.feed, &fed, sizeof fed);
}

static bool listen(qi_period *p)
{
    const qi_libjack *jack = &p->parts.jack;
    void *buffer = jack->port_get_buffer(p->parts.in, (uint32_t)p->frames);
    p->heard_count = p->heard_lost = 0;
    if (buffer == NULL) return false;
    bool heard = false;
    uint32_t count = jack->midi_get_event_count(buffer);
    for (uint32_t i = 0; i < count; i++) {
        qi_jack_event event;
        qi_timed came = { 0 };
        if (jack->midi_event_get(&event, buffer, i) != 0) continue;
        if (!qi_decode(p->parts.decoder, event.data, event.size, &came.message)) continue;
        uint32_t offset = event.time < (uint32_t)p->frames ? event.time : (uint32_t)p->frames - 1;
        came.at = qi_to_host(&p->scale, p->first + offset);
        qi_ring_write(&p->parts.input, &came, sizeof came);
        heard = true;
        if (came.message.status >= 0xF0) continue;
        /* Bends and pressure come in floods: they never take the room of keys. */
        if (p->heard_count < (came.message.status < 0xC0 ? QI_HEARD : QI_HEARD / 2)) p->heard[p->heard_count++] = came;
        else if (came.message.status < 0xC0) p->heard_lost = 1;
    }

    uint32_t lost = jack->midi_get_lost_event_count(buffer);
    if (lost > 0) qi_add(&p->parts.counts->lost_input, lost);
    return heard;
}

/* The one seat at the player: nobody waits for it. */
static bool try_turn(qi_period *p)
{
    qi_seat *seat = p->parts.seat;
    int32_t free = QI_SEAT_FREE;
    if (!__atomic_compare_exchange_n(&seat->taken, &free, QI_SEAT_NATIVE, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return false;
    int64_t from = qi_to_host(&p->scale, p->first), until = qi_to_host(&p->scale, p->first + p->frames);
    int64_t start = from > seat->until ? from : seat->until;
    if (start < until) {
        qi_turn(&p->parts.player, start, until, p->heard, p->heard_count, emit, p);
        qi_store(&seat->until, until);
        p->heard_count = 0;
    }

    qi_store32(&seat->taken, QI_SEAT_FREE);
    return true;
}

static void play(qi_period *p)
{
    bool heard = listen(p);
    if (!try_turn(p)) qi_add(&p->parts.counts->missed_turns, 1);

    /* A key's end may be among what the player did not hear. */
    if (p->heard_count > 0 || p->heard_lost) __atomic_add_fetch(&p->parts.player.state->release_asked, 1, __ATOMIC_ACQ_REL);
    if (heard) sem_post(p->parts.wake);
}

/* Audio. */

static void begin_sound(qi_period *p, bool playing)
{
    qi_audio *audio = p->parts.audio;
    int32_t ten_ms = (int32_t)(p->scale.rate / 100), latency = (ten_ms + p->frames - 1) / p->frames * p->frames;
    if (playing) qi_store32(&audio->latency, latency);
    p->sounds = playing && qi_load32(&audio->rate) == p->scale.rate && latency + p->frames <= p->parts.sound_frames;
    if (p->sounds && !p->sounded) qi_store(&audio->start, audio->fed);
    p->sounded = p->sounds;
}

static void finish_sound(qi_period *p)
{
    qi_audio *audio = p->parts.audio;
    size_t frames = (size_t)p->frames;
    memset(p->left, 0, frames * sizeof(float));
    memset(p->right, 0, frames * sizeof(float));
    if (!p->sounds) return;
    int64_t from = audio->fed - audio->latency, until = from + p->frames, rendered = qi_load(&audio->rendered);
    int64_t mask = p->parts.sound_frames - 1, at = from > audio->start ? from : audio->start;
    for (int64_t end = until < rendered ? until : rendered; at < end; at++) {
        p->left[at - from] = p->parts.sound_left[at & mask];
        p->right[at - from] = p->parts.sound_right[at & mask];
    }

    if (at < until) qi_add(&audio->late, until - at);
    qi_store(&audio->fed, audio->fed + p->frames);
    sem_post(p->parts.render);
}

QI_EXPORT int32_t qi_period_size(void) { return sizeof(qi_period); }

QI_EXPORT int qi_process(uint32_t frames, void *period)
{
    qi_period *p = period;
    const qi_libjack *jack = &p->parts.jack;
    qi_counts *counts = p->parts.counts;
    int64_t began = now();
    if (frames == 0) return 0;
    p->frames = (int32_t)frames;
    p->offset = 0;
    p->first = qi_advance(p->parts.tracker, jack->last_frame_time(p->parts.client), frames, began);
    p->midi = jack->port_get_buffer(p->parts.out, frames);
    p->left = jack->port_get_buffer(p->parts.left, frames);
    p->right = jack->port_get_buffer(p->parts.right, frames);
    if (p->midi == NULL || p->left == NULL || p->right == NULL) return 0;
    jack->midi_clear_buffer(p->midi);

    int32_t current = qi_load32(&p->parts.scales->current);
    if (current >= 0) p->scale = p->parts.scales->slots[current];
    bool playing = current >= 0 && p->first >= p->scale.origin_frame;
    begin_sound(p, playing);
    write_waiting(p);
    if (playing) play(p);
    finish_sound(p);

    int64_t took = now() - began;
    if (took > counts->longest) qi_store(&counts->longest, took);
    qi_add(&counts->periods, 1);
    if (current < 0) sem_post(p->parts.begun);
    return 0;
}

/* Told by the server on a thread of its own. */
QI_EXPORT int qi_xrun(void *period)
{
    qi_period *p = period;
    int32_t current = qi_load32(&p->parts.scales->current);
    if (current >= 0) qi_store(&p->parts.counts->last_xrun, qi_to_host(&p->parts.scales->slots[current], qi_load(&p->parts.tracker->frame)));
    __atomic_add_fetch(&p->parts.counts->xruns, 1, __ATOMIC_ACQ_REL);
    __atomic_add_fetch(&p->parts.player.state->repeat_asked, 1, __ATOMIC_ACQ_REL);
    return 0;
}
