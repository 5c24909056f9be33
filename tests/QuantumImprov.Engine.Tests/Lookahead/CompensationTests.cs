using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Session;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Lookahead;

/// <summary>An output that sounds late is played to early.</summary>
public class CompensationTests
{
    private const int Soft = 10, Loud = 110, SoftMs = 100, LoudMs = 20;

    private readonly Player _player = new();
    private readonly PartnerRecording _sink = new();
    private readonly PlanAhead _ahead;
    private readonly Timeline _timeline = default;

    public CompensationTests() => _ahead = new PlanAhead(_player) { Latency = LatencyTable.TryMake(LoudMs, [new(Soft, SoftMs - LoudMs), new(Loud, 0)], out _)! };

    [Fact]
    public void Notes_and_their_ends_leave_earlier_by_what_the_output_waits()
    {
        Begin((4, .5, 60, Loud), (5, 1, 62, Soft));
        PlayOut();
        Assert.Equal(
            [
                new TimedMessage(At(2_000 - LoudMs), ShortMessage.NoteOn(0, 60, Loud)), new(At(2_250 - LoudMs), ShortMessage.NoteOff(0, 60)),
                new(At(2_500 - SoftMs), ShortMessage.NoteOn(0, 62, Soft)), new(At(3_000 - SoftMs), ShortMessage.NoteOff(0, 62)),
            ],
            _sink.Messages);
    }

    [Fact]
    public void A_note_is_handed_over_a_quarter_of_a_second_before_even_the_softest_would_leave()
    {
        Begin((4, 1, 60, Loud), (5, 1, 62, Soft));
        Assert.Equal(At(2_000 - SoftMs - 250), _ahead.Due(_timeline));
        _ahead.Turn(At(2_000 - SoftMs - 250).Plus(-1), _timeline);
        Assert.Equal((0, 2), (_player.Pending, _ahead.Waiting.Length));
        _ahead.Turn(At(2_000 - SoftMs - 250), _timeline);
        Assert.Equal((1, 1), (_player.Pending, _ahead.Waiting.Length));
        Assert.Equal(At(2_500 - SoftMs - 250), _ahead.Due(_timeline));
    }

    [Fact]
    public void A_softer_note_that_comes_after_a_louder_one_leaves_before_it()
    {
        // 62.5 ms apart, and the softer one waits 80 ms longer.
        Begin((4, 1, 60, Loud), (4.125, 1, 62, Soft), (4.25, 1, 64, Loud));
        var handed = new List<(HostTime, int)>();
        _ahead.Handed += (on, note) => handed.Add((on, note.Pitch));
        PlayOut();
        Assert.Equal([(At(2_000), 60), (At(2_000).Plus(62_500_000), 62), (At(2_125), 64)], handed);
        Assert.Equal([(At(2_000).Plus(62_500_000 - SoftMs * 1_000_000L), 62), (At(2_000 - LoudMs), 60), (At(2_125 - LoudMs), 64)], NoteOns());
        Assert.Equal(0, _player.Late);
    }

    [Fact]
    public void What_should_have_left_before_it_was_decided_leaves_as_soon_as_it_can_and_the_rest_is_on_its_beat()
    {
        var decided = At(1_950);
        _ahead.Begin(Beats.Of(8), decided);
        Add((4, 1, 60, Soft), (4.25, .125, 62, Loud), (5, 1, 64, Soft));
        Assert.Equal(decided.Plus(PlanAhead.SoonestStart + SoftMs * 1_000_000L), _ahead.FirstSound(_timeline));
        Assert.True(_ahead.Due(_timeline) <= decided);
        _ahead.Turn(decided, _timeline);
        PlayOut();
        Assert.Equal([(decided.Plus(PlanAhead.SoonestStart), 60), (At(2_125 - LoudMs), 62), (At(2_500 - SoftMs), 64)], NoteOns());
        // It ends where it would have, as far as the output lets it.
        Assert.Contains(new TimedMessage(At(2_500 - SoftMs), ShortMessage.NoteOff(0, 60)), _sink.Messages);
    }

    [Fact]
    public void No_note_leaves_before_the_time_at_which_its_beat_was_moved()
    {
        Begin((4, 1, 60, Soft), (6, 1, 62, Soft));
        // At 1.5 s a song jumps: the first note is to sound at 1.5625 s.
        var jumped = new Timeline(Tempo.FromBpm(240), default, Beats.FromQuarters(3.75), At(1_500));
        Assert.True(_ahead.Due(jumped) <= At(1_500));
        _ahead.Turn(At(1_500), jumped);
        _ahead.Turn(At(2_000), jumped);
        _player.Turn(At(1_494), At(9_000), _sink);
        Assert.Equal([(At(1_500), 60), (At(2_062 - SoftMs).Plus(500_000), 62)], NoteOns());
        Assert.Equal(0, _player.Late);
    }

    [Fact]
    public void A_clock_that_corrects_the_beat_does_not_take_back_what_has_begun_to_sound()
    {
        Begin((4, 1, 60, Soft), (6, 1, 62, Soft));
        _ahead.Turn(At(1_700), _timeline);
        var corrected = _timeline.WithTempo(Tempo.FromBpm(121), At(2_100));
        Assert.True(_ahead.FirstSound(corrected) <= At(2_100));
        _ahead.Interrupt(At(2_110), corrected);
        Assert.Equal([62], _ahead.Unplayed.ToArray().Select(n => (int)n.Pitch));
    }

    [Fact]
    public void An_answer_is_interrupted_by_what_sounds_and_not_by_what_has_only_left()
    {
        Begin((4, 1, 60, Soft), (5, 1, 62, Soft), (6, 1, 64, Soft));
        _ahead.Turn(At(2_250), _timeline);
        Assert.Equal(At(2_000), _ahead.FirstSound(_timeline));
        // The second note has left at 2.4 s and sounds at 2.5 s.
        _ahead.Interrupt(At(2_450), _timeline);
        Assert.Equal([62, 64], _ahead.Unplayed.ToArray().Select(n => (int)n.Pitch));
    }

    [Fact]
    public void Handing_over_allocates_nothing()
    {
        var heard = 0;
        _ahead.Handed += (_, _) => heard++;
        Assert.Equal(0, Allocated.By(() =>
        {
            _ahead.Begin(Beats.Of(8), default);
            for (var i = 0; i < 16; i++) _ahead.Add(new AheadNote(Beats.Of(i, 4), Beats.Of(i + 1, 4), 60, (byte)(1 + i * 8), 1));
            _ahead.Turn(At(9_000), _timeline);
        }));
        Assert.True(heard >= 32);
    }

    private void PlayOut()
    {
        for (var now = At(0); now < At(9_000); now = now.Plus(5_000_000))
        {
            _ahead.Turn(now, _timeline);
            _player.Turn(now, now.Plus(5_000_000), _sink);
        }
    }

    private IEnumerable<(HostTime, int)> NoteOns() => _sink.Messages.Where(m => m.Message.IsNoteOn).Select(m => (m.At, (int)m.Message.Data1));

    private void Begin(params (double On, double Length, int Pitch, int Velocity)[] notes)
    {
        _ahead.Begin(Beats.Of(16), default);
        Add(notes);
    }

    private void Add(params (double On, double Length, int Pitch, int Velocity)[] notes)
    {
        foreach (var (on, length, pitch, velocity) in notes) _ahead.Add(new AheadNote(Beats.FromQuarters(on), Beats.FromQuarters(on + length), (byte)pitch, (byte)velocity, 1));
    }

    private static HostTime At(long milliseconds) => new(milliseconds * 1_000_000);
}
