using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace QuantumImprov.Stage.Tests;

/// <summary>axe-core, which looks for what people without eyes, ears or a mouse would stumble over.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Script = new(() =>
    {
        using var reader = new StreamReader(typeof(AxeResult).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!);
        return reader.ReadToEnd();
    });

    /// <summary>What it found on the page as it is now, a sentence each.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(Script.Value);
        return await page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .flatMap(v => v.nodes.map(n => `${v.id} (${v.impact}): ${v.help}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`.replaceAll('\n', ' ')))
            """);
    }
}
