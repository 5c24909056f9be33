using QuantumImprov.Storage.Data;
using QuantumImprov.Storage.Tests.Support;
using Xunit;

namespace QuantumImprov.Storage.Tests.Data;

public sealed class DataFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DataPlatform.Linux, "XDG_DATA_HOME=/data HOME=/home/ada", "/data/quantumimprov")]
    [InlineData(DataPlatform.Linux, "HOME=/home/ada", "/home/ada/.local/share/quantumimprov")]
    [InlineData(DataPlatform.Linux, "XDG_DATA_HOME=data HOME=/home/ada", "/home/ada/.local/share/quantumimprov")]
    [InlineData(DataPlatform.Linux, "XDG_DATA_HOME= HOME=/home/ada", "/home/ada/.local/share/quantumimprov")]
    [InlineData(DataPlatform.Linux, "XDG_DATA_HOME=/data QUANTUMIMPROV_HOME=/mine", "/mine")]
    [InlineData(DataPlatform.MacOS, "HOME=/Users/ada XDG_DATA_HOME=/data", "/Users/ada/Library/Application Support/QuantumImprov")]
    [InlineData(DataPlatform.MacOS, "HOME=/Users/ada QUANTUMIMPROV_HOME=/mine", "/mine")]
    [InlineData(DataPlatform.Windows, @"LOCALAPPDATA=C:\Users\Ada\AppData\Local", @"C:\Users\Ada\AppData\Local/QuantumImprov")]
    [InlineData(DataPlatform.Windows, @"QUANTUMIMPROV_HOME=D:\mine", @"D:\mine")]
    public void Data_lives_where_the_platform_has_it(DataPlatform platform, string environment, string expected) =>
        Assert.Equal(expected, DataFolder.Locate(Environment(environment), platform).Path?.Replace(Path.DirectorySeparatorChar, '/').Replace('/', Path.DirectorySeparatorChar));

    [Theory]
    [InlineData(DataPlatform.Linux, "HOME")]
    [InlineData(DataPlatform.MacOS, "HOME")]
    [InlineData(DataPlatform.Windows, "LOCALAPPDATA")]
    public void An_environment_without_a_home_is_said_in_one_sentence(DataPlatform platform, string variable)
    {
        var sentence = Assert.IsType<DataFolderOpening.Unusable>(DataFolder.Open(_ => null, platform)).Sentence;
        Assert.Equal($"There is no data folder: {variable} is not set; set it, or QUANTUMIMPROV_HOME to a folder that can be written.", sentence);
    }

    [Fact]
    public void The_folder_and_its_subfolders_are_made_and_nothing_else_is_left_there()
    {
        var home = _folder["deep/home"];
        var folder = Assert.IsType<DataFolderOpening.Opened>(DataFolder.Open(Environment($"QUANTUMIMPROV_HOME={home}"), DataFolder.ThisPlatform)).Folder;
        Assert.Equal(Path.GetFullPath(home), folder.Path);
        Assert.Equal([folder.Repertoires, folder.Sessions], Directory.GetFileSystemEntries(home, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Assert.IsType<DataFolderOpening.Opened>(DataFolder.Open(Environment($"QUANTUMIMPROV_HOME={home}"), DataFolder.ThisPlatform));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(home));
    }

    [Theory]
    [InlineData("file", "in the way")]
    [InlineData("file/below", "in the way")]
    public void A_folder_that_cannot_be_written_is_said_in_one_sentence(string name, string content)
    {
        File.WriteAllText(_folder["file"], content);
        var path = _folder[name];
        var sentence = Assert.IsType<DataFolderOpening.Unusable>(DataFolder.Open(Environment($"QUANTUMIMPROV_HOME={path}"), DataFolder.ThisPlatform)).Sentence;
        Assert.StartsWith($"The data folder {path} cannot be written: ", sentence);
        Assert.DoesNotContain('\n', sentence);
        Assert.Equal(content, File.ReadAllText(_folder["file"]));
    }

    private static Func<string, string?> Environment(string variables)
    {
        var values = variables.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return values.GetValueOrDefault;
    }
}
