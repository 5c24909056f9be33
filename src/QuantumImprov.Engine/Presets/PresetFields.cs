using System.Collections.Immutable;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Presets;

/// <summary>The preset format as one table: reading, checking, writing, the schema and the manual all come from it.</summary>
public static class PresetFields
{
    /// <summary>Every field, in the order a preset is written.</summary>
    public static ImmutableArray<PresetField> All { get; } =
    [
        Whole("version", 1, Preset.FormatVersion, "The version of this format.", p => Preset.FormatVersion, (p, _) => p) with { Required = true },
        Text("name", 1, "The name --preset takes.", p => p.Name, (p, v) => p with { Name = v }) with { Required = true },
        Text("about", 1, "One line on what it is for.", p => p.About, (p, v) => p with { About = v }) with { Required = true },
        Choice("way.kind", ["answer", "trade", "duet", "follow", "continue"], "How performer and partner share the music: each phrase is answered; turns of so many bars; both at once; a second voice with every key; or the partner goes on while the soft pedal is down.",
            p => p.Way.Way.ToString().ToLowerInvariant(), (p, v) => p with { Way = p.Way with { Way = Enum.Parse<WayOfPlaying>(v, ignoreCase: true) } }),
        Whole("way.bars", 1, 16, "For trade: bars of a turn.", p => p.Way.Bars, (p, v) => p with { Way = p.Way with { Bars = v } }),
        Choice("way.first", ["performer", "partner"], "For trade: who begins; the performer's first key asks for it.",
            p => p.Way.PartnerFirst ? "partner" : "performer", (p, v) => p with { Way = p.Way with { PartnerFirst = v == "partner" } }),
        Whole("way.countIn", 0, 2, "For trade where the partner begins: bars counted before its first turn, on channel 10.", p => p.Way.CountIn, (p, v) => p with { Way = p.Way with { CountIn = v } }),
        Whole("way.interval", -14, 14, "For follow: steps of the key between a key and its second voice; 0 doubles it.", p => p.Way.Interval, (p, v) => p with { Way = p.Way with { Interval = v } }),
        Choice("listening.melody", ["top", "bottom"], "Which note of a chord carries the melody.",
            p => p.Melody == MelodyVoice.Top ? "top" : "bottom", (p, v) => p with { Melody = v == "top" ? MelodyVoice.Top : MelodyVoice.Bottom }),
        Whole("listening.channel", 0, 16, "The MIDI channel the partner listens to; 0: all.", p => p.HeardChannel, (p, v) => p with { HeardChannel = v }),
        Whole("listening.chords", 0, 16, "The MIDI channel on which you, or a track, hold the chords that answers are played over; 0: none. What comes there is no melody.", p => p.ChordChannel, (p, v) => p with { ChordChannel = v }),
        Pitch("listening.low", "The lowest key the partner listens to: what lies below is yours alone.", p => p.HeardLow, (p, v) => p with { HeardLow = v }),
        Pitch("listening.high", "The highest key the partner listens to.", p => p.HeardHigh, (p, v) => p with { HeardHigh = v }),
        Number("listening.gapBeats", .25, 8, "Beats of silence that end a phrase while the tempo is known, kept between .25 and 1 second. A clear end needs less; the most that is waited for is this times 1.7 plus intention.patience.",
            p => p.Gap.Beats, (p, v) => p with { Gap = p.Gap with { Beats = v } }),
        Number("listening.gapSeconds", .1, 5, "The same in seconds while no tempo is known; the most is this times .75 plus intention.patience.",
            p => p.Gap.Seconds, (p, v) => p with { Gap = p.Gap with { Seconds = v } }),
        Whole("answer.leastBars", 1, 16, "The shortest answer.", p => p.LeastBars, (p, v) => p with { LeastBars = v }),
        Whole("answer.mostBars", 1, 16, "The longest answer.", p => p.MostBars, (p, v) => p with { MostBars = v }),
        Pitch("answer.low", "The lowest pitch the partner plays.", p => p.Low, (p, v) => p with { Low = v }),
        Pitch("answer.high", "The highest pitch; at least an octave above the lowest.", p => p.High, (p, v) => p with { High = v }),
        Whole("answer.octave", -3, 3, "Octaves above the performer's register.", p => p.Octave, (p, v) => p with { Octave = v }),
        Whole("answer.channel", 1, 16, "The MIDI channel the partner plays on.", p => p.Channel, (p, v) => p with { Channel = v }),
        Number("answer.loudness", .25, 2, "Velocity relative to the performer's.", p => p.Loudness, (p, v) => p with { Loudness = v }),
        Number("answer.dynamics", 0, 1, "How far the partner's loudness follows the performer's; at 0 it always plays mezzo-forte.", p => p.Dynamics, (p, v) => p with { Dynamics = v }),
        Number("answer.density", 0, 1, "How many notes an answer has: at .5 the rhythm of the call, at 0 little more than its strong beats, at 1 its long notes divided.", p => p.Density, (p, v) => p with { Density = v }),
        Number("answer.swing", 0, 1, "How far the second half of a beat is delayed; at 1 it comes at the last third, at 0 as it was played.", p => p.Swing, (p, v) => p with { Swing = v }),
        Number("answer.quantise", 0, 1, "How far notes are drawn to their place in the metre; at 0 they are as early or late as the performer's there.", p => p.Quantise, (p, v) => p with { Quantise = v }),
        Number("answer.variation", 0, 1, "How far the rhythm of a bar is borrowed: from other bars of the call and from what is known, rather than from the bar of the call that corresponds.", p => p.Variation, (p, v) => p with { Variation = v }),
        Number("answer.responsiveness", 0, 1, "How far answers go along when you build up or let go, in how dense and loud you play: at 0 not at all, at .5 in height and loudness, at 1 twice as far and in density too.", p => p.Responsiveness, (p, v) => p with { Responsiveness = v }),
        Number("answer.lookahead", 0, 1, "How far ahead of the music notes are chosen: at 1 the whole answer before it begins, below that 32 quarters and less, at 0 one, so that coherence, phase and novelty reach what is being played.", p => p.Lookahead, (p, v) => p with { Lookahead = v }),
        Whole("answer.maxCopy", 0, 64, "The most successive pitches that may repeat what was heard or loaded; 0: any number.", p => p.MaxCopy, (p, v) => p with { MaxCopy = v }),
        Whole("answer.polyphony", 1, 8, "The most notes of a chord the partner plays at once.", p => p.Polyphony, (p, v) => p with { Polyphony = v }),
        Choice("answer.chords", ["follow", "never"], "Whether the partner plays chords where the performer did.", p => p.Chords ? "follow" : "never", (p, v) => p with { Chords = v == "follow" }),
        Number("intention.motif", 0, 1, "How much of the call returns in the answer: 0 nothing is sought, .5 as much as phrases of the repertoire say again, 1 as much as possible.", p => p.Motif, (p, v) => p with { Motif = v }),
        Number("intention.cadence", 0, 1, "How strictly the answer is led to its ending; 0: it ends where it happens to.", p => p.Cadence, (p, v) => p with { Cadence = v }),
        Number("intention.patience", 0, 1, "How sure the partner must be that a phrase is over before it answers: 0 comes in soon and breaks in now and then, 1 waits for long silence.", p => p.Patience, (p, v) => p with { Patience = v }),
        Choice("chain.kind", ["council", "grover", "walk", "hidden"], "The quantum chain that chooses pitches: members that interfere, notes played lately amplified, a walk on the learned graph, or a memory of one qubit.", p => p.Chain, (p, v) => p with { Chain = v }),
        Number("chain.coherence", 0, 1, "1: what was learned interferes; 0: nothing does, and the chain is its classical self.",
            p => p.Coherence, (p, v) => p with { Coherence = v }),
        Number("chain.phase", 0, 1, "For council: how far one half of the members is turned against the other; at 1 they are opposite, and what all hold for likely is heard less. Equal turns change the law equally.",
            p => p.Phase, (p, v) => p with { Phase = v }),
        Number("chain.novelty", 0, 1, "For council: how far the unlikely is made likelier; equal turns change the law equally.", p => p.Novelty, (p, v) => p with { Novelty = v }),
        Choice("chain.coins", ["here", "pure"], "With shots of a device: whether the coins that accept or refuse a shot are tossed here, or come from further qubits of the same jobs, made fair.",
            p => p.Pure ? "pure" : "here", (p, v) => p with { Pure = v == "pure" }),
        Number("chain.focus", 0, 1, "For grover: how far the balance moves towards the pitch classes of the last 16 notes; at 1 nothing else comes.", p => p.Focus, (p, v) => p with { Focus = v }),
        Whole("chain.steps", 2, 64, "For walk: coherent steps between two measurements; 2 is the plain Markov chain.", p => p.Steps, (p, v) => p with { Steps = v }),
        Number("chain.tail", 0, .5, "Candidates less likely than this share of the likeliest are left out; 0 keeps all.", p => p.Tail, (p, v) => p with { Tail = v }),
        Choice("chain.root", [Preset.FollowsKey, .. Scale.Roots], "The root of a scale that the partner keeps to, whatever the key; follow: there is none but the key's.", p => p.Root, (p, v) => p with { Root = v }),
        Choice("chain.scale", [.. Scale.Known.Select(s => s.Name)], "The scale on that root.", p => p.ScaleName, (p, v) => p with { ScaleName = v }),
        Number("chain.keyLock", 0, 1, "How much pitches outside the key or scale are damped; 1 forbids them.", p => p.KeyLock, (p, v) => p with { KeyLock = v }),
        Whole("chain.leap", 1, 24, "The widest step between two notes in semitones; a third wider where a leap of yours returns.", p => p.Leap, (p, v) => p with { Leap = v }),
        Choice("sound.synth", ["builtin", "fluid"], "The built-in synth, or FluidSynth with a SoundFont.", p => p.Synth, (p, v) => p with { Synth = v }),
        Text("sound.soundFont", 0, "The SoundFont file; empty: the first one found in the usual places.", p => p.SoundFont, (p, v) => p with { SoundFont = v }),
        Whole("sound.program", 1, 128, "The General MIDI program.", p => p.Program, (p, v) => p with { Program = v }),
        Whole("sound.bank", 0, 16383, "The bank.", p => p.Bank, (p, v) => p with { Bank = v }),
        Number("sound.gain", 0, 2, "The level of the sound.", p => p.Gain, (p, v) => p with { Gain = v }),
        .. VoiceFields.Of(2),
        .. VoiceFields.Of(3),
        .. VoiceFields.Of(4),
    ];

