/* What hosts look for in the library. A CLAP's entry is a data symbol, which C# cannot export; and the compiled C# needs the instructions of x86-64-v3, without which its runtime would end the host: where they are missing, every
   format says instead that there is no plugin here. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

extern bool qi_clap_init(const char *path);
extern void qi_clap_deinit(void);
extern const void *qi_clap_get_factory(const char *id);
extern const void *qi_lv2_descriptor(uint32_t index);
extern void *qi_vst3_factory(void);

static bool can_run(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("x86-64-v3");
#else
    return true;
#endif
}

static bool clap_init(const char *path) { return can_run() && qi_clap_init(path); }
static void clap_deinit(void) { if (can_run()) qi_clap_deinit(); }
static const void *clap_get_factory(const char *id) { return can_run() ? qi_clap_get_factory(id) : NULL; }

struct entry {
    uint32_t major, minor, revision;
    bool (*init)(const char *path);
    void (*deinit)(void);
    const void *(*get_factory)(const char *id);
};

EXPORT extern const struct entry clap_entry;
const struct entry clap_entry = {1, 2, 2, clap_init, clap_deinit, clap_get_factory};

/* Read from the file's bytes by who wants to know which version is installed. */
EXPORT extern const char qi_version[];
const char qi_version[] = "quantumimprov-plugin " QI_VERSION;

EXPORT const void *lv2_descriptor(uint32_t index) { return can_run() ? qi_lv2_descriptor(index) : NULL; }

EXPORT void *GetPluginFactory(void) { return can_run() ? qi_vst3_factory() : NULL; }
EXPORT bool ModuleEntry(void *library) { (void)library; return can_run(); }
EXPORT bool ModuleExit(void) { return true; }
