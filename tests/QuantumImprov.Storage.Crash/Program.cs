using QuantumImprov.Storage.Crash;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Storage.Repertoires;

// Every line on standard output is a number that is done, and the machine's uptime in milliseconds when it was: a clock that parent and child share.
var output = Console.Out;
using var never = new ManualResetEvent(false);
switch (args)
{
    case ["journal", var folder]:
        var journal = new SessionFolder(folder, TimeProvider.System).Start(CrashSamples.Header);
        output.WriteLine(journal.Path);
        for (var number = 0; ; number++)
        {
            journal.Write(JournalEntry.FromPerformer(CrashSamples.Message(number)));
            output.WriteLine($"{number} {Environment.TickCount64}");
            never.WaitOne(2);
        }

    case ["repertoire", var path]:
        for (var number = 0; ; number++)
        {
            if (RepertoireFile.Save(path, CrashSamples.Content(number)) is RepertoireSave.NotSaved refused) output.WriteLine(refused.Sentence);
            else output.WriteLine($"{number} {Environment.TickCount64}");
        }

    default:
        Console.Error.WriteLine("Found no task; allowed are: journal FOLDER, repertoire FILE.");
        return 2;
}
