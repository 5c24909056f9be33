/* Stands in for Microsoft's simulator in tests: the functions of its C interface that are used here, over the plainest state vector there is. Qubits are numbered from 0
   in the order in which they are allocated. */
#include <complex.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef _WIN32
#define API __declspec(dllexport)
#else
#define API __attribute__((visibility("default")))
#endif

enum { MOST_SIMULATORS = 64, MOST_QUBITS = 24 };

typedef double complex amplitude;

static struct { bool used; unsigned qubits; amplitude *state; uint64_t random; } all[MOST_SIMULATORS];

static size_t size_of(unsigned s) { return (size_t)1 << all[s].qubits; }

static double chance(unsigned s) {
    uint64_t x = all[s].random;
    x ^= x << 13, x ^= x >> 7, x ^= x << 17;
    all[s].random = x;
    return (double)(x >> 11) / 9007199254740992.0;
}

API unsigned init(void) {
    for (unsigned s = 0; s < MOST_SIMULATORS; s++) {
        if (all[s].used) continue;
        all[s].used = true, all[s].qubits = 0, all[s].random = 88172645463325252u;
        all[s].state = calloc(1, sizeof(amplitude));
        all[s].state[0] = 1;
        return s;
    }
    abort();
}

API void destroy(unsigned s) { free(all[s].state), all[s].used = false; }

API void seed(unsigned s, unsigned n) { all[s].random = 0x9E3779B97F4A7C15u * ((uint64_t)n + 1) | 1; }

API void allocateQubit(unsigned s, unsigned q) {
    if (q != all[s].qubits || q >= MOST_QUBITS) abort();
    size_t size = size_of(s);
    all[s].state = realloc(all[s].state, 2 * size * sizeof(amplitude));
    for (size_t i = size; i < 2 * size; i++) all[s].state[i] = 0;
    all[s].qubits++;
}

/* True when the qubit was 0; the register itself goes with its simulator. */
API bool release(unsigned s, unsigned q) {
    double one = 0;
    for (size_t i = 0; i < size_of(s); i++) if (i >> q & 1) one += creal(all[s].state[i] * conj(all[s].state[i]));
    return one < 1e-9;
}

static void apply(unsigned s, unsigned n, const unsigned *c, unsigned q, amplitude a, amplitude b, amplitude d, amplitude e) {
    size_t on = 0, bit = (size_t)1 << q;
    for (unsigned i = 0; i < n; i++) on |= (size_t)1 << c[i];
    for (size_t i = 0; i < size_of(s); i++) {
        if ((i & bit) || (i & on) != on) continue;
        amplitude zero = all[s].state[i], one = all[s].state[i | bit];
        all[s].state[i] = a * zero + b * one, all[s].state[i | bit] = d * zero + e * one;
    }
}

#define GATE(name, a, b, d, e) \
    API void name(unsigned s, unsigned q) { apply(s, 0, NULL, q, a, b, d, e); } \
    API void MC##name(unsigned s, unsigned n, unsigned *c, unsigned q) { apply(s, n, c, q, a, b, d, e); }
#define HALF 0.70710678118654752440

GATE(X, 0, 1, 1, 0)
GATE(Y, 0, -I, I, 0)
GATE(Z, 1, 0, 0, -1)
GATE(H, HALF, HALF, HALF, -HALF)
GATE(S, 1, 0, 0, I)
GATE(AdjS, 1, 0, 0, -I)
GATE(T, 1, 0, 0, HALF + HALF * I)
GATE(AdjT, 1, 0, 0, HALF - HALF * I)

/* exp(-i phi/2 P); the matrices are counted I, X, Z, Y. */
API void MCR(unsigned s, unsigned b, double phi, unsigned n, unsigned *c, unsigned q) {
    double cosine = cos(phi / 2), sine = sin(phi / 2);
    switch (b) {
    case 0: apply(s, n, c, q, cosine - I * sine, 0, 0, cosine - I * sine); break;
    case 1: apply(s, n, c, q, cosine, -I * sine, -I * sine, cosine); break;
    case 2: apply(s, n, c, q, cosine - I * sine, 0, 0, cosine + I * sine); break;
    case 3: apply(s, n, c, q, cosine, -sine, sine, cosine); break;
    default: abort();
    }
}

API void R(unsigned s, unsigned b, double phi, unsigned q) { MCR(s, b, phi, 0, NULL, q); }

API unsigned M(unsigned s, unsigned q) {
    double one = 0;
    for (size_t i = 0; i < size_of(s); i++) if (i >> q & 1) one += creal(all[s].state[i] * conj(all[s].state[i]));
    unsigned read = chance(s) < one;
    double scale = 1 / sqrt(read ? one : 1 - one);
    for (size_t i = 0; i < size_of(s); i++) all[s].state[i] = (i >> q & 1) == read ? all[s].state[i] * scale : 0;
    return read;
}

#ifndef WITHOUT_DUMP
API bool DumpQubitsToLocation(unsigned s, unsigned n, unsigned *q, bool (*callback)(size_t, double, double, void *), void *location) {
    for (size_t i = 0; i < (size_t)1 << n; i++) {
        size_t at = 0;
        for (unsigned k = 0; k < n; k++) at |= (i >> k & 1) << q[k];
        if (!callback(i, creal(all[s].state[at]), cimag(all[s].state[at]), location)) return false;
    }
    return true;
}
#endif
