using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Host.Live;

/// <summary>Writes a session's journal: whatever it starts from, is told and sends, each at the session's own time, so that it can be played again. Without a journal it writes nothing. [engine]</summary>
public sealed class SessionScribe
{
    private readonly ImprovSession _session;
    private readonly SessionJournal? _journal;
    private readonly ConditionalWeakTable<ShotStock, RecordedLaw> _laws = [];
    private long _lawsTold;

    /// <summary>Writes of <paramref name="session"/> into <paramref name="journal"/> from now on.</summary>
    public SessionScribe(ImprovSession session, SessionJournal? journal)
    {
        (_session, _journal) = (session, journal);
        if (journal is null) return;
        session.CarriedOut += Command;
        session.Handed += Note;
        session.Deposited += Deposit;
        if (session.Bank is { } bank) bank.Observer = Choice;
        session.SongKept += (at, hushes, follows) => journal.Write(JournalEntry.SongAt(at, hushes, follows));
        session.Pipeline.Exchanged += at => journal.Write(JournalEntry.ExchangeAt(at));
        session.Pipeline.TimelineChanged += timeline => journal.Write(JournalEntry.TimelineFrom(timeline.TimeOrigin, timeline));
    }

    /// <summary>The first lines of the journal of a session that starts from <paramref name="setup"/>.</summary>
    /// <param name="setup">What it starts from.</param>
    /// <param name="presetText">The preset's text.</param>
    /// <param name="known">What was known when it began; null: what a fresh install knows.</param>
    /// <param name="clockOrigin">What the journal counts its times from.</param>
    public static JournalHeader Begin(SessionSetup setup, string presetText, RepertoireContent? known, HostTime clockOrigin) => new()
    {
        ProductVersion = Product.Version,
        Seed = setup.Seed,
        PresetName = setup.Preset.Name,
        PresetText = presetText,
        ClockOrigin = clockOrigin,
        Timeline = new Timeline(setup.Tempo ?? default, setup.Metre, Beats.Zero, setup.Start),
        Given = Given(setup, known),
    };

    /// <summary>The session was told <paramref name="message"/>, which was played at <paramref name="played"/>.</summary>
    public void Hear(in TimedMessage message, HostTime played) => _journal?.Write(JournalEntry.FromPerformer(message, played));

    /// <summary>The partner sent <paramref name="message"/>.</summary>
    public void Send(in TimedMessage message) => _journal?.Write(JournalEntry.FromPartner(message));

    private static ImmutableArray<JournalGiven> Given(SessionSetup setup, RepertoireContent? known)
    {
        var given = ImmutableArray.CreateBuilder<JournalGiven>();
        given.Add(new JournalGiven(SessionGiven.Build, Product.Build));
        given.Add(new JournalGiven(SessionGiven.Tempo, setup.Tempo is null ? SessionGiven.Found : SessionGiven.Stated));
        if (setup.Latency.Longest > 0) given.Add(new JournalGiven(SessionGiven.Latency, SessionGiven.Write(setup.Latency)));
        if (setup.Chart is { } chart) given.Add(new JournalGiven(SessionGiven.Chart, SessionGiven.Write(chart)));
        if (setup.Banked is not null) given.Add(new JournalGiven(SessionGiven.Device, SessionGiven.Shots));
        given.Add(new JournalGiven(SessionGiven.Repertoire, known is null ? SessionGiven.Shipped : JournalContent.Pack(known)));
        return given.ToImmutable();
    }

    // At the session's own time, so that the same command given again then does the same.
    private void Command(SessionCommand command)
    {
        if (command.Content is { } content) _journal?.WriteContent(command.At, content);
        var (name, value) = (command.Kind.ToString().ToLowerInvariant(), command.Value.ToString(CultureInfo.InvariantCulture));
        if (command.Name is { } what) _journal?.WriteCommand(command.At, name, value, what);
        else _journal?.WriteCommand(command.At, name, value);
    }

    private void Note(HostTime at, AheadNote note) => _journal?.WriteRemark(_session.Pipeline.Ahead.LeavesAt(at, note), "note " + note.Origin.InWords(_session.WallAt(at)));

    // What the session cannot work out again: which shots served the choice, what they read, their law when it is another than was told, and the devices' coins. Made into words by the journal's own thread.
    private void Choice(long number, ShotStock? stock, ReadOnlySpan<double> law, ReadOnlySpan<sbyte> symbols, ReadOnlySpan<bool> coins)
    {
        var at = _session.Pipeline.Ahead.Decided;
        if (stock is null)
        {
            _journal?.WriteDraw(at, new RecordedDraw(number, null, [], default));
            return;
        }

        if (!_laws.TryGetValue(stock, out var told) || !law.SequenceEqual(told.Law.AsSpan()))
        {
            told = new RecordedLaw(++_lawsTold, stock.Vendor, stock.Device, stock.Spec.Class, stock.Spec.Labels, [.. law]);
            _laws.AddOrUpdate(stock, told);
            _journal?.WriteLaw(at, told);
        }

        _journal?.WriteDraw(at, new RecordedDraw(number, told, [.. symbols], _session.Bank!.Coins.IsPure ? [.. coins] : default));
    }

    private void Deposit(HostTime at, ShotBatch batch) =>
        _journal?.WriteCommand(at, SessionGiven.Bank, batch.Vendor, batch.Device, batch.Job, batch.Circuit.ToString(CultureInfo.InvariantCulture), batch.Spec.Fingerprint, batch.Left.ToString(CultureInfo.InvariantCulture));
}
