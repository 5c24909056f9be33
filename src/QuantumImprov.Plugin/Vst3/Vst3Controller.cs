using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Plugin.Parameters;

namespace QuantumImprov.Plugin.Vst3;

/// <summary>The face for parameters: IEditController; and the one that maps MIDI controllers to them: IMidiMapping.</summary>
internal static unsafe class Vst3Controller
{
    private const int CanAutomate = 1, IsReadOnly = 2, IsList = 8, IsHidden = 16, ControllerSteps = 127;

    /// <summary>Its functions.</summary>
    internal static readonly void** Table = Make();

    /// <summary>The other face's functions.</summary>
    internal static readonly void** MappingTable = MakeMapping();

    private static void** Make()
    {
        var table = Vst3Object.MakeTable(18);
        table[3] = (delegate* unmanaged[Cdecl]<Vst3Face*, void*, int>)&Vst3Component.Initialize;
        table[4] = (delegate* unmanaged[Cdecl]<Vst3Face*, int>)&Vst3Component.Terminate;
        table[5] = (delegate* unmanaged[Cdecl]<Vst3Face*, Vst3Unknown*, int>)&SetComponentState;
        table[6] = (delegate* unmanaged[Cdecl]<Vst3Face*, Vst3Unknown*, int>)&NoState;
        table[7] = (delegate* unmanaged[Cdecl]<Vst3Face*, Vst3Unknown*, int>)&NoState;
        table[8] = (delegate* unmanaged[Cdecl]<Vst3Face*, int>)&GetParameterCount;
        table[9] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, Vst3ParameterInfo*, int>)&GetParameterInfo;
        table[10] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint, double, char*, int>)&ToText;
        table[11] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint, char*, double*, int>)&FromText;
        table[12] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint, double, double>)&ToPlain;
        table[13] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint, double, double>)&ToNormal;
        table[14] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint, double>)&GetNormal;
        table[15] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint, double, int>)&SetNormal;
        table[16] = (delegate* unmanaged[Cdecl]<Vst3Face*, void*, int>)&SetComponentHandler;
        table[17] = (delegate* unmanaged[Cdecl]<Vst3Face*, byte*, void*>)&CreateView;
        return table;
    }

    private static void** MakeMapping()
    {
        var table = Vst3Object.MakeTable(4);
        table[3] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, short, short, uint*, int>)&GetAssignment;
        return table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetComponentState(Vst3Face* self, Vst3Unknown* stream)
    {
        try
        {
            if (stream == null || Vst3Stream.ReadAll(stream) is not { } state) return Vst3Result.False;
            return Vst3Object.Of(self).ShowState(state) ? Vst3Result.Ok : Vst3Result.False;
        }
        catch
        {
            return Vst3Result.InternalError;
        }
    }

    // All there is to save is the component's.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int NoState(Vst3Face* self, Vst3Unknown* stream) => Vst3Result.Ok;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetParameterCount(Vst3Face* self) => Vst3Parameters.Count;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetParameterInfo(Vst3Face* self, int index, Vst3ParameterInfo* info)
    {
        if (index < 0 || index >= Vst3Parameters.Count) return Vst3Result.Invalid;
        if (index >= ParameterTable.All.Length)
        {
            var controller = Vst3Parameters.Controllers[index - ParameterTable.All.Length];
            *info = new Vst3ParameterInfo { Id = Vst3Parameters.IdOf(controller), Steps = ControllerSteps, Flags = IsHidden };
            Span<byte> name = stackalloc byte[16];
            "Controller "u8.CopyTo(name);
            System.Buffers.Text.Utf8Formatter.TryFormat(controller, name[11..], out var digits);
            Vst3Text.Write(name[..(11 + digits)], info->Title);
            Vst3Text.Write(name[..(11 + digits)], info->ShortTitle);
            return Vst3Result.Ok;
        }

        var parameter = ParameterTable.All[index];
        *info = new Vst3ParameterInfo
        {
            Id = parameter.Id,
            Steps = parameter.IsStepped ? (int)(parameter.Most - parameter.Least) : 0,
            Default = parameter.ToNormal(parameter.Default),
            Unit = 1 + Vst3Parameters.Groups.IndexOf(parameter.Group),
            Flags = (parameter.IsAutomatable ? CanAutomate : 0) | (parameter.IsMeter ? IsReadOnly : 0) | (parameter.Kind == ParameterKind.Choice ? IsList : 0),
        };
        Vst3Text.Write(parameter.Name, info->Title);
        Vst3Text.Write(parameter.Name, info->ShortTitle);
        return Vst3Result.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ToText(Vst3Face* self, uint id, double place, char* text)
    {
        Span<byte> bytes = stackalloc byte[ParameterText.Longest];
        var index = ParameterTable.IndexOf(id);
        if (index >= 0)
        {
            var length = ParameterText.Write(ParameterTable.All[index], ParameterTable.All[index].FromNormal(place), bytes);
            Vst3Text.Write(bytes[..length], text);
            return length > 0 ? Vst3Result.Ok : Vst3Result.False;
        }

        if (Vst3Parameters.ControllerOf(id) < 0 || double.IsNaN(place)) return Vst3Result.Invalid;
        System.Buffers.Text.Utf8Formatter.TryFormat((int)Math.Round(Math.Clamp(place, 0, 1) * ControllerSteps), bytes, out var digits);
        Vst3Text.Write(bytes[..digits], text);
        return Vst3Result.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FromText(Vst3Face* self, uint id, char* text, double* place)
    {
        Span<byte> bytes = stackalloc byte[ParameterText.Longest];
        bytes = bytes[..Vst3Text.Read(text, bytes)];
        var index = ParameterTable.IndexOf(id);
        if (index >= 0)
        {
            if (!ParameterText.TryRead(ParameterTable.All[index], bytes, out var value)) return Vst3Result.False;
            *place = ParameterTable.All[index].ToNormal(value);
            return Vst3Result.Ok;
        }

        if (Vst3Parameters.ControllerOf(id) < 0) return Vst3Result.Invalid;
        if (!System.Buffers.Text.Utf8Parser.TryParse(bytes, out int number, out var read) || read != bytes.Length) return Vst3Result.False;
        *place = Math.Clamp(number, 0, ControllerSteps) / (double)ControllerSteps;
        return Vst3Result.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static double ToPlain(Vst3Face* self, uint id, double place)
    {
        var index = ParameterTable.IndexOf(id);
        return index >= 0 ? ParameterTable.All[index].FromNormal(place) : place * ControllerSteps;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static double ToNormal(Vst3Face* self, uint id, double plain)
    {
        var index = ParameterTable.IndexOf(id);
        return index >= 0 ? ParameterTable.All[index].ToNormal(plain) : plain / ControllerSteps;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static double GetNormal(Vst3Face* self, uint id)
    {
        var index = PlaceOf(id);
        return index < 0 ? 0 : Vst3Object.Of(self).Shown[index];
    }

    // While it is active the processor is told by the host itself, with the next block.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetNormal(Vst3Face* self, uint id, double place)
    {
        var index = PlaceOf(id);
        if (index < 0 || double.IsNaN(place)) return Vst3Result.Invalid;
        // The host only repeats what it was told.
        if (index < ParameterTable.All.Length && ParameterTable.All[index].IsMeter) return Vst3Result.Ok;
        var instance = Vst3Object.Of(self);
        instance.Shown[index] = Math.Clamp(place, 0, 1);
        if (index < ParameterTable.All.Length && instance.Partner.Processor is null) instance.Partner.Values[index] = ParameterTable.All[index].FromNormal(place);
        return Vst3Result.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetComponentHandler(Vst3Face* self, void* handler) => Vst3Result.Ok;

    // Every host draws the parameters.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* CreateView(Vst3Face* self, byte* name) => null;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetAssignment(Vst3Face* self, int bus, short channel, short controller, uint* id)
    {
        if (bus != 0 || channel is < 0 or > 15 || controller is < 0 or > 127 || !Vst3Parameters.Controllers.Contains((byte)controller)) return Vst3Result.False;
        *id = Vst3Parameters.IdOf(controller);
        return Vst3Result.Ok;
    }

    private static int PlaceOf(uint id)
    {
        var index = ParameterTable.IndexOf(id);
        if (index >= 0) return index;
        var controller = Vst3Parameters.ControllerOf(id);
        return controller < 0 ? -1 : ParameterTable.All.Length + Vst3Parameters.Controllers.IndexOf((byte)controller);
    }
}
