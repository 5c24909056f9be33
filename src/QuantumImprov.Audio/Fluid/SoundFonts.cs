namespace QuantumImprov.Audio.Fluid;

/// <summary>Where SoundFonts usually are. [worker]: it reads folders.</summary>
public static class SoundFonts
{
    // Whole General MIDI sets first, the better ones before the smaller; a distribution's own choice before all.
    private static readonly string[] Preferred =
        ["default-GM", "default", "FluidR3_GM", "MuseScore_General", "GeneralUser", "FluidR3Mono_GM", "TimGM6mb"];

    /// <summary>The folders that are looked into, whether they exist or not, the musician's own first.</summary>
    public static IReadOnlyList<string> Folders { get; } = Usual();

    /// <summary>The SoundFonts in <paramref name="folders"/> (null = <see cref="Folders"/>), the one to take first.</summary>
    public static IReadOnlyList<string> Find(IEnumerable<string>? folders = null)
    {
        var found = new List<string>();
        foreach (var folder in folders ?? Folders)
        {
            try
            {
                found.AddRange(Directory.EnumerateFiles(folder)
                    .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".sf2" or ".sf3" && LeadsSomewhere(file))
                    .Order(StringComparer.Ordinal));
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                // A folder that is not there, or not ours to read, holds no SoundFont for us.
            }
        }

        return [.. found.OrderBy(Rank)];
    }

    // A distribution's default is a link, which outlives the package it pointed to.
    private static bool LeadsSomewhere(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true) is null or { Exists: true };

    private static int Rank(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var rank = Array.FindIndex(Preferred, preferred => name.StartsWith(preferred, StringComparison.OrdinalIgnoreCase));
        return rank < 0 ? Preferred.Length : rank;
    }

    private static string[] Usual()
    {
        var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        string[] shared = OperatingSystem.IsWindows()
            ? [@"C:\soundfonts"]
            : OperatingSystem.IsMacOS()
                ? ["/Library/Audio/Sounds/Banks", "/opt/homebrew/share/soundfonts", "/usr/local/share/soundfonts"]
                :
                [
                    "/usr/local/share/soundfonts", "/usr/local/share/sounds/sf2", "/usr/share/soundfonts", "/usr/share/sounds/sf2",
                    "/usr/share/sounds/sf3",
                ];
        string[] personal = own.Length == 0 ? [] : [Path.Combine(own, "soundfonts"), Path.Combine(own, "sounds", "sf2")];
        return [.. personal, .. shared];
    }
}
