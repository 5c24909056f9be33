using System.Text;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Storage.Repertoires;
using QuantumImprov.Storage.Tests.Support;
using Xunit;
using QuantumImprov.Engine.Repertoire.Text;

namespace QuantumImprov.Storage.Tests.Repertoires;

public sealed class RepertoireDamageTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;

    public RepertoireDamageTests() => _path = _folder["a.repertoire"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_flipped_bit_of_a_file_is_found()
    {
        var whole = SavedExample();
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            whole[bit / 8] ^= (byte)(1 << bit % 8);
            ExpectFault(whole);
            whole[bit / 8] ^= (byte)(1 << bit % 8);
        }

        File.WriteAllBytes(_path, whole);
        Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(_path));
    }

    [Fact]
    public void Every_shorter_file_is_found()
    {
        var whole = SavedExample();
        for (var length = 0; length < whole.Length; length++) ExpectFault(whole.AsSpan(0, length));
    }

    [Fact]
    public void Two_thousand_larger_damages_are_found()
    {
        var whole = SavedExample();
        var random = new Xoshiro(20260131);
        for (var round = 0; round < 2000; round++)
        {
            byte[] damaged;
            do damaged = Damage(whole, random);
            while (damaged.AsSpan().SequenceEqual(whole));
            ExpectFault(damaged);
        }
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("MThd\0\0\0\u0006", "is not a repertoire")]
    [InlineData("quantumimprov-repert", "torn")]
    [InlineData("quantumimprov-repertoire one sha256=0\n", "names no version")]
    [InlineData("quantumimprov-repertoire 1 sha256=0\nx", "does not match its checksum")]
    public void What_is_wrong_stands_in_one_sentence(string file, string expected)
    {
        File.WriteAllText(_path, file);
        ExpectSentence(expected);
    }

    [Theory]
    [InlineData("""{}""", "form of a repertoire")]
    [InlineData("""[]""", "form of a repertoire")]
    [InlineData("""{"phrases":[""", "form of a repertoire")]
    [InlineData("""{"phrases":null}""", "form of a repertoire")]
    [InlineData("""{"phrases":[{"source":"x","metre":"4/4","notes":[0,1,60]}]}""", "form of a repertoire")]
    [InlineData("""{"phrases":[{"source":"x","metre":"4/4","notes":[0,1,60,1.5]}]}""", "form of a repertoire")]
    [InlineData("""{"phrases":[{"source":null,"metre":"4/4","notes":[]}]}""", "form of a repertoire")]
    [InlineData("""{"phrases":[{"source":"x","metre":"4/4","notes":[0,1,128,1]}]}""", "pitch of 128; allowed is 0 to 127")]
    [InlineData("""{"phrases":[{"source":"x","metre":"4/4","notes":[0,1,60,0]}]}""", "velocity of 0, allowed is 1 to 127")]
    [InlineData("""{"phrases":[{"source":"x","metre":"4/4","notes":[0,-1,60,1]}]}""", "duration of")]
    [InlineData("""{"phrases":[{"source":"x","metre":"4/4","notes":[9000000000000000000,1,60,1]}]}""", "onset of")]
    [InlineData("""{"phrases":[{"source":"x","metre":"4/5","notes":[]}]}""", "metre")]
    [InlineData("""{"phrases":[{"source":"x","metre":"-4/4","notes":[]}]}""", "metre")]
    [InlineData("""{"phrases":[],"amplitudes":{"members":["a"],"classes":2,"weights":[1],"tempers":[1,1]}}""", "1 members in 2 classes have 2 of each")]
    [InlineData("""{"phrases":[],"amplitudes":{"members":["a"],"classes":1,"weights":[1e999],"tempers":[1]}}""", "weight of")]
    [InlineData("""{"phrases":[],"amplitudes":{"members":["a"],"classes":2147483647,"weights":[1],"tempers":[1]}}""", "classes; allowed are 1 to")]
    public void Absurd_content_behind_a_right_checksum_stands_in_one_sentence(string json, string expected)
    {
        File.WriteAllBytes(_path, RepertoireEnvelope.Wrap(Encoding.UTF8.GetBytes(json), RepertoireMigrations.Current));
        ExpectSentence(expected);
    }

    [Fact]
    public void A_small_file_that_unpacks_to_a_huge_one_is_refused()
    {
        File.WriteAllBytes(_path, RepertoireEnvelope.Wrap(new byte[RepertoireLimits.MostTextBytes + 1], RepertoireMigrations.Current));
        ExpectSentence("unpacks to more than");
    }

    [Fact]
    public void A_newer_version_is_named_and_never_overwritten()
    {
        var newer = RepertoireEnvelope.Wrap("{}"u8, RepertoireMigrations.Current + 1);
        File.WriteAllBytes(_path, newer);
        ExpectSentence("newer QuantumImprov");
        Assert.Contains("newer QuantumImprov", Assert.IsType<RepertoireSave.NotSaved>(RepertoireFile.Save(_path, RepertoireContent.Empty)).Sentence);
        Assert.Equal(newer, File.ReadAllBytes(_path));
        Assert.Equal([_path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_file_of_another_format_is_never_overwritten()
    {
        File.WriteAllText(_path, "my diary");
        Assert.IsType<RepertoireSave.NotSaved>(RepertoireFile.Save(_path, RepertoireContent.Empty));
        Assert.Equal("my diary", File.ReadAllText(_path));
    }

    [Fact]
    public void A_damaged_file_offers_its_backup_and_does_not_push_it_out()
    {
        var first = RepertoireContent.Empty with { Phrases = [new LearnedPhrase([], default, "first")] };
        var third = RepertoireContent.Empty with { Phrases = [new LearnedPhrase([], default, "third")] };
        RepertoireFile.Save(_path, first);
        RepertoireFile.Save(_path, RepertoireContent.Empty);
        var damaged = File.ReadAllBytes(_path);
        damaged[^1] ^= 1;
        File.WriteAllBytes(_path, damaged);

        var backup = Assert.IsType<RepertoireLoad.Unusable>(RepertoireFile.Load(_path)).BackupPath;
        Assert.NotNull(backup);
        Assert.Equal(first, Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(backup)).Content);

        var saved = Assert.IsType<RepertoireSave.Saved>(RepertoireFile.Save(_path, third));
        Assert.Equal(damaged, File.ReadAllBytes(saved.SetAside!));
        Assert.Equal(first, Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(backup)).Content);
        Assert.Equal(third, Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(_path)).Content);
    }

    [Fact]
    public void A_damaged_backup_is_not_offered()
    {
        File.WriteAllText(_path, "x");
        File.WriteAllText(_path + RepertoireFile.BackupExtension, "x");
        Assert.Null(Assert.IsType<RepertoireLoad.Unusable>(RepertoireFile.Load(_path)).BackupPath);
    }

    [Fact]
    public void A_missing_file_is_no_fault()
    {
        Assert.Null(Assert.IsType<RepertoireLoad.Absent>(RepertoireFile.Load(_path)).BackupPath);
        RepertoireFile.Save(_path, RepertoireContent.Empty);
        RepertoireFile.Save(_path, RepertoireContent.Empty);
        File.Delete(_path);
        Assert.Equal(_path + RepertoireFile.BackupExtension, Assert.IsType<RepertoireLoad.Absent>(RepertoireFile.Load(_path)).BackupPath);
    }

    [Fact]
    public void Paths_that_cannot_be_files_are_said_so()
    {
        Assert.Contains("is a folder", Assert.IsType<RepertoireLoad.Unusable>(RepertoireFile.Load(_folder.Path)).Sentence);
        Assert.IsType<RepertoireLoad.Unusable>(RepertoireFile.Load("a\0b"));
        Assert.IsType<RepertoireSave.NotSaved>(RepertoireFile.Save("a\0b", RepertoireContent.Empty));
        Assert.IsType<RepertoireSave.NotSaved>(RepertoireFile.Save("", RepertoireContent.Empty));
        Assert.IsType<RepertoireSave.NotSaved>(RepertoireFile.Save(_folder.Path, RepertoireContent.Empty));
        File.WriteAllText(_folder["file"], "");
        Assert.IsType<RepertoireSave.NotSaved>(RepertoireFile.Save(Path.Combine(_folder["file"], "a.repertoire"), RepertoireContent.Empty));
    }

    [Fact]
    public void Content_that_could_not_be_loaded_again_is_not_saved()
    {
        RepertoireFile.Save(_path, RepertoireContent.Empty);
        var note = new LearnedNote(Beats.Zero, Beats.Zero, new Pitch(60), 200);
        var bad = new RepertoireContent([new LearnedPhrase([note], default, "x")], null);
        Assert.Contains("velocity of 200", Assert.IsType<RepertoireSave.NotSaved>(RepertoireFile.Save(_path, bad)).Sentence);
        bad = new RepertoireContent([], new AmplitudeTable(["a"], 1, [double.NaN], [1], []));
        Assert.Contains("weight of NaN", Assert.IsType<RepertoireSave.NotSaved>(RepertoireFile.Save(_path, bad)).Sentence);
        Assert.Equal(RepertoireContent.Empty, Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(_path)).Content);
    }

    private static byte[] Damage(byte[] whole, Xoshiro random)
    {
        var bytes = whole.ToList();
        var at = random.NextInt(bytes.Count);
        var length = 1 + random.NextInt(Math.Min(40, bytes.Count - at));
        switch (random.NextInt(4))
        {
            case 0: bytes.RemoveRange(at, length); break;
            case 1: bytes.InsertRange(at, Enumerable.Range(0, length).Select(_ => (byte)random.NextInt(256))); break;
            case 2: bytes.AddRange(bytes.GetRange(at, length)); break;
            default:
                for (var i = 0; i < length; i++) bytes[at + i] = (byte)random.NextInt(256);
                break;
        }

        return [.. bytes];
    }

    private byte[] SavedExample()
    {
        Assert.IsType<RepertoireSave.Saved>(RepertoireFile.Save(_path, RepertoireRoundTripTests.ExampleOfVersion1));
        return File.ReadAllBytes(_path);
    }

    private void ExpectFault(ReadOnlySpan<byte> file)
    {
        File.WriteAllBytes(_path, file);
        Assert.IsType<RepertoireLoad.Unusable>(RepertoireFile.Load(_path));
    }

    private void ExpectSentence(string part)
    {
        var sentence = Assert.IsType<RepertoireLoad.Unusable>(RepertoireFile.Load(_path)).Sentence;
        Assert.Contains(part, sentence);
        Assert.Contains(_path, sentence);
        Assert.EndsWith(".", sentence);
        Assert.DoesNotContain('\n', sentence);
    }
}
