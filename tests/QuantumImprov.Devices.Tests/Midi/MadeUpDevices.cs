using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Devices.Tests.Midi;

/// <summary>A system's MIDI service that exists nowhere: the double that stands in for the real ones. Messages are delivered by a thread of its own.</summary>
internal sealed class MadeUpDevices(MadeUpDevices.Service service) : IMidiDevices
{
    public string Name => "Made-up MIDI";

    public bool MakesPorts => service.MakesPorts;

    public event Action? Changed
    {
        add => service.Changed += value;
        remove => service.Changed -= value;
    }

    public IReadOnlyList<MidiPort> List() => [.. service.Cables().SelectMany(name => new[] { new MidiPort(name, PortDirection.In), new MidiPort(name, PortDirection.Out) })];

    public bool TryListen(string name, Action<ShortMessage> heard, [NotNullWhen(true)] out IDisposable? input, out string reason)
    {
        input = service.Has(name) && !service.IsTaken ? new Input(service, name, heard) : null;
        reason = input is not null ? "" : service.Has(name) ? $"{name} is held by another program." : $"{name} is not there.";
        return input is not null;
    }

    public bool TryPlay(string name, [NotNullWhen(true)] out IMidiOutput? output, out string reason)
    {
        output = service.Has(name) && !service.IsTaken ? new Output(service, name) : null;
        reason = output is not null ? "" : service.Has(name) ? $"{name} is held by another program." : $"{name} is not there.";
        return output is not null;
    }

    public bool TryMakeInput(string name, Action<ShortMessage> heard, [NotNullWhen(true)] out IDisposable? input, out string reason)
    {
        service.Plug(name);
        input = new Input(service, name, heard) { Made = true };
        reason = "";
        return true;
    }

    public bool TryMakeOutput(string name, [NotNullWhen(true)] out IMidiOutput? output, out string reason)
    {
        service.Plug(name);
        output = new Output(service, name) { Made = true };
        reason = "";
        return true;
    }

    public void Dispose()
    {
    }

    /// <summary>What all programs share: the cables, and the driver's thread.</summary>
    internal sealed class Service
    {
        private readonly Lock _gate = new();
        private readonly List<string> _cables = [];
        private readonly List<Input> _inputs = [];
        private readonly BlockingCollection<Action> _work = [];

        public Service() => new Thread(() =>
        {
            foreach (var work in _work.GetConsumingEnumerable()) work();
        })
        {
            IsBackground = true,
            Name = "driver",
        }.Start();

        public event Action? Changed;

        public bool MakesPorts { get; init; } = true;

        public bool IsTaken { get; set; }

        public List<string> Cables()
        {
            lock (_gate) return [.. _cables];
        }

        public bool Has(string name) => Cables().Contains(name);

        public void Plug(string name)
        {
            lock (_gate) _cables.Add(name);
            _work.Add(() => Changed?.Invoke());
        }

        public void Pull(string name)
        {
            lock (_gate)
            {
                _cables.Remove(name);
                _inputs.RemoveAll(input => input.Name == name);
            }

            _work.Add(() => Changed?.Invoke());
        }

        public void Add(Input input)
        {
            lock (_gate) _inputs.Add(input);
        }

        public void Remove(Input input)
        {
            lock (_gate) _inputs.Remove(input);
        }

        public bool TrySend(string name, ShortMessage message)
        {
            lock (_gate)
            {
                if (!_cables.Contains(name)) return false;
                var listeners = _inputs.Where(input => input.Name == name).ToList();
                _work.Add(() => listeners.ForEach(listener => listener.Raise(message)));
                return true;
            }
        }
    }

    internal sealed class Input : IDisposable
    {
        private readonly Service _service;
        private readonly Action<ShortMessage> _heard;
        private volatile bool _ended;

        public Input(Service service, string name, Action<ShortMessage> heard)
        {
            (_service, Name, _heard) = (service, name, heard);
            service.Add(this);
        }

        public string Name { get; }

        public bool Made { get; init; }

        public void Raise(ShortMessage message)
        {
            if (!_ended) _heard(message);
        }

        public void Dispose()
        {
            _ended = true;
            _service.Remove(this);
            if (Made) _service.Pull(Name);
        }
    }

    private sealed class Output(Service service, string name) : IMidiOutput
    {
        public bool Made { get; init; }

        public bool TrySend(ShortMessage message) => service.TrySend(name, message);

        public void Dispose()
        {
            if (Made) service.Pull(name);
        }
    }
}
