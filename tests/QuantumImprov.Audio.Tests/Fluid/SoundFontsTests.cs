using QuantumImprov.Audio.Fluid;
using QuantumImprov.Audio.Tests.Measuring;

namespace QuantumImprov.Audio.Tests.Fluid;

public sealed class SoundFontsTests
{
    [Fact]
    public void The_systems_choice_comes_first_and_other_files_are_passed_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights on Windows.");
        using var folder = new Folder();
        foreach (var name in new[] { "aardvark.sf2", "TimGM6mb.sf2", "default-GM.sf2", "FluidR3_GM.SF2", "readme.txt" }) File.WriteAllText(folder[name], "");
        File.CreateSymbolicLink(folder["default.sf3"], folder["gone.sf3"]);
        Assert.Equal(
            ["default-GM.sf2", "FluidR3_GM.SF2", "TimGM6mb.sf2", "aardvark.sf2"],
            SoundFonts.Find([folder["no such folder"], folder.FullName]).Select(file => Path.GetFileName(file)!));
    }
}
