using System.Globalization;

namespace QuantumImprov.Testing;

/// <summary>
/// A real DAW without a screen: Debian's Ardour under its Lua interpreter, JACK client <c>ardour</c>, told by lines of Lua what to do (see ardour.lua beside this file). Tracks have the ports
/// <c>ardour:NAME/midi_in 1</c> and <c>ardour:NAME/midi_out 1</c>; songs are at 120 quarters a minute in 4/4; the clock is sent from <c>ardour:MIDI Clock out</c>.
/// </summary>
public sealed class Ardour : IDisposable
{
    /// <summary>Frames of a quarter at 48,000 a second.</summary>
    public const int Quarter = 24_000;

    // Whose transport a song goes with when it does not go by itself, and that the clock is sent, cannot be said from Lua.
    private const string Settings = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Ardour>
          <Config><Option name="send-midi-clock" value="1"/></Config>
          <TransportMasters current="JACK Transport"><TransportMaster type="Engine" name="JACK Transport" collect="1" removeable="0"/></TransportMasters>
        </Ardour>
        """;

    // How often it is started until it keeps JACK while it opens a song, which it does two times in three; see ardour.lua.
    private const int Tries = 10;

    private readonly Tool _tool;
    private int _lines;

    private Ardour(Tool tool) => _tool = tool;

    /// <summary>Where its own programs are.</summary>
    public static string Folder => "/usr/lib/ardour7";

    /// <summary>Whether it is installed, by the Debian package ardour.</summary>
    public static bool IsThere => Tool.Find("ardour7-lua") is not null;

    /// <summary>Starts it on <paramref name="server"/> with its settings in <paramref name="home"/>, under more <paramref name="variables"/> if need be, with the song in the folder <paramref name="song"/>, which is made where there is none.</summary>
    public static Ardour Open(JackServer server, string home, string song, params IEnumerable<KeyValuePair<string, string>> variables)
    {
        var isThere = Directory.Exists(song);
        for (var tries = 1; ; tries++)
        {
            var ardour = Start(server, home, variables);
            try
            {
                ardour.Do($"song('{song}', {(isThere ? "true" : "false")})");
                return ardour;
            }
            catch (Exception fault)
            {
                ardour.Dispose();
                if (tries == Tries || fault is not InvalidOperationException || !fault.Message.Contains("parted from JACK", StringComparison.Ordinal)) throw;
                if (!isThere && Directory.Exists(song)) Directory.Delete(song, recursive: true);
            }
        }
    }

    private static Ardour Start(JackServer server, string home, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var settings = Directory.CreateDirectory(Path.Combine(home, ".config", "ardour7"));
        File.WriteAllText(Path.Combine(settings.FullName, "config"), Settings);
        var environment = new Dictionary<string, string>(variables) { ["HOME"] = home, ["JACK_DEFAULT_SERVER"] = server.Name, ["JACK_NO_START_SERVER"] = "1" };
        environment.Remove("XDG_CONFIG_HOME");
        var ardour = new Ardour(Tool.Start("ardour7-lua", environment, Path.Combine(Repository.Folder("tests"), "QuantumImprov.Testing", "ardour.lua")));
        Wait.Until(() => ardour._tool.Output.Contains("ready", StringComparison.Ordinal) || ardour._tool.HasExited, () => "Ardour: " + ardour._tool.Output);
        return ardour;
    }

    /// <summary>Has it do <paramref name="chunk"/> of Lua and waits until that is done; gives what it returned, "nil" when nothing.</summary>
    /// <exception cref="InvalidOperationException">It could not be done.</exception>
    public string Do(string chunk)
    {
        var line = ++_lines;
        _tool.Say(chunk);
        Wait.Until(() => Answer(line) is not null || _tool.HasExited, () => $"\"{chunk}\" to be done by Ardour: {_tool.Output}");
        var answer = Answer(line);
        if (answer is null || !answer.StartsWith("done", StringComparison.Ordinal)) throw new InvalidOperationException($"Ardour did not do \"{chunk}\": {_tool.Output}");
        return answer.Split(' ', 3)[2];
    }

    /// <summary>What the track has: for each region the song's frame at which its MIDI file begins, and that file.</summary>
    public IReadOnlyList<(long First, string File)> Regions(string track) =>
        [.. Do($"return regions('{track}')").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(' ', 2)).Select(parts => (long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]))];

    /// <summary>Stops the song, waits until <paramref name="track"/> has what was recorded onto it, and saves the song, which alone writes whole files: the song's frame at which its file begins, and that file.</summary>
    public (long First, string File) StopAfterRecording(string track)
    {
        var before = Regions(track).Select(region => region.File).ToHashSet();
        Do("stop()");
        IReadOnlyList<(long First, string File)> recorded = [];
        Wait.Until(() => (recorded = [.. Regions(track).Where(region => !before.Contains(region.File))]).Count > 0, () => $"something new on the track {track}: {_tool.Output}");
        Do("save()");
        return recorded[^1];
    }

    /// <summary>Has it close the song and waits for its end; gives its exit code.</summary>
    public int End() => _tool.End();

    /// <inheritdoc/>
    public void Dispose() => _tool.Dispose();

    private string? Answer(int line) =>
        _tool.Output.Split('\n').FirstOrDefault(text => text.StartsWith($"done {line} ", StringComparison.Ordinal) || text.StartsWith($"fault {line} ", StringComparison.Ordinal))?.TrimEnd('\r');
}
