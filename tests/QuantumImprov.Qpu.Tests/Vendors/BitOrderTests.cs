using System.Text.Json;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Qpu.Vendors;
using QuantumImprov.Qpu.Vendors.Braket;
using QuantumImprov.Qpu.Vendors.Ibm;
using QuantumImprov.Qpu.Vendors.IonQ;
using QuantumImprov.Qpu.Fake;
using QuantumImprov.Quantum.Noise;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Vendors;

/// <summary>Which end is qubit 0, vendor by vendor: in the documents of each, literally, and through each adapter.</summary>
public sealed class BitOrderTests
{
    private static readonly int[] Straight = [0, 1, 2];

    public static TheoryData<string> VendorNames => [.. Cloud.Devices.Keys];

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    [Fact]
    public void A_hex_sample_of_IBM_has_bit_i_of_the_register_as_bit_i()
    {
        var request = new JobRequest("t", [Cloud.Asymmetric(0, 1, 2)], 2);
        var read = SamplerJob.Read(Json("""{"results":[{"data":{"c":{"samples":["0x1","0x6"],"num_bits":3}},"metadata":{}}],"metadata":{"version":2}}"""), request);
        Assert.Equal([1UL, 6UL], read!.Value[0].Shots);
    }

    [Theory]
    [InlineData("""["1","4","4"]""", new ulong[] { 1, 4, 4 })]
    [InlineData("""[1,4]""", new ulong[] { 1, 4 })]
    [InlineData("""{"shots":[{"registers":{"output_all":[1,0,0]}}]}""", new[] { 1UL })]
    public void A_code_of_IonQ_has_qubit_q_as_bit_q(string text, ulong[] codes) => Assert.Equal(codes, IonQResults.Shots(Json(text))!.Value);

    [Theory]
    [InlineData("""{"1":0.75,"6":0.25}""", 1, 6)]
    [InlineData("""{"1":300,"6":100}""", 1, 6)]
    [InlineData("""{"probabilities":{"registers":{"output_all":{"100":0.75,"011":0.25}}}}""", 1, 6)]
    [InlineData("""{"histogram":{"registers":{"output_all":{"100":300,"011":100}}}}""", 1, 6)]
    public void A_table_of_IonQ_too(string text, ulong first, ulong second)
    {
        var table = IonQResults.Table(Json(text))!;
        Assert.Equal([first, second], table.Select(r => r.Code));
        var shots = IonQResults.FromTable(table, 400, new Xoshiro(1))!.Value;
        Assert.Equal(300, shots.Count(s => s == first));
        Assert.Equal(100, shots.Count(s => s == second));
    }

    [Fact]
    public void A_column_of_Braket_is_a_measured_qubit_and_a_string_begins_with_the_first_of_them()
    {
        var random = new Xoshiro(1);
        Assert.Equal([1UL, 6UL], BraketResults.Shots(Json("""{"measurements":[[1,0,0],[0,1,1]],"measuredQubits":[0,1,2]}"""), Straight, 2, random)!.Value);
        Assert.Equal([4UL], BraketResults.Shots(Json("""{"measurements":[[1,0,0]],"measuredQubits":[2,1,0]}"""), Straight, 1, random)!.Value);
        Assert.Equal([1UL, 1UL], BraketResults.Shots(Json("""{"measurements":null,"measurementProbabilities":{"100":1.0},"measuredQubits":[0,1,2]}"""), Straight, 2, random)!.Value);
        // Qubit 0 is read into bit 2.
        Assert.Equal([4UL], BraketResults.Shots(Json("""{"measurements":[[1,0,0]],"measuredQubits":[0,1,2]}"""), [2, 0, 1], 1, random)!.Value);
    }

    [Theory]
    [InlineData("001", 1UL)]
    [InlineData("110", 6UL)]
    [InlineData("1 0_0", 4UL)]
    public void A_string_of_Qiskit_OSC_Qasm_Quantinuum_and_qBraid_has_the_highest_bit_first(string text, ulong word) => Assert.Equal(word, Readout.FromString(text));

    [Theory]
    [InlineData("")]
    [InlineData("0x1")]
    [InlineData("10L")]
    public void What_is_no_string_of_bits_is_none(string text) => Assert.Null(Readout.FromString(text));

    [Theory]
    [MemberData(nameof(VendorNames))]
    public async Task Through_each_adapter_a_flipped_qubit_is_read_in_the_bit_it_was_measured_into(string vendor)
    {
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { JobsAMinute = 0, Profile = NoiseProfile.Ideal });
        using var held = cloud.Adapter(vendor) as IDisposable;
        var adapter = (IJobBackend)held!;
        Assert.Null(await adapter.DescribeAsync(TestContext.Current.CancellationToken));
        foreach (var (qubit, bits, word) in new[] { (0, Straight, 1UL), (2, Straight, 4UL), (0, [2, 0, 1], 4UL), (1, [2, 0, 1], 1UL) })
        {
            var request = new JobRequest($"qimprov-order-{qubit}-{word}", [Cloud.Flipped(qubit, bits)], 20);
            var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, TestContext.Current.CancellationToken));
            Assert.Equal(JobState.Done, Assert.IsType<Waiting>(await adapter.PollAsync(accepted.Job, TestContext.Current.CancellationToken)).State);
            var finished = Assert.IsType<Finished>(await adapter.ResultsAsync(accepted.Job, request, TestContext.Current.CancellationToken));
            Assert.Equal(20, Assert.Single(finished.Circuits).ByBits[word]);
        }
    }

    [Fact]
    public async Task The_ideal_simulators_of_IonQ_and_Azure_report_shares_which_are_sampled_here()
    {
        await using var cloud = await Cloud.StartAsync();
        foreach (var (vendor, device) in new[] { ("ionq", "simulator"), ("azure", "ionq.simulator") })
        {
            var adapter = cloud.Adapter(vendor, device);
            using var held = adapter as IDisposable;
            Assert.True(adapter.Device.IsSimulator);
            Assert.Equal("local", adapter.Device.Label);
            var request = new JobRequest("qimprov-shares", [new CircuitBuilder(2, 2).H(0).CX(0, 1).MeasureAll().Build()], 4_000);
            var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, TestContext.Current.CancellationToken));
            var counts = Assert.IsType<Finished>(await adapter.ResultsAsync(accepted.Job, request, TestContext.Current.CancellationToken)).Circuits[0];
            ChiSquare.AssertFollows([.5, 0, 0, .5], [.. Enumerable.Range(0, 4).Select(w => counts.ByBits.GetValueOrDefault((ulong)w))]);
        }
    }

    [Fact]
    public async Task A_quantinuum_shot_with_a_lost_qubit_is_left_out_and_strings_begin_with_the_highest_bit()
    {
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { Profile = NoiseProfile.Ideal });
        var adapter = cloud.Adapter("azure", "quantinuum.sim.h2-1e");
        using var held = adapter as IDisposable;
        var request = new JobRequest("qimprov-h2", [Cloud.Asymmetric(0, 1, 2)], 10);
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, TestContext.Current.CancellationToken));
        Assert.Equal(10, Assert.IsType<Finished>(await adapter.ResultsAsync(accepted.Job, request, TestContext.Current.CancellationToken)).Circuits[0].ByBits[1]);
    }
}
