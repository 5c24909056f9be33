using System.Text.RegularExpressions;
using QuantumImprov.Engine.Music;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

/// <summary>
/// The program playing on a real JACK server at 240 quarters a minute, with a musician who plays into it and another who listens to it. Two, because one that is
/// cabled both ways makes a loop, and JACK breaks a loop by delaying one of its cables by a period.
/// </summary>
internal sealed class LiveRig : IDisposable
{
    /// <summary>
    /// Frames: of a period, a beat, and the longest silence that ends a phrase: 1.25 times a quarter of a second. The period is long, so that a virtual machine that stands still for some milliseconds
    /// makes no xrun: frames are as exact as in a short one, and what short ones ask of the callback is tested beside the client itself.
    /// </summary>
    public const int Period = 1024, Beat = 12000, Gap = 15000;

    private const int Attempts = 5;
    private const int Quiet = 60_000;

    private LiveRig(JackServer server, Scratch scratch, string[] more)
    {
        Scratch = scratch;
        Run = ProgramRun.Start(scratch, ["play", "--jack-server", server.Name, "--no-stage", "--seed", "3", "--tempo", "240", "--record", scratch["takes"], .. more]);
        Name = Regex.Match(Run.WaitForLine("JACK: "), "JACK: ([^:]+):in").Groups[1].Value;
        Run.WaitForLine("Play a phrase and pause");
        (Giver, Listener) = (new JackPeer("giver", server.Name), new JackPeer("listener", server.Name));
        Cable();
    }

    /// <summary>The program.</summary>
    public ProgramRun Run { get; }

    /// <summary>Its JACK client.</summary>
    public string Name { get; }

    /// <summary>Where it keeps its things; recordings are in "takes".</summary>
    public Scratch Scratch { get; }

    /// <summary>Who plays into it.</summary>
    public JackPeer Giver { get; private set; }

    /// <summary>Who listens to it.</summary>
    public JackPeer Listener { get; private set; }

    /// <summary>Xruns the server told of.</summary>
    public long Xruns => Math.Max(Giver.Xruns, Listener.Xruns);

    /// <summary>What is sounding on the listener's side.</summary>
    public IReadOnlySet<int> Sounding => SoundingOf(Listener.Came);

    /// <summary>
    /// Plays <paramref name="test"/> with a fresh session. A failure during which the server reported an xrun says nothing, because a period was lost: it is
    /// tried again, at most five times in all.
    /// </summary>
    public static void Play(JackServer server, Action<LiveRig> test, params string[] more) => Play(server, _ => { }, test, more);

    /// <summary>The same, with a data folder that <paramref name="before"/> prepares.</summary>
    public static void Play(JackServer server, Action<Scratch> before, Action<LiveRig> test, params string[] more)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var scratch = new Scratch();
            before(scratch);
            using var rig = new LiveRig(server, scratch, more);
            try
            {
                test(rig);
                return;
            }
            catch (Exception) when (attempt < Attempts && rig.Xruns > 0)
            {
                // Once more.
            }
            catch (Exception e) when (e is TimeoutException)
            {
                Assert.Fail($"{e.Message} {rig.Xruns} xruns. The program: {rig.Run.Output}{rig.Run.Error} It sent: {string.Join(", ", rig.Listener.Came)}");
            }
        }
    }

    /// <summary>Connects both musicians with the program.</summary>
    public void Cable()
    {
        Giver.Connect("giver:to", $"{Name}:in");
        Giver.Connect($"{Name}:out", "listener:from");
        Giver.Connect($"{Name}:left", "listener:hear");
    }

    /// <summary>Takes musicians of the same names that came after the first had gone, and waits until the program has found them by itself.</summary>
    public void TakePeers(JackServer server)
    {
        (Giver, Listener) = (new JackPeer("giver", server.Name), new JackPeer("listener", server.Name));
        WaitForCables();
    }

    /// <summary>Waits until both musicians are connected with the program as <see cref="Cable"/> does it.</summary>
    public void WaitForCables() => Wait.Until(
        () => Giver.IsConnected("giver:to", $"{Name}:in") && Giver.IsConnected($"{Name}:out", "listener:from") && Giver.IsConnected($"{Name}:left", "listener:hear"),
        "the program to connect itself with its musicians");

    /// <summary>The musicians leave; the program stays.</summary>
    public void DropPeers()
    {
        Giver.Dispose();
        Listener.Dispose();
    }

    /// <summary>A frame in the near future.</summary>
    public uint Soon(int milliseconds = 100) => Giver.Now + (uint)(48 * milliseconds);

    /// <summary>Plays one note a beat from <paramref name="start"/> on, each released shortly before the next; gives the frame of the last release.</summary>
    public uint PlayPhrase(uint start, params int[] pitches)
    {
        for (var i = 0; i < pitches.Length; i++)
        {
            Giver.Send(start + (uint)(i * Beat), ShortMessage.NoteOn(0, pitches[i], 80));
            Giver.Send(ReleaseOf(start, i), ShortMessage.NoteOff(0, pitches[i]));
        }

        return ReleaseOf(start, pitches.Length - 1);
    }

    /// <summary>When <see cref="PlayPhrase"/> releases its note <paramref name="index"/>.</summary>
    public static uint ReleaseOf(uint start, int index) => start + (uint)(index * Beat) + Beat * 9 / 10;

    /// <summary>Waits for the first note that comes after the <paramref name="before"/> messages that have come already; gives its frame.</summary>
    public uint WaitForAnswer(int before)
    {
        Wait.Until(() => Listener.Came.Skip(before).Any(m => m.Message.IsNoteOn), () => $"an answer after {before} messages");
        return Listener.Came.Skip(before).First(m => m.Message.IsNoteOn).Frame;
    }

    /// <summary>Waits until the answer that has begun is over: nothing sounds and nothing has come for more than a bar.</summary>
    public void WaitForEnd() =>
        Wait.Until(() => Listener.Came is var came && SoundingOf(came).Count == 0 && (came.Count == 0 || (int)(Listener.Now - came[^1].Frame) > Quiet), () => $"the end of {string.Join(", ", Listener.Came)}");

    /// <inheritdoc/>
    public void Dispose()
    {
        Run.Dispose();
        DropPeers();
    }

    private static HashSet<int> SoundingOf(IEnumerable<(uint Frame, ShortMessage Message)> came)
    {
        var sounding = new HashSet<int>();
        foreach (var (_, message) in came)
        {
            if (message.IsNoteOn) sounding.Add(message.Channel << 8 | message.Data1);
            else if (message.IsNoteOff) sounding.Remove(message.Channel << 8 | message.Data1);
        }

        return sounding;
    }
}
