namespace QuantumImprov.Plugin.Vst3;

/// <summary>A stream of the host's; a call may move fewer bytes than asked for.</summary>
internal static unsafe class Vst3Stream
{
    private const int Read = 3, Write = 4, LongestState = 1 << 28;

    /// <summary>Everything from where it stands to its end; null when the host fails.</summary>
    internal static byte[]? ReadAll(Vst3Unknown* stream)
    {
        using var all = new MemoryStream();
        var part = stackalloc byte[4096];
        while (true)
        {
            var moved = 0;
            // At the end some hosts give nothing, others a failure and nothing.
            var result = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, void*, int, int*, int>)stream->Table[Read])(stream, part, 4096, &moved);
            if (moved is < 0 or > 4096 || all.Length + moved > LongestState) return null;
            if (moved == 0) return result == Vst3Result.Ok || all.Length > 0 ? all.ToArray() : null;
            all.Write(new ReadOnlySpan<byte>(part, moved));
        }
    }

    /// <summary>Writes all of <paramref name="bytes"/>; false when the host does not take them.</summary>
    internal static bool WriteAll(Vst3Unknown* stream, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            for (var done = 0; done < bytes.Length;)
            {
                var moved = 0;
                var result = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, void*, int, int*, int>)stream->Table[Write])(stream, first + done, bytes.Length - done, &moved);
                if (result != Vst3Result.Ok || moved <= 0) return false;
                done += moved;
            }
        }

        return true;
    }
}
