using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

public sealed class CalibrationNotesTests
{
    private const int Rate = 48000, Window = Rate * 3 / 10;
    private readonly CalibrationNotes _notes = new(70, Rate, 1_000_000, 3);

    [Fact]
    public void Every_velocity_gets_its_share_of_the_notes() =>
        Assert.All(CalibrationNotes.Velocities, velocity => Assert.Equal(10, Enumerable.Range(0, _notes.Count).Count(i => CalibrationNotes.Velocity(i) == velocity)));

    [Fact]
    public void A_note_is_over_and_its_echo_waited_for_before_the_next_begins()
    {
        for (var i = 0; i < _notes.Count - 1; i++)
        {
            Assert.InRange(_notes.Off(i) - _notes.On(i), 1, Window);
            Assert.True(_notes.On(i) + Window < _notes.On(i + 1));
        }

        Assert.Equal(_notes.On(69) + Window, _notes.End);
    }

    [Fact]
    public void An_echo_belongs_to_the_note_before_it_when_it_comes_in_time()
    {
        for (var i = 0; i < _notes.Count; i++)
        {
            Assert.Equal(i, _notes.EchoOf(_notes.On(i), CalibrationNotes.Pitch(i)));
            Assert.Equal(i, _notes.EchoOf(_notes.On(i) + Window, CalibrationNotes.Pitch(i)));
            Assert.Equal(-1, _notes.EchoOf(_notes.On(i) + Window + 1, CalibrationNotes.Pitch(i)));
            // A drum's sensor answers with a key of its own.
            Assert.Equal(i, _notes.EchoOf(_notes.On(i) + 100, 38));
        }

        Assert.Equal(-1, _notes.EchoOf(_notes.On(0) - 1, CalibrationNotes.Pitch(0)));
    }

    [Fact]
    public void An_echo_that_comes_after_the_next_note_is_taken_for_no_others()
    {
        for (var i = 1; i < _notes.Count; i++) Assert.Equal(-1, _notes.EchoOf(_notes.On(i) + 480, CalibrationNotes.Pitch(i - 1)));
        for (var i = 3; i < _notes.Count; i++) Assert.Equal(-1, _notes.EchoOf(_notes.On(i) + 480, CalibrationNotes.Pitch(i - 3)));
    }
}
