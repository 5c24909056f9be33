namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>What a table of probabilities must be, said once.</summary>
internal static class Tables
{
    internal static void CheckRows(double[,] table, string name)
    {
        for (var i = 0; i < table.GetLength(0); i++)
        {
            double sum = 0;
            for (var j = 0; j < table.GetLength(1); j++)
            {
                if (!(table[i, j] >= 0)) throw new ArgumentException($"Entry ({i}, {j}) of the {name} is {table[i, j]}; 0 to 1 are allowed.");
                sum += table[i, j];
            }

            if (!(Math.Abs(sum - 1) <= KrausSet.Tolerance)) throw new ArgumentException($"Row {i} of the {name} sums to {sum}; 1 is needed.");
        }
    }
}
