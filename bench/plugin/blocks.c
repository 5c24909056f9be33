/* How long blocks of the CLAP take, and the pieces of work in them: a host that plays a dense performance into it, in time, on a real-time thread where it may have one, and tells the times of loading, of activation, of the blocks and of
   the pieces. A fourth word is the number of a preset, from 0 in the order of the parameter (-1: as it is); a fifth, `shots`, switches Device Shots on: QUANTUMIMPROV_HOME says where `plugin shots` has put some.
   gcc -O2 -o artifacts/blocks bench/plugin/blocks.c -ldl -lpthread && artifacts/blocks artifacts/plugin/QuantumImprov.clap 64 60 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "../../tests/QuantumImprov.Plugin.Tests/Debian/clap.h"

#define RATE 48000
#define MOST 8

struct header { uint32_t size, time; uint16_t space, type; uint32_t flags; };
struct value { struct header header; uint32_t id; void *cookie; int32_t note; int16_t port, channel, key; double value; };
struct note { struct header header; int32_t id; int16_t port, channel, key; double velocity; };
struct transport {
    struct header header;
    uint32_t flags;
    int64_t beats, seconds;
    double tempo, increment;
    int64_t loop[4], bar_start;
    int32_t bar;
    uint16_t numerator, denominator;
};
struct audio { float **data32; double **data64; uint32_t channels, latency; uint64_t constant; };
struct in { void *context; uint32_t (*size)(const struct in *); const struct header *(*get)(const struct in *, uint32_t); };
struct out { void *context; bool (*push)(const struct out *, const struct header *); };
struct block { int64_t time; uint32_t frames; const struct transport *transport; struct audio *in_audio, *out_audio; uint32_t ins, outs; const struct in *in; const struct out *out; };

static struct note notes[MOST];
static uint32_t count;
static long answered;
static double share, unused;
static struct plugin *plugin;
static uint32_t frames;
static long blocks;
static float *times;
static long lost;
static struct value first[2];
static uint32_t firsts;
static int64_t steps[1 << 18];

static const void *no_extension(const void *host, const char *id) { (void)host; (void)id; return NULL; }
static void nothing(const void *host) { (void)host; }
static const struct {
    uint32_t version[3];
    void *data;
    const char *name, *vendor, *url, *host_version;
    const void *(*get_extension)(const void *, const char *);
    void (*restart)(const void *), (*process)(const void *), (*callback)(const void *);
} host = {{1, 2, 2}, NULL, "blocks", "", "", "1", no_extension, nothing, nothing, nothing};

/* The preset and the switch come with the first block, before its notes. */
static uint32_t size(const struct in *in) { (void)in; return count + firsts; }
static const struct header *get(const struct in *in, uint32_t i) {
    (void)in;
    return i < firsts ? &first[i].header : &notes[i - firsts].header;
}
static bool push(const struct out *out, const struct header *e) {
    (void)out;
    answered += e->type == 0;
    if (e->type != 5) return true;
    const struct value *shown = (const struct value *)e;
    if (shown->id == 71) share = shown->value;
    if (shown->id == 72) unused = shown->value;
    return true;
}

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void turn(uint32_t id, double value) { first[firsts++] = (struct value){{sizeof(struct value), 0, 0, 5, 0}, id, NULL, -1, -1, -1, -1, value}; }

static void add(uint32_t time, uint16_t type, int key) {
    if (count < MOST) notes[count++] = (struct note){{sizeof(struct note), time, 0, type, 0}, -1, 0, 0, (int16_t)key, .7};
}

/* Eight notes a second for two bars of four, then two bars to answer in; other keys each time. */
static void play(int64_t from) {
    static int key = 60;
    static bool down;
    count = 0;
    for (int64_t at = from; at < from + frames; at++) {
        if (at % (RATE / 8) == RATE / 10 && down) add((uint32_t)(at - from), 1, key), down = false;
        if (at % (RATE / 8) != 0 || at % (8 * RATE) >= 4 * RATE) continue;
        key += rand() % 9 - 4;
        key = key < 48 ? 50 : key > 80 ? 78 : key;
        add((uint32_t)(at - from), 0, key);
        down = true;
    }
}

static void *run(void *unused) {
    static float left[8192], right[8192];
    float *sides[2] = {left, right};
    struct audio audio = {sides, NULL, 2, 0, 0};
    struct in in = {NULL, size, get};
    struct out out = {NULL, push};
    int64_t began = now(), length = 1000000000LL * frames / RATE;
    for (long i = 0; i < blocks; i++) {
        int64_t sample = (int64_t)i * frames, due = began + (int64_t)(1e9 * (double)sample / RATE);
        struct timespec until = {due / 1000000000LL, due % 1000000000LL};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
        double seconds = (double)sample / RATE, beats = seconds * 2;
        struct transport transport = {{sizeof(struct transport), 0, 0, 9, 0}, 1 | 2 | 4 | 8 | 16, (int64_t)(beats * 2147483648.0), (int64_t)(seconds * 2147483648.0), 120, 0, {0}, (int64_t)((double)((int64_t)beats / 4 * 4) * 2147483648.0), 0, 4, 4};
        play(sample);
        struct block block = {-1, frames, &transport, NULL, &audio, 0, 1, &in, &out};
        int64_t before = now();
        plugin->process(plugin, &block);
        firsts = 0;
        int64_t took = now() - before;
        times[i] = (float)took / 1000;
        lost += took > length;
    }
    return unused;
}

static int less(const void *a, const void *b) { return *(const float *)a < *(const float *)b ? -1 : *(const float *)a > *(const float *)b; }

static int shorter(const void *a, const void *b) { return *(const int64_t *)a < *(const int64_t *)b ? -1 : *(const int64_t *)a > *(const int64_t *)b; }

