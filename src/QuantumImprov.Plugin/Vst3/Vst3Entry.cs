using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
namespace QuantumImprov.Plugin.Vst3;
internal static unsafe class Vst3Entry
{
    [UnmanagedCallersOnly(EntryPoint = "qi_vst3_factory", CallConvs = [typeof(CallConvCdecl)])]
    private static void* Factory() => null;
}
