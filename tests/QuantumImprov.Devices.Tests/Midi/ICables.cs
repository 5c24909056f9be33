using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Devices.Tests.Midi;

/// <summary>Cables of one name at both ends: what is played to one can be listened to. What a contract test has in place of hardware.</summary>
public interface ICables
{
    /// <summary>Whether cables can be pulled out and put back.</summary>
    bool CanPull { get; }

    /// <summary>Whether a test can have another program take them.</summary>
    bool CanTake { get; }

    /// <summary>The name of a cable that is there.</summary>
    string Name { get; }

    /// <summary>Opens the service that the cables belong to.</summary>
    IMidiDevices Open();

    /// <summary>Puts the cable in.</summary>
    void Plug();

    /// <summary>Pulls the cable out, whoever uses it.</summary>
    void Pull();

    /// <summary>Another program takes the cable for itself, or gives it back.</summary>
    void Take(bool taken);
}
