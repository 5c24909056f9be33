using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Files;
using Xunit;

namespace QuantumImprov.Midi.Tests.Files;

public sealed class MidiFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumimprov-").FullName;
    private readonly MidiFile _file = Duet.ToFile(TempoMap.Default, [new(default, 0, ShortMessage.NoteOn(0, 60, 64)), new(Beats.Of(1), 0, ShortMessage.NoteOff(0, 60))]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    [Fact]
    public void What_was_written_is_read_back_and_nothing_else_is_left_behind()
    {
        Assert.True(MidiFiles.TryWrite(In("a.mid"), _file, out var refusal), refusal);
        var outcome = MidiFiles.Read(In("a.mid"));
        Assert.Equal(_file, outcome.File);
        Assert.Empty(outcome.Warnings);
        Assert.Equal([In("a.mid")], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void The_same_file_is_written_as_the_same_bytes()
    {
        MidiFiles.TryWrite(In("a.mid"), _file, out _);
        MidiFiles.TryWrite(In("b.mid"), _file, out _);
        Assert.Equal(File.ReadAllBytes(In("a.mid")), File.ReadAllBytes(In("b.mid")));
    }

    [Fact]
    public void An_old_file_is_replaced_whole()
    {
        File.WriteAllBytes(In("a.mid"), new byte[100_000]);
        Assert.True(MidiFiles.TryWrite(In("a.mid"), _file, out _));
        Assert.Equal(MidiFileWriter.Write(_file), File.ReadAllBytes(In("a.mid")));
    }

    [Fact]
    public void A_disk_that_fills_up_half_way_leaves_the_old_file_and_nothing_new()
    {
        File.WriteAllText(In("a.mid"), "old");
        var written = AtomicFile.TryReplace(In("a.mid"), stream =>
        {
            stream.Write(new byte[1000]);
            throw new IOException("No space left on device", 28);
        }, out var refusal);
        Assert.False(written);
        Assert.Equal($"{In("a.mid")}: The file was not written (the disk is full).", refusal);
        Assert.Equal("old", File.ReadAllText(In("a.mid")));
        Assert.Equal([In("a.mid")], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_full_device_is_told_in_one_sentence()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("This system has no /dev/full.");
        Assert.False(MidiFiles.TryWrite("/dev/full", _file, out var refusal));
        Assert.Equal("/dev/full: The file was not written (the disk is full).", refusal);
        Assert.True(File.Exists("/dev/full"));
    }

    [Fact]
    public void A_device_is_written_to_and_stays_a_device()
    {
        if (!File.Exists("/dev/null")) Assert.Skip("This system has no /dev/null.");
        Assert.True(MidiFiles.TryWrite("/dev/null", _file, out _));
        Assert.Empty(File.ReadAllBytes("/dev/null"));
    }

    [Fact]
    public void A_link_keeps_pointing_and_its_target_is_replaced()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need rights on Windows.");
        File.WriteAllText(In("target.mid"), "old");
        File.CreateSymbolicLink(In("link.mid"), In("target.mid"));
        Assert.True(MidiFiles.TryWrite(In("link.mid"), _file, out _));
        Assert.NotNull(new FileInfo(In("link.mid")).LinkTarget);
        Assert.Equal(_file, MidiFiles.Read(In("target.mid")).File);
    }

    [Fact]
    public void A_write_protected_file_stays_as_it_is()
    {
        File.WriteAllText(In("a.mid"), "old");
        File.SetAttributes(In("a.mid"), FileAttributes.ReadOnly);
        var protectedForUs = File.GetAttributes(In("a.mid")).HasFlag(FileAttributes.ReadOnly);
        var written = MidiFiles.TryWrite(In("a.mid"), _file, out var refusal);
        File.SetAttributes(In("a.mid"), FileAttributes.Normal);
        if (!protectedForUs) Assert.Skip("This user may write to write-protected files.");
        Assert.False(written);
        Assert.EndsWith("(it is write-protected).", refusal, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(In("a.mid")));
    }

    [Theory]
    [InlineData("missing/a.mid", "its folder does not exist")]
    [InlineData("file/a.mid", "")]
    [InlineData(".", "This is a folder")]
    [InlineData("a\0.mid", "not a name")]
    public void Where_no_file_can_be_written_one_sentence_says_why(string name, string says)
    {
        File.WriteAllText(In("file"), "");
        Assert.False(MidiFiles.TryWrite(In(name), _file, out var refusal));
        Assert.Contains(says, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal);
        Assert.Equal([In("file")], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("missing.mid", "There is no such file.")]
    [InlineData("missing/a.mid", "There is no such file.")]
    [InlineData(".", "This is a folder")]
    [InlineData("a\0.mid", "not a name")]
    [InlineData("text", "begins with the bytes 48656C6C at byte 0")]
    public void What_cannot_be_read_is_refused_in_one_sentence_that_names_the_file(string name, string says)
    {
        File.WriteAllText(In("text"), "Hello");
        var outcome = MidiFiles.Read(In(name));
        Assert.False(outcome.IsRead);
        Assert.StartsWith(In(name) + ": ", outcome.Refusal, StringComparison.Ordinal);
        Assert.Contains(says, outcome.Refusal, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', outcome.Refusal!);
    }

    [Fact]
    public void An_empty_name_is_refused_too()
    {
        Assert.False(MidiFiles.Read("").IsRead);
        Assert.False(MidiFiles.TryWrite("", _file, out var refusal));
        Assert.NotEmpty(refusal);
    }

    [Fact]
    public void A_file_too_large_is_refused_before_it_is_read()
    {
        using (var stream = File.Create(In("large.mid"))) stream.SetLength(1L << 36);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcome = MidiFiles.Read(In("large.mid"));
        Assert.Contains("68719476736 bytes", outcome.Refusal, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_source_without_end_is_read_up_to_the_bound()
    {
        if (!File.Exists("/dev/zero")) Assert.Skip("This system has no /dev/zero.");
        Assert.Contains("67108865 bytes", MidiFiles.Read("/dev/zero").Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_name_the_file()
    {
        File.WriteAllBytes(In("torn.mid"), MidiFileWriter.Write(_file)[..^3]);
        var outcome = MidiFiles.Read(In("torn.mid"));
        Assert.StartsWith($"{In("torn.mid")}: Track 2 ", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }
}
