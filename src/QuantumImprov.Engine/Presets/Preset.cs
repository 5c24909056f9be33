using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Presets;

/// <summary>
/// A way of playing, complete: how the partner listens, answers, chooses and sounds. Every value is within its allowed range (see
/// <see cref="PresetFields"/>), since presets are only made from checked text or from these defaults. Immutable.
/// </summary>
public sealed record Preset
{
    /// <summary>The version of the preset format this program writes, and the newest it reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>The root that says that there is no scale but the key's.</summary>
    public const string FollowsKey = "follow";

    /// <summary>Short name, as given to <c>--preset</c>.</summary>
    public string Name { get; init; } = "default";

    /// <summary>One line on what it is for.</summary>
    public string About { get; init; } = "A balanced partner that answers every phrase.";

    /// <summary>Which note of a chord carries the melody.</summary>
    public MelodyVoice Melody { get; init; } = MelodyVoice.Top;

    /// <summary>Silence that ends a phrase.</summary>
    public PhraseGap Gap { get; init; } = PhraseGap.Default;

    /// <summary>The MIDI channel that is listened to, 1 to 16; 0: all.</summary>
    public int HeardChannel { get; init; }

    /// <summary>The MIDI channel on which chords are held that answers are played over, 1 to 16; 0: none.</summary>
    public int ChordChannel { get; init; }

    /// <summary>The lowest key that is listened to.</summary>
    public Pitch HeardLow { get; init; } = new(0);

    /// <summary>The highest key that is listened to.</summary>
    public Pitch HeardHigh { get; init; } = new(127);

    /// <summary>How sure the partner must be that a phrase is over, 0 to 1.</summary>
    public double Patience { get; init; } = .5;

    /// <summary>Shortest answer in bars.</summary>
    public int LeastBars { get; init; } = 1;

    /// <summary>Longest answer in bars.</summary>
    public int MostBars { get; init; } = 4;

    /// <summary>Lowest pitch the partner plays.</summary>
    public Pitch Low { get; init; } = new(36);

    /// <summary>Highest pitch the partner plays.</summary>
    public Pitch High { get; init; } = new(88);

    /// <summary>Octaves above the performer's register.</summary>
    public int Octave { get; init; }

    /// <summary>MIDI channel of the partner, 1 to 16.</summary>
    public int Channel { get; init; } = 1;

    /// <summary>Velocity relative to the performer's.</summary>
    public double Loudness { get; init; } = 1;

    /// <summary>How far the partner's loudness follows the performer's, 0 to 1.</summary>
    public double Dynamics { get; init; } = 1;

    /// <summary>How many notes an answer has beside the call's rhythm, 0 to 1; .5: as many.</summary>
    public double Density { get; init; } = .5;

    /// <summary>How far the second half of a beat is delayed towards its last third, 0 to 1.</summary>
    public double Swing { get; init; }

    /// <summary>How far notes are drawn to their place in the metre, 0 to 1.</summary>
    public double Quantise { get; init; }

    /// <summary>How often a bar borrows another bar's rhythm.</summary>
    public double Variation { get; init; } = .25;

    /// <summary>How far answers go along when the performer builds up or lets go, 0 (not at all) to 1; .5: in height and loudness, above it in density too.</summary>
    public double Responsiveness { get; init; } = .5;

    /// <summary>How far ahead of the music notes are chosen, 0 (a quarter) to 1 (the whole answer before it begins).</summary>
    public double Lookahead { get; init; } = 1;

    /// <summary>The most successive pitches of the partner's line that may repeat what was heard or loaded, 1 to 64; 0 = any number.</summary>
    public int MaxCopy { get; init; }

    /// <summary>The most notes of a chord the partner plays at once, 1 to 8.</summary>
    public int Polyphony { get; init; } = 8;

    /// <summary>Whether the partner plays chords where the performer did.</summary>
    public bool Chords { get; init; } = true;

    /// <summary>How much of the call returns in an answer, 0 to 1; .5: as much as in the repertoire.</summary>
    public double Motif { get; init; } = .5;

    /// <summary>How strictly an answer is led to its ending, 0 to 1.</summary>
    public double Cadence { get; init; } = 1;

    /// <summary>Which quantum chain chooses.</summary>
    public string Chain { get; init; } = "council";

    /// <summary>For <c>grover</c>: how far the balance moves towards the notes played lately, 0 to 1.</summary>
    public double Focus { get; init; } = .6;

    /// <summary>For <c>walk</c>: coherent steps between two measurements, 2 to 64; 2 is the plain Markov chain.</summary>
    public int Steps { get; init; } = 4;

    /// <summary>1: what was learned interferes; 0: the chain is its classical self.</summary>
    public double Coherence { get; init; } = 1;

