using System.Runtime.InteropServices;

namespace QuantumImprov.Audio.Fluid;

/// <summary>The functions of libfluidsynth (versions 2 and later) that are used, found at run time; nothing fails when the library is absent. [any]</summary>
internal static unsafe class FluidLibrary
{
    public const int Failed = -1;

    public static readonly delegate* unmanaged[Cdecl]<nint> NewSettings;
    public static readonly delegate* unmanaged[Cdecl]<nint, void> DeleteSettings;
    public static readonly delegate* unmanaged[Cdecl]<nint, byte*, double, int> SetNumber;
    public static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, int> SetInteger;
    public static readonly delegate* unmanaged[Cdecl]<nint, nint> NewSynth;
    public static readonly delegate* unmanaged[Cdecl]<nint, void> DeleteSynth;
    public static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, int> LoadSoundFont;
    public static readonly delegate* unmanaged[Cdecl]<nint, int, int, int, int, int> SelectProgram;
    public static readonly delegate* unmanaged[Cdecl]<nint, int, int, int, int> NoteOn;
    public static readonly delegate* unmanaged[Cdecl]<nint, int, int, int> NoteOff;
    public static readonly delegate* unmanaged[Cdecl]<nint, int, int, int, int> Control;
    public static readonly delegate* unmanaged[Cdecl]<nint, int, int, int> ChangeProgram;
    public static readonly delegate* unmanaged[Cdecl]<nint, int, int, int> Bend;
    public static readonly delegate* unmanaged[Cdecl]<nint, int, int, int> ChannelPressure;
    public static readonly delegate* unmanaged[Cdecl]<nint, int, int, int, int> KeyPressure;
    public static readonly delegate* unmanaged[Cdecl]<nint, int> SystemReset;
    public static readonly delegate* unmanaged[Cdecl]<nint, int, float*, int, int, float*, int, int, int> WriteFloat;

    private static readonly string[] Names = OperatingSystem.IsWindows()
        ? ["libfluidsynth-3.dll", "libfluidsynth-2.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libfluidsynth.3.dylib", "/opt/homebrew/lib/libfluidsynth.3.dylib", "/usr/local/lib/libfluidsynth.3.dylib"]
            : ["libfluidsynth.so.3", "libfluidsynth.so.2"];

    static FluidLibrary()
    {
        nint library = 0;
        if (!Names.Any(name => NativeLibrary.TryLoad(name, typeof(FluidLibrary).Assembly, null, out library)))
        {
            Problem = $"FluidSynth is not installed (looked for {Names[0]}): {HowToInstall()}.";
            return;
        }

        var missing = new List<string>();
        nint Find(string name)
        {
            if (!NativeLibrary.TryGetExport(library, name, out var address)) missing.Add(name);
            return address;
        }

        NewSettings = (delegate* unmanaged[Cdecl]<nint>)Find("new_fluid_settings");
        DeleteSettings = (delegate* unmanaged[Cdecl]<nint, void>)Find("delete_fluid_settings");
        SetNumber = (delegate* unmanaged[Cdecl]<nint, byte*, double, int>)Find("fluid_settings_setnum");
        SetInteger = (delegate* unmanaged[Cdecl]<nint, byte*, int, int>)Find("fluid_settings_setint");
        NewSynth = (delegate* unmanaged[Cdecl]<nint, nint>)Find("new_fluid_synth");
        DeleteSynth = (delegate* unmanaged[Cdecl]<nint, void>)Find("delete_fluid_synth");
        LoadSoundFont = (delegate* unmanaged[Cdecl]<nint, byte*, int, int>)Find("fluid_synth_sfload");
        SelectProgram = (delegate* unmanaged[Cdecl]<nint, int, int, int, int, int>)Find("fluid_synth_program_select");
        NoteOn = (delegate* unmanaged[Cdecl]<nint, int, int, int, int>)Find("fluid_synth_noteon");
        NoteOff = (delegate* unmanaged[Cdecl]<nint, int, int, int>)Find("fluid_synth_noteoff");
        Control = (delegate* unmanaged[Cdecl]<nint, int, int, int, int>)Find("fluid_synth_cc");
        ChangeProgram = (delegate* unmanaged[Cdecl]<nint, int, int, int>)Find("fluid_synth_program_change");
        Bend = (delegate* unmanaged[Cdecl]<nint, int, int, int>)Find("fluid_synth_pitch_bend");
        ChannelPressure = (delegate* unmanaged[Cdecl]<nint, int, int, int>)Find("fluid_synth_channel_pressure");
        KeyPressure = (delegate* unmanaged[Cdecl]<nint, int, int, int, int>)Find("fluid_synth_key_pressure");
        SystemReset = (delegate* unmanaged[Cdecl]<nint, int>)Find("fluid_synth_system_reset");
        WriteFloat = (delegate* unmanaged[Cdecl]<nint, int, float*, int, int, float*, int, int, int>)Find("fluid_synth_write_float");
        var setLog = (delegate* unmanaged[Cdecl]<int, nint, nint, nint>)Find("fluid_set_log_function");
        Problem = missing.Count == 0
            ? ""
            : $"The installed FluidSynth is not one of version 2 or later ({string.Join(", ", missing)} missing): {HowToInstall()}.";
        if (missing.Count > 0) return;

        // The library would write its warnings to our standard error; what matters comes back as results.
        for (var level = 0; level < 5; level++) setLog(level, 0, 0);
    }

    /// <summary>Why it cannot be used, in one sentence with what to install; empty when it can.</summary>
    public static string Problem { get; }

    private static string HowToInstall() => OperatingSystem.IsMacOS()
        ? "brew install fluid-synth"
        : OperatingSystem.IsWindows()
            ? "unpack a FluidSynth 2 release and put its bin folder on the PATH"
            : "on Debian and Ubuntu, apt install libfluidsynth3; elsewhere, the package fluidsynth";
}
