using System.Globalization;

namespace QuantumImprov.Qpu.Vendors;

/// <summary>Numbers as every dialect reads them: no exponent, no culture, sixteen digits.</summary>
internal static class Numbers
{
    internal static string Write(double x)
    {
        var text = x.ToString("F16", CultureInfo.InvariantCulture).TrimEnd('0');
        return text.EndsWith('.') ? text + "0" : text is "-0.0" ? "0.0" : text;
    }
}
