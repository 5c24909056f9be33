using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Clap;

/// <summary>The entry, the factory and the plugin's own functions. None lets an exception out: it would end the host.</summary>
internal static unsafe class ClapEntry
{
    /// <summary>The plugin's name among all plugins; never another.</summary>
    internal const string Id = "org.quantumimprov.partner";

    private const int ProcessError = 0, ProcessContinue = 1;
    private static readonly ClapDescriptor* Descriptor = MakeDescriptor();
    private static readonly ClapFactory* Factory = MakeFactory();

    [UnmanagedCallersOnly(EntryPoint = "qi_clap_init", CallConvs = [typeof(CallConvCdecl)])]
    private static byte Init(byte* path) => 1;

    [UnmanagedCallersOnly(EntryPoint = "qi_clap_deinit", CallConvs = [typeof(CallConvCdecl)])]
    private static void Deinit()
    {
        // The library stays loaded, and so do its tables: another init needs nothing.
    }

    [UnmanagedCallersOnly(EntryPoint = "qi_clap_get_factory", CallConvs = [typeof(CallConvCdecl)])]
    private static void* GetFactory(byte* id)
    {
        try
        {
            return NativeText.At(id).SequenceEqual("clap.plugin-factory"u8) ? Factory : null;
        }
        catch
        {
            return null;
        }
    }

    private static ClapDescriptor* MakeDescriptor()
    {
        string[] features = ["note-effect", "instrument", "stereo"];
        var list = (byte**)NativeMemory.AllocZeroed((nuint)features.Length + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < features.Length; i++) list[i] = NativeText.Keep(features[i]);
        var descriptor = (ClapDescriptor*)NativeMemory.AllocZeroed((nuint)sizeof(ClapDescriptor));
        *descriptor = new ClapDescriptor
        {
            Version = new ClapVersion { Major = 1, Minor = 2, Revision = 2 },
            Id = NativeText.Keep(Id),
            Name = NativeText.Keep("QuantumImprov"),
            Vendor = NativeText.Keep("QuantumImprov"),
            Url = NativeText.Keep(""),
            ManualUrl = NativeText.Keep(""),
            SupportUrl = NativeText.Keep(""),
            PluginVersion = NativeText.Keep(LibraryFacts.Version),
            Description = NativeText.Keep("A partner for live musical improvisation: play a phrase and pause; it answers."),
            Features = list,
        };
        return descriptor;
    }

    private static ClapFactory* MakeFactory()
    {
        var factory = (ClapFactory*)NativeMemory.AllocZeroed((nuint)sizeof(ClapFactory));
        *factory = new ClapFactory { Count = &Count, Describe = &Describe, Create = &Create };
        return factory;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint Count(ClapFactory* factory) => 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ClapDescriptor* Describe(ClapFactory* factory, uint index) => index == 0 ? Descriptor : null;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ClapPlugin* Create(ClapFactory* factory, ClapHost* host, byte* id)
    {
        try
        {
            if (!NativeText.At(id).SequenceEqual(NativeText.At(Descriptor->Id))) return null;
            var plugin = (ClapPlugin*)NativeMemory.AllocZeroed((nuint)sizeof(ClapPlugin));
            *plugin = new ClapPlugin
            {
                Descriptor = Descriptor,
                Data = new ClapInstance(host).ToHandle(),
                Init = &InitPlugin,
                Destroy = &Destroy,
                Activate = &Activate,
                Deactivate = &Deactivate,
                StartProcessing = &StartProcessing,
                StopProcessing = &Rest,
                Reset = &Reset,
                Process = &Process,
                GetExtension = &GetExtension,
                OnMainThread = &Rest,
            };
            return plugin;
        }
        catch
        {
            return null;
        }
    }

    /// <summary>The instance of a plugin.</summary>
    internal static ClapInstance Of(ClapPlugin* plugin) => Instance.From<ClapInstance>(plugin->Data);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte InitPlugin(ClapPlugin* plugin) => 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte StartProcessing(ClapPlugin* plugin) => 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Rest(ClapPlugin* plugin)
    {
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(ClapPlugin* plugin)
    {
        try
        {
            Of(plugin).Partner.Deactivate();
            Instance.Free(plugin->Data);
            NativeMemory.Free(plugin);
        }
        catch
        {
            // There is nobody left to tell.
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte Activate(ClapPlugin* plugin, double rate, uint least, uint most)
    {
        try
        {
            Of(plugin).Activate(rate);
            return 1;
        }
        catch
        {
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Deactivate(ClapPlugin* plugin)
    {
        try
        {
            Of(plugin).Partner.Deactivate();
        }
        catch
        {
            // It plays no more, which is what was asked for.
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Reset(ClapPlugin* plugin)
    {
        var instance = Of(plugin);
        try
        {
            instance.Partner.Processor?.Reset();
        }
        catch
        {
            instance.Fail();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Process(ClapPlugin* plugin, ClapProcess* block)
    {
        var before = Instance.BeginBlock();
        var instance = Of(plugin);
        var status = ProcessContinue;
        try
        {
            instance.Process(block);
        }
        catch
        {
            instance.Fail();
            status = ProcessError;
        }

        Instance.EndBlock(before);
        return status;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* GetExtension(ClapPlugin* plugin, byte* id)
    {
        try
        {
            return ClapExtensions.Find(NativeText.At(id));
        }
        catch
        {
            return null;
        }
    }
}
