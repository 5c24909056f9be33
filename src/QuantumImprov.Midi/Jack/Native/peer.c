#include "peer.h"

#include "export.h"

QI_EXPORT int qi_peer_process(uint32_t frames, void *peer)
{
    const qi_peer *p = peer;
    const qi_libjack *jack = &p->jack;
    qi_peer_counts *counts = p->counts;
    uint32_t first = jack->last_frame_time(p->client);
    void *out = jack->port_get_buffer(p->out, frames), *in = jack->port_get_buffer(p->in, frames);
    if (out == NULL || in == NULL) return 0;
    jack->midi_clear_buffer(out);
    for (int32_t planned = qi_load32(&counts->planned); counts->sent < planned; qi_store32(&counts->sent, counts->sent + 1)) {
        uint32_t *at = &p->send_at[counts->sent];
        if ((int32_t)(*at - first) >= (int32_t)frames) break;

        /* What could not leave at its frame leaves now, and that is told. */
        if ((int32_t)(*at - first) < 0) *at = first;
        int32_t message = p->send[counts->sent];
        uint8_t *bytes = jack->midi_event_reserve(out, *at - first, 3);
        if (bytes == NULL) {
            qi_store32(&counts->refused, counts->refused + 1);
            continue;
        }

        bytes[0] = (uint8_t)(message >> 16);
        bytes[1] = (uint8_t)(message >> 8);
        bytes[2] = (uint8_t)message;
    }

    uint32_t events = jack->midi_get_event_count(in);
    for (uint32_t i = 0; i < events && counts->came < p->room; i++) {
        qi_jack_event event;
        if (jack->midi_event_get(&event, in, i) != 0 || event.size != 3 || (event.data[0] & 0xF0) != 0x90 || event.data[2] == 0) continue;
        p->came_at[counts->came] = first + event.time;
        p->came[counts->came] = event.data[0] << 16 | event.data[1] << 8 | event.data[2];
        qi_store32(&counts->came, counts->came + 1);
    }

    return 0;
}
