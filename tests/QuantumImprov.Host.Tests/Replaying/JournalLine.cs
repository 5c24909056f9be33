using System.Text;
using QuantumImprov.Engine.Repertoire.Text;

namespace QuantumImprov.Host.Tests.Replaying;

/// <summary>A line of a journal taken apart, and put together again with its sum.</summary>
internal static class JournalLine
{
    internal static string[] Words(string line) => line.Length > 9 ? line[9..].Split(' ') : [""];

    internal static string Summed(string[] words)
    {
        var body = string.Join(' ', words);
        return $"{Crc32C.Of(Encoding.UTF8.GetBytes(body)):x8} {body}";
    }
}
