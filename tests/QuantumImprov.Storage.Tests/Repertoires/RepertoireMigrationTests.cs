using System.Text;
using System.Text.Json.Nodes;
using QuantumImprov.Storage.Repertoires;
using Xunit;
using QuantumImprov.Engine.Repertoire.Text;

namespace QuantumImprov.Storage.Tests.Repertoires;

public sealed class RepertoireMigrationTests
{
    private static readonly IReadOnlyList<Func<JsonObject, JsonObject>> Invented =
    [
        content => new JsonObject { ["two"] = content["one"]!.GetValue<int>() + 1 },
        content => new JsonObject { ["three"] = content["two"]!.GetValue<int>() * 10 },
    ];

    [Theory]
    [InlineData(1, """{"one":4}""", """{"three":50}""")]
    [InlineData(2, """{"two":4}""", """{"three":40}""")]
    [InlineData(3, """{"three":4}""", """{"three":4}""")]
    public void A_file_goes_through_the_steps_from_its_own_version_on(int version, string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(RepertoireMigrations.Upgrade(Encoding.UTF8.GetBytes(text), version, Invented).Span));

    [Fact]
    public void There_is_a_step_from_every_version_before_the_current_one() => Assert.True(RepertoireMigrations.Steps.Count == RepertoireMigrations.Current - 1);

    [Fact]
    public void There_is_an_example_of_every_version()
    {
        for (var version = 1; version <= RepertoireMigrations.Current; version++)
            Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "Examples", $"version-{version}.repertoire")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{")]
    public void Content_that_is_not_what_its_version_promises_is_a_fault(string text) =>
        Assert.Throws<RepertoireFormatException>(() => RepertoireMigrations.Upgrade(Encoding.UTF8.GetBytes(text), 1, Invented));
}
