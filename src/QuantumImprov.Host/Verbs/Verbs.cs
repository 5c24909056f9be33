using System.CommandLine;

namespace QuantumImprov.Host.Verbs;

/// <summary>All verbs of the program.</summary>
public static class Verbs
{
    /// <summary>The command line; without a verb it plays.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("QuantumImprov: a partner for live musical improvisation. Without a verb it plays with you.\n\nExample:\n  quantumimprov --tempo 120")
        {
            PlayVerb.Create(), DemoVerb.Create(), RespondVerb.Create(), ComposeVerb.Create(), ReplayVerb.Create(), CircuitVerb.Create(), PresetsVerb.Create(), PortsVerb.Create(),
            DoctorVerb.Create(), MeasureVerb.Create(), ChainStudyVerb.Create(), EvaluateVerb.Create(), JudgeVerb.Create(), PluginVerb.Create(), Qpu.QpuVerb.Create(),
        };
        PlayVerb.Attach(root);
        return root;
    }
}
