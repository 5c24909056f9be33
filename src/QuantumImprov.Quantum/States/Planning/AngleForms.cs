using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// The linear forms of all slots, eight at a time: constants, then as many terms as the longest form of the eight has. A missing term takes angle 0 none times.
/// </summary>
internal sealed unsafe class AngleForms
{
    private readonly AlignedDoubles _constants, _shares;
    private readonly int[] _places, _ends;

    internal AngleForms(int slots, IEnumerable<(int Slot, double Value)> constants, IEnumerable<(int Slot, int Parameter, double Share)> entries)
    {
        _constants = new AlignedDoubles(Math.Max(8, slots));
        foreach (var (slot, value) in constants) _constants.Span[slot] += value;
        var places = new List<int>();
        var shares = new List<double>();
        _ends = GC.AllocateArray<int>(Math.Max(1, slots / 8), pinned: true);
        var bySlot = entries.ToLookup(e => e.Slot);
        for (var block = 0; block < slots / 8; block++)
        {
            var forms = Enumerable.Range(8 * block, 8).Select(slot => bySlot[slot].ToList()).ToList();
            for (var term = 0; term < forms.Max(f => f.Count); term++)
            {
                places.AddRange(forms.Select(f => term < f.Count ? f[term].Parameter : 0));
                shares.AddRange(forms.Select(f => term < f.Count ? f[term].Share : 0));
            }

            _ends[block] = places.Count;
        }

        _places = GC.AllocateArray<int>(Math.Max(1, places.Count), pinned: true);
        places.CopyTo(_places);
        _shares = new AlignedDoubles(Math.Max(8, shares.Count));
        shares.ToArray().CopyTo(_shares.Span);
    }

    internal double* Constants => _constants.At;

    internal double* Shares => _shares.At;

    internal int* Places => (int*)Unsafe.AsPointer(ref _places[0]);

    /// <summary>For each eight slots where their terms end.</summary>
    internal int* Ends => (int*)Unsafe.AsPointer(ref _ends[0]);
}
