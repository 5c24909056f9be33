/* As much of CLAP as the hosts in C need of its plugins, factories and entries. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct plugin {
    const void *descriptor;
    void *data;
    bool (*init)(struct plugin *);
    void (*destroy)(struct plugin *);
    bool (*activate)(struct plugin *, double, uint32_t, uint32_t);
    void (*deactivate)(struct plugin *);
    bool (*start)(struct plugin *);
    void (*stop)(struct plugin *);
    void (*reset)(struct plugin *);
    int (*process)(struct plugin *, void *);
};
struct factory {
    uint32_t (*count)(struct factory *);
    const void *(*describe)(struct factory *, uint32_t);
    struct plugin *(*create)(struct factory *, const void *, const char *);
};
struct entry {
    uint32_t version[3];
    bool (*init)(const char *);
    void (*deinit)(void);
    struct factory *(*get_factory)(const char *);
};
