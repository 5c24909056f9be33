using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// The passes of a sweep: the first (<see cref="FirstPass{T, V, TTurning, TReading}"/>), then those that mix up to three higher qubits each, in place, first within pieces that stay in the nearest cache, then within stretches that stay in the next.
/// </summary>
internal static unsafe class SweepKernels<T, V, TRegister, VRegister, TTurning>
    where T : struct, IBlock<V>
    where V : unmanaged
    where TRegister : struct, IBlock<VRegister>
    where VRegister : unmanaged
    where TTurning : struct, ITurning
{
    private const int Piece = 128, Stretch = 8 * Piece;

    internal static void Run(BoundSweep* sweep, Amplitudes state)
    {
        double* re = state.OtherRe, im = state.OtherIm;
        var piece = Math.Min(Piece, sweep->Blocks);
        var left = TTurning.Turns ? sweep->Turned >> 3 : 0;
        var byFour = piece >= 4 && TRegister.Lanes == 8;
        if (byFour) left &= ~3;
        var inside = left & (piece - 1);
        var near = sweep->Blocks > Stretch ? left & ~inside & (Stretch - 1) : 0;
        double* sin = sweep->Sin + 3, cos = sweep->Cos + 3;
        for (var start = 0; start < sweep->Blocks; start += piece)
        {
            if (sweep->Read->TwoBlocks) First<FromTwoBlocks>(sweep, state, re, im, start, piece);
            else First<FromAnywhere>(sweep, state, re, im, start, piece);
            if (inside != 0)
            {
                MixKernels<TRegister, VRegister, TTurning>.Mix(re, start, start + piece, inside, sin, cos);
                MixKernels<TRegister, VRegister, TTurning>.Mix(im, start, start + piece, inside, sin, cos);
            }

            var done = start + piece;
            if (near == 0 || (done & (Stretch - 1)) != 0) continue;
            MixKernels<TRegister, VRegister, TTurning>.Mix(re, done - Stretch, done, near, sin, cos);
            MixKernels<TRegister, VRegister, TTurning>.Mix(im, done - Stretch, done, near, sin, cos);
        }

        var top = left & ~inside & ~near;
        if (top == 0) return;
        MixKernels<TRegister, VRegister, TTurning>.Mix(re, 0, sweep->Blocks, top, sin, cos);
        MixKernels<TRegister, VRegister, TTurning>.Mix(im, 0, sweep->Blocks, top, sin, cos);
    }

    private static void First<TReading>(BoundSweep* sweep, Amplitudes state, double* re, double* im, int start, int piece) where TReading : struct, IReadingOf
    {
        if (piece >= 4 && TRegister.Lanes == 8) FirstPass<T, V, TTurning, TReading>.Four(sweep, state.Re, state.Im, re, im, start, start + piece);
        else FirstPass<T, V, TTurning, TReading>.One(sweep, state.Re, state.Im, re, im, start, start + piece);
    }
}
