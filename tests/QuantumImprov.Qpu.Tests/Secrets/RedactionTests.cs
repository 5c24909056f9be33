using QuantumImprov.Quantum.Backends;
using QuantumImprov.Qpu.Fake;
using QuantumImprov.Qpu.Secrets;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Secrets;

/// <summary>A known key is sent through every way of failing, with everything that is written down under full trace; it must be nowhere.</summary>
public sealed class RedactionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> VendorNames => [.. Cloud.Devices.Keys];

    [Theory]
    [MemberData(nameof(VendorNames))]
    public async Task No_key_or_token_is_in_anything_that_is_written_or_said(string vendor)
    {
        await using var cloud = await Cloud.StartAsync();
        var said = new List<string>();
        foreach (var wrong in new[] { false, true })
        {
            // The fake quotes the key it was given when it does not know it.
            var given = wrong ? "another-key-000000" : Cloud.Key;
            var secrets = new SecretSource(name => cloud.Fake.Variables.GetValueOrDefault(name)?.Replace(Cloud.Key, given, StringComparison.Ordinal), cloud.Secrets.Redactor);
            var adapter = cloud.Adapter(vendor, options: cloud.Options with { Secrets = secrets });
            using var held = adapter as IDisposable;
            foreach (var fault in new FakeFault?[] { null, new(FaultKind.Status, 50) { Status = 400 }, new(FaultKind.Status, 50) { Status = 500 }, new(FaultKind.ResetAfter, 50), new(FaultKind.Malformed, 50), new(FaultKind.Truncated, 50) })
            {
                cloud.Fake.Forgive();
                if (fault is not null) cloud.Fake.Script(fault);
                var request = Cloud.Request(adapter, $"qimprov-secret-{said.Count}");
                said.Add($"{await adapter.DescribeAsync(Stop)}");
                var submitted = await adapter.SubmitAsync(request, Stop);
                var job = (submitted as Accepted)?.Job ?? "nothing";
                foreach (var reply in new[] { submitted, await adapter.FindAsync(request.Tag, Stop), await adapter.PollAsync(job, Stop), await adapter.ResultsAsync(job, request, Stop), await adapter.CancelAsync(job, Stop) }) said.Add($"{reply}");
            }

            said.Add($"{adapter.Device} {adapter.Name} {adapter}");
        }

        var all = string.Join('\n', said.Concat(cloud.Written));
        Assert.True(cloud.Written.Count > 20, "nothing was written down, so nothing was tested");
        Assert.DoesNotContain(Cloud.Key, all, StringComparison.Ordinal);
        Assert.DoesNotContain("another-key-000000", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(Cloud.Key), all, StringComparison.Ordinal);
        Assert.DoesNotContain("fake-token-", all, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_prints_as_dots_and_is_taken_out_in_every_form()
    {
        var redactor = new Redactor();
        var secret = redactor.Hide("s3cr&t/+\"key\"");
        Assert.Equal("•••", secret.ToString());
        Assert.Equal($"a {Redactor.Mark} b", redactor.Clean("a s3cr&t/+\"key\" b"));
        Assert.DoesNotContain("key", redactor.Clean("x=" + Uri.EscapeDataString("s3cr&t/+\"key\"")), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr", redactor.Clean(System.Text.Json.JsonSerializer.Serialize("s3cr&t/+\"key\"")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://x/y?sv=1&sig=abcdefgh&se=2", "abcdefgh")]
    [InlineData("grant_type=x&apikey=abcdefgh", "abcdefgh")]
    [InlineData("{\"access_token\": \"abcdefgh\"}", "abcdefgh")]
    [InlineData("SubscriptionId=1;ApiKey=abcdefgh;X=1", "abcdefgh")]
    public void The_places_where_vendors_put_secrets_are_blacked_out_whatever_stands_there(string text, string secret) => Assert.DoesNotContain(secret, new Redactor().Clean(text), StringComparison.Ordinal);

    [Fact]
    public void A_secret_may_come_from_a_command_that_no_shell_looks_at()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "commands of Unix");
        var values = new Dictionary<string, string> { ["KEY_COMMAND"] = "echo from-the-keychain", ["BAD_COMMAND"] = "false", ["SHELL_COMMAND"] = "echo a;echo b", ["NONE_COMMAND"] = "/no/such/program" };
        var source = new SecretSource(values.GetValueOrDefault, new Redactor());
        Assert.True(source.Has("KEY"));
        Assert.Equal("from-the-keychain", source.Find("KEY")!.Reveal());
        Assert.Null(source.Find("BAD"));
        Assert.Null(source.Find("NONE"));
        Assert.Equal("a;echo b", source.Find("SHELL")!.Reveal());
        Assert.Null(source.Find("MISSING"));
        Assert.DoesNotContain("from-the-keychain", source.Redactor.Clean("it was from-the-keychain"), StringComparison.Ordinal);
    }
}
