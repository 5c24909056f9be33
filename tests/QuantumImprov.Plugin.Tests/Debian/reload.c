/* A host that loads the CLAP, LV2 and VST3 libraries given by their paths, uses each, and unloads them, five times. */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "clap.h"

struct block {
    int64_t time;
    uint32_t frames;
    void *transport, *in, *out;
    uint32_t in_count, out_count;
    void *events_in, *events_out;
};

static const void *no_extension(const void *host, const char *id) { (void)host; (void)id; return NULL; }
static void nothing(const void *host) { (void)host; }

static const struct {
    uint32_t version[3];
    void *data;
    const char *name, *vendor, *url, *host_version;
    const void *(*get_extension)(const void *, const char *);
    void (*restart)(const void *), (*process)(const void *), (*callback)(const void *);
} host = {{1, 2, 2}, NULL, "reload", "", "", "1", no_extension, nothing, nothing, nothing};

int main(int count, char **words) {
    if (count != 4) return 2;
    int round = 0;
    for (; round < 5; round++) {
        void *libraries[3];
        for (int i = 0; i < 3; i++) {
            libraries[i] = dlopen(words[i + 1], RTLD_NOW | RTLD_LOCAL);
            if (libraries[i] == NULL) return fprintf(stderr, "%s\n", dlerror()), 1;
        }
        struct entry *entry = dlsym(libraries[0], "clap_entry");
        if (entry == NULL || !entry->init(words[1]) || !entry->init(words[1])) return 3;
        struct factory *factory = entry->get_factory("clap.plugin-factory");
        if (factory == NULL || entry->get_factory("another") != NULL || factory->count(factory) != 1) return 4;
        struct plugin *plugin = factory->create(factory, &host, "org.quantumimprov.partner");
        if (plugin == NULL || factory->create(factory, &host, "another") != NULL || !plugin->init(plugin)) return 5;
        for (int times = 0; times < 3; times++) {
            if (!plugin->activate(plugin, 48000, 1, 512) || !plugin->start(plugin)) return 6;
            struct block block = {.time = -1, .frames = 512};
            for (int i = 0; i < 200; i++)
                if (plugin->process(plugin, &block) != 1) return 7;
            plugin->stop(plugin);
            plugin->deactivate(plugin);
        }
        plugin->destroy(plugin);
        entry->deinit();
        entry->deinit();
        const char **(*describe)(uint32_t) = (const char **(*)(uint32_t))dlsym(libraries[1], "lv2_descriptor");
        if (describe == NULL || describe(0) == NULL || describe(1) != NULL || strcmp(describe(0)[0], "urn:quantumimprov:plugin") != 0) return 8;
        void *(*get_factory)(void) = (void *(*)(void))dlsym(libraries[2], "GetPluginFactory");
        if (get_factory == NULL || get_factory() == NULL) return 9;
        for (int i = 0; i < 3; i++) dlclose(libraries[i]);
    }
    printf("%d rounds\n", round);
    return 0;
}
