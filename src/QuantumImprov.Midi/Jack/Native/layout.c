/* The sizes of everything that is shared, so that the program can tell whether this library was built for it. */
#include "export.h"
#include "peer.h"
#include "period.h"

QI_EXPORT int32_t qi_layout(int64_t *sizes, int32_t room)
{
    const int64_t all[] = {
        sizeof(qi_ring), sizeof(qi_message), sizeof(qi_timed), sizeof(qi_note), sizeof(qi_sounding), sizeof(qi_rule), sizeof(qi_player_state), sizeof(qi_player),
        sizeof(qi_tracker), sizeof(qi_scales), sizeof(qi_counts), sizeof(qi_decoder), sizeof(qi_output), sizeof(qi_seat), sizeof(qi_audio), sizeof(qi_parts),
        sizeof(qi_peer_counts), sizeof(qi_peer), QI_PENDING, QI_SOUNDING, QI_ENDINGS, QI_VOICES, QI_HEARD,
    };
    int32_t count = (int32_t)(sizeof all / sizeof *all);
    for (int32_t i = 0; i < count && i < room; i++) sizes[i] = all[i];
    return count;
}
