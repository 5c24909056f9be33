namespace QuantumImprov.Midi.Files;

/// <summary>Why reading a track stopped before its end.</summary>
internal enum TrackFault
{
    None,
    MissingEnd,
    Cut,
    NoStatus,
    WrongStatus,
    WrongData,
    LongNumber,
    DataBeyondEnd,
    TooLate,
}
