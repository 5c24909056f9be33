using QRCoder;

namespace QuantumImprov.Host.Terminal;

/// <summary>A text as a square that a phone's camera reads, drawn with half blocks.</summary>
public static class QrCode
{
    // Dark on light needs a light frame: on a dark terminal the code is drawn in light blocks, and its quiet zone too.
    private const int Quiet = 2;

    /// <summary>The lines of the square; <paramref name="text"/> may have some hundred letters.</summary>
    public static string Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        var (modules, size) = (code.ModuleMatrix, code.ModuleMatrix.Count);
        // The library frames the code with four modules; two are enough for cameras and fit a small terminal.
        var (first, end) = (4 - Quiet, size - 4 + Quiet);
        var lines = new List<string>();
        for (var y = first; y < end; y += 2)
        {
            lines.Add(string.Concat(Enumerable.Range(first, end - first).Select(x => (Light(x, y), Light(x, y + 1)) switch
            {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                _ => ' ',
            })));
        }

        return string.Join(Environment.NewLine, lines);

        bool Light(int x, int y) => y >= end || !modules[y][x];
    }
}
