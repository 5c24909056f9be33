using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Session;

/// <summary>What a face can ask of a session.</summary>
public enum CommandKind
{
    /// <summary>Silence everything now; the performer's phrase is over and stays without an answer, and receivers are told to end what they hold.</summary>
    Panic,

    /// <summary>Play at <see cref="SessionCommand.Value"/> quarters a minute from now on, 20 to 400.</summary>
    Tempo,

    /// <summary>Turn the dial that <see cref="SessionCommand.Name"/> names (see <see cref="Control.Dial"/>) to <see cref="SessionCommand.Value"/>, 0 to 1.</summary>
    Dial,

    /// <summary>Forget the phrase being played, or else the one played last.</summary>
    Forget,

    /// <summary>Of all the performer's phrases keep the last <see cref="SessionCommand.Value"/>, 0 or more.</summary>
    Keep,

    /// <summary>Go back to what a fresh install knows.</summary>
    Clear,

    /// <summary>Know what <see cref="SessionCommand.Content"/> holds and nothing else.</summary>
    Load,

    /// <summary>Go to repertoire number <see cref="SessionCommand.Value"/>, 0 to 16383: whoever keeps repertoires looks it up (see <see cref="SessionSnapshot.RepertoireAsked"/>) and gives what it holds, which is then carried out; <see cref="Undo"/> does not reach behind it.</summary>
    Repertoire,

    /// <summary>Play as <see cref="SessionCommand.Preset"/> says from now on; dials and way of playing stand where it puts them.</summary>
    Preset,

    /// <summary>Silence the partner (<see cref="SessionCommand.Value"/> over 0), let it sound again (0), or whichever it is not (less than 0). It listens, learns and answers meanwhile.</summary>
    Mute,

    /// <summary>The partner goes on in the performer's place from the next beat on (over 0), leaves it to him again (0), or whichever it does not (less than 0).</summary>
    TakeOver,

    /// <summary>The performer's phrase is over now: it is answered at the next felt beat.</summary>
    EndCall,

    /// <summary>Draw what the partner plays, or played last, anew; it begins at the next strong beat.</summary>
    Mutate,

    /// <summary>Learn nothing (over 0), learn again (0), or whichever it is not (less than 0).</summary>
    Freeze,

    /// <summary>Play as the preset after the present one says; none where the session was given no <see cref="SessionSetup.Presets"/>. Carried out as <see cref="Preset"/>.</summary>
    NextPreset,

    /// <summary>Play as preset number <see cref="SessionCommand.Value"/>, from 0, of <see cref="SessionSetup.Presets"/> says. Carried out as <see cref="Preset"/>.</summary>
    Program,

    /// <summary>A felt beat is tapped at <see cref="SessionCommand.At"/>; two and more make a tempo, the first is a bar line. The value, in milliseconds, says how long ago it was when it is carried out; 0: told by the time it was asked.</summary>
    Tap,

    /// <summary>Follow the time of <see cref="SessionCommand.Value"/>, the number of a <see cref="TimeSources"/>, 0 to 3, from now on; less than 0: of the next of them. What keeps the time then takes it over where the beat stands; what does not any more leaves its tempo behind.</summary>
    Sync,

    /// <summary>The performer likes his phrase number <see cref="SessionCommand.Value"/>, as <see cref="SessionSnapshot.Phrase"/> numbers them, or with 0 the one being played, or else the last: answers take it up the more often. Asked once more: not any more.</summary>
    Favour,

    /// <summary>Take back the last of forget, keep, clear, load and favour, exactly; what was heard since stays.</summary>
    Undo,

    /// <summary>What the partner plays ends, and the performer's phrase is over and stays without an answer; what is played next begins anew.</summary>
    Reset,

    /// <summary>The next control that is moved, or pad that is struck, asks from then on for what <see cref="SessionCommand.Name"/> says (see <see cref="Control.ControlTarget"/>); no such name: none does any more. It changes no music and is not told by <see cref="ImprovSession.CarriedOut"/>.</summary>
    Learn,
}

/// <summary>A wish of a face; carried out by the engine in order of arrival.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="Value">Its argument; 0 where it has none. Out of range: brought into range.</param>
public readonly record struct SessionCommand(HostTime At, CommandKind Kind, double Value = 0)
{
    /// <summary>What to load; null where nothing is.</summary>
    public RepertoireContent? Content { get; init; }

    /// <summary>How to play; null where that does not change.</summary>
    public Presets.Preset? Preset { get; init; }

    /// <summary>The name of what is loaded, played, turned or learned; null where nothing is.</summary>
    public string? Name { get; init; }
}
