using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace QuantumImprov.Simulators.Microsoft;

/// <summary>
/// The native full-state simulator of Microsoft's quantum development kit (library <c>Microsoft.Quantum.Simulator.Runtime</c>, MIT licence, last version 0.28 of January
/// 2024), loaded at run time from a file the user has. Its functions take simulators and qubits by number. Loaded once and never unloaded: its threads outlive every call.
/// [any]
/// </summary>
public sealed unsafe class SimulatorLibrary
{
    /// <summary>The environment variable that names the file.</summary>
    public const string FileVariable = "QUANTUMIMPROV_MICROSOFT_SIMULATOR";

    /// <summary>What the library is called, without what each system puts before and after it.</summary>
    public const string LibraryName = "Microsoft.Quantum.Simulator.Runtime";

    private const string Advice = "It is in the package Microsoft.Quantum.Simulators, under runtimes; " + FileVariable + " may name the file.";

    internal readonly delegate* unmanaged[Cdecl]<uint> Init;
    internal readonly delegate* unmanaged[Cdecl]<uint, void> Destroy;
    internal readonly delegate* unmanaged[Cdecl]<uint, uint, void> Seed;
    internal readonly delegate* unmanaged[Cdecl]<uint, uint, void> Allocate;
    internal readonly delegate* unmanaged[Cdecl]<uint, uint, byte> Release;
    internal readonly delegate* unmanaged[Cdecl]<uint, uint, uint> Measure;
    internal readonly delegate* unmanaged[Cdecl]<uint, uint, double, uint, void> Rotate;
    internal readonly delegate* unmanaged[Cdecl]<uint, uint, double, uint, uint*, uint, void> RotateControlled;
    internal readonly delegate* unmanaged[Cdecl]<uint, uint, uint*, delegate* unmanaged[Cdecl]<nuint, double, double, void*, byte>, void*, byte> Dump;
    private readonly Dictionary<string, nint> _plain = [];
    private readonly Dictionary<string, nint> _controlled = [];

    private SimulatorLibrary(nint library, string file)
    {
        File = file;
        var missing = new List<string>();
        nint Find(string name)
        {
            if (!NativeLibrary.TryGetExport(library, name, out var address)) missing.Add(name);
            return address;
        }

        Init = (delegate* unmanaged[Cdecl]<uint>)Find("init");
        Destroy = (delegate* unmanaged[Cdecl]<uint, void>)Find("destroy");
        Seed = (delegate* unmanaged[Cdecl]<uint, uint, void>)Find("seed");
        Allocate = (delegate* unmanaged[Cdecl]<uint, uint, void>)Find("allocateQubit");
        Release = (delegate* unmanaged[Cdecl]<uint, uint, byte>)Find("release");
        Measure = (delegate* unmanaged[Cdecl]<uint, uint, uint>)Find("M");
        Rotate = (delegate* unmanaged[Cdecl]<uint, uint, double, uint, void>)Find("R");
        RotateControlled = (delegate* unmanaged[Cdecl]<uint, uint, double, uint, uint*, uint, void>)Find("MCR");
        foreach (var name in new[] { "X", "Y", "Z", "H", "S", "T", "AdjS", "AdjT" }) _plain[name] = Find(name);
        foreach (var name in new[] { "X", "Y", "Z", "H" }) _controlled[name] = Find("MC" + name);
        Missing = missing;
        // Reading the state is a convenience that the oldest versions lack.
        if (NativeLibrary.TryGetExport(library, "DumpQubitsToLocation", out var dump))
            Dump = (delegate* unmanaged[Cdecl]<uint, uint, uint*, delegate* unmanaged[Cdecl]<nuint, double, double, void*, byte>, void*, byte>)dump;
    }

    /// <summary>The file, or the bare name when the system found it.</summary>
    public string File { get; }

    /// <summary>Whether the state can be read without measuring it.</summary>
    public bool ReadsState => Dump is not null;

    private List<string> Missing { get; }

    /// <summary>
    /// Loads the library: <paramref name="file"/>, else the file the environment variable names, else the one beside the program. Before that its threads are limited to
    /// one, unless OMP_NUM_THREADS says otherwise: with as many as processors, a 16-qubit circuit took a hundred times as long. False, with one sentence, when it is not there or
    /// is not what it should be. [worker]
    /// </summary>
    public static bool TryLoad(string? file, [NotNullWhen(true)] out SimulatorLibrary? library, out string reason)
    {
        library = null;
        var wanted = file ?? Environment.GetEnvironmentVariable(FileVariable);
        if (wanted is { Length: 0 }) wanted = null;
        if (wanted is not null && !System.IO.File.Exists(wanted))
        {
            reason = $"Microsoft's simulator is not at {wanted}. {Advice}";
            return false;
        }

        OneThread.Ask();
        nint handle;
        try
        {
            handle = wanted is null ? NativeLibrary.Load(LibraryName, typeof(SimulatorLibrary).Assembly, null) : NativeLibrary.Load(Path.GetFullPath(wanted));
        }
        catch (DllNotFoundException e)
        {
            reason = wanted is null
                ? $"Microsoft's simulator was not found. {Advice}"
                : $"{wanted} cannot be loaded: {FirstLine(e)}. It needs the OpenMP library of clang (libomp) on the loader's path.";
            return false;
        }
        catch (BadImageFormatException)
        {
            reason = $"{wanted ?? LibraryName} is no library for {RuntimeInformation.RuntimeIdentifier}. {Advice}";
            return false;
        }

        var found = new SimulatorLibrary(handle, wanted ?? LibraryName);
        if (found.Missing.Count > 0)
        {
            reason = $"{found.File} is not Microsoft's simulator: it lacks {string.Join(", ", found.Missing)}. {Advice}";
            return false;
        }

        (library, reason) = (found, "");
        return true;
    }

    internal void Apply(string gate, uint simulator, uint qubit) => ((delegate* unmanaged[Cdecl]<uint, uint, void>)_plain[gate])(simulator, qubit);

    internal void Apply(string gate, uint simulator, ReadOnlySpan<uint> controls, uint qubit)
    {
        fixed (uint* list = controls) ((delegate* unmanaged[Cdecl]<uint, uint, uint*, uint, void>)_controlled[gate])(simulator, (uint)controls.Length, list, qubit);
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries)[0].TrimEnd('.', ' ', '\r');
}