    /// <summary>For <c>council</c>: how far one half of the members is turned against the other, 0 to 1.</summary>
    public double Phase { get; init; }

    /// <summary>For <c>council</c>: how far members are moved towards the unlikely, 0 to 1.</summary>
    public double Novelty { get; init; }

    /// <summary>With shots of a device: whether the coins that accept or refuse a shot come from the device too. Default false: they are tossed here.</summary>
    public bool Pure { get; init; }

    /// <summary>Candidates less likely than this share of the likeliest are left out.</summary>
    public double Tail { get; init; } = .03;

    /// <summary>Root of the scale the partner keeps to, as in <see cref="Music.Scale.Roots"/>; <c>follow</c>: it follows the key.</summary>
    public string Root { get; init; } = FollowsKey;

    /// <summary>That scale's name, as in <see cref="Music.Scale.Known"/>.</summary>
    public string ScaleName { get; init; } = "major";

    /// <summary>How much pitches outside the key are damped.</summary>
    public double KeyLock { get; init; } = .9;

    /// <summary>The widest step in semitones.</summary>
    public int Leap { get; init; } = 9;

    /// <summary><c>builtin</c> or <c>fluid</c>.</summary>
    public string Synth { get; init; } = "builtin";

    /// <summary>SoundFont file for <c>fluid</c>; empty: the first one found in the usual places.</summary>
    public string SoundFont { get; init; } = "";

    /// <summary>General MIDI program, 1 to 128.</summary>
    public int Program { get; init; } = 5;

    /// <summary>Bank, 0 to 16383.</summary>
    public int Bank { get; init; }

    /// <summary>Level of the sound, 0 to 2.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>How performer and partner share the music.</summary>
    public WayRules Way { get; init; } = WayRules.Default;

    /// <summary>The second of the partner's voices; default none.</summary>
    public VoiceRules Voice2 { get; init; } = VoiceRules.Off;

    /// <summary>The third.</summary>
    public VoiceRules Voice3 { get; init; } = VoiceRules.Off;

    /// <summary>The fourth.</summary>
    public VoiceRules Voice4 { get; init; } = VoiceRules.Off;

    /// <summary>What is said about voice <paramref name="number"/>, 2 to <see cref="VoiceRules.Most"/>.</summary>
    public VoiceRules Voice(int number) => number switch { 2 => Voice2, 3 => Voice3, _ => Voice4 };

    /// <summary>This with voice <paramref name="number"/>, 2 to <see cref="VoiceRules.Most"/>, as <paramref name="rules"/> say.</summary>
    public Preset WithVoice(int number, VoiceRules rules) => number switch { 2 => this with { Voice2 = rules }, 3 => this with { Voice3 = rules }, _ => this with { Voice4 = rules } };

    /// <summary>
    /// How voice <paramref name="number"/> plays, 2 to <see cref="VoiceRules.Most"/>: by the preset it names, or this one, with what <see cref="VoiceRules"/> has of its own. Without a preset of its own it plays no chords and in its own register; swing, quantise and scale are everybody's.
    /// </summary>
    public Preset PlayedBy(int number)
    {
        var rules = Voice(number);
        var like = rules.Plays ?? this with { Chords = false, Octave = 0 };
        return like with { Channel = Math.Max(1, rules.Channel), Low = rules.Low, High = rules.High, Density = rules.Density, Loudness = rules.Loudness, Swing = Swing, Quantise = Quantise, Root = Root, ScaleName = ScaleName };
    }

    /// <summary>Whether <paramref name="message"/> is for the partner: of its channel, and no key outside its part of the keyboard. A key that comes up always is, and whatever has no channel.</summary>
    public bool Hears(ShortMessage message)
    {
        if (IsChord(message)) return false;
        if (message.Status is < 0x80 or >= 0xF0 || message.IsNoteOff) return true;
        return (HeardChannel == 0 || message.Channel == HeardChannel - 1) && (!message.IsNoteOn || (message.Data1 >= HeardLow.Number && message.Data1 <= HeardHigh.Number));
    }

    /// <summary>The scale the partner keeps to; null: the key's.</summary>
    public Scale? Scale => Root == FollowsKey ? null : Music.Scale.Named(Root, ScaleName);

    /// <summary>Whether <paramref name="message"/> comes from the hand that holds the chords.</summary>
    public bool IsChord(ShortMessage message) => ChordChannel > 0 && message.Status is >= 0x80 and < 0xF0 && message.Channel == ChordChannel - 1;

    /// <summary>What this says about the shape of answers.</summary>
    public PlanningRules Rules => new(LeastBars, MostBars, Low.Number, High.Number, Octave, Variation, Loudness, Motif, Cadence) { Scale = Scale, Density = Density, Dynamics = Dynamics, Swing = Swing, Quantise = Quantise, Responsiveness = Responsiveness };
}
