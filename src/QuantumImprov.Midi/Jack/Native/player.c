#include "player.h"

#include "export.h"

typedef struct {
    const qi_player *player;
    qi_player_state *state;
    qi_emit emit;
    void *sink;
} turn;

static int64_t later(int64_t a, int64_t b) { return a > b ? a : b; }
static int64_t earlier(int64_t a, int64_t b) { return a < b ? a : b; }

/* Epochs are compared as distances, so that they may wrap. */
static bool stale(int32_t epoch, int32_t in_force) { return (int32_t)((uint32_t)epoch - (uint32_t)in_force) < 0; }

static int32_t key_of(int voice, int channel, int pitch) { return voice << 11 | channel << 7 | pitch; }

/* What passes through is the performer's, who was heard already. */
static void send(const turn *t, int64_t at, qi_message message, int32_t held_by)
{
    qi_timed emitted = { .at = at, .message = message };
    t->emit(t->sink, at, message, 0);
    if (held_by >> 11 < QI_FIRST_THROUGH) qi_ring_write(&t->player->emitted, &emitted, sizeof emitted);
}

/* What waits: a binary heap by start, channel, pitch. */

static bool before(const qi_note *a, const qi_note *b)
{
    return a->on != b->on ? a->on < b->on : a->channel != b->channel ? a->channel < b->channel : a->pitch < b->pitch;
}

static void push(const turn *t, qi_note note)
{
    qi_note *pending = t->player->pending;
    int32_t at = t->state->pending_count;
    qi_store32(&t->state->pending_count, at + 1);
    while (at > 0 && before(&note, &pending[(at - 1) / 2])) {
        pending[at] = pending[(at - 1) / 2];
        at = (at - 1) / 2;
    }

    pending[at] = note;
}

static void sift_down(const turn *t, int32_t at)
{
    qi_note *pending = t->player->pending;
    for (;;) {
        int32_t child = 2 * at + 1;
        if (child >= t->state->pending_count) return;
        if (child + 1 < t->state->pending_count && before(&pending[child + 1], &pending[child])) child++;
        if (!before(&pending[child], &pending[at])) return;
        qi_note moved = pending[at];
        pending[at] = pending[child];
        pending[child] = moved;
        at = child;
    }
}

static qi_note pop(const turn *t)
{
    qi_note *pending = t->player->pending;
    qi_note first = pending[0];
    int32_t last = t->state->pending_count - 1;
    qi_store32(&t->state->pending_count, last);
    pending[0] = pending[last];
    sift_down(t, 0);
    return first;
}

/* What sounds. */

static void end_sounding(const turn *t, int32_t index, int64_t at)
{
    qi_sounding *sounding = t->player->sounding;
    qi_sounding note = sounding[index];
    sounding[index] = sounding[t->state->sounding_count - 1];
    qi_store32(&t->state->sounding_count, t->state->sounding_count - 1);
    qi_timed ending = { .at = at, .message = { (uint8_t)(0x80 | note.channel), note.pitch, 64 } };
    t->player->endings[t->state->ending_count++ % QI_ENDINGS] = ending;
    send(t, at, ending.message, note.held_by);
}

static void begin(const turn *t, int64_t at, qi_sounding note, uint8_t velocity)
{
    qi_sounding *sounding = t->player->sounding;
    for (int32_t i = 0; i < t->state->sounding_count; i++) {
        if (sounding[i].pitch != note.pitch || sounding[i].channel != note.channel) continue;
        end_sounding(t, i, at);
        break;
    }

    if (t->state->sounding_count == QI_SOUNDING) {
        qi_add(&t->state->refused, 1);
        return;
    }

    sounding[t->state->sounding_count] = note;
    qi_store32(&t->state->sounding_count, t->state->sounding_count + 1);
    send(t, at, (qi_message){ (uint8_t)(0x90 | note.channel), note.pitch, velocity }, note.held_by);
}

static void start(const turn *t, qi_note note, int64_t from)
{
    int64_t at = later(note.on, from);
    if (note.on < from) qi_add(&t->state->late, 1);
    begin(t, at, (qi_sounding){ later(note.off, at + 1), note.epoch, QI_PLANNED, note.channel, note.pitch }, note.velocity);
}

static int64_t earliest_off(const turn *t, int32_t *index)
{
    int64_t earliest = QI_NEVER;
    *index = -1;
    for (int32_t i = 0; i < t->state->sounding_count; i++) {
        if (t->player->sounding[i].off >= earliest) continue;
        earliest = t->player->sounding[i].off;
        *index = i;
    }

    return earliest;
}

