/* The measuring peer: plays notes at planned frames, writes down which note-on came at which frame. */
#ifndef QI_PEER_H
#define QI_PEER_H

#include "libjack.h"
#include "ring.h"

typedef struct {
    int32_t planned; /* notes to send. Whoever measures writes */
    int32_t sent, came, refused;
} qi_peer_counts;

/* Frames are the server's own, of 32 bits; a message is status << 16 | data1 << 8 | data2. */
typedef struct {
    qi_libjack jack;
    void *client, *in, *out;
    qi_peer_counts *counts;
    uint32_t *send_at;
    int32_t *send;
    uint32_t *came_at;
    int32_t *came;
    int64_t room;
} qi_peer;

int qi_peer_process(uint32_t frames, void *peer);

#endif