    internal static PresetField Text(string path, int least, string help, Func<Preset, string> get, Func<Preset, string, Preset> set) =>
        new(path, PresetFieldKind.Text, least, 200, [], help, get, (p, v) => set(p, (string)v));

    private static PresetField Choice(string path, string[] choices, string help, Func<Preset, string> get, Func<Preset, string, Preset> set) =>
        new(path, PresetFieldKind.Choice, 0, 0, choices, help, get, (p, v) => set(p, (string)v));

    internal static PresetField Whole(string path, int least, int most, string help, Func<Preset, int> get, Func<Preset, int, Preset> set) =>
        new(path, PresetFieldKind.Whole, least, most, [], help, p => (double)get(p), (p, v) => set(p, (int)(double)v));

    internal static PresetField Number(string path, double least, double most, string help, Func<Preset, double> get, Func<Preset, double, Preset> set) =>
        new(path, PresetFieldKind.Number, least, most, [], help, p => get(p), (p, v) => set(p, (double)v));

    internal static PresetField Pitch(string path, string help, Func<Preset, Pitch> get, Func<Preset, Pitch, Preset> set) =>
        new(path, PresetFieldKind.Pitch, 0, 127, [], help, p => get(p).ToString(), (p, v) => set(p, Music.Pitch.TryParse((string)v, out var pitch) ? pitch : default));
}
