using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace QuantumImprov.Host.Stage.Access;

/// <summary>
/// A certificate that this program signs itself. A page needs HTTPS before a browser gives it Web MIDI; who is behind it is told by the fingerprint, which is shown where
/// the program was started.
/// </summary>
public static class StageCertificate
{
    private static readonly TimeSpan Valid = TimeSpan.FromDays(30), ClocksDiffer = TimeSpan.FromDays(1);

    /// <summary>A fresh one for <paramref name="addresses"/>; its key is in memory only.</summary>
    public static X509Certificate2 Create(IEnumerable<IPAddress> addresses, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=QuantumImprov stage", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var address in addresses) names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var signed = request.CreateSelfSigned(now - ClocksDiffer, now + Valid);
        // Some systems only serve a key that came with its certificate.
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>SHA-256 of <paramref name="certificate"/> as browsers show it, such as 1A:2B.</summary>
    public static string Fingerprint(X509Certificate2 certificate) =>
        string.Join(':', certificate.GetCertHash(HashAlgorithmName.SHA256).Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
}
