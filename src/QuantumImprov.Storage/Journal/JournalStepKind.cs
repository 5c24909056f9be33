namespace QuantumImprov.Storage.Journal;

/// <summary>What happened at a step of a session.</summary>
public enum JournalStepKind
{
    /// <summary>The session was told of a message of the performer.</summary>
    Performer,

    /// <summary>The partner sent a message.</summary>
    Partner,

    /// <summary>A command was carried out.</summary>
    Command,

    /// <summary>Another timeline was in force.</summary>
    Timeline,

    /// <summary>What a worker had made took the place of what was known.</summary>
    Exchange,

    /// <summary>The song of a host was kept with.</summary>
    Song,

    /// <summary>A repertoire is told that the next command brings.</summary>
    Content,

    /// <summary>Something is remarked.</summary>
    Remark,
}
