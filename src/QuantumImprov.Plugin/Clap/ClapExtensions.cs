using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Clap;

/// <summary>What the plugin offers beside notes in and out: its ports, parameters and state.</summary>
internal static unsafe class ClapExtensions
{
    private const uint Stepped = 1, ReadOnly = 8, Bypass = 16, Automatable = 32, Enumerated = 65536, Dialects = 3, PreferredDialect = 1, Main = 1, NoPair = uint.MaxValue, AllValues = 1;
    private const int Warning = 1, LongestState = 1 << 28;

    private static readonly ClapPorts* NotePorts = Keep(new ClapPorts { Count = &OnePort, Get = &NotePort });
    private static readonly ClapPorts* AudioPorts = Keep(new ClapPorts { Count = &OutPort, Get = &AudioPort });
    private static readonly ClapParameters* Parameters = Keep(new ClapParameters { Count = &Count, GetInfo = &Info, GetValue = &Value, ValueToText = &ToText, TextToValue = &FromText, Flush = &Flush });
    private static readonly ClapState* State = Keep(new ClapState { Save = &Save, Load = &Load });
    private static readonly byte* Stereo = NativeText.Keep("stereo"), LogId = NativeText.Keep("clap.log"), ParametersId = NativeText.Keep("clap.params");

    /// <summary>The extension of that name; null when there is none.</summary>
    internal static void* Find(ReadOnlySpan<byte> id) =>
        id.SequenceEqual("clap.note-ports"u8) ? NotePorts
        : id.SequenceEqual("clap.audio-ports"u8) ? AudioPorts
        : id.SequenceEqual("clap.params"u8) ? Parameters
        : id.SequenceEqual("clap.state"u8) ? State
        : null;

    private static T* Keep<T>(T table)
        where T : unmanaged
    {
        var kept = (T*)NativeMemory.Alloc((nuint)sizeof(T));
        *kept = table;
        return kept;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint OnePort(ClapPlugin* plugin, byte input) => 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint OutPort(ClapPlugin* plugin, byte input) => input != 0 ? 0u : 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte NotePort(ClapPlugin* plugin, uint index, byte input, void* into)
    {
        if (index != 0) return 0;
        var info = (ClapNotePortInfo*)into;
        *info = new ClapNotePortInfo { Id = input != 0 ? 0u : 1, Supported = Dialects, Preferred = PreferredDialect };
        NativeText.Write(input != 0 ? "Notes In" : "Improvised Notes", new Span<byte>(info->Name, 256));
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte AudioPort(ClapPlugin* plugin, uint index, byte input, void* into)
    {
        if (index != 0 || input != 0) return 0;
        var info = (ClapAudioPortInfo*)into;
        *info = new ClapAudioPortInfo { Id = 0, Flags = Main, Channels = 2, Type = Stereo, InPlacePair = NoPair };
        NativeText.Write("Sound", new Span<byte>(info->Name, 256));
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint Count(ClapPlugin* plugin) => (uint)ParameterTable.All.Length;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte Info(ClapPlugin* plugin, uint index, ClapParameterInfo* info)
    {
        if (index >= ParameterTable.All.Length) return 0;
        var parameter = ParameterTable.All[(int)index];
        *info = new ClapParameterInfo
        {
            Id = parameter.Id,
            Flags = (parameter.IsStepped ? Stepped : 0) | (parameter.IsAutomatable ? Automatable : 0) | (parameter.IsBypass ? Bypass : 0) | (parameter.IsMeter ? ReadOnly : 0) | (parameter.Kind == ParameterKind.Choice ? Enumerated : 0),
            Least = parameter.Least,
            Most = parameter.Most,
            Default = parameter.Default,
        };
        NativeText.Write(parameter.Name, new Span<byte>(info->Name, 256));
        NativeText.Write(parameter.Group, new Span<byte>(info->Module, 1024));
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte Value(ClapPlugin* plugin, uint id, double* value)
    {
        var index = ParameterTable.IndexOf(id);
        if (index < 0) return 0;
        *value = ClapEntry.Of(plugin).Partner.Value(index);
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte ToText(ClapPlugin* plugin, uint id, double value, byte* text, uint room)
    {
        var index = ParameterTable.IndexOf(id);
        if (index < 0 || room == 0) return 0;
        var length = ParameterText.Write(ParameterTable.All[index], value, new Span<byte>(text, (int)Math.Min(room - 1, int.MaxValue)));
        text[length] = 0;
        return length > 0 ? (byte)1 : (byte)0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte FromText(ClapPlugin* plugin, uint id, byte* text, double* value)
    {
        var index = ParameterTable.IndexOf(id);
        return index >= 0 && text != null && ParameterText.TryRead(ParameterTable.All[index], NativeText.At(text), out *value) ? (byte)1 : (byte)0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Flush(ClapPlugin* plugin, ClapInputEvents* events, ClapOutputEvents* output)
    {
        var instance = ClapEntry.Of(plugin);
        try
        {
            instance.Flush(events);
        }
        catch
        {
            instance.Fail();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte Save(ClapPlugin* plugin, ClapStream* stream)
    {
        try
        {
            var state = ClapEntry.Of(plugin).Partner.Save();
            fixed (byte* bytes = state)
            {
                for (long done = 0; done < state.Length;)
                {
                    var moved = stream->Move(stream, bytes + done, (ulong)(state.Length - done));
                    if (moved <= 0) return 0;
                    done += moved;
                }
            }

            return 1;
        }
        catch
        {
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte Load(ClapPlugin* plugin, ClapStream* stream)
    {
        try
        {
            var instance = ClapEntry.Of(plugin);
            if (ReadAll(stream) is not { } state) return 0;
            var whole = instance.Partner.Load(state);
            if (!whole) Tell(instance.Host, instance.Partner.Complaint!);
            var values = (ClapHostParameters*)Ask(instance.Host, ParametersId);
            if (values != null && values->Rescan != null) values->Rescan(instance.Host, AllValues);
            return whole ? (byte)1 : (byte)0;
        }
        catch
        {
            return 0;
        }
    }

    private static byte[]? ReadAll(ClapStream* stream)
    {
        using var state = new MemoryStream();
        var part = stackalloc byte[4096];
        while (true)
        {
            var moved = stream->Move(stream, part, 4096);
            if (moved is < 0 or > 4096 || state.Length + moved > LongestState) return null;
            if (moved == 0) return state.ToArray();
            state.Write(new ReadOnlySpan<byte>(part, (int)moved));
        }
    }

    private static void* Ask(ClapHost* host, byte* id) => host == null || host->GetExtension == null ? null : host->GetExtension(host, id);

    private static void Tell(ClapHost* host, string sentence)
    {
        var log = (ClapHostLog*)Ask(host, LogId);
        if (log == null || log->Log == null) return;
        var text = NativeText.Keep(sentence);
        log->Log(host, Warning, text);
        NativeMemory.Free(text);
    }
}
