/* A bounded queue between one writing and one reading thread: the native twin of SpscRing<T>. Neither side ever waits. */
#ifndef QI_RING_H
#define QI_RING_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Counters of 64 bits, 64 bytes apart. */
enum { QI_WRITTEN = 0, QI_READ = 8, QI_REFUSED = 16 };

typedef struct {
    int64_t *counters;
    void *slots;
    int64_t capacity; /* a power of two */
} qi_ring;

static inline int64_t qi_load(const int64_t *at) { return __atomic_load_n(at, __ATOMIC_ACQUIRE); }
static inline void qi_store(int64_t *at, int64_t value) { __atomic_store_n(at, value, __ATOMIC_RELEASE); }
static inline int32_t qi_load32(const int32_t *at) { return __atomic_load_n(at, __ATOMIC_ACQUIRE); }
static inline void qi_store32(int32_t *at, int32_t value) { __atomic_store_n(at, value, __ATOMIC_RELEASE); }

/* One writer only; readers may look at any time. */
static inline void qi_add(int64_t *at, int64_t more) { qi_store(at, *at + more); }

static inline bool qi_ring_write(const qi_ring *ring, const void *item, size_t size)
{
    int64_t written = ring->counters[QI_WRITTEN];
    if (written - qi_load(&ring->counters[QI_READ]) >= ring->capacity) {
        qi_add(&ring->counters[QI_REFUSED], 1);
        return false;
    }

    memcpy((char *)ring->slots + (size_t)(written & (ring->capacity - 1)) * size, item, size);
    qi_store(&ring->counters[QI_WRITTEN], written + 1);
    return true;
}

static inline bool qi_ring_read(const qi_ring *ring, void *item, size_t size)
{
    int64_t read = ring->counters[QI_READ];
    if (read == qi_load(&ring->counters[QI_WRITTEN])) return false;
    memcpy(item, (char *)ring->slots + (size_t)(read & (ring->capacity - 1)) * size, size);
    qi_store(&ring->counters[QI_READ], read + 1);
    return true;
}

/* Shows the oldest and leaves it there. */
static inline bool qi_ring_peek(const qi_ring *ring, void *item, size_t size)
{
    int64_t read = ring->counters[QI_READ];
    if (read == qi_load(&ring->counters[QI_WRITTEN])) return false;
    memcpy(item, (char *)ring->slots + (size_t)(read & (ring->capacity - 1)) * size, size);
    return true;
}

static inline int64_t qi_ring_count(const qi_ring *ring)
{
    return qi_load(&ring->counters[QI_WRITTEN]) - qi_load(&ring->counters[QI_READ]);
}

#endif