static bool is_sounding(const turn *t, qi_message message)
{
    for (int32_t i = 0; i < t->state->sounding_count; i++) {
        if (t->player->sounding[i].pitch == message.data1 && t->player->sounding[i].channel == (message.status & 0x0F)) return true;
    }

    return false;
}

/* What was asked for since the last turn. */

static void drop_stale(const turn *t, int32_t epoch, int64_t from)
{
    qi_note *pending = t->player->pending;
    t->state->turn_epoch = epoch;
    for (int32_t i = t->state->sounding_count - 1; i >= 0; i--) {
        const qi_sounding *note = &t->player->sounding[i];
        if (note->held_by == QI_PLANNED && stale(note->epoch, epoch)) end_sounding(t, i, from);
    }

    int32_t kept = 0;
    for (int32_t i = 0; i < t->state->pending_count; i++) {
        if (!stale(pending[i].epoch, epoch)) pending[kept++] = pending[i];
    }

    qi_store32(&t->state->pending_count, kept);
    for (int32_t i = kept / 2 - 1; i >= 0; i--) sift_down(t, i);
}

static void send_panic(const turn *t, int64_t from)
{
    t->state->panic_done = qi_load32(&t->state->panic_asked);
    while (t->state->sounding_count > 0) end_sounding(t, t->state->sounding_count - 1, from);
    t->state->pedals = 0;
    for (int channel = 0; channel < 16; channel++) {
        send(t, from, (qi_message){ (uint8_t)(0xB0 | channel), 64, 0 }, QI_PLANNED);
        send(t, from, (qi_message){ (uint8_t)(0xB0 | channel), 123, 0 }, QI_PLANNED);
        send(t, from, (qi_message){ (uint8_t)(0xB0 | channel), 120, 0 }, QI_PLANNED);
    }
}

/* Nobody will lift them any more. */
static void lift_pedals(const turn *t, int64_t from)
{
    for (int channel = 0; channel < 16; channel++) {
        if ((t->state->pedals >> channel & 1) != 0) t->emit(t->sink, from, (qi_message){ (uint8_t)(0xB0 | channel), 64, 0 }, 0);
    }

    t->state->pedals = 0;
}

static void release(const turn *t, int64_t from)
{
    t->state->release_done = qi_load32(&t->state->release_asked);
    for (int32_t i = t->state->sounding_count - 1; i >= 0; i--) {
        if (t->player->sounding[i].held_by != QI_PLANNED) end_sounding(t, i, from);
    }

    lift_pedals(t, from);
}

static void take_rule(const turn *t, const qi_rule *rule, int64_t from)
{
    t->player->rules[rule->voice & (QI_VOICES - 1)] = *rule;
    if (rule->channels != 0) return;
    for (int32_t i = t->state->sounding_count - 1; i >= 0; i--) {
        if (t->player->sounding[i].held_by >> 11 == rule->voice) end_sounding(t, i, from);
    }

    if (rule->voice >= QI_FIRST_THROUGH) lift_pedals(t, from);
}

static void send_endings(const turn *t, int64_t from)
{
    int32_t count = t->state->ending_count;
    t->state->repeat_done = qi_load32(&t->state->repeat_asked);
    for (int32_t i = count > QI_ENDINGS ? count - QI_ENDINGS : 0; i < count; i++) {
        const qi_timed *ending = &t->player->endings[i % QI_ENDINGS];
        if (from - ending->at <= QI_ENDINGS_AGE && !is_sounding(t, ending->message)) t->emit(t->sink, from, ending->message, 1);
    }
}

static void send_signal(const turn *t, int64_t at)
{
    qi_timed signal;
    if (qi_ring_read(&t->player->signals, &signal, sizeof signal)) t->emit(t->sink, at, signal.message, 1);
}

/* Keys that are followed at once. */

static void let_go(const turn *t, int32_t key, int64_t at)
{
    for (int32_t i = 0; i < t->state->sounding_count; i++) {
        if (t->player->sounding[i].held_by != key) continue;
        end_sounding(t, i, at);
        return;
    }
}

static int channel_for(const qi_rule *rule, int channel) { return (rule->channel & QI_AS_IT_CAME) != 0 ? channel : rule->channel & 15; }

static bool is_held(const turn *t, int32_t key)
{
    for (int32_t i = 0; i < t->state->sounding_count; i++) {
        if (t->player->sounding[i].held_by == key) return true;
    }

    return false;
}

