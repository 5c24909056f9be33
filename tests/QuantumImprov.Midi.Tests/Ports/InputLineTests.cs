using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Ports;
using Xunit;

namespace QuantumImprov.Midi.Tests.Ports;

public sealed class InputLineTests
{
    [Fact]
    public void Callbacks_from_many_threads_at_once_lose_nothing_and_times_do_not_go_back()
    {
        const int threads = 4, each = 2000;
        var line = new InputLine("keyboard", new QuantumImprov.Midi.Pacing.WallClock(TimeProvider.System), () => { });
        var workers = Enumerable.Range(0, threads).Select(t => new Thread(() =>
        {
            for (var i = 0; i < each; i++) line.Hear(new ShortMessage((byte)(0xB0 | t), (byte)(i % 60), (byte)(i / 60)));
        })).ToList();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        var heard = new List<TimedMessage>();
        while (line.Next != HostTime.Never) heard.Add(line.Take());
        Assert.Equal(threads * each, heard.Count);
        Assert.True(heard.Zip(heard.Skip(1)).All(pair => pair.First.At <= pair.Second.At));
        for (var t = 0; t < threads; t++)
            Assert.Equal(Enumerable.Range(0, each), heard.Where(m => m.Message.Channel == t).Select(m => m.Message.Data2 * 60 + m.Message.Data1));
        Assert.Equal(0, line.Lost);
    }

    [Fact]
    public void What_is_no_short_message_is_passed_over()
    {
        var line = new InputLine("keyboard", new QuantumImprov.Midi.Pacing.WallClock(TimeProvider.System), () => { });
        line.Hear(new ShortMessage(0xF0, 1, 2));
        Assert.Equal(HostTime.Never, line.Next);
    }
}
