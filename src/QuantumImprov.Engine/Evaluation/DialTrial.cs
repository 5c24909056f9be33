using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Evaluation.Blends;

namespace QuantumImprov.Engine.Evaluation;

/// <summary>
/// Turns the dials of a trained council along melodies to be predicted, as the product would: calibrated on the contexts heard before, every fifth of them. [one thread]
/// </summary>
internal sealed class DialTrial
{
    // Contexts before which a calibration is not yet one.
    private const int Settled = 32;

    private readonly MemoryBlend _council;
    private readonly DialLaws _laws;
    private readonly DialCalibration _calibration;
    private readonly double[] _from, _to;
    private readonly double[][] _memories;
    private long _heard;

    internal DialTrial(MemoryBlend council, ReadOnlySpan<bool> phased, int candidates)
    {
        (_council, _laws, _calibration) = (council, new DialLaws(council.Amplitudes, phased, candidates), new DialCalibration(candidates));
        (_from, _to) = (new double[candidates], new double[candidates]);
        _memories = [.. DialTally.Coherences.Select(_ => new double[council.Amplitudes.Levels * council.Amplitudes.Levels])];
        Restart();
    }

    internal DialTally Tally { get; } = new();

    /// <summary>A new melody begins.</summary>
    internal void Restart()
    {
        foreach (var memory in _memories) _council.Amplitudes.Start(memory);
    }

    /// <summary>The note at index <paramref name="played"/> is about to be heard by the council.</summary>
    internal void Hear(MemberLaws laws, int played)
    {
        _laws.Take(laws, _council.Memory);
        if (_calibration.Novelty.Contexts >= Settled) Turn();
        if (_heard++ % CouncilChain.CalibratedEvery == 0) _calibration.Take(_laws);
        for (var i = 0; i < _memories.Length; i++)
        {
            _laws.Take(laws, _memories[i]);
            var turn = _calibration.Turn(DialSettings.Plain with { Coherence = DialTally.Coherences[i] });
            _laws.Write(turn, _to);
            Tally.Cost(i, -Math.Log2(Surely.Mixed(_to[played], _laws.Candidates)));
            _laws.Move(played, turn.Coherence, _memories[i]);
        }

        Tally.NextNote();
    }

    private void Turn()
    {
        _laws.Write(new LawTurn(1, 0, 0), _from);
        for (var step = 0; step <= DialTally.Steps; step++)
        {
            var at = step / (double)DialTally.Steps;
            Look(0, step, _calibration.Turn(new DialSettings(1 - at)), static turn => turn.Coherence);
            Look(1, step, _calibration.Turn(new DialSettings(1, Phase: at)), static turn => turn.Phase);
            Look(2, step, _calibration.Turn(new DialSettings(1, Novelty: at)), static turn => turn.Novelty);
        }

        Tally.NextContext();
    }

    private void Look(int dial, int step, LawTurn turn, Func<LawTurn, double> parameter)
    {
        _laws.Write(turn, _to);
        Tally.Turned(dial, step, DialLaws.Variation(_from, _to), parameter(turn));
    }
}
