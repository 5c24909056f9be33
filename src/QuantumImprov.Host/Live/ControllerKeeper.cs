using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Presets;

namespace QuantumImprov.Host.Live;

/// <summary>Reads the controller profile at the start and writes it when a control was learned. Without a file what is learned lasts as long as the session. [owner]</summary>
public sealed class ControllerKeeper
{
    private readonly string? _path;
    private ControlMap _kept;

    /// <summary>The profile at <paramref name="path"/>; the default when it is null, or not there yet.</summary>
    /// <exception cref="Refusal">The file cannot be read, or is no profile.</exception>
    public ControllerKeeper(string? path)
    {
        (_path, _kept) = (path, ControlMap.Default);
        if (path is null) return;
        if (!File.Exists(path))
        {
            Opening = $"{path} is not there yet: the controls are the default ones, and what is learned is kept there.";
            return;
        }

        _kept = ControlText.Read(PresetLibrary.ReadFile(path), out var fault) ?? throw new Refusal($"{path} is not a controller profile. {fault}");
    }

    /// <summary>The profile the session starts with.</summary>
    public ControlMap Map => _kept;

    /// <summary>What a person should know at the start; null: nothing.</summary>
    public string? Opening { get; }

    /// <summary>Why the profile could not be written; null when all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Writes the profile when <paramref name="now"/> has another one.</summary>
    public void Tend(SessionSnapshot now)
    {
        if (ReferenceEquals(now.Controls, _kept)) return;
        _kept = now.Controls;
        if (_path is null) return;
        Trouble = TextFile.TryReplace(_path, ControlText.Write(_kept), out var reason) ? null : $"The controller profile {_path} was not written: {reason}";
    }
}
