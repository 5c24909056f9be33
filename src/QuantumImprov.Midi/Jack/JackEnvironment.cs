namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Which server libjack speaks to: it reads that from the native environment, which is shared by the whole process. jackd2's library keeps one server a
/// process, so clients of one process belong to the same server.
/// </summary>
internal static class JackEnvironment
{
    private const string Server = "JACK_DEFAULT_SERVER";
    private static readonly string? Original = Environment.GetEnvironmentVariable(Server);

    /// <summary>Held while the environment is set and a client opens, so that two openings do not mix their servers.</summary>
    public static readonly Lock Gate = new();

    /// <summary>Directs the next opening to <paramref name="server"/> (null = as the process was started), and never to a server of libjack's own making.</summary>
    public static void Choose(string? server)
    {
        LibC.SetEnvironment("JACK_NO_START_SERVER", "1", 1);
        LibC.SetEnvironment("JACK_NO_AUDIO_RESERVATION", "1", 1);
        if ((server ?? Original) is { } name) LibC.SetEnvironment(Server, name, 1);
        else LibC.UnsetEnvironment(Server);
    }

    /// <summary>The name in a sentence.</summary>
    public static string Describe(string? server) => (server ?? Original) is { } name ? $"the server name \"{name}\"" : "the default server name";
}