static void press(const turn *t, int voice, qi_message message, int64_t at)
{
    const qi_rule *rule = &t->player->rules[voice];
    int channel = message.status & 0x0F;
    if ((rule->channels >> channel & 1) == 0) return;
    int32_t key = key_of(voice, channel, message.data1);
    /* What passes through and comes back by a cable while its key is down goes no second round. */
    if ((rule->channel & QI_WHOLE) != 0 && is_held(t, key)) return;
    let_go(t, key, at);
    int pitch = rule->keys[message.data1 & 127];
    if (pitch < 0) return;
    int velocity = (message.data2 * rule->loudness + 128) / 256;
    velocity = velocity < 1 ? 1 : velocity > 127 ? 127 : velocity;
    begin(t, at, (qi_sounding){ QI_NEVER, 0, key, (uint8_t)channel_for(rule, channel), (uint8_t)pitch }, (uint8_t)velocity);
}

/* What is no key passes with the keys of its channel; what the partner plays is not told of it. */
static void pass(const turn *t, qi_message message, int64_t at)
{
    int kind = message.status & 0xF0, heard = message.status & 0x0F;
    for (int voice = QI_FIRST_THROUGH; voice < QI_VOICES; voice++) {
        const qi_rule *rule = &t->player->rules[voice];
        if ((rule->channel & QI_WHOLE) == 0 || (rule->channels >> heard & 1) == 0) continue;
        int channel = channel_for(rule, heard);
        t->emit(t->sink, at, (qi_message){ (uint8_t)(kind | channel), message.data1, message.data2 }, 0);
        if (kind != 0xB0 || message.data1 != 64) continue;
        if (message.data2 >= 64) t->state->pedals |= 1 << channel;
        else t->state->pedals &= ~(1 << channel);
    }
}

static void follow(const turn *t, qi_message message, int64_t at)
{
    int kind = message.status & 0xF0, channel = message.status & 0x0F;
    if (kind == 0x90 && message.data2 > 0) {
        for (int voice = 0; voice < QI_VOICES; voice++) press(t, voice, message, at);
    } else if (kind == 0x80 || kind == 0x90) {
        for (int voice = 0; voice < QI_VOICES; voice++) let_go(t, key_of(voice, channel, message.data1), at);
    } else if (kind == 0xB0 && (message.data1 == 123 || message.data1 == 120)) {
        for (int32_t i = t->state->sounding_count - 1; i >= 0; i--) {
            int32_t held_by = t->player->sounding[i].held_by;
            if (held_by != QI_PLANNED && (held_by >> 7 & 15) == channel) end_sounding(t, i, at);
        }
    }

    /* Programs and banks choose presets and repertoires, not sounds. */
    if (kind >= 0xA0 && kind < 0xF0 && kind != 0xC0 && (kind != 0xB0 || (message.data1 != 0 && message.data1 != 32))) pass(t, message, at);
}

QI_EXPORT void qi_turn(const qi_player *player, int64_t from, int64_t until, const qi_timed *heard, int32_t heard_count, qi_emit emit, void *sink)
{
    turn t = { player, player->state, emit, sink };
    int32_t epoch = qi_load32(&t.state->epoch);
    if (epoch != t.state->turn_epoch) drop_stale(&t, epoch, from);
    if (t.state->panic_done != qi_load32(&t.state->panic_asked)) send_panic(&t, from);
    if (t.state->release_done != qi_load32(&t.state->release_asked)) release(&t, from);
    qi_rule rule;
    while (qi_ring_read(&player->new_rules, &rule, sizeof rule)) take_rule(&t, &rule, from);
    if (t.state->repeat_done != qi_load32(&t.state->repeat_asked)) send_endings(&t, from);
    qi_note note;
    while (qi_ring_read(&player->handed, &note, sizeof note)) {
        if (stale(note.epoch, epoch)) continue;
        if (t.state->pending_count < QI_PENDING) push(&t, note);
        else qi_add(&t.state->refused, 1);
    }

    int32_t next = 0;
    for (;;) {
        int32_t ending;
        int64_t on = t.state->pending_count > 0 ? player->pending[0].on : QI_NEVER;
        int64_t off = earliest_off(&t, &ending);
        int64_t key = next < heard_count ? earlier(later(heard[next].at, from), until - 1) : QI_NEVER;
        qi_timed waiting;
        int64_t signal = qi_ring_peek(&player->signals, &waiting, sizeof waiting) ? later(waiting.at, from) : QI_NEVER;
        if (earlier(earlier(on, off), earlier(key, signal)) >= until) return;
        if (signal <= on && signal <= off && signal <= key) send_signal(&t, signal);
        else if (off <= on && off <= key) end_sounding(&t, ending, later(off, from));
        else if (key <= on) follow(&t, heard[next++].message, key);
        else start(&t, pop(&t), from);
    }
}
