/* What hosts look for in the library. A CLAP's entry is a data symbol, which C# cannot export; and the compiled C# needs the instructions of x86-64-v3, without which its runtime would end the host: where they are missing, every
   format says instead that there is no plugin here. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#if defined(__APPLE__)
#include <dlfcn.h>
#endif

/* On Windows the linker's list of exports names what is seen from outside. */
#if defined(_WIN32)
#define EXPORT
#else
#define EXPORT __attribute__((visibility("default")))
#endif

extern bool qi_clap_init(const char *path);
extern void qi_clap_deinit(void);
extern const void *qi_clap_get_factory(const char *id);
extern const void *qi_lv2_descriptor(uint32_t index);
extern void *qi_vst3_factory(void);

struct entry {
    uint32_t major, minor, revision;
    bool (*init)(const char *path);
    void (*deinit)(void);
    const void *(*get_factory)(const char *id);
};

EXPORT extern const struct entry clap_entry;

/* Asked of the processor itself: the compilers' own question differs from one to the other, and on Windows needs a library that is not linked. */
static bool has_instructions(void) {
#if defined(__x86_64__)
    const unsigned first = bit_SSE3 | bit_SSSE3 | bit_FMA | bit_CMPXCHG16B | bit_SSE4_1 | bit_SSE4_2 | bit_MOVBE | bit_POPCNT | bit_OSXSAVE | bit_AVX | bit_F16C;
    const unsigned seventh = bit_BMI | bit_AVX2 | bit_BMI2, extended = 1u << 0 /* LAHF and SAHF */ | 1u << 5 /* LZCNT */;
    unsigned a, b, c, d, low, high;
    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & first) != first) return false;
    /* Whether the system keeps both halves of the vector registers. */
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    if ((low & 6) != 6) return false;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (b & seventh) != seventh) return false;
    return __get_cpuid(0x80000001u, &a, &b, &c, &d) && (c & extended) == extended;
#else
    return true;
#endif
}

/* Hosts scan by loading and unloading; the runtime's threads must not find their code gone. On Linux the linker sees to that, on Windows the runtime. */
static void stay(void) {
#if defined(__APPLE__)
    Dl_info self;
    if (dladdr(&clap_entry, &self)) (void)dlopen(self.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
#endif
}

static bool can_run(void) {
    if (!has_instructions()) return false;
    stay();
    return true;
}

static bool clap_init(const char *path) { return can_run() && qi_clap_init(path); }
static void clap_deinit(void) { if (can_run()) qi_clap_deinit(); }
static const void *clap_get_factory(const char *id) { return can_run() ? qi_clap_get_factory(id) : NULL; }

const struct entry clap_entry = {1, 2, 2, clap_init, clap_deinit, clap_get_factory};

/* Read from the file's bytes by who wants to know which version is installed. */
EXPORT extern const char qi_version[];
const char qi_version[] = "quantumimprov-plugin " QI_VERSION;

EXPORT const void *lv2_descriptor(uint32_t index) { return can_run() ? qi_lv2_descriptor(index) : NULL; }

/* VST3 has other names for a library's beginning and end on every system. */
EXPORT void *GetPluginFactory(void) { return can_run() ? qi_vst3_factory() : NULL; }
#if defined(_WIN32)
bool InitDll(void) { return can_run(); }
bool ExitDll(void) { return true; }
#elif defined(__APPLE__)
EXPORT bool bundleEntry(void *bundle) { (void)bundle; return can_run(); }
EXPORT bool bundleExit(void) { return true; }
#else
EXPORT bool ModuleEntry(void *library) { (void)library; return can_run(); }
EXPORT bool ModuleExit(void) { return true; }
#endif
