using System.Net.Http.Headers;
using System.Text.Json;

namespace QuantumImprov.Qpu.Wire;

/// <summary>What came of a request: an answer, or none.</summary>
internal abstract record WireReply
{
    private WireReply()
    {
    }

    /// <summary>The server answered.</summary>
    internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, HttpResponseHeaders Headers) : WireReply
    {
        internal bool IsGood => Status is >= 200 and < 300;

        /// <summary>The body as JSON; null when it is none.</summary>
        internal JsonElement? Json()
        {
            try
            {
                using var document = JsonDocument.Parse(Body);
                return document.RootElement.Clone();
            }
            catch (JsonException)
            {
                return null;
            }
        }

        internal string Text => System.Text.Encoding.UTF8.GetString(Body.Span);
    }

    /// <summary>No answer came, or not a whole one.</summary>
    /// <param name="Why">As the end of a sentence.</param>
    /// <param name="MayHaveArrived">Whether the server may have got the request all the same.</param>
    internal sealed record Silence(string Why, bool MayHaveArrived) : WireReply;
}
