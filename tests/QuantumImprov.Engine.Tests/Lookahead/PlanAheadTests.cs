using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using Xunit;

namespace QuantumImprov.Engine.Tests.Lookahead;

public class PlanAheadTests
{
    private readonly Player _player = new();
    private readonly PartnerRecording _sink = new();
    private readonly PlanAhead _ahead;
    private readonly Timeline _timeline = default;

    public PlanAheadTests()
    {
        _ahead = new PlanAhead(_player);
        _ahead.SpeakAs(new Preset { Channel = 4 });
    }

    [Fact]
    public void A_note_goes_to_the_player_a_quarter_of_a_second_before_it_sounds()
    {
        Begin(Beats.Of(8), (4, 1, 60), (5, 1, 62));
        Assert.Equal(At(2_000 - 250), _ahead.Due(_timeline));
        _ahead.Turn(At(1_750).Plus(-1), _timeline);
        Assert.Equal((0, 2), (_player.Pending, _ahead.Waiting.Length));
        _ahead.Turn(At(1_750), _timeline);
        Assert.Equal((1, 1), (_player.Pending, _ahead.Waiting.Length));
        Assert.Equal(At(2_250), _ahead.Due(_timeline));
        Assert.Equal(At(2_000), _ahead.FirstSound(_timeline));
    }

    [Fact]
    public void Notes_keep_their_instants_their_channel_and_their_loudness()
    {
        Begin(Beats.Of(8), (4, .5, 60), (5, 1, 62));
        _ahead.Turn(At(2_500), _timeline);
        _player.Turn(default, At(9_000), _sink);
        Assert.Equal(
            [new TimedMessage(At(2_000), ShortMessage.NoteOn(3, 60, 70)), new(At(2_250), ShortMessage.NoteOff(3, 60)), new(At(2_500), ShortMessage.NoteOn(3, 62, 70)), new(At(3_000), ShortMessage.NoteOff(3, 62))],
            _sink.Messages);
    }

    [Fact]
    public void What_waits_moves_with_the_tempo()
    {
        Begin(Beats.Of(8), (4, 1, 60), (6, 1, 62));
        _ahead.Turn(At(1_750), _timeline);
        var slower = _timeline.WithTempo(Tempo.FromBpm(60), At(2_000));
        Assert.Equal(At(4_000 - 250), _ahead.Due(slower));
        _ahead.Turn(At(3_750), slower);
        _player.Turn(default, At(9_000), _sink);
        Assert.Equal([At(2_000), At(4_000)], _sink.Messages.Where(m => m.Message.IsNoteOn).Select(m => m.At));
    }

    [Fact]
    public void A_first_note_that_is_already_past_sounds_as_soon_as_it_can_and_the_rest_on_time()
    {
        _ahead.Begin(Beats.Of(8), At(2_030));
        _ahead.Add(new AheadNote(Beats.Of(4), Beats.Of(5), 60, 70, 1));
        _ahead.Add(new AheadNote(Beats.Of(5), Beats.Of(6), 62, 70, 1));
        _ahead.Turn(At(2_030), _timeline);
        _ahead.Turn(At(2_300), _timeline);
        _player.Turn(At(2_030), At(9_000), _sink);
        Assert.Equal([At(2_030).Plus(PlanAhead.SoonestStart), At(2_500)], _sink.Messages.Where(m => m.Message.IsNoteOn).Select(m => m.At));
    }

    [Fact]
    public void A_dropped_answer_is_silent_from_the_players_next_turn_on()
    {
        Begin(Beats.Of(8), (4, 4, 60), (5, 1, 62), (7, 1, 64));
        _ahead.Turn(At(2_300), _timeline);
        _player.Turn(default, At(2_100), _sink);
        _ahead.Drop();
        Assert.False(_ahead.IsActive);
        Assert.Equal(HostTime.Never, _ahead.Due(_timeline));
        _player.Turn(At(2_100), At(9_000), _sink);
        Assert.Equal([new TimedMessage(At(2_000), ShortMessage.NoteOn(3, 60, 70)), new(At(2_100), ShortMessage.NoteOff(3, 60))], _sink.Messages);
    }

    [Fact]
    public void What_an_interrupted_answer_had_still_to_say_is_kept_until_another_has_been_played()
    {
        Begin(Beats.Of(8), (4, 1, 60), (5, 1, 62), (6, 1, 64));
        _ahead.Turn(At(2_400), _timeline);
        _ahead.Interrupt(At(2_400), _timeline);
        Assert.False(_ahead.IsActive);
        Assert.Equal([62, 64], Unplayed());
        Begin(Beats.Of(16), (12, 1, 70));
        _ahead.Interrupt(At(5_000), _timeline);
        Assert.Equal([62, 64], Unplayed());
        Begin(Beats.Of(16), (12, 1, 70), (13, 1, 72));
        _ahead.Interrupt(At(6_100), _timeline);
        Assert.Equal([72], Unplayed());
        Begin(Beats.Of(24), (20, 1, 76));
        _ahead.Turn(At(12_000), _timeline);
        Assert.Empty(Unplayed());
    }

    [Fact]
    public void Silencing_everything_leaves_nothing_over()
    {
        Begin(Beats.Of(8), (4, 1, 60), (5, 1, 62));
        _ahead.Interrupt(At(2_100), _timeline);
        _ahead.Drop();
        Assert.Empty(Unplayed());
    }

    [Fact]
    public void An_anticipated_first_note_enters_early_and_ends_where_it_would_have()
    {
        Begin(Beats.Of(8), (4, 1, 60), (5, 1, 62));
        _ahead.Anticipate(Beats.Of(4), Beats.Of(7, 2));
        Assert.Equal([(Beats.Of(7, 2), Beats.Of(5)), (Beats.Of(5), Beats.Of(6))], _ahead.Notes.ToArray().Select(n => (n.On, n.Off)));
        Assert.Equal(At(1_750), _ahead.FirstSound(_timeline));
        Begin(Beats.Of(8), (4.5, 1, 60));
        _ahead.Anticipate(Beats.Of(4), Beats.Of(7, 2));
        Assert.Equal(Beats.Of(9, 2), _ahead.Notes[0].On);
    }

    [Fact]
    public void It_is_over_when_its_last_rest_is_and_not_before()
    {
        Begin(Beats.Of(8), (4, 1, 60));
        _ahead.Turn(At(1_750), _timeline);
        Assert.Equal(At(4_000), _ahead.Due(_timeline));
        _ahead.Turn(At(4_000).Plus(-1), _timeline);
        Assert.True(_ahead.IsActive);
        _ahead.Turn(At(4_000), _timeline);
        Assert.False(_ahead.IsActive);
    }

    private int[] Unplayed() => [.. _ahead.Unplayed.ToArray().Select(n => (int)n.Pitch)];

    private void Begin(Beats end, params (double On, double Length, int Pitch)[] notes)
    {
        _ahead.Begin(end, default);
        foreach (var (on, length, pitch) in notes) _ahead.Add(new AheadNote(Beats.FromQuarters(on), Beats.FromQuarters(on + length), (byte)pitch, 70, 1));
    }

    private static HostTime At(long milliseconds) => new(milliseconds * 1_000_000);
}
