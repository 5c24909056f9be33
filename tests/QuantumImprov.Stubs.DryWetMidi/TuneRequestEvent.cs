namespace Melanchall.DryWetMidi.Core;

public sealed class TuneRequestEvent : SystemCommonEvent;
