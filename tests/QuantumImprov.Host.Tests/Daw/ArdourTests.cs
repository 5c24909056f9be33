using System.Text.RegularExpressions;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Tests.Files;
using QuantumImprov.Host.Tests.Live;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Daw;

/// <summary>
/// A real DAW without a screen beside the program: a track of it plays a call into the program's port, another one records what the partner answers. What the partner sent, and at which frame, a
/// listener on the same port knows.
/// </summary>
[Collection("JACK")]
public sealed class ArdourTests(JackHouse house)
{
    // The call's first beat in the song.
    private const int First = 2;

    // In quarters. What somebody plays along Ardour puts two periods earlier, as if he had heard the song that late; what its own song has called forth it puts where it came, but for the period that its clock
    // tells its start late or early. The rest is for the edges of periods.
    private const double Period = LiveRig.Period / (double)Ardour.Quarter, PlayedAlong = 2.5 * Period, CalledForth = 1.5 * Period;

    private static readonly int[] Phrase = [60, 62, 64, 65, 67, 65, 64, 62];

    [Fact]
    public void A_song_that_goes_with_JACKs_transport_is_played_to_and_its_track_has_the_answer() => Play(rig =>
    {
        using var session = new Session(rig, house.Server, shared: true);
        session.RecordACall();
        session.RecordItsAnswer();
        session.StopAnAnswer();
        session.End();
    });

    [Fact]
    public void Where_no_transport_is_shared_Ardours_clock_leads_the_partner() => Play(rig =>
    {
        using var session = new Session(rig, house.Server, shared: false);
        session.RecordACall();
        rig.Giver.Connect("ardour:MIDI Clock out", $"{rig.Name}:in");
        session.RecordItsAnswer();
        session.StopAnAnswer();
        session.End();
    });

    private void Play(Action<LiveRig> test)
    {
        Parts.Need(Ardour.IsThere, "Ardour is not installed: install the package ardour.");
        LiveRig.Play(house.Server, test);
    }

    private sealed class Session : IDisposable
    {
        private readonly LiveRig _rig;
        private readonly bool _shared;
        private readonly JackPeer _musician, _metronome;
        private readonly Ardour _ardour;

        internal Session(LiveRig rig, JackServer server, bool shared)
        {
            (_rig, _shared) = (rig, shared);
            (_musician, _metronome) = (new JackPeer("musician", server.Name), new JackPeer("metronome", server.Name));
            _ardour = Ardour.Open(server, rig.Scratch.Path, rig.Scratch["song"]);
            _ardour.Do("add('call')");
            _ardour.Do("add('take')");
            _musician.Connect("musician:to", "ardour:call/midi_in 1");
            _musician.Connect("ardour:MIDI Clock out", "metronome:from");
        }

        // Where the song began, by the last start of the clock or by the transport.
        private uint ClockStart => _metronome.Came.Last(m => m.Message.Status == 0xFA).Frame;

        private uint SongStart => _shared ? _rig.Listener.SongStart : ClockStart;

        // A musician plays it onto its track, a note on each half of four beats.
        internal void RecordACall()
        {
            _ardour.Do("share(false)");
            _ardour.Do("arm('call', true)");
            _ardour.Do("roll()");
            Wait.Until(() => _metronome.CameCount > 0, "Ardour's clock");
            var start = ClockStart + First * Ardour.Quarter;
            for (var i = 0; i < Phrase.Length; i++)
            {
                var at = start + (uint)(i * Ardour.Quarter / 2);
                _musician.Send(at, ShortMessage.NoteOn(0, Phrase[i], 80));
                _musician.Send(at + Ardour.Quarter * 4 / 10, ShortMessage.NoteOff(0, Phrase[i]));
            }

            _musician.WaitForFrame(start + 4 * Ardour.Quarter);
            var notes = Notes(_ardour.StopAfterRecording("call"));
            Assert.Equal(Phrase, notes.Select(n => n.Pitch));
            for (var i = 0; i < Phrase.Length; i++) Assert.Equal(First + i / 2.0, notes[i].Quarter, PlayedAlong);
            _ardour.Do("arm('call', false)");
            _rig.Giver.Connect("ardour:call/midi_out 1", $"{_rig.Name}:in");
            _rig.Giver.Connect($"{_rig.Name}:out", "ardour:take/midi_in 1");
        }

