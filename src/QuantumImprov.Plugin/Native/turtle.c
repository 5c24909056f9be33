/* Prints one of the two files of the LV2 bundle, as the library given by its path writes it: 0 the manifest, 1 the plugin's. */
#include <stdio.h>
#include <stdlib.h>

typedef int (*turtle)(int, char *, int);

#if defined(_WIN32)
#include <fcntl.h>
#include <io.h>
#include <windows.h>

static turtle find(const char *path) {
    static char whole[4096];
    HMODULE library;
    /* No line ends but the library's own; and no slashes the other way round, which loading does not promise to take. */
    _setmode(_fileno(stdout), _O_BINARY);
    if (GetFullPathNameA(path, sizeof whole, whole, NULL) - 1 >= sizeof whole - 1 || (library = LoadLibraryA(whole)) == NULL) {
        fprintf(stderr, "%s cannot be loaded: error %lu\n", path, GetLastError());
        return NULL;
    }
    return (turtle)(void (*)(void))GetProcAddress(library, "qi_turtle");
}
#else
#include <dlfcn.h>

static turtle find(const char *path) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return NULL;
    }
    return (turtle)dlsym(library, "qi_turtle");
}
#endif

int main(int count, char **words) {
    static char text[1 << 18];
    if (count != 3) return 2;
    turtle tell = find(words[1]);
    int length = tell == NULL ? -1 : tell(atoi(words[2]), text, sizeof text);
    if (length < 0 || length > (int)sizeof text) return 1;
    return fwrite(text, 1, (size_t)length, stdout) == (size_t)length ? 0 : 1;
}
