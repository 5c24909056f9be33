namespace NAudio.CoreAudioApi;

public class MMDevice : IDisposable
{
    internal MMDevice(MadeUpEndpoint endpoint) => Endpoint = endpoint;

    public string FriendlyName => Endpoint.Name;

    public string ID => Endpoint.Name;

    internal MadeUpEndpoint Endpoint { get; }

    public void Dispose()
    {
    }
}
