using System.Collections;

namespace NAudio.CoreAudioApi;

public class MMDeviceCollection : IEnumerable<MMDevice>, IDisposable
{
    private readonly List<MMDevice> _devices;

    internal MMDeviceCollection(IEnumerable<MMDevice> devices) => _devices = [.. devices];

    public IEnumerator<MMDevice> GetEnumerator() => _devices.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
    }
}
