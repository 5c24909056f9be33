namespace QuantumImprov.Quantum.Bank;

/// <summary>The shots that one choice takes from a stock, kept in mind until the next choice. Allocates nothing after construction. [engine]</summary>
internal sealed class StockRun : IShotRun
{
    private readonly sbyte[] _symbols = new sbyte[ShotBank.MostTries];
    private ShotStock? _stock;
    private int _count;

    /// <summary>What the shots read, in order; -1 where one was not kept.</summary>
    internal ReadOnlySpan<sbyte> Symbols => _symbols.AsSpan(0, _count);

    /// <summary>From now on <paramref name="stock"/> gives.</summary>
    internal IShotRun From(ShotStock stock)
    {
        (_stock, _count) = (stock, 0);
        return this;
    }

    /// <inheritdoc/>
    public bool TryTake(out ShotReading reading, out ShotBatch batch, out int shot)
    {
        (reading, batch, shot) = (default, null!, -1);
        if (_stock is not { IsUsable: true } stock) return false;
        reading = stock.Take(out batch, out shot);
        _symbols[_count++] = (sbyte)reading.Symbol;
        return true;
    }
}
