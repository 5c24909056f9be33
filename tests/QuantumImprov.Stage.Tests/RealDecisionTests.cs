using System.Numerics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>What the page shows of the built program's decisions is what was measured.</summary>
public sealed class RealDecisionTests(Browser browser)
{
    private const int Shots = 10_000;

    // Of sixteen members the selector has four qubits, and the memory's ancilla is one.
    private const int SelectorAndAncilla = (1 << 5) - 1;

    [Fact]
    public async Task The_law_that_is_drawn_is_the_law_of_the_circuit_that_is_copied_and_dials_change_the_next_answer()
    {
        var page = await browser.NewPageAsync();
        var breaches = Contract.Watch(page);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        using var scratch = new Scratch();
        using var run = ProgramRun.Start(scratch, "play", "--no-open", "--stage-port", "0", "--seed", "3", "--tempo", "150", "--record", scratch["takes"]);
        await page.GotoAsync(Regex.Match(run.WaitForLine("Play here:"), @"http://127\.0\.0\.1:\d+").Value);
        await UntilAsync("document.documentElement.dataset.link === 'here'");
        await page.ClickAsync("#tab-circuit");
        await AnswerAsync();
        await FreezeAsync();
        await AssertCircuitGivesLawAsync();
        // Fully coherent, as the dials stand: the comparison shows the same law as was drawn from.
        var drawn = await LawAsync();
        await page.ClickAsync("#compare");
        AssertSame(drawn, await LawAsync());
        await page.ClickAsync("#compare");

        // With the coherence at its end, the next answer comes from the dephased law.
        await page.FillAsync("#dial-coherence", "0");
        await page.ClickAsync("#freeze");
        await AnswerAsync();
        await FreezeAsync();
        await AssertCircuitGivesLawAsync();
        drawn = await LawAsync();
        await page.ClickAsync("#compare");
        var coherent = await LawAsync();
        Assert.Empty(breaches);
        Assert.True(drawn.Zip(coherent).Sum(pair => Math.Abs(pair.First - pair.Second)) / 2 > .003, "The laws differ where several notes are open.");

        async Task AnswerAsync()
        {
            foreach (var key in new[] { "KeyA", "KeyD", "KeyG", "KeyK", "KeyG", "KeyD" }) await page.Keyboard.PressAsync(key, new() { Delay = 250 });
            await UntilAsync("document.documentElement.dataset.turn === 'answering'");
            await UntilAsync("document.documentElement.dataset.turn !== 'answering'");
        }

        // The newest of the last ten decisions that had more than a few notes to choose from.
        async Task FreezeAsync()
        {
            if (await page.GetAttributeAsync("#freeze", "aria-pressed") == "false") await page.ClickAsync("#freeze");
            for (var back = 0; back < 10; back++)
            {
                var shown = await page.InnerTextAsync("#decision-name");
                if (await page.EvaluateAsync<int>("document.querySelectorAll('#laws .bar').length") > 4) return;
                await page.ClickAsync("#older");
                await page.WaitForFunctionAsync("was => document.querySelector('#decision-name').textContent !== was", shown);
            }

            Assert.Fail("No decision of the answer had more than four candidates.");
        }

        async Task AssertCircuitGivesLawAsync()
        {
            await page.ClickAsync("#copy-qasm");
            await UntilAsync("document.querySelector('#decision-words').textContent.includes('in the clipboard')");
            var circuit = OpenQasmReader.Read(await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
            var law = await LawAsync();
            // The note's bits come first, selector and ancilla follow, and must be 0 for a shot to count; what the dephasing read comes last.
            var bits = Math.Max(1, BitOperations.Log2((uint)law.Length - 1) + 1);
            var (state, compiled, random, counts) = (new StateVector(circuit.Qubits), new CompiledCircuit(circuit), new Xoshiro(17), new int[law.Length]);
            for (var shot = 0; shot < Shots; shot++)
            {
                var outcome = state.Run(compiled, random);
                if (((outcome >> bits) & SelectorAndAncilla) == 0) counts[(int)(outcome & ((1UL << bits) - 1))]++;
            }

            Assert.True(counts.Sum() > Shots / 100);
            ChiSquare.AssertFollows(law, counts);
        }

        Task<double[]> LawAsync() => page.EvaluateAsync<double[]>("[...document.querySelectorAll('#laws .bar')].map(bar => Number(bar.dataset.p))");

        Task<IJSHandle> UntilAsync(string condition) => page.WaitForFunctionAsync($"() => {condition}");
    }

    private static void AssertSame(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-6);
    }
}
