namespace QuantumImprov.Plugin.Lv2;

/// <summary>Goes through the events of a sequence as far as they are whole. Allocates nothing. [audio]</summary>
internal unsafe ref struct SequenceReader
{
    private readonly byte* _end;
    private byte* _at;

    /// <summary>Before the first event of <paramref name="sequence"/>, which may be null.</summary>
    internal SequenceReader(Lv2Sequence* sequence)
    {
        if (sequence == null || sequence->Atom.Size < 8) return;
        _at = (byte*)(sequence + 1);
        _end = (byte*)sequence + sizeof(Lv2Atom) + sequence->Atom.Size;
    }

    /// <summary>The next event; null when there is none.</summary>
    internal Lv2Event* Next()
    {
        if (_end - _at < sizeof(Lv2Event)) return null;
        var next = (Lv2Event*)_at;
        if (_end - _at - sizeof(Lv2Event) < next->Body.Size) return null;
        _at += sizeof(Lv2Event) + ((next->Body.Size + 7L) & ~7L);
        return next;
    }
}
