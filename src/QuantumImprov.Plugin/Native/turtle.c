/* Prints one of the two files of the LV2 bundle, as the library given by its path writes it: 0 the manifest, 1 the plugin's. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **words) {
    static char text[1 << 18];
    if (count != 3) return 2;
    void *library = dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    int (*turtle)(int, char *, int) = (int (*)(int, char *, int))dlsym(library, "qi_turtle");
    int length = turtle == NULL ? -1 : turtle(atoi(words[2]), text, sizeof text);
    if (length < 0 || length > (int)sizeof text) return 1;
    return fwrite(text, 1, (size_t)length, stdout) == (size_t)length ? 0 : 1;
}
