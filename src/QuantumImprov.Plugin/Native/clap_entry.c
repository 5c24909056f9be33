/* The entry of a CLAP library is a data symbol, which C# cannot export. It points at three functions that are written in C#. */
#include <stdbool.h>
#include <stdint.h>

struct entry {
    uint32_t major, minor, revision;
    bool (*init)(const char *path);
    void (*deinit)(void);
    const void *(*get_factory)(const char *id);
};

extern bool qi_clap_init(const char *path);
extern void qi_clap_deinit(void);
extern const void *qi_clap_get_factory(const char *id);

__attribute__((visibility("default"))) extern const struct entry clap_entry;
const struct entry clap_entry = {1, 2, 2, qi_clap_init, qi_clap_deinit, qi_clap_get_factory};
