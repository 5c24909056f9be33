using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Stage;

/// <summary>
/// A message for the pages to show and sound. Notes on channel 9 (drums) are neither. All-notes-off and all-sound-off (controllers 123 and 120) silence their
/// part at once and cancel what is scheduled in it; a note-off that is not after its note-on cancels it.
/// </summary>
/// <param name="At">When it sounds; may lie up to about 30 ms ahead, so that the page can schedule it exactly.</param>
/// <param name="Part">Whose it is.</param>
/// <param name="Message">A channel message.</param>
public readonly record struct StageNote(HostTime At, StagePart Part, ShortMessage Message);
