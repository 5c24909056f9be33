namespace QuantumImprov.Storage.Repertoires;

/// <summary>The steps of saving in their order, so that tests can stop between any two.</summary>
internal enum SaveStep
{
    TempCreated,
    TempWritten,
    TempFlushed,
    FormerCopied,
    FormerKept,
    FileReplaced,
    FolderFlushed,
}
