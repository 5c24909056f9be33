using System.Numerics;

namespace QuantumImprov.Quantum.Noise;

/// <summary>The Pauli matrices by number, 0 to 3 for I, X, Y, Z, and their products; in a product's number two bits belong to each qubit, the lowest to qubit 0.</summary>
internal static class Paulis
{
    internal static Complex[,] Of(int number) => number switch
    {
        0 => new Complex[,] { { 1, 0 }, { 0, 1 } },
        1 => new Complex[,] { { 0, 1 }, { 1, 0 } },
        2 => new Complex[,] { { 0, -Complex.ImaginaryOne }, { Complex.ImaginaryOne, 0 } },
        _ => new Complex[,] { { 1, 0 }, { 0, -1 } },
    };

    /// <summary>One entry of a product; each row has exactly one that is not 0.</summary>
    internal static Complex Entry(int product, int qubits, int row, int column)
    {
        Complex entry = 1;
        for (var q = 0; q < qubits; q++) entry *= Of(product >> (2 * q) & 3)[row >> q & 1, column >> q & 1];
        return entry;
    }

    internal static Complex[,] Product(int product, int qubits)
    {
        var size = 1 << qubits;
        var matrix = new Complex[size, size];
        for (var r = 0; r < size; r++)
        {
            for (var c = 0; c < size; c++) matrix[r, c] = Entry(product, qubits, r, c);
        }

        return matrix;
    }
}
