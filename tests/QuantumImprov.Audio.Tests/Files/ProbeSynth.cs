using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Tests.Files;

/// <summary>Marks the frame at which it gets a message by a sample of the message's velocity, and remembers what it got.</summary>
internal sealed class ProbeSynth(float hum = 0) : ISynth
{
    private float _next;

    public List<ShortMessage> Got { get; } = [];

    public int SampleRate => 48_000;

    public void Handle(ShortMessage message)
    {
        Got.Add(message);
        _next = message.Data2 / 127f;
    }

    public void Render(Span<float> left, Span<float> right)
    {
        left.Fill(hum);
        right.Fill(hum);
        left[0] += _next;
        _next = 0;
    }
}