        internal void RecordItsAnswer()
        {
            _ardour.Do("arm('take', true)");
            Play();
            var start = SongStart;
            if (_shared) _ardour.Do("share(false)");
            var taken = Notes(_ardour.StopAfterRecording("take"));
            var sent = _rig.Listener.Came.Where(m => m.Message.IsNoteOn).Select(m => (Quarter: (int)(m.Frame - start) / (double)Ardour.Quarter, Pitch: (int)m.Message.Data1)).ToList();
            // Where the song runs on beside JACK's transport the partner may send another note before that stops too.
            Assert.InRange(taken.Count, 3, sent.Count);
            Assert.Equal(sent.Take(taken.Count).Select(n => n.Pitch), taken.Select(n => n.Pitch));
            for (var i = 0; i < taken.Count; i++) Assert.Equal(sent[i].Quarter, taken[i].Quarter, CalledForth);
            // But for its first note, which may come late, an answer stands on sixteenths, here those of the song; within 2 ms.
            Assert.All(sent.Skip(1), n => Assert.Equal(Math.Round(n.Quarter * 4) / 4, n.Quarter, .004));
            Assert.True(sent[0].Quarter > First + 3.5, $"The answer begins at {sent[0].Quarter} quarters, before the call is over.");
            _ardour.Do("arm('take', false)");
        }

        // Long before its answer was to end the partner is silent, because the song is.
        internal void StopAnAnswer()
        {
            if (_shared) _ardour.Do("share(true)");
            _ardour.Do("stop()");
            _rig.WaitForEnd();
            Play();
            var asked = _rig.Listener.Now;
            _ardour.Do("stop()");
            var stopped = _rig.Listener.Now;
            _rig.Listener.WaitForFrame(stopped + 2 * Ardour.Quarter);
            Assert.Empty(_rig.Sounding);
            Assert.DoesNotContain(_rig.Listener.Came, m => (int)(m.Frame - stopped) > 0);
        }

        // Both end in order, and the recording has what Ardour played.
        internal void End()
        {
            _rig.Run.Signal(ProgramRun.Terminate);
            var outcome = _rig.Run.End();
            Assert.Equal((0, ""), (outcome.Code, outcome.Error));
            var recording = Calls.Read(Regex.Match(outcome.Output, @"Recorded: (\S+\.mid)\.").Groups[1].Value);
            Assert.Equal(Phrase.Concat(Phrase), Calls.Notes(recording, 0).Select(n => n.Pitch));
            Assert.Equal(_rig.Listener.Came.Where(m => m.Message.IsNoteOn).Select(m => (int)m.Message.Data1), Calls.Notes(recording, 1).Select(n => n.Pitch));
            Assert.Equal(0, _ardour.End());
        }

        public void Dispose()
        {
            _ardour.Dispose();
            _musician.Dispose();
            _metronome.Dispose();
        }

        // From the beginning, until the partner is in the midst of its answer.
        private void Play()
        {
            if (_shared) _ardour.Do("share(true)");
            _ardour.Do("back()");
            var before = _rig.Listener.CameCount;
            _ardour.Do("roll()");
            _rig.WaitForAnswer(before);
            Wait.Until(() => _rig.Listener.Came.Skip(before).Count(m => m.Message.IsNoteOn) > 2 && _rig.Sounding.Count > 0, () => $"an answer that goes on: {string.Join(", ", _rig.Listener.Came)}");
        }

        // In quarters of the song.
        private static IReadOnlyList<(double Quarter, int Pitch)> Notes((long First, string File) region) =>
            [.. Calls.Notes(Calls.Read(region.File), 0).Select(n => (n.Quarter + region.First / (double)Ardour.Quarter, n.Pitch))];
    }
}