static void tell_steps(int number, const char *path) {
    int over = 0;
    FILE *file = path == NULL ? NULL : fopen(path, "w");
    for (int i = 0; i < number && file != NULL; i++) fprintf(file, "%.1f\n", (double)steps[i] / 1e3);
    if (file != NULL) fclose(file);
    for (int i = 0; i < number; i++) over += steps[i] > 60000;
    qsort(steps, (size_t)number, sizeof(*steps), shorter);
    if (number > 0) printf("%d pieces of work: median %.1f us, 99 of 100 %.1f us, 999 of 1000 %.1f us, worst %.1f us, %d over 60 us\n", number, (double)steps[number / 2] / 1e3, (double)steps[(long)number * 99 / 100] / 1e3, (double)steps[(long)number * 999 / 1000] / 1e3, (double)steps[number - 1] / 1e3, over);
}

static long resident(void) {
    long pages = 0, all = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &all, &pages) != 2) pages = 0;
    if (file != NULL) fclose(file);
    return pages * sysconf(_SC_PAGESIZE) / 1024;
}

int main(int words, char **word) {
    if (words < 4 || words > 7 || (words == 6 && strcmp(word[5], "shots") != 0) || (words == 7 && strcmp(word[5], "pieces") != 0)) return fprintf(stderr, "blocks FILE.clap FRAMES SECONDS [PRESET [shots | pieces FILE]]\n"), 2;
    if (words >= 5 && atof(word[4]) >= 0) turn(10, atof(word[4]));
    if (words == 6) turn(70, 1);
    frames = (uint32_t)atoi(word[2]);
    blocks = (long)atoi(word[3]) * RATE / frames;
    times = calloc((size_t)blocks, sizeof(float));
    long memory = resident();
    int64_t t = now();
    void *library = dlopen(word[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return fprintf(stderr, "%s\n", dlerror()), 1;
    double load = (double)(now() - t) / 1e6;
    struct entry *entry = dlsym(library, "clap_entry");
    t = now();
    if (entry == NULL || !entry->init(word[1])) return fprintf(stderr, "no CLAP\n"), 1;
    struct factory *factory = entry->get_factory("clap.plugin-factory");
    double start = (double)(now() - t) / 1e6;
    t = now();
    plugin = factory->create(factory, &host, "org.quantumimprov.partner");
    if (plugin == NULL || !plugin->init(plugin)) return fprintf(stderr, "no plugin\n"), 1;
    double create = (double)(now() - t) / 1e6;
    t = now();
    if (!plugin->activate(plugin, RATE, 1, 8192) || !plugin->start(plugin)) return fprintf(stderr, "not activated\n"), 1;
    double activate = (double)(now() - t) / 1e6;
    plugin->deactivate(plugin);
    t = now();
    plugin->activate(plugin, RATE, 1, 8192);
    double again = (double)(now() - t) / 1e6;
    int (*watch)(int64_t *, int) = (int (*)(int64_t *, int))dlsym(library, "qi_watch");
    if (watch != NULL) watch(steps, sizeof(steps) / sizeof(*steps));
    pthread_attr_t attributes;
    struct sched_param priority = {.sched_priority = 60};
    pthread_attr_init(&attributes);
    pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
    pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
    pthread_attr_setschedparam(&attributes, &priority);
    pthread_t thread;
    const char *scheduling = "real-time";
    if (pthread_create(&thread, &attributes, run, NULL) != 0) {
        scheduling = "ordinary";
        pthread_create(&thread, NULL, run, NULL);
    }
    pthread_join(thread, NULL);
    plugin->deactivate(plugin);
    long after = resident();
    double length = 1e6 * frames / RATE;
    long worst[8] = {0};
    for (int w = 0; w < 8; w++) {
        for (long i = 0; i < blocks; i++) {
            bool known = false;
            for (int k = 0; k < w; k++) known |= worst[k] == i;
            if (!known && times[i] > (worst[w] == 0 ? 0 : times[worst[w]])) worst[w] = i;
        }
    }
    printf("the longest, with their seconds:");
    for (int w = 0; w < 8; w++) printf(" %.0f us at %.3f", times[worst[w]], (double)worst[w] * frames / RATE);
    printf("\n");
    qsort(times, (size_t)blocks, sizeof(float), less);
    printf("load %.2f ms, runtime %.2f ms, first instance %.1f ms, first activation %.0f ms, further ones %.0f ms, %ld kB resident\n", load, start, create, activate, again, after - memory);
    printf("%ld blocks of %u samples (%.0f us), %s thread: median %.1f us, 99 of 100 %.1f us (%.1f %%), 999 of 1000 %.1f us (%.1f %%), worst %.0f us (%.1f %%), %ld lost, %ld notes answered\n", blocks, frames, length, scheduling,
           times[blocks / 2], times[blocks * 99 / 100], 100 * times[blocks * 99 / 100] / length, times[blocks * 999 / 1000], 100 * times[blocks * 999 / 1000] / length, times[blocks - 1], 100 * times[blocks - 1] / length, lost, answered);
    if (watch != NULL) tell_steps(watch(NULL, 0), words == 7 ? word[6] : NULL);
    if (unused > 0) printf("%.0f %% of the last 64 notes by shots, %.0f shots left\n", 100 * share, unused);
    int64_t (*allocated)(void) = (int64_t(*)(void))dlsym(library, "qi_allocated");
    int (*collections)(void) = (int (*)(void))dlsym(library, "qi_collections");
    if (allocated != NULL && collections != NULL) printf("%lld bytes allocated in blocks, %d collections in all\n", (long long)allocated(), collections());
    return 0;
}
