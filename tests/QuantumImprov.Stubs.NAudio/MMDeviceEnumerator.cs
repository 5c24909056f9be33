using System.Diagnostics.CodeAnalysis;

namespace NAudio.CoreAudioApi;

public class MMDeviceEnumerator : IDisposable
{
    public MMDeviceCollection EnumerateAudioEndPoints(DataFlow dataFlow, DeviceState dwStateMask) => new(MadeUpEndpoint.All.Select(endpoint => new MMDevice(endpoint)));

    public bool TryGetDefaultAudioEndpoint(DataFlow dataFlow, Role role, [NotNullWhen(true)] out MMDevice? device)
    {
        device = MadeUpEndpoint.All.Count > 0 ? new MMDevice(MadeUpEndpoint.All[0]) : null;
        return device is not null;
    }

    public MMDevice GetDevice(string id) => new(MadeUpEndpoint.All.Single(endpoint => endpoint.Name == id));

    public void Dispose()
    {
    }
}
